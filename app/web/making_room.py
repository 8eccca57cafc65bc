"""Two ready texts after the commitment: to be free of a meeting, and to begin one differently. Nothing is kept."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from app import clock, ids
from app.core.committing import own_commitment
from app.core.errors import Refused
from app.core.opgaven import present_opgave
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.mail.calendar import CONTENT_TYPE, FILE_NAME, afspraak
from app.render import day as in_words
from app.texts import gettext_noop as N_
from app.texts import say
from app.web.deps.forms import Form
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
FIELDS = {"meeting": 60, "to": 40, "instead": 40, "day": 10, "at": 5}
MOST_WORDS = 12
"""Words of the opgave in a text to somebody who was not there."""
OPENING = N_(
    "Question: what do we do in this meeting for “%(about)s”?\n"
    "Sentence: today the opgave decides what we talk about, and what we leave.\n"
    "Proof: before we go, each of us says what somebody will see tomorrow."
)
MINUTES = 3


@router.get("/cancel-help")
async def ask_cancel(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage, db: Db
) -> Response:
    return await _cancel(request, workshop, participant, language, db, {})


@router.post("/cancel-help")
async def cancel(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    return await _cancel(request, workshop, participant, language, db, form)


async def _cancel(
    request: Request, workshop: Workshop, participant: Participant, language: str, db: Database, form: dict[str, str]
) -> Response:
    async with db.read() as session:
        commitment = await own_commitment(session, participant.id)
        opgave = await present_opgave(session, workshop.id)
    day = commitment.day if commitment else clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
    return page(
        request,
        "participant/cancel_help.html",
        language,
        audience="participant",
        workshop=workshop,
        typed=_typed(form),
        day=in_words(day, language),
        opgave=_short(opgave.in_(language)) if opgave else "",
    )


@router.get("/opening-help")
async def ask_opening(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage
) -> Response:
    return _opening_page(request, workshop, language, {}, "", None)


@router.post("/opening-help")
async def opening(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    """The opening of three minutes: one question, one sentence, one proof."""
    return _opening_page(request, workshop, language, form, await _opening(db, workshop, language), None)


@router.post("/opening-help/calendar")
async def opening_in_calendar(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    text = await _opening(db, workshop, language)
    try:
        starts = _starts(workshop, form)
    except Refused as refusal:
        return _opening_page(request, workshop, language, form, text, refusal)
    summary = say(language, N_("Begin with the opgave: %(meeting)s"), meeting=_typed(form)["meeting"])
    uid = f"{ids.random_id()}@morgen"
    file = afspraak(uid, 0, clock.now(), starts, MINUTES, summary, text, language)
    return Response(
        file, media_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    )


def _starts(workshop: Workshop, form: dict[str, str]) -> datetime:
    typed = _typed(form)
    try:
        day, at = date.fromisoformat(typed["day"]), time.fromisoformat(typed["at"])
    except ValueError as error:
        raise Refused(N_("Choose a date and a time."), field="day") from error
    return datetime.combine(day, at.replace(tzinfo=None), ZoneInfo(workshop.time_zone)).astimezone(UTC)


async def _opening(db: Database, workshop: Workshop, language: str) -> str:
    async with db.read() as session:
        opgave = await present_opgave(session, workshop.id)
    about = _short(opgave.in_(language)) if opgave else say(language, N_("our opgave"))
    return say(language, OPENING, about=about)


def _opening_page(
    request: Request, workshop: Workshop, language: str, form: dict[str, str], text: str, refusal: Refused | None
) -> Response:
    return page(
        request,
        "participant/opening_help.html",
        language,
        audience="participant",
        workshop=workshop,
        typed=_typed(form),
        opening=text,
        refusal=refusal,
    )


def _typed(form: dict[str, str]) -> dict[str, str]:
    return {name: form.get(name, "")[:most] for name, most in FIELDS.items()}


def _short(opgave: str) -> str:
    words = opgave.split()
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
