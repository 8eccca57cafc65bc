"""Every form, every address and every kind's entry, with what no browser sends: refused in words, never a fault."""

import random
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.kind import KINDS, discover
from app.core.moments import following, present
from app.core.moving import activities_of, move_on
from app.core.workshop import Stage
from app.db import Database
from tests.activities.examples import example
from tests.conftest import Cast, make_cast
from tests.hostile.forms import flat, forms_of, pages, spoiled, value
from tests.hostile.house import TRAINER, VISITORS, House, everything
from tests.hostile.sending import URLENCODED, escaped, form_body
from tests.scripts import activity, options, small_script
from tests.web.doors import DOORS

discover()
TYPED = sorted(name for name, kind in KINDS.items() if kind.takes_entries and name != "arrival")
HTMX = URLENCODED | {"HX-Request": "true"}


@pytest.fixture
async def cast(db: Database) -> Cast:
    """A workshop with one activity of every kind."""
    kinds = [activity(kind, kind, **example(kind)[0]) for kind in TYPED]
    return await make_cast(db, script=small_script(activity("x", "poll", options=options("veel", "weinig")), *kinds))


async def open_all(house: House) -> dict[str, str]:
    """The ids of the activities by kind, all of them opened, the last one on the stage."""

    async def go_on(session: AsyncSession) -> None:
        workshop_id = house.ours.workshop.id
        stage = await session.get_one(Stage, workshop_id)
        while (to := following(stage, await activities_of(session, workshop_id))) is not None:
            at = present(stage, await activities_of(session, workshop_id))
            await move_on(session, workshop_id, str(at), str(to))

    await house.db.write(go_on)
    async with house.db.read() as session:
        return {
            each.kind: each.id for each in await activities_of(session, house.ours.workshop.id) if each.key == each.kind
        }


def ensure_told(answer: httpx2.Response, *about: Any) -> None:
    assert answer.status_code < 500, (answer.status_code, *about)
    assert "Traceback" not in answer.text, about


def ensure_all_pages(house: House, files: bool) -> None:
    """Whatever was stored meanwhile, every page and every file can be made."""
    for _, page in pages(house, files):
        ensure_told(page, str(page.url))
        assert "unrenderable" not in page.text, str(page.url)


async def attack_entries(house: House, examples: int, files: bool = False) -> int:
    """How many of the hostile answers were taken."""
    opened, taken = await open_all(house), 0
    for number in range(examples):
        if number % (2 * len(TYPED)) == 0:  # somebody new, who has said nothing yet
            client = house.client()
            client.post(f"/w/{house.ours.workshop.code}/participants")
        chance, kind = random.Random(number), TYPED[number % len(TYPED)]
        fields = spoiled(list(flat(example(kind)[1](number % 4))), chance)
        path = f"/w/{house.ours.workshop.code}/activities/{opened[kind]}/contributions"
        answer = client.post(path, content=form_body(fields), headers=chance.choice((HTMX, URLENCODED)))
        ensure_told(answer, kind, fields)
        taken += answer.status_code in (200, 303)
    ensure_all_pages(house, files)
    return taken


async def test_no_entry_of_any_kind_is_a_fault(house: House, quiet: Callable[[], None]) -> None:
    assert await attack_entries(house, 110) > 5
    quiet()


@pytest.mark.prove
async def test_no_entry_of_any_kind_is_a_fault_for_long(house: House, quiet: Callable[[], None]) -> None:
    assert await attack_entries(house, 5000, files=True) > 100
    quiet()


def attack_forms(house: House, examples: int, files: bool = False) -> None:
    forms, clients = forms_of(house), {who: house.client(who) for who in VISITORS}
    assert len(forms) > 40
    for number in range(examples):
        chance, form = random.Random(number), forms[number % len(forms)]
        fields = spoiled(list(form.fields), chance)
        headers = chance.choice((HTMX, URLENCODED))
        ensure_told(
            clients[form.visitor].post(form.path, content=form_body(fields), headers=headers), form.path, fields
        )
    assert clients[TRAINER].get("/trainer").status_code == 200
    ensure_all_pages(house, files)


async def test_no_form_of_any_page_is_a_fault(house: House, quiet: Callable[[], None]) -> None:
    await open_all(house)
    attack_forms(house, 120)
    quiet()


@pytest.mark.prove
async def test_no_form_of_any_page_is_a_fault_for_long(house: House, quiet: Callable[[], None]) -> None:
    await open_all(house)
    attack_forms(house, 5000, files=True)
    quiet()


@pytest.mark.prove
async def test_no_field_of_any_form_takes_a_text_without_end(house: House) -> None:
    """A draaiboek may be long as a whole."""
    await open_all(house)
    clients = {who: house.client(who) for who in VISITORS}
    for form in forms_of(house):
        for name in {name for name, _ in form.fields}:
            fields = [each for each in form.fields if each[0] != name] + [(name, LONG)]
            ensure_told(clients[form.visitor].post(form.path, content=form_body(fields), headers=HTMX), form.path, name)
            rows = [(table, row) for table, found in (await everything(house.db)).items() for row in found]
            assert {table for table, row in rows if LONG[:5000] in str(row)} <= {"ownscript"}, (form.path, name)


LONG = "verylong" * 2500
LOOKS = [door.split(" ")[1] for door in DOORS if door.startswith("GET")]
ASKED = ("rev", "smaller", "p", "next", "code", "page", "state", "error", "script", "language", "k", "from", "x[]", "")


def attack_addresses(house: House, looks: list[str], examples: int) -> None:
    clients = {who: house.client(who) for who in VISITORS}
    for number in range(examples):
        chance, path = random.Random(number), looks[number % len(looks)]
        places = [each for each in house.ours.values if f"{{{each}}}" in path]
        changed = {place: escaped(value(chance))[:2000] for place in places if chance.random() < 0.3}
        asked = [(chance.choice(ASKED), value(chance)) for _ in range(chance.randrange(4))]
        address = house.ours.address(path, **changed) + "?" + form_body(asked).decode()[:4000]
        ensure_told(clients[chance.choice(VISITORS)].get(address), address)


async def test_no_address_is_a_fault(house: House, quiet: Callable[[], None]) -> None:
    attack_addresses(house, [path for path in LOOKS if "." not in path], 120)
    quiet()


@pytest.mark.prove
async def test_no_address_is_a_fault_for_long(house: House, quiet: Callable[[], None]) -> None:
    attack_addresses(house, LOOKS, 8000)
    quiet()
