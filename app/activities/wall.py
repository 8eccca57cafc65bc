"""S10: the wall of volunteers. Each phone chooses how its own commitment may stand there; else it does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from app.core.act.language import languages
from app.core.drafts import WallDraft
from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.lasting import Commitment
from app.core.shown import Shown
from app.quoting import in_first_person

CHUNK = 10
"""Lines in one part of the projector's screen."""
ROOM, LINE, ROW, QUESTION_ROW = 55.5, 4.3, 4.9, 8.0
"""The heights on the projector, in hundredths of its own: of the whole list under a question of one row, of a line
without its text, of each row of text, and of each further row of the question. Measured; see `projector.css`."""
CHARACTERS, QUESTION_CHARACTERS = 80, 40
"""In one row, on the shape of screen that takes fewest (4:3)."""
AROUND = len("Iemand: ‘Ik ’")


class WallSpec(Spec):
    most: int = Field(default=12, ge=1, le=40, description="Lines at most; the rest is counted.")


class WallEntry(Entry):
    show: Literal["name", "anonymous", "no"]


@dataclass(frozen=True, slots=True)
class WallLine:
    """What the owner lets the room see. `name` is empty where it was not given; `choice` is the contribution that says
    so, by which the trainer can take the line off."""

    id: str
    day: date
    starts_at: datetime
    act: str
    name: str = ""
    choice: str = ""
    hidden: bool = False


class Wall(Kind[WallSpec, WallEntry]):
    name = "wall"
    personal = True
    Spec = WallSpec
    Entry = WallEntry

    def hand_on(self, spec: WallSpec, entry: WallEntry) -> WallDraft:
        return WallDraft(entry.show)

    def line(self, commitment: Commitment, name: str = "") -> WallLine:
        return WallLine(commitment.id, commitment.day, commitment.starts_at, commitment.act, name)

    def lines(
        self, commitments: Iterable[Commitment], names: Mapping[str, str], choices: Iterable[Shown[Any]]
    ) -> list[WallLine]:
        """The lines of the volunteers, in the order of `commitments`, those that the trainer took off among them."""
        chosen = {choice.participant_id: choice for choice in choices}
        found = []
        for each in commitments:
            if each.wall not in ("name", "anonymous"):
                continue
            name = names.get(each.participant_id, "") if each.wall == "name" else ""
            choice = chosen.get(each.participant_id)
            found.append(
                WallLine(
                    each.id,
                    each.day,
                    each.starts_at,
                    each.act,
                    name,
                    choice.id if choice else "",
                    bool(choice and choice.hidden),
                )
            )
        return found

    def fitting(self, lines: Sequence[WallLine], most: int, question: str = "") -> list[WallLine]:
        """The first lines, at most `most`, that the projector shows whole: it has no scroll bar, and a line that is cut
        off would be counted as shown."""
        room = ROOM - QUESTION_ROW * (_rows(len(question), QUESTION_CHARACTERS) - 1)
        kept = _first_within(room, lines[:most])
        return kept if len(kept) == len(lines) else _first_within(room - ROW, lines[:most])

    def chunks(self, lines: Sequence[WallLine]) -> list[tuple[WallLine, ...]]:
        """The lines in parts: a new one redraws its own part only."""
        return [tuple(lines[at : at + CHUNK]) for at in range(0, len(lines), CHUNK)]

    def quoted(self, act: str, language: str) -> str:
        """The act as it is read aloud. The sentence decides the language, and only in doubt the room's: so a phone
        shows the same words as the wall, whatever language either of them has."""
        spoken = languages(act)
        return in_first_person(act, spoken[0] if len(spoken) == 1 else language)


def _first_within(room: float, lines: Sequence[WallLine]) -> list[WallLine]:
    """One at least, however long it is."""
    kept: list[WallLine] = []
    for line in lines:
        room -= LINE + ROW * _rows(AROUND + len(line.name) + len(line.act), CHARACTERS)
        if room < 0 and kept:
            break
        kept.append(line)
    return kept


def _rows(characters: int, in_one: int) -> int:
    return max(1, -(-characters // in_one))
