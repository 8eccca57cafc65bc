"""*Losse vraag*: a question that the script does not have, put in after the present one."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.advancing import advance
from app.core.errors import Refused
from app.core.moving import activities_of
from app.core.workshop import Activity, Stage
from app.texts import gettext_noop as N_

YES_NO: list[dict[str, Any]] = [
    {"key": "yes", "label": {"nl": "Ja", "en": "Yes"}},
    {"key": "almost", "label": {"nl": "Bijna", "en": "Almost"}},
    {"key": "no", "label": {"nl": "Nee", "en": "No"}},
]
SHAPES: dict[str, dict[str, Any]] = {
    "poll": {"kind": "poll", "hide": True, "options": YES_NO},
    "scale": {
        "kind": "scale",
        "hide": True,
        "points": [{"key": "grade", "label": {"nl": "Jouw cijfer", "en": "Your number"}}],
        "low": {"nl": "helemaal niet", "en": "not at all"},
        "high": {"nl": "helemaal wel", "en": "completely"},
    },
    "cards": {"kind": "cards", "max_cards": 3},
}
"""What can be asked in between. The trainer types the question only, and for a poll may type the answers."""
MOST_ANSWERS = 8


async def insert_question(
    session: AsyncSession, workshop_id: str, shape: str, question: str, answers: str = ""
) -> Activity:
    """A new activity after the present one, in its step. `answers` are lines. Raises Refused without a question."""
    rev = await advance(session, workshop_id)
    question = " ".join(question.split())[:300]
    if shape not in SHAPES:
        raise Refused(N_("Choose one of the answers."), field="shape")
    if not question:
        raise Refused(N_("Type the question first."), field="question")
    stage = await session.get_one(Stage, workshop_id)
    activities = await activities_of(session, workshop_id)
    here = next((each for each in activities if each.id == stage.activity_id), activities[0])
    for later in activities:
        if later.position > here.position:
            later.position, later.rev = later.position + 1, rev
            session.add(later)
    spec = {**SHAPES[shape], "question": {"nl": question, "en": question}}
    if shape == "poll" and (options := _options(answers)):
        spec["options"] = options
    made = Activity(
        workshop_id=workshop_id,
        position=here.position + 1,
        step=here.step,
        key=f"extra-{here.position + 1}-{rev}",
        kind=spec.pop("kind"),
        spec=spec,
        rev=rev,
    )
    session.add(made)
    return made


def _options(answers: str) -> list[dict[str, Any]]:
    """One answer a line; fewer than two are no choice."""
    lines = [" ".join(line.split())[:80] for line in answers.splitlines() if line.strip()][:MOST_ANSWERS]
    if len(lines) < 2:
        return []
    return [{"key": f"answer-{number}", "label": {"nl": line, "en": line}} for number, line in enumerate(lines, 1)]
