"""What an answer to a point needs before it is one: a day for a promise, words for a part or a no, a name."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app import clock
from app.core.conditions_letter import PointAnswer
from app.core.errors import Refused
from app.core.planning import work_pattern
from app.core.point_answers import ANSWERS, PROMISES
from app.core.text import clean, one_line
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

MOST_TEXT, MOST_NAME = 500, 80
WORDS_NEEDED = {
    "partly": N_("Which part do you arrange? Write one sentence."),
    "no": N_("Why not? Write one sentence: people read it."),
    "elsewhere": N_("With whom does it lie? Write the name or the role."),
}


async def checked_answer(
    session: AsyncSession, workshop: Workshop, answer: str, by_date: date | None, text: str, on_behalf_of: str
) -> PointAnswer:
    """An answer that is not stored yet. Raises Refused that names the field to mend."""
    text, on_behalf_of = str(clean(text)), str(one_line(on_behalf_of))
    if answer not in ANSWERS:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field="answer")
    most = MOST_NAME if answer == "elsewhere" else MOST_TEXT
    for field, typed, longest in (("text", text, most), ("on_behalf_of", on_behalf_of, MOST_NAME)):
        if len(typed) > longest:
            raise Refused(N_("That is too long. Use at most %(max_length)s signs."), field=field, max_length=longest)
    today = (await work_pattern(session, workshop, None)).local(clock.at(workshop)).date()
    if answer == "arranged" and by_date is None:
        raise Refused(N_("By when? Choose a day."), field="by_date")
    if answer in PROMISES and by_date is not None and by_date < today:
        raise Refused(N_("Choose a day that has still to come."), field="by_date")
    if answer in WORDS_NEEDED and not text:
        raise Refused(WORDS_NEEDED[answer], field="text")
    return PointAnswer(
        workshop_id=workshop.id,
        point_id="",
        answer=answer,
        by_date=by_date if answer in PROMISES else None,
        text=text,
        on_behalf_of=on_behalf_of,
        created_at=clock.at(workshop),
    )
