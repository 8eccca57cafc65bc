"""One workshop after another: for the next team, and for the same people who come back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.core.errors import Refused
from app.core.making import Plan, freeze, put_off
from app.core.script import Script
from app.core.series import COMES_BACK, NEXT_TEAM, copy_for_next_team, grouped, later, plan_return
from app.core.workshop import Workshop
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast
from tests.follow_up import at
from tests.scripts import both, small_script


def held(starts: datetime, series: str = "", identity: str = "") -> Workshop:
    more = {"id": identity} if identity else {}
    return Workshop(organisation_id="o", trainer_id="t", title="x", starts_at=starts, series=series, script={}, **more)


@pytest.mark.parametrize(
    ("starts", "period", "expected"),
    [
        ("2026-11-24 13:00", NEXT_TEAM, "2026-12-01 13:00"),
        ("2026-10-20 13:00", NEXT_TEAM, "2026-10-27 13:00"),  # over the change to winter time
        ("2027-03-23 09:30", NEXT_TEAM, "2027-03-30 09:30"),
        ("2026-11-24 13:00", COMES_BACK, "2026-12-22 13:00"),
    ],
)
def test_it_is_the_same_hour_on_the_clock_some_weeks_on(starts: str, period: timedelta, expected: str) -> None:
    with clock.fixed(lambda: at(starts)):
        assert later(held(at(starts)), period).astimezone(UTC) == at(expected)


def test_of_a_workshop_long_ago_the_next_one_is_still_to_come() -> None:
    with clock.fixed(lambda: at("2026-11-25 12:00")):
        assert later(held(at("2026-01-06 13:00")), NEXT_TEAM).astimezone(UTC) == at("2026-12-01 13:00")


def plan_of(workshop: Workshop) -> Plan:
    return Plan(workshop.organisation_id, "Team 2", workshop.starts_at + NEXT_TEAM, "Europe/Amsterdam", "nl")


async def test_copies_of_a_copy_share_one_series(db: Database, cast: Cast) -> None:
    plan = plan_of(cast.workshop)
    first = await db.write(copy_for_next_team, cast.anna, cast.workshop.id, small_script(), plan)
    second = await db.write(copy_for_next_team, cast.anna, first.id, small_script(), plan)
    async with db.read() as session:
        rows = [await session.get_one(Workshop, each) for each in (cast.workshop.id, first.id, second.id)]
        assert (await session.get_one(Workshop, cast.elsewhere.id)).series == ""
    assert len({row.series for row in rows}) == 1
    assert rows[0].series
    assert [row.follows_id for row in rows] == [None, None, None]
    assert [row.status for row in rows] == ["open", "draft", "draft"]
    assert len({row.code for row in rows}) == 3


async def test_a_return_follows_and_belongs_to_no_series(db: Database, cast: Cast) -> None:
    made = await db.write(plan_return, cast.anna, cast.workshop.id, small_script(), plan_of(cast.workshop))
    async with db.read() as session:
        found = await session.get_one(Workshop, made.id)
        assert (await session.get_one(Workshop, cast.workshop.id)).series == ""
    assert (found.follows_id, found.series, found.status) == (cast.workshop.id, "", "draft")


@pytest.mark.parametrize("verb", [copy_for_next_team, plan_return])
async def test_nothing_follows_a_rehearsal(db: Database, cast: Cast, verb: object) -> None:
    async def rehearse(session) -> None:
        (await session.get_one(Workshop, cast.workshop.id)).is_rehearsal = True

    await db.write(rehearse)
    with pytest.raises(Refused):
        await db.write(verb, cast.anna, cast.workshop.id, small_script(), plan_of(cast.workshop))  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(["", "a", "b"]), max_size=12))
def test_a_series_stands_together_where_its_first_one_stands(series: list[str]) -> None:
    start = datetime(2026, 11, 24, tzinfo=UTC)
    workshops = [held(start, name, str(number)) for number, name in enumerate(series)]
    groups = grouped(workshops)
    assert sorted((each.id for group in groups for each in group), key=int) == [each.id for each in workshops]
    assert all(len({each.series for each in group}) == 1 for group in groups)
    assert all(len(group) == 1 or group[0].series for group in groups)
    firsts = [int(group[0].id) for group in groups]
    assert firsts == sorted(firsts)


def with_halfway() -> Script:
    script = small_script().model_dump(mode="json")
    script["steps"][1]["say"] = {"nl": "Op {halfway}; niet op 23 februari 2027.", "en": "On {halfway}."}
    script["steps"][1]["activities"][0]["spec"]["question"] = both("Op {halfway}?")
    return Script.model_validate(script)


def test_the_halfway_date_moves_along_with_the_day() -> None:
    """Three months on from 4 December 2026 is 5 March; a date that merely ends alike stays."""
    before, after = date(2026, 11, 4), date(2026, 12, 4)
    frozen = freeze(with_halfway(), before)
    assert frozen["steps"][1]["say"]["nl"] == "Op 3 februari 2027; niet op 23 februari 2027."
    moved = put_off(frozen, 15, before, after)
    assert moved["steps"][1]["say"]["nl"] == "Op 5 maart 2027; niet op 23 februari 2027."
    assert moved["steps"][1]["say"]["en"] == "On 5 March 2027."


@given(st.dates(date(2026, 1, 1), date(2035, 1, 1)), st.dates(date(2026, 1, 1), date(2035, 1, 1)))
def test_putting_off_is_freezing_for_the_later_day(before: date, after: date) -> None:
    script = next(iter(shipped().values()))
    assert put_off(freeze(script, before), script.minutes, before, after) == freeze(script, after)
