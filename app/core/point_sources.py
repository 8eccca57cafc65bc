"""What the points of a letter are made from: live conditions, those that were merged or say the same as one, counted by
people; and needs with dots that nobody settled."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution, Curation, folded
from app.core.lasting import Condition, Need
from app.core.participant import Participant

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Source:
    """`ids` of the conditions, or of one need; `named_by` counts people, 0 for a need. `promised`: in the room."""

    ids: tuple[str, ...]
    text: str
    type: str
    size: str = ""
    owner: str = ""
    by_date: str = ""
    named_by: int = 0
    promised: bool = False
    is_need: bool = False


async def sources_of(session: AsyncSession, workshop_id: str) -> list[Source]:
    """Conditions by the number of people, then needs by dots. Hidden, parked and withdrawn ones are out."""
    conditions = (await session.exec(select(Condition).where(col(Condition.workshop_id) == workshop_id))).all()
    stands_for = await _standing(session, workshop_id, conditions)
    same_person = await _same_person(session, workshop_id)
    groups: dict[str, list[Condition]] = {}
    for condition in conditions:
        for_ = stands_for.get(condition.id)
        if for_ is not None and for_.text:
            groups.setdefault(_plain(for_.text), []).append(condition)
    found = [_source(group, stands_for, same_person) for group in groups.values()]
    needs = select(Need).where(
        col(Need.workshop_id) == workshop_id,
        col(Need.withdrawn).is_(False),
        col(Need.settled).is_(False),
        col(Need.dots) > 0,
        col(Need.text) != "",
    )
    rows = sorted((await session.exec(needs)).all(), key=lambda need: (-need.dots, need.id))
    return [
        *sorted(found, key=lambda source: (-source.named_by, source.text)),
        *(Source((need.id,), need.text, need.type, size=need.size, is_need=True) for need in rows),
    ]


def _source(group: Sequence[Condition], stands_for: dict[str, Condition], same_person: dict[str, str]) -> Source:
    """The words of the one that stands; what was filled in with the room goes before what a card said."""
    heads = sorted(
        {stands_for[each.id].id: stands_for[each.id] for each in group}.values(),
        key=lambda row: (row.status == "open", row.id),
    )
    people = {same_person.get(each.participant_id, each.participant_id) for each in group if each.participant_id}
    return Source(
        ids=tuple(sorted(each.id for each in group)),
        text=heads[0].text,
        type=heads[0].type,
        owner=next((head.owner for head in heads if head.owner), ""),
        by_date=next((head.by_date for head in heads if head.by_date), ""),
        named_by=len(people),
        promised=any(head.status in ("promised", "met") for head in heads),
    )


async def _standing(session: AsyncSession, workshop_id: str, conditions: Sequence[Condition]) -> dict[str, Condition]:
    """For each condition that counts, the live one that it stands under: itself, or the one it was merged into."""
    cards = select(Contribution.id).where(
        col(Contribution.workshop_id) == workshop_id, col(Contribution.withdrawn).is_(False)
    )
    live_cards = set((await session.exec(cards)).all())
    acts: dict[str, list[Curation]] = {}
    for act in (await session.exec(select(Curation).where(col(Curation.workshop_id) == workshop_id))).all():
        acts.setdefault(act.contribution_id, []).append(act)
    by_card: dict[str | None, Condition] = {each.contribution_id: each for each in conditions if each.contribution_id}
    states = {card: folded(acts.get(card, ())) for card in by_card if card in live_cards}
    heads = {
        each.id: by_card.get(_head(each.contribution_id, states)) if each.contribution_id else each
        for each in conditions
    }
    return {key: head for key, head in heads.items() if head is not None and not head.withdrawn}


def _head(card: str, states: Mapping[str, dict[str, str]]) -> str | None:
    """The card that stands for this one; None where it, or the one it was merged into, was taken off."""
    seen: set[str] = set()
    while card not in seen:
        state = states.get(card)
        if state is None or {"hidden", "parked"} & state.keys():
            return None
        if not state.get("into"):
            return card
        seen.add(card)
        card = state["into"]
    return None


async def _same_person(session: AsyncSession, workshop_id: str) -> dict[str, str]:
    """Who turned out to be somebody else who was there."""
    people = select(Participant.id, Participant.merged_into).where(
        col(Participant.workshop_id) == workshop_id, col(Participant.merged_into).is_not(None)
    )
    return {one: str(other) for one, other in (await session.exec(people)).all()}


def _plain(text: str) -> str:
    """The words alone: case, signs and spaces make no other condition."""
    return _SIGNS.sub(" ", text.casefold()).strip()
