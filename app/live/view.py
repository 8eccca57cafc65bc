"""What the templates of all three audiences are drawn from: one frozen value a look, without any "now" in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from app.core.cadence import DayChoice, WorkPattern, selectable_days
from app.core.doubles import alike
from app.core.kind import KINDS, Kind
from app.core.moments import hides
from app.core.places import leaves
from app.core.script import Script
from app.core.settling import room_sees
from app.core.shown import Shown
from app.core.workdays import DaysOff
from app.core.workshop import Activity, Phase, Stage, Status, Workshop
from app.live.controls import Controls
from app.live.course import Course
from app.live.hand import Hand, hand
from app.live.harvest import Harvest, harvest
from app.live.lasting import Lasting
from app.live.mirror import Mirror
from app.live.people import People

log = structlog.get_logger()
LOOKED_THROUGH = 250
"""Cards among which one that may say the same is looked for: one more costs no more where there are a thousand."""


@dataclass(frozen=True)
class View:
    """`here` are the people with a seat alive in the last minute. `still`: what was sent after the trainer froze the
    screen is left out."""

    mirror: Mirror
    workshop: Workshop
    stage: Stage
    script: Script
    here: frozenset[str]
    base_url: str = ""
    still: bool = False

    @classmethod
    def of(cls, mirror: Mirror, here: frozenset[str], base_url: str) -> "View":
        if mirror.workshop is None or mirror.stage is None or mirror.script is None:
            raise LookupError(mirror.workshop_id)
        gone = mirror.people.gone
        return cls(mirror, mirror.workshop, mirror.stage, mirror.script, here - gone if gone else here, base_url)

    @property
    def present(self) -> int:
        return len(self.here)

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
    def activity(self) -> Activity | None:
        return self.mirror.activities.get(self.stage.activity_id or "")

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

    @property
    def ready(self) -> int:
        """How many people have answered the present activity."""
        return len(self._ready)

    @property
    def expected(self) -> int:
        """Of how many: who is present, and who answered and put the phone away."""
        return len(self.here | self._ready)

    @cached_property
    def _ready(self) -> frozenset[str]:
        """Without whom the trainer took out, whose answers stay."""
        revealed = bool(self.activity and self.activity.phase == Phase.REVEALED)
        try:
            ready = frozenset(card.participant_id for card in self.cards if self.kind.is_ready(card.entry, revealed))
        except Exception:  # a count that fails may not take the trainer's buttons along
            log.exception("who is ready cannot be counted", kind=self.kind.name)
            ready = self.owners
        return ready - self.people.removed

    @cached_property
    def owners(self) -> frozenset[str]:
        """Who sent something to the present activity."""
        return frozenset(card.participant_id for card in self.cards)

    @property
    def is_owned(self) -> bool:
        """Whether anybody has an own part that differs from the fresh form."""
        return self.activity is not None and (self.kind.personal or bool(self.owners))

    def has_own(self, participant_id: str) -> bool:
        """Whether that of this person does."""
        return self.is_owned and (self.kind.personal or participant_id in self.owners)

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
    def hand(self) -> Hand:
        return hand(self.kind, self.cards, self.stage, self.kind.on_a_page(self.tally))

    def alike(self, card: Shown[Any]) -> list[tuple[str, str]]:
        """Cards of others that are most like this one, among the newest that the room sees anyway."""
        others = [(each.id, text) for each, text in self._texts if each.participant_id != card.participant_id]
        return alike(self.kind.card_text(card.entry) or "", others)

    @cached_property
    def _texts(self) -> Sequence[tuple[Shown[Any], str]]:
        newest = self.shown[-LOOKED_THROUGH:]
        return [(each, each.text or self.kind.card_text(each.entry) or "") for each in newest]

    @property
    def leaves(self) -> tuple[int, ...]:
        """Which pages of the cards the trainer can turn to."""
        return leaves(self.stage.page, max(self.hand.pages, self.kind.pages(self.tally)))

    @cached_property
    def spotlit(self) -> str:
        """The one card that the projector shows large."""
        if not self.stage.spotlight:
            return ""
        card = next((card for card in self.shown if card.id == self.stage.spotlight), None)
        return (card.text or self.kind.card_text(card.entry) or "") if card else ""

    @cached_property
    def harvest(self) -> Harvest:
        return harvest(self.mirror)

    @cached_property
    def lasting(self) -> Lasting:
        return Lasting(self.mirror)

    @property
    def setting(self) -> int:
        """The version of all that is drawn from neither answers nor people."""
        return self.mirror.setting

    @property
    def people(self) -> People:
        return self.mirror.people

    @cached_property
    def course(self) -> Course:
        return Course(self.mirror, self.workshop, self.stage, self.script, self.activity)

    @cached_property
    def controls(self) -> Controls:
        return Controls.of(self.course, self.people.groups)

    @property
    def mine_id(self) -> str:
        """The id of the phone's own part: another one when the form goes, so that typing is never overwritten."""
        assert self.activity
        return f"mine-{self.activity.id}" if self.takes else f"mine-{self.activity.id}-closed"

    @property
    def shown_mine_id(self) -> str:
        """The same, while it is on the screens of the phones."""
        return self.mine_id if self.activity is not None and self.workshop.status != Status.CLOSED else ""
