"""The opgave in one sentence: drafted in parts, chosen with dots, edited on stage by the trainer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.activities.statement.allowing import allow_draft, allow_vote
from app.activities.statement.form import StatementEntry, StatementSpec, pieces
from app.activities.statement.sentence import compose
from app.activities.statement.tally import Drafted, StatementTally, counted, fitting
from app.core.drafts import NeedDraft, OpgaveDraft, Settlement
from app.core.kind import Kind
from app.core.opgave_hints import Hint, hints
from app.core.shown import Shown
from app.core.surroundings import Surroundings
from app.core.text import Text
from app.texts import gettext_noop as N_
from app.texts import say

INFORMATION = N_("Find out how it is now: %(what)s")


class Statement(Kind[StatementSpec, StatementEntry]):
    name = "statement"
    Spec = StatementSpec
    Entry = StatementEntry

    def slot(self, entry: StatementEntry, key: str) -> str:
        return "vote" if entry.vote else "draft"

    def allow(self, spec: StatementSpec, mine: Mapping[str, StatementEntry], entry: StatementEntry) -> None:
        if entry.vote:
            allow_vote(spec, entry)
        else:
            allow_draft(spec, entry)

    def complete(
        self, spec: StatementSpec, mine: Mapping[str, StatementEntry], entry: StatementEntry, around: Surroundings
    ) -> StatementEntry:
        if entry.vote:
            return StatementEntry(vote=True, pick=tuple(dict.fromkeys(entry.pick)))
        return entry.model_copy(update={"text": compose(spec, entry), "pick": ()})

    def needs_pen(self, entry: StatementEntry) -> bool:
        return not entry.vote

    def is_ready(self, entry: StatementEntry, revealed: bool) -> bool:
        """With a sentence; once the sentences can be chosen from, with dots."""
        return entry.vote is revealed

    def example(self, spec: StatementSpec, number: int, language: str) -> list[dict[str, Any]]:
        said: dict[str, Any] = {part.key: part.placeholder.in_(language) for part in spec.parts}
        return [said | {"what": f"{said['what']} ({number + 1})"}]

    def tally(self, spec: StatementSpec, shown: Sequence[Shown[StatementEntry]]) -> StatementTally:
        return counted(spec, shown)

    def fitting(self, spec: StatementSpec, tally: StatementTally, language: str) -> list[Drafted]:
        """The strongest sentences that the projector shows whole: it has no scroll bar."""
        return fitting(tally, spec.question.in_(language))

    def settle(self, spec: StatementSpec, tally: StatementTally) -> Iterable[Settlement]:
        """The one with most dots. Without dots nobody chose, so only a single draft can be it."""
        best = next(iter(tally.ranked), None)
        if best and (best.dots or len(tally.drafts) == 1):
            yield OpgaveDraft(best.text, best.id)

    def hand_on(self, spec: StatementSpec, entry: StatementEntry) -> NeedDraft | None:
        """What nobody knows yet is a need for information."""
        if not entry.unknown or entry.vote:
            return None
        return NeedDraft("INFORMATIE", say(entry.language, INFORMATION, what=entry.what))

    def card_text(self, entry: StatementEntry) -> str | None:
        return entry.text or None

    def frame(self, spec: StatementSpec, language: str) -> Iterator[tuple[str, Text | None]]:
        """The empty sentence: text, and the label of the place that follows it."""
        labels: dict[str, Text] = {part.key: part.label for part in spec.parts}
        for text, place in pieces(spec.frame.in_(language)):
            yield text, labels.get(place)

    def advice(self, tally: StatementTally, language: str) -> tuple[Hint, ...]:
        """What would make the leading sentence more concrete, for the trainer."""
        return hints(tally.ranked[0].text, language) if tally.drafts else ()
