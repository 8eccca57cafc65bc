"""The letters to people outside the room: the notice, the letter with its points, its reminder, what became of it, and
the totals. Each says what it asks, and how to have no more of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, links
from app.core.cadence import WorkPattern
from app.core.conditions_contents import Contents
from app.core.conditions_letter import Contact
from app.core.opening import begins_at
from app.core.planning import work_pattern
from app.core.point_answers import AnsweredPoint, promised_by
from app.mail.writing import Written, write
from app.results.rates import Standing
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.texts import say


@dataclass(frozen=True, slots=True)
class Outside:
    """One contact and the letter as they may read it. `goes` is when the letter of the points went, or goes."""

    contact: Contact
    contents: Contents
    pattern: WorkPattern
    base_url: str
    now: datetime
    goes: datetime | None = None

    @property
    def language(self) -> str:
        return self.contact.language

    @property
    def door(self) -> str:
        return f"{self.base_url}/c/{self._token}"

    @property
    def stop(self) -> str:
        return f"{self.base_url}/u/c/{self._token}"

    @property
    def day(self) -> date:
        """The day of the workshop, on its own clock."""
        return self.pattern.local(begins_at(self.contents.workshop)).date()

    @property
    def was_today(self) -> bool:
        return self.pattern.local(self.goes or self.now).date() == self.day

    @property
    def _token(self) -> str:
        return links.sign("contact", self.contact.id, self.contact.link_epoch)


async def outside(
    session: AsyncSession,
    base_url: str,
    contents: Contents,
    contact: Contact | None = None,
    goes: datetime | None = None,
) -> Outside:
    """Before anybody was named: as it would look for whoever comes."""
    workshop = contents.workshop
    contact = contact or contents.contact
    contact = contact or Contact(
        workshop_id=workshop.id, role="commissioner", name="", address="", language=workshop.language
    )
    pattern = await work_pattern(session, workshop, None)
    return Outside(contact, contents, pattern, base_url, clock.at(workshop), goes)


async def written_preview(session: AsyncSession, settings: Settings, contents: Contents) -> Written:
    """The letter as it will go."""
    return letter(await outside(session, settings.address, contents))


def notice(to: Outside) -> Written:
    """Beforehand: what will come, and how little time it takes."""
    return _write("notice", to, N_("a letter comes after “%(title)s”"))


def letter(to: Outside) -> Written:
    """The points, at most five, each with its size, its date and how many people named it."""
    if to.contents.is_for_owner:
        return _write("owner", to, N_("a question from “%(title)s”"))
    return _write("letter", to, N_("what “%(title)s” needs from you"))


def reminder(to: Outside) -> Written:
    """Once, when nothing was answered."""
    return _write("reminder", to, N_("one more time: what “%(title)s” needs from you"))


def first_became(to: Outside) -> Written:
    """What became of the promises, after a week."""
    return _write("became", to, N_("a week later: what became of it?"), promises=promises_to_ask(to), last=False)


def last_became(to: Outside) -> Written:
    """And after four weeks, for the last time."""
    subject = N_("four weeks later: what became of it?")
    return _write("became", to, subject, promises=promises_to_ask(to), last=True)


def totals(to: Outside, standing: Standing, month: bool) -> Written:
    """Numbers only, together with the participants."""
    return _write("totals", to, N_("how it went after “%(title)s”"), figures=standing, month=month)


def promises_to_ask(to: Outside) -> tuple[AnsweredPoint, ...]:
    """Own promises that were not told to be met."""
    own = promised_by(to.contents.asked + to.contents.annex, to.contact)
    return tuple(each for each in own if each.outcome is None or each.outcome.answer != "met")


def _write(name: str, to: Outside, subject: str, **more: Any) -> Written:
    told = say(to.language, subject, title=to.contents.workshop.title)
    return write(
        f"conditions/{name}", to.language, told, to=to, it=to.contents, zone=to.contents.workshop.time_zone, **more
    )
