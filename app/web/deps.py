"""What doors depend on: the database, the language, who is there. Every look-up is scoped to the workshop."""

from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import and_, bindparam
from sqlmodel import col, select
from starlette.datastructures import FormData
from starlette.requests import HTTPConnection

from app import ids, links
from app.core.errors import NotFound
from app.core.joining import who
from app.core.participant import Device, Participant
from app.core.sessions import SignedIn, put_off, signed_in
from app.core.text import clean
from app.core.trainer import Trainer
from app.core.workshop import WITHOUT_SCRIPT, Workshop
from app.db import Database
from app.live.rooms import Rooms
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_
from app.web.limiting import TooMany, wait_for_codes, wrong_code

YEAR = 365 * 24 * 3600
DEEPEST = 6
"""Dots in the name of a field that nest it: a form may not grow deeper than Python can follow."""
# Dependencies are coroutines, also where they wait for nothing: plain functions would each go to a thread.


class SignInFirst(Exception):
    """A trainer's page without a trainer: to the sign-in page."""


async def database(connection: HTTPConnection) -> Database:
    found: Database = connection.app.state.db
    return found


async def rooms(connection: HTTPConnection) -> Rooms:
    found: Rooms = connection.app.state.rooms
    return found


Db = Annotated[Database, Depends(database)]
LiveRooms = Annotated[Rooms, Depends(rooms)]


def cookie_name(connection: HTTPConnection, name: str) -> str:
    """`__Host-` where the line is encrypted: no other host can set it."""
    return f"__Host-{name}" if connection.url.scheme in ("https", "wss") else name


def cookie(connection: HTTPConnection, name: str) -> str:
    return connection.cookies.get(cookie_name(connection, name), "")


def set_cookie(request: Request, response: Any, name: str, value: str, max_age: int = YEAR) -> None:
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def set_language(request: Request, response: Any, language: str) -> None:
    """The one cookie that also a line without encryption may have set: it decides nothing but words."""
    secure = request.url.scheme == "https"
    response.set_cookie("lang", language, max_age=YEAR, httponly=True, samesite="lax", secure=secure, path="/")


def browser_of(connection: HTTPConnection) -> str:
    """The hash of this browser's cookie; empty at the first visit."""
    token = cookie(connection, "morgen")
    return ids.hashed(token) if token else ""


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


def chosen_language(connection: HTTPConnection) -> str | None:
    """What this browser chose by hand."""
    chosen = connection.cookies.get("lang", "")
    return chosen if chosen in LANGUAGES else None


def page_language(connection: HTTPConnection) -> str:
    """For pages outside a workshop: the choice, else the browser's first language of ours, else Dutch."""
    chosen = chosen_language(connection)
    if chosen:
        return chosen
    for accepted in connection.headers.get("accept-language", "").split(","):
        code = accepted.strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "nl"


async def this_language(connection: HTTPConnection) -> str:
    return page_language(connection)


Language = Annotated[str, Depends(this_language)]


async def phone_language(workshop: ThisWorkshop, connection: HTTPConnection) -> str:
    """For phones: the choice of this browser, else the language of the workshop."""
    return chosen_language(connection) or workshop.language


PhoneLanguage = Annotated[str, Depends(phone_language)]


async def the_form(request: Request) -> dict[str, Any]:
    return nested(await request.form(max_fields=200, max_files=0))


def nested(form: FormData) -> dict[str, Any]:
    """Fields as a kind's Entry takes them: `dots.team` nests, repeated names make a list, empty ones are left out. What
    was typed is cleaned here for every form: control and bidi signs reach no screen, and PostgreSQL takes no NUL."""
    fields: dict[str, Any] = {}
    for name, value in form.multi_items():
        text = clean(value)
        if not isinstance(text, str) or not text:
            continue
        at = fields
        *path, last = name.split(".", DEEPEST)
        for place in path:
            inner = at.setdefault(place, {})
            if not isinstance(inner, dict):
                break
            at = inner
        if last in at:
            at[last] = [*at[last], text] if isinstance(at[last], list) else [at[last], text]
        else:
            at[last] = text
    return fields


Form = Annotated[dict[str, Any], Depends(the_form)]


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
