"""The print set of a workshop, for a room without any network: cards to write on, and sheets to count them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.kind import KINDS, Kind
from app.core.moving import activities_of
from app.core.script import Script, Step
from app.core.workshop import Activity, Workshop
from app.paths import TEMPLATES
from app.texts import LANGUAGES
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One activity that stands on paper, with what it asks."""

    activity: Activity
    kind: Kind[Any, Any]
    spec: Any


@dataclass(frozen=True, slots=True)
class Card:
    """One step as it stands on paper: `asked` of each person, `counted` on the trainer's sheet. `loose`: it is answered
    at any time and taken along, so it stands twice on a page of its own."""

    step: Step
    counted: tuple[Asked, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.counted if each.kind.takes_entries)

    @property
    def loose(self) -> bool:
        return any(each.kind.at_any_time for each in self.asked)


@router.get("/paper")
async def show(request: Request, workshop: OwnWorkshop, db: Db, lang: str = "") -> Response:
    """In the language of the workshop, or in the one that is asked for."""
    async with db.read() as session:
        cards = cards_of(workshop, await activities_of(session, workshop.id))
    language = lang if lang in LANGUAGES else workshop.language
    return page(request, "trainer/paper.html", language, workshop=workshop, cards=cards)


def cards_of(workshop: Workshop, activities: Sequence[Activity]) -> list[Card]:
    """A card for each step in which something is asked or filled in with the room, in the order of the script; what is
    skipped is left out."""
    made = []
    for step in Script.model_validate(workshop.script).steps:
        own = [each for each in activities if each.step == step.key and not each.skipped]
        counted = tuple(_asked(each) for each in own if KINDS[each.kind].takes_entries or _has_sheet(each.kind))
        if counted:
            made.append(Card(step, counted))
    return made


def _has_sheet(kind: str) -> bool:
    """A kind that takes no entries may still be filled in by the trainer, with the room."""
    return (TEMPLATES / "activities" / kind / "_paper_tally.html").is_file()


def _asked(activity: Activity) -> Asked:
    kind = KINDS[activity.kind]
    return Asked(activity, kind, kind.Spec.model_validate(activity.spec))
