"""What stands in a frame of the editor: an activity as one audience would see it, without scripts."""

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from app import render
from app.core.errors import NotFound
from app.core.kind import discover
from app.core.script_mistakes import mistakes_in
from app.core.trainer import OwnScript
from app.core.workshop import Audience
from app.live.preview import preview, view_of
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_
from app.web.deps.languages import Language
from app.web.own_script import ThisOwnScript
from app.web.pages import base_url, page

router = APIRouter(prefix="/trainer/own-scripts/{own_id}/steps/{step}")


@router.get("/preview/{number}/{audience}")
async def show_preview(
    request: Request,
    step: str,
    number: int,
    audience: Audience,
    own: ThisOwnScript,
    language: Language,
    lang: str = "",
    answers: bool = False,
) -> Response:
    """As it was saved last, empty or with `answers`; a note in its place while it has mistakes."""
    chosen = lang if lang in LANGUAGES else language
    found = next((each for each in own.document.get("steps", ()) if each.get("key") == step), None)
    if found is None or not 0 <= number < len(found.get("activities", ())):
        raise NotFound(N_("This step is no longer in the draaiboek."))
    activity = found["activities"][number]
    kinds = discover()
    if activity["kind"] not in kinds or _has_mistakes(own, step, number):
        note = render.part("trainer/script_editor/no_preview.html", chosen)
        return page(request, "trainer/script_editor/preview.html", chosen, audience="trainer", screen=Markup(note))
    view = view_of(found, number, base_url(request), chosen if answers else "")
    screen = Markup(preview(view, audience, chosen))
    return page(request, "trainer/script_editor/preview.html", chosen, audience=audience.value, screen=screen)


def _has_mistakes(own: OwnScript, step: str, number: int) -> bool:
    at = next(at for at, each in enumerate(own.document["steps"]) if each["key"] == step)
    return any(flaw.place[:4] == ("steps", at, "activities", number) for flaw in mistakes_in(own.document))
