"""The trainer's read-through: wording, order, what goes into the letter and what into the annex; then sent, once."""

from collections.abc import Mapping
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.conditions_letter import Contact, Point
from app.core.contact_planning import plan_letter
from app.core.contacts import COMMISSIONER, commissioner
from app.core.errors import Refused
from app.core.planning import work_pattern
from app.core.points import (
    MOST,
    drop_points_without_source,
    found_names,
    letter_of,
    names_in,
    points_of,
    this_point,
    unsent,
)
from app.core.text import one_line
from app.texts import gettext_noop as N_

MOST_SIGNS = {"text": 300, "size": 80, "owner": 80, "by_date": 40}
MOST_NOTE = 400


async def word_point(session: AsyncSession, workshop_id: str, point_id: str, words: Mapping[str, str]) -> Point:
    """The trainer's wording: text, size, owner and by_date. The condition keeps its own words."""
    _, rev = await unsent(session, workshop_id)
    point = await this_point(session, workshop_id, point_id)
    for field, most in MOST_SIGNS.items():
        text = str(one_line(words.get(field, "")))
        if len(text) > most:
            raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=most)
        if field == "text" and not text:
            raise Refused(N_("Write what is needed, or take this point out."), field=field)
        setattr(point, field, text)
    point.rev = rev
    session.add(point)
    return point


async def move_point(session: AsyncSession, workshop_id: str, point_id: str, move: str) -> Point:
    """`up`, `down`, `letter`, `annex`, `out` or `in`. Raises Refused for a sixth point in the letter."""
    _, rev = await unsent(session, workshop_id)
    point = await this_point(session, workshop_id, point_id)
    points = await points_of(session, workshop_id)
    if move in ("up", "down"):
        _swap(session, [each for each in points if not each.withdrawn and each.in_annex == point.in_annex], point, move)
    elif move in ("letter", "in", "annex", "out"):
        asked = sum(not each.in_annex and not each.withdrawn for each in points if each.id != point.id)
        if move == "letter" and asked >= MOST:
            raise Refused(
                N_("The letter asks about %(most)s points at most. Put another one in the annex first."), most=MOST
            )
        point.withdrawn = move == "out"
        point.in_annex = move == "annex" or (move == "in" and asked >= MOST) or (move == "out" and point.in_annex)
    else:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="move")
    point.rev = rev
    session.add(point)
    return point


def _swap(session: AsyncSession, row: list[Point], point: Point, move: str) -> None:
    at = next((at for at, each in enumerate(row) if each.id == point.id), -1)
    other = at + (1 if move == "down" else -1)
    if at < 0 or not 0 <= other < len(row):
        return
    point.position, row[other].position = row[other].position, point.position
    session.add(row[other])


async def word_letter(session: AsyncSession, workshop_id: str, note: str, answer_by: date | None) -> None:
    """The trainer's own line on top, and the day on which the participants hear the answers."""
    workshop, rev = await unsent(session, workshop_id)
    note = str(one_line(note))
    if len(note) > MOST_NOTE:
        raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field="note", max_length=MOST_NOTE)
    if answer_by is None or answer_by <= (await work_pattern(session, workshop, None)).local(clock.at(workshop)).date():
        raise Refused(N_("Choose a day that has still to come."), field="answer_by")
    letter = await letter_of(session, workshop)
    letter.note, letter.answer_by, letter.rev = note, answer_by, rev
    session.add(letter)


async def send_letter(session: AsyncSession, workshop_id: str, was_read: bool) -> Contact:
    """Approve the letter and plan it, once. Without somebody to mail, the contact whose link is handed over.

    Raises Refused before it was read, without points, and where a participant's name stands in it.
    """
    workshop, rev = await unsent(session, workshop_id)
    letter = await letter_of(session, workshop)
    await drop_points_without_source(session, workshop_id, rev)
    asked = [each for each in await points_of(session, workshop_id) if not each.withdrawn]
    if not any(not each.in_annex for each in asked):
        raise Refused(N_("There is no point in the letter yet."))
    if not was_read:
        raise Refused(N_("First read the letter as the director will read it."), field="was_read")
    typed = " ".join([letter.note, *(f"{each.text} {each.size} {each.owner} {each.by_date}" for each in asked)])
    names = found_names(typed, await names_in(session, workshop_id))
    if names:
        raise Refused(N_("The name “%(name)s” of a participant stands in the letter. Take it out."), name=names[0])
    letter.approved_at, letter.rev = clock.at(workshop), rev
    session.add(letter)
    contact = await commissioner(session, workshop_id)
    contact = contact or Contact(
        workshop_id=workshop_id, role=COMMISSIONER, name="", address="", language=workshop.language
    )
    session.add(contact)
    await session.flush()
    await plan_letter(session, workshop, contact)
    return contact
