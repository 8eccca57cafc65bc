"""S9: one act, on one day, at one time, by one person; with the check on good intentions.

One form in one slot, overwritten without history. `stage` says what a tap is for: `draft` keeps what was typed,
`check` asks for the read-back, `edit` goes back to the form, `seal` is *This is my commitment*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from app import clock
from app.core.act import Fields, Hint, Verdict, check, hints
from app.core.cadence import WorkPattern, selectable_days
from app.core.drafts import CommitmentDraft
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.examples import sentence
from app.core.kind import Kind
from app.core.obstacles import LOOKED_AHEAD
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from app.core.text import Line, Text
from app.core.workdays import DaysOff, next_working_day
from app.texts import gettext_noop as N_
from app.texts import say

LIMITS = {"act": 160, "who": 40, "evidence": 120, "obstacle_text": 100, "then": 120, "name": 40}
SHORTEST = {"act": 3, "evidence": 2, "then": 2, "name": 1}
Verdicts = Literal["", "concreet", "bijna", "vrijblijvend"]
Many = Annotated[tuple[int, ...], BeforeValidator(lambda value: value if isinstance(value, list | tuple) else [value])]

Asked = Literal[
    "serves",
    "act",
    "day",
    "time",
    "minutes",
    "place",
    "who",
    "evidence",
    "leave",
    "obstacle",
    "then",
    "confidence",
    "mail",
]
SURE = 7
"""Below it the step is made smaller, or help is asked; it blocks nothing."""


class CommitmentSpec(Spec):
    fields: tuple[Asked, ...] = Field(
        default=("act", "day", "time", "who", "evidence", "leave", "obstacle", "then", "mail"),
        description="What is asked, by name; the rest gets its default.",
    )
    example: Text = Field(description="A worked example, built live by the trainer.")
    starters: dict[str, Text] = Field(default_factory=dict, description="First words of *then*, by obstacle code.")


class CommitmentEntry(Entry):
    stage: Literal["draft", "check", "edit", "seal"] = "draft"
    act: Line = ""
    day: date | None = None
    at: time | None = None
    at_other: time | None = None
    minutes: int = Field(default=30, ge=5, le=480)
    place: Line = ""
    who: Line = ""
    alone: bool = False
    serves: str = Field(default="", max_length=40)
    evidence: Line = ""
    leave: Literal["", "meeting", "mail", "chore", "nothing"] = ""
    obstacle: str = Field(default="", max_length=20)
    obstacle_text: Line = ""
    then: Line = ""
    confidence: int | None = Field(default=None, ge=0, le=10)
    name: Line = ""
    days_off: Many = ()
    verdict: Verdicts = ""
    first_verdict: Verdicts = ""
    rules: tuple[str, ...] = ()
    day_is_next: bool = True

    @property
    def clock(self) -> time | None:
        """The time typed by hand wins over the one that was picked."""
        return self.at_other or self.at


@dataclass(frozen=True, slots=True)
class CommitmentTally:
    """How many commitments stand, and the verdicts on all acts so far: no names, no texts."""

    sealed: int
    concreet: int
    bijna: int
    vrijblijvend: int
    first_concreet: int = 0
    first_drafts: int = 0

    @property
    def drafts(self) -> int:
        return self.concreet + self.bijna + self.vrijblijvend


class Commitment(Kind[CommitmentSpec, CommitmentEntry]):
    name = "commitment"
    personal = True
    at_any_time = True
    looked_ahead = LOOKED_AHEAD
    sure = SURE
    Spec = CommitmentSpec
    Entry = CommitmentEntry

    def slot(self, entry: CommitmentEntry, key: str) -> str:
        return "form"

    def is_ready(self, entry: CommitmentEntry, revealed: bool) -> bool:
        return entry.stage == "seal"

    def complete(
        self, spec: CommitmentSpec, mine: Mapping[str, CommitmentEntry], entry: CommitmentEntry, around: Surroundings
    ) -> CommitmentEntry:
        """What was typed with the verdict on it. Raises Refused when it is to be read back and something lacks."""
        before = mine.get("form")
        if entry.stage in ("seal", "edit"):
            if before is None:
                raise Refused(N_("Fill in the form first."), field="act")
            entry = before.model_copy(update={"stage": entry.stage})
        elif entry.stage == "draft" and before is not None and _says_the_same(entry, before):
            entry = entry.model_copy(update={"stage": before.stage})  # kept while typing, and on a slow line told later
        if entry.stage in ("check", "seal"):
            whole(entry, may_be_chosen(around))
        entry = entry.model_copy(update={"day_is_next": entry.day in (None, morgen(entry, around))})
        return _judged(entry, before, around.opgave)

    def example(self, spec: CommitmentSpec, number: int, language: str) -> list[dict[str, Any]]:
        """A whole form that is sealed; most of the acts are concrete."""
        act = N_("call Karin and ask for two rooms") if number % 3 else N_("look at the possibilities")
        form = {
            "stage": "check",
            "act": say(language, act),
            "day": next_working_day(clock.now().date(), DaysOff()).isoformat(),
            "at": "09:30",
            "who": f"Karin {number + 1}",
            "evidence": say(language, N_("I know: yes or no")),
            "leave": "meeting",
            "obstacle": "NIET_BEREIKT",
            "then": sentence(number, language),
            "name": f"Noor {number + 1}",
        }
        return [form, {"stage": "seal"}]

    def tally(self, spec: CommitmentSpec, shown: Sequence[Shown[CommitmentEntry]]) -> CommitmentTally:
        verdicts = [card.entry.verdict for card in shown]
        first = [card.entry.first_verdict for card in shown if card.entry.first_verdict]
        return CommitmentTally(
            sum(card.entry.stage == "seal" for card in shown),
            verdicts.count("concreet"),
            verdicts.count("bijna"),
            verdicts.count("vrijblijvend"),
            first.count("concreet"),
            len(first),
        )

    def hand_on(self, spec: CommitmentSpec, entry: CommitmentEntry) -> CommitmentDraft | None:
        if entry.stage != "seal" or entry.day is None or entry.clock is None:
            return None
        return CommitmentDraft(
            act=entry.act,
            day=entry.day,
            at=entry.clock,
            minutes=entry.minutes,
            place=entry.place,
            who=entry.who,
            alone=entry.alone,
            serves=entry.serves,
            evidence=entry.evidence,
            leave=entry.leave,
            obstacle=entry.obstacle,
            obstacle_text=entry.obstacle_text,
            then=entry.then,
            confidence=entry.confidence,
            name=entry.name,
            days_off=entry.days_off,
            day_chosen=not entry.day_is_next,
            verdict=entry.verdict,
            first_verdict=entry.first_verdict,
            rules=entry.rules,
            overruled=entry.verdict != "concreet",
        )

    def look_at(self, entry: CommitmentEntry, opgave: str = "") -> tuple[Verdict, tuple[Hint, ...]]:
        """The verdict, and at most two hints with the words they are about, for the phone's own part."""
        verdict = judge(entry, opgave)
        return verdict, hints(verdict)


