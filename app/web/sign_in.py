"""The trainer's door: a link in a mail (GET shows a button, POST signs in) or the code beside it."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from app import clock, ids
from app.core.errors import Refused
from app.core.signing_in import by_address, sign_in, sign_in_by_code, sign_out, ticket
from app.core.trainer import SignIn
from app.db import Database
from app.mail.letters import sign_in_mail
from app.texts import gettext_noop as N_
from app.web.deps import Db, Form, Language, MaybeTrainer, cookie, set_cookie
from app.web.pages import base_url, page

router = APIRouter()
WAITS = 30 * 60
STAYS = 12 * 3600
AFTERWARDS = "/trainer"


@router.get("/sign-in")
async def ask(request: Request, language: Language, trainer: MaybeTrainer) -> Response:
    if trainer is not None:
        return RedirectResponse(AFTERWARDS, 303)
    return page(request, "trainer/sign_in.html", language, refusal=None, typed="")


@router.post("/sign-in")
async def send(request: Request, language: Language, db: Db, form: Form) -> Response:
    """Mail a link when this address has an account; the answer is the same when it has none."""
    address = str(form.get("email", "")).strip()
    if "@" not in address:
        refusal = Refused(N_("This is not a mail address. Look at the part around the @."), field="email")
        return page(request, "trainer/sign_in.html", language, status=422, refusal=refusal, typed=address)
    answer = RedirectResponse("/sign-in/code", 303)
    async with db.read() as session:
        trainer = await by_address(session, address)
    identity = ids.random_id()
    if trainer is not None:
        made = await db.write(ticket, trainer)
        identity = made.sign_in_id
        await db.write(sign_in_mail, request.app.state.settings, made, f"{base_url(request)}/sign-in/{made.token}")
        request.app.state.courier.wake()
    set_cookie(request, answer, "morgen_code", identity, WAITS)
    return answer


@router.get("/sign-in/code")
async def code_page(request: Request, language: Language) -> Response:
    return page(request, "trainer/code.html", language, refusal=None)


@router.post("/sign-in/code")
async def code(request: Request, language: Language, db: Db, form: Form) -> Response:
    wrong = Refused(N_("This code is not right. Look in the newest mail."), field="code")
    try:
        token = await db.write(sign_in_by_code, cookie(request, "morgen_code"), str(form.get("code", "")))
    except Refused as refusal:
        return page(request, "trainer/code.html", language, status=422, refusal=refusal)
    if token is None:
        return page(request, "trainer/code.html", language, status=422, refusal=wrong)
    return _enter(request, token)


@router.get("/sign-in/{token}")
async def button(request: Request, token: str, language: Language, db: Db) -> Response:
    """Mail scanners open every link: this page only shows a button."""
    return page(request, "trainer/enter.html", language, token=token, usable=await _usable(db, token), refusal=None)


async def _usable(db: Database, token: str) -> bool:
    async with db.read() as session:
        found = (await session.exec(select(SignIn).where(col(SignIn.token_hash) == ids.hashed(token)))).first()
    return found is not None and found.used_at is None and found.expires_at > clock.now()


@router.post("/sign-in/{token}")
async def enter(request: Request, token: str, language: Language, db: Db) -> Response:
    try:
        return _enter(request, await db.write(sign_in, token))
    except Refused as refusal:
        return page(request, "trainer/enter.html", language, status=422, token=token, usable=False, refusal=refusal)


def _enter(request: Request, token: str) -> Response:
    answer = RedirectResponse(AFTERWARDS, 303)
    set_cookie(request, answer, "morgen_trainer", token, STAYS)
    return answer


@router.post("/sign-out")
async def leave(request: Request, db: Db) -> Response:
    await db.write(sign_out, cookie(request, "morgen_trainer"))
    answer = RedirectResponse("/", 303)
    set_cookie(request, answer, "morgen_trainer", "", 0)
    return answer
