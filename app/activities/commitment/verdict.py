"""The check on good intentions, on the sentence of a form."""

from app.activities.commitment.form import CommitmentEntry
from app.core.act import Fields, Verdict, check


def judged(entry: CommitmentEntry, before: CommitmentEntry | None, opgave: str) -> CommitmentEntry:
    """The entry with the verdict on its sentence, if it has one, and the very first verdict."""
    found = judge(entry, opgave) if entry.act else None
    verdict = found.verdict if found else ""
    return entry.model_copy(
        update={
            "verdict": verdict,
            "first_verdict": (before.first_verdict if before else "") or verdict,
            "rules": tuple(hit.rule for hit in found.hits) if found else (),
            "stage": "draft" if entry.stage == "edit" else entry.stage,
        }
    )


def judge(entry: CommitmentEntry, opgave: str) -> Verdict:
    """The form answers for day, time and person, also on a screen that is still to come: a sentence is not blamed for
    what is asked next. The language of the sentence decides."""
    given = Fields(
        date=True,
        time=True,
        who=entry.who or not entry.alone,
        alone=entry.alone,
        place=bool(entry.place),
        minutes=entry.minutes,
        later=not entry.day_is_next,
    )
    return check(entry.act, opgave=opgave, fields=given)
