"""Signing in with a password, for a hall without mail, and the code of the second factor after either way."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import ids
from app.core.errors import Refused
from app.core.passwords import enter_by_password, matches, note_failure
from app.core.second_factor import enter
from app.core.signing_in import by_address
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import MaybeSignedIn
from app.web.limiting import ALL_PASSWORDS, PASSWORDS, SECOND_CODES, TooMany, count, ensure_room
from app.web.pages import page
from app.web.sign_in import entered, form_page, this_browser

router = APIRouter(prefix="/sign-in")
WRONG = Refused(N_("Address or password is not right. Or let us mail you a link."), field="password")


@router.post("/password")
async def by_password(request: Request, language: Language, db: Db, form: Form) -> Response:
    """The same answer in the same time for an address without an account, without a password, and a wrong one."""
    address, password = form.get("email", "").strip().lower(), form.get("password", "")
    account = ids.hashed(address)
    try:
        for limit, who in ((PASSWORDS, account), (ALL_PASSWORDS, "")):
            await ensure_room(request, limit, who)
            await count(request, limit, who)  # before it is looked at: many at once are no way around
    except TooMany as refusal:
        answer = form_page(request, language, refusal, address, "password")
        answer.headers["Retry-After"] = str(refusal.seconds)
        return answer
    async with db.read() as session:
        trainer = await by_address(session, address)
    right = await matches(trainer.password_hash if trainer else "", password)
    if trainer is None:
        return form_page(request, language, WRONG, address, "password")
    if not right:
        await db.write(note_failure, trainer.id)
        return form_page(request, language, WRONG, address, "password")
    return entered(request, await db.write(enter_by_password, trainer.id, *this_browser(request)))


@router.get("/second")
async def ask(request: Request, language: Language, someone: MaybeSignedIn) -> Response:
    if someone is None or someone.session.waits_for != "code":
        return RedirectResponse("/sign-in", 303)
    return page(request, "account/second.html", language)


@router.post("/second")
async def check(request: Request, language: Language, db: Db, form: Form, someone: MaybeSignedIn) -> Response:
    if someone is None or someone.session.waits_for != "code":
        return RedirectResponse("/sign-in", 303)
    await ensure_room(request, SECOND_CODES, someone.trainer.id)
    await count(request, SECOND_CODES, someone.trainer.id)
    name, token = this_browser(request)
    fresh = await db.write(enter, token, form.get("code", ""), name)
    if fresh is None:
        wrong = Refused(N_("This code is not right, or it was used. Wait for the next one."), field="code")
        return page(request, "account/second.html", language, refusal=wrong)
    return entered(request, fresh)
