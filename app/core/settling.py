"""What the group makes, written at reveal and at close, again when repeated."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import structlog
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution, Curation, Said, folded
from app.core.drafts import GapDraft, MatrixDraft, NeedsDraft, OpgaveDraft, Settlement, StandsDraft
from app.core.kind import KINDS, Kind
from app.core.lasting import Gap, Need, Party
from app.core.opgaven import add_version, present_opgave
from app.core.shown import Shown
from app.core.surroundings import Made
from app.core.workshop import Activity

log = structlog.get_logger()
Row = TypeVar("Row", bound=SQLModel)


async def settle(session: AsyncSession, activity: Activity, rev: int) -> None:
    kind: Kind[Any, Any] = KINDS[activity.kind]
    spec = kind.Spec.model_validate(activity.spec)
    shown = await shown_entries(session, activity)
    try:
        settled = list(kind.settle(spec, kind.tally(spec, room_sees(shown))))
    except Exception:
        log.exception("a kind cannot settle: the room goes on", kind=kind.name)
        return
    for settlement in settled:
        await _write(session, activity.workshop_id, settlement, rev)


async def shown_entries(session: AsyncSession, activity: Activity) -> Sequence[Shown[Any]]:
    """All contributions of an activity with the trainer's curation applied."""
    kind: Kind[Any, Any] = KINDS[activity.kind]
    rows = await session.exec(
        select(Contribution)
        .where(col(Contribution.activity_id) == activity.id, col(Contribution.withdrawn).is_(False))
        .order_by(col(Contribution.created_at), col(Contribution.id))
    )
    curated = await session.exec(
        select(Curation)
        .join(Contribution, col(Curation.contribution_id) == col(Contribution.id))
        .where(col(Contribution.activity_id) == activity.id)
    )
    acts: dict[str, list[Curation]] = {}
    for curation in curated.all():
        acts.setdefault(curation.contribution_id, []).append(curation)
    return [shown(kind, row, folded(acts.get(row.id, ()))) for row in rows.all()]


def room_sees(cards: Iterable[Shown[Any]]) -> list[Shown[Any]]:
    """Without what was hidden, parked or merged away; each card with those that were merged into it."""
    cards = list(cards)
    into = {card.id: card.into for card in cards if card.into}
    absorbed: dict[str, list[str]] = {}
    for card in cards:
        if card.into and not card.hidden:
            absorbed.setdefault(_root(card.id, into), []).append(card.id)
    return [
        replace(card, absorbed=tuple(absorbed[card.id])) if card.id in absorbed else card
        for card in cards
        if not (card.hidden or card.parked or card.into)
    ]


def shown(kind: Kind[Any, Any], row: Contribution | Said, state: dict[str, str]) -> Shown[Any]:
    return Shown(
        id=row.id,
        participant_id=row.participant_id,
        slot=row.slot,
        entry=kind.Entry.model_validate(row.entry),
        text=state.get("text", ""),
        hidden="hidden" in state,
        parked="parked" in state,
        into=state.get("into", ""),
        at=row.created_at,
    )


def _root(card: str, into: dict[str, str]) -> str:
    """The card that stands for this one, however often it was merged further; a ring ends where it began."""
    seen = {card}
    while (target := into.get(card)) and target not in seen:
        card = target
        seen.add(card)
    return card


async def made(session: AsyncSession, workshop_id: str) -> Made:
    """What the group made so far: needs with most dots first, parties in their order."""
    needs = select(Need).where(col(Need.workshop_id) == workshop_id, col(Need.withdrawn).is_(False))
    parties = select(Party).where(col(Party.workshop_id) == workshop_id, col(Party.withdrawn).is_(False))
    return Made(
        (await session.exec(needs.order_by(col(Need.dots).desc(), col(Need.rev), col(Need.id)))).all(),
        (await session.exec(parties.order_by(col(Party.position), col(Party.rev), col(Party.id)))).all(),
    )


async def _write(session: AsyncSession, workshop_id: str, settlement: Settlement, rev: int) -> None:
    match settlement:
        case OpgaveDraft(text, contribution_id):
            await add_version(session, workshop_id, text, "", contribution_id, rev)
        case GapDraft(now, wanted, count):
            gap = await session.get(Gap, workshop_id) or Gap(workshop_id=workshop_id, now=0, wanted=0, count=0)
            gap.now, gap.wanted, gap.count, gap.rev = now, wanted, count, rev
            session.add(gap)
        case NeedsDraft(needs):
            await _needs(session, workshop_id, needs, rev)
        case MatrixDraft(needs):
            for need in await _rows(session, Need, workshop_id, needs):
                (need.needed, need.available), need.rev = needs[need.id], rev
        case StandsDraft(parties):
            for party in await _rows(session, Party, workshop_id, parties):
                (party.stands, party.estimated), party.rev = parties[party.id], rev


async def _rows(session: AsyncSession, table: type[Row], workshop_id: str, wanted: Iterable[str]) -> list[Row]:
    """Those of this workshop, whatever ids a tally names."""
    columns: Any = table
    found = await session.exec(select(table).where(columns.workshop_id == workshop_id, columns.id.in_(list(wanted))))
    rows = list(found.all())
    session.add_all(rows)
    return rows


async def _needs(session: AsyncSession, workshop_id: str, needs: dict[str, tuple[str, str, int]], rev: int) -> None:
    statement = select(Need).where(col(Need.workshop_id) == workshop_id, col(Need.key).is_not(None))
    known = {need.key: need for need in (await session.exec(statement)).all()}
    known |= {need.id: need for need in await _rows(session, Need, workshop_id, needs)}
    opgave = await present_opgave(session, workshop_id)
    for key, (type_, text, dots) in needs.items():
        need = known.get(key) or Need(
            workshop_id=workshop_id,
            key=key,
            type=type_,
            text=text,
            serves_opgave_id=opgave.id if opgave else None,
        )
        need.dots, need.rev = dots, rev
        need.text = text if need.key else need.text
        session.add(need)
