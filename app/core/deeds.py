"""Doing so that it can be undone: each command of a facilitator leaves the rows it changed as they were."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import event, inspect
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.contribution import Contribution, Curation
from app.core.deed import Deed
from app.core.errors import Refused
from app.core.handing_on import follow_curation
from app.core.lasting import Commitment, Condition, Gap, Need, Opgave, Party
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import Buddy, MailAddress, Participant
from app.core.workshop import Activity, Stage, Workshop
from app.texts import gettext_noop as N_

P = ParamSpec("P")
T = TypeVar("T")
Was = dict[tuple[str, str], dict[str, Any]]
ROWS: dict[str, type[SQLModel]] = {
    table.__name__: table
    for table in (
        *(Workshop, Stage, Activity, Curation, Opgave, Party, Gap, Need, Condition, Participant),
        *(Contribution, Commitment, Buddy, MailAddress, PlannedLetter, OutgoingMail),
    )
}
KEYS = {"Stage": "workshop_id", "Gap": "workshop_id", "Buddy": "participant_id", "MailAddress": "participant_id"}
"""The primary keys that are not called `id`."""
OUT_OF_SIGHT: dict[type[SQLModel], dict[str, Any]] = {
    Curation: {"withdrawn": True},
    Opgave: {"withdrawn": True},
    Party: {"withdrawn": True},
    Need: {"withdrawn": True},
    Condition: {"withdrawn": True},
    Activity: {"skipped": True},
}
"""How a row that a command made is taken back: rows that a look reads are never deleted."""


LABELS = {
    "open_workshop": N_("opening the workshop"),
    "close_workshop": N_("ending the workshop"),
    "merge": N_("two phones as one person"),
    "move_on": N_("moving on"),
    "set_phase": N_("showing, hiding or closing"),
    "reword": N_("the wording"),
    "insert_question": N_("the extra question"),
    "set_timer": N_("the timer"),
    "set_blank": N_("the blank screen"),
    "set_still": N_("the frozen screen"),
    "set_look_up": N_("asking for attention"),
    "spotlight": N_("the card in the light"),
    "turn_page": N_("the page"),
    "skip_step": N_("skipping"),
    "cut": N_("skipping"),
    "curate": N_("the card"),
    "merge_all": N_("merging cards"),
    "write_opgave": N_("the opgave"),
    "remove": N_("removing somebody"),
    "draw_groups": N_("the groups"),
}
"""What a facilitator reads on the button that undoes it."""
ONLY_THE_TRAINER = {"open_workshop", "close_workshop", "merge", "remove"}
"""What a co-facilitator may not do, and so not undo either."""


async def do(
    session: AsyncSession,
    workshop_id: str,
    trainer_id: str,
    verb: Callable[Concatenate[AsyncSession, P], Awaitable[T]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a verb and keep what it takes to undo it. A verb that changed nothing leaves no deed."""
    was: Was = {}

    def look(plain: Any, *_: object) -> None:
        for key, values in _images(plain):
            kept = was.setdefault(key, {})
            kept.update({name: value for name, value in values.items() if name not in kept})

    event.listen(session.sync_session, "before_flush", look)
    try:
        result = await verb(session, *args, **kwargs)
        await session.flush()
    finally:
        event.remove(session.sync_session, "before_flush", look)
    images = [{"table": table, "id": key, "was": values} for (table, key), values in was.items() if values]
    if images:
        rev = await advance(session, workshop_id)
        name = verb.__name__
        session.add(Deed(workshop_id=workshop_id, trainer_id=trainer_id, verb=name, images=images, rev=rev))
    return result


def _images(session: Any) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for row in session.new:
        if type(row) in OUT_OF_SIGHT:
            yield _key(row), dict(OUT_OF_SIGHT[type(row)])
    for row in session.dirty:
        if type(row).__name__ in ROWS:
            yield _key(row), dict(_former(row))


def _former(row: SQLModel) -> Iterator[tuple[str, Any]]:
    """The columns that change, with their former values as JSON."""
    for attribute in inspect(row).attrs:
        history = attribute.history
        if attribute.key != "rev" and history.has_changes() and history.deleted:
            yield attribute.key, _adapter(type(row), attribute.key).dump_python(history.deleted[0], mode="json")


def _adapter(table: type[SQLModel], column: str) -> TypeAdapter[Any]:
    kind: Any = table.model_fields[column].annotation
    return TypeAdapter(kind)


def _key(row: SQLModel) -> tuple[str, str]:
    table = type(row).__name__
    return table, str(getattr(row, KEYS.get(table, "id")))


async def last_deed(session: AsyncSession, workshop_id: str) -> Deed | None:
    """What the next undo takes back."""
    statement = select(Deed).where(col(Deed.workshop_id) == workshop_id, col(Deed.undone).is_(False))
    return (await session.exec(statement.order_by(col(Deed.rev).desc()).limit(1))).first()


async def undo(session: AsyncSession, workshop_id: str, deed_id: str, facilitator_id: str) -> None:
    """Take back the last deed. Raises Refused when it is not the one that the facilitator saw any more, or when it is
    up to the trainer."""
    rev = await advance(session, workshop_id)
    deed = await last_deed(session, workshop_id)
    if deed is None or deed.id != deed_id:
        raise Refused(N_("Something else was done after that. Look again at what can be undone."))
    workshop = await session.get_one(Workshop, workshop_id)
    if deed.verb in ONLY_THE_TRAINER and facilitator_id != workshop.trainer_id:
        raise Refused(N_("Only the trainer can undo this."))
    deed.undone, deed.rev = True, rev
    session.add(deed)
    for image in reversed(deed.images):  # what made room for another row gets its place back after that has left
        await _restore(session, image, rev)
        await session.flush()
    await _address_as_it_is(session, deed)


async def _address_as_it_is(session: AsyncSession, deed: Deed) -> None:
    """An address that was deleted does not come back with its person."""
    for image in deed.images:
        row = await session.get(Participant, image["id"]) if image["table"] == "Participant" else None
        if row is not None and row.gave_address:
            row.gave_address = await session.get(MailAddress, row.id) is not None
            session.add(row)


async def _restore(session: AsyncSession, image: dict[str, Any], rev: int) -> None:
    table = ROWS[image["table"]]
    row: Any = await session.get(table, image["id"])
    if row is None:
        return
    for column, value in image["was"].items():
        setattr(row, column, _adapter(table, column).validate_python(value))
    if "rev" in table.model_fields and table is not Workshop:
        row.rev = rev
    session.add(row)
    if isinstance(row, Curation):
        await session.flush()
        contribution = await session.get_one(Contribution, row.contribution_id)
        contribution.rev = rev
        session.add(contribution)
        await follow_curation(session, row.contribution_id, rev)
