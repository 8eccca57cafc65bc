"""Answering the letter: drafts of a contact, published together; what came by telephone; what became of a promise."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.advancing import advance
from app.core.conditions_letter import ConditionsLetter, Contact, Point, PointAnswer
from app.core.contact_planning import plan_letter
from app.core.contacts import OWNER, name_owner
from app.core.errors import Closed, NotFound, Refused
from app.core.lasting import Condition
from app.core.point_answers import ANSWERS, BECAME, STATUS, for_contact, promised_by, told_points
from app.core.point_checks import checked_answer
from app.core.points import this_point
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_


async def drafts_of(session: AsyncSession, contact_id: str) -> dict[str, PointAnswer]:
    """What this contact wrote and did not publish yet, by point."""
    statement = select(PointAnswer).where(
        col(PointAnswer.contact_id) == contact_id, col(PointAnswer.published_at).is_(None)
    )
    return {draft.point_id: draft for draft in (await session.exec(statement)).all()}


async def draft_answer(
    session: AsyncSession,
    contact_id: str,
    point_id: str,
    answer: str,
    by_date: date | None = None,
    text: str = "",
    on_behalf_of: str = "",
    owner_address: str = "",
) -> None:
    """Keep one answer as a draft, over the draft before. Without an answer the draft is dropped.

    `text` is the reason, the part, or the name of who can arrange it. Raises Refused that names the field to mend.
    """
    contact, workshop = await _answering(session, contact_id)
    told = for_contact(await told_points(session, workshop.id), contact)
    if point_id not in {each.point.id for each in told}:
        raise NotFound(N_("This point is not in the letter any more."))
    draft = (await drafts_of(session, contact_id)).get(point_id)
    if not answer:
        if draft is not None:
            await session.delete(draft)
        return
    made = await checked_answer(session, workshop, answer, by_date, text, on_behalf_of)
    made.point_id, made.contact_id = point_id, contact_id
    if answer == "elsewhere" and owner_address.strip():
        owner = await name_owner(session, workshop.id, made.text, owner_address, contact.language)
        if owner.id == contact.id:
            raise Refused(N_("That is your own address. Write whose it is."), field="owner_address")
        made.owner_contact_id = owner.id
    if draft is not None:
        await session.delete(draft)
        await session.flush()
    session.add(made)


async def publish(session: AsyncSession, contact_id: str) -> int:
    """Publish what this contact drafted: appended, never over what was published before. Returns how many points.

    An answer that says what stands already is no change. Who was named with an address gets a letter about that point.
    """
    contact, workshop = await _answering(session, contact_id)
    drafts = await drafts_of(session, contact_id)
    if not drafts:
        raise Refused(N_("There is nothing new to publish. Answer a point first."))
    rev = await advance(session, workshop.id)
    told = {each.point.id: each for each in for_contact(await told_points(session, workshop.id), contact)}
    done = 0
    for point_id, draft in drafts.items():
        last = told[point_id].answer if point_id in told else None
        same = last and (last.answer, last.by_date, last.text) == (draft.answer, draft.by_date, draft.text)
        if point_id not in told or (same and draft.owner_contact_id is None):
            await session.delete(draft)
            continue
        await _publish(session, workshop, told[point_id].point, draft, rev)
        done += 1
    return done


async def enter_answer(
    session: AsyncSession, workshop_id: str, point_id: str, answer: str, by_date: date | None, text: str, said_by: str
) -> None:
    """The trainer types in what came by telephone: published at once, and marked as such."""
    point = await this_point(session, workshop_id, point_id)
    letter = await session.get(ConditionsLetter, workshop_id)
    if letter is None or letter.approved_at is None:
        raise Closed(N_("First send the letter. Then answers can come in."))
    rev = await advance(session, workshop_id)
    workshop = await session.get_one(Workshop, workshop_id)
    if answer in BECAME:
        made = PointAnswer(workshop_id=workshop_id, point_id=point_id, answer=answer)
    else:
        made = await checked_answer(session, workshop, answer, by_date, text, said_by)
    made.point_id, made.source = point_id, "phone"
    await _publish(session, workshop, point, made, rev)


async def tell_became(session: AsyncSession, contact_id: str, point_id: str, became: str) -> None:
    """What became of an own promise; later told anew it is appended."""
    contact, workshop = await _answering(session, contact_id)
    if became not in BECAME:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="became")
    own = promised_by(await told_points(session, workshop.id), contact)
    told = next((each for each in own if each.point.id == point_id), None)
    if told is None:
        raise NotFound(N_("This point is not in the letter any more."))
    if told.outcome is not None and told.outcome.answer == became:
        return
    made = PointAnswer(workshop_id=workshop.id, point_id=point_id, contact_id=contact_id, answer=became)
    await _publish(session, workshop, told.point, made, await advance(session, workshop.id))


async def _publish(session: AsyncSession, workshop: Workshop, point: Point, answer: PointAnswer, rev: int) -> None:
    answer.published_at, answer.rev = clock.at(workshop), rev
    session.add(answer)
    if answer.answer in ANSWERS and answer.source == "link":
        await _hand_over(session, workshop, point, answer)
    point.rev = rev
    session.add(point)
    behind = select(Condition).where(col(Condition.id).in_(point.condition_ids))
    for condition in (await session.exec(behind)).all():
        condition.status, condition.rev = STATUS[answer.answer], rev
        session.add(condition)


async def _hand_over(session: AsyncSession, workshop: Workshop, point: Point, answer: PointAnswer) -> None:
    """Whose it is now: who answers for an own point keeps it, whoever was named gets it."""
    contact = await session.get(Contact, answer.contact_id)
    if answer.answer == "elsewhere" and answer.owner_contact_id:
        point.owner_contact_id = answer.owner_contact_id
        owner = await session.get_one(Contact, answer.owner_contact_id)
        await plan_letter(session, workshop, owner, about=point.id)
    elif contact is not None and contact.role != OWNER:
        point.owner_contact_id = None


async def _answering(session: AsyncSession, contact_id: str) -> tuple[Contact, Workshop]:
    contact = await session.get(Contact, contact_id)
    if contact is None:
        raise NotFound(N_("This link does not work any more."))
    letter = await session.get(ConditionsLetter, contact.workshop_id)
    if letter is None or letter.approved_at is None:
        raise Closed(N_("The letter did not go yet. After the workshop you can answer it here."))
    return contact, await session.get_one(Workshop, contact.workshop_id)
