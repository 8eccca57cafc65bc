"""The doors to and from the sign-in server of an organisation."""

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import NotFound, Refused
from app.core.single_sign_on import Whose, enter_by_single_sign_on
from app.texts import gettext_noop as N_
from app.web.deps.cookies import cookie, set_cookie
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.oidc import TAKES, Failed, SignInServer
from app.web.pages import base_url
from app.web.sign_in import entered, form_page, this_browser

router = APIRouter(prefix="/sign-in/single")
log = structlog.get_logger()
KEPT = "morgen_single"
WRONG = Refused(N_("Signing in with your work account did not work. Try again, or let us mail you a link."))


def _server(request: Request) -> SignInServer:
    state = request.app.state
    if not state.settings.oidc_issuer:
        raise NotFound(N_("This page does not exist."))
    if not hasattr(state, "sign_in_server"):
        state.sign_in_server = SignInServer(state.settings, f"{base_url(request)}/sign-in/single/back")
    found: SignInServer = state.sign_in_server
    return found


@router.get("")
async def go(request: Request, language: Language) -> Response:
    """A link and no form: our policy lets no form lead elsewhere. Nothing is stored here."""
    try:
        address, kept = await _server(request).begin()
    except Failed as failure:
        log.warning("single sign-on does not begin", reason=str(failure))
        return form_page(request, language, WRONG)
    answer = RedirectResponse(address, 303)
    set_cookie(request, answer, KEPT, kept, TAKES)
    return answer


@router.get("/back")
async def back(request: Request, language: Language, db: Db, code: str = "", state: str = "") -> Response:
    """The one GET that signs in: only in the browser that went, once, with a code that the server gives once."""
    settings = request.app.state.settings
    try:
        person = await _server(request).end(code, state, cookie(request, KEPT))
        whose = Whose(settings.oidc_organisation, settings.oidc_domain)
        answer = entered(request, await db.write(enter_by_single_sign_on, person, whose, *this_browser(request)))
    except NotFound:
        raise
    except Failed as failure:
        log.warning("single sign-on failed", reason=str(failure))
        answer = form_page(request, language, WRONG)
    except Refused as refusal:
        answer = form_page(request, language, refusal)
    set_cookie(request, answer, KEPT, "", 0)
    return answer
