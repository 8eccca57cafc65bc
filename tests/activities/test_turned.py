"""S6 to S9: what somebody wants to turn round is suggested where they say what stays undone; only to them."""

from typing import Any

import pytest

from app.core.contribute import contribute
from app.core.joining import join
from app.core.moving import activities_of, move_on
from app.db import Database
from app.live.personal import personal_part, personal_view
from tests.activities.rooms import seen
from tests.activities.test_commitment import EXAMPLE_SPEC
from tests.conftest import make_cast
from tests.scripts import activity, both, small_script

ITEMS: list[dict[str, Any]] = [
    {"key": "calendar", "label": both("De agenda"), "leave": "meeting"},
    {"key": "budget", "label": both("De begroting")},
]
ASKED = {key: both(key) for key in ("low", "high", "first", "second", "pick")} | {"items": ITEMS}
VALUES = {item["key"]: {"now": "4", "should": "1"} for item in ITEMS}
FITS = "past bij wat je wilt omdraaien"


async def form_of(db: Database, picked: str) -> tuple[str, str]:
    """The form of the commitment of who picked, and of somebody else in the room."""
    steering, pledge = activity("stuurt", "compare", **ASKED), activity("afspraak", "commitment", **EXAMPLE_SPEC)
    cast = await make_cast(db, script=small_script(steering, pledge))
    async with db.read() as session:
        first, compare, commitment = (await activities_of(session, cast.workshop.id))[:3]
    await db.write(move_on, cast.workshop.id, f"{first.id}:open", f"{compare.id}:open")
    people = [await db.write(join, cast.workshop.id, phone, "nl") for phone in ("one", "other")]
    await db.write(contribute, people[0], compare.id, {"values": VALUES, "pick": picked}, "k")
    await db.write(contribute, people[1], compare.id, {"values": VALUES}, "k")
    view = personal_view(await seen(db, cast.workshop.id, 2), commitment.id)
    one, other = [await personal_part(db, view, each, "nl") for each in people]
    return one, other


async def test_what_was_picked_is_named_and_beside_what_fits_it(db: Database) -> None:
    one, other = await form_of(db, "calendar")
    assert "Dit wil je morgen omdraaien: “De agenda”." in one
    assert one.count(FITS) == 1
    assert f"<span>een overleg <small>{FITS}</small></span>" in one
    assert FITS not in other
    assert "omdraaien" not in other


async def test_it_is_never_filled_in(db: Database) -> None:
    one, _ = await form_of(db, "calendar")
    chosen = [part for part in one.split("<input")[1:] if 'name="leave"' in part]
    assert len(chosen) == 4
    assert not any("checked" in part.partition(">")[0] for part in chosen)


@pytest.mark.parametrize(("picked", "named"), [("budget", True), ("", False)])
async def test_what_has_nothing_that_fits_is_only_named(db: Database, picked: str, named: bool) -> None:
    one, _ = await form_of(db, picked)
    assert ("“De begroting”" in one) is named
    assert FITS not in one
