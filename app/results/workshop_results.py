"""What came of one workshop: the figures of `rates` with the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail
from app.core.obstacles import OBSTACLES
from app.core.organisation import Organisation
from app.core.workshop import Workshop
from app.results import rates
from app.results.acts import Act, acts_of


@dataclass(frozen=True, slots=True)
class Standing:
    """`figures` for the trainer. `obstacles` are (English label, count or None where counting would point at persons);
    `needed` are the own words of at least `k` people, in alphabetical order; `shared` are (name, answer) of who lets
    the trainer see that. `failed_mails` could not be delivered. `seen`: how many buddies saw it done, beside the own
    answer and never instead of it; `entered`: answers that came by reply, typed in by the trainer;
    `recovered`: planned again and then done within five working days, None below `k`."""

    figures: rates.Standing
    obstacles: tuple[tuple[str, int | None], ...]
    needed: tuple[str, ...]
    shared: tuple[tuple[str, str], ...]
    failed_mails: int
    seen: int = 0
    entered: int = 0
    recovered: rates.Rate | None = None


async def standing(
    session: AsyncSession, workshop: Workshop, covers: date | None = None, acts: Sequence[Act] | None = None
) -> Standing:
    """Where the commitments of this workshop stand today, or those due up to and including `covers`. `acts` spares a
    look where they were read already."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    if acts is None:
        acts = await acts_of(session, workshop, organisation)
    until = covers or clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
    figures = rates.Standing.of([act.row for act in acts], until, organisation.k)
    due = [act for act in acts if act.commitment.day <= until]
    answers = [act.answer for act in due if act.answer]
    missed = [answer for answer in answers if answer.answer in ("deels", "niet")]
    again = [act.recovered for act in due if act.recovered is not None]
    needed = sorted({answer.needed for answer in missed if answer.needed}, key=str.casefold)
    return Standing(
        figures,
        tuple((OBSTACLES[each.code], each.count) for each in figures.obstacles("trainer") if each.code in OBSTACLES),
        tuple(needed) if len(missed) >= organisation.k else (),
        tuple(
            (act.person.name, act.answer.answer if act.answer else "") for act in due if act.commitment.shows_trainer
        ),
        await _failed(session, workshop.id),
        sum(act.commitment.seen_at is not None for act in due),
        sum(answer.entered_by_trainer for answer in answers),
        rates.Rate(sum(again), len(again)) if len(again) >= max(organisation.k, 1) else None,
    )


async def reported(session: AsyncSession, workshop: Workshop) -> list[tuple[Commitment, rates.Row]]:
    """The commitments that were made in this workshop, each with what was reported about its day."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    return [(act.commitment, act.row) for act in await acts_of(session, workshop, organisation)]


async def _failed(session: AsyncSession, workshop_id: str) -> int:
    statement = select(func.count()).where(
        col(OutgoingMail.workshop_id) == workshop_id, col(OutgoingMail.state) == "dead"
    )
    return int((await session.exec(statement)).one())
