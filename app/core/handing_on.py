"""What of a tap lives on: one lasting row a contribution, updated by a later tap, marked by a withdrawal."""

from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.committing import commit_to, show_on_wall
from app.core.contribution import Contribution, Curation, folded
from app.core.drafts import (
    CommitmentDraft,
    ConditionDraft,
    Draft,
    NeedDraft,
    ObstacleDraft,
    PartyDraft,
    WallDraft,
)
from app.core.kind import KINDS, Kind
from app.core.lasting import Commitment, Condition, Need, Party
from app.core.opgaven import present_opgave
from app.core.participant import Participant
from app.core.workshop import Activity, Workshop

# Asked at every change of a card: to build it takes longer than to run it.
_NEED_OF = select(Need).where(col(Need.contribution_id) == bindparam("contribution"), col(Need.withdrawn).is_(False))


async def hand_on(
    session: AsyncSession,
    workshop: Workshop,
    participant: Participant,
    contribution_id: str,
    draft: Draft,
    rev: int,
) -> None:
    match draft:
        case NeedDraft():
            await _need(session, workshop, contribution_id, draft, rev)
            await follow_curation(session, contribution_id, rev)
        case PartyDraft():
            await _party(session, workshop, contribution_id, draft, rev)
            await follow_curation(session, contribution_id, rev)
        case ObstacleDraft():
            person = await session.get_one(Participant, participant.id)
            person.obstacle, person.obstacle_text, person.rev = draft.code, draft.text, rev
            session.add(person)
        case ConditionDraft():
            await _condition(session, workshop, participant, contribution_id, draft, rev)
            await follow_curation(session, contribution_id, rev)
        case CommitmentDraft():
            await commit_to(session, workshop, participant, contribution_id, draft, rev)
        case WallDraft():
            await show_on_wall(session, participant, draft, rev)


async def take_back(session: AsyncSession, contribution_id: str, rev: int) -> None:
    """Mark the lasting rows of a withdrawn contribution; who takes a choice back is on no wall any more."""
    contribution = await session.get_one(Contribution, contribution_id)
    if "show" in contribution.entry:
        person = await session.get_one(Participant, contribution.participant_id)
        await show_on_wall(session, person, WallDraft("no"), rev)
    for table in (Need, Party, Condition, Commitment):
        statement = select(table).where(col(table.contribution_id) == contribution_id)
        for row in (await session.exec(statement)).all():
            row.withdrawn, row.rev = True, rev
            session.add(row)


async def drop_need(session: AsyncSession, contribution_id: str, rev: int) -> None:
    """An entry that hands on nothing any more takes back the need that it was."""
    need = (await session.exec(_NEED_OF, params={"contribution": contribution_id})).first()
    if need is not None:
        need.withdrawn, need.rev = True, rev
        session.add(need)


async def follow_curation(session: AsyncSession, contribution_id: str, rev: int) -> None:
    """The trainer's wording of a card lives on instead of the author's; a card that was taken off does not."""
    contribution = await session.get_one(Contribution, contribution_id)
    acts = select(Curation).where(col(Curation.contribution_id) == contribution_id)
    state = folded((await session.exec(acts)).all())
    words = await _words(session, contribution, state.get("text", ""))
    for table in (Need, Party, Condition):
        row = (await session.exec(select(table).where(col(table.contribution_id) == contribution_id))).first()
        if row is not None:
            setattr(row, "name" if isinstance(row, Party) else "text", words)
            row.withdrawn, row.rev = contribution.withdrawn or bool({"hidden", "into", "parked"} & state.keys()), rev
            session.add(row)


async def _words(session: AsyncSession, contribution: Contribution, edited: str) -> str:
    """What lives on in words: the trainer's, where it is the text of the card itself."""
    activity = await session.get_one(Activity, contribution.activity_id)
    kind: Kind[Any, Any] = KINDS[activity.kind]
    entry = kind.Entry.model_validate(contribution.entry)
    draft = kind.hand_on(kind.Spec.model_validate(activity.spec), entry)
    own = draft.name if isinstance(draft, PartyDraft) else str(getattr(draft, "text", ""))
    return edited if edited and kind.card_text(entry) == own else own


async def _need(session: AsyncSession, workshop: Workshop, contribution_id: str, draft: NeedDraft, rev: int) -> None:
    need = (await session.exec(select(Need).where(col(Need.contribution_id) == contribution_id))).first()
    opgave = await present_opgave(session, workshop.id)
    need = need or Need(
        workshop_id=workshop.id,
        contribution_id=contribution_id,
        type=draft.type,
        text=draft.text,
        serves_opgave_id=opgave.id if opgave else None,
    )
    need.type, need.text, need.withdrawn, need.rev = draft.type, draft.text, False, rev
    need.size = need.size if need.settled else draft.size or need.size
    session.add(need)


async def _party(session: AsyncSession, workshop: Workshop, contribution_id: str, draft: PartyDraft, rev: int) -> None:
    """After the parties that the trainer named, in the order in which they came."""
    party = (await session.exec(select(Party).where(col(Party.contribution_id) == contribution_id))).first()
    if party is None:
        last = select(func.max(Party.position)).where(col(Party.workshop_id) == workshop.id)
        position: int | None = (await session.exec(last)).one()
        party = Party(
            workshop_id=workshop.id,
            contribution_id=contribution_id,
            position=0 if position is None else position + 1,
            name=draft.name,
        )
    party.name, party.goal, party.withdrawn, party.rev = draft.name, draft.goal, False, rev
    session.add(party)


async def _condition(
    session: AsyncSession,
    workshop: Workshop,
    participant: Participant,
    contribution_id: str,
    draft: ConditionDraft,
    rev: int,
) -> None:
    statement = select(Condition).where(col(Condition.contribution_id) == contribution_id)
    condition = (await session.exec(statement)).first() or Condition(
        workshop_id=workshop.id,
        contribution_id=contribution_id,
        participant_id=participant.id,
        text=draft.text,
    )
    condition.text, condition.type = draft.text, draft.type
    if condition.status == "open":  # else it was settled in the room who does it, and when
        condition.owner, condition.by_date = draft.owner, draft.by_date
    condition.withdrawn, condition.rev = False, rev
    session.add(condition)
