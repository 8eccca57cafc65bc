"""The page of an admin: the trainers of the own organisation, and its log. Of workshops it shows nothing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.core import admins
from app.core.audit import Act, entries
from app.core.errors import NotFound, Refused
from app.core.organisation import Organisation
from app.core.trainer import Trainer
from app.db import Database
from app.mail.letters import sign_in_mail
from app.texts import gettext_noop as N_
from app.web.deps.forms import Form
from app.web.deps.languages import Language
from app.web.deps.state import Db
from app.web.deps.trainers import ThisTrainer
from app.web.pages import base_url, page

router = APIRouter(prefix="/admin")
ACTS = {
    Act.SIGNED_IN: N_("signed in"),
    Act.SIGN_IN_FAILED: N_("failed to sign in"),
    Act.SIGNED_OUT: N_("signed out"),
    Act.SESSIONS_ENDED: N_("signed browsers out"),
    Act.PASSWORD: N_("changed the password"),
    Act.SECOND_FACTOR_ON: N_("turned the second step on"),
    Act.SECOND_FACTOR_OFF: N_("turned a second step off"),
    Act.RECOVERY_CODE: N_("used a recovery code"),
    Act.INVITED: N_("invited a trainer"),
    Act.ROLE: N_("changed a role"),
    Act.RULE: N_("changed the rule for the second step"),
    Act.TERMS: N_("changed what holds for the workshops of the organisation"),
    Act.EXPORT: N_("exported a workshop"),
    Act.DELETION: N_("deleted"),
    Act.LETTER_SENT: N_("sent the letter to who decides"),
    Act.ANSWER_FOR: N_("typed an answer for somebody"),
    Act.OWN_EXPORT: N_("a participant took their own data along"),
    Act.OWN_DELETION: N_("a participant deleted their own data"),
    Act.MOVED_OUT: N_("a workshop was moved to another server"),
    Act.BACKUP: N_("a backup was made"),
    Act.RESTORED: N_("a backup was put back"),
}


async def this_admin(trainer: ThisTrainer) -> Trainer:
    if not trainer.is_admin or not trainer.organisation_id:
        raise NotFound(N_("This page does not exist."))
    return trainer


ThisAdmin = Annotated[Trainer, Depends(this_admin)]


@router.get("")
async def show(request: Request, admin: ThisAdmin, language: Language, db: Db, saved: str = "") -> Response:
    return await _page(request, language, admin, db, saved=saved)


@router.post("/trainers")
async def invite(request: Request, admin: ThisAdmin, language: Language, db: Db, form: Form) -> Response:
    """An account and a mail with the first link."""
    typed = form.get("email", "")
    try:
        made = await db.write(admins.invite_trainer, admin, typed)
    except Refused as refusal:
        return await _page(request, language, admin, db, refusal, typed=typed)
    await db.write(sign_in_mail, request.app.state.settings, made, f"{base_url(request)}/sign-in/{made.token}")
    request.app.state.courier.wake()
    return RedirectResponse("/admin?saved=yes", 303)


@router.post("/trainers/{trainer_id}")
async def act_on(
    request: Request, trainer_id: str, admin: ThisAdmin, language: Language, db: Db, form: Form
) -> Response:
    act = form.get("act")
    try:
        if act in ("make_admin", "make_trainer"):
            await db.write(admins.set_role, admin, trainer_id, act == "make_admin")
        elif act == "end_sessions":
            await db.write(admins.end_sessions, admin, trainer_id)
        elif act == "drop_second_factor":
            await db.write(admins.drop_second_factor, admin, trainer_id)
        else:
            raise Refused(N_("That does not fit here. Choose one of the answers."))
    except NotFound:
        raise
    except Refused as refusal:
        return await _page(request, language, admin, db, refusal)
    return RedirectResponse("/admin?saved=yes", 303)


@router.post("/second-factor")
async def rule(admin: ThisAdmin, db: Db, form: Form) -> Response:
    await db.write(admins.require_second_factor, admin, form.get("required") == "yes")
    return RedirectResponse("/admin?saved=yes", 303)


async def _page(
    request: Request,
    language: str,
    admin: Trainer,
    db: Database,
    refusal: Refused | None = None,
    typed: str = "",
    saved: str = "",
) -> Response:
    async with db.read() as session:
        organisation = await session.get_one(Organisation, admin.organisation_id)
        trainers = await admins.trainers_of(session, admin)
        log = await entries(session, organisation.id)
    return page(
        request,
        "account/admin.html",
        language,
        admin=admin,
        organisation=organisation,
        trainers=trainers,
        names={trainer.id: trainer.name for trainer, _ in trainers},
        log=log,
        acts=ACTS,
        refusal=refusal,
        typed=typed,
        saved=bool(saved),
    )
