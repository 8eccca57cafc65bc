"""The letter by which a trainer invites people, from their own mail; and the workshop as an entry in a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from app.core.workshop import Workshop
from app.render import clock_time, day
from app.texts import gettext_noop as N_
from app.texts import say


@dataclass(frozen=True, slots=True)
class Around:
    """What an invitation needs beside the workshop: the opgave as it was given (or empty), who invites, and links."""

    opgave: str
    trainer: str
    join: str
    calendar: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Invitation:
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Opens the letter in the trainer's own mail program; lines end as RFC 6068 asks."""
        body = self.text.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.subject, safe='')}&body={quote(body, safe='')}"


def invitation(workshop: Workshop, around: Around, language: str) -> Invitation:
    """In plain text. What the trainer typed is quoted as it stands."""
    subject = say(
        language,
        N_("Invitation: %(title)s, %(day)s"),
        title=workshop.title,
        day=day(workshop.starts_at, language, workshop.time_zone),
    )
    return Invitation(subject, "\n\n".join(_paragraphs(workshop, around, language)))


def _paragraphs(workshop: Workshop, around: Around, language: str) -> Iterator[str]:
    yield say(language, N_("Hello,"))
    yield say(language, N_("I invite you to this workshop: %(title)s."), title=workshop.title)
    if workshop.why:
        yield say(language, N_("Why:")) + "\n" + workshop.why
    if around.opgave:
        yield say(language, N_("We work on this: “%(opgave)s”"), opgave=around.opgave)
    yield "\n".join(facts(workshop, language))
    yield say(language, N_("Bring a phone with internet. You need no app and no account."))
    yield say(language, N_("Do you join by video? Open this on your phone when we begin:")) + "\n" + around.join
    yield "\n".join(say(language, line) for line in ASKED)
    yield say(language, N_("Put it in your calendar:")) + "\n" + around.calendar
    yield say(language, N_("What we keep, and how you delete it:")) + "\n" + around.privacy
    yield say(language, N_("See you then,")) + "\n" + around.trainer


ASKED = (
    N_("It is an experiment: does one workshop lead to something that you do the next working day?"),
    N_("I ask one thing of you. At the end you choose one act that you do yourself on that day."),
    N_("You may get mails that ask whether it worked. You choose that yourself, and you can stop at any time."),
    N_("Your employer never sees what became of your act. Only counts of the whole group are shown."),
)


def facts(workshop: Workshop, language: str) -> list[str]:
    """When and where, a line each."""
    ends = workshop.starts_at + timedelta(minutes=workshop.minutes)
    zone = workshop.time_zone
    when = say(
        language,
        N_("When: %(day)s, from %(start)s to %(end)s"),
        day=day(workshop.starts_at, language, zone),
        start=clock_time(workshop.starts_at, language, zone),
        end=clock_time(ends, language, zone),
    )
    place = [say(language, N_("Where: %(place)s"), place=workshop.place)] if workshop.place else []
    return [when, *place]
