"""A trainer's own account: signed-in browsers, a password for a hall without mail, the second factor."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app import links
from app.core import second_factor
from app.core.errors import Refused
from app.core.passwords import LEAST, checked_password, hash_of, matches, set_password
from app.core.sessions import SignedIn, end_all, end_one, end_others, must_have_second_factor, sessions_of
from app.db import Database
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisAccount, ThisTrainer
from app.web.limiting import PASSWORDS, SECOND_CODES, count, ensure_room
from app.web.pages import base_url, page

router = APIRouter(prefix="/account")
SET_UP = "set up a second factor"
AN_HOUR = 3600
WRONG_CODE = N_("This code is not right, or it was used. Wait for the next one.")


@router.get("")
async def show(
    request: Request, trainer: ThisTrainer, someone: ThisAccount, language: Language, db: Db, saved: str = ""
) -> Response:
    return await _page(request, language, someone, db, saved=saved)


@router.post("/sessions")
async def end(trainer: ThisTrainer, someone: ThisAccount, db: Db, form: Form) -> Response:
    """End one browser, or all others."""
    if form.get("session"):
        await db.write(end_one, trainer, form["session"])
    else:
        await db.write(end_others, trainer, someone.session.id)
    return RedirectResponse("/account?saved=yes#browsers", 303)


@router.post("/password")
async def password(
    request: Request, trainer: ThisTrainer, someone: ThisAccount, language: Language, db: Db, form: Form
) -> Response:
    """A new one, or none any more. Who has one shows it first; the other browsers are signed out."""
    try:
        if trainer.password_hash:
            await ensure_room(request, PASSWORDS, trainer.id)
            await count(request, PASSWORDS, trainer.id)
            if not await matches(trainer.password_hash, form.get("former", "")):
                raise Refused(N_("The password you have now is not right."), field="former")
        goes = form.get("act") == "remove"
        made = "" if goes else await hash_of(checked_password(form.get("password", ""), trainer.email))
    except Refused as refusal:
        return await _page(request, language, someone, db, refusal)
    await db.write(set_password, trainer.id, made)
    await db.write(end_all, trainer.id, someone.session.id)
    return RedirectResponse("/account?saved=yes#password", 303)


@router.get("/second-factor")
async def ask(request: Request, someone: ThisAccount, language: Language, db: Db) -> Response:
    if someone.trainer.totp_secret:
        return RedirectResponse("/account#second-factor", 303)
    return await _set_up_page(request, language, someone, db, second_factor.new_secret())


@router.post("/second-factor")
async def set_up(request: Request, someone: ThisAccount, language: Language, db: Db, form: Form) -> Response:
    """The recovery codes are shown once, here."""
    secret = links.unseal(f"{SET_UP} {someone.trainer.id}", form.get("secret", ""), AN_HOUR)
    if secret is None:
        return RedirectResponse("/account/second-factor", 303)
    await ensure_room(request, SECOND_CODES, someone.trainer.id)
    await count(request, SECOND_CODES, someone.trainer.id)
    try:
        codes = await db.write(second_factor.set_up, someone.session.id, secret, form.get("code", ""))
    except Refused as refusal:
        return await _set_up_page(request, language, someone, db, secret, refusal)
    return page(request, "account/recovery.html", language, codes=codes)


async def _set_up_page(
    request: Request, language: str, someone: SignedIn, db: Database, secret: str, refusal: Refused | None = None
) -> Response:
    async with db.read() as session:
        must = await must_have_second_factor(session, someone.trainer)
    return page(
        request,
        "account/set_up.html",
        language,
        address=second_factor.address_of(secret, someone.trainer, urlsplit(base_url(request)).hostname or ""),
        secret=secret,
        sealed=links.seal(f"{SET_UP} {someone.trainer.id}", secret),
        must=must,
        refusal=refusal,
    )


@router.post("/second-factor/removal")
async def turn_off(
    request: Request, trainer: ThisTrainer, someone: ThisAccount, language: Language, db: Db, form: Form
) -> Response:
    await ensure_room(request, SECOND_CODES, trainer.id)
    await count(request, SECOND_CODES, trainer.id)
    try:
        if not await db.write(second_factor.turn_off, trainer.id, form.get("code", "")):
            raise Refused(WRONG_CODE, field="code")
    except Refused as refusal:
        return await _page(request, language, someone, db, refusal)
    return RedirectResponse("/account?saved=yes#second-factor", 303)


@router.post("/recovery-codes")
async def fresh_codes(
    request: Request, trainer: ThisTrainer, someone: ThisAccount, language: Language, db: Db, form: Form
) -> Response:
    await ensure_room(request, SECOND_CODES, trainer.id)
    await count(request, SECOND_CODES, trainer.id)
    codes = await db.write(second_factor.fresh_recovery_codes, trainer.id, form.get("code", ""))
    if codes is None:
        return await _page(request, language, someone, db, Refused(WRONG_CODE, field="code"))
    return page(request, "account/recovery.html", language, codes=codes)


async def _page(
    request: Request, language: str, someone: SignedIn, db: Database, refusal: Refused | None = None, saved: str = ""
) -> Response:
    async with db.read() as session:
        browsers = await sessions_of(session, someone.trainer.id)
        left = await second_factor.recovery_codes_left(session, someone.trainer.id)
        must = await must_have_second_factor(session, someone.trainer)
    return page(
        request,
        "account/show.html",
        language,
        trainer=someone.trainer,
        this=someone.session,
        browsers=browsers,
        codes_left=left,
        must=must,
        least=LEAST,
        refusal=refusal,
        saved=bool(saved),
    )
