"""What people do in the month, each by the verb of the product."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from app.core import addressing, people
from app.core.checking_in import check_in, tell_more
from app.core.deleting import delete_participant
from app.core.grouping import pair
from app.core.later_check_in import check_in_later
from app.core.next_step import take_next
from app.core.replanning import replan
from app.core.reply import enter_reply
from app.ids import spoken_code
from tests.month.people import Doing, Person, address, marker

if TYPE_CHECKING:
    from tests.month.world import World


async def _gives(world: "World", person: Person, doing: Doing) -> None:
    await _address(world, person, doing.value, 0)


async def _corrects(world: "World", person: Person, doing: Doing) -> None:
    await _address(world, person, person.ticks, 1)


async def _address(world: "World", person: Person, ticks: str, number: int) -> None:
    to, who = address(person.name, number), world.people[person.name]
    wants = "check" in ticks, "later" in ticks
    await world.db.write(addressing.give_address, world.workshop_of(person), who, to, *wants)


async def _changes(world: "World", person: Person, doing: Doing) -> None:
    await world.seal(person, act=doing.value)


async def _moves(world: "World", person: Person, doing: Doing) -> None:
    await world.seal(person, day=world.today(doing.days), at=doing.at)


async def _answers(world: "World", person: Person, doing: Doing) -> None:
    act = world.act_of(person)
    await world.db.write(check_in, act, doing.value)
    words = {"brought": marker(person.name, "bracht")}
    if doing.value != "gelukt":
        words |= {"obstacle_text": marker(person.name, "hinder")}
    await world.db.write(tell_more, act, **words)


async def _tells_more(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(tell_more, world.act_of(person), obstacle=doing.value, needed="twee kamers")


async def _replies(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(enter_reply, world.workshop_of(person).id, address(person.name), doing.value)


async def _plans_again(world: "World", person: Person, doing: Doing) -> None:
    made = await world.db.write(replan, world.act_of(person), world.today(doing.days), doing.at, doing.value)
    world.acts[person.name].append(made.id)


async def _takes_next(world: "World", person: Person, doing: Doing) -> None:
    made = await world.db.write(take_next, world.act_of(person), doing.value, world.today(doing.days), doing.at)
    world.acts[person.name].append(made.id)


async def _tells_after_a_week(world: "World", person: Person, doing: Doing) -> None:
    told = {"worked": doing.value, "helped": marker(person.name, "hielp")}
    await world.db.write(check_in_later, world.acts[person.name][0], "m3", told)


async def _tells_after_four_weeks(world: "World", person: Person, doing: Doing) -> None:
    told = {"now": int(doing.value), "different": marker(person.name, "anders")}
    await world.db.write(check_in_later, world.acts[person.name][0], "m4", told)


async def _stops(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(addressing.stop, world.people[person.name].id)


async def _takes_address_back(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(addressing.delete_address, world.people[person.name].id)


async def _deletes_self(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(delete_participant, world.people[person.name].id)


async def _is_removed(world: "World", person: Person, doing: Doing) -> None:
    await world.db.write(people.remove, world.workshop_of(person).id, world.people[person.name].id)


async def _pairs(world: "World", person: Person, doing: Doing) -> None:
    other = world.people[doing.value]
    await world.db.write(pair, world.people[person.name], spoken_code(other.id))


DOINGS: dict[str, Callable[["World", Person, Doing], Awaitable[Any]]] = {
    "address": _gives,
    "correct": _corrects,
    "change": _changes,
    "move": _moves,
    "check": _answers,
    "more": _tells_more,
    "reply": _replies,
    "again": _plans_again,
    "next": _takes_next,
    "week": _tells_after_a_week,
    "month": _tells_after_four_weeks,
    "stop": _stops,
    "remove": _takes_address_back,
    "delete": _deletes_self,
    "removed": _is_removed,
    "buddy": _pairs,
}
