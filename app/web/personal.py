"""The own page behind a personal link: my commitment, who sees what, and everything of mine removed."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.addressing import delete_address
from app.core.deleting import delete_participant
from app.core.sharing import let_trainer_see, who_may_see
from app.web.by_link import Myself
from app.web.deps import Db, Form
from app.web.pages import page

router = APIRouter(prefix="/p/{token}")


@router.get("")
async def show(request: Request, token: str, visitor: Myself, db: Db) -> Response:
    async with db.read() as session:
        trainer = await who_may_see(session, visitor.workshop)
    return page(
        request,
        "follow_up/personal.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        act=visitor.commitment,
        answer=visitor.answer,
        zone=visitor.workshop.time_zone,
        trainer=trainer,
    )


@router.post("/sharing")
async def share(token: str, visitor: Myself, db: Db, form: Form) -> Response:
    await db.write(let_trainer_see, visitor.workshop, visitor.person.id, form.get("trainer") == "yes")
    return RedirectResponse(f"/p/{token}#who-sees", 303)


@router.post("/address/deletion")
async def forget(token: str, visitor: Myself, db: Db) -> Response:
    await db.write(delete_address, visitor.person.id)
    return RedirectResponse(f"/p/{token}#mails", 303)


@router.get("/deletion")
async def ask_deletion(request: Request, token: str, visitor: Myself) -> Response:
    return page(request, "follow_up/delete.html", visitor.language, audience="follow-up", token=token)


@router.post("/deletion")
async def delete(request: Request, visitor: Myself, db: Db) -> Response:
    await db.write(delete_participant, visitor.person.id)
    return page(request, "follow_up/gone.html", visitor.language, audience="follow-up")
