"""The letters to people outside the room: what keeps each from going, looked up once more when it is due."""

from collections.abc import Awaitable, Callable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.conditions_contents import contents_of
from app.core.letter import PlannedLetter
from app.core.opening import begins_at
from app.mail import conditions
from app.mail.conditions import Outside, promises_to_ask
from app.mail.matter import Matter
from app.mail.writing import Letter, Written
from app.results.workshop_results import standing

Rule = Callable[[AsyncSession, Outside], Awaitable[str]]


async def _outside(session: AsyncSession, matter: Matter) -> Outside:
    assert matter.contact is not None
    contents = await contents_of(session, matter.workshop, matter.contact)
    return Outside(matter.contact, contents, matter.pattern, matter.base_url, matter.now)


def _unless(rule: Rule) -> Callable[[AsyncSession, Matter], Awaitable[str]]:
    """What holds for every letter, then the letter's own rule."""

    async def obstruction(session: AsyncSession, matter: Matter) -> str:
        contact = matter.contact
        if contact is None or not contact.address or matter.plan.key.split(":")[2] != str(contact.link_epoch):
            return "nobody to write to any more"
        if contact.stopped_at is not None:
            return "stopped"
        return await rule(session, await _outside(session, matter))

    return obstruction


async def _begun(session: AsyncSession, to: Outside) -> str:
    return "its moment was past" if to.now >= begins_at(to.contents.workshop) else ""


async def _not_asked(session: AsyncSession, to: Outside) -> str:
    return "" if to.contents.is_sent and to.contents.asked else "nothing to ask"


async def _answered(session: AsyncSession, to: Outside) -> str:
    """The one reminder goes when a letter went and nothing at all was answered."""
    asked = select(PlannedLetter.id).where(
        col(PlannedLetter.contact_id) == to.contact.id,
        col(PlannedLetter.letter) == "cv",
        col(PlannedLetter.state) == "sent",
    )
    if (await session.exec(asked)).first() is None:
        return "nothing was asked"
    answers = [answer for each in to.contents.asked for answer in each.answers]
    if to.contents.is_for_owner:
        told = any(answer.contact_id == to.contact.id for answer in answers)
    else:
        told = any(answer.source != "room" for answer in answers)
    return "answered" if told else await _not_asked(session, to)


async def _no_promise(session: AsyncSession, to: Outside) -> str:
    return "" if promises_to_ask(to) else "nothing was promised"


async def _too_few(session: AsyncSession, to: Outside) -> str:
    """Below k, and where everybody did the same: then a total tells what each person did."""
    figures = (await standing(session, to.contents.workshop)).figures
    if figures.outcome.answered < figures.k:
        return "fewer than k"
    return "" if figures.shows_outcome else "everybody the same"


def _of(write: Callable[[Outside], Written]) -> Callable[[AsyncSession, Matter], Awaitable[Written]]:
    async def written(session: AsyncSession, matter: Matter) -> Written:
        return write(await _outside(session, matter))

    return written


async def _totals(session: AsyncSession, matter: Matter) -> Written:
    figures = (await standing(session, matter.workshop)).figures
    return conditions.totals(await _outside(session, matter), figures, month=matter.plan.letter == "ct3")


LETTERS: tuple[Letter, ...] = (
    Letter("c0", _unless(_begun), _of(conditions.notice)),
    Letter("cv", _unless(_not_asked), _of(conditions.letter)),
    Letter("cvr", _unless(_answered), _of(conditions.reminder)),
    Letter("c1", _unless(_no_promise), _of(conditions.first_became)),
    Letter("c2", _unless(_no_promise), _of(conditions.last_became)),
    Letter("ct2", _unless(_too_few), _totals),
    Letter("ct3", _unless(_too_few), _totals),
)
