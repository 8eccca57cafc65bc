"""The rows of one workshop as this process last saw them: refreshed by revision, O(changes), in any process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.admitting import count_newcomers
from app.core.contribution import Contribution, Curation, Said, folded
from app.core.kind import KINDS
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.script import Script
from app.core.settling import shown
from app.core.shown import Shown
from app.core.workshop import Activity, Door, Stage, Workshop
from app.db import Database
from app.live.news import LASTING, Latest, latest, newer, newly_said, present, script_of
from app.live.people import People

Row = TypeVar("Row", bound=SQLModel)
OF_THE_ROOM = {Contribution, Participant}
"""What phones change all the time."""


@dataclass(slots=True)
class Mirror:
    """`rev` is what it has seen: -1 before the first refresh. Rows are read-only here."""

    workshop_id: str
    rev: int = -1
    workshop: Workshop | None = None
    stage: Stage | None = None
    script: Script | None = None
    organisation: Organisation | None = None
    setting: int = 0
    """Counts on when anything but answers and people changed: what is drawn from nothing else is as it was."""
    newcomers: int = 0
    """How many wait at the door."""
    activities: dict[str, Activity] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    cards: dict[str, dict[str, Shown[Any]]] = field(default_factory=dict)
    acts: dict[str, dict[str, Curation]] = field(default_factory=dict)
    """What was done to each card, by the id of the curation."""
    curated: dict[str, dict[str, str]] = field(default_factory=dict)
    lasting: dict[type[Any], dict[Any, Any]] = field(default_factory=dict)
    _fresh: set[type[Any]] = field(default_factory=set)
    _facts: tuple[Any, ...] = ()
    _people: People | None = None

    async def refresh(self, db: Database) -> bool:
        """Take over what changed. False when the workshop does not exist any more."""
        async with db.read() as session:
            now = await latest(session, self.workshop_id, self.rev)
            if now is not None and now.rev < self.rev:
                self._start_anew()
                now = await latest(session, self.workshop_id, self.rev)
            if now is None or not await self._set(session, now):
                return False
            if now.rev > self.rev:
                await self._take_over(session)
                # The rev was read before the rows: what commits meanwhile is read again at the next look.
                self.rev = now.rev
        return True

    async def _set(self, session: AsyncSession, now: Latest) -> bool:
        self._fresh = now.fresh
        self.setting += bool(now.fresh - OF_THE_ROOM) or now.facts != self._facts
        if now.facts == self._facts:
            return True
        row = await present(session, self.workshop_id)
        if row is None:
            return False
        # The rows come after the stage: it may not stand at a question that is known in an older state.
        again = await latest(session, self.workshop_id, self.rev)
        if again is None:
            return False
        self.workshop, self.stage, self._fresh = *row, again.fresh
        if self.script is None:
            script = await script_of(session, self.workshop_id)
            self.organisation = await session.get_one(Organisation, self.workshop.organisation_id)
            self.script = script  # last: a look that was given up half-way is made again
        self._facts = now.facts
        return True

    def _start_anew(self) -> None:
        """The database went back in time: a backup took its place, and what was seen here may not exist any more."""
        self.rev, self.lasting, self._people = -1, {}, None
        for seen in (self.activities, self.participants, self.cards, self.acts, self.curated):
            seen.clear()

    def has_news_of(self, table: type[Any]) -> bool:
        """Whether the last refresh brought rows of this table."""
        return table in self._fresh

    async def _take_over(self, session: AsyncSession) -> None:
        for activity in await self._news(session, Activity):
            self.activities[activity.id] = activity
        for participant in await self._news(session, Participant):
            self.participants[participant.id] = participant
        if Participant in self._fresh:
            self._people = None
        for curation in await self._news(session, Curation):
            acts = self.acts.setdefault(curation.contribution_id, {})
            acts[curation.id] = curation
            self.curated[curation.contribution_id] = folded(acts.values())
        if Contribution in self._fresh:
            for activity_id, withdrawn, said in await newly_said(session, self.workshop_id, self.rev):
                self._place(activity_id, withdrawn, said)
        shut = self.workshop is not None and self.workshop.door != Door.OPEN
        self.newcomers = await count_newcomers(session, self.workshop_id) if shut else 0
        for table in LASTING:
            rows = self.lasting.setdefault(table, {})
            for lasting in await self._news(session, table):
                rows[_key(lasting)] = lasting

    async def _news(self, session: AsyncSession, table: type[Row]) -> Sequence[Row]:
        if table not in self._fresh:
            return []
        return await newer(session, table, self.workshop_id, self.rev)

    def _place(self, activity_id: str, withdrawn: bool, said: Said) -> None:
        cards = self.cards.setdefault(activity_id, {})
        if withdrawn:
            cards.pop(said.id, None)
            return
        kind = KINDS[self.activities[activity_id].kind]
        newest = next(reversed(cards.values()), None)
        card = shown(kind, said, self.curated.get(said.id, {}))
        is_late = said.id not in cards and newest is not None and _age(card) < _age(newest)
        cards[said.id] = card
        if is_late:  # the same state gives the same order in every process
            self.cards[activity_id] = dict(sorted(cards.items(), key=lambda pair: _age(pair[1])))

    @property
    def people(self) -> People:
        """Counted once, until one of them changes."""
        if self._people is None:
            self._people = People(self.participants)
        return self._people

    def rows(self, table: type[Row]) -> list[Row]:
        """The lasting rows of one table that were not withdrawn."""
        return [row for row in self.lasting.get(table, {}).values() if not getattr(row, "withdrawn", False)]

    def in_order(self) -> list[Activity]:
        return sorted(self.activities.values(), key=lambda activity: activity.position)


def _age(card: Shown[Any]) -> tuple[Any, str]:
    return card.at, card.id


def _key(row: Any) -> Any:
    named = ("id", "commitment_id", "participant_id", "workshop_id")
    return next(key for name in named if (key := getattr(row, name, None)))
