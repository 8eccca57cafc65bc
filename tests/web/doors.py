"""The table of doors: who may not come in, and what they are told instead. A new door is one line here."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

NOBODY, ELSEWHERE, DIRK = "nobody", "who is in another workshop", "another trainer"
VISITORS = (NOBODY, ELSEWHERE, DIRK)
SIGN_IN, MISSING, RELOAD, REFUSED = "to the sign-in page", "404", "told to reload", "handshake refused"

PUBLIC: dict[str, Any] = {}
"""Anybody may; nothing of a workshop is shown."""
PARTICIPANTS = dict.fromkeys(VISITORS, MISSING)
LINK = dict.fromkeys(VISITORS, MISSING)
"""Only by a link that holds for this; the visitors bring links that hold for something else."""
TRAINERS = {NOBODY: SIGN_IN, ELSEWHERE: SIGN_IN}
"""Any trainer, for what is their own."""
OWNER = {NOBODY: SIGN_IN, ELSEWHERE: SIGN_IN, DIRK: MISSING}
"""The trainer of this workshop. For another it does not exist."""

DOORS: dict[str, dict[str, str]] = {
    "GET /": PUBLIC,
    "POST /": PUBLIC,
    "GET /{code}": PUBLIC,
    "POST /language": PUBLIC,
    "GET /healthz/live": PUBLIC,
    "GET /healthz/ready": PUBLIC,
    "GET /bundles/{name}": PUBLIC,
    "MOUNT /static": PUBLIC,
    "GET /w/{code}": PUBLIC,
    "POST /w/{code}/participants": PUBLIC,
    "POST /w/{code}/language": PUBLIC,
    "GET /w/{code}/parts/participant": PARTICIPANTS,
    "POST /w/{code}/activities/{activity_id}/contributions": PARTICIPANTS,
    "POST /w/{code}/contributions/{contribution_id}/withdrawal": PARTICIPANTS,
    "GET /w/{code}/activities/{activity_id}/mine": PARTICIPANTS,
    "GET /w/{code}/leaving": PARTICIPANTS,
    "GET /w/{code}/screen": PARTICIPANTS,
    "GET /w/{code}/me": PARTICIPANTS,
    "POST /w/{code}/address": PARTICIPANTS,
    "GET /w/{code}/me/{token}": LINK,
    "POST /w/{code}/me/{token}": LINK,
    "GET /w/{code}/projector/{token}": LINK,
    "GET /w/{code}/parts/projector/{token}": LINK,
    "GET /a/{token}": LINK,
    "POST /a/{token}": LINK,
    "POST /a/{token}/more": LINK,
    "GET /a/{token}/again": LINK,
    "POST /a/{token}/again": LINK,
    "GET /a/{token}/afspraak.ics": LINK,
    "GET /u/{token}": LINK,
    "POST /u/{token}": LINK,
    "GET /p/{token}": LINK,
    "POST /p/{token}/sharing": LINK,
    "POST /p/{token}/address/deletion": LINK,
    "GET /p/{token}/deletion": LINK,
    "POST /p/{token}/deletion": LINK,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "GET /sign-in/code": PUBLIC,
    "POST /sign-in/code": PUBLIC,
    "GET /sign-in/{token}": PUBLIC,
    "POST /sign-in/{token}": PUBLIC,
    "POST /sign-out": PUBLIC,
    "GET /test": PUBLIC,
    "GET /test/ping": PUBLIC,
    "SOCKET /test/socket": PUBLIC,
    "GET /test/mail": TRAINERS,
    "POST /test/mail": TRAINERS,
    "GET /trainer": TRAINERS,
    "GET /trainer/scripts": TRAINERS,
    "GET /trainer/scripts/{key}": TRAINERS,
    "POST /trainer/own-scripts": TRAINERS,
    "GET /trainer/own-scripts/import": TRAINERS,
    "POST /trainer/own-scripts/import": TRAINERS,
    "GET /trainer/own-scripts/{own_id}": OWNER,
    "POST /trainer/own-scripts/{own_id}": OWNER,
    "POST /trainer/own-scripts/{own_id}/look": OWNER,
    "GET /trainer/own-scripts/{own_id}/export": OWNER,
    "GET /trainer/own-scripts/{own_id}/deletion": OWNER,
    "POST /trainer/own-scripts/{own_id}/deletion": OWNER,
    "GET /trainer/own-scripts/{own_id}/steps/{step}": OWNER,
    "POST /trainer/own-scripts/{own_id}/steps/{step}": OWNER,
    "GET /trainer/own-scripts/{own_id}/steps/{step}/preview/{number}/{audience}": OWNER,
    "GET /trainer/workshops/new": TRAINERS,
    "POST /trainer/workshops": TRAINERS,
    "POST /trainer/opgave-hints": TRAINERS,
    "GET /w/{code}/facilitator": OWNER,
    "GET /w/{code}/parts/facilitator": OWNER,
    "POST /w/{code}/opening": OWNER,
    "POST /w/{code}/closing": OWNER,
    "POST /w/{code}/stage": OWNER,
    "POST /w/{code}/activities/{activity_id}/phase": OWNER,
    "POST /w/{code}/activities/{activity_id}/question": OWNER,
    "POST /w/{code}/timer": OWNER,
    "POST /w/{code}/blank": OWNER,
    "POST /w/{code}/steps/{step}/skipped": OWNER,
    "POST /w/{code}/cards/{contribution_id}/curations": OWNER,
    "POST /w/{code}/opgaven": OWNER,
    "POST /w/{code}/needs/{need_id}": OWNER,
    "POST /w/{code}/conditions/{condition_id}": OWNER,
    "POST /w/{code}/still": OWNER,
    "POST /w/{code}/look-up": OWNER,
    "POST /w/{code}/spotlight": OWNER,
    "POST /w/{code}/page": OWNER,
    "POST /w/{code}/questions": OWNER,
    "POST /w/{code}/merges": OWNER,
    "POST /w/{code}/cuts": OWNER,
    "POST /w/{code}/undo": OWNER,
    "POST /w/{code}/groups": OWNER,
    "GET /w/{code}/people": OWNER,
    "POST /w/{code}/people/{participant_id}": OWNER,
    "POST /w/{code}/paper-people": OWNER,
    "POST /w/{code}/paper-people/{participant_id}": OWNER,
    "GET /w/{code}/screens": OWNER,
    "POST /w/{code}/screens": OWNER,
    "GET /w/{code}/helper/{token}": LINK,
    "POST /w/{code}/helper/{token}": LINK,
    "GET /scherm": PUBLIC,
    "GET /scherm/state": PUBLIC,
    "POST /w/{code}/buddy": PARTICIPANTS,
    "GET /w/{code}/cancel-help": PARTICIPANTS,
    "POST /w/{code}/cancel-help": PARTICIPANTS,
    "GET /w/{code}/opening-help": PARTICIPANTS,
    "POST /w/{code}/opening-help": PARTICIPANTS,
    "POST /w/{code}/opening-help/calendar": PARTICIPANTS,
    "GET /w/{code}/seat": PARTICIPANTS,
    "POST /w/{code}/seat": PARTICIPANTS,
    "GET /w/{code}/group": PARTICIPANTS,
    "GET /w/{code}/persons": PARTICIPANTS,
    "POST /w/{code}/persons": PARTICIPANTS,
    "POST /w/{code}/contributions/{contribution_id}/same": PARTICIPANTS,
    "GET /w/{code}/trainer": OWNER,
    "GET /w/{code}/poster": OWNER,
    "GET /w/{code}/paper": OWNER,
    "GET /w/{code}/words": PUBLIC,
    "GET /w/{code}/plan": OWNER,
    "POST /w/{code}/plan": OWNER,
    "GET /w/{code}/invitation": OWNER,
    "GET /w/{code}/workshop.ics": PUBLIC,
    "GET /w/{code}/manager": OWNER,
    "GET /w/{code}/data": OWNER,
    "GET /w/{code}/data.json": OWNER,
    "GET /organisations/{organisation_id}": OWNER,
    "POST /organisations/{organisation_id}": OWNER,
    "POST /organisations/{organisation_id}/logo": OWNER,
    "GET /organisations/{organisation_id}/logo": PUBLIC,
    "GET /organisations/{organisation_id}/tokens.css": PUBLIC,
    "GET /privacy": PUBLIC,
    "GET /privacy/{code}": PUBLIC,
    "GET /accessibility": PUBLIC,
    "GET /accessibility/{code}": PUBLIC,
    "POST /w/{code}/copies": OWNER,
    "POST /w/{code}/return": OWNER,
    "GET /w/{code}/deletion": OWNER,
    "POST /w/{code}/deletion": OWNER,
    "POST /w/{code}/rehearsals": OWNER,
    "POST /w/{code}/players": OWNER,
    "POST /w/{code}/clock": OWNER,
    "GET /w/{code}/mails/{mail_id}": OWNER,
    "SOCKET /w/{code}/live/participant": dict.fromkeys(VISITORS, RELOAD),
    "SOCKET /w/{code}/live/facilitator": dict.fromkeys(VISITORS, RELOAD),
    "SOCKET /w/{code}/live/projector/{token}": dict.fromkeys(VISITORS, REFUSED),
}


def doors_of(app: FastAPI) -> Iterator[str]:
    """`GET /w/{code}` for every route, socket and mount that the app has."""
    for route in iter_route_contexts(app.routes):
        methods = getattr(route, "methods", None)
        if methods:
            yield from (f"{method} {route.path}" for method in methods)
        else:
            kind = "MOUNT" if type(getattr(route, "route", route)).__name__ == "Mount" else "SOCKET"
            yield f"{kind} {route.path or getattr(route.route, 'path', '')}"
