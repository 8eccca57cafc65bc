"""When a workshop is open, when it ends, and what a late start costs."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.caretaker import Caretaker
from app.core import closing
from app.core.closing import overdue
from app.core.moving import activities_of
from app.core.opening import closes_at, is_open, midnight_after, planned_end
from app.core.script import Script
from app.core.workshop import Activity, Workshop
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import small_script

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def workshop(opened: timedelta | None) -> Workshop:
    return Workshop(
        organisation_id="o",
        trainer_id="t",
        title="x",
        starts_at=START,
        script=small_script().model_dump(mode="json"),
        minutes=small_script().minutes,
        status="open",
        opened_at=None if opened is None else START + opened,
    )


@pytest.mark.parametrize("minutes", [-60, 0, 10])
def test_the_end_is_fixed_however_late_the_start(minutes: int) -> None:
    assert planned_end(workshop(timedelta(minutes=minutes))) == START + timedelta(minutes=15)


@pytest.mark.parametrize("hours", [-48, 5])
def test_a_room_opened_on_quite_another_moment_counts_from_there(hours: int) -> None:
    opened = timedelta(hours=hours)
    assert planned_end(workshop(opened)) == START + opened + timedelta(minutes=15)


def test_it_closes_itself_two_hours_after_its_end() -> None:
    held = workshop(timedelta())
    assert is_open(held, closes_at(held) - timedelta(seconds=1))
    assert not is_open(held, closes_at(held))
    assert closes_at(held) == START + timedelta(minutes=135)


def test_midnight_follows_the_zone_through_the_change_of_the_clock() -> None:
    before = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    assert midnight_after(before, "Europe/Amsterdam").astimezone(UTC) == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    after = datetime(2026, 10, 25, 20, 0, tzinfo=UTC)
    assert midnight_after(after, "Europe/Amsterdam").astimezone(UTC) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)


async def test_an_overdue_workshop_is_closed_by_its_own_clock(db: Database, cast: Cast) -> None:
    ends = closes_at(cast.workshop)
    async with db.read() as session:
        assert await overdue(session) == []
    with clock.fixed(lambda: ends + timedelta(seconds=1)):
        await Caretaker(db).once()
        assert await statuses(db) == ["closed", "closed"]


async def test_a_workshop_that_cannot_be_closed_holds_up_no_other(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = closing.close_workshop

    async def fails(session: AsyncSession, workshop_id: str) -> None:
        if workshop_id == cast.workshop.id:
            raise KeyError("a kind of a newer version")
        await settled(session, workshop_id)

    monkeypatch.setattr(closing, "close_workshop", fails)
    with clock.fixed(lambda: closes_at(cast.workshop) + timedelta(seconds=1)):
        await Caretaker(db).once()
    assert await statuses(db) == ["closed", "open"]


async def statuses(db: Database) -> list[str]:
    async with db.read() as session:
        return sorted(each.status for each in (await session.exec(select(Workshop))).all())


def cuttable() -> Script:
    script = small_script().model_dump(mode="json")
    script["cut_order"] = [{"step": "s1", "activity": "verborgen"}, {"step": "s1"}]
    return Script.model_validate(script)


async def skipped(db: Database, cast: Cast) -> list[str]:
    async with db.read() as session:
        activities: list[Activity] = list(await activities_of(session, cast.workshop.id))
    return [each.key for each in activities if each.skipped]


@pytest.mark.parametrize(
    ("late", "dropped"),
    [(0, []), (1, []), (2, ["verborgen"]), (4, ["verborgen"]), (6, ["open", "verborgen"]), (14, ["open", "verborgen"])],
)
async def test_a_late_start_is_taken_from_the_cut_order(db: Database, late: int, dropped: list[str]) -> None:
    cast = await make_cast(db, script=cuttable(), starts_at=datetime.now(UTC) - timedelta(minutes=late))
    assert await skipped(db, cast) == dropped
