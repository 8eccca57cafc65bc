"""What the words of the method mean: for anybody who has the code, it shows nothing that was said."""

from fastapi import APIRouter, Request, Response

from app.core.glossary import DRIVEN, GLOSSARY, USUAL
from app.core.organisation import Organisation
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import ThisWorkshop
from app.web.facilitating import MaybeFacilitator
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@router.get("/words")
async def show(
    request: Request, workshop: ThisWorkshop, runs_it: MaybeFacilitator, language: PhoneLanguage, db: Db
) -> Response:
    async with db.read() as session:
        organisation = await session.get_one(Organisation, workshop.organisation_id)
    own = organisation.term.strip()
    return page(
        request,
        "shared/words.html",
        language,
        audience="follow-up",
        glossary=GLOSSARY,
        driven=DRIVEN,
        own_term="" if own.casefold() == USUAL else own,
        back=f"/w/{workshop.code}/facilitator" if runs_it else f"/w/{workshop.code}",
    )
