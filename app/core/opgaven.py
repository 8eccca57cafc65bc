"""The opgave in its versions: the highest one is what the room works on."""

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.errors import Refused
from app.core.lasting import Opgave
from app.texts import gettext_noop as N_

MOST_WORDS, MOST_SIGNS = 60, 600


async def present_opgave(session: AsyncSession, workshop_id: str) -> Opgave | None:
    statement = select(Opgave).where(col(Opgave.workshop_id) == workshop_id, col(Opgave.withdrawn).is_(False))
    return (await session.exec(statement.order_by(col(Opgave.version).desc()).limit(1))).first()


async def write_opgave(
    session: AsyncSession, workshop_id: str, text: str, text_en: str = "", contribution_id: str | None = None
) -> Opgave:
    """A new version, unless the text stands already. Raises Refused for an empty or endless one."""
    rev = await advance(session, workshop_id)
    text, text_en = " ".join(text.split()), " ".join(text_en.split())
    if not text:
        raise Refused(N_("Write the opgave in one sentence."), field="opgave")
    if any(len(each.split()) > MOST_WORDS or len(each) > MOST_SIGNS for each in (text, text_en)):
        raise Refused(
            N_("That is too long to remember. Use at most %(words)s words."), field="opgave", words=MOST_WORDS
        )
    return await add_version(session, workshop_id, text, text_en, contribution_id, rev)


async def add_version(
    session: AsyncSession, workshop_id: str, text: str, text_en: str, contribution_id: str | None, rev: int
) -> Opgave:
    """The present version when it says the same, else a new one at `rev`."""
    before = await present_opgave(session, workshop_id)
    if before is not None and (before.text, before.text_en) == (text, text_en):
        return before
    highest = select(func.max(Opgave.version)).where(col(Opgave.workshop_id) == workshop_id)
    opgave = Opgave(
        workshop_id=workshop_id,
        version=((await session.exec(highest)).one() or 0) + 1,
        text=text,
        text_en=text_en,
        contribution_id=contribution_id,
        rev=rev,
    )
    session.add(opgave)
    await session.flush()
    return opgave
