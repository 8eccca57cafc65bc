"""The trainer's board: each line has a door of its own."""

from fastapi import APIRouter, Request, Response

from app.core import board
from app.web.deps.forms import Form
from app.web.facilitating import ThisFacilitator
from app.web.facilitator import done

router = APIRouter(prefix="/w/{code}")


@router.post("/needs/{need_id}")
async def need(request: Request, who: ThisFacilitator, need_id: str, form: Form) -> Response:
    """What is typed in the line is kept whichever of its buttons was pressed."""
    await who.do(board.size_need, need_id, *(form.get(name, "") for name in ("size", "source", "stops")))
    if "settled" in form:
        await who.do(board.settle_need, need_id, form["settled"] == "yes")
    return done(request, who.workshop)


@router.post("/conditions/{condition_id}")
async def condition(request: Request, who: ThisFacilitator, condition_id: str, form: Form) -> Response:
    given = (form.get(name, "") for name in ("owner", "by_date", "status"))
    await who.do(board.set_condition, condition_id, *given)
    return done(request, who.workshop)
