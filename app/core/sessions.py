"""The signed-in browsers of trainers: rows, so that each can be ended; random tokens, of which a hash is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.audit import Act, note
from app.core.errors import NotFound
from app.core.organisation import Organisation
from app.core.trainer import Trainer, TrainerSession
from app.core.workshop import Status, Workshop
from app.texts import gettext_noop as N_

LIVES = timedelta(hours=12)
"""Without a sign of life. Every use puts the end off again."""
WAITS = timedelta(minutes=10)
"""For the code of the second factor."""
PUT_OFF_AFTER = timedelta(minutes=10)
"""A page that is used writes no more often than this."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser and whose it is. Not in yet while `session.waits_for` says for what it waits."""

    trainer: Trainer
    session: TrainerSession

    @property
    def is_in(self) -> bool:
        return not self.session.waits_for

    @property
    def is_due(self) -> bool:
        """Whether its end has to be put off."""
        return self.session.waits_for != "code" and clock.now() - self.session.seen_at >= PUT_OFF_AFTER


async def begin(
    session: AsyncSession, trainer: Trainer, browser: str = "", former: str = "", *, factors: int = 1
) -> str:
    """A fresh token for this browser; the one it had (`former`) dies, whosever it was.

    `factors`: how many were shown already; with one, the session may wait for the second (`waits_for`).
    """
    await end_by_token(session, former)
    waits_for = "" if factors > 1 else await _still_wanted(session, trainer)
    now, token = clock.now(), ids.random_id()
    session.add(
        TrainerSession(
            trainer_id=trainer.id,
            token_hash=ids.hashed(token),
            browser=browser,
            waits_for=waits_for,
            seen_at=now,
            expires_at=now + (WAITS if waits_for == "code" else LIVES),
        )
    )
    if waits_for != "code":
        await note(session, trainer, Act.SIGNED_IN)
    return token


async def _still_wanted(session: AsyncSession, trainer: Trainer) -> str:
    if trainer.totp_secret:
        return "code"
    return "setup" if await must_have_second_factor(session, trainer) else ""


async def must_have_second_factor(session: AsyncSession, trainer: Trainer) -> bool:
    organisation = await session.get(Organisation, trainer.organisation_id) if trainer.organisation_id else None
    return organisation is not None and organisation.requires_second_factor


async def signed_in(session: AsyncSession, token: str) -> SignedIn | None:
    """Who this token stands for. While the trainer's workshop is open, a session that was alive when it was opened
    goes on past its end: nobody is thrown out of a room."""
    statement = (
        select(Trainer, TrainerSession)
        .join(TrainerSession, col(TrainerSession.trainer_id) == col(Trainer.id))
        .where(col(TrainerSession.token_hash) == ids.hashed(token))
    )
    found = (await session.exec(statement)).first()
    if found is None:
        return None
    trainer, row = found
    if row.expires_at > clock.now():
        return SignedIn(trainer, row)
    stays = row.waits_for == "" and await _holds_a_room(session, trainer.id, row.expires_at)
    return SignedIn(trainer, row) if stays else None


async def _holds_a_room(session: AsyncSession, trainer_id: str, since: datetime) -> bool:
    """Whether a workshop is open that was opened before `since`."""
    statement = select(Workshop.id).where(
        col(Workshop.trainer_id) == trainer_id,
        col(Workshop.status) == Status.OPEN,
        col(Workshop.opened_at) <= since,
    )
    return (await session.exec(statement)).first() is not None


async def put_off(session: AsyncSession, session_id: str) -> None:
    """A sign of life: its end is a whole period away again."""
    now = clock.now()
    mine = update(TrainerSession).where(col(TrainerSession.id) == session_id)
    await session.exec(mine.values(seen_at=now, expires_at=now + LIVES))


async def sessions_of(session: AsyncSession, trainer_id: str) -> Sequence[TrainerSession]:
    """The browsers that are signed in now, the last used first."""
    statement = (
        select(TrainerSession)
        .where(col(TrainerSession.trainer_id) == trainer_id, col(TrainerSession.waits_for) != "code")
        .where(col(TrainerSession.expires_at) > clock.now())
        .order_by(col(TrainerSession.seen_at).desc())
    )
    return (await session.exec(statement)).all()


async def end_one(session: AsyncSession, trainer: Trainer, session_id: str) -> None:
    """Raises NotFound for a session of somebody else."""
    found = await session.get(TrainerSession, session_id)
    if found is None or found.trainer_id != trainer.id:
        raise NotFound(N_("This browser is not signed in any more."))
    await session.delete(found)
    await note(session, trainer, Act.SESSIONS_ENDED, trainer.id)


async def end_all(session: AsyncSession, trainer_id: str, but: str = "") -> None:
    """Every browser of this trainer, except for the session `but`."""
    mine = delete(TrainerSession).where(col(TrainerSession.trainer_id) == trainer_id)
    await session.exec(mine.where(col(TrainerSession.id) != but))


async def end_others(session: AsyncSession, trainer: Trainer, but: str) -> None:
    await end_all(session, trainer.id, but)
    await note(session, trainer, Act.SESSIONS_ENDED, trainer.id)


async def end_by_token(session: AsyncSession, token: str) -> None:
    await session.exec(delete(TrainerSession).where(col(TrainerSession.token_hash) == ids.hashed(token)))


async def ask_for_second_factor(session: AsyncSession, organisation_id: str) -> None:
    """Who has none sets one up at the next page; who holds a room now, at the next signing in."""
    held = select(Workshop.trainer_id).where(col(Workshop.status) == Status.OPEN)
    bare = select(Trainer.id).where(
        col(Trainer.organisation_id) == organisation_id, col(Trainer.totp_secret) == "", col(Trainer.id).not_in(held)
    )
    theirs = update(TrainerSession).where(col(TrainerSession.trainer_id).in_(bare))
    await session.exec(theirs.where(col(TrainerSession.waits_for) == "").values(waits_for="setup"))


async def forget_old_sessions(session: AsyncSession, now: datetime) -> None:
    """Rows nobody can use any more; the longest workshop is over by then."""
    await session.exec(delete(TrainerSession).where(col(TrainerSession.expires_at) <= now - timedelta(days=3)))
