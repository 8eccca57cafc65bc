"""The people of a room: tables, the pen, groups, buddies, and two phones that are one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.core.contribute import contribute, withdraw
from app.core.contribution import Contribution
from app.core.deleting import delete_participant
from app.core.errors import NotFound, Refused
from app.core.grouping import buddy_of, draw_groups, grouped, pair, part
from app.core.joining import add_person, join, who
from app.core.lasting import Commitment
from app.core.moving import activities_of, move_on
from app.core.participant import Participant
from app.core.people import bring_back, merge, remove, sit_at
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.ids import spoken_code
from tests.conftest import Cast, make_cast
from tests.follow_up import commit
from tests.scripts import activity, small_script


async def person(db: Database, cast: Cast, name: str) -> Participant:
    return await db.write(join, cast.workshop.id, name, "nl")


async def seen(db: Database, someone: Participant) -> Participant:
    async with db.read() as session:
        return await session.get_one(Participant, someone.id)


async def with_tables(db: Database, cast: Cast, count: int = 3) -> None:
    async def set_tables(session, workshop_id: str) -> None:  # type: ignore[no-untyped-def]
        (await session.get_one(Workshop, workshop_id)).tables = count

    await db.write(set_tables, cast.workshop.id)


async def test_the_pen_of_a_table_goes_from_hand_to_hand(db: Database, cast: Cast) -> None:
    await with_tables(db, cast)
    bas, els, jan = [await person(db, cast, name) for name in ("bas", "els", "jan")]
    await db.write(sit_at, bas, 1, True, False)
    await db.write(sit_at, jan, 2, True, False)
    await db.write(sit_at, els, 1, True, False)
    assert [(await seen(db, each)).has_pen for each in (bas, els, jan)] == [False, True, True]
    with pytest.raises(Refused):
        await db.write(sit_at, bas, 4, False, False)


async def test_only_the_pen_writes_where_a_table_writes_together(db: Database) -> None:
    cast = await make_cast(db, script=small_script(activity("kaart", "cards", by_table=True)))
    await with_tables(db, cast)
    arrival, cards = await first_two(db, cast)
    assert await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{cards.id}:open")
    bas = await person(db, cast, "bas")
    with pytest.raises(Refused, match="One phone writes"):
        await db.write(contribute, bas, cards.id, {"text": "een kamer"}, "k")
    await db.write(sit_at, bas, 1, True, False)
    assert await db.write(contribute, await seen(db, bas), cards.id, {"text": "een kamer"}, "k")


async def first_two(db: Database, cast: Cast) -> list[Activity]:
    async with db.read() as session:
        return list(await activities_of(session, cast.workshop.id))[:2]


async def test_who_is_there_is_in_a_group_and_who_is_online_in_one_of_their_own(db: Database, cast: Cast) -> None:
    people = [await person(db, cast, f"p{number}") for number in range(7)]
    await db.write(sit_at, people[5], 0, False, True)
    await db.write(sit_at, people[6], 0, False, True)
    present = [each.id for each in people[1:]]
    assert await db.write(draw_groups, cast.workshop.id, 2, present, "zaad") == 3
    numbers = [(await seen(db, each)).group_number for each in people]
    assert numbers[0] == 0
    assert numbers[5] == numbers[6] not in numbers[1:5]
    assert sorted(numbers.count(number) for number in {1, 2, 3}) == [2, 2, 2]
    assert await db.write(draw_groups, cast.workshop.id, 0, present, "zaad") == 0
    assert {(await seen(db, each)).group_number for each in people} == {0}
    with pytest.raises(Refused):
        await db.write(draw_groups, cast.workshop.id, 1, present, "zaad")


async def test_who_was_taken_out_or_became_another_has_no_place_in_a_group(db: Database, cast: Cast) -> None:
    """They count as present for a minute after their last line."""
    people = [await person(db, cast, f"p{number}") for number in range(4)]
    await db.write(remove, cast.workshop.id, people[0].id)
    await db.write(merge, cast.workshop.id, people[1].id, people[2].id)
    present = [each.id for each in people]
    assert await db.write(draw_groups, cast.workshop.id, 2, present, "zaad") == 1
    assert [(await seen(db, each)).group_number for each in people] == [0, 0, 1, 1]
    with pytest.raises(Refused, match="Nobody is in yet"):
        await db.write(draw_groups, cast.workshop.id, 2, [people[0].id], "zaad")


@given(st.integers(0, 300), st.integers(2, 12))
def test_groups_are_even_and_nobody_is_left_alone(people: int, size: int) -> None:
    groups = grouped([str(number) for number in range(people)], size)
    assert sorted(each for group in groups for each in group) == sorted(str(number) for number in range(people))
    if people >= size:
        assert min(map(len, groups)) >= size
        assert max(map(len, groups)) - min(map(len, groups)) <= 1


async def test_buddies_are_agreed_once_both_typed_the_others_code(db: Database, cast: Cast) -> None:
    bas, els = await person(db, cast, "bas"), await person(db, cast, "els")
    await db.write(pair, bas, spoken_code(els.id).lower())
    async with db.read() as session:
        found = await buddy_of(session, bas.id)
    assert found
    assert not found[0].agreed
    await db.write(pair, els, spoken_code(bas.id))
    async with db.read() as session:
        both = [await buddy_of(session, each.id) for each in (bas, els)]
    assert [each and (each[0].agreed, each[1].id) for each in both] == [(True, els.id), (True, bas.id)]
    await db.write(part, bas)
    async with db.read() as session:
        assert [await buddy_of(session, each.id) for each in (bas, els)] == [None, None]


async def test_a_code_of_nobody_of_myself_or_of_another_workshop_makes_no_buddy(db: Database, cast: Cast) -> None:
    bas = await person(db, cast, "bas")
    dirk = await db.write(join, cast.elsewhere.id, "dirk", "nl")
    for code in ("9999", spoken_code(dirk.id), bas.personal_code):
        with pytest.raises(NotFound):
            await db.write(pair, bas, code)
    with pytest.raises(Refused):
        await db.write(pair, bas, spoken_code(bas.id))


async def test_two_phones_of_one_person_become_one_with_all_that_was_said(db: Database, cast: Cast) -> None:
    arrival, poll = await first_two(db, cast)
    await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{poll.id}:open")
    old, new = await person(db, cast, "old"), await person(db, cast, "new")
    await db.write(contribute, old, poll.id, {"pick": "veel"}, "k")
    await db.write(contribute, new, poll.id, {"pick": "niets"}, "k")
    await db.write(merge, cast.workshop.id, old.id, new.id)
    async with db.read() as session:
        rows = (await session.exec(select(Contribution))).all()
        assert {(row.participant_id, row.withdrawn) for row in rows} == {(old.id, True), (new.id, False)}
        now = await who(session, cast.workshop.id, "old")
    assert now
    assert now.id == new.id


async def test_the_commitment_goes_along_and_two_of_them_are_refused(db: Database, cast: Cast) -> None:
    bas, _ = await commit(db, cast.workshop, "bas")
    els = await person(db, cast, "els")
    await db.write(merge, cast.workshop.id, bas.id, els.id)
    async with db.read() as session:
        assert (await session.exec(select(Commitment.participant_id))).one() == els.id
    jan, _ = await commit(db, cast.workshop, "jan")
    with pytest.raises(Refused, match="Both have"):
        await db.write(merge, cast.workshop.id, jan.id, els.id)


async def test_who_was_removed_is_out_until_they_are_brought_back(db: Database, cast: Cast) -> None:
    bas = await person(db, cast, "bas")
    await db.write(remove, cast.workshop.id, bas.id)
    async with db.read() as session:
        assert await who(session, cast.workshop.id, "bas") is None
    await db.write(bring_back, cast.workshop.id, bas.id)
    async with db.read() as session:
        assert await who(session, cast.workshop.id, "bas") is not None
    with pytest.raises(NotFound):
        await db.write(remove, cast.elsewhere.id, bas.id)


async def test_a_second_person_on_a_phone_starts_with_nothing(db: Database, cast: Cast) -> None:
    bas = await person(db, cast, "phone")
    second = await db.write(add_person, cast.workshop.id, "phone", "nl")
    async with db.read() as session:
        now = await who(session, cast.workshop.id, "phone")
    assert now
    assert now.id == second.id != bas.id


async def test_the_phone_of_somebody_who_was_removed_may_join_anew(db: Database, cast: Cast) -> None:
    bas = await person(db, cast, "bas")
    await db.write(remove, cast.workshop.id, bas.id)
    again = await person(db, cast, "bas")
    assert again.id != bas.id
    with pytest.raises(NotFound):
        await db.write(bring_back, cast.workshop.id, bas.id)


async def test_who_deleted_themselves_is_not_brought_back(db: Database, cast: Cast) -> None:
    bas = await person(db, cast, "bas")
    await db.write(delete_participant, bas.id)
    with pytest.raises(NotFound):
        await db.write(bring_back, cast.workshop.id, bas.id)


async def test_three_phones_become_one(db: Database, cast: Cast) -> None:
    one, two, three = [await person(db, cast, name) for name in ("one", "two", "three")]
    await db.write(merge, cast.workshop.id, one.id, two.id)
    await db.write(merge, cast.workshop.id, two.id, three.id)
    async with db.read() as session:
        found = [await who(session, cast.workshop.id, name) for name in ("one", "two", "three")]
    assert [each and each.id for each in found] == [three.id] * 3


async def test_an_answer_moves_into_a_place_where_the_other_took_theirs_back(db: Database, cast: Cast) -> None:
    arrival, poll = await first_two(db, cast)
    await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{poll.id}:open")
    old, new = await person(db, cast, "old"), await person(db, cast, "new")
    kept = await db.write(contribute, old, poll.id, {"pick": "veel"}, "k")
    await db.write(withdraw, new, await db.write(contribute, new, poll.id, {"pick": "niets"}, "k"))
    await db.write(merge, cast.workshop.id, old.id, new.id)
    async with db.read() as session:
        row = await session.get_one(Contribution, kept)
    assert (row.participant_id, row.withdrawn) == (new.id, False)
