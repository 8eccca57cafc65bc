"""Style sheets and scripts as one file an audience: joined and compressed at start, named by their content."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from app.core.errors import NotFound
from app.paths import STATIC
from app.texts import gettext_noop as N_

router = APIRouter()
BASE_STYLES = ("css/_global.css", "css/reset.css", "css/base.css", "css/components/*.css")
LIVE_SCRIPTS = ("vendor/htmx.min.js", "vendor/hx-ws.min.js", "js/live/*.js", "js/elements/*.js")
PAGE_SCRIPTS = ("vendor/htmx.min.js", "js/elements/*.js")
CONTENTS: dict[str, tuple[str, ...]] = {
    "participant.css": (*BASE_STYLES, "css/activities/*.css", "css/screens/participant.css"),
    "projector.css": (
        *BASE_STYLES,
        "css/fonts.css",
        "css/pictures.css",
        "css/activities/*.css",
        "css/activities/projector/*.css",
        "css/screens/projector.css",
    ),
    "facilitator.css": (
        *BASE_STYLES,
        "css/fonts.css",
        "css/pictures.css",
        "css/activities/*.css",
        "css/screens/facilitator.css",
    ),
    "trainer.css": (
        *BASE_STYLES,
        "css/fonts.css",
        "css/pictures.css",
        "css/screens/trainer.css",
        "css/screens/organisation.css",
        "css/screens/script_editor.css",
        "css/screens/red_line.css",
        "css/screens/results.css",
        "css/screens/conditions.css",
        "css/screens/account.css",
        "css/print.css",
    ),
    "report.css": (
        *BASE_STYLES,
        "css/fonts.css",
        "css/pictures.css",
        "css/screens/trainer.css",
        "css/screens/report.css",
    ),
    "follow-up.css": (
        *BASE_STYLES,
        "css/activities/commitment.css",
        "css/screens/follow_up.css",
        "css/screens/organisation.css",
        "css/screens/conditions.css",
        "css/screens/words.css",
    ),
    "participant.js": LIVE_SCRIPTS,
    "projector.js": (*LIVE_SCRIPTS, "js/keys.js"),
    "facilitator.js": (*LIVE_SCRIPTS, "js/keys.js"),
    "trainer.js": PAGE_SCRIPTS,
    "report.js": PAGE_SCRIPTS,
    "follow-up.js": PAGE_SCRIPTS,
}
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Bundle:
    name: str
    plain: bytes
    zipped: bytes


@lru_cache
def bundle(name: str) -> Bundle:
    """The joined files of `participant.css` and the like; `Bundle.name` carries a hash of what is in it."""
    files = [path for pattern in CONTENTS[name] for path in _files(pattern)]
    plain = b"\n".join(path.read_bytes() for path in files)
    stem, _, ending = name.partition(".")
    mark = hashlib.sha256(plain).hexdigest()[:12]
    return Bundle(f"{stem}-{mark}.{ending}", plain, gzip.compress(plain, mtime=0))


def _files(pattern: str) -> list[Path]:
    found = sorted(STATIC.glob(pattern))
    if not found and "*" not in pattern:
        raise FileNotFoundError(f"{STATIC / pattern} is missing; `make run` puts the front end there")
    return found


def address(name: str) -> str:
    return f"/bundles/{bundle(name).name}"


@router.get("/bundles/{name}")
async def serve(name: str, request: Request) -> Response:
    for known in CONTENTS:
        made = bundle(known)
        if made.name == name:
            zips = "gzip" in request.headers.get("accept-encoding", "")
            headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
            if zips:
                headers["Content-Encoding"] = "gzip"
            content = made.zipped if zips else made.plain
            return Response(content, media_type=TYPES[known.rpartition(".")[2]], headers=headers)
    raise NotFound(N_("This page does not exist."))
