"""The time guard: how much is still to come, and what goes first."""

from app.core.cutting import guard
from app.core.script import Script
from app.core.workshop import Activity
from tests.scripts import activity, options, small_script, step

POLL = activity("a", "poll", options=options("ja", "nee"))
SECOND = {**POLL, "key": "b"}
SCRIPT = Script.model_validate(
    {
        **small_script().model_dump(mode="json"),
        "minutes": 60,
        "cut_order": [{"step": "s6"}, {"step": "s5", "activity": "b"}, {"step": "s1"}],
        "steps": [
            step("s1", POLL, minutes=10),
            step("s5", POLL, SECOND, minutes=20),
            step("s6", POLL, minutes=15),
            step("s9", POLL, minutes=15, keep=True),
        ],
    }
)


def rows(*skipped: str) -> list[Activity]:
    found = [(each.key, one.key) for each in SCRIPT.steps for one in each.activities]
    return [
        Activity(
            id=f"{at}{key}", workshop_id="w", position=place, step=at, key=key, kind="poll", spec={},
            skipped=f"{at}{key}" in skipped,
        )
        for place, (at, key) in enumerate(found)
    ]  # fmt: skip


def test_before_the_first_step_all_is_to_come_and_the_first_cut_is_named() -> None:
    found = guard(SCRIPT, rows(), None)
    assert (found.later, found.cut and found.cut.step, found.gain) == (60, "s6", 15)


def test_what_was_dropped_is_not_to_come_and_the_next_cut_is_named() -> None:
    here = rows("s6a")
    found = guard(SCRIPT, here, here[0])
    assert found.later == 35
    assert found.cut
    assert (found.cut.step, found.cut.activity, found.gain) == ("s5", "b", 10)


def test_half_a_step_takes_half_its_minutes() -> None:
    here = rows("s6a", "s5b")
    assert guard(SCRIPT, here, here[0]).later == 25


def test_the_present_step_and_the_kept_one_are_never_named() -> None:
    here = rows("s6a")
    found = guard(SCRIPT, here, here[1])
    assert (found.later, found.cut) == (15, None)