FOUND = {"stage", "verdict", "first_verdict", "rules", "day_is_next"}
"""What is not typed but found."""


def _says_the_same(entry: CommitmentEntry, before: CommitmentEntry) -> bool:
    return entry.model_dump(exclude=FOUND) == before.model_dump(exclude=FOUND)


def _judged(entry: CommitmentEntry, before: CommitmentEntry | None, opgave: str) -> CommitmentEntry:
    """The entry with the verdict on its sentence, if it has one, and the very first verdict."""
    found = judge(entry, opgave) if entry.act else None
    verdict = found.verdict if found else ""
    return entry.model_copy(
        update={
            "verdict": verdict,
            "first_verdict": (before.first_verdict if before else "") or verdict,
            "rules": tuple(hit.rule for hit in found.hits) if found else (),
            "stage": "draft" if entry.stage == "edit" else entry.stage,
        }
    )


def judge(entry: CommitmentEntry, opgave: str) -> Verdict:
    """The form answers for day, time and person, also on a screen that is still to come: a sentence is not blamed for
    what is asked next. The language of the sentence decides."""
    given = Fields(
        date=True,
        time=True,
        who=entry.who or not entry.alone,
        alone=entry.alone,
        place=bool(entry.place),
        minutes=entry.minutes,
        later=not entry.day_is_next,
    )
    return check(entry.act, opgave=opgave, fields=given)


def morgen(entry: CommitmentEntry, around: Surroundings) -> date:
    """The next working day of this person."""
    return next_working_day(around.now.date(), around.days_off, frozenset(entry.days_off))


def may_be_chosen(around: Surroundings) -> frozenset[date]:
    """Today, the next seven days, and *morgen* where that lies further off."""
    zone = around.now.tzinfo if isinstance(around.now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    choices = selectable_days(around.now, WorkPattern(zone, around.days_off))
    return frozenset({around.now.date(), *(choice.day for choice in choices)})


def whole(entry: CommitmentEntry, days: frozenset[date]) -> None:
    """Raises Refused that names the first field which lacks or does not fit."""
    for field, message in (
        ("act", N_("What exactly will you do? Write one sentence.")),
        ("day", N_("Choose a day.")),
        ("clock", N_("Choose a time.")),
    ):
        if not getattr(entry, field):
            raise Refused(message, field="day" if field == "clock" else field)
    if entry.day not in days:
        raise Refused(N_("Choose a day within a week from now."), field="day")
    if not entry.who and not entry.alone:
        raise Refused(N_("With whom? Or tick that you do it alone."), field="who")
    _texts(entry)


def _texts(entry: CommitmentEntry) -> None:
    if not entry.evidence:
        raise Refused(N_("How will you see that it is done?"), field="evidence")
    if entry.evidence.casefold() == entry.act.casefold():
        raise Refused(N_("That is what you do. What can somebody else see or count?"), field="evidence")
    if not entry.obstacle and not entry.obstacle_text:
        raise Refused(N_("What may get in the way? Choose one."), field="obstacle")
    if entry.obstacle and entry.obstacle not in LOOKED_AHEAD:
        raise Refused(N_("Choose one of the answers."), field="obstacle")
    if not entry.then:
        raise Refused(N_("And what do you do then?"), field="then")
    if entry.then.casefold() == entry.act.casefold():
        raise Refused(N_("That is the same. What will you do differently?"), field="then")
    if not entry.name:
        raise Refused(N_("What is your first name?"), field="name")
    for field, most in LIMITS.items():
        if len(getattr(entry, field)) > most:
            raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=most)
    for field, least in SHORTEST.items():
        if len(getattr(entry, field)) < least:
            raise Refused(N_("That is too short. Will you understand it tomorrow?"), field=field)
