"""Some dots each, to spend on a list: what is missing most?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.core.drafts import NeedsDraft, Settlement
from app.core.entry import Entry, Spec
from app.core.errors import Refused
from app.core.kind import Kind
from app.core.shown import Shown
from app.core.surroundings import Made
from app.core.text import Text
from app.texts import gettext_noop as N_

ROOM, ROW, GAP, QUESTION_ROW = 27.5, 2.75, 1.1, 4.7
"""In hundredths of the projector's width: what lies under a question of one row, a row of a label, the space between
two bars, and each further row of the question. See `charts.css`."""
LABEL_CHARACTERS, QUESTION_CHARACTERS = 27, 40
Dots = Annotated[int, Field(ge=0, le=20)]


class DotsOption(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[\w-]{1,41}$", description="Of the need in the script, or the id of one on a card.")
    type: str = "ANDERS"
    label: Text
    hint: Text | None = None


class DotsSpec(Spec):
    options: tuple[DotsOption, ...] = Field(default=(), max_length=12)
    options_from: Literal["", "needs"] = Field(default="", description="Instead of options: what stands on the cards.")
    most_options: int = Field(default=12, ge=2, le=12)
    dots: int = Field(default=3, ge=1, le=20, description="How many each person has.")
    most_per_option: int = Field(default=20, ge=1, le=20)

    @model_validator(mode="after")
    def _fits(self) -> "DotsSpec":
        if len({option.key for option in self.options}) < len(self.options):
            raise ValueError(N_("Two options have the same key."))
        if len(self.options) < 2 and not self.options_from:
            raise ValueError(N_("There is nothing to choose from: give two options at least."))
        return self


class DotsEntry(Entry):
    dots: dict[str, Dots] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DotsBar:
    """`share` is 0 to 1 of the longest bar."""

    key: str
    type: str
    label: Text
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class DotsTally:
    bars: tuple[DotsBar, ...]
    count: int


class DotsKind(Kind[DotsSpec, DotsEntry]):
    name = "dots"
    Spec = DotsSpec
    Entry = DotsEntry

    def prepare(self, spec: DotsSpec, made: Made) -> DotsSpec:
        """With the needs on the cards as they are now; what was merged away or hidden is not among them."""
        if not spec.options_from:
            return spec
        found = [need for need in made.needs if need.contribution_id and need.text][: spec.most_options]
        options = [DotsOption(key=each.id, type=each.type, label=Text(nl=each.text, en=each.text)) for each in found]
        return spec.model_copy(update={"options": tuple(options)})

    def allow(self, spec: DotsSpec, mine: Mapping[str, DotsEntry], entry: DotsEntry) -> None:
        if set(entry.dots) - {option.key for option in spec.options}:
            raise Refused(N_("Choose one of the answers."), field="dots")
        given = sum(entry.dots.values())
        if given == 0:
            raise Refused(N_("Give at least one dot."), field="dots")
        if given > spec.dots:
            raise Refused(
                N_("You have %(dots)s dots and gave %(given)s. Take %(over)s away."),
                field="dots",
                dots=spec.dots,
                given=given,
                over=given - spec.dots,
            )
        if max(entry.dots.values()) > spec.most_per_option:
            raise Refused(N_("At most %(most)s dots on one."), field="dots", most=spec.most_per_option)

    def example(self, spec: DotsSpec, number: int, language: str) -> list[dict[str, Any]]:
        keys = [option.key for option in spec.options]
        given = [keys[(number * at + number // 2) % len(keys)] for at in range(spec.dots)] if keys else []
        return [{"dots": {key: min(given.count(key), spec.most_per_option) for key in given}}] if given else []

    def tally(self, spec: DotsSpec, shown: Sequence[Shown[DotsEntry]]) -> DotsTally:
        totals = {option.key: sum(card.entry.dots.get(option.key, 0) for card in shown) for option in spec.options}
        most = max(totals.values(), default=0)
        bars = [
            DotsBar(each.key, each.type, each.label, totals[each.key], totals[each.key] / most if most else 0.0)
            for each in spec.options
        ]
        return DotsTally(tuple(sorted(bars, key=lambda bar: -bar.count)), len(shown))

    def fitting(self, spec: DotsSpec, tally: DotsTally, language: str) -> tuple[DotsBar, ...]:
        """The first bars, as many as the projector shows whole: it has no scroll bar."""
        room = ROOM - QUESTION_ROW * (_rows(spec.question.in_(language), QUESTION_CHARACTERS) - 1)
        kept: list[DotsBar] = []
        for bar in tally.bars:
            room -= ROW * _rows(bar.label.in_(language), LABEL_CHARACTERS) + GAP
            if room < 0 and kept:
                break
            kept.append(bar)
        return tuple(kept)

    def settle(self, spec: DotsSpec, tally: DotsTally) -> Iterable[Settlement]:
        if tally.count:
            yield NeedsDraft({bar.key: (bar.type, bar.label.nl, bar.count) for bar in tally.bars})


def _rows(text: str, in_one: int) -> int:
    return max(1, -(-len(text) // in_one))
