"""What an employer, a trainer or another participant may not find: in no mail, on no page and in no file.

Two ways: words that only one person typed are searched for; and two people's outcomes change places, after which no
byte may be another, since totals stay what they are."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import httpx2
import pypdfium2
from sqlmodel import col, select

from app.core.lasting import CheckIn, LaterCheckIn
from app.core.letter import PlannedLetter
from app.mail.matter import matter_of
from app.mail.planned import LETTERS
from app.settings import Settings
from tests.month.expected import ANNA, DIRK
from tests.month.outside import DORA, EWOUD, PIET
from tests.month.people import FORTY, FOUR, Person, address, marker
from tests.month.postbox import Arrival
from tests.month.world import World
from tests.web.doors import DOORS, OWNER

PRIVATE = ("bewijs", "dan", "hinder", "bracht", "hielp", "anders")
"""Own words that nobody but their author reads, whatever was ticked."""
OWN_CODE = re.compile(r"^GET (/w/\{code\}/[^{]*)$")
WITH_NAMES = ("people", "facilitator")
"""Where the trainer moves people about in the room: names, and nothing of what became of an act."""
SLOW = (".pdf", ".png")
OUTSIDE = (DORA, PIET, EWOUD)


def pages(client: httpx2.Client, code: str, documents: bool) -> Iterator[tuple[str, str]]:
    """Every page and file that the trainer of a workshop can get, as text; `documents`: also those that take long."""
    for door, visitors in DOORS.items():
        found = OWN_CODE.match(door)
        if found and visitors is OWNER and (documents or not door.endswith(SLOW)):
            path = found[1].replace("{code}", code)
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            yield path, readable(answer.content, answer.headers["content-type"])
    yield "/record", readable(client.get("/record").content, "text/html")


def readable(content: bytes, media_type: str) -> str:
    """The words of a page, a workbook or a PDF; of a picture its bytes."""
    if "spreadsheet" in media_type:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode() for name in sorted(file.namelist()) if "core" not in name)
    if "pdf" in media_type:
        document = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    if "json" in media_type:
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content.decode(errors="replace") if "png" not in media_type else content.hex()


def found_private(text: str, people: Iterable[Person] = (*FORTY, *FOUR)) -> list[str]:
    return [marker(each.name, of) for each in people for of in PRIVATE if marker(each.name, of) in text]


def found_names(text: str, people: Iterable[Person]) -> list[str]:
    return [each.name for each in people if re.search(rf"\b{each.name}\b", text)]


def told_in_pages(found: Iterable[tuple[str, str]], people: tuple[Person, ...]) -> list[tuple[str, list[str]]]:
    """What should not stand there: (path, words). Who ticked the trainer may be named."""
    hidden = [each for each in people if not each.shows]
    told = []
    for path, text in found:
        names = [] if path.endswith(WITH_NAMES) else found_names(text, hidden)
        addresses = [address(each.name) for each in people if address(each.name) in text]
        told.append((path, found_private(text) + names + addresses))
    return [each for each in told if each[1]]


def told_in_mails(arrivals: Iterable[Arrival]) -> list[tuple[str, str, list[str]]]:
    """What should not stand in a mail: (to, letter, words)."""
    told = []
    for arrival in arrivals:
        words, letter = arrival.words(), arrival.letter.letter
        if arrival.to in (ANNA, DIRK):
            wrong = found_private(words) + found_names(words, [each for each in (*FORTY, *FOUR) if not each.shows])
        elif arrival.to in OUTSIDE:
            acts = [marker(each.name, "act") for each in (*FORTY, *FOUR) if marker(each.name, "act") in words]
            wrong = found_private(words) + found_names(words, (*FORTY, *FOUR)) + acts
        else:
            others = [each for each in (*FORTY, *FOUR) if not arrival.to.startswith(each.name.lower())]
            named = found_names(words, others)
            wrong = found_private(words, others) + (named[1:] if letter in ("m0b", "m2b") else named)
            wrong += re.findall(r"gelukt!|niet gelukt\.", words) if letter in ("m0b", "m2b") else []
        told.append((arrival.to, letter, wrong))
    return [each for each in told if each[2]]


async def letters_to_others(world: World, settings: Settings, trainer: str) -> dict[str, tuple[str, str]]:
    """The digests and the letters outside the room that went, written anew from what stands in the database now."""
    made = {}
    async with world.db.read() as session:
        which = select(PlannedLetter).where(
            PlannedLetter.workshop_id == world.workshops[trainer].id,
            PlannedLetter.state == "sent",
            col(PlannedLetter.participant_id).is_(None),
        )
        for plan in (await session.exec(which.order_by(PlannedLetter.key))).all():
            written = await LETTERS[plan.letter].write(session, await matter_of(session, settings, plan))
            made[plan.key] = (written.subject, written.text)
    return made


OUTCOME = ("answer", "obstacle", "obstacle_text", "brought", "needed", "first_answered_at", "answered_at")
LATER = ("worked", "helped", "condition_met", "now", "different", "first_answered_at", "answered_at")


async def change_places(world: World, one: str, other: str) -> None:
    """What these two told about their acts, and after a week, becomes that of the other."""

    async def verb(session: Any) -> None:
        acts = [await session.get_one(CheckIn, world.acts[name][0]) for name in (one, other)]
        later = [await session.get(LaterCheckIn, (world.people[name].id, "m3")) for name in (one, other)]
        _swap(acts[0], acts[1], OUTCOME)
        if all(later):
            _swap(later[0], later[1], LATER)
        session.add_all([each for each in (*acts, *later) if each])

    await world.db.write(verb)


async def tell_otherwise(world: World, name: str, answer: str) -> None:
    """This person's answer becomes another one."""

    async def verb(session: Any) -> None:
        told = await session.get_one(CheckIn, world.acts[name][0])
        told.answer = answer
        session.add(told)

    await world.db.write(verb)


def _swap(one: Any, other: Any, names: tuple[str, ...]) -> None:
    for name in names:
        mine, theirs = getattr(one, name), getattr(other, name)
        setattr(one, name, theirs)
        setattr(other, name, mine)
