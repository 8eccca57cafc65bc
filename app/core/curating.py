"""The trainer's hand on a card: hide, edit, and the opposite of each. Append-only."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.contribution import Contribution, Curation, folded
from app.core.errors import NotFound, Refused
from app.core.handing_on import follow_curation
from app.core.participant import Participant
from app.texts import gettext_noop as N_

ACTS = ("hide", "show", "edit", "restore", "merge", "part", "park", "take_up")


async def curate(
    session: AsyncSession,
    workshop_id: str,
    trainer_id: str,
    contribution_id: str,
    act: str,
    text: str = "",
    into: str | None = None,
) -> None:
    """Append one act; `into` is the card that a merge leads to. Raises NotFound for a card of another workshop, Refused
    for an empty edit and for a merge with itself."""
    rev = await advance(session, workshop_id)
    contribution = await _card(session, workshop_id, contribution_id)
    if act == "merge":
        into = await _root(session, await _card(session, workshop_id, into or ""), contribution_id)
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
            into=into if act == "merge" else None,
            trainer_id=trainer_id,
            rev=rev,
        )
    )
    await session.flush()
    await follow_curation(session, contribution_id, rev)


async def merge_all(session: AsyncSession, workshop_id: str, trainer_id: str, cards: Sequence[str]) -> None:
    """The ticked cards become one, the one that came first. Raises Refused for fewer than two."""
    rows = sorted([await _card(session, workshop_id, each) for each in cards], key=lambda row: (row.created_at, row.id))
    if len(rows) < 2:
        raise Refused(N_("Tick at least two cards."), field="card")
    for row in rows[1:]:
        await curate(session, workshop_id, trainer_id, row.id, "merge", into=rows[0].id)


async def same_as(session: AsyncSession, participant: Participant, contribution_id: str, into: str) -> None:
    """The author says that the own card says what another one says: then the other one counts once more.

    Raises NotFound for a card that is not their own, or an other one of another question.
    """
    own = await _card(session, participant.workshop_id, contribution_id)
    other = await _card(session, participant.workshop_id, into)
    if own.participant_id != participant.id or own.activity_id != other.activity_id or own.withdrawn:
        raise NotFound(N_("This answer is not here any more."))
    await curate(session, participant.workshop_id, participant.id, own.id, "merge", into=other.id)


async def _card(session: AsyncSession, workshop_id: str, contribution_id: str) -> Contribution:
    contribution = await session.get(Contribution, contribution_id)
    if contribution is None or contribution.workshop_id != workshop_id:
        raise NotFound(N_("This card is not part of this workshop."))
    return contribution


async def _root(session: AsyncSession, target: Contribution, merged: str) -> str:
    """The card that stands on the wall for `target`, which may itself have been merged."""
    if target.id == merged:
        raise Refused(N_("Choose another card to merge with."), field="into")
    acts = (await session.exec(select(Curation).where(col(Curation.contribution_id) == target.id))).all()
    further = folded(acts).get("into")
    return target.id if not further else await _root(session, await session.get_one(Contribution, further), merged)
