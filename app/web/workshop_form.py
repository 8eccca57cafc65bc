"""The form of a new workshop: what was typed, and the plan it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from app import clock
from app.core.conditions_letter import Contact
from app.core.errors import Refused
from app.core.example_opgaven import example_opgaven
from app.core.lasting import Opgave, Party
from app.core.making import Plan
from app.core.naming import Commissioner
from app.core.people import MOST_TABLES
from app.core.text import clean, one_line, whole
from app.core.workshop import Workshop
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_

MOST_PARTIES = 12
MOST_LINKS = 6
MOST_LINES, MOST_IN_LINE = 5, 200
EXTRA = ("place", "why", "school_holidays", "commissioner_name", "commissioner")
"""What may be left out, and folds away in the form."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as text, so that a refused form comes back as it was."""

    title: str = ""
    organisation: str = ""
    date: str = ""
    time: str = ""
    time_zone: str = "Europe/Amsterdam"
    language: str = "nl"
    opgave: str = ""
    opgave_en: str = ""
    parties: str = ""
    reading: str = ""
    tables: str = "0"
    place: str = ""
    why: str = ""
    school_holidays: str = ""
    commissioner_name: str = ""
    commissioner: str = ""
    commissioner_language: str = ""

    @property
    def has_extra(self) -> bool:
        return any(getattr(self, name) for name in EXTRA)

    @classmethod
    def fresh(cls, language: str, organisation: str, time_zone: str) -> "Typed":
        tomorrow = clock.now().astimezone(ZoneInfo(time_zone)).date() + timedelta(days=1)
        return cls(
            organisation=organisation, date=tomorrow.isoformat(), time="13:00", time_zone=time_zone, language=language
        )

    def with_example(self, key: str) -> "Typed":
        """With the opgave and the parties of a shipped example, in the language of the room."""
        found = next((each for each in example_opgaven() if each.key == key), None)
        if found is None:
            return self
        parties = [f"{party.name.in_(self.language)}: {party.goal.in_(self.language)}" for party in found.parties]
        return replace(self, opgave=found.opgave.nl, opgave_en=found.opgave.en, parties="\n".join(parties))

    @classmethod
    def of(
        cls, workshop: Workshop, opgave: Opgave | None, parties: Iterable[Party], commissioner: Contact | None
    ) -> "Typed":
        """As it would have been typed."""
        starts = workshop.starts_at.astimezone(ZoneInfo(workshop.time_zone))
        return cls(
            title=workshop.title,
            date=starts.date().isoformat(),
            time=starts.strftime("%H:%M"),
            time_zone=workshop.time_zone,
            language=workshop.language,
            opgave=opgave.text if opgave else "",
            opgave_en=opgave.text_en if opgave else "",
            parties="\n".join(f"{each.name}: {each.goal}" if each.goal else each.name for each in parties),
            tables=str(workshop.tables),
            place=workshop.place,
            why=workshop.why,
            school_holidays="yes" if workshop.school_holidays else "",
            commissioner_name=commissioner.name if commissioner else "",
            commissioner=commissioner.address if commissioner else "",
            commissioner_language=commissioner.language if commissioner else "",
        )

    @classmethod
    def read(cls, form: Mapping[str, Any]) -> "Typed":
        lines = {"parties", "reading", "why"}
        return cls(
            **{
                name: str((clean if name in lines else one_line)(form.get(name, "")))[:2000]
                for name in cls.__dataclass_fields__
            }
        )


def plan_of(typed: Typed, organisation_id: str) -> Plan:
    """Raises Refused that names the field to mend."""
    if typed.language not in LANGUAGES:
        raise Refused(N_("Choose Dutch or English."), field="language")
    return Plan(
        organisation_id=organisation_id,
        title=typed.title[:200],
        starts_at=_start(typed),
        time_zone=typed.time_zone,
        language=typed.language,
        opgave=typed.opgave,
        opgave_en=typed.opgave_en,
        parties=_parties(typed.parties),
        reading=_links(typed.reading),
        tables=_tables(typed.tables),
        place=typed.place[:200],
        why=_why(typed.why),
        school_holidays=bool(typed.school_holidays),
        commissioner=Commissioner(
            typed.commissioner_name, typed.commissioner, typed.commissioner_language or typed.language
        ),
    )


def _start(typed: Typed) -> datetime:
    if typed.time_zone not in available_timezones():
        raise Refused(N_("This time zone does not exist. Choose one like Europe/Amsterdam."), field="time_zone")
    try:
        day, hour = date.fromisoformat(typed.date), time.fromisoformat(typed.time)
    except ValueError as error:
        raise Refused(N_("Choose a date and a time."), field="date") from error
    return datetime.combine(day, hour.replace(tzinfo=None), ZoneInfo(typed.time_zone))


def _tables(text: str) -> int:
    if not text:
        return 0
    tables = whole(text)
    if tables is None or tables > MOST_TABLES:
        raise Refused(N_("Choose a number from 0 to %(most)s."), field="tables", most=MOST_TABLES)
    return tables


def _why(text: str) -> str:
    """At most five lines, each short enough to be read as one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(N_("Say why in at most %(most)s lines."), field="why", most=MOST_LINES)
    if any(len(line) > MOST_IN_LINE for line in lines):
        raise Refused(N_("Make each line of the why shorter: at most %(most)s signs."), field="why", most=MOST_IN_LINE)
    return "\n".join(lines)


def _parties(text: str) -> tuple[tuple[str, str], ...]:
    """One party a line: `name: its own goal`."""
    pairs = [line.partition(":") for line in text.splitlines() if line.strip()]
    return tuple((name.strip()[:60], goal.strip()[:160]) for name, _, goal in pairs)[:MOST_PARTIES]


def _links(text: str) -> tuple[dict[str, str], ...]:
    """One link a line: `https://… its title`."""
    found = []
    for line in text.splitlines():
        address, _, title = line.strip().partition(" ")
        if not address:
            continue
        if not address.startswith(("https://", "http://")):
            raise Refused(N_("A link starts with https://. Put one on each line."), field="reading")
        found.append({"url": address[:500], "title": title.strip()[:120] or address[:120]})
    return tuple(found[:MOST_LINKS])
