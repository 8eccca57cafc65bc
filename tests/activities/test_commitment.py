"""S9: the form, the check, the read-back and the seal, on both engines and without a database."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from app import clock
from app.activities.commitment import Commitment
from app.activities.commitment.form import CommitmentEntry, CommitmentSpec
from app.core.committing import show_on_wall
from app.core.contribute import contribute
from app.core.contribution import Contribution
from app.core.drafts import WallDraft
from app.core.errors import Closed, Refused
from app.core.joining import join
from app.core.lasting import Commitment as Saved
from app.core.moving import activities_of, close_workshop
from app.core.opening import midnight_after
from app.core.participant import Participant
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from app.core.workshop import Activity, Workshop
from app.db import Database
from tests.conftest import Cast, make_cast
from tests.scripts import activity, both, small_script

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZONE)  # a Tuesday
EXAMPLE_SPEC: dict[str, Any] = {"example": both("Als het woensdag 9:30 is, bel ik Karin.")}
SPEC = CommitmentSpec(question=both("?"), **EXAMPLE_SPEC)
kind = Commitment()


def example_form(number: int) -> dict[str, Any]:
    """A whole form; an even number is a concrete act, an odd one a good intention."""
    return {
        "stage": "check",
        "act": "bel Karin en vraag twee kamers" if number % 2 == 0 else "kijk naar de mogelijkheden",
        "day": (datetime.now(ZONE).date() + timedelta(days=1)).isoformat(),
        "at": "09:30",
        "who": f"Karin {number}",
        "evidence": "ik weet ja of nee",
        "leave": "meeting",
        "obstacle": "NIET_BEREIKT",
        "then": "bel ik om 11:00 uur Peter",
        "name": f"Noor {number}",
    }


def around(**changed: Any) -> Surroundings:
    return Surroundings(now=NOW, **changed)


def entry(**changed: Any) -> CommitmentEntry:
    form = example_form(0) | {"day": "2026-11-25"} | changed
    return CommitmentEntry.model_validate({name: value for name, value in form.items() if value is not None})


def completed(given: CommitmentEntry, before: CommitmentEntry | None = None) -> CommitmentEntry:
    return kind.complete(SPEC, {"form": before} if before else {}, given, around())


def test_a_draft_may_be_half_and_gets_its_verdict_at_once() -> None:
    half = completed(CommitmentEntry(act="kijk naar de mogelijkheden"))
    assert (half.stage, half.verdict, half.first_verdict) == ("draft", "vrijblijvend", "vrijblijvend")


def test_a_sentence_is_not_blamed_for_what_is_asked_next() -> None:
    assert completed(CommitmentEntry(act="bel Karin en vraag twee kamers")).verdict == "concreet"


@pytest.mark.parametrize("stage", ["check", "seal"])
def test_what_was_kept_while_typing_and_comes_late_takes_nothing_back(stage: str) -> None:
    before = completed(entry(stage="check")).model_copy(update={"stage": stage})
    late = completed(entry(stage="draft"), before)
    assert late.stage == stage
    assert completed(entry(stage="draft", act="bel Jan en vraag één kamer"), before).stage == "draft"


def test_the_first_verdict_is_kept_when_the_sentence_gets_better() -> None:
    first = completed(CommitmentEntry(act="kijk naar de mogelijkheden"))
    better = completed(entry(), first)
    assert (better.first_verdict, better.verdict) == ("vrijblijvend", "concreet")


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"act": None}, "act"),
        ({"day": None}, "day"),
        ({"at": None}, "day"),
        ({"day": "2026-12-24"}, "day"),
        ({"day": "2026-11-23"}, "day"),
        ({"who": None}, "who"),
        ({"evidence": None}, "evidence"),
        ({"evidence": "bel Karin en vraag twee kamers"}, "evidence"),
        ({"obstacle": None}, "obstacle"),
        ({"obstacle": "ONZIN"}, "obstacle"),
        ({"then": None}, "then"),
        ({"then": "Bel Karin en vraag twee kamers"}, "then"),
        ({"name": None}, "name"),
        ({"act": "x" * 161}, "act"),
    ],
)
def test_what_lacks_is_named_by_its_field_when_it_is_read_back(lacking: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        completed(entry(**lacking))
    assert refused.value.field == field


def test_alone_answers_with_whom_and_a_typed_time_wins() -> None:
    alone = completed(entry(who=None, alone="true", at_other="10:15"))
    assert (alone.alone, alone.clock) == (True, time(10, 15))


def test_only_a_sealed_form_becomes_a_commitment() -> None:
    read_back = completed(entry())
    assert kind.hand_on(SPEC, read_back) is None
    sealed = completed(CommitmentEntry(stage="seal"), read_back)
    draft = kind.hand_on(SPEC, sealed)
    assert draft is not None
    assert (draft.day, draft.at, draft.day_chosen, draft.overruled) == (date(2026, 11, 25), time(9, 30), False, False)


def test_a_good_intention_may_be_sealed_and_is_counted_as_overruled() -> None:
    sealed = completed(CommitmentEntry(stage="seal"), completed(entry(act="kijk naar de mogelijkheden")))
    draft = kind.hand_on(SPEC, sealed)
    assert draft is not None
    assert (draft.verdict, draft.overruled) == ("vrijblijvend", True)


def test_a_seal_without_a_form_is_refused() -> None:
    with pytest.raises(Refused):
        completed(CommitmentEntry(stage="seal"))


def test_another_day_than_the_next_working_day_is_marked() -> None:
    assert completed(entry(day="2026-11-27")).day_is_next is False
    assert completed(entry(day="2026-11-26", days_off=["2"])).day_is_next is True  # Wednesdays off


def test_the_tally_counts_verdicts_and_shows_no_text() -> None:
    entries = [completed(entry()), completed(entry(act="kijk naar de mogelijkheden")), completed(CommitmentEntry())]
    shown = [Shown(id=str(n), participant_id=str(n), slot="form", entry=each) for n, each in enumerate(entries)]
    tally = kind.tally(SPEC, shown)
    assert (tally.concreet, tally.vrijblijvend, tally.drafts, tally.sealed) == (1, 1, 2, 0)
    assert "Karin" not in repr(tally)


async def room(db: Database) -> tuple[Cast, Activity]:
    cast = await make_cast(db, script=small_script(activity("afspraak", "commitment", **EXAMPLE_SPEC)))
    async with db.read() as session:
        found = [each for each in await activities_of(session, cast.workshop.id) if each.kind == "commitment"]
    return cast, found[0]


async def seal(db: Database, person: Participant, at: Activity, **changed: Any) -> Saved:
    await db.write(contribute, person, at.id, example_form(0) | changed, "k")
    await db.write(contribute, person, at.id, {"stage": "seal"}, "k")
    async with db.read() as session:
        [saved] = (await session.exec(select(Saved).where(Saved.participant_id == person.id))).all()
    return saved


async def test_who_leaves_early_commits_before_the_stage_is_there(db: Database) -> None:
    cast, form = await room(db)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    saved = await seal(db, bas, form)
    assert saved.act == "bel Karin en vraag twee kamers"
    assert saved.starts_at.astimezone(ZONE).time() == time(9, 30)
    assert not saved.late
    async with db.read() as session:
        assert (await session.get_one(Participant, bas.id)).name == "Noor 0"


async def test_a_changed_commitment_keeps_its_id_and_raises_its_sequence(db: Database) -> None:
    cast, form = await room(db)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    first = await seal(db, bas, form)
    second = await seal(db, bas, form, act="loop langs bij Karin en vraag twee kamers")
    assert (second.id, second.sequence) == (first.id, first.sequence + 1)
    async with db.read() as session:
        assert len((await session.exec(select(Contribution))).all()) == 1


async def test_other_words_are_not_on_the_wall_before_their_owner_chose_again(db: Database) -> None:
    cast, form = await room(db)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    await seal(db, bas, form)
    await db.write(show_on_wall, bas, WallDraft("name"), 99)
    assert (await seal(db, bas, form, act="loop langs bij Karin en vraag twee kamers")).wall == "no"


async def test_sealing_twice_changes_nothing(db: Database) -> None:
    cast, form = await room(db)
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    first = await seal(db, bas, form)
    second = await seal(db, bas, form)
    assert (second.sequence, second.changed_at) == (first.sequence, first.changed_at)


async def test_until_midnight_it_may_still_be_made_and_is_marked_late(db: Database) -> None:
    cast, form = await room(db)
    bas, els = [await db.write(join, cast.workshop.id, name, "nl") for name in ("bas", "els")]
    await db.write(close_workshop, cast.workshop.id)
    assert (await seal(db, bas, form)).late
    async with db.read() as session:
        closed = await session.get_one(Workshop, cast.workshop.id)
    midnight = midnight_after(closed.closed_at or NOW, closed.time_zone)
    with clock.fixed(lambda: midnight.astimezone(UTC)), pytest.raises(Closed):
        await db.write(contribute, els, form.id, example_form(0), "k")
