"""S9: one act, on one day, at one time, by one person; with the check on good intentions.

One form in one slot, overwritten without history. `stage` says what a tap is for: `draft` keeps what was typed,
`check` asks for the read-back, `edit` goes back to the form, `seal` is *This is my commitment*.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.activities.commitment.form import CommitmentEntry, CommitmentSpec, says_the_same
from app.activities.commitment.read_back import may_be_chosen, morgen, whole
from app.activities.commitment.tally import CommitmentTally, counted
from app.activities.commitment.verdict import judge, judged
from app.core.act import Hint, Verdict, hints
from app.core.drafts import CommitmentDraft
from app.core.errors import Refused
from app.core.examples import sentence
from app.core.kind import Kind
from app.core.obstacles import LOOKED_AHEAD
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from app.core.workdays import DaysOff, next_working_day
from app.texts import gettext_noop as N_
from app.texts import say

SURE = 7
"""Below it the step is made smaller, or help is asked; it blocks nothing."""


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
        elif entry.stage == "draft" and before is not None and says_the_same(entry, before):
            entry = entry.model_copy(update={"stage": before.stage})  # kept while typing, and on a slow line told later
        if entry.stage in ("check", "seal"):
            whole(entry, may_be_chosen(around))
        entry = entry.model_copy(update={"day_is_next": entry.day in (None, morgen(entry, around))})
        return judged(entry, before, around.opgave)

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
        return counted(shown)

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
