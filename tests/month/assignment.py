"""Who gave the assignment: the letter with the points goes to them, and they answer it or not."""

from typing import TYPE_CHECKING

from app.core.conditions_writing import send_letter, word_letter
from app.core.point_answering import draft_answer, publish, tell_became
from app.core.points import make_points, points_of
from tests.letters_to_contacts import contacts, named
from tests.month.outside import PIET

if TYPE_CHECKING:
    from tests.month.world import World

NAMED_BY = {"Anna": ("Aaltje", "Berend", "Cato", "Evelien", "Floris", "Geertje"), "Dirk": ("Wubbo", "Yfke", "Zjoske")}
CONDITIONS = ("Mandaat om twee kamers te huren", "Eén dag per week vrij")


async def sends(world: "World", trainer: str) -> None:
    """The points, from what people named; read through and sent."""
    workshop = world.workshops[trainer]
    for number, who in enumerate(NAMED_BY[trainer]):
        await named(world.db, workshop, who, CONDITIONS[number % 2])
    await world.db.write(make_points, workshop.id)
    await world.db.write(word_letter, workshop.id, "", world.today(10))
    await world.db.write(send_letter, workshop.id, True)


async def dora_answers(world: "World") -> None:
    """She arranges the first point; the second lies with Piet."""
    await promises(world, "Dora", 0, 10)
    dora, point = await _contact(world, "Dora"), await _point(world, 1)
    await world.db.write(draft_answer, dora, point, "elsewhere", None, "Piet", "", PIET)
    await world.db.write(publish, dora)


async def promises(world: "World", who: str, number: int, days: int) -> None:
    contact, point = await _contact(world, who), await _point(world, number)
    await world.db.write(draft_answer, contact, point, "arranged", world.today(days))
    await world.db.write(publish, contact)


async def dora_kept(world: "World") -> None:
    await world.db.write(tell_became, await _contact(world, "Dora"), await _point(world, 0), "met")


async def _contact(world: "World", name: str) -> str:
    return (await contacts(world.db, world.workshops["Anna"]))[name].id


async def _point(world: "World", number: int) -> str:
    async with world.db.read() as session:
        return (await points_of(session, world.workshops["Anna"].id))[number].id
