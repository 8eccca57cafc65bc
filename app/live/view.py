"""What the templates of all three audiences are drawn from: one frozen value a look, without any "now" in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from app.core.cadence import DayChoice, WorkPattern, selectable_days
from app.core.cutting import Guard, guard
from app.core.deed import Deed
from app.core.deeds import LABELS
from app.core.doubles import alike
from app.core.kind import KINDS, Kind
from app.core.lasting import Commitment, Condition, Gap, Need, Opgave, Party
from app.core.moments import Moment, following, hides, preceding, present, to_commitment
from app.core.opening import planned_end
from app.core.script import Script, Step
from app.core.settling import room_sees
from app.core.shown import Shown
from app.core.workdays import DaysOff
from app.core.workshop import Activity, Phase, Stage, Workshop
from app.live.hand import Hand, hand
from app.live.harvest import Harvest, harvest
from app.live.mirror import Mirror


@dataclass(frozen=True)
class View:
    """`present` counts the people with a seat alive in the last minute. `still`: what was sent after the trainer froze
    the screen is left out."""

    mirror: Mirror
    workshop: Workshop
    stage: Stage
    script: Script
    present: int
    base_url: str = ""
    still: bool = False

    @classmethod
    def of(cls, mirror: Mirror, present: int, base_url: str) -> "View":
        if mirror.workshop is None or mirror.stage is None or mirror.script is None:
            raise LookupError(mirror.workshop_id)
        return cls(mirror, mirror.workshop, mirror.stage, mirror.script, present, base_url)

    @cached_property
    def days(self) -> Sequence[DayChoice]:
        """The days that a commitment may be for, seen from the day of the workshop."""
        zone = ZoneInfo(self.workshop.time_zone)
        off = self.mirror.organisation.days_off() if self.mirror.organisation else DaysOff()
        held = (self.workshop.opened_at or self.workshop.starts_at).astimezone(zone)
        return selectable_days(held, WorkPattern(zone, off))

    @property
    def morgen(self) -> date | None:
        """The next working day after the workshop, for who works every day."""
        return next((choice.day for choice in self.days if choice.default), None)

    @property
    def join_address(self) -> str:
        return f"{self.base_url}/{self.workshop.code}"

    @property
    def join_host(self) -> str:
        return self.base_url.partition("://")[2]

    @cached_property
    def activities(self) -> list[Activity]:
        return self.mirror.in_order()

    @cached_property
    def activity(self) -> Activity | None:
        return self.mirror.activities.get(self.stage.activity_id or "")

    @cached_property
    def step(self) -> Step | None:
        return self.script.step(self.activity.step) if self.activity else None

    @property
    def step_number(self) -> int:
        """0 to 11, the place of the present step in the method: S0 is dusk, S11 morning."""
        number = self.step.key.partition("-")[0].removeprefix("s") if self.step else ""
        return int(number) if number.isdigit() else self._last_number

    @property
    def _last_number(self) -> int:
        """A pause is as far as the step before it."""
        before = [each.step for each in self.activities if self.activity and each.position < self.activity.position]
        numbers = [step.partition("-")[0].removeprefix("s") for step in before]
        return max((int(number) for number in numbers if number.isdigit()), default=0)

    def is_skipped(self, step: str) -> bool:
        own = [activity for activity in self.activities if activity.step == step]
        return bool(own) and all(activity.skipped for activity in own)

    @cached_property
    def kind(self) -> Kind[Any, Any]:
        assert self.activity
        return KINDS[self.activity.kind]

    @cached_property
    def spec(self) -> Any:
        assert self.activity
        return self.kind.Spec.model_validate(self.activity.spec)

    @cached_property
    def conceals(self) -> bool:
        """True while results are in nobody's bytes."""
        return bool(self.activity and hides(self.activity) and self.activity.phase in (Phase.WAITING, Phase.OPEN))

    @cached_property
    def cards(self) -> Sequence[Shown[Any]]:
        """All entries of the present activity, the hidden ones too: for the facilitator."""
        return list(self.mirror.cards.get(self.activity.id, {}).values()) if self.activity else []

    @cached_property
    def shown(self) -> Sequence[Shown[Any]]:
        """What the room may see of the entries."""
        if self.conceals:
            return []
        frozen = self.stage.frozen_at if self.still else None
        return room_sees(card for card in self.cards if not frozen or not card.at or card.at <= frozen)

    @cached_property
    def tally(self) -> Any:
        return self.kind.tally(self.spec, self.shown) if self.activity else None

    @cached_property
    def ready(self) -> int:
        """How many people have answered the present activity."""
        revealed = bool(self.activity and self.activity.phase == Phase.REVEALED)
        return len({card.participant_id for card in self.cards if self.kind.is_ready(card.entry, revealed)})

    @cached_property
    def joined(self) -> int:
        return sum(1 for each in self.mirror.participants.values() if not each.removed_at and not each.merged_into)

    @cached_property
    def takes(self) -> bool:
        """Whether the form of the present activity is shown."""
        return bool(
            self.activity
            and self.workshop.status == "open"
            and self.kind.takes_entries
            and self.activity.phase in (Phase.OPEN, Phase.REVEALED)
        )

    @cached_property
    def opgave(self) -> Opgave | None:
        return max(self.mirror.rows(Opgave), key=lambda row: row.version, default=None)

    @cached_property
    def parties(self) -> list[Party]:
        return sorted(self.mirror.rows(Party), key=lambda row: (row.position, row.id))

    @cached_property
    def gap(self) -> Gap | None:
        return next(iter(self.mirror.rows(Gap)), None)

    @cached_property
    def needs(self) -> list[Need]:
        return sorted(self.mirror.rows(Need), key=lambda row: (-row.dots, row.text, row.id))

    @cached_property
    def commitments(self) -> list[Commitment]:
        """One a person: what was planned again afterwards is no second one."""
        first = [row for row in self.mirror.rows(Commitment) if row.is_first]
        return sorted(first, key=lambda row: (row.starts_at, row.id))

    @cached_property
    def conditions(self) -> list[Condition]:
        return sorted(self.mirror.rows(Condition), key=lambda row: (row.status == "met", row.text, row.id))

    @cached_property
    def undoable(self) -> Deed | None:
        """What the next undo takes back."""
        deeds = [deed for deed in self.mirror.rows(Deed) if not deed.undone]
        return max(deeds, key=lambda deed: deed.rev, default=None)

    @property
    def undo_label(self) -> str:
        """An English message, to be translated."""
        return LABELS.get(self.undoable.verb, self.undoable.verb) if self.undoable else ""

    @property
    def groups(self) -> int:
        """How many pairs or groups were drawn."""
        return max((each.group_number for each in self.mirror.participants.values()), default=0)

    @property
    def online(self) -> int:
        return sum(each.online and not each.removed_at for each in self.mirror.participants.values())

    @cached_property
    def guard(self) -> Guard:
        return guard(self.script, self.activities, self.activity)

    @cached_property
    def hand(self) -> Hand:
        return hand(self.kind, self.cards, self.stage.page)

    def alike(self, card: Shown[Any]) -> list[tuple[str, str]]:
        """Cards of others that are most like this one, where the room sees cards anyway."""
        others = [each for each in self.shown if each.participant_id != card.participant_id]
        texts = [(each.id, each.text or self.kind.card_text(each.entry) or "") for each in others]
        return alike(self.kind.card_text(card.entry) or "", texts)

    @cached_property
    def spotlit(self) -> str:
        """The one card that the projector shows large."""
        card = next((card for card in self.shown if card.id == self.stage.spotlight), None)
        return (card.text or self.kind.card_text(card.entry) or "") if card else ""

    @cached_property
    def harvest(self) -> Harvest:
        return harvest(self.mirror)

    @property
    def name_of(self) -> dict[str, str]:
        return {each.id: each.name for each in self.mirror.participants.values()}

    @cached_property
    def moment(self) -> Moment:
        return present(self.stage, self.activities)

    @cached_property
    def next(self) -> Moment | None:
        return following(self.stage, self.activities)

    @cached_property
    def previous(self) -> Moment | None:
        return preceding(self.stage, self.activities)

    @cached_property
    def commitment_moment(self) -> Moment | None:
        return to_commitment(self.stage, self.activities, [step.key for step in self.script.steps if step.keep])

    @cached_property
    def ends_at(self) -> Any:
        return planned_end(self.workshop)

    @property
    def mine_id(self) -> str:
        """The id of the phone's own part: another one when the form goes, so that typing is never overwritten."""
        assert self.activity
        return f"mine-{self.activity.id}" if self.takes else f"mine-{self.activity.id}-closed"
