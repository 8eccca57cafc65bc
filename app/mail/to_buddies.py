"""The letters to the buddy of who made a commitment: that it was made, and that it is answered. What the answer is
stands only on the buddy's page, which closes when one of the two ends it: a mailbox at work keeps mails."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from app import links
from app.core.letters_sent import MOST_TO_BUDDY, went
from app.core.participant import Buddy, Participant
from app.mail.matter import Matter
from app.mail.obstruction import NO_ROOM, PAST
from app.mail.writing import Letter, Written, quoted, write
from app.texts import gettext_noop as N_
from app.texts import say


async def m0b(session: AsyncSession, matter: Matter) -> Written:
    """What the other one will do, and the one thing to do for the buddy."""
    return await _about(session, matter, N_("%(name)s chose you as buddy"))


async def m2b(session: AsyncSession, matter: Matter) -> Written:
    """That there is an answer."""
    return await _about(session, matter, N_("%(name)s told whether it worked"))


async def _about(session: AsyncSession, matter: Matter, subject: str) -> Written:
    act = matter.commitment
    assert act is not None
    asked = await session.get_one(Participant, act.participant_id)
    name = asked.name or say(matter.language, N_("somebody from the workshop"))
    return write(
        matter.plan.letter,
        matter.language,
        say(matter.language, subject, name=name),
        matter=matter,
        link=matter.link,
        name=name,
        act=act,
        over=act.starts_at + timedelta(minutes=act.minutes),
        zone=matter.zone,
        quoted=quoted,
        page=f"{matter.base_url}/b/{links.sign('buddy', asked.id, asked.link_epoch)}",
    )


async def _of_news(session: AsyncSession, matter: Matter) -> str:
    if reason := await _always(session, matter):
        return reason
    return PAST if matter.commitment and matter.now >= matter.commitment.starts_at else ""


async def _of_answer(session: AsyncSession, matter: Matter) -> str:
    if reason := await _always(session, matter):
        return reason
    return "" if matter.answer is not None and matter.answer.answer else "no answer"


async def _always(session: AsyncSession, matter: Matter) -> str:
    buddy, act, address = matter.person, matter.commitment, matter.address
    if act is None or act.withdrawn:
        return "withdrawn"
    for each in (buddy, await session.get(Participant, act.participant_id)):
        if each is None or each.removed_at or each.merged_into:
            return "not a participant any more"
    pair = await session.get(Buddy, act.participant_id)
    if pair is None or not pair.agreed or pair.withdrawn or pair.buddy_id != matter.plan.participant_id:
        return "no buddies any more"
    if address is None or address.stopped_at is not None:
        return "no mail wanted"
    return NO_ROOM if await went(session, address, to_buddy=True) >= MOST_TO_BUDDY else ""


LETTERS = (Letter("m0b", _of_news, m0b), Letter("m2b", _of_answer, m2b))
