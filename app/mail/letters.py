"""The letters, each once: what it says in both languages, as plain text and as HTML from the same template."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app import ids, render
from app.core.cadence import m2_due
from app.core.lasting import Commitment
from app.core.letter import OutgoingMail
from app.core.obstacles import LOOKED_AHEAD
from app.core.opening import midnight_after
from app.core.signing_in import Ticket
from app.mail.calendar import afspraak
from app.mail.matter import Matter, mail_domain
from app.quoting import in_first_person
from app.results.workshop_results import Standing
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.texts import say

PREFIX = "Morgen: "


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with its text; `calendar` is the text of an `.ics` file, or empty."""

    subject: str
    text: str
    html: str
    calendar: str = ""


def m0(matter: Matter) -> Written:
    """The confirmation, at once; an update when the commitment was changed."""
    act = _act(matter)
    asked = m2_due(act.starts_at, matter.pattern)
    open_until = midnight_after(matter.workshop.closed_at or matter.now, matter.zone)
    subject = N_("your commitment for %(when)s") if act.sequence == 0 else N_("changed: your commitment for %(when)s")
    written = _about(matter, "m0", subject, asked=asked, can_change=matter.now < open_until)
    return Written(
        written.subject,
        written.text,
        written.html,
        entry(act, matter.language, matter.domain, matter.link.answer).decode(),
    )


def m1(matter: Matter) -> Written:
    """The morning letter: nothing to press, only the act. The evening before for who starts early."""
    today = matter.pattern.local(matter.now).date() == _act(matter).day
    subject = N_("today at %(clock)s") if today else N_("tomorrow at %(clock)s: your commitment")
    if not today and matter.pattern.local(matter.now).date() + timedelta(days=1) != _act(matter).day:
        subject = N_("your commitment for %(when)s")
    return _about(matter, "m1", subject)


def m2(matter: Matter) -> Written:
    """The check."""
    return _about(matter, "m2", N_("did it work?"))


def m2r(matter: Matter) -> Written:
    """The one reminder."""
    return _about(matter, "m2r", N_("one last time: did it work?"))


def t1(matter: Matter, standing: Standing) -> Written:
    """The trainer's digest, and its one update in the afternoon."""
    outcome = standing.figures.outcome
    few = outcome.n < standing.figures.k
    subject = N_("%(title)s: how it went") if few else N_("%(title)s: %(done)s of %(all)s done")
    values = {"title": matter.workshop.title, "done": outcome.done, "all": outcome.n}
    return _write(
        "t1",
        matter.language,
        say(matter.language, subject, **values),
        matter=matter,
        standing=standing,
        page=f"{matter.base_url}/w/{matter.workshop.code}/trainer",
        update=matter.plan.letter == "t1u",
    )


ABOUT_AN_ACT: dict[str, Callable[[Matter], Written]] = {"m0": m0, "m1": m1, "m2": m2, "m2r": m2r}


def entry(act: Commitment, language: str, domain: str, link: str) -> bytes:
    """The commitment for a calendar, with the own answer link: the same bytes until it is changed."""
    return afspraak(
        f"{act.id}@{domain}",
        act.sequence,
        act.changed_at,
        act.starts_at,
        act.minutes,
        in_first_person(act.act, language),
        "\n".join(f"{say(language, label)}: {words}" for label, words in lines_of(act, language)),
        language,
        link,
    )


async def sign_in_mail(session: AsyncSession, settings: Settings, ticket: Ticket, link: str) -> None:
    """Queue the mail with the link and the code for a trainer; it is no letter about somebody and never waits."""
    language = ticket.trainer.language
    written = _write("sign_in", language, say(language, N_("sign in")), link=link, code=ticket.code)
    session.add(
        OutgoingMail(
            message_id=f"<sign-in.{ids.random_id()}@{mail_domain(settings)}>",
            letter="sign_in",
            to_address=ticket.trainer.email,
            subject=written.subject,
            text=written.text,
            html=written.html,
            sender_name="Morgen",
        )
    )


def _act(matter: Matter) -> Commitment:
    assert matter.commitment is not None
    return matter.commitment


def _about(matter: Matter, letter: str, subject: str, **more: Any) -> Written:
    act, zone = _act(matter), matter.zone
    local = matter.pattern.local(act.starts_at)
    at = render.clock_time(act.starts_at, matter.language, zone)
    short = f"{render.short_day(local.date(), matter.language)}, {at}"
    return _write(
        letter,
        matter.language,
        say(matter.language, subject, when=short, clock=at),
        matter=matter,
        act=act,
        zone=zone,
        link=matter.link,
        quoted=_quoted,
        lines=lines_of(act, matter.language),
        **more,
    )


def _quoted(words: str) -> str:
    return f"‘{words}’" if words else ""


def lines_of(act: Commitment, language: str) -> list[tuple[str, str]]:
    """What was typed beside the act, each under its own label."""
    in_the_way = say(language, LOOKED_AHEAD[act.obstacle]) if act.obstacle in LOOKED_AHEAD else ""
    words = ". ".join(part for part in (in_the_way, _quoted(act.obstacle_text)) if part)
    typed = (
        (N_("Where"), act.place),
        (N_("With"), act.who),
        (N_("Done when"), _quoted(act.evidence)),
        (N_("If"), words),
        (N_("Then"), _quoted(act.then)),
    )
    return [(label, text) for label, text in typed if text]


def _write(letter: str, language: str, subject: str, **context: Any) -> Written:
    html = render.part(f"letters/{letter}.html", language, medium="html", subject=subject, **context)
    text = render.part(f"letters/{letter}.html", language, medium="text", subject=subject, **context)
    return Written(PREFIX + subject, _plain(text), html)


def _plain(text: str) -> str:
    """Templates escape for HTML; the text twin takes that back, exactly once."""
    lines = [" ".join(line.split()) for line in unescape(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
