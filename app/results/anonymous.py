"""What a trainer may share in a community: numbers only. No texts, no names, no organisation, no day.

How many came, committed themselves or answered is told from k people on. What they answered goes by `suppressing`: a
count below k is hidden, and others with it, so that no total gives it away.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.core.workshop import Workshop
from app.results.report import Report
from app.results.suppressing import part, without_small
from app.scripts import shipped

FORMAT = "morgen-numbers-1"


def numbers(report: Report, workshop: Workshop) -> dict[str, Any]:
    """What would be shared, as JSON. What is hidden is null, or left out where it is by code."""
    key, k = str(workshop.script.get("key", "")), report.k
    shared: dict[str, Any] = {
        "format": FORMAT,
        "month": report.held_on.strftime("%Y-%m"),
        "draaiboek": key if key in shipped() else "",
        "language": workshop.language,
        "smallest_group": k,
        "phase": report.phase,
    }
    if report.came < k:
        return {**shared, "participants": None}
    return {
        **shared,
        "participants": report.came,
        "parties": len(report.parties),
        "needs_by_type": _by((need.type for need in report.needs), k),
        "conditions_by_type": _by((each.type for each in report.conditions), k),
        "conditions_by_status": _by((each.status for each in report.conditions), k),
        "gap": _gap(report),
        "energy": [{"middle": middle, "people": people} for middle, people in report.room.energy],
        "said_yes": _said(report),
        "commitments": _commitments(report),
        "outcome": _outcome(report),
        "stopped": without_small(dict(report.stopped), k),
        "expected": without_small(dict(report.ahead), k),
        "four_weeks_later": _later(report),
    }


def as_json(shared: dict[str, Any]) -> str:
    return json.dumps(shared, ensure_ascii=False, indent=1)


def _by(codes: Iterable[str], k: int) -> dict[str, int]:
    """A type that a trainer added is a text of theirs: it counts as something else."""
    known = {"TEAM", "MIDDELEN", "PARTNERS", "MANDAAT", "TIJD", "INFORMATIE", "LEIDING", "GEWOONTE", "ANDERS"}
    known |= {"open", "promised", "met", "refused"}
    counts = Counter(code if code in known else "ANDERS" for code in codes)
    return without_small(dict(sorted(counts.items())), k)


def _gap(report: Report) -> dict[str, Any] | None:
    gap, spread = report.line.gap, report.room.spread
    if gap is None or gap.count < report.k:
        return None
    middle = {"now": gap.now, "wanted": gap.wanted, "people": gap.count}
    if spread is None:
        return middle
    now, wanted = spread.now, spread.wanted
    return {**middle, "now_quarters": [now.q1, now.q3], "wanted_quarters": [wanted.q1, wanted.q3]}


def _said(report: Report) -> dict[str, int | None] | None:
    said = report.page.said
    if said.answers < report.k:
        return None
    return {"count": part(said.yes, said.answers, report.k), "people": said.answers}


def _commitments(report: Report) -> dict[str, Any] | None:
    if report.committed < report.k:
        return None
    sharpened = report.page.sharpened
    return {
        "made": report.committed,
        "concrete": part(report.line.commitments, report.committed, report.k),
        "concrete_at_first": part(sharpened.first.count, sharpened.first.n, report.k) if sharpened else None,
    }


def _outcome(report: Report) -> dict[str, int | None] | None:
    it = report.outcome
    if it is None:
        return None
    told = {"done": it.done, "partly": it.partly, "not_done": it.not_done, "no_answer": it.unanswered}
    shown = without_small(told, report.k)
    return {**{name: shown.get(name) for name in told}, "excused": part(it.excused, it.missed, report.k), "due": it.n}


def _later(report: Report) -> dict[str, Any] | None:
    again = report.page.gap_again
    return {"then": again.then, "now": again.now, "people": again.count, "same": again.same} if again else None
