"""Which workshop this is, and who is there. Every look-up is scoped to the workshop."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy import and_, bindparam
from sqlmodel import col, select
from starlette.requests import HTTPConnection

from app import links
from app.core.errors import NotFound
from app.core.joining import who
from app.core.participant import Device, Participant
from app.core.workshop import WITHOUT_SCRIPT, Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of, cookie
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer, maybe_trainer
from app.web.limiting import TooMany, wait_for_codes, wrong_code

_AT_THE_DOOR = (
    select(Workshop, Participant)
    .join(
        Device,
        and_(col(Device.workshop_id) == col(Workshop.id), col(Device.browser_hash) == bindparam("browser")),
        isouter=True,
    )
    .join(Participant, col(Participant.id) == col(Device.participant_id), isouter=True)
    .where(col(Workshop.code) == bindparam("code"))
    .options(WITHOUT_SCRIPT)
)


async def at_the_door(code: str, connection: HTTPConnection, db: Db) -> tuple[Workshop, Participant | None]:
    """The workshop with this join code, in whatever case it was typed, and who this browser was there: in one look.

    Who tried too many codes hears nothing about any code for a while; who is in, or runs a room, never waits.
    """
    params = {"code": code.upper(), "browser": browser_of(connection)}
    async with db.read() as session:
        found: tuple[Workshop, Participant | None] | None = (await session.exec(_AT_THE_DOOR, params=params)).first()
    if found is None or found[1] is None:
        seconds = await wait_for_codes(connection)
        if seconds and (found is None or not await _belongs(found[0], connection, db)):
            raise TooMany(seconds)
    if found is None:
        await wrong_code(connection)
        raise NotFound(N_("There is no workshop with this code. Look at the screen and type it again."), field="code")
    return found


async def _belongs(workshop: Workshop, connection: HTTPConnection, db: Database) -> bool:
    """Its trainer, a helper, a screen."""
    trainer = await maybe_trainer(connection, db)
    if trainer is not None and trainer.id == workshop.trainer_id:
        return True
    given = (("helper", cookie(connection, "morgen_helper")), ("projector", connection.path_params.get("token", "")))
    return any(
        links.subject_of(token) == workshop.id and links.holds(token, purpose, workshop.link_epoch)
        for purpose, token in given
    )


Visit = Annotated[tuple[Workshop, Participant | None], Depends(at_the_door)]


async def this_workshop(visit: Visit) -> Workshop:
    return visit[0]


ThisWorkshop = Annotated[Workshop, Depends(this_workshop)]


async def maybe_participant(visit: Visit, connection: HTTPConnection, db: Db) -> Participant | None:
    workshop, person = visit
    if person is not None and (person.removed_at or person.merged_into):
        return await participant_now(workshop, connection, db)
    return person


MaybeParticipant = Annotated[Participant | None, Depends(maybe_participant)]


async def participant_now(workshop: Workshop, connection: HTTPConnection, db: Database) -> Participant | None:
    """Who this browser is at this moment, also long after it came in."""
    browser = browser_of(connection)
    if not browser:
        return None
    async with db.read() as session:
        return await who(session, workshop.id, browser)


async def this_participant(participant: MaybeParticipant) -> Participant:
    if participant is None:
        raise NotFound(N_("You are not in this workshop yet. Open the page again and join."))
    return participant


ThisParticipant = Annotated[Participant, Depends(this_participant)]


async def own_workshop(workshop: ThisWorkshop, trainer: ThisTrainer, db: Db) -> Workshop:
    """A workshop of this trainer, with its script; somebody else's does not exist for them."""
    if workshop.trainer_id != trainer.id:
        raise NotFound(N_("There is no workshop with this code. Look at the screen and type it again."))
    async with db.read() as session:
        return await session.get_one(Workshop, workshop.id)


OwnWorkshop = Annotated[Workshop, Depends(own_workshop)]


async def shown_workshop(token: str, workshop: ThisWorkshop) -> Workshop:
    """A workshop by its projector link, which only shows."""
    if links.subject_of(token) != workshop.id or not links.holds(token, "projector", workshop.link_epoch):
        raise NotFound(N_("This projector link does not work any more. Open it again from the trainer's screen."))
    return workshop


ShownWorkshop = Annotated[Workshop, Depends(shown_workshop)]
