"""What the group makes, written at reveal and at close, again when repeated."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution, Curation
from app.core.drafts import GapDraft, NeedsDraft, OpgaveDraft, Settlement
from app.core.kind import KINDS, Kind, Shown
from app.core.lasting import Gap, Need
from app.core.opgaven import add_version, present_opgave
from app.core.workshop import Activity


async def settle(session: AsyncSession, activity: Activity, rev: int) -> None:
    kind: Kind[Any, Any] = KINDS[activity.kind]
    spec = kind.Spec.model_validate(activity.spec)
    shown = await shown_entries(session, activity)
    for settlement in kind.settle(spec, kind.tally(spec, [card for card in shown if not card.hidden])):
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
        .order_by(col(Curation.rev), col(Curation.created_at))
    )
    states: dict[str, dict[str, str]] = {}
    for curation in curated.all():
        curation.apply(states.setdefault(curation.contribution_id, {}))
    return [shown(kind, row, states.get(row.id, {})) for row in rows.all()]


def shown(kind: Kind[Any, Any], row: Contribution, state: dict[str, str]) -> Shown[Any]:
    return Shown(
        id=row.id,
        participant_id=row.participant_id,
        slot=row.slot,
        entry=kind.Entry.model_validate(row.entry),
        text=state.get("text", ""),
        hidden="hidden" in state,
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


async def _needs(session: AsyncSession, workshop_id: str, needs: dict[str, tuple[str, str, int]], rev: int) -> None:
    statement = select(Need).where(col(Need.workshop_id) == workshop_id, col(Need.key).is_not(None))
    known = {need.key: need for need in (await session.exec(statement)).all()}
    opgave = await present_opgave(session, workshop_id)
    for key, (type_, text, dots) in needs.items():
        need = known.get(key) or Need(
            workshop_id=workshop_id,
            key=key,
            type=type_,
            text=text,
            serves_opgave_id=opgave.id if opgave else None,
        )
        need.dots, need.text, need.rev = dots, text, rev
        session.add(need)
