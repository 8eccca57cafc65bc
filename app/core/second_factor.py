"""The second factor: codes of an app (RFC 6238), and recovery codes for who has lost the telephone."""

from datetime import datetime

import pyotp
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids, links
from app.core.audit import Act, note
from app.core.errors import Refused
from app.core.sessions import begin, must_have_second_factor, signed_in
from app.core.trainer import RecoveryCode, Trainer, TrainerSession
from app.texts import gettext_noop as N_

STEP = 30
"""Seconds, as every app takes it."""
RECOVERY_CODES = 10
_PURPOSE = "second factor"


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, trainer: Trainer, host: str) -> str:
    """The otpauth: address that stands in the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=trainer.email, issuer_name=f"Morgen {host}")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step that this code is of: now, or one half minute off either way. None: a wrong code."""
    code, present = "".join(code.split()), int(now.timestamp()) // STEP
    made = pyotp.TOTP(secret)
    return next(
        (at for at in (present, present - 1, present + 1) if pyotp.utils.strings_equal(made.at(at * STEP), code)), None
    )


async def set_up(session: AsyncSession, session_id: str, secret: str, code: str) -> list[str]:
    """Turn it on for the trainer of this session; returns the recovery codes, shown once. Raises Refused."""
    row = await session.get_one(TrainerSession, session_id)
    trainer = await session.get_one(Trainer, row.trainer_id)
    step = step_of(secret, code, clock.now())
    if trainer.totp_secret:
        raise Refused(N_("The second factor is on already. Turn it off first."))
    if step is None:
        raise Refused(N_("This code is not right. Type the code that the app shows now."), field="code")
    trainer.totp_secret, trainer.totp_step = links.seal(_PURPOSE, secret), step
    row.waits_for = ""
    session.add_all([trainer, row])
    await note(session, trainer, Act.SECOND_FACTOR_ON, trainer.id)
    return await new_recovery_codes(session, trainer.id)


async def new_recovery_codes(session: AsyncSession, trainer_id: str) -> list[str]:
    """Ten fresh ones; the former do not work any more."""
    await session.exec(delete(RecoveryCode).where(col(RecoveryCode.trainer_id) == trainer_id))
    codes = [f"{ids.join_code()}-{ids.join_code()}" for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCode(trainer_id=trainer_id, code_hash=_hash(trainer_id, code)) for code in codes])
    return codes


async def fresh_recovery_codes(session: AsyncSession, trainer_id: str, code: str) -> list[str] | None:
    """For who has used them up, or lost the list. None for a wrong code."""
    trainer = await session.get_one(Trainer, trainer_id)
    if not trainer.totp_secret or not await _right(session, trainer, code):
        return None
    return await new_recovery_codes(session, trainer_id)


async def recovery_codes_left(session: AsyncSession, trainer_id: str) -> int:
    unused = select(func.count()).where(col(RecoveryCode.trainer_id) == trainer_id)
    return (await session.exec(unused.where(col(RecoveryCode.used_at).is_(None)))).one()


async def turn_off(session: AsyncSession, trainer_id: str, code: str) -> bool:
    """False for a wrong code. Raises Refused where the organisation asks for it."""
    trainer = await session.get_one(Trainer, trainer_id)
    if await must_have_second_factor(session, trainer):
        raise Refused(N_("Your organisation asks for a second factor. You cannot turn it off."))
    if not await _right(session, trainer, code):
        return False
    await drop(session, trainer)
    return True


async def drop(session: AsyncSession, trainer: Trainer, by: Trainer | None = None) -> None:
    """Without a code: also by an admin, for somebody who lost both telephone and recovery codes."""
    trainer.totp_secret, trainer.totp_step = "", 0
    session.add(trainer)
    await session.exec(delete(RecoveryCode).where(col(RecoveryCode.trainer_id) == trainer.id))
    await note(session, by or trainer, Act.SECOND_FACTOR_OFF, trainer.id)


async def enter(session: AsyncSession, token: str, code: str, browser: str = "") -> str | None:
    """The second step of signing in: a fresh token, or None for a wrong code. Raises Refused when it took too long."""
    someone = await signed_in(session, token)
    if someone is None or someone.session.waits_for != "code":
        raise Refused(N_("That took too long. Sign in again."))
    if not await _right(session, someone.trainer, code):
        await note(session, someone.trainer, Act.SIGN_IN_FAILED)
        return None
    return await begin(session, someone.trainer, browser, token, factors=2)


async def _right(session: AsyncSession, trainer: Trainer, code: str) -> bool:
    """A code of the app, newer than the last one used, or a recovery code that was not used."""
    secret = links.unseal(_PURPOSE, trainer.totp_secret)
    step = step_of(secret, code, clock.now()) if secret else None
    if secret is None or step is None:
        return await _use_recovery_code(session, trainer, code)
    # One statement, so that two windows with the same code get in once. Sealed anew: the key may have changed.
    newer = update(Trainer).where(col(Trainer.id) == trainer.id, col(Trainer.totp_step) < step)
    used = await session.exec(newer.values(totp_step=step, totp_secret=links.seal(_PURPOSE, secret)))
    return bool(used.rowcount == 1)


async def _use_recovery_code(session: AsyncSession, trainer: Trainer, code: str) -> bool:
    mine = update(RecoveryCode).where(
        col(RecoveryCode.trainer_id) == trainer.id,
        col(RecoveryCode.code_hash) == _hash(trainer.id, code),
        col(RecoveryCode.used_at).is_(None),
    )
    if (await session.exec(mine.values(used_at=clock.now()))).rowcount != 1:
        return False
    await note(session, trainer, Act.RECOVERY_CODE, trainer.id)
    return True


def _hash(trainer_id: str, code: str) -> str:
    """Of 59 bits of chance: a slow hash adds nothing."""
    return ids.hashed(f"{trainer_id} {code.strip().upper().replace('-', '').replace(' ', '')}")
