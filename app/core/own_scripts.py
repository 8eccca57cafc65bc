"""A trainer's own draaiboeken: copied, changed, deleted. Somebody else's does not exist for a trainer."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.errors import NotFound, Refused
from app.core.script import Script
from app.core.script_draft import MOST_STEPS, DraftScript
from app.core.script_file import LARGEST
from app.core.script_mistakes import mistakes_in
from app.core.trainer import OwnScript, Trainer
from app.texts import gettext_noop as N_

MOST_SCRIPTS = 200


class SavedElsewhere(Refused):
    """Another window saved this draaiboek since the form was opened."""

    status = 409


async def own_scripts(session: AsyncSession, trainer_id: str) -> Sequence[OwnScript]:
    """The last changed first."""
    statement = select(OwnScript).where(col(OwnScript.trainer_id) == trainer_id)
    return (await session.exec(statement.order_by(col(OwnScript.changed_at).desc(), col(OwnScript.id)))).all()


async def own_script(session: AsyncSession, trainer_id: str, own_id: str) -> OwnScript:
    statement = select(OwnScript).where(col(OwnScript.id) == own_id, col(OwnScript.trainer_id) == trainer_id)
    found = (await session.exec(statement)).first()
    if found is None:
        raise NotFound(N_("This draaiboek does not exist."))
    return found


async def copy_script(
    session: AsyncSession, trainer_id: str, document: dict[str, Any], based_on: str = "", key: str = ""
) -> OwnScript:
    """A new own draaiboek with this document. `based_on`: the key of the shipped one that it was copied from. `key`:
    of the form that asked for it; one key makes one draaiboek, however often it is sent."""
    await session.get(Trainer, trainer_id, with_for_update=True)  # the second of two presses waits for the first
    own = await own_scripts(session, trainer_id)
    made_id = ids.hashed(f"{trainer_id} {key}")[:22] if key else ids.random_id()
    if earlier := [each for each in own if each.id == made_id]:
        return earlier[0]
    if len(own) >= MOST_SCRIPTS:
        raise Refused(N_("You have %(most)s draaiboeken. Delete one first."), most=MOST_SCRIPTS)
    made = OwnScript(id=made_id, trainer_id=trainer_id, based_on=based_on, document=_fitting(document))
    session.add(made)
    await session.flush()
    return made


async def save_document(
    session: AsyncSession, trainer_id: str, own_id: str, version: int, document: dict[str, Any]
) -> int:
    """Store the whole document, mistakes and all; returns the new version. Raises SavedElsewhere where `version` is not
    what is stored, so that nothing of another window is overwritten unseen."""
    statement = (
        update(OwnScript)
        .where(col(OwnScript.id) == own_id, col(OwnScript.trainer_id) == trainer_id, col(OwnScript.version) == version)
        .values(document=_fitting(document), version=version + 1, changed_at=clock.now())
    )
    if (await session.exec(statement)).rowcount != 1:
        await own_script(session, trainer_id, own_id)
        raise SavedElsewhere(
            N_("This draaiboek was saved in another window. What you typed still stands here. Save again to use yours.")
        )
    return version + 1


async def delete_own_script(session: AsyncSession, trainer_id: str, own_id: str) -> None:
    """Workshops that were made from it keep their own frozen copy."""
    await own_script(session, trainer_id, own_id)
    await session.exec(delete(OwnScript).where(col(OwnScript.id) == own_id))


def sound_script(own: OwnScript) -> Script:
    """As a Script, to make a workshop from. Raises Refused while it has mistakes."""
    if found := mistakes_in(own.document):
        raise Refused(
            N_("This draaiboek still has mistakes (%(count)s). Open it under Draaiboeken and mend them first."),
            count=len(found),
        )
    return Script.model_validate(own.document)


def copied(document: dict[str, Any]) -> dict[str, Any]:
    """The document of a copy, with a title that says so."""
    script = DraftScript.model_validate(document)
    script.title.nl, script.title.en = f"{script.title.nl} (kopie)", f"{script.title.en} (copy)"
    return script.document()


def _fitting(document: dict[str, Any]) -> dict[str, Any]:
    if len(document.get("steps", ())) > MOST_STEPS or len(json.dumps(document)) > LARGEST:
        raise Refused(N_("This draaiboek becomes too long. Use at most %(most)s steps."), most=MOST_STEPS)
    return document
