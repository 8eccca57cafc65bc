"""The trainer's door: a link in a mail (GET shows a button, POST signs in) or the code beside it."""

import asyncio
import time

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from app import clock, ids
from app.core.errors import Refused
from app.core.signing_in import by_address, checked_address, sign_in, sign_in_by_code, sign_out, ticket
from app.core.trainer import SignIn
from app.db import Database
from app.mail.letters import sign_in_mail
from app.texts import gettext_noop as N_
from app.web.browsers import browser_name
from app.web.deps.cookies import cookie, set_cookie
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import MaybeSignedIn
from app.web.limiting import SIGN_IN_MAILS, count, limits_of
from app.web.pages import base_url, page

router = APIRouter()
WAITS = 30 * 60
STAYS = 30 * 24 * 3600
"""The server ends a session sooner, and never during a workshop; the browser only has to keep the cookie."""
ALIKE = 0.25
"""Seconds that every answer takes: to write the mail takes some of them, and would tell who has an account."""
AFTERWARDS = {"": "/trainer", "code": "/sign-in/second", "setup": "/account/second-factor"}
"""Where a browser goes, by what its session waits for."""


@router.get("/sign-in")
async def ask(request: Request, language: Language, someone: MaybeSignedIn) -> Response:
    if someone is not None:
        return RedirectResponse(AFTERWARDS[someone.session.waits_for], 303)
    return form_page(request, language)


def form_page(
    request: Request, language: str, refusal: Refused | None = None, typed: str = "", by: str = ""
) -> Response:
    """`by`: `password` opens the part for who signs in without mail."""
    single = bool(request.app.state.settings.oidc_issuer)
    return page(request, "account/sign_in.html", language, refusal=refusal, typed=typed, by=by, single=single)


@router.post("/sign-in")
async def send(request: Request, language: Language, db: Db, form: Form) -> Response:
    """Mail a link when this address has an account; the answer is the same, and as late, when it has none."""
    begun = time.monotonic()
    address = form.get("email", "")
    try:
        address = checked_address(address)
    except Refused as refusal:
        return form_page(request, language, refusal, address)
    answer = RedirectResponse("/sign-in/code", 303)
    async with db.read() as session:
        trainer = await by_address(session, address)
    identity = ids.random_id()
    if trainer is not None and not await limits_of(request).wait(SIGN_IN_MAILS, trainer.id):
        await count(request, SIGN_IN_MAILS, trainer.id)
        made = await db.write(ticket, trainer)
        identity = made.sign_in_id
        await db.write(sign_in_mail, request.app.state.settings, made, f"{base_url(request)}/sign-in/{made.token}")
        request.app.state.courier.wake()
    set_cookie(request, answer, "morgen_code", identity, WAITS)
    await asyncio.sleep(begun + ALIKE - time.monotonic())
    return answer


@router.get("/sign-in/code")
async def code_page(request: Request, language: Language) -> Response:
    return page(request, "trainer/code.html", language)


@router.post("/sign-in/code")
async def code(request: Request, language: Language, db: Db, form: Form) -> Response:
    wrong = Refused(N_("This code is not right. Look in the newest mail."), field="code")
    try:
        identity, given = cookie(request, "morgen_code"), form.get("code", "")
        token = await db.write(sign_in_by_code, identity, given, *this_browser(request))
    except Refused as refusal:
        return page(request, "trainer/code.html", language, status=422, refusal=refusal)
    if token is None:
        return page(request, "trainer/code.html", language, refusal=wrong)
    return entered(request, token)


@router.get("/sign-in/{token}")
async def button(request: Request, token: str, language: Language, db: Db) -> Response:
    """Mail scanners open every link: this page only shows a button."""
    return page(request, "trainer/enter.html", language, token=token, usable=await _usable(db, token))


async def _usable(db: Database, token: str) -> bool:
    async with db.read() as session:
        found = (await session.exec(select(SignIn).where(col(SignIn.token_hash) == ids.hashed(token)))).first()
    return found is not None and found.used_at is None and found.expires_at > clock.now()


@router.post("/sign-in/{token}")
async def enter(request: Request, token: str, language: Language, db: Db) -> Response:
    try:
        return entered(request, await db.write(sign_in, token, *this_browser(request)))
    except Refused as refusal:
        return page(request, "trainer/enter.html", language, status=422, token=token, usable=False, refusal=refusal)


def this_browser(request: Request) -> tuple[str, str]:
    """What it is called, and the token that dies when it signs in."""
    return browser_name(request), cookie(request, "morgen_trainer")


def entered(request: Request, token: str) -> Response:
    answer = RedirectResponse("/sign-in", 303)  # which knows where to go on
    set_cookie(request, answer, "morgen_trainer", token, STAYS)
    return answer


@router.post("/sign-out")
async def leave(request: Request, db: Db) -> Response:
    await db.write(sign_out, cookie(request, "morgen_trainer"))
    answer = RedirectResponse("/", 303)
    set_cookie(request, answer, "morgen_trainer", "", 0)
    return answer
