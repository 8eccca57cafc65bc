"""Who may run the room: its trainer, or a co-facilitator who came in by the link, with fewer rights."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import HTTPConnection

from app import links
from app.core import deeds
from app.core.errors import NotFound
from app.core.workshop import Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import cookie
from app.web.deps.state import Db
from app.web.deps.trainers import MaybeTrainer, SignInFirst
from app.web.deps.visits import ThisWorkshop

HELPER = "morgen_helper"
"""The cookie of a co-facilitator: the signed token of the link itself, so that raising the epoch ends it."""


@dataclass(frozen=True, slots=True)
class Facilitator:
    """`id` stands in curations and deeds: the trainer's, or `helper`."""

    workshop: Workshop
    id: str
    db: Database

    @property
    def is_trainer(self) -> bool:
        return self.id == self.workshop.trainer_id

    async def do(self, verb: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        """Run a verb on this workshop so that it can be undone."""
        return await self.db.write(deeds.do, self.workshop.id, self.id, verb, self.workshop.id, *args)


def helper_token(workshop: Workshop) -> str:
    return links.sign("helper", workshop.id, workshop.link_epoch)


def is_helper(token: str, workshop: Workshop) -> bool:
    return links.subject_of(token) == workshop.id and links.holds(token, "helper", workshop.link_epoch)


async def maybe_facilitator(
    workshop: ThisWorkshop, trainer: MaybeTrainer, connection: HTTPConnection, db: Db
) -> Facilitator | None:
    if trainer is not None and trainer.id == workshop.trainer_id:
        return Facilitator(workshop, trainer.id, db)
    if is_helper(cookie(connection, HELPER), workshop):
        return Facilitator(workshop, "helper", db)
    return None


MaybeFacilitator = Annotated[Facilitator | None, Depends(maybe_facilitator)]


async def this_facilitator(someone: MaybeFacilitator, trainer: MaybeTrainer) -> Facilitator:
    """For anybody else the room does not exist; who is not signed in is asked to."""
    if someone is not None:
        return someone
    if trainer is None:
        raise SignInFirst
    raise NotFound(N_("There is no workshop with this code. Look at the screen and type it again."))


ThisFacilitator = Annotated[Facilitator, Depends(this_facilitator)]
