"""Taking out what people wrote: when the time is over, counts and answers by code stay, words do not."""

from datetime import datetime
from typing import Any, get_args

from pydantic import BaseModel, BeforeValidator, ValidationError
from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.conditions_letter import ConditionsLetter, Point, PointAnswer
from app.core.contribution import Contribution, Curation
from app.core.deed import Deed
from app.core.deleting import NO_ACT_TEXTS, NO_ANSWER_TEXTS, NO_LATER_TEXTS
from app.core.kind import KINDS, Kind
from app.core.lasting import CheckIn, Commitment, Condition, LaterCheckIn, Need, Party
from app.core.looking_back import remember_anew
from app.core.participant import Participant
from app.core.text import clean, one_line
from app.core.workshop import Activity, Workshop

TYPED: tuple[tuple[type[Any], dict[str, str]], ...] = ((Need, {"text": ""}), (Party, {"name": "", "goal": ""}))
"""What lives on from cards: emptied where a person typed it, kept where the script or the trainer did."""


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
        (LaterCheckIn, NO_LATER_TEXTS),
        (ConditionsLetter, {"note": ""}),
        (Point, {"text": "", "size": "", "owner": "", "by_date": ""}),
        (PointAnswer, {"text": "", "on_behalf_of": ""}),
        (Participant, {"name": "", "obstacle_text": ""}),
    )
    for table, values in emptied:
        await session.exec(update(table).where(table.workshop_id == workshop.id).values(rev=rev, **values))
    await session.exec(delete(Deed).where(col(Deed.workshop_id) == workshop.id))
    for table, nothing in TYPED:
        await _forget_in_specs(session, workshop.id, await _typed(session, workshop.id, table), rev)
        from_cards = table.workshop_id == workshop.id, col(table.contribution_id).is_not(None)
        await session.exec(update(table).where(*from_cards).values(rev=rev, **nothing))
    workshop.emptied_at = now
    workshop.before = {**workshop.before, "conditions": []} if workshop.before else {}
    session.add(workshop)
    await remember_anew(session, workshop.id)


async def _typed(session: AsyncSession, workshop_id: str, table: type[Any]) -> set[str]:
    from_cards = table.workshop_id == workshop_id, col(table.contribution_id).is_not(None)
    return set((await session.exec(select(table.id).where(*from_cards))).all())


async def _forget_in_specs(session: AsyncSession, workshop_id: str, gone: set[str], rev: int) -> None:
    """Questions that were asked about cards hold copies of them: those go too."""
    for activity in (await session.exec(select(Activity).where(col(Activity.workshop_id) == workshop_id))).all():
        kept = _without(activity.spec, gone)
        if kept != activity.spec:
            activity.spec, activity.rev = kept, rev
            session.add(activity)


def _without(value: Any, gone: set[str]) -> Any:
    """The spec without the items of its lists that are named by one of these ids."""
    if isinstance(value, dict):
        return {key: _without(each, gone) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, gone) for each in value if not _names(each, gone)]
    return value


def _names(item: Any, gone: set[str]) -> bool:
    return isinstance(item, dict) and (item.get("id") in gone or item.get("key") in gone)


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
