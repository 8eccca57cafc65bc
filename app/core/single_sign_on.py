"""Who comes in by the sign-in server of one organisation: its own trainers, and nobody else's."""

from dataclasses import dataclass

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.audit import Act, note
from app.core.errors import Refused
from app.core.organisation import Organisation
from app.core.sessions import begin
from app.core.signing_in import by_address, checked_address, invite
from app.core.trainer import Trainer
from app.texts import gettext_noop as N_

STRANGER = N_("You have no account here yet. Ask the admin of your organisation to invite you.")


@dataclass(frozen=True, slots=True)
class Person:
    """Who the sign-in server says it is. `subject`: issuer and its lasting id for this person. An address may pass to
    somebody else; it counts only at the first time."""

    subject: str
    address: str
    name: str
    factors: int


@dataclass(frozen=True, slots=True)
class Whose:
    """The organisation whose server it is, by id or name, and the domain whose people need no invitation."""

    organisation: str
    domain: str


async def enter_by_single_sign_on(
    session: AsyncSession, person: Person, whose: Whose, browser: str, former: str
) -> str:
    """The token for the cookie. Raises Refused for who is not of this organisation."""
    organisation = await _organisation(session, whose.organisation)
    trainer = await _known(session, person) or await _first_time(session, person, organisation, whose)
    if trainer.organisation_id != organisation.id:
        raise Refused(STRANGER)
    return await begin(session, trainer, browser, former, factors=person.factors)


async def _organisation(session: AsyncSession, wanted: str) -> Organisation:
    named = select(Organisation).where(or_(col(Organisation.id) == wanted, col(Organisation.name) == wanted))
    found = (await session.exec(named.order_by(col(Organisation.created_at)))).first()
    if found is None:
        found = Organisation(name=wanted)
        session.add(found)
        await session.flush()
    return found


async def _known(session: AsyncSession, person: Person) -> Trainer | None:
    return (await session.exec(select(Trainer).where(col(Trainer.single_sign_on) == person.subject))).first()


async def _first_time(session: AsyncSession, person: Person, organisation: Organisation, whose: Whose) -> Trainer:
    address = checked_address(person.address)
    trainer = await by_address(session, address)
    if trainer is None:
        if not whose.domain or address.partition("@")[2] != whose.domain.lower():
            raise Refused(STRANGER)
        trainer = (await invite(session, address, person.name, organisation_id=organisation.id)).trainer
        await note(session, trainer, Act.INVITED, trainer.id)
    if trainer.organisation_id != organisation.id or trainer.single_sign_on:
        raise Refused(STRANGER)  # somebody else's account, or this address had another person before
    trainer.single_sign_on = person.subject
    session.add(trainer)
    await session.flush()
    return trainer
