"""*Nog iemand op deze telefoon*: two people, two commitments. The first is out of sight before the second starts."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import links
from app.core.errors import NotFound
from app.core.joining import add_person, be
from app.core.participant import Participant
from app.core.workshop import Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of, cookie, set_cookie
from app.web.deps.forms import Form
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisParticipant, ThisWorkshop
from app.web.limiting import PERSONS, count, ensure_room
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
COOKIE = "morgen_persons"
"""Signed tokens of the people on this phone, by spaces: who they are stays on the phone."""
ONE_DAY = 24 * 3600
MOST = 6


@router.get("/persons")
async def show(
    request: Request, workshop: ThisWorkshop, participant: ThisParticipant, language: PhoneLanguage, db: Db
) -> Response:
    return page(
        request,
        "participant/persons.html",
        language,
        audience="participant",
        workshop=workshop,
        participant=participant,
        persons=await _persons(request, workshop, participant, db),
        most=MOST,
    )


@router.post("/persons")
async def switch(
    request: Request,
    workshop: ThisWorkshop,
    participant: ThisParticipant,
    language: PhoneLanguage,
    db: Db,
    form: Form,
) -> Response:
    """Somebody new, or back to who was here before."""
    persons = await _persons(request, workshop, participant, db)
    chosen = form.get("person", "")
    if chosen:
        someone = next((each for each in persons if each.id == chosen), None)
        if someone is None:
            raise NotFound(N_("This person is not on this phone."))
        await db.write(be, someone, browser_of(request))
    elif len(persons) < MOST:
        phone = f"{workshop.id} {browser_of(request)}"
        await ensure_room(request, PERSONS, phone)
        await count(request, PERSONS, phone)
        persons = [*persons, await db.write(add_person, workshop.id, browser_of(request), language)]
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    tokens = [links.sign("person", each.id, each.link_epoch) for each in persons]
    set_cookie(request, answer, COOKIE, " ".join(tokens), ONE_DAY)
    return answer


async def _persons(request: Request, workshop: Workshop, present: Participant, db: Database) -> list[Participant]:
    """Everybody on this phone in this workshop, in the order in which they came; who is here now among them."""
    found: dict[str, Participant] = {}
    async with db.read() as session:
        for token in cookie(request, COOKIE).split()[:MOST]:
            someone = await session.get(Participant, links.subject_of(token))
            if someone is None or someone.workshop_id != workshop.id or someone.removed_at or someone.merged_into:
                continue
            if links.holds(token, "person", someone.link_epoch):
                found[someone.id] = someone
    return list((found | {present.id: present}).values())
