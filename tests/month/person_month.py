"""One person's month: from what this person does to the letters that must come, by the table and its amendments."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.month.dutch_days import SATURDAY, WEDNESDAY, Days
from tests.month.people import Doing, Person, address
from tests.month.table import Letter, due

MOST, MOST_AGAIN = 6, 8
NEXT_WEEKDAY = {"wed": WEDNESDAY, "sat": SATURDAY, "sun": SATURDAY + 1}
KEPT = 10
"""Working days between the last letter and the end of the address."""
LATER = ("m3", "m4")
ASKS = ("m2", "m2r", *LATER)
"""What has a place of its own among the six: an update of the confirmation and the morning letter give way to it."""


@dataclass(frozen=True)
class Act:
    """`kind`: first, again (planned once more) or next (a next step)."""

    at: datetime
    kind: str = "first"
    number: int = 0


@dataclass
class Month:
    """One person's letters, as they come about. `gone_at`: when the address is deleted at the latest."""

    person: Person
    days: Days
    start: datetime
    school: bool = False
    acts: list[Act] = field(default_factory=list)
    doings: list[tuple[datetime, Doing]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ticks: str = ""
    silent: str = ""
    corrections: int = 0
    answered: set[int] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    waiting: dict[tuple[str, int], datetime] = field(default_factory=dict)
    gone_at: datetime | None = None

    def __post_init__(self) -> None:
        self.first = self._first_act()
        self.acts.append(Act(self.first))
        for doing in self.person.does:
            when = self.moment(doing.after) + timedelta(minutes=doing.minutes)
            assert not self.doings or when >= self.doings[-1][0], (self.person.name, doing)
            self._until(when)
            self.doings.append((when, doing))
            getattr(self, f"_{doing.what}")(when, doing)
        self._until(datetime.max)

    @property
    def act(self) -> Act:
        return self.acts[-1]

    def moment(self, of: str) -> datetime:
        """When a letter about the present act is due; what comes after a week counts from the first one."""
        act = self.acts[0] if of in LATER else self.act
        return {"start": self.start, "act": self.act.at}.get(of) or due(of, act.at, self.days, self.school)

    def _first_act(self) -> datetime:
        day, today = self.person.day, self.start.date()
        if day == "morgen":
            return datetime.combine(self.days.after(today), self.person.at)
        ahead = [today + timedelta(days=n) for n in range(1, 8)]
        if isinstance(day, int):
            return datetime.combine(ahead[day - 1], self.person.at)
        return datetime.combine(next(each for each in ahead if each.weekday() == NEXT_WEEKDAY[day]), self.person.at)

    # What somebody does, and what that does to the letters.

    def _address(self, when: datetime, doing: Doing) -> None:
        first = not self.ticks
        self.ticks, self.silent = doing.value, ""
        if first:
            self._confirm(when)
        self._plan(when)

    def _correct(self, when: datetime, doing: Doing) -> None:
        self.corrections += 1
        self._confirm(when)
        self._plan(when)

    def _change(self, when: datetime, doing: Doing) -> None:
        self._changed(when, self.act.at)

    def _move(self, when: datetime, doing: Doing) -> None:
        self._changed(when, datetime.combine(when.date() + timedelta(days=doing.days), doing.at))

    def _changed(self, when: datetime, at: datetime) -> None:
        self.acts[-1] = replace(self.act, at=at)
        self._plan(when)
        if "check" in self.ticks and not self.silent and self._fits(ASKS):
            self._confirm(when)

    def _again(self, when: datetime, doing: Doing) -> None:
        self.acts.append(Act(_on(when, doing), "again", len(self.acts)))
        self._plan(when)

    def _next(self, when: datetime, doing: Doing) -> None:
        self.acts.append(Act(_on(when, doing), "next", len(self.acts)))
        self._plan(when)

    def _check(self, when: datetime, doing: Doing) -> None:
        self.answered.add(self.act.number)
        for letter in ("m2", "m2r"):
            self.waiting.pop((letter, self.act.number), None)

    _reply = _check

    def _week(self, when: datetime, doing: Doing) -> None:
        self.told.add("m3")

    def _month(self, when: datetime, doing: Doing) -> None:
        self.told.add("m4")

    def _stop(self, when: datetime, doing: Doing) -> None:
        self.silent = "stopped"

    def _remove(self, when: datetime, doing: Doing) -> None:
        self.silent, self.gone_at = "no address", when

    def _delete(self, when: datetime, doing: Doing) -> None:
        self.silent, self.gone_at = "deleted", when

    def _removed(self, when: datetime, doing: Doing) -> None:
        self.silent = "out of the room"

    def _buddy(self, when: datetime, doing: Doing) -> None:
        """Letters about somebody else's act are not this person's own."""

    _more = _buddy

    # The table.

    def _plan(self, now: datetime) -> None:
        """From now on these letters wait, as the act stands now."""
        if not self.ticks or self.silent:
            return
        wanted = {"first": ("m1", "m2", "m2r"), "again": ("m1", "m2"), "next": ("m2",)}[self.act.kind]
        for letter in wanted if "check" in self.ticks else ():
            self._wait(letter, self.act, now)
        if "later" in self.ticks and self.act.kind == "first":
            for letter in LATER:
                self._wait(letter, self.act, now)
        self._keep()

    def _wait(self, letter: str, act: Act, now: datetime) -> None:
        when = due(letter, act.at, self.days, self.school)
        self.waiting.pop((letter, act.number), None)
        if when >= now and (act.kind != "next" or self._fits(ASKS)):
            self.waiting[letter, act.number] = when

    def _confirm(self, when: datetime) -> None:
        if "check" in self.ticks:
            self._goes(when, "m0")

    def _until(self, moment: datetime) -> None:
        """What becomes due before `moment` goes, or not."""
        while self.waiting:
            (letter, number), when = min(self.waiting.items(), key=lambda each: each[1])
            if when >= moment:
                return
            del self.waiting[letter, number]
            goes = "" if self.silent or (self.gone_at and when >= self.gone_at) else self._due(letter, number, when)
            if goes:
                self._goes(when, goes)

    def _due(self, letter: str, number: int, when: datetime) -> str:
        """The letter that goes now; empty where none does."""
        kind = self.acts[number].kind
        reserved = {"m1": ASKS, "m2r": LATER, "m2": LATER if kind == "next" else ()}
        if not self._fits(reserved.get(letter, ())) or letter in self.told:
            return ""
        if letter == "m1":
            last = max((each.when for each in self.letters if each.letter == "m0"), default=datetime.min)
            return letter if kind == "again" or when - last >= timedelta(hours=3) else ""
        if letter == "m2r":
            return letter if self._went("m2") else ""
        if letter == "m3" and self._went("m2") and self._went("m2r") and 0 not in self.answered:
            return "mstop"
        return "" if letter == "m4" and self._went("mstop") else letter

    def _goes(self, when: datetime, letter: str) -> None:
        self.letters.append(Letter(when, address(self.person.name, self.corrections), letter))

    def _went(self, letter: str) -> bool:
        return any(each.letter == letter for each in self.letters)

    def _fits(self, reserved: tuple[str, ...]) -> bool:
        """Whether one more fits under the most that may go to one address, with room for what matters more."""
        most = MOST_AGAIN if any(act.kind == "again" for act in self.acts) else MOST
        here = sum(each.to == address(self.person.name, self.corrections) for each in self.letters)
        return here + 1 + sum(letter in reserved for letter, _ in self.waiting) <= most

    def _keep(self) -> None:
        """The address goes ten working days after the last letter that may come."""
        last = due("m4" if "later" in self.ticks and self.act.kind == "first" else "m2r", self.act.at, self.days,
                   self.school)  # fmt: skip
        gone = datetime.combine(self.days.everybody.after(last.date(), KEPT), last.time())
        self.gone_at = gone if self.gone_at is None or self.act.kind == "first" else max(gone, self.gone_at)


def _on(when: datetime, doing: Doing) -> datetime:
    return datetime.combine(when.date() + timedelta(days=doing.days), doing.at)
