"""Who gave the assignment, in both workshops: what they do with the letter, and which letters they must get."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.month.dutch_days import Days
from tests.month.table import Letter, at, told_later

DORA, PIET, EWOUD = "dora@example.org", "piet@example.org", "ewoud@example.org"
SENT, SENT_LATE = timedelta(hours=3), timedelta(hours=3, minutes=40)
"""After the start, at half past one: at half past four, and at ten past five, which is no hour for a letter."""


@dataclass(frozen=True)
class Outside:
    """Dora answers, changes an answer and keeps her promise; she says that one point lies with Piet, who answers
    after the reminder and says no more; Ewoud stays silent."""

    days: Days
    start: datetime
    school: bool

    @property
    def sent(self) -> datetime:
        return self.start + SENT

    @property
    def answers(self) -> datetime:
        return at(self.days.after(self.sent.date()), "11:00")

    @property
    def changes(self) -> datetime:
        return at(self.days.after(self.sent.date(), 2), "11:00")

    @property
    def kept(self) -> datetime:
        return at(self.days.after(self.sent.date(), 5), "11:00")

    @property
    def piet_answers(self) -> datetime:
        return at(self.days.after(self.answers.date(), 4), "11:00")

    def letters(self) -> list[Letter]:
        before, morgen = self.days.before(self.start.date()), self.days.after(self.start.date())
        plain = Days()  # Ewoud's organisation has no days off of its own
        late = at(plain.after(self.sent.date()), "08:30")
        return [
            Letter(at(before, "10:00"), DORA, "c0"),
            Letter(self.sent, DORA, "cv"),
            self._later("c1", DORA, self.sent, 5),
            Letter(told_later("m3", morgen, self.days, self.school), DORA, "ct2"),
            Letter(told_later("m4", morgen, self.days, self.school), DORA, "ct3"),
            Letter(self.answers, PIET, "cv"),
            self._later("cvr", PIET, self.answers, 3),
            self._later("c1", PIET, self.answers, 5),
            self._later("c2", PIET, self.answers, 20),
            Letter(at(plain.before(self.start.date()), "10:00"), EWOUD, "c0"),
            Letter(late, EWOUD, "cv"),
            Letter(at(plain.after(late.date(), 3), "10:00"), EWOUD, "cvr"),
        ]

    def _later(self, letter: str, to: str, after: datetime, count: int) -> Letter:
        return Letter(at(self.days.after(after.date(), count), "10:00"), to, letter)
