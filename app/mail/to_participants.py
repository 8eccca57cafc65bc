"""The letters to the people of the room: what each says, and what keeps it from going."""

from datetime import timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app import render
from app.core.cadence import m2_due
from app.core.lasting import Commitment, Gap
from app.core.later_check_in import own_conditions
from app.core.opening import midnight_after
from app.core.opgaven import present_opgave
from app.core.point_answers import answers_for
from app.core.retention import what_goes_when
from app.mail import obstruction
from app.mail.letters import entry, lines_of
from app.mail.matter import Matter
from app.mail.writing import Letter, Written, quoted, write
from app.texts import gettext_noop as N_
from app.texts import say


async def m0(session: AsyncSession, matter: Matter) -> Written:
    """The confirmation, at once; an update when the commitment was changed."""
    act = _act(matter)
    asked = m2_due(act.starts_at, matter.pattern)
    open_until = midnight_after(matter.workshop.closed_at or matter.now, matter.zone)
    subject = N_("your commitment for %(when)s") if act.sequence == 0 else N_("changed: your commitment for %(when)s")
    written = about_act(matter, "m0", subject, asked=asked, can_change=matter.now < open_until)
    calendar = entry(act, matter.language, matter.domain, matter.link.answer).decode()
    return Written(written.subject, written.text, written.html, calendar)


async def m1(session: AsyncSession, matter: Matter) -> Written:
    """The morning letter: nothing to press, only the act. The evening before for who starts early."""
    today = matter.pattern.local(matter.now).date() == _act(matter).day
    subject = N_("today at %(clock)s") if today else N_("tomorrow at %(clock)s: your commitment")
    if not today and matter.pattern.local(matter.now).date() + timedelta(days=1) != _act(matter).day:
        subject = N_("your commitment for %(when)s")
    return about_act(matter, "m1", subject)


async def m2(session: AsyncSession, matter: Matter) -> Written:
    """The check."""
    return about_act(matter, "m2", N_("did it work?"))


async def m2r(session: AsyncSession, matter: Matter) -> Written:
    """The one reminder."""
    return about_act(matter, "m2r", N_("one last time: did it work?"))


async def m3(session: AsyncSession, matter: Matter) -> Written:
    """A week later: whether they still work this way, and what became of what they need."""
    told = await answers_for(session, matter.workshop.id)
    assert matter.person is not None
    own = [(quoted(each.text), told.get(each.id)) for each in await own_conditions(session, matter.person.id)]
    return about_act(matter, "m3", N_("one week later"), conditions=own, asks_again=bool(told))


async def mstop(session: AsyncSession, matter: Matter) -> Written:
    """The farewell, after two questions without an answer: nothing to press."""
    stays = (await what_goes_when(session, matter.workshop)).texts
    return about_act(matter, "mstop", N_("I stop mailing"), stays=stays)


async def m4(session: AsyncSession, matter: Matter) -> Written:
    """Four weeks later: where the opgave stands now, beside what the room said."""
    opgave = await present_opgave(session, matter.workshop.id)
    return about_act(
        matter,
        "m4",
        N_("four weeks later: where are we now?"),
        gap=await session.get(Gap, matter.workshop.id),
        opgave=quoted(opgave.in_(matter.language)) if opgave else "",
    )


def about_act(matter: Matter, letter: str, subject: str, **more: Any) -> Written:
    act, zone = _act(matter), matter.zone
    local = matter.pattern.local(act.starts_at)
    at = render.clock_time(act.starts_at, matter.language, zone)
    short = f"{render.short_day(local.date(), matter.language)}, {at}"
    return write(
        letter,
        matter.language,
        say(matter.language, subject, when=short, clock=at),
        matter=matter,
        act=act,
        zone=zone,
        link=matter.link,
        quoted=quoted,
        lines=lines_of(act, matter.language),
        **more,
    )


def _act(matter: Matter) -> Commitment:
    assert matter.commitment is not None
    return matter.commitment


LETTERS = (
    Letter("m0", obstruction.of_confirmation, m0),
    Letter("m1", obstruction.of_morning, m1),
    Letter("m2", obstruction.of_check, m2),
    Letter("m2r", obstruction.of_reminder, m2r),
    Letter("m3", obstruction.of_week, m3),
    Letter("mstop", obstruction.of_farewell, mstop),
    Letter("m4", obstruction.of_month, m4),
)
