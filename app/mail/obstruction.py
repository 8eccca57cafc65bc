"""Why a letter to a participant does not go after all, looked up once more when it is due. Empty: it goes."""

from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.cadence import late_answer_deadline
from app.core.later_check_in import later_answers, weeks_of
from app.core.letter import PlannedLetter
from app.core.letters_sent import GIVES_WAY_TO, LATER_ONES, has_room
from app.mail.matter import Matter

REMINDER_AFTER = timedelta(hours=3)
"""So long after the check at least: a server that was down must not ask twice in one minute."""
PAST, NO_ROOM = "its moment was past", "no room left"


async def of_confirmation(session: AsyncSession, matter: Matter) -> str:
    """The first one always goes; an update of it leaves room for the questions."""
    act = matter.commitment
    if reason := _always(matter):
        return reason
    if act and int(matter.plan.key.split(":")[2]) != act.sequence:
        return "changed"
    return await _no_room(session, matter) if act and act.sequence else ""


async def of_morning(session: AsyncSession, matter: Matter) -> str:
    act = matter.commitment
    if reason := _always(matter):
        return reason
    return PAST if act and matter.now >= act.starts_at else await _no_room(session, matter)


async def of_check(session: AsyncSession, matter: Matter) -> str:
    if reason := _always(matter):
        return reason
    if matter.answer is not None:
        return "answered"
    act = matter.commitment
    if act and matter.now >= late_answer_deadline(act.day, matter.pattern):
        return PAST
    return await _no_room(session, matter, LATER_ONES if act and act.next_after else ())


async def of_reminder(session: AsyncSession, matter: Matter) -> str:
    """The reminder comes only after a check that was sent, and not on its heels."""
    if reason := await of_check(session, matter):
        return reason
    check = await _plan(session, matter, "m2")
    if check is None or check.state != "sent" or check.settled_at is None:
        return "nothing was asked"
    return "the check was sent just now" if matter.now - check.settled_at < REMINDER_AFTER else ""


async def of_week(session: AsyncSession, matter: Matter) -> str:
    if reason := await _later(session, matter):
        return reason
    return "two questions without an answer" if await _silent(session, matter) else await _no_room(session, matter)


async def of_farewell(session: AsyncSession, matter: Matter) -> str:
    """Instead of the question after a week, for who answered neither the check nor the reminder."""
    if reason := await _later(session, matter):
        return reason
    return await _no_room(session, matter) if await _silent(session, matter) else "still answering"


async def of_month(session: AsyncSession, matter: Matter) -> str:
    if reason := await _later(session, matter):
        return reason
    farewell = await _plan(session, matter, "mstop")
    if farewell is not None and farewell.state == "sent":
        return "stopped after two questions without an answer"
    return await _no_room(session, matter)


async def _later(session: AsyncSession, matter: Matter) -> str:
    """What keeps every question after a week and after four weeks from being asked."""
    if reason := _always(matter, later=True):
        return reason
    act, person, letter = matter.commitment, matter.person, matter.plan.letter
    asked = "m3" if letter == "mstop" else letter
    assert person is not None
    if act and not (await weeks_of(session, matter.workshop, person, act.starts_at)).asks(asked, matter.now):
        return PAST
    return "answered" if asked in await later_answers(session, person.id) else ""


async def _silent(session: AsyncSession, matter: Matter) -> bool:
    """Whether check and reminder went and nothing came back, about this act or the one planned in its place."""
    sent = [await _plan(session, matter, letter) for letter in ("m2", "m2r")]
    return matter.answer is None and all(plan is not None and plan.state == "sent" for plan in sent)


async def _plan(session: AsyncSession, matter: Matter, letter: str) -> PlannedLetter | None:
    statement = select(PlannedLetter).where(col(PlannedLetter.key) == f"{letter}:{matter.plan.commitment_id}")
    return (await session.exec(statement)).first()


async def _no_room(session: AsyncSession, matter: Matter, gives_way: tuple[str, ...] = ()) -> str:
    assert matter.address is not None
    gives_way = gives_way or GIVES_WAY_TO.get(matter.plan.letter, ())
    return "" if await has_room(session, matter.address, gives_way) else NO_ROOM


def _always(matter: Matter, later: bool = False) -> str:
    person, act, address = matter.person, matter.commitment, matter.address
    if person is None or person.removed_at or person.merged_into:
        return "not a participant any more"
    if act is None or act.withdrawn:
        return "withdrawn"
    if act.participant_id != person.id:
        return "the act of somebody else"
    if address is None or address.stopped_at is not None:
        return "no mail wanted"
    return "" if (address.wants_later if later else address.wants_check) else "no mail wanted"
