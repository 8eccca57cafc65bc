"""Whether the trainer sees one person's commitment and answer with the name: off, until that person says so."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.errors import Refused
from app.core.lasting import Commitment
from app.core.organisation import Organisation
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
    owned = select(Commitment).where(
        col(Commitment.participant_id) == participant_id, col(Commitment.workshop_id) == workshop.id
    )
    for commitment in (await session.exec(owned)).all():
        commitment.shows_trainer, commitment.rev = shows, rev
        session.add(commitment)
