"""What is kept no longer than it is needed: addresses, free texts, mails that were sent, drafts nobody opened."""

from datetime import datetime, timedelta
from typing import Any, get_args

from pydantic import BaseModel, BeforeValidator, ValidationError
from sqlalchemy import update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import empty, forget_address
from app.core.advancing import advance
from app.core.contribution import Contribution, Curation
from app.core.deleting import NO_ACT_TEXTS, NO_ANSWER_TEXTS, delete_workshop
from app.core.kind import KINDS, Kind
from app.core.lasting import CheckIn, Commitment, Condition, Need
from app.core.letter import OutgoingMail
from app.core.looking_back import remember_anew
from app.core.organisation import Organisation
from app.core.participant import MailAddress, Participant
from app.core.text import clean, one_line
from app.core.workshop import WITHOUT_SCRIPT, Activity, Status, Workshop

MAILS_KEPT = timedelta(days=14)
DRAFTS_KEPT = timedelta(days=7)


async def run_due(session: AsyncSession, now: datetime) -> None:
    """Everything whose time is over at `now`; each by the clock of its workshop."""
    await _addresses(session, now)
    await _mails(session, now)
    await _texts(session, now)
    await _drafts(session, now)


async def _addresses(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(MailAddress, Workshop)
        .join(Participant, col(Participant.id) == col(MailAddress.participant_id))
        .join(Workshop, col(Workshop.id) == col(Participant.workshop_id))
        .where(or_(col(MailAddress.delete_at) <= now, col(Workshop.clock_shift) > 0))
        .options(WITHOUT_SCRIPT)
    )
    for address, workshop in (await session.exec(statement)).all():
        if address.delete_at is not None and address.delete_at <= _at(workshop, now):
            await forget_address(session, address.participant_id, "the follow-up is over")


async def _mails(session: AsyncSession, now: datetime) -> None:
    statement = select(OutgoingMail).where(
        col(OutgoingMail.state) != "queued",
        col(OutgoingMail.created_at) <= now - MAILS_KEPT,
        col(OutgoingMail.text) != "",
    )
    for mail in (await session.exec(statement)).all():
        empty(mail)
        session.add(mail)


async def _texts(session: AsyncSession, now: datetime) -> None:
    statement = (
        select(Workshop, Organisation.retention_days)
        .join(Organisation, col(Organisation.id) == col(Workshop.organisation_id))
        .where(col(Workshop.emptied_at).is_(None), col(Workshop.status) != Status.DRAFT)
        .where(or_(col(Workshop.starts_at) <= now, col(Workshop.clock_shift) > 0))
        .options(WITHOUT_SCRIPT)
    )
    for workshop, days in (await session.exec(statement)).all():
        held = max(workshop.starts_at, workshop.opened_at or workshop.starts_at)
        if held + timedelta(days=days) <= _at(workshop, now):
            await empty_texts(session, workshop, now)


async def _drafts(session: AsyncSession, now: datetime) -> None:
    statement = select(Workshop.id).where(
        col(Workshop.status) == Status.DRAFT,
        col(Workshop.opened_at).is_(None),
        col(Workshop.starts_at) <= now - DRAFTS_KEPT,
    )
    for workshop_id in (await session.exec(statement)).all():
        await delete_workshop(session, workshop_id)


def _at(workshop: Workshop, now: datetime) -> datetime:
    return now + timedelta(seconds=workshop.clock_shift)


async def empty_texts(session: AsyncSession, workshop: Workshop, now: datetime) -> None:
    """Take out what people wrote, with their names; counts, answers by code and the opgave of the group stay."""
    rev = await advance(session, workshop.id)
    kinds = select(Contribution, Activity.kind).join(Activity, col(Activity.id) == col(Contribution.activity_id))
    for row, kind in (await session.exec(kinds.where(col(Contribution.workshop_id) == workshop.id))).all():
        kept = without_texts(KINDS[kind], row.entry)
        row.entry, row.rev, row.withdrawn = kept or {}, rev, row.withdrawn or kept is None
        session.add(row)
    emptied: tuple[tuple[Any, dict[str, Any]], ...] = (
        (Curation, {"text": ""}),
        (Condition, {"text": "", "owner": "", "by_date": ""}),
        (Need, {"size": "", "source": "", "stops": ""}),
        (Commitment, NO_ACT_TEXTS),
        (CheckIn, NO_ANSWER_TEXTS),
        (Participant, {"name": ""}),
    )
    for table, values in emptied:
        await session.exec(update(table).where(table.workshop_id == workshop.id).values(rev=rev, **values))
    typed = update(Need).where(col(Need.workshop_id) == workshop.id, col(Need.contribution_id).is_not(None))
    await session.exec(typed.values(text="", rev=rev))
    workshop.emptied_at = now
    workshop.before = {**workshop.before, "conditions": []} if workshop.before else {}
    session.add(workshop)
    await remember_anew(session, workshop.id)


def without_texts(kind: Kind[Any, Any], entry: dict[str, Any]) -> dict[str, Any] | None:
    """The entry with everything typed taken out. None when nothing readable is left, such as of a card."""
    free = free_texts(kind.Entry)
    kept = {name: value for name, value in entry.items() if name not in free}
    try:
        kind.Entry.model_validate(kept)
    except ValidationError:
        return None
    return kept


def free_texts(entry: type[BaseModel]) -> frozenset[str]:
    """The fields of an Entry that hold what people typed: those made of `Line` or `Prose`, at any depth."""
    return frozenset(
        name for name, field in entry.model_fields.items() if _is_typed((field.annotation, *field.metadata))
    )


def _is_typed(parts: tuple[Any, ...]) -> bool:
    return any(
        (isinstance(part, BeforeValidator) and part.func in (clean, one_line))
        or (isinstance(part, type) and issubclass(part, BaseModel) and bool(free_texts(part)))
        or _is_typed((*get_args(part), *getattr(part, "__metadata__", ())))
        for part in parts
    )
