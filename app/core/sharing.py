"""Who sees one person's commitment: the trainer with the name, the wall, a buddy. All off until that person says so."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from app.core.advancing import advance
from app.core.errors import Refused
from app.core.grouping import part
from app.core.lasting import Commitment
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def who_may_see(session: AsyncSession, workshop: Workshop) -> tuple[str, str] | None:
    """The name and the employer of the trainer. None where the trainer works for the participants' own organisation:
    an employer never sees one person's outcome, so there is nothing to choose."""
    trainer = await session.get_one(Trainer, workshop.trainer_id)
    if trainer.organisation_id is None or trainer.organisation_id == workshop.organisation_id:
        return None
    employer = await session.get_one(Organisation, trainer.organisation_id)
    return trainer.name, employer.name


async def let_trainer_see(session: AsyncSession, workshop: Workshop, participant_id: str, shows: bool) -> None:
    """Show or hide all own commitments of this person. Raises Refused where nobody may be shown to the trainer."""
    rev = await advance(session, workshop.id)
    if shows and await who_may_see(session, workshop) is None:
        raise Refused(N_("Your trainer works for your own organisation and never sees names."))
    for commitment in (await session.exec(_of(participant_id).where(col(Commitment.workshop_id) == workshop.id))).all():
        commitment.shows_trainer, commitment.rev = shows, rev
        session.add(commitment)


async def leave_wall(session: AsyncSession, participant_id: str) -> None:
    """No commitment of this person stands on the wall any more; to stand there again is chosen in the room."""
    person = await session.get_one(Participant, participant_id)
    rev = await advance(session, person.workshop_id)
    for commitment in (await session.exec(_of(participant_id))).all():
        commitment.wall, commitment.rev = "no", rev
        session.add(commitment)


async def show_nobody(session: AsyncSession, workshop: Workshop, participant: Participant) -> None:
    """Everything off at once: the trainer, the wall and the buddy."""
    await let_trainer_see(session, workshop, participant.id, False)
    await leave_wall(session, participant.id)
    await part(session, participant)


def _of(participant_id: str) -> SelectOfScalar[Commitment]:
    return select(Commitment).where(col(Commitment.participant_id) == participant_id)
