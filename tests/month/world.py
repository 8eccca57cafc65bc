"""Two workshops in a real database, and the people of the cast in them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.core.making import Plan, make_workshop
from app.core.moving import open_workshop
from app.core.naming import Commissioner
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.sharing import let_trainer_see
from app.core.signing_in import invite
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from tests.follow_up import AMSTERDAM, Hands, commit
from tests.month import assignment
from tests.month.doings import DOINGS
from tests.month.expected import ANNA, DIRK, Expected
from tests.month.outside import DORA, EWOUD, SENT_LATE
from tests.month.people import FORTY, Person, marker
from tests.month.person_month import Month
from tests.scripts import small_script

Happening = tuple[datetime, Callable[[], Awaitable[Any]]]


def utc(local: datetime) -> datetime:
    """From the Dutch clock."""
    return local.replace(tzinfo=AMSTERDAM).astimezone(UTC)


@dataclass
class World:
    """Anna works for another employer than the people in her room; Dirk works where they work, so nobody can let him
    see a name. `acts`: the ids of each person's commitments, the last one is the present one."""

    db: Database
    hands: Hands
    expected: Expected
    trainers: dict[str, Trainer] = field(default_factory=dict)
    workshops: dict[str, Workshop] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)
    acts: dict[str, list[str]] = field(default_factory=dict)
    sealed: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def make(self) -> None:
        """A week before: both workshops are planned, with who gave the assignment."""
        start = self.expected.start
        self.hands.now = utc(start.at - timedelta(days=7, hours=4))
        client = await self.db.write(_organisation, start.switches)
        for name, to, commissioner in (
            ("Anna", ANNA, Commissioner("Dora", DORA, "nl")),
            ("Dirk", DIRK, Commissioner("Ewoud", EWOUD, "nl")),
        ):
            trainer = self.trainers[name] = (await self.db.write(invite, to, name)).trainer
            plan = Plan(
                organisation_id=client if name == "Anna" else str(trainer.organisation_id),
                title=f"De middag van {name}",
                starts_at=utc(start.at),
                time_zone="Europe/Amsterdam",
                language="nl",
                opgave="In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek.",
                school_holidays=start.school,
                commissioner=commissioner,
            )
            self.workshops[name] = await self.db.write(make_workshop, trainer, small_script(), plan)

    def happenings(self) -> list[Happening]:
        """Everything that is done, in time."""
        outside, start = self.expected.outside, self.expected.start.at
        found: list[Happening] = [(start, self._open)]
        found += [(start, self._seals(month)) for month in self.expected.months]
        for month in self.expected.months:
            found += [(when, self._does(month.person, doing)) for when, doing in month.doings]
        found += [
            (outside.sent, lambda: assignment.sends(self, "Anna")),
            (start + SENT_LATE, lambda: assignment.sends(self, "Dirk")),
            (outside.answers, lambda: assignment.dora_answers(self)),
            (outside.changes, lambda: assignment.promises(self, "Dora", 0, 12)),
            (outside.kept, lambda: assignment.dora_kept(self)),
            (outside.piet_answers, lambda: assignment.promises(self, "Piet", 1, 20)),
        ]
        return sorted(((utc(when), what) for when, what in found), key=lambda each: each[0])

    async def _open(self) -> None:
        for workshop in self.workshops.values():
            await self.db.write(open_workshop, workshop.id)

    def _seals(self, month: Month) -> Callable[[], Awaitable[Any]]:
        person = month.person

        async def seals() -> None:
            act = f"ik bel {marker(person.name, 'act')}"
            day, at = month.first.date(), month.first.time()
            self.sealed[person.name] = {"act": act, "day": day, "at": at}
            await self.seal(person)
            if person.shows:
                await self.db.write(let_trainer_see, self.workshop_of(person), self.people[person.name].id, True)

        return seals

    def _does(self, person: Person, doing: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: DOINGS[doing.what](self, person, doing)

    async def seal(self, person: Person, **changed: Any) -> None:
        """This person's commitment, or the changed one."""
        given = self.sealed[person.name] = self.sealed[person.name] | changed
        mine = {"name": person.name, "language": person.language, "days_off": person.off}
        words = {"evidence": marker(person.name, "bewijs"), "then": marker(person.name, "dan")}
        who, act = await commit(self.db, self.workshop_of(person), person.name, **mine, **words, **given)
        self.people[person.name], self.acts[person.name] = who, [act.id]

    def workshop_of(self, person: Person) -> Workshop:
        return self.workshops["Anna" if person in FORTY else "Dirk"]

    def act_of(self, person: Person) -> str:
        return self.acts[person.name][-1]

    def today(self, ahead: int = 0) -> date:
        """So many days from now, on the Dutch clock."""
        return self.hands.now.astimezone(AMSTERDAM).date() + timedelta(days=ahead)


async def _organisation(session: Any, switches: dict[str, object]) -> str:
    made = Organisation(name="Gemeente Malburgen", **switches)
    session.add(made)
    return made.id
