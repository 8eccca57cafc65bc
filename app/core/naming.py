"""Naming, in a plan, who gave the assignment."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contacts import commissioner, name_commissioner
from app.core.errors import Refused

FIELDS = {"address": "commissioner", "name": "commissioner_name", "language": "commissioner_language"}


@dataclass(frozen=True, slots=True)
class Commissioner:
    """As typed; without name and address: nobody."""

    name: str
    address: str
    language: str


async def name_in_plan(session: AsyncSession, workshop_id: str, typed: Commissioner | None) -> None:
    """As the plan says; None leaves it as it is. A workshop that moves takes the notice beforehand along.

    A name without address that stands there already is left alone: the address may be gone meanwhile. Raises Refused
    that names the field of the plan."""
    if typed is None:
        return
    known = await commissioner(session, workshop_id)
    present = (known.name, known.address) if known else ("", "")
    if present == (typed.name, typed.address) and not typed.address:
        return
    try:
        await name_commissioner(session, workshop_id, typed.name, typed.address, typed.language)
    except Refused as refusal:
        raise Refused(refusal.message, field=FIELDS.get(refusal.field, refusal.field), **refusal.values) from refusal
