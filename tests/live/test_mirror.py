"""The mirror of one workshop: it reads only news, and step by step it comes to the same as all at once."""

from random import Random
from typing import Any

import pytest

from app.core.contribute import contribute, withdraw
from app.core.curating import curate
from app.core.deleting import delete_workshop
from app.core.joining import join
from app.core.moving import activities_of, move_on
from app.core.participant import Participant
from app.core.staging import set_timer
from app.core.workshop import Stage
from app.db import Database
from app.ids import random_id
from app.live import mirror as mirror_module
from app.live.mirror import Mirror
from tests.conftest import Cast

PICKS = ("veel", "weinig", "niets")


async def open_poll(db: Database, cast: Cast) -> str:
    async with db.read() as session:
        stage = await session.get_one(Stage, cast.workshop.id)
        poll = list(await activities_of(session, cast.workshop.id))[1].id
    await db.write(move_on, cast.workshop.id, f"{stage.activity_id}:open", f"{poll}:open")
    return poll


async def people(db: Database, cast: Cast, count: int) -> list[Participant]:
    return [await db.write(join, cast.workshop.id, f"browser {each}", "nl") for each in range(count)]


async def fresh(db: Database, cast: Cast) -> Mirror:
    mirror = Mirror(cast.workshop.id)
    assert await mirror.refresh(db)
    return mirror


async def tap(db: Database, who: Participant, poll: str, pick: str = "veel") -> str:
    return await db.write(contribute, who, poll, {"pick": pick}, random_id())


def told(mirror: Mirror) -> dict[str, Any]:
    """What a screen is drawn from, in its order."""
    return {
        "rev": mirror.rev,
        "cards": {activity: list(cards.values()) for activity, cards in mirror.cards.items() if cards},
        "people": {each.id: (each.name, each.removed_at) for each in mirror.participants.values()},
        "stage": mirror.stage and (mirror.stage.activity_id, mirror.stage.blank),
    }


async def test_a_refresh_reads_only_what_is_new(db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = await open_poll(db, cast)
    crowd = await people(db, cast, 5)
    for person in crowd:
        await tap(db, person, poll)
    mirror = await fresh(db, cast)
    read: list[int] = []

    def counting(real: Any) -> Any:
        async def counted(*given: Any) -> Any:
            rows = await real(*given)
            read.append(len(rows))
            return rows

        return counted

    for name in ("newer", "newly_said"):
        monkeypatch.setattr(mirror_module, name, counting(getattr(mirror_module, name)))
    await mirror.refresh(db)
    assert read == []  # nothing moved: no table is read
    await tap(db, crowd[0], poll, "niets")
    await mirror.refresh(db)
    assert read == [1]


async def test_a_withdrawn_answer_is_gone_and_may_come_back(db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    bas, chantal = await people(db, cast, 2)
    mirror = await fresh(db, cast)
    identity = await tap(db, bas, poll)
    await tap(db, chantal, poll)
    await mirror.refresh(db)
    assert len(mirror.cards[poll]) == 2
    await db.write(withdraw, bas, identity)
    await mirror.refresh(db)
    assert [card.participant_id for card in mirror.cards[poll].values()] == [chantal.id]
    await tap(db, bas, poll, "weinig")
    await mirror.refresh(db)
    assert len(mirror.cards[poll]) == 2
    assert told(mirror) == told(await fresh(db, cast))


async def test_a_curated_answer_shows_what_the_trainer_made_of_it(db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    (bas,) = await people(db, cast, 1)
    identity = await tap(db, bas, poll)
    mirror = await fresh(db, cast)
    for act, text, hidden in (("hide", "", True), ("edit", "Korter", True), ("show", "", False)):
        await db.write(curate, cast.workshop.id, cast.anna.id, identity, act, text)
        await mirror.refresh(db)
        assert mirror.cards[poll][identity].hidden is hidden
    assert mirror.cards[poll][identity].text == "Korter"
    await tap(db, bas, poll, "niets")  # an own change leaves the trainer's act alone
    await mirror.refresh(db)
    assert mirror.cards[poll][identity].text == "Korter"
    assert mirror.cards[poll][identity].entry.pick == "niets"


@pytest.mark.parametrize("seed", range(3))
async def test_step_by_step_comes_to_the_same_as_all_at_once(db: Database, cast: Cast, seed: int) -> None:
    chance, poll = Random(seed), await open_poll(db, cast)
    crowd, mirror = await people(db, cast, 6), await fresh(db, cast)
    taps: dict[str, str] = {}
    for _ in range(40):
        who = chance.choice(crowd)
        act = chance.choice(["tap", "tap", "withdraw", "hide", "show", "edit", "restore"])
        if act == "tap":
            taps[who.id] = await tap(db, who, poll, chance.choice(PICKS))
        elif who.id in taps and act == "withdraw":
            await db.write(withdraw, who, taps[who.id])
        elif who.id in taps:
            await db.write(curate, cast.workshop.id, cast.anna.id, taps[who.id], act, "Anders")
        if chance.random() < 0.5:
            await mirror.refresh(db)
    await mirror.refresh(db)
    assert told(mirror)["cards"]
    assert told(mirror) == told(await fresh(db, cast))


async def test_another_workshop_is_not_in_it(db: Database, cast: Cast) -> None:
    await open_poll(db, cast)
    outsider = await db.write(join, cast.elsewhere.id, "outsider", "nl")
    mirror = await fresh(db, cast)
    assert outsider.id not in mirror.participants
    assert all(each.workshop_id == cast.workshop.id for each in mirror.activities.values())


async def test_a_deleted_workshop_is_told(db: Database, cast: Cast) -> None:
    mirror = await fresh(db, cast)
    await db.write(delete_workshop, cast.workshop.id)
    assert await mirror.refresh(db) is False


async def test_answers_and_people_leave_the_setting_as_it_was_and_all_else_changes_it(db: Database, cast: Cast) -> None:
    poll = await open_poll(db, cast)
    mirror = await fresh(db, cast)
    before = mirror.setting
    [bas] = await people(db, cast, 1)
    card = await tap(db, bas, poll)
    assert await mirror.refresh(db)
    assert (mirror.setting, mirror.people.joined) == (before, 1)
    await db.write(set_timer, cast.workshop.id, 60)
    assert await mirror.refresh(db)
    assert mirror.setting == before + 1
    await db.write(curate, cast.workshop.id, cast.anna.id, card, "hide", "")
    assert await mirror.refresh(db)
    assert mirror.setting == before + 2
    assert await mirror.refresh(db)
    assert mirror.setting == before + 2
