"""Leaving as somebody outside the room: no more mails, forget my address, this is not for me."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.contacts import forget_contact, stop_contact
from app.web.contact import Contacted, ContactVisitor
from app.web.deps.state import Db
from app.web.pages import page

router = APIRouter()


@router.get("/u/c/{token}")
async def ask(request: Request, visitor: Contacted) -> Response:
    return _page(request, visitor, "stopped" if visitor.contact.stopped_at else "stop")


@router.post("/u/c/{token}")
async def stop(request: Request, visitor: Contacted, db: Db) -> Response:
    """One click (RFC 8058): answers 200 itself, without a cookie and without an origin."""
    await db.write(stop_contact, visitor.contact.id)
    return _page(request, visitor, "stopped")


@router.get("/c/{token}/address")
async def ask_address(request: Request, visitor: Contacted) -> Response:
    return _page(request, visitor, "address")


@router.post("/c/{token}/address")
async def delete_address(request: Request, visitor: Contacted, db: Db) -> Response:
    """Name and address go, the link dies; what was published stays."""
    await db.write(forget_contact, visitor.contact.id, "address deleted")
    return _page(request, visitor, "deleted")


@router.post("/c/{token}/not-mine")
async def not_mine(request: Request, visitor: Contacted, db: Db) -> Response:
    """This letter is for somebody else: the trainer sees that nobody has it now."""
    await db.write(forget_contact, visitor.contact.id, "not for this person")
    return _page(request, visitor, "not-mine")


def _page(request: Request, visitor: ContactVisitor, what: str, **context: Any) -> Response:
    return page(
        request,
        "conditions/leaving.html",
        visitor.language,
        audience="follow-up",
        visitor=visitor,
        token=visitor.token,
        what=what,
        **context,
    )
