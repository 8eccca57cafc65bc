"""A draaiboek of three steps for tests."""

from typing import Any

from app.core.script import Script


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def step(key: str, *activities: dict[str, Any], keep: bool = False, minutes: int = 5) -> dict[str, Any]:
    return {
        "key": key,
        "title": both(f"Stap {key}"),
        "goal": both("Het doel"),
        "say": both("Zeg dit."),
        "watch": both("Let hierop."),
        "rescue": [both("Redding een."), both("Redding twee.")],
        "minutes": minutes,
        "keep": keep,
        "activities": list(activities),
    }


def activity(key: str, kind: str, **spec: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "spec": {"question": both(f"Vraag {key}?"), **spec}}


def options(*keys: str) -> list[dict[str, Any]]:
    return [{"key": key, "label": both(key.title())} for key in keys]


def small_script(*middle: dict[str, Any]) -> Script:
    """Coming in, an open poll, a hidden poll, and a kept step; or with `middle` instead of the polls."""
    polls = middle or (
        activity("open", "poll", options=options("veel", "weinig", "niets")),
        activity("verborgen", "poll", options=options("ja", "nee"), hide=True),
    )
    steps = [
        step("s0", activity("binnen", "arrival")),
        step("s1", *polls),
        step("s10", activity("hardop", "poll", options=options("ja", "nee")), keep=True),
    ]
    return Script.model_validate(
        {
            "key": "proef",
            "title": both("Proef"),
            "summary": both("Een proef"),
            "minutes": 15,
            "commit_at": 5,
            "steps": steps,
        }
    )
