"""What a draft and a vote may be."""

from app.activities.statement.form import PARTS, StatementEntry, StatementSpec
from app.activities.statement.sentence import compose
from app.core.errors import Refused
from app.texts import gettext_noop as N_


def allow_vote(spec: StatementSpec, entry: StatementEntry) -> None:
    if not entry.pick:
        raise Refused(N_("Choose a sentence first."), field="pick")
    if len(set(entry.pick)) > spec.dots:
        raise Refused(N_("Choose at most %(dots)s sentences."), field="pick", dots=spec.dots)


def allow_draft(spec: StatementSpec, entry: StatementEntry) -> None:
    asked = {part.key for part in spec.parts}
    filled = {key for key in PARTS if entry.part(key)}
    if not filled <= asked:
        raise Refused(N_("That does not fit here. Choose one of the answers."))
    if "what" not in filled or len(filled) < 2:
        raise Refused(N_("Say what will be different, and fill in at least one more place."), field="what")
    if len(compose(spec, entry).split()) > spec.max_words:
        raise Refused(
            N_("That is too long to remember. Use at most %(words)s words."), field="what", words=spec.max_words
        )
