"""The break: one time to go on for everybody, what comes then, and the door for those who come late."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from app.activities.pause import Pause, PauseSpec
from app.core.contribute import contribute
from app.core.errors import Closed
from app.core.joining import join
from app.core.moving import activities_of, move_on
from app.core.workshop import Activity, Stage
from app.db import Database
from app.live.view import View
from tests.activities.rooms import own_part, screen, seen, text, view
from tests.conftest import make_cast
from tests.scripts import activity, both, small_script

EXAMPLE_SPEC: dict[str, Any] = {"minutes": 15}
kind = Pause()
SPEC = PauseSpec(question=both("Pauze"), minutes=15)
BEGAN = datetime(2026, 11, 24, 13, 40, tzinfo=UTC)  # 14:40 in Amsterdam
AUDIENCES = ["projector", "facilitator", "participant"]


def example_form(number: int) -> dict[str, Any]:
    return {}


def room(began: datetime | None = BEGAN, timer: datetime | None = None, shift: int = 0, minutes: int = 15) -> View:
    """A break in step s1, with a last step after it."""
    made = view("pause", minutes=minutes)
    made.stage.step_began_at, made.stage.timer_ends_at, made.workshop.clock_shift = began, timer, shift
    made.mirror.activities["a2"] = place("a2", 2, "s10")
    return made


def place(name: str, position: int, step: str, skipped: bool = False) -> Activity:
    return Activity(
        id=name, workshop_id="w1", position=position, step=step, key=name, kind="arrival",
        spec={"question": both("?")}, skipped=skipped,
    )  # fmt: skip


@pytest.mark.parametrize("minutes", [0, 61, -5, 7.5])
def test_a_break_lasts_one_to_sixty_whole_minutes(minutes: float) -> None:
    with pytest.raises(ValidationError):
        PauseSpec(question=both("Pauze"), minutes=minutes)


def test_the_room_goes_on_so_many_minutes_after_the_step_began() -> None:
    assert kind.ends_at(SPEC, Stage(workshop_id="w1", step_began_at=BEGAN)) == BEGAN + timedelta(minutes=15)


def test_nobody_knows_when_the_room_goes_on_before_the_step_began() -> None:
    assert kind.ends_at(SPEC, Stage(workshop_id="w1")) is None


def test_a_timer_that_the_trainer_sets_is_the_one_time_that_counts() -> None:
    later = BEGAN + timedelta(minutes=20)
    assert kind.ends_at(SPEC, Stage(workshop_id="w1", step_began_at=BEGAN, timer_ends_at=later)) == later


def test_what_comes_next_is_the_first_step_after_it_that_is_not_skipped() -> None:
    here = place("a", 2, "s2")
    places = [place("z", 1, "s1"), here, place("b", 3, "s2"), place("c", 4, "s3", skipped=True), place("d", 5, "s4")]
    assert kind.next_step(here, places) == "s4"
    assert kind.next_step(here, places[:4]) is None


@pytest.mark.parametrize(
    ("language", "until", "left", "then"),
    [
        ("nl", "We gaan verder om <b>14:55</b>", "nog ", "Straks: Stap s10"),
        ("en", "We go on at <b>14:55</b>", " to go", "After the break: Stap s10 (en)"),
    ],
)
def test_the_wall_says_until_when_on_the_clock_of_the_town(language: str, until: str, left: str, then: str) -> None:
    html = text(room(), "projector", language)
    assert until in html
    assert then in html
    ends = int((BEGAN + timedelta(minutes=15)).timestamp() * 1000)
    assert re.search(rf'<p class="pause-left">.*data-ends="{ends}" role="timer"></span>', html)
    assert left in html


def test_the_wall_counts_down_by_the_clock_of_a_rehearsal_that_is_ahead() -> None:
    html = text(room(shift=86_400), "projector")
    assert f'data-ends="{int((BEGAN + timedelta(minutes=15)).timestamp() * 1000) - 86_400_000}"' in html
    assert "14:55" in html


def test_the_wall_has_the_door_for_who_comes_late() -> None:
    html = text(room(), "projector")
    join = html[html.index('<div class="pause-join">') :]
    assert "<svg" in join
    assert "morgen.example" in join
    assert "<b>BCDFGH</b>" in join


def test_phones_and_the_trainer_read_the_same_in_words() -> None:
    for audience in ("participant", "facilitator"):
        assert "We gaan verder om 14:55." in text(room(), audience)
        assert "Straks: Stap s10" in text(room(), audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("minutes", "told"), [(1, "A break of 1 minute."), (15, "A break of 15 minutes.")])
def test_before_the_step_began_only_the_length_is_told(audience: str, minutes: int, told: str) -> None:
    html = text(room(began=None, minutes=minutes), audience, "en")
    assert told in html
    assert "We go on" not in html
    assert 'role="timer"' not in html


@pytest.mark.parametrize("audience", AUDIENCES)
def test_after_the_last_step_nothing_is_announced(audience: str) -> None:
    last = room()
    del last.mirror.activities["a2"]
    assert "Straks" not in text(last, audience)


@pytest.mark.parametrize("audience", ["projector", "facilitator"])
def test_a_longer_break_changes_no_more_than_its_own_words(audience: str) -> None:
    before = screen(room(), audience)
    changed = screen(room(timer=BEGAN + timedelta(minutes=20)), audience).changes(before)
    assert "pause-a1" in changed
    assert "stage" not in changed


def test_a_phone_has_nothing_to_fill_in() -> None:
    assert own_part(room()).strip() == ""
    assert not room().takes


async def test_the_break_runs_from_the_moment_the_trainer_goes_there_and_takes_no_answers(db: Database) -> None:
    cast = await make_cast(db, script=small_script(activity("pauze", "pause", minutes=10)))
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    async with db.read() as session:
        arrival, pause = (await activities_of(session, cast.workshop.id))[:2]
    await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{pause.id}:open")
    there = await seen(db, cast.workshop.id, 1)
    assert there.stage.step_began_at
    assert kind.ends_at(there.spec, there.stage) == there.stage.step_began_at + timedelta(minutes=10)
    with pytest.raises(Closed):
        await db.write(contribute, bas, pause.id, {}, "k")
