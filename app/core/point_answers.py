"""What was answered to the points: a draft a point, published append-only; the last one published wins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.conditions_letter import ConditionsLetter, Contact, Point, PointAnswer
from app.core.contacts import OWNER
from app.core.points import points_of
from app.texts import gettext_noop as N_

ANSWERS = ("arranged", "partly", "no", "talk", "elsewhere")
PROMISES = ("arranged", "partly")
BECAME = ("met", "partly_met", "not_yet")
STATUS = {
    **{"arranged": "promised", "partly": "promised", "no": "refused", "talk": "open", "elsewhere": "open"},
    **{"met": "met", "partly_met": "promised", "not_yet": "promised"},
}
"""What an answer makes of the conditions behind a point."""
WORDS = {
    "arranged": N_("I will arrange this"),
    "partly": N_("Partly"),
    "no": N_("No"),
    "talk": N_("I want to talk about it"),
    "elsewhere": N_("This lies with somebody else"),
    "met": N_("arranged"),
    "partly_met": N_("partly arranged"),
    "not_yet": N_("not yet"),
}


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """One answer as participants read it. `by_date` is promised, `text` the reason, the part or whom it lies with.
    `source`: link, phone or room. `at` is by the workshop's clock."""

    answer: str
    by_date: date | None
    text: str
    on_behalf_of: str
    source: str
    at: datetime
    contact_id: str | None = None

    @property
    def words(self) -> str:
        """An English message."""
        return WORDS[self.answer]

    @property
    def is_promise(self) -> bool:
        return self.answer in PROMISES


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """A point of a letter that went, with its answers in the order in which they came; the last one counts.
    `became` is what was told later about a promise."""

    point: Point
    answers: tuple[PublishedAnswer, ...]
    became: tuple[PublishedAnswer, ...]

    @property
    def answer(self) -> PublishedAnswer | None:
        """None reads: no answer yet."""
        return self.answers[-1] if self.answers else None

    @property
    def earlier(self) -> tuple[PublishedAnswer, ...]:
        """What was answered before, shown as a change."""
        return self.answers[:-1]

    @property
    def outcome(self) -> PublishedAnswer | None:
        """What became of the promise that counts; None where a later answer went before it."""
        last = self.became[-1] if self.became else None
        return last if last and self.answer and self.answer.is_promise and last.at >= self.answer.at else None

    @property
    def state(self) -> Literal["met", "promised", "refused", "open"]:
        told = self.outcome or self.answer
        return STATUS[told.answer] if told else "open"  # type: ignore[return-value]


async def answered_points(session: AsyncSession, workshop_id: str) -> tuple[AnsweredPoint, ...]:
    """Every point of the letter in its order, answered or not. Empty before the letter went."""
    letter = await session.get(ConditionsLetter, workshop_id)
    if letter is None or letter.approved_at is None:
        return ()
    return await told_points(session, workshop_id)


async def told_points(session: AsyncSession, workshop_id: str) -> tuple[AnsweredPoint, ...]:
    """The same, also while the letter is being written."""
    points = [point for point in await points_of(session, workshop_id) if not point.withdrawn]
    published = select(PointAnswer).where(
        col(PointAnswer.workshop_id) == workshop_id, col(PointAnswer.published_at).is_not(None)
    )
    in_order = published.order_by(col(PointAnswer.published_at), col(PointAnswer.rev), col(PointAnswer.id))
    rows = (await session.exec(in_order)).all()
    return tuple(_told(point, [row for row in rows if row.point_id == point.id]) for point in points)


async def answers_for(session: AsyncSession, workshop_id: str) -> dict[str, AnsweredPoint]:
    """For each condition (or need) of a letter that went: its point with the answers, for one person's own page."""
    return {each: told for told in await answered_points(session, workshop_id) for each in told.point.condition_ids}


def for_contact(told: Iterable[AnsweredPoint], contact: Contact) -> tuple[AnsweredPoint, ...]:
    """What the door of this contact is about: all points, or those that were said to lie with this owner."""
    return tuple(each for each in told if contact.role != OWNER or each.point.owner_contact_id == contact.id)


def promised_by(told: Iterable[AnsweredPoint], contact: Contact) -> tuple[AnsweredPoint, ...]:
    """The promises of this contact; those that came by telephone are the commissioner's."""
    return tuple(
        each
        for each in told
        if each.answer
        and each.answer.is_promise
        and each.answer.source != "room"
        and (each.answer.contact_id == contact.id or (each.answer.contact_id is None and contact.role != OWNER))
    )


def as_published(row: PointAnswer, at: datetime) -> PublishedAnswer:
    """A row as participants read it; a draft as if it were published at `at`."""
    moment = row.published_at or at
    return PublishedAnswer(row.answer, row.by_date, row.text, row.on_behalf_of, row.source, moment, row.contact_id)


def _told(point: Point, rows: Sequence[PointAnswer]) -> AnsweredPoint:
    told = [as_published(row, row.created_at) for row in rows]
    return AnsweredPoint(
        point,
        tuple(each for each in told if each.answer in ANSWERS),
        tuple(each for each in told if each.answer in BECAME),
    )
