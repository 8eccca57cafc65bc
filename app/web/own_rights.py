"""What is mine: the card on paper, everything that is kept about me, and how it all goes."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.core.audit import Act
from app.core.deleting import delete_participant
from app.core.own_data import as_json, own_data
from app.core.spoken import spoken
from app.mail.letters import lines_of
from app.web.by_link import Myself
from app.web.deps.state import Db
from app.web.noting import noted_own
from app.web.pages import page

router = APIRouter(prefix="/p/{token}")


@router.get("/card")
async def card(request: Request, token: str, visitor: Myself) -> Response:
    """To print and cut out: the act, its moment, when it is done, and the own link as a QR code."""
    act = visitor.commitment
    return page(
        request,
        "follow_up/card.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        act=act,
        spoken=spoken,
        lines=lines_of(act, visitor.language) if act else [],
        zone=visitor.workshop.time_zone,
    )


@router.get("/data")
async def data(request: Request, token: str, visitor: Myself, db: Db) -> Response:
    async with db.read() as session:
        told = await own_data(session, visitor.person.id)
    return page(
        request,
        "follow_up/data.html",
        visitor.language,
        audience="follow-up",
        token=token,
        visitor=visitor,
        told=[each for each in told if each.rows],
        zone=visitor.workshop.time_zone,
    )


@router.get("/data.json", dependencies=[noted_own(Act.OWN_EXPORT)])
async def data_as_json(visitor: Myself, db: Db) -> Response:
    async with db.read() as session:
        told = await own_data(session, visitor.person.id)
    headers = {"Content-Disposition": 'attachment; filename="morgen.json"'}
    return JSONResponse(as_json(told, visitor.workshop), headers=headers)


@router.get("/deletion")
async def ask_deletion(request: Request, token: str, visitor: Myself) -> Response:
    return page(request, "follow_up/delete.html", visitor.language, audience="follow-up", token=token)


@router.post("/deletion", dependencies=[noted_own(Act.OWN_DELETION)])
async def delete(request: Request, visitor: Myself, db: Db) -> Response:
    await db.write(delete_participant, visitor.person.id)
    return page(request, "follow_up/gone.html", visitor.language, audience="follow-up")
