"""Which trainer this is, if one."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.sessions import SignedIn, put_off, signed_in
from app.core.trainer import Trainer
from app.web.deps.cookies import cookie
from app.web.deps.state import Db


class SignInFirst(Exception):
    """A trainer's page without a trainer: to the sign-in page."""


async def maybe_signed_in(connection: HTTPConnection, db: Db) -> SignedIn | None:
    """Whose browser this is, maybe one that still waits for its second factor. Using it puts its end off: the one thing
    that looking at a page writes."""
    token = cookie(connection, "morgen_trainer")
    if not token:
        return None
    async with db.read() as session:
        found = await signed_in(session, token)
    if found is not None and found.is_due:
        await db.write(put_off, found.session.id)
    return found


MaybeSignedIn = Annotated[SignedIn | None, Depends(maybe_signed_in)]


async def maybe_trainer(connection: HTTPConnection, db: Db) -> Trainer | None:
    found = await maybe_signed_in(connection, db)
    return found.trainer if found is not None and found.is_in else None


MaybeTrainer = Annotated[Trainer | None, Depends(maybe_trainer)]


async def this_trainer(trainer: MaybeTrainer) -> Trainer:
    if trainer is None:
        raise SignInFirst
    return trainer


ThisTrainer = Annotated[Trainer, Depends(this_trainer)]


async def this_account(someone: MaybeSignedIn) -> SignedIn:
    """Also who has to set up a second factor before anything else."""
    if someone is None or someone.session.waits_for == "code":
        raise SignInFirst
    return someone


ThisAccount = Annotated[SignedIn, Depends(this_account)]
