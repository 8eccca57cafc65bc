"""One activity of a draaiboek as the three audiences would see it: in an empty room, or with answers made up for it."""

from datetime import datetime
from typing import Any

from app import clock, render
from app.core.drafts import CommitmentDraft
from app.core.errors import Refused
from app.core.examples import SENTENCES
from app.core.kind import KINDS, Kind
from app.core.lasting import Commitment, Need
from app.core.making import freeze
from app.core.script import Script, Step
from app.core.shown import Shown
from app.core.surroundings import Made, Surroundings
from app.core.workshop import Activity, Audience, Phase, Stage, Status, Workshop
from app.live.mirror import Mirror
from app.live.screens import context
from app.live.view import View
from app.texts import say

PEOPLE = 12
CODE = "MRGNBD"
"""No workshop has this code: the forms of a preview lead nowhere."""


def view_of(step: dict[str, Any], at: int, base_url: str, answers: str = "") -> View:
    """The room with the activity at index `at` of a step on its stage. `step` is a Step as JSON; only this activity of
    it has to be sound. Raises pydantic's ValidationError where it is not. `answers`: the language of the made up
    answers, with the results on the screen; empty for a room in which nobody is yet."""
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
    if answers:
        _answer(mirror, here, Surroundings(language=answers, now=clock.at(workshop)))
    return View.of(mirror, frozenset(map(str, range(PEOPLE if answers else 0))), base_url)


def has_examples(kind: str) -> bool:
    return type(KINDS[kind]).example is not Kind.example


def _answer(mirror: Mirror, here: Activity, around: Surroundings) -> None:
    kind = KINDS[here.kind]
    needs = [
        Need(
            id=f"need-{at}",
            workshop_id=mirror.workshop_id,
            type="TEAM",
            text=say(around.language, each),
            contribution_id=f"card-{at}",
        )
        for at, each in enumerate(SENTENCES)
    ]
    spec = kind.prepare(kind.Spec.model_validate(here.spec), Made(needs=needs))
    shown = [card for number in range(PEOPLE) for card in _said(kind, spec, number, around)]
    here.spec, here.phase = spec.model_dump(mode="json"), Phase.REVEALED if shown else Phase.OPEN
    mirror.cards = {here.id: {card.id: card for card in shown}}
    drafts = [(card, kind.hand_on(spec, card.entry)) for card in shown]
    made = [_commitment(card, draft, around) for card, draft in drafts if isinstance(draft, CommitmentDraft)]
    mirror.lasting = {Commitment: {each.id: each for each in made}}


def _commitment(card: Shown[Any], draft: CommitmentDraft, around: Surroundings) -> Commitment:
    return Commitment(
        id=card.id,
        workshop_id="preview",
        participant_id=card.participant_id,
        act=draft.act,
        day=draft.day,
        first_due_day=draft.day,
        starts_at=around.now,
        verdict=draft.verdict,
    )


def _said(kind: Kind[Any, Any], spec: Any, number: int, around: Surroundings) -> list[Shown[Any]]:
    """By the rules of a real tap; what a draaiboek refuses is left out."""
    mine: dict[str, Any] = {}
    for form in kind.example(spec, number, around.language):
        try:
            entry = kind.parse(form)
            kind.allow(spec, mine, entry)
            mine[kind.slot(entry, "example")] = kind.complete(spec, mine, entry, around)
        except Refused:
            break
    return [Shown(f"example-{number}-{slot}", f"person-{number}", slot, entry) for slot, entry in mine.items()]


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
