"""The red line: from society through the gap and the needs to what people do, and what stands apart from it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.act.language import languages
from app.core.lasting import Commitment, Condition, Gap, Need
from app.core.opgaven import present_opgave
from app.core.organisation import Organisation
from app.core.text import Text
from app.core.workshop import Activity, Workshop
from app.quoting import in_first_person
from app.results import rates
from app.results.acts import Act
from app.results.suppressing import breakdown
from app.results.workshop_results import reported

Reported = tuple[Commitment, rates.Row]


@dataclass(frozen=True, slots=True)
class Distance:
    """Medians from 0 to 10, of `count` people."""

    now: float
    wanted: float
    count: int


@dataclass(frozen=True, slots=True)
class Acts:
    """`count` commitments. `texts` without names, in alphabetical order; empty where fewer than k people in the whole
    workshop committed: own words come only together with those of others. `outcome` counts those whose day has come;
    None where counting would point at persons."""

    count: int = 0
    texts: tuple[str, ...] = ()
    outcome: rates.Outcome | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One need on the line, with what serves it."""

    need_id: str
    text: str
    dots: int
    size: str
    settled: bool
    conditions: tuple[str, ...]
    acts: Acts


@dataclass(frozen=True, slots=True)
class RedLine:
    """`needs` with most dots first. `conditions` and `acts` serve the opgave itself: conditions that name no need, and
    commitments where the draaiboek did not ask which need they serve. `mentioned` are needs that nobody weighed or took
    up. `loose_needs` and `loose_acts` serve nothing. `intentions` were not concrete when they were sealed,
    `commitments` were; `intended` and `agreed` are their words without names, empty below k people."""

    society: Text | None
    gap: Distance | None
    needs: tuple[Stretch, ...]
    mentioned: tuple[str, ...]
    conditions: tuple[str, ...]
    acts: Acts
    loose_needs: tuple[Stretch, ...]
    loose_acts: Acts
    intentions: int
    commitments: int
    intended: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.gap or self.needs or self.conditions or self.loose_needs or self.acts.count + self.loose)

    @property
    def loose(self) -> int:
        return self.loose_acts.count


async def red_line(session: AsyncSession, workshop: Workshop, made: Sequence[Act] | None = None) -> RedLine:
    """As the lasting tables stand now, by the clock of the workshop. `made` spares a look where the acts were read."""
    organisation = await session.get_one(Organisation, workshop.organisation_id)
    opgave = await present_opgave(session, workshop.id)
    gap = await session.get(Gap, workshop.id)
    needs = await _needs(session, workshop.id)
    conditions = await _conditions(session, workshop.id)
    acts = await reported(session, workshop) if made is None else [(act.commitment, act.row) for act in made]
    asked = await _asks_which_need(session, workshop.id)
    told = acts if len(acts) >= organisation.k else []
    quotes = {act.id: quoted(act.act, workshop.language) for act, _ in told}
    by_need = _acts(acts, {need.id for need in needs}, workshop, organisation.k, quotes)
    known = {need.id for need in needs}
    stretches = [(need, _stretch(need, conditions, by_need.get(need.id, Acts()))) for need in needs]
    on_line = [(need, each) for need, each in stretches if need.serves_opgave_id]
    weighed = [each for _, each in on_line if _counts(each)]
    rest = by_need.get("", Acts())
    concrete = sum(act.verdict == "concreet" for act, _ in acts)
    return RedLine(
        society=Text(nl=opgave.text, en=opgave.text_en or opgave.text) if opgave and opgave.text else None,
        gap=Distance(gap.now, gap.wanted, gap.count) if gap else None,
        needs=tuple(weighed or (each for _, each in on_line)),
        mentioned=tuple(each.text for _, each in on_line if each.text and not _counts(each)) if weighed else (),
        conditions=_texts(each.text for each in conditions if each.serves_need_id not in known),
        acts=Acts() if asked else rest,
        loose_needs=tuple(each for need, each in stretches if not need.serves_opgave_id),
        loose_acts=rest if asked else Acts(),
        intentions=len(acts) - concrete,
        commitments=concrete,
        intended=_texts(quotes[act.id] for act, _ in told if act.verdict != "concreet"),
        agreed=_texts(quotes[act.id] for act, _ in told if act.verdict == "concreet"),
    )


async def _needs(session: AsyncSession, workshop_id: str) -> Sequence[Need]:
    here = select(Need).where(col(Need.workshop_id) == workshop_id, col(Need.withdrawn).is_(False))
    return (await session.exec(here.order_by(col(Need.dots).desc(), col(Need.rev), col(Need.id)))).all()


async def _conditions(session: AsyncSession, workshop_id: str) -> Sequence[Condition]:
    here = col(Condition.workshop_id) == workshop_id
    return (await session.exec(select(Condition).where(here, col(Condition.withdrawn).is_(False)))).all()


async def _asks_which_need(session: AsyncSession, workshop_id: str) -> bool:
    """Some form of this workshop asks which need an act serves."""
    specs = await session.exec(select(Activity.spec).where(col(Activity.workshop_id) == workshop_id))
    return any("serves" in spec.get("fields", ()) for spec in specs.all())


def _acts(
    acts: Iterable[Reported], needs: set[str], workshop: Workshop, k: int, quotes: Mapping[str, str]
) -> dict[str, Acts]:
    """By the id of the need they serve; under the empty id those that serve none, or one that is no more."""
    groups: dict[str, list[Reported]] = {}
    for act, row in acts:
        groups.setdefault(act.serves_need_id if act.serves_need_id in needs else "", []).append((act, row))
    today = clock.at(workshop).astimezone(ZoneInfo(workshop.time_zone)).date()
    due = {name: [row for _, row in group if row.due_day <= today] for name, group in groups.items()}
    outcomes = breakdown({name: rates.Outcome.of(rows) for name, rows in due.items()}, k)
    return {
        name: Acts(len(group), _texts(quotes.get(act.id, "") for act, _ in group), outcomes[name])
        for name, group in groups.items()
    }


def quoted(act: str, room: str) -> str:
    """The sentence decides its language; in doubt it is the room's."""
    spoken = languages(act)
    return in_first_person(act, spoken[0] if len(spoken) == 1 else room)


def _stretch(need: Need, conditions: Iterable[Condition], acts: Acts) -> Stretch:
    own = _texts(each.text for each in conditions if each.serves_need_id == need.id)
    return Stretch(need.id, need.text, need.dots, need.size, need.settled, own, acts)


def _counts(stretch: Stretch) -> bool:
    return bool(stretch.dots or stretch.size or stretch.settled or stretch.conditions or stretch.acts.count)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    """In alphabetical order, which tells nothing about who; the same words once, with nothing where words were
    removed."""
    return tuple(sorted(Counter(text for text in texts if text), key=str.casefold))
