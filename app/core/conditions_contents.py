"""What stands in the letter to who decides: for the mail, the page behind its link, the preview and the paper."""

from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.conditions_letter import ConditionsLetter, Contact
from app.core.contacts import OWNER, commissioner
from app.core.lasting import FIRST, Commitment, Opgave
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.point_answers import AnsweredPoint, for_contact, told_points
from app.core.points import count_people, letter_of
from app.core.trainer import Trainer
from app.core.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Contents:
    """`asked` are the points that wait for an answer, at most five; `promised` those that a leader promised in the
    room; `annex` the rest. `commitments` is 0 where the count would point at persons. `pointed_by`: who said that a
    point lies with the owner who reads."""

    workshop: Workshop
    trainer: Trainer
    letter: ConditionsLetter
    contact: Contact | None
    opgave: Opgave | None
    people: int
    commitments: int
    asked: tuple[AnsweredPoint, ...]
    promised: tuple[AnsweredPoint, ...]
    annex: tuple[AnsweredPoint, ...]
    pointed_by: str = ""

    @property
    def is_for_owner(self) -> bool:
        return self.contact is not None and self.contact.role == OWNER

    @property
    def is_sent(self) -> bool:
        return self.letter.approved_at is not None

    @property
    def open_points(self) -> tuple[AnsweredPoint, ...]:
        """Asked, and without any answer."""
        return tuple(each for each in self.asked if each.answer is None)


async def contents_of(session: AsyncSession, workshop: Workshop, contact: Contact | None = None) -> Contents:
    """As this contact reads it; without one: as the commissioner will."""
    told = tuple(each for each in await told_points(session, workshop.id) if each.point.text or each.answers)
    contact = contact or await commissioner(session, workshop.id)
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    made = select(func.count()).where(
        col(Commitment.workshop_id) == workshop.id,
        col(Commitment.withdrawn).is_(False),
        *FIRST,
    )
    commitments = int((await session.exec(made)).one())
    is_owner = contact is not None and contact.role == OWNER
    own = for_contact(told, contact) if contact is not None else told
    promised = [each for each in own if each.point.in_annex and each.answers and each.answers[0].source == "room"]
    first = await commissioner(session, workshop.id) if is_owner else None
    return Contents(
        workshop=workshop,
        trainer=await session.get_one(Trainer, workshop.trainer_id),
        letter=await letter_of(session, workshop),
        contact=contact,
        opgave=await present_opgave(session, workshop.id),
        people=await count_people(session, workshop.id),
        commitments=commitments if commitments >= organisation.k else 0,
        asked=own if is_owner else tuple(each for each in own if not each.point.in_annex),
        promised=() if is_owner else tuple(promised),
        annex=() if is_owner else tuple(each for each in own if each.point.in_annex and each not in promised),
        pointed_by=first.name if first else "",
    )
