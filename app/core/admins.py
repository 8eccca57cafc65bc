"""What an admin does for the own organisation: trainers, roles, sessions, the rule of a second factor."""

from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core import second_factor
from app.core.audit import Act, note
from app.core.errors import NotFound, Refused
from app.core.organisation import Organisation
from app.core.sessions import ask_for_second_factor, end_all
from app.core.signing_in import Ticket, by_address, checked_address, invite
from app.core.trainer import Trainer, TrainerSession
from app.texts import gettext_noop as N_


async def trainers_of(session: AsyncSession, admin: Trainer) -> Sequence[tuple[Trainer, int]]:
    """Everybody of the admin's organisation, with how many browsers are signed in."""
    alive = (col(TrainerSession.trainer_id) == col(Trainer.id)) & (col(TrainerSession.expires_at) > clock.now())
    statement = (
        select(Trainer, func.count(col(TrainerSession.id)))
        .join(TrainerSession, alive, isouter=True)
        .where(col(Trainer.organisation_id) == admin.organisation_id)
        .group_by(col(Trainer.id))
        .order_by(col(Trainer.name), col(Trainer.id))
    )
    return (await session.exec(statement)).all()


async def invite_trainer(session: AsyncSession, admin: Trainer, email: str) -> Ticket:
    """Raises Refused for somebody of another organisation: an account belongs to one."""
    known = await by_address(session, checked_address(email))
    if known is not None and known.organisation_id != admin.organisation_id:
        raise Refused(N_("This address cannot be invited here. Ask who runs this server."), field="email")
    made = await invite(session, email, organisation_id=str(admin.organisation_id))
    await note(session, admin, Act.INVITED, made.trainer.id)
    return made


async def set_role(session: AsyncSession, admin: Trainer, trainer_id: str, is_admin: bool) -> None:
    """Raises Refused for the own role: somebody has to stay."""
    trainer = await _colleague(session, admin, trainer_id)
    if trainer.id == admin.id:
        raise Refused(N_("Ask another admin to change your role."))
    trainer.is_admin = is_admin
    session.add(trainer)
    await note(session, admin, Act.ROLE, trainer.id)


async def end_sessions(session: AsyncSession, admin: Trainer, trainer_id: str) -> None:
    trainer = await _colleague(session, admin, trainer_id)
    await end_all(session, trainer.id)
    await note(session, admin, Act.SESSIONS_ENDED, trainer.id)


async def drop_second_factor(session: AsyncSession, admin: Trainer, trainer_id: str) -> None:
    """For somebody who lost the phone and the recovery codes. Who signed in with them is signed out."""
    trainer = await _colleague(session, admin, trainer_id)
    if trainer.id == admin.id:
        raise Refused(N_("Turn your own second step off on the page of your account."))
    await second_factor.drop(session, trainer, by=admin)
    await end_all(session, trainer.id)


async def require_second_factor(session: AsyncSession, admin: Trainer, required: bool) -> None:
    organisation = await session.get_one(Organisation, admin.organisation_id)
    organisation.requires_second_factor = required
    session.add(organisation)
    await note(session, admin, Act.RULE, organisation.id)
    if required:
        await ask_for_second_factor(session, organisation.id)


async def _colleague(session: AsyncSession, admin: Trainer, trainer_id: str) -> Trainer:
    trainer = await session.get(Trainer, trainer_id)
    if trainer is None or trainer.organisation_id != admin.organisation_id:
        raise NotFound(N_("This page does not exist."))
    return trainer
