"""Coming in, coming back, and going: who a browser is in a workshop."""

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock, ids
from app.core.advancing import advance
from app.core.errors import Closed, NotFound
from app.core.opening import is_open
from app.core.participant import Device, Participant
from app.core.workshop import WITHOUT_SCRIPT, Door, Workshop
from app.texts import gettext_noop as N_

_BY_BROWSER = (
    select(Participant)
    .join(Device, col(Device.participant_id) == col(Participant.id))
    .where(col(Device.browser_hash) == bindparam("browser"), col(Device.workshop_id) == bindparam("workshop"))
)
# Statements of the hot path are built once: SQLAlchemy takes longer to build than to run them.


async def join(
    session: AsyncSession, workshop_id: str, browser: str, language: str, admitted: bool = False
) -> Participant:
    """The participant that this browser (hash of its cookie) is here; a new one at its first visit.

    Raises Closed while the workshop is not open to newcomers. `admitted`: by the trainer, also while it is locked.
    """
    return await enter(session, await under_lock(session, workshop_id), browser, language, admitted)


async def under_lock(session: AsyncSession, workshop_id: str) -> Workshop:
    """The workshop at its next revision, read when nobody else changes it any more: its door may be another one than
    before."""
    await advance(session, workshop_id)
    return await session.get_one(Workshop, workshop_id, options=[WITHOUT_SCRIPT], populate_existing=True)


async def enter(
    session: AsyncSession, workshop: Workshop, browser: str, language: str, admitted: bool = False
) -> Participant:
    """`join`, for a workshop that is `under_lock`."""
    known = await who(session, workshop.id, browser)  # a second tap of this browser waited for the lock until here
    if known is not None:
        return known
    participant = await _newcomer(session, workshop, language, admitted)
    await be(session, participant, browser)  # the browser of somebody who was removed is known already
    return participant


async def _newcomer(session: AsyncSession, workshop: Workshop, language: str, admitted: bool = False) -> Participant:
    if workshop.door == Door.LOCKED and not admitted:
        raise Closed(N_("The trainer has locked this room. Ask the trainer to let you in."))
    if not is_open(workshop, clock.at(workshop)):
        raise Closed(N_("This workshop is not open yet, or it is over. Ask the trainer."))
    participant = Participant(
        workshop_id=workshop.id,
        language=language,
        personal_code=await _free_code(session, workshop.id),
        rev=workshop.rev,
    )
    session.add(participant)
    await session.flush()
    return participant


async def add_person(session: AsyncSession, workshop_id: str, browser: str, language: str) -> Participant:
    """One more person on this phone, who is there from now on. Raises Closed while the workshop is not open."""
    participant = await _newcomer(session, await under_lock(session, workshop_id), language)
    await be(session, participant, browser)
    return participant


async def join_on_paper(session: AsyncSession, workshop_id: str, language: str) -> Participant:
    """Somebody without a phone: the trainer types in their cards."""
    participant = await _newcomer(session, await under_lock(session, workshop_id), language, admitted=True)
    participant.on_paper = True
    return participant


async def _free_code(session: AsyncSession, workshop_id: str) -> str:
    while True:  # 31^4 codes, at most some thousands of people
        code = ids.personal_code()
        taken = select(Participant.id).where(
            col(Participant.workshop_id) == workshop_id, col(Participant.personal_code) == code
        )
        if (await session.exec(taken)).first() is None:
            return code


async def who(session: AsyncSession, workshop_id: str, browser: str) -> Participant | None:
    """The participant behind this browser in this workshop, following a merge; None when unknown or removed."""
    participant = (await session.exec(_BY_BROWSER, params={"browser": browser, "workshop": workshop_id})).first()
    if participant is not None and participant.merged_into:
        participant = await session.get(Participant, participant.merged_into)
    return None if participant is None or participant.removed_at else participant


async def come_back(session: AsyncSession, workshop_id: str, browser: str, personal_code: str) -> Participant:
    """Tie this browser to the participant with this code. Raises NotFound for a code nobody has here."""
    statement = select(Participant).where(
        col(Participant.workshop_id) == workshop_id,
        col(Participant.personal_code) == personal_code.strip().upper(),
        col(Participant.removed_at).is_(None),
        col(Participant.merged_into).is_(None),
    )
    participant = (await session.exec(statement)).first()
    if participant is None:
        raise NotFound(N_("Nobody here has this code. Look at your other phone or ask the trainer."), field="code")
    await be(session, participant, browser)
    return participant


async def be(session: AsyncSession, participant: Participant, browser: str) -> None:
    """From now on this browser is `participant` in this workshop."""
    device = await session.get(Device, (browser, participant.workshop_id))
    if device is None:
        device = Device(browser_hash=browser, workshop_id=participant.workshop_id, participant_id=participant.id)
    device.participant_id = participant.id
    session.add(device)


async def speak(session: AsyncSession, participant_id: str, language: str) -> None:
    """Remember the language of this person, also for their mails."""
    participant = await session.get_one(Participant, participant_id)
    participant.language = language
    session.add(participant)
