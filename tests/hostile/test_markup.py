"""Markup in every text: on every page, in every frame, in every letter and file it is text and nothing else."""

import csv
import io
import json
import zipfile
from collections.abc import Callable

import httpx2
import openpyxl
import pytest
from websockets.sync.client import connect

from app.core.addressing import give_address
from app.core.kind import KINDS, discover
from app.db import Database
from app.ids import hashed
from tests.activities.examples import example
from tests.activities.rooms import own_part, shown, text, view
from tests.conftest import Cast
from tests.follow_up import commit
from tests.hostile.house import PARTICIPANT, TRAINER, House, Side
from tests.hostile.poison import INTO_HEADERS, MARK, PAYLOAD, came_through, poison, spoiled
from tests.web.doors import DOORS, OWNER, TRAINERS

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", " =1", "\n=1", "|x")
discover()


async def fuller(db: Database, cast: Cast) -> None:
    """Enough people that totals and lists are shown."""
    for number in range(6):
        person, _ = await commit(db, cast.workshop, hashed(f"phone {number}"), name=f"P{number}")
        await db.write(give_address, cast.workshop, person, f"p{number}@example.org", True, True)


def pages(house: House) -> dict[str, httpx2.Response]:
    """Everything that can be looked at, by whoever may."""
    found = {}
    phone, trainer = house.client(PARTICIPANT), house.client(TRAINER)
    for door, told in DOORS.items():
        method, path = door.split(" ")
        if method == "GET":
            client = trainer if told in (OWNER, TRAINERS) else phone
            found[path] = client.get(house.ours.address(path))
    return found


def first_frames(house: House, side: Side) -> dict[str, str]:
    code, cookie = side.workshop.code, f"morgen={side.browser}; morgen_trainer={side.trainer_token}"
    found = {}
    for path in ("participant", "facilitator", f"projector/{side.token('projector')}"):
        address = house.running.address.replace("http", "ws") + f"/w/{code}/live/{path}"
        headers = {"Cookie": cookie, "Origin": house.running.address}
        with connect(address, additional_headers=headers, compression=None, max_size=None) as socket:
            found[path.partition("/")[0]] = str(socket.recv(timeout=10))
    return found


@pytest.mark.one_engine
async def test_markup_in_every_text_is_text_on_every_page_and_in_every_frame(
    house: House, cast: Cast, quiet: Callable[[], None]
) -> None:
    await fuller(house.db, cast)
    await poison(house.db)
    seen, bad, failed = set(), {}, {}
    for path, answer in pages(house).items():
        kind = answer.headers.get("content-type", "")
        if answer.status_code >= 500:
            failed[path] = answer.status_code
        if kind.startswith(("text/html", "image/svg")):
            seen |= {path} if MARK in answer.text else set()
            bad |= {path: made} if (made := came_through(answer.text)) else {}
        assert MARK not in str(answer.headers), path
    frames = first_frames(house, house.ours)
    bad |= {f"frame {name}": made for name, frame in frames.items() if (made := came_through(frame))}
    assert failed == {}
    assert bad == {}
    assert all(MARK in frame for frame in frames.values())
    assert {"/w/{code}", "/w/{code}/facilitator", "/w/{code}/projector/{token}", "/a/{token}"} <= seen
    assert {"/w/{code}/report", "/w/{code}/manager", "/c/{token}", "/w/{code}/invitation"} <= seen
    assert {"/w/{code}/picture.svg", "/p/{token}/data", "/trainer"} <= seen
    quiet()


@pytest.mark.one_engine
async def test_what_is_typed_steers_no_spreadsheet_no_calendar_and_no_json(house: House, cast: Cast) -> None:
    await fuller(house.db, cast)
    client, address = house.client(TRAINER), f"/w/{house.ours.workshop.code}"
    await poison(house.db, *(f"{formula} {MARK}" for formula in FORMULAS))
    rows = csv.reader(io.StringIO(client.get(f"{address}/report.csv").text), delimiter=";")
    cells = [cell for row in rows for cell in row if MARK in cell]
    assert len(cells) > len(FORMULAS)
    assert [cell for cell in cells if cell.lstrip()[:1] in "=+-@＝＋－＠"] == []
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/report.xlsx").content))
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    await poison(house.db)
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}/report.xlsx").content)) as parts:
        assert not [
            name
            for name in parts.namelist()
            if name.startswith("xl/") and "hyperlink" in parts.read(name).decode(errors="replace").lower()
        ]
    for path in ("report.json", "data.json", "community.json"):
        json.loads(client.get(f"{address}/{path}").text)
    await poison(house.db, INTO_HEADERS.replace("\x00", "") + "\nEND:VCALENDAR\nATTACH:file:///etc/passwd")
    for path in (f"{address}/workshop.ics", house.ours.address("/a/{token}/afspraak.ics")):
        lines = house.client().get(path).text.replace("\r\n ", "").split("\r\n")
        assert sum(line == "END:VCALENDAR" for line in lines) == 1
        assert not [line for line in lines if line.startswith(("ATTACH", "Bcc"))]
        assert not [line for line in lines if "\r" in line or "\n" in line]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_markup_in_an_entry_of_any_kind_is_text_for_all_audiences(kind: str) -> None:
    spec, form = example(kind)
    room_spec = spoiled(spec, f"{MARK}<{MARK}>\"'")
    cards = []
    if KINDS[kind].takes_entries:
        entry = KINDS[kind].parse(form(0))
        hostile = {
            name: PAYLOAD for name, value in entry.model_dump().items() if isinstance(value, str) and " " in value
        }
        cards = [shown(kind, 0, form(0))]
        object.__setattr__(cards[0], "entry", entry.model_copy(update=hostile))
        object.__setattr__(cards[0], "name", PAYLOAD)
        object.__setattr__(cards[0], "text", PAYLOAD)
    for phase in ("open", "revealed"):
        room = view(kind, cards, phase=phase, **room_spec)
        for language in ("nl", "en"):
            for audience in ("projector", "facilitator", "participant"):
                assert came_through(text(room, audience, language)) == [], (audience, phase)
            assert came_through(own_part(room, cards, language, typed={"text": PAYLOAD, "act": PAYLOAD})) == []
