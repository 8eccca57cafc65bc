"""For tests of the letter to who decides: a room with conditions on cards."""

from typing import Any

from sqlmodel import select

from app.core.advancing import advance
from app.core.conditions_letter import Contact, Point
from app.core.contribution import Contribution
from app.core.joining import join
from app.core.lasting import Condition
from app.core.moving import activities_of
from app.core.participant import Participant
from app.core.points import make_points, points_of
from app.core.workshop import Workshop
from app.db import Database


async def named(db: Database, workshop: Workshop, browser: str, text: str, **more: Any) -> Condition:
    """This person puts a condition on a card."""
    person = await db.write(join, workshop.id, browser, "nl")

    async def put(session: Any) -> Condition:
        rev = await advance(session, workshop.id)
        activity = (await activities_of(session, workshop.id))[0]
        card = Contribution(
            workshop_id=workshop.id,
            activity_id=activity.id,
            participant_id=person.id,
            slot=f"card {text}",
            entry={},
            rev=rev,
        )
        session.add(card)
        await session.flush()
        made = Condition(
            workshop_id=workshop.id, contribution_id=card.id, participant_id=person.id, text=text, rev=rev, **more
        )
        session.add(made)
        return made

    return await db.write(put)


async def nine_conditions(db: Database, workshop: Workshop) -> None:
    """Three people ask for a mandate; five other things are asked for once each, and one by two."""
    for browser in ("bas", "chantal", "dries"):
        await named(db, workshop, browser, "Mandaat om twee kamers te huren", owner="directie", by_date="1 dec")
    for browser in ("bas", "chantal"):
        await named(db, workshop, browser, "Eén dag per week vrij")
    for number, browser in enumerate(("eva", "fred", "gijs", "hanna", "ilse")):
        await named(db, workshop, browser, f"Iets anders, nummer {number}")


async def points(db: Database, workshop: Workshop) -> list[Point]:
    await db.write(make_points, workshop.id)
    async with db.read() as session:
        return list(await points_of(session, workshop.id))


async def person_of(db: Database, workshop: Workshop, browser: str) -> Participant:
    return await db.write(join, workshop.id, browser, "nl")


async def contacts(db: Database, workshop: Workshop) -> dict[str, Contact]:
    """By name."""
    async with db.read() as session:
        found = await session.exec(select(Contact).where(Contact.workshop_id == workshop.id))
        return {each.name: each for each in found.all()}
