"""What a letter is about, read afresh when it is due, and the links that go into it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, links
from app.core.cadence import WorkPattern
from app.core.conditions_letter import Contact
from app.core.lasting import CheckIn, Commitment
from app.core.letter import PlannedLetter
from app.core.participant import MailAddress, Participant
from app.core.planning import work_pattern
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Matter:
    """One plan with everything it is about. `now` is by the workshop's own clock."""

    plan: PlannedLetter
    workshop: Workshop
    trainer: Trainer
    pattern: WorkPattern
    now: datetime
    base_url: str
    domain: str
    person: Participant | None = None
    commitment: Commitment | None = None
    address: MailAddress | None = None
    answer: CheckIn | None = None
    contact: Contact | None = None

    @property
    def language(self) -> str:
        return (self.contact or self.person or self.trainer).language

    @property
    def to_address(self) -> str:
        if self.contact is not None:
            return self.contact.address
        return self.address.address if self.address else self.trainer.email

    @property
    def is_to_trainer(self) -> bool:
        return self.contact is None and self.person is None

    @property
    def reply_to(self) -> str:
        return "" if self.is_to_trainer else self.trainer.email

    @property
    def sender_name(self) -> str:
        return "Morgen" if self.is_to_trainer else f"{self.trainer.name} via Morgen"

    @property
    def stop(self) -> str:
        """The link with which who gets this letter gets no more; the trainer has none."""
        if self.contact is not None:
            return f"{self.base_url}/u/c/{self._contact_token}"
        return self.link.stop if self.person is not None else ""

    @property
    def door(self) -> str:
        """Where somebody outside the room answers, without an account."""
        return f"{self.base_url}/c/{self._contact_token}"

    @property
    def _contact_token(self) -> str:
        assert self.contact is not None
        return links.sign("contact", self.contact.id, self.contact.link_epoch)

    @property
    def zone(self) -> str:
        return self.workshop.time_zone

    @property
    def link(self) -> "Links":
        assert self.person is not None
        act = self.commitment  # a buddy reads about the act of another, and must not be able to answer for them
        own = act if act is not None and act.participant_id == self.person.id else None
        return Links(self.base_url, self.workshop, self.person, own)


@dataclass(frozen=True, slots=True)
class Links:
    """The own links of one person. They need no sign-in and die when that person is deleted."""

    base_url: str
    workshop: Workshop
    person: Participant
    commitment: Commitment | None = None

    @property
    def answer(self) -> str:
        assert self.commitment is not None
        return f"{self.base_url}/a/{links.sign('answer', self.commitment.id, self.person.link_epoch)}"

    @property
    def personal(self) -> str:
        return f"{self.base_url}/p/{self._person('person')}"

    @property
    def room(self) -> str:
        """Back into the room, where the commitment can be changed until midnight."""
        return f"{self.base_url}/w/{self.workshop.code}/me/{self._person('person')}"

    @property
    def stop(self) -> str:
        return f"{self.base_url}/u/{self._person('stop')}"

    def _person(self, purpose: str) -> str:
        return links.sign(purpose, self.person.id, self.person.link_epoch)


async def matter_of(session: AsyncSession, settings: Settings, plan: PlannedLetter) -> Matter:
    """Raises NoResultFound when the workshop went meanwhile (its plans go with it)."""
    workshop = await session.get_one(Workshop, plan.workshop_id)
    person = await session.get(Participant, plan.participant_id) if plan.participant_id else None
    return Matter(
        plan=plan,
        workshop=workshop,
        trainer=await session.get_one(Trainer, workshop.trainer_id),
        pattern=await work_pattern(session, workshop, person),
        now=clock.at(workshop),
        base_url=settings.address,
        domain=mail_domain(settings),
        person=person,
        commitment=await session.get(Commitment, plan.commitment_id) if plan.commitment_id else None,
        address=await session.get(MailAddress, plan.participant_id) if plan.participant_id else None,
        answer=await session.get(CheckIn, plan.commitment_id) if plan.commitment_id else None,
        contact=await session.get(Contact, plan.contact_id) if plan.contact_id else None,
    )


def mail_domain(settings: Settings) -> str:
    """What our Message-IDs and calendar entries end with."""
    return settings.mail_from.rpartition("@")[2] or "localhost"


def message_id(plan: PlannedLetter, domain: str) -> str:
    """Of the plan, so that the same letter has the same one however often it is tried."""
    return f"{plan.message_id_before}{domain}>"


async def thread_of(session: AsyncSession, matter: Matter) -> str:
    """The Message-ID that this letter answers to: the first confirmation of the same act; empty when there is none."""
    act = matter.commitment
    if act is None:
        return ""
    statement = (
        select(PlannedLetter)
        .where(
            col(PlannedLetter.commitment_id).in_([act.id, act.replanned_from or act.id]),
            col(PlannedLetter.participant_id) == matter.plan.participant_id,
            col(PlannedLetter.letter) == "m0",
            col(PlannedLetter.state) == "sent",
            col(PlannedLetter.id) != matter.plan.id,
        )
        .order_by(col(PlannedLetter.created_at))
    )
    first = (await session.exec(statement)).first()
    return message_id(first, matter.domain) if first else ""
