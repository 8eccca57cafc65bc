"""Trainers come by invitation and sign in by a magic link, or by the code in the same mail."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.addressing import checked
from app.core.audit import Act, note
from app.core.errors import Refused
from app.core.organisation import Organisation
from app.core.sessions import begin, end_by_token, signed_in
from app.core.trainer import SignIn, Trainer
from app.texts import gettext_noop as N_

LINK_LIVES = timedelta(minutes=30)
INVITATION_LIVES = timedelta(days=7)
MOST_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """What goes into the mail, and nowhere else: the token of the link and the code to type."""

    trainer: Trainer
    token: str
    code: str
    sign_in_id: str


async def invite(
    session: AsyncSession, email: str, name: str = "", is_admin: bool = False, organisation_id: str = ""
) -> Ticket:
    """An account for this address, if there is none, and a first sign-in link that lives a week. `is_admin` makes who
    has an account an admin too. Without `organisation_id` somebody new gets an organisation of their own."""
    trainer = await by_address(session, checked_address(email))
    if trainer is None:
        trainer = await _newcomer(session, checked_address(email), name, is_admin, organisation_id)
    elif is_admin and not trainer.is_admin:
        trainer.is_admin = True
        session.add(trainer)
        await note(session, trainer, Act.ROLE, trainer.id)
    return await ticket(session, trainer, INVITATION_LIVES)


def checked_address(email: str) -> str:
    try:
        return checked(email.lower())
    except Refused:
        raise Refused(N_("This is not a mail address. Look at the part around the @."), field="email") from None


async def _newcomer(session: AsyncSession, email: str, name: str, is_admin: bool, organisation_id: str) -> Trainer:
    if not organisation_id:
        organisation = Organisation(name=email.partition("@")[2])
        session.add(organisation)
        await session.flush()
        organisation_id = organisation.id
    trainer = Trainer(
        email=email,
        name=name or email.partition("@")[0].replace(".", " ").title(),
        is_admin=is_admin,
        organisation_id=organisation_id,
    )
    session.add(trainer)
    await session.flush()
    if is_admin:
        await note(session, trainer, Act.ROLE, trainer.id)
    return trainer


async def by_address(session: AsyncSession, email: str) -> Trainer | None:
    return (await session.exec(select(Trainer).where(col(Trainer.email) == email.strip().lower()))).first()


async def ticket(session: AsyncSession, trainer: Trainer, lives: timedelta = LINK_LIVES) -> Ticket:
    token, code = ids.random_id(), ids.digits()
    made = SignIn(
        trainer_id=trainer.id,
        token_hash=ids.hashed(token),
        code_hash=ids.hashed(code),
        expires_at=clock.now() + lives,
    )
    session.add(made)
    await session.flush()
    return Ticket(trainer, token, code, made.id)


async def sign_in(session: AsyncSession, token: str, browser: str = "", former: str = "") -> str:
    """Use a link once; returns the token for the cookie. Raises Refused for a used, old or unknown one."""
    statement = select(SignIn).where(col(SignIn.token_hash) == ids.hashed(token))
    return await _enter(session, (await session.exec(statement)).first(), browser, former)


async def sign_in_by_code(
    session: AsyncSession, sign_in_id: str, code: str, browser: str = "", former: str = ""
) -> str | None:
    """Use the code of a mail once, in the browser that asked for it. None for a wrong code (counted, stored)."""
    found = await session.get(SignIn, sign_in_id)
    if found is None or found.failures >= MOST_FAILURES:
        raise Refused(N_("This link or code has been used or is too old. Ask for a new one."))
    if found.code_hash != ids.hashed(code.strip()):
        await session.exec(update(SignIn).where(col(SignIn.id) == sign_in_id).values(failures=SignIn.failures + 1))
        await note(session, await session.get_one(Trainer, found.trainer_id), Act.SIGN_IN_FAILED)
        return None
    return await _enter(session, found, browser, former)


async def _enter(session: AsyncSession, found: SignIn | None, browser: str, former: str) -> str:
    now = clock.now()
    if found is None or found.used_at is not None or found.expires_at < now:
        raise Refused(N_("This link or code has been used or is too old. Ask for a new one."))
    used = await session.exec(
        update(SignIn).where(col(SignIn.id) == found.id, col(SignIn.used_at).is_(None)).values(used_at=now)
    )
    if used.rowcount != 1:
        raise Refused(N_("This link or code has been used or is too old. Ask for a new one."))
    return await begin(session, await session.get_one(Trainer, found.trainer_id), browser, former)


async def sign_out(session: AsyncSession, token: str) -> None:
    someone = await signed_in(session, token)
    await end_by_token(session, token)
    if someone is not None:
        await note(session, someone.trainer, Act.SIGNED_OUT)
