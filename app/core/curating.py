"""The trainer's hand on a card: hide, edit, and the opposite of each. Append-only."""

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.contribution import Contribution, Curation
from app.core.errors import NotFound, Refused
from app.core.handing_on import follow_curation
from app.texts import gettext_noop as N_

ACTS = ("hide", "show", "edit", "restore")


async def curate(
    session: AsyncSession, workshop_id: str, trainer_id: str, contribution_id: str, act: str, text: str = ""
) -> None:
    """Append one act. Raises NotFound for a card of another workshop, Refused for an empty edit."""
    rev = await advance(session, workshop_id)
    contribution = await session.get(Contribution, contribution_id)
    if contribution is None or contribution.workshop_id != workshop_id:
        raise NotFound(N_("This card is not part of this workshop."))
    if act not in ACTS:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    text = " ".join(text.split())[:300]
    if act == "edit" and not text:
        raise Refused(N_("Type something first."), field="text")
    contribution.rev = rev
    session.add(contribution)
    session.add(
        Curation(
            workshop_id=workshop_id,
            contribution_id=contribution_id,
            act=act,
            text=text,
            trainer_id=trainer_id,
            rev=rev,
        )
    )
    await session.flush()
    await follow_curation(session, contribution_id, rev)
