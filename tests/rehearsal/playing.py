"""A script played whole: a workshop made from it on a running server, a room of players, and what the database holds
afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.contribution import Contribution
from app.core.kind import KINDS
from app.core.lasting import Commitment
from app.core.making import Plan, make_workshop
from app.core.script import Script
from app.core.signing_in import invite, sign_in
from app.core.workshop import Activity, Workshop
from app.db import Database
from app.rehearsal.happened import Happened
from app.rehearsal.play import Company, play

PARTIES = (("de corporatie", "verhuren zonder overlast"), ("de opvang", "elke nacht een bed vrij"))
OPGAVE = "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek. Nu zijn dat er 55."


@dataclass
class Played:
    """`answers`: how many people answered each activity that takes entries and was on the stage, by `step/key`."""

    happened: Happened
    status: str
    answers: dict[str, int]
    commitments: int
    keeps: bool
    """Whether the script asks for a commitment."""

    @property
    def unanswered(self) -> list[str]:
        return [place for place, count in self.answers.items() if not count]


async def rehearsal(db: Database, script: Script, *, given: bool = False, tables: int = 0) -> tuple[Workshop, str]:
    """A workshop that can begin, and the trainer's session. `given`: the trainer brings the opgave too, beside
    the parties."""
    ticket = await db.write(invite, "speler@example.org", "Speler")
    token = await db.write(sign_in, ticket.token)
    plan = Plan(
        organisation_id=ticket.trainer.organisation_id or "",
        title="Droogoefenen",
        starts_at=datetime.now(UTC),  # in time: who opens a minute late loses a step
        time_zone="Europe/Amsterdam",
        language="nl",
        opgave=OPGAVE if given else "",
        parties=PARTIES,
        is_rehearsal=True,
    )
    workshop = await db.write(make_workshop, ticket.trainer, script, plan)
    await db.write(_with_tables, workshop.id, tables)
    return workshop, token


async def _with_tables(session: AsyncSession, workshop_id: str, tables: int) -> None:
    workshop = await session.get_one(Workshop, workshop_id)
    workshop.tables = tables
    session.add(workshop)


async def played(
    db: Database, address: str, script: Script, company: Company, pause: float, *, given: bool = False, tables: int = 0
) -> Played:
    """The script from the opening to the closing, by the real doors."""
    workshop, token = await rehearsal(db, script, given=given, tables=tables)
    happened = await play(address, workshop.code, token, company, pause, lambda _: None)
    return await _found(db, workshop.id, happened)


async def _found(db: Database, workshop_id: str, happened: Happened) -> Played:
    async with db.read() as session:
        status = (await session.get_one(Workshop, workshop_id)).status
        activities = (await session.exec(select(Activity).where(Activity.workshop_id == workshop_id))).all()
        counted = select(Contribution.activity_id, func.count(func.distinct(Contribution.participant_id))).where(
            Contribution.workshop_id == workshop_id, col(Contribution.withdrawn).is_(False)
        )
        people = Counter(dict((await session.exec(counted.group_by(col(Contribution.activity_id)))).all()))
        made = select(func.count()).select_from(Commitment).where(Commitment.workshop_id == workshop_id)
        commitments = (await session.exec(made)).one()
    asked = [each for each in activities if KINDS[each.kind].takes_entries and each.phase != "waiting"]
    answers = {f"{each.step}/{each.key}": people[each.id] for each in asked}
    return Played(happened, status, answers, commitments, any(each.kind == "commitment" for each in activities))


def ensure_sound(found: Played, people: int) -> None:
    """The whole room answered everything that it was asked, and nothing went wrong."""
    happened = found.happened
    assert found.status == "closed"
    assert happened["joined"] == people
    for fault in ("could not join", "server errors", "refused though wise", "gave up", "lost the line"):
        assert happened[fault] == 0, (dict(happened), dict(happened.reasons))
    assert happened["answers refused"] <= people, dict(happened)
    assert found.answers
    assert found.unanswered == []
    assert found.commitments == (people if found.keeps else 0)
