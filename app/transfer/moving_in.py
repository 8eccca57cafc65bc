"""In: the rows under the ids they had, belonging to the trainer and the organisation that are known here."""

from typing import Any

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import migrate
from app.core.organisation import Organisation
from app.core.planning import LettersPlanned
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import tell
from app.failed import Failed
from app.transfer import rows
from app.transfer.moving_out import FORMAT


async def unpack_workshop(session: AsyncSession, packed: dict[str, Any]) -> Workshop:
    """Raises Failed for a file of another version, and where the workshop or its code is here already."""
    if packed.get("format") != FORMAT or packed.get("revision") != migrate.head():
        raise Failed("The two servers run different versions. Bring both to the same one, and move out again.")
    made = rows.unpack(packed["rows"])
    workshop = next(row for row in made if isinstance(row, Workshop))
    await _ensure_new(session, workshop)
    organisation = await _organisation(session, packed["organisation"])
    trainer = await _trainer(session, packed["trainer"], organisation)
    if workshop.follows_id and await session.get(Workshop, workshop.follows_id) is None:
        workshop.follows_id = None
    for row in made:
        if _belongs(row, Organisation, packed["organisation"]["id"], organisation.id) and _belongs(
            row, Trainer, packed["trainer"]["id"], trainer.id
        ):
            session.add(row)
            await session.flush()
    tell(session, LettersPlanned(workshop.id))
    return workshop


async def _ensure_new(session: AsyncSession, workshop: Workshop) -> None:
    if await session.get(Workshop, workshop.id) is not None:
        raise Failed("This workshop is here already.")
    if (await session.exec(select(Workshop.id).where(col(Workshop.code) == workshop.code))).first():
        raise Failed(f"Another workshop here has the code {workshop.code}. Delete that one first.")


async def _organisation(session: AsyncSession, packed: dict[str, Any]) -> Organisation:
    """The one with this name; else made as it was, with its terms and its style."""
    named = col(Organisation.name) == packed["name"]
    known = (await session.exec(select(Organisation).where(named).order_by(col(Organisation.created_at)))).first()
    if known is None:
        known = Organisation.model_validate({name: value for name, value in packed.items() if name != "id"})
        session.add(known)
        await session.flush()
    return known


async def _trainer(session: AsyncSession, packed: dict[str, Any], organisation: Organisation) -> Trainer:
    """The one with this address; else an account, without a way in until somebody invites it."""
    known = (await session.exec(select(Trainer).where(col(Trainer.email) == packed["email"]))).first()
    if known is None:
        kept = {name: packed[name] for name in ("email", "name", "language")}
        known = Trainer(**kept, organisation_id=organisation.id)
        session.add(known)
        await session.flush()
    return known


def _belongs(row: SQLModel, table: type[SQLModel], former: str, here: str) -> bool:
    """Have the row refer to who it is here. False for one that is about somebody else of the former server."""
    if table is Trainer and getattr(row, "trainer_id", None) == former:  # also where it is no foreign key
        row.trainer_id = here
    for name in rows.references(type(row), table):
        if getattr(row, name) == here:
            continue
        if getattr(row, name) == former:
            setattr(row, name, here)
        elif getattr(row, name) is not None:
            if not type(row).__table__.columns[name].nullable:  # type: ignore[attr-defined]
                return False
            setattr(row, name, None)
    return True
