"""A draft as one sentence."""

from app.activities.statement.form import StatementEntry, StatementSpec, pieces
from app.texts import gettext_noop as N_
from app.texts import say

OPEN = "…"
NOT_KNOWN = N_("not known yet")


def compose(spec: StatementSpec, entry: StatementEntry) -> str:
    """The frame with what was typed in its places, never conjugated; an open place shows as …"""
    frame = pieces(spec.frame.in_(entry.language))
    return "".join(text + (_filled(entry, place) if place else "") for text, place in frame)


def _filled(entry: StatementEntry, place: str) -> str:
    if place == "now" and entry.unknown:
        return say(entry.language, NOT_KNOWN)
    return entry.part(place).rstrip(" .") or OPEN
