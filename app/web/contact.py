"""The door of who decides, by a signed link without account: answer point by point, look, publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app import clock, links
from app.core.conditions_contents import Contents, contents_of
from app.core.conditions_letter import Contact, PointAnswer
from app.core.errors import NotFound, Refused
from app.core.point_answering import draft_answer, drafts_of, publish, tell_became
from app.core.point_answers import PROMISES, PublishedAnswer, as_published, promised_by
from app.core.workshop import Workshop
from app.db import Database
from app.web.by_link import GONE
from app.web.deps.forms import Form
from app.web.deps.languages import chosen_language
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter(prefix="/c/{token}")
FIELDS = ("answer", "day_arranged", "day_partly", "text_partly", "text_no", "text_talk", "name", "address")


@dataclass(frozen=True, slots=True)
class ContactVisitor:
    """Somebody outside the room with the letter as they may read it. `now` is the workshop's."""

    token: str
    contact: Contact
    contents: Contents
    drafts: dict[str, PointAnswer]
    language: str
    now: datetime

    @property
    def workshop(self) -> Workshop:
        return self.contents.workshop

    @property
    def new(self) -> dict[str, PublishedAnswer]:
        """The drafts as they will be read, by point."""
        return {key: as_published(draft, self.now) for key, draft in self.drafts.items()}


async def by_contact_link(token: str, request: Request, db: Db) -> ContactVisitor:
    async with db.read() as session:
        contact = await session.get(Contact, links.subject_of(token))
        if contact is None or not links.holds(token, "contact", contact.link_epoch):
            raise NotFound(GONE)
        workshop = await session.get_one(Workshop, contact.workshop_id)
        return ContactVisitor(
            token=token,
            contact=contact,
            contents=await contents_of(session, workshop, contact),
            drafts=await drafts_of(session, contact.id),
            language=chosen_language(request) or contact.language,
            now=clock.at(workshop),
        )


Contacted = Annotated[ContactVisitor, Depends(by_contact_link)]


@router.get("")
async def show(request: Request, visitor: Contacted) -> Response:
    return _door(request, visitor)


@router.post("")
async def draft(request: Request, visitor: Contacted, db: Db, form: Form) -> Response:
    """Each point is kept by itself: what is wrong with one holds up no other, and comes back as it was typed."""
    asked = [told.point.id for told in visitor.contents.asked]
    typed = {point_id: {name: form.get(f"p.{point_id}.{name}", "") for name in FIELDS} for point_id in asked}
    refused: dict[str, Refused] = {}
    for point_id in asked:
        try:
            await _draft(db, visitor, point_id, typed[point_id], form.get("on_behalf_of", ""))
        except Refused as refusal:
            refused[point_id] = refusal
    if refused:
        return _door(request, visitor, typed, refused, form.get("on_behalf_of", ""))
    later = form.get("next") == "later"
    return RedirectResponse(f"/c/{visitor.token}{'?kept=yes' if later else '/preview'}", 303)


@router.get("/preview")
async def preview(request: Request, visitor: Contacted) -> Response:
    """As the participants will read it, what was published before and what is new."""
    return _page(request, "conditions/preview_answers.html", visitor)


@router.post("/publication")
async def publication(request: Request, visitor: Contacted, db: Db) -> Response:
    try:
        await db.write(publish, visitor.contact.id)
    except Refused as refusal:
        return _page(request, "conditions/preview_answers.html", visitor, refusal=refusal)
    return RedirectResponse(f"/c/{visitor.token}?published=yes", 303)


@router.post("/became/{point_id}")
async def became(request: Request, visitor: Contacted, point_id: str, db: Db, form: Form) -> Response:
    """What became of an own promise."""
    await db.write(tell_became, visitor.contact.id, point_id, form.get("became", ""))
    return RedirectResponse(f"/c/{visitor.token}?told=yes#became", 303)


async def _draft(db: Database, visitor: ContactVisitor, point_id: str, typed: Mapping[str, str], behalf: str) -> None:
    answer = typed["answer"]
    words = {"partly": "text_partly", "no": "text_no", "talk": "text_talk", "elsewhere": "name"}.get(answer, "")
    await db.write(
        draft_answer,
        visitor.contact.id,
        point_id,
        answer,
        day_of(typed[f"day_{answer}"]) if answer in PROMISES else None,
        typed.get(words, ""),
        behalf,
        typed["address"],
    )


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def fields_of(draft: PointAnswer | None) -> dict[str, str]:
    """A draft as the form would have been typed."""
    if draft is None:
        return dict.fromkeys(FIELDS, "")
    day = draft.by_date.isoformat() if draft.by_date else ""
    words = "name" if draft.answer == "elsewhere" else f"text_{draft.answer}"
    return dict.fromkeys(FIELDS, "") | {"answer": draft.answer, f"day_{draft.answer}": day, words: draft.text}


def _door(
    request: Request,
    visitor: ContactVisitor,
    typed: Mapping[str, dict[str, str]] | None = None,
    refused: Mapping[str, Refused] | None = None,
    behalf: str = "",
) -> Response:
    drafts = visitor.drafts
    filled = typed or {each.point.id: fields_of(drafts.get(each.point.id)) for each in visitor.contents.asked}
    notices = ("kept", "published", "told")
    return _page(
        request,
        "conditions/door.html",
        visitor,
        status=422 if refused else 200,
        typed=filled,
        refused=refused or {},
        behalf=behalf or next((each.on_behalf_of for each in drafts.values()), ""),
        notice=next((name for name in notices if name in request.query_params), ""),
        promises=promised_by(visitor.contents.asked, visitor.contact),
    )


def _page(request: Request, template: str, visitor: ContactVisitor, **context: Any) -> Response:
    return page(
        request,
        template,
        visitor.language,
        audience="follow-up",
        visitor=visitor,
        it=visitor.contents,
        token=visitor.token,
        **context,
    )
