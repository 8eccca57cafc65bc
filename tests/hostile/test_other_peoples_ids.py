"""The ids of another workshop, in an address and in a form, by somebody with a session of their own.

For every door: the caller stands in their own workshop, with one id of the other workshop at a time.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from app.ids import random_id
from tests.hostile.house import PARTICIPANT, TRAINER, House, Side, everything
from tests.web.doors import DOORS, PUBLIC

OWN_TO_ONE = (
    *("activity_id", "contribution_id", "participant_id", "organisation_id", "need_id", "condition_id"),
    *("point_id", "mail_id", "own_id"),
)
"""Places of an address that name a row of one workshop or of one trainer."""
FORM: dict[str, Any] = {
    "pick": "niets", "act": "close", "opgave": "Iets anders.", "seconds": "60", "blank": "yes", "skipped": "yes",
    "text": "Van een ander.", "answer": "no", "text_no": "Nee.", "move": "up", "note": "x", "name": "Wie dan ook",
    "settled": "yes", "title": "Een titel",
}  # fmt: skip
ID_FIELDS = (
    *("activity", "card", "into", "as", "person", "participant", "contribution", "serves", "leaves", "leads_to"),
    *("organisation", "deed", "step", "script", "point", "code", "owner", "need", "stage", "buddy", "to", "with"),
)


def doors_with(place: str) -> list[tuple[str, str]]:
    found = [door.split(" ") for door, told in DOORS.items() if f"{{{place}}}" in door and told is not PUBLIC]
    return [(method, path) for method, path in found if method in ("GET", "POST")]


def belongs_to(side: Side, rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of one workshop and its trainer."""
    marks = {side.workshop.id, side.trainer.id, side.person.id, *side.values.values()}
    return {
        table: [row for row in found if any(isinstance(each, str) and each in marks for each in row.values())]
        for table, found in rows.items()
    }


@pytest.mark.parametrize("visitor", [PARTICIPANT, TRAINER])
async def test_an_id_of_another_workshop_in_an_address_is_one_that_does_not_exist(house: House, visitor: str) -> None:
    """Neither the status nor the page tells the two apart, and nothing changes."""
    client = house.client(visitor)
    before = belongs_to(house.theirs, await everything(house.db))
    told_apart, let_in = [], []
    for place in OWN_TO_ONE:
        for method, path in doors_with(place):
            nobodys, theirs = random_id(), house.theirs.values[place]
            answers = [
                client.request(
                    method, house.ours.address(path, **{place: each}), data=FORM if method == "POST" else None
                )
                for each in (nobodys, theirs)
            ]
            if answers[0].text.replace(nobodys, "") != answers[1].text.replace(theirs, ""):
                told_apart.append((method, path))
            signs_in = answers[1].headers.get("location") == "/sign-in"
            if answers[1].status_code not in (404, 409, 422) and not signs_in:
                let_in.append((method, path, answers[1].status_code))
    assert told_apart == []
    assert let_in == []
    assert belongs_to(house.theirs, await everything(house.db)) == before


async def knock_with_forms(house: House, visitor: str, places: Sequence[str], acts: Sequence[str]) -> None:
    client = house.client(visitor)
    before = belongs_to(house.theirs, await everything(house.db))
    posts = [door.split(" ")[1] for door in DOORS if door.startswith("POST") and "deletion" not in door]
    failed = []
    for path in posts:
        for place in places:
            for act in acts:
                form = {**FORM, **dict.fromkeys(ID_FIELDS, house.theirs.values[place]), "act": act}
                status = client.post(house.ours.address(path), data=form).status_code
                if status >= 500:
                    failed.append((path, place, act, status))
    assert failed == []
    assert belongs_to(house.theirs, await everything(house.db)) == before


@pytest.mark.parametrize("visitor", [PARTICIPANT, TRAINER])
async def test_an_id_of_another_workshop_in_a_form_changes_nothing_there(house: House, visitor: str) -> None:
    await knock_with_forms(house, visitor, ("contribution_id", "participant_id"), ("merge",))


@pytest.mark.prove
@pytest.mark.parametrize("visitor", [PARTICIPANT, TRAINER])
async def test_no_id_of_another_workshop_in_any_form_changes_anything_there(house: House, visitor: str) -> None:
    await knock_with_forms(house, visitor, OWN_TO_ONE, ("merge", "", "close", "edit", "hide", "remove", "park"))


async def test_a_link_for_one_person_opens_nothing_of_another(house: House) -> None:
    """Every link with every subject of the other side: the signature holds for its own subject only."""
    client, opened = house.client(), []
    before = belongs_to(house.theirs, await everything(house.db))
    for door in DOORS:
        method, path = door.split(" ")
        if "{token}" not in path or method not in ("GET", "POST") or path.startswith("/sign-in"):
            continue
        mine = house.ours.token(path)
        forged = house.theirs.token(path).partition(".")[0] + "." + mine.partition(".")[2]
        for token in (forged, forged.split(".")[0], forged + "=", mine + "A", f".{mine}", "." * 30, "%2e%2e"):
            answer = client.request(method, house.theirs.address(path, token=token), data=FORM)
            if answer.status_code != 404:
                opened.append((method, path, token, answer.status_code))
    assert opened == []
    assert belongs_to(house.theirs, await everything(house.db)) == before
