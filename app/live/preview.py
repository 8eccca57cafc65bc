"""One activity of a draaiboek as the three audiences would see it, in a room in which nobody is yet."""

from datetime import datetime
from typing import Any

from app import clock, render
from app.core.making import freeze
from app.core.script import Script, Step
from app.core.workshop import Activity, Audience, Phase, Stage, Status, Workshop
from app.live.mirror import Mirror
from app.live.screens import context
from app.live.view import View

CODE = "MRGNBD"
"""No workshop has this code: the forms of a preview lead nowhere."""


def view_of(step: dict[str, Any], at: int, base_url: str) -> View:
    """The room with the activity at index `at` of a step on its stage. `step` is a Step as JSON; only this activity of
    it has to be sound. Raises pydantic's ValidationError where it is not."""
    now = clock.now()
    script = _script(step, at)
    frozen = freeze(script, now.date())
    shown = frozen["steps"][0]["activities"][0]
    workshop = _workshop(now, script.minutes)
    here = Activity(
        id="preview",
        workshop_id=workshop.id,
        position=0,
        step=script.steps[0].key,
        key=shown["key"],
        kind=shown["kind"],
        spec=shown["spec"],
        phase=Phase.OPEN,
    )
    stage = Stage(workshop_id=workshop.id, activity_id=here.id, step_began_at=now)
    mirror = Mirror(workshop.id, 0, workshop, stage, Script.model_validate(frozen))
    mirror.activities = {here.id: here}
    return View.of(mirror, 0, base_url)


def preview(view: View, audience: Audience, language: str) -> str:
    """The screen of one audience as HTML; a part that cannot be drawn says so, as in the room."""
    drawn = render.sheet(f"{audience.value}/screen.html", language, None, **context(view))
    return drawn.assemble("screen")


def _script(step: dict[str, Any], at: int) -> Script:
    """A draaiboek of this one step with this one activity; texts that are still empty get a dash."""
    texts = {name: _dashed(step.get(name)) for name in ("title", "goal", "say", "watch")}
    rescue = [_dashed(each) for each in step.get("rescue", ())] or [_dashed(None)]
    minutes = step.get("minutes")
    minutes = minutes if isinstance(minutes, int) and 1 <= minutes <= 120 else 5
    only = {"key": step["key"], "minutes": minutes, **texts, "rescue": rescue, "activities": [step["activities"][at]]}
    return Script(
        key="preview",
        title=_dashed(None),
        summary=_dashed(None),
        minutes=max(minutes, 5),
        commit_at=1,
        steps=(Step.model_validate(only),),
    )


def _dashed(text: Any) -> Any:
    said = text if isinstance(text, dict) else {}
    return {"nl": said.get("nl") or said.get("en") or "–", "en": said.get("en") or said.get("nl") or "–"}


def _workshop(now: datetime, minutes: int) -> Workshop:
    return Workshop(
        id="preview",
        code=CODE,
        organisation_id="preview",
        trainer_id="preview",
        title="Morgen",
        starts_at=now,
        opened_at=now,
        status=Status.OPEN,
        minutes=minutes,
        script={},
    )
