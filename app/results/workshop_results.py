"""What came of one workshop, and of all workshops of a trainer: the figures of `rates` with the words around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.cadence import WorkPattern, late_answer_deadline, m2r_due
from app.core.lasting import CheckIn, Commitment
from app.core.letter import OutgoingMail
from app.core.obstacles import OBSTACLES
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.results import rates

Found = tuple[Commitment, Participant, CheckIn | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """`figures` for the trainer. `obstacles` are (English label, count or None where counting would point at persons);
    `needed` are the own words of at least `k` people, in alphabetical order; `shared` are (name, answer) of who lets
    the trainer see that. `failed_mails` could not be delivered."""

    figures: rates.Standing
    obstacles: tuple[tuple[str, int | None], ...]
    needed: tuple[str, ...]
    shared: tuple[tuple[str, str], ...]
    failed_mails: int


async def standing(session: AsyncSession, workshop: Workshop, covers: date | None = None) -> Standing:
    """Where the commitments of this workshop stand today, or those due up to and including `covers`."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    found = await _found(session, [workshop.id])
    today = clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
    until = covers or today
    figures = rates.Standing.of(_rows(found, workshop, organisation), until, organisation.k)
    due = [each for each in found if each[0].replanned_from is None and each[0].day <= until]
    missed = [answer for _, _, answer in due if answer and answer.answer in ("deels", "niet")]
    needed = sorted({answer.needed for answer in missed if answer.needed}, key=str.casefold)
    return Standing(
        figures,
        tuple((OBSTACLES[each.code], each.count) for each in figures.obstacles("trainer") if each.code in OBSTACLES),
        tuple(needed) if len(missed) >= organisation.k else (),
        tuple((person.name, answer.answer if answer else "") for act, person, answer in due if act.shows_trainer),
        await _failed(session, workshop.id),
    )


async def totals(session: AsyncSession, trainer_id: str) -> rates.Standing:
    """All workshops of this trainer together; rehearsals never count."""
    statement = (
        select(Workshop, Organisation)
        .join(Organisation, col(Organisation.id) == col(Workshop.organisation_id))
        .where(col(Workshop.trainer_id) == trainer_id, col(Workshop.is_rehearsal).is_(False))
    )
    held = (await session.exec(statement)).all()
    found = await _found(session, [workshop.id for workshop, _ in held])
    rows: list[rates.Row] = []
    for workshop, organisation in held:
        rows += _rows([each for each in found if each[0].workshop_id == workshop.id], workshop, organisation)
    k = max((organisation.k for _, organisation in held), default=rates.K)
    return rates.Standing.of(rows, clock.now().date(), k)


async def reported(session: AsyncSession, workshop: Workshop) -> list[tuple[Commitment, rates.Row]]:
    """The commitments that were made in this workshop, each with what was reported about its day."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    found = await _found(session, [workshop.id])
    made = [act for act, _, _ in found if act.replanned_from is None]
    return list(zip(made, _rows(found, workshop, organisation), strict=True))


async def _found(session: AsyncSession, workshop_ids: Sequence[str]) -> list[Found]:
    statement = (
        select(Commitment, Participant, CheckIn)
        .join(Participant, col(Participant.id) == col(Commitment.participant_id))
        .join(CheckIn, col(CheckIn.commitment_id) == col(Commitment.id), isouter=True)
        .where(col(Commitment.workshop_id).in_(workshop_ids), col(Commitment.withdrawn).is_(False))
        .order_by(col(Commitment.starts_at), col(Commitment.id))
    )
    return cast(list[Found], list((await session.exec(statement)).all()))


def _rows(found: Iterable[Found], workshop: Workshop, organisation: Organisation) -> list[rates.Row]:
    found = list(found)
    again = {act.replanned_from for act, _, _ in found}
    return [
        _row(act, person, answer, workshop, organisation, act.id in again)
        for act, person, answer in found
        if act.replanned_from is None
    ]


def _row(
    act: Commitment,
    person: Participant,
    answer: CheckIn | None,
    workshop: Workshop,
    organisation: Organisation,
    replanned: bool,
) -> rates.Row:
    """An answer is late from the day after the one reminder on; in time it stays, however often it was corrected."""
    pattern = WorkPattern(ZoneInfo(workshop.time_zone), organisation.days_off(), frozenset(person.days_off))
    came = answer.first_answered_at if answer else None
    counts = answer is not None and came is not None and came < late_answer_deadline(act.day, pattern)
    reminded = pattern.local(m2r_due(act.starts_at, pattern)).date()
    return rates.Row(
        due_day=act.day,
        answer=cast(rates.Answer, answer.answer) if answer and counts else None,
        obstacle=(answer.obstacle or None) if answer and counts else None,
        late=came is not None and pattern.local(came).date() >= reminded + timedelta(days=1),
        has_address=person.gave_address,
        replanned=replanned,
    )


async def _failed(session: AsyncSession, workshop_id: str) -> int:
    statement = select(func.count()).where(
        col(OutgoingMail.workshop_id) == workshop_id, col(OutgoingMail.state) == "dead"
    )
    return int((await session.exec(statement)).one())
