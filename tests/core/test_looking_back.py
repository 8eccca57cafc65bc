"""A workshop that follows another counts what that one left: no names, no acts, no number that points at persons."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checking_in import check_in, tell_more
from app.core.deleting import delete_participant, delete_workshop
from app.core.forgetting import empty_texts
from app.core.lasting import Condition, Gap
from app.core.looking_back import MOST_CONDITIONS, look_back, obstacles, outcome
from app.core.making import Plan, make_workshop
from app.core.moving import close_workshop, open_workshop
from app.core.obstacles import NOT_COUNTED, OBSTACLES
from app.core.replanning import replan
from app.core.workshop import Workshop
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import TUESDAY, Hands, at, commit
from tests.scripts import activity, both, small_script

pytest_plugins = ["tests.follow_up_cast"]
OWNERS = activity("voorwaarde", "cards", owners=[{"key": "manager", "label": both("Mijn leidinggevende")}])


async def following(db: Database, cast: Cast, **changed: Any) -> Workshop:
    """The next workshop of the same group, opened."""
    plan = Plan(cast.workshop.organisation_id, "Vervolg", at("2027-01-12 13:00"), "Europe/Amsterdam", "nl")
    made = await db.write(make_workshop, cast.anna, small_script(), plan)

    async def follow(session: Any) -> None:
        workshop = await session.get_one(Workshop, made.id)
        workshop.sqlmodel_update({"follows_id": cast.workshop.id} | changed)

    await db.write(follow)
    await db.write(open_workshop, made.id)
    return await again(db, made.id)


async def again(db: Database, workshop_id: str) -> Workshop:
    async with db.read() as session:
        return await session.get_one(Workshop, workshop_id)


async def left(db: Database, cast: Cast, *rows: Any) -> None:
    async def add(session: Any) -> None:
        session.add_all(rows)

    await db.write(add)


def condition(cast: Cast, text: str, **changed: Any) -> Condition:
    return Condition(workshop_id=cast.workshop.id, text=text, **changed)


async def answered(db: Database, cast: Cast, hands: Hands, *answers: tuple[str, str]) -> list[str]:
    hands.now = TUESDAY
    made = [(await commit(db, cast.workshop, f"phone {n}", name=f"Zwaantje{n}"))[1].id for n in range(len(answers))]
    hands.put("2026-11-25 18:00")
    for identity, (answer, code) in zip(made, answers, strict=True):
        if answer:
            await db.write(check_in, identity, answer)
        if code:
            await db.write(tell_more, identity, obstacle=code)
    return made


async def test_a_workshop_that_follows_none_remembers_nothing(db: Database, tuesday: Cast) -> None:
    assert tuesday.workshop.before == {}
    async with db.read() as session:
        assert await look_back(session, tuesday.workshop) == {}


async def test_the_gap_the_opgave_and_the_day_are_kept(db: Database, tuesday: Cast, hands: Hands) -> None:
    await left(db, tuesday, Gap(workshop_id=tuesday.workshop.id, now=3, wanted=7.5, count=9))
    before = (await following(db, tuesday)).before
    assert (before["now"], before["wanted"], before["held_on"], before["k"]) == (3.0, 7.5, "2026-11-24", 5)
    assert before["opgave"].startswith("In december 2027 hebben alle 140")


async def test_without_a_gap_there_are_no_numbers(db: Database, tuesday: Cast) -> None:
    before = (await following(db, tuesday)).before
    assert (before["now"], before["wanted"], before["obstacles"], before["conditions"]) == (None, None, [], [])
    assert before["commitments"] == {"due": 0, "done": 0, "partly": 0, "not_done": 0, "silent": 0}


async def test_what_was_agreed_stands_against_what_was_done(db: Database, tuesday: Cast, hands: Hands) -> None:
    await answered(db, tuesday, hands, ("gelukt", ""), ("gelukt", ""), ("deels", "DRUK"), ("niet", "DRUK"), ("", ""))
    before = (await following(db, tuesday)).before
    assert before["commitments"] == {"due": 5, "done": 2, "partly": 1, "not_done": 1, "silent": 1}
    assert before["obstacles"] == [["DRUK", None]]


async def test_no_name_and_no_act_is_kept(db: Database, tuesday: Cast, hands: Hands) -> None:
    await answered(db, tuesday, hands, *[("niet", "DRUK")] * 6)
    kept = str((await following(db, tuesday)).before)
    assert "Zwaantje" not in kept
    assert "Karin" not in kept


@pytest.mark.parametrize(
    ("stopped", "counts"), [(4, [["DRUK", None], ["MANDAAT", None]]), (5, [["MANDAAT", 3], ["DRUK", 2]])]
)
async def test_from_five_on_obstacles_are_counted(
    db: Database, tuesday: Cast, hands: Hands, stopped: int, counts: list[list[Any]]
) -> None:
    codes = ["DRUK", "MANDAAT", "DRUK", "MANDAAT", "MANDAAT"][:stopped]
    await answered(db, tuesday, hands, *[("niet", code) for code in codes], ("gelukt", ""))
    assert (await following(db, tuesday)).before["obstacles"] == counts


async def test_an_act_that_is_not_due_yet_and_one_planned_again_are_not_counted(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    [made] = await answered(db, tuesday, hands, ("niet", ""))
    await db.write(replan, made, date(2026, 11, 30), hands.now.time())
    hands.now = TUESDAY
    await commit(db, tuesday.workshop, "later", day=date(2026, 11, 30))
    hands.put("2026-11-26 12:00")
    assert (await following(db, tuesday)).before["commitments"]["due"] == 1


@pytest.mark.parametrize(("moment", "done"), [("2026-12-02 23:59", 1), ("2026-12-03 00:00", 0)])
async def test_an_answer_that_came_too_late_is_no_answer(
    db: Database, tuesday: Cast, hands: Hands, moment: str, done: int
) -> None:
    [made] = await answered(db, tuesday, hands, ("", ""))
    hands.put(moment)
    await db.write(check_in, made, "gelukt")
    told = (await following(db, tuesday)).before["commitments"]
    assert (told["done"], told["silent"]) == (done, 1 - done)


async def test_conditions_keep_their_words_and_the_promises_come_first(db: Database, tuesday: Cast) -> None:
    await left(
        db, tuesday, condition(tuesday, "a", owner="nobody"), condition(tuesday, "b", owner="directie", status="met"),
        condition(tuesday, "c", status="promised"), condition(tuesday, "d", withdrawn=True), condition(tuesday, ""),
    )  # fmt: skip
    before = (await following(db, tuesday)).before
    assert before["conditions"] == [
        {"text": "c", "owner": "", "status": "promised"},
        {"text": "b", "owner": "directie", "status": "met"},
        {"text": "a", "owner": "", "status": "open"},
    ]


async def test_an_owner_that_was_chosen_is_kept_in_words_and_a_long_list_is_cut(db: Database, tuesday: Cast) -> None:
    async def offer(session: Any) -> None:
        from app.core.moving import activities_of

        first = (await activities_of(session, tuesday.workshop.id))[1]
        first.spec = {**first.spec, "owners": OWNERS["spec"]["owners"]}
        session.add(first)

    await db.write(offer)
    await left(db, tuesday, *(condition(tuesday, f"{number:02}", owner="manager") for number in range(20)))
    before = (await following(db, tuesday)).before
    assert (len(before["conditions"]), before["conditions_total"]) == (MOST_CONDITIONS, 20)
    assert {each["owner"] for each in before["conditions"]} == {"Mijn leidinggevende"}


async def test_a_workshop_of_another_client_is_not_looked_into(db: Database, tuesday: Cast) -> None:
    assert (await following(db, tuesday, follows_id=tuesday.elsewhere.id)).before == {}


async def test_opening_once_more_counts_again(db: Database, tuesday: Cast, hands: Hands) -> None:
    [made] = await answered(db, tuesday, hands, ("", ""))
    workshop = await following(db, tuesday)
    await db.write(close_workshop, workshop.id)
    await db.write(check_in, made, "gelukt")
    assert (await again(db, workshop.id)).before["commitments"]["done"] == 0
    await db.write(open_workshop, workshop.id)
    assert (await again(db, workshop.id)).before["commitments"]["done"] == 1


async def test_who_goes_leaves_the_memory_too(db: Database, tuesday: Cast, hands: Hands) -> None:
    await answered(db, tuesday, hands, ("gelukt", ""), ("niet", ""))
    person, _ = await commit(db, tuesday.workshop, "phone 0")
    await left(db, tuesday, condition(tuesday, "mijn kamer", participant_id=person.id))
    workshop = await following(db, tuesday)
    await db.write(delete_participant, person.id)
    before = (await again(db, workshop.id)).before
    assert (before["conditions"], before["commitments"]["due"]) == ([], 1)


async def test_what_the_former_workshop_forgets_the_next_one_forgets(db: Database, tuesday: Cast, hands: Hands) -> None:
    await answered(db, tuesday, hands, ("gelukt", ""))
    await left(db, tuesday, condition(tuesday, "een kamer", by_date="1 mei"))
    workshop = await following(db, tuesday)
    assert workshop.before["conditions_total"] == 1

    async def empty(session: Any) -> None:
        await empty_texts(session, await session.get_one(Workshop, tuesday.workshop.id), hands.now)

    await db.write(empty)
    before = (await again(db, workshop.id)).before
    assert (before["conditions"], before["commitments"]["done"]) == ([], 1)
    await db.write(delete_workshop, tuesday.workshop.id)
    assert (await again(db, workshop.id)).before == {}


async def test_a_workshop_that_is_emptied_keeps_no_words_of_the_former_one(
    db: Database, tuesday: Cast, hands: Hands
) -> None:
    await left(db, tuesday, condition(tuesday, "een kamer"))
    workshop = await following(db, tuesday)

    async def empty(session: Any) -> None:
        await empty_texts(session, await session.get_one(Workshop, workshop.id), hands.now + timedelta(days=90))

    await db.write(empty)
    assert (await again(db, workshop.id)).before["conditions"] == []


answers = st.lists(st.tuples(st.sampled_from(["gelukt", "deels", "niet", ""]), st.sampled_from([*OBSTACLES, ""])))


@given(answers, st.integers(3, 9))
def test_a_count_stands_only_where_enough_people_were_stopped(given: list[tuple[str, str]], k: int) -> None:
    stopped = sum(answer in ("deels", "niet") for answer, _ in given)
    found = obstacles(given, k)
    assert all((count is None) is (stopped < k) for _, count in found)
    assert not {code for code, _ in found} & {*NOT_COUNTED, ""}
    told = outcome(given)
    assert told["due"] == len(given) == told["done"] + told["partly"] + told["not_done"] + told["silent"]
