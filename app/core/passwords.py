"""An own password, for a hall without mail. Optional; the link by mail goes on working."""

import asyncio
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.audit import Act, note
from app.core.errors import Refused
from app.core.sessions import begin
from app.core.trainer import Trainer
from app.texts import gettext_noop as N_

LEAST, MOST = 12, 200
_hasher = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
"""46 MiB, one pass: one of the equal choices in OWASP's Password Storage Cheat Sheet, and the quickest of them."""
_at_once = asyncio.Semaphore(2)
"""Each takes 46 MiB and a core: a flood of guesses waits in line, the room goes on."""


def checked_password(password: str, address: str) -> str:
    """Length is what counts; no rules about signs. Raises Refused."""
    if len(password) < LEAST:
        raise Refused(N_("Use at least %(least)s characters. Four words work well."), field="password", least=LEAST)
    if len(password) > MOST:
        raise Refused(N_("Use at most %(most)s characters."), field="password", most=MOST)
    plain = password.lower()
    if len(set(plain)) < 5 or plain == address or address.partition("@")[0] * 2 in plain:
        raise Refused(N_("This password is easy to guess. Take another one."), field="password")
    return password


async def hash_of(password: str) -> str:
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(password_hash: str, password: str) -> bool:
    """Takes as long where there is no hash: nobody learns from the clock which addresses have an account."""
    async with _at_once:
        right = await asyncio.to_thread(_verify, password_hash or _nobodys(), password[: MOST + 1])
    return right and bool(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")


async def set_password(session: AsyncSession, trainer_id: str, password_hash: str) -> None:
    """An empty hash takes the password away."""
    trainer = await session.get_one(Trainer, trainer_id)
    trainer.password_hash = password_hash
    session.add(trainer)
    await note(session, trainer, Act.PASSWORD, trainer.id)


async def enter_by_password(session: AsyncSession, trainer_id: str, browser: str, former: str) -> str:
    """After `matches`: the token for the cookie."""
    return await begin(session, await session.get_one(Trainer, trainer_id), browser, former)


async def note_failure(session: AsyncSession, trainer_id: str) -> None:
    await note(session, await session.get_one(Trainer, trainer_id), Act.SIGN_IN_FAILED)
