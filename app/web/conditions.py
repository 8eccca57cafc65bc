"""The letter to who decides, as its trainer reads it through, sends it once, and follows what comes back."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import clock, links
from app.core.audit import Act, note
from app.core.conditions_contents import contents_of
from app.core.conditions_writing import move_point, word_letter, word_point
from app.core.contacts import name_commissioner
from app.core.errors import Refused
from app.core.point_answering import enter_answer
from app.core.points import count_people, found_names, make_points, names_in, points_of
from app.core.workshop import Workshop
from app.db import Database
from app.mail.planned import waiting_reason
from app.web.conditions_status import letters_to_contacts
from app.web.contact import day_of
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.deps.visits import OwnWorkshop
from app.web.pages import base_url, page

router = APIRouter(prefix="/w/{code}")
WORDS = ("text", "size", "owner", "by_date")


@router.get("/conditions")
async def show(request: Request, workshop: OwnWorkshop, trainer: ThisTrainer, language: Language, db: Db) -> Response:
    return await _page(request, workshop, language, db)


@router.post("/commissioner")
async def name(request: Request, workshop: OwnWorkshop, language: Language, db: Db, form: Form) -> Response:
    typed = {key: form.get(key, "") for key in ("name", "address", "language")}
    try:
        await db.write(name_commissioner, workshop.id, *typed.values())
    except Refused as refusal:
        return await _page(request, workshop, language, db, refusal, typed)
    return _back(workshop, "#commissioner")


@router.post("/points")
async def make(request: Request, workshop: OwnWorkshop, language: Language, db: Db) -> Response:
    """The points, from the conditions that there are now; what was worded already stays."""
    try:
        await db.write(make_points, workshop.id)
    except Refused as refusal:
        return await _page(request, workshop, language, db, refusal)
    return _back(workshop, "#points")


@router.post("/points/{point_id}")
async def change(
    request: Request, workshop: OwnWorkshop, language: Language, point_id: str, db: Db, form: Form
) -> Response:
    """What was typed is kept whichever button was pressed; `move` says where the point goes then."""
    try:
        if "text" in form:
            await db.write(word_point, workshop.id, point_id, {key: form.get(key, "") for key in WORDS})
        if "move" in form:
            await db.write(move_point, workshop.id, point_id, form["move"])
    except Refused as refusal:
        return await _page(request, workshop, language, db, refusal)
    return _back(workshop, f"#point-{point_id}")


@router.post("/letter")
async def word(request: Request, workshop: OwnWorkshop, language: Language, db: Db, form: Form) -> Response:
    try:
        await db.write(word_letter, workshop.id, form.get("note", ""), day_of(form.get("answer_by", "")))
    except Refused as refusal:
        return await _page(request, workshop, language, db, refusal)
    return RedirectResponse(f"/w/{workshop.code}/letter/preview", 303)


@router.post("/points/{point_id}/answers")
async def answer(
    request: Request,
    workshop: OwnWorkshop,
    trainer: ThisTrainer,
    language: Language,
    point_id: str,
    db: Db,
    form: Form,
) -> Response:
    """What came by telephone or on paper."""
    given = {key: form.get(key, "") for key in ("answer", "day", "text", "said_by")}
    try:
        await db.write(
            enter_answer,
            workshop.id,
            point_id,
            given["answer"],
            day_of(given["day"]),
            given["text"],
            given["said_by"],
        )
    except Refused as refusal:
        return await _page(request, workshop, language, db, refusal)
    await db.write(note, trainer, Act.ANSWER_FOR, workshop.id)
    return _back(workshop, f"#point-{point_id}")


def _back(workshop: Workshop, where: str) -> Response:
    return RedirectResponse(f"/w/{workshop.code}/conditions{where}", 303)


async def _page(
    request: Request,
    workshop: Workshop,
    language: str,
    db: Database,
    refusal: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    async with db.read() as session:
        it = await contents_of(session, workshop)
        points = await points_of(session, workshop.id)
        names = await names_in(session, workshop.id)
        named = {each.id: found_names(f"{each.text} {each.size} {each.owner}", names) for each in points}
        context: dict[str, Any] = {
            "it": it,
            "points": points,
            "people": await count_people(session, workshop.id),
            "names": named,
            "letters": await letters_to_contacts(session, workshop),
        }
    return page(
        request,
        "conditions/letter.html",
        language,
        workshop=workshop,
        now=clock.at(workshop),
        refusal=refusal,
        typed=typed,
        sent="sent" in request.query_params,
        waiting=waiting_reason(request.app.state.settings),
        handed_over=_link(request, it.contact) if it.contact else "",
        **context,
    )


def _link(request: Request, contact: Any) -> str:
    return f"{base_url(request)}/c/{links.sign('contact', contact.id, contact.link_epoch)}"
