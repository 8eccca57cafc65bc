"""What one person tells after a week and after four weeks: one row a letter, the last answer wins."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.cadence import LATE_ANSWERS, WorkPattern
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import Commitment, Condition, LaterCheckIn
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.planning import work_pattern
from app.core.sharing import who_may_see
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

WEEK, MONTH = "m3", "m4"
OPENS_AFTER = {WEEK: 5, MONTH: 20}
"""Working days after the day of the act, at ten: no letter that asks this leaves sooner."""
LATEST_MONTH = 20 + 5 + 3
"""Working days after the act: school holidays and the wait for a Tuesday, at most."""
WORKED, MET = ("several", "once", "no"), ("yes", "partly", "no")
CHOICES = {"worked": WORKED, "condition_met": MET}
MOST = {"helped": 500, "different": 500}
FIELDS = {WEEK: ("worked", "helped", "condition_met"), MONTH: ("now", "different", "may_call")}
FIRST = {WEEK: "worked", MONTH: "now"}
"""The one question of each letter, answered by the button that was pressed."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """When one person is asked again: `act` is the moment of the act made in the workshop, `kept` for how many working
    days the organisation keeps an address."""

    act: datetime
    pattern: WorkPattern
    kept: int

    def opens_at(self, letter: str) -> datetime:
        """From when on the page asks; the letter itself may come some days later."""
        return self._after(OPENS_AFTER[letter])

    @property
    def closes_at(self) -> datetime:
        """When nothing is asked or answered any more: the last letter's latest day, and as long as an address is
        kept; at least as long as a late answer counts."""
        return self._after(LATEST_MONTH + max(self.kept, LATE_ANSWERS))

    def asks(self, letter: str, now: datetime) -> bool:
        return self.opens_at(letter) <= now < self.closes_at

    def _after(self, working_days: int) -> datetime:
        day = self.pattern.house.after(self.pattern.local(self.act).date(), working_days)
        return self.pattern.at(day, time(10))


async def weeks_of(session: AsyncSession, workshop: Workshop, person: Participant, act: datetime) -> Weeks:
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    return Weeks(act, await work_pattern(session, workshop, person), organisation.addresses_kept_days)


async def later_answers(session: AsyncSession, participant_id: str) -> dict[str, LaterCheckIn]:
    """By letter."""
    own = select(LaterCheckIn).where(col(LaterCheckIn.participant_id) == participant_id)
    return {row.letter: row for row in (await session.exec(own)).all()}


async def own_conditions(session: AsyncSession, participant_id: str) -> list[Condition]:
    own = select(Condition).where(
        col(Condition.participant_id) == participant_id, col(Condition.withdrawn).is_(False), col(Condition.text) != ""
    )
    return list((await session.exec(own.order_by(col(Condition.id)))).all())


async def check_in_later(session: AsyncSession, commitment_id: str, letter: str, told: dict[str, Any]) -> LaterCheckIn:
    """Store what stands in `told`; a field that is not in it keeps what it was. Texts are cleaned by the caller.

    `now` goes from 0 to 10, `may_call` is a truth. Raises Closed outside the weeks in which this is asked, Refused for
    what does not fit and for words without the answer they belong to.
    """
    act = await session.get(Commitment, commitment_id)
    if act is None or act.withdrawn:
        raise NotFound(N_("This link does not work any more."))
    rev = await advance(session, act.workshop_id)
    workshop = await session.get_one(Workshop, act.workshop_id)
    person = await session.get_one(Participant, act.participant_id)
    now = clock.at(workshop)
    await _ensure_asked(session, workshop, person, act, letter, now)
    known = await session.get(LaterCheckIn, (person.id, letter))
    if known is None and told.get(FIRST[letter], "") in ("", None):
        raise Refused(N_("First answer the question at the top."), field=FIRST[letter])
    if known is None:
        known = LaterCheckIn(participant_id=person.id, letter=letter, workshop_id=workshop.id, first_answered_at=now)
    if told.get("may_call") and await who_may_see(session, workshop) is None:
        raise Refused(N_("Your trainer works for your own organisation and never sees names."), field="may_call")
    for field in FIELDS[letter]:
        if field in told:
            setattr(known, field, _fitting(field, told[field]))
    known.answered_at, known.rev = now, rev
    session.add(known)
    return known


async def _ensure_asked(
    session: AsyncSession, workshop: Workshop, person: Participant, act: Commitment, letter: str, now: datetime
) -> None:
    weeks = await weeks_of(session, workshop, person, act.starts_at)
    if now < weeks.opens_at(letter):
        raise Closed(N_("This question comes later. Then you can answer it here."))
    if now >= weeks.closes_at:
        raise Closed(N_("The follow-up is over. Nothing can be answered any more."))


def _fitting(field: str, value: Any) -> Any:
    """The value as it is stored. Raises Refused that says what fits."""
    if field in MOST:
        if len(str(value)) > MOST[field]:
            raise Refused(
                N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=MOST[field]
            )
        return str(value)
    if field == "may_call":
        return None if value is None else bool(value)
    if field == "now":
        if not isinstance(value, int) or not 0 <= value <= 10:
            raise Refused(N_("Choose a number from 0 to 10."), field=field)
        return value
    if value not in ("", *CHOICES[field]) or (field == "worked" and not value):
        raise Refused(N_("That does not fit here. Choose one of the answers."), field=field)
    return value
