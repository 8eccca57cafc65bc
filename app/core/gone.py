"""What must not come back with a backup: told around the commit, and kept outside the database (`app.ledger`)."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from app.db import tell

What = Literal["workshop", "participant", "address", "contact", "stopped", "sent"]


@dataclass(frozen=True, slots=True)
class Gone:
    """`id` is that of the row; of a mail that was sent, its Message-ID. No name, no address."""

    what: What
    id: str


def gone(session: AsyncSession, what: What, identity: str) -> None:
    tell(session, Gone(what, identity))
