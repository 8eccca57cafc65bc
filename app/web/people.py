"""The trainer's list of who is in: remove, bring back, merge, draw groups, and somebody who has no phone."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from app import ids
from app.core import grouping, people
from app.core.audit import Act
from app.core.contribution import Contribution
from app.core.errors import Refused
from app.core.joining import be, join_on_paper
from app.core.participant import Participant
from app.core.text import whole
from app.core.workshop import Workshop
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.cookies import browser_of, cookie, set_cookie
from app.web.deps.forms import Form
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db, LiveRooms
from app.web.deps.visits import OwnWorkshop
from app.web.facilitating import Facilitator, ThisFacilitator, helper_token
from app.web.facilitator import done
from app.web.noting import noted
from app.web.pages import base_url, page

router = APIRouter(prefix="/w/{code}")


@router.get("/people")
async def show(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db, rooms: LiveRooms) -> Response:
    """By their codes, which stand on their phones. No names: a name is given for a mail, not for the trainer."""
    return page(
        request,
        "facilitator/people.html",
        language,
        audience="trainer",
        workshop=workshop,
        helper=f"{base_url(request)}/w/{workshop.code}/helper/{helper_token(workshop)}",
        join=f"{base_url(request)}/{workshop.code}",
        present=await rooms.here(workshop.id),
        **await _everybody(db, workshop),
    )


async def _everybody(db: Database, workshop: Workshop) -> dict[str, Any]:
    async with db.read() as session:
        own = select(Participant).where(col(Participant.workshop_id) == workshop.id)
        rows = (await session.exec(own.order_by(col(Participant.created_at), col(Participant.id)))).all()
        said = select(Contribution.participant_id).where(
            col(Contribution.workshop_id) == workshop.id, col(Contribution.withdrawn).is_(False)
        )
        answers = list((await session.exec(said)).all())
        known = await people.reachable(session, workshop.id)
    return {
        "people": [row for row in rows if row.id in known and not row.merged_into],
        "answers": {row.id: answers.count(row.id) for row in rows},
    }


@router.post("/people/{participant_id}")
async def act_on(workshop: OwnWorkshop, participant_id: str, db: Db, form: Form) -> Response:
    """Remove, bring back, or merge with another."""
    who = Facilitator(workshop, workshop.trainer_id, db)
    act = form.get("act")
    if act == "remove":
        await who.do(people.remove, participant_id)
    elif act == "bring_back":
        await who.do(people.bring_back, participant_id)
    elif act == "merge":
        await who.do(people.merge, participant_id, form.get("into", ""))
    else:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    return RedirectResponse(f"/w/{workshop.code}/people", 303)


@router.post("/paper-people", dependencies=[noted(Act.ANSWER_FOR)])
async def on_paper(request: Request, workshop: OwnWorkshop, language: PhoneLanguage, db: Db) -> Response:
    """Somebody without a phone: this browser becomes their phone, to type in what stands on the cards."""
    token = cookie(request, "morgen") or ids.random_id()
    browser = browser_of(request) or ids.hashed(token)
    someone = await db.write(join_on_paper, workshop.id, language)
    await db.write(be, someone, browser)
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token)
    return answer


@router.post("/paper-people/{participant_id}", dependencies=[noted(Act.ANSWER_FOR)])
async def type_for(request: Request, workshop: OwnWorkshop, participant_id: str, db: Db) -> Response:
    """On with the cards of somebody who has no phone."""
    token = cookie(request, "morgen") or ids.random_id()
    someone = await db.write(people.on_paper, workshop.id, participant_id)
    await db.write(be, someone, browser_of(request) or ids.hashed(token))
    answer = RedirectResponse(f"/w/{workshop.code}", 303)
    if not browser_of(request):
        set_cookie(request, answer, "morgen", token)
    return answer


@router.post("/groups")
async def draw_groups(request: Request, who: ThisFacilitator, rooms: LiveRooms, form: Form) -> Response:
    """Random pairs or groups of those who are there now; the phones show the number."""
    size = whole(form.get("size", "2"))
    present = sorted(await rooms.here(who.workshop.id))
    await who.do(grouping.draw_groups, -1 if size is None else size, present, ids.random_id())
    return done(request, who.workshop)
