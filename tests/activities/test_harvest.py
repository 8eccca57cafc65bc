"""The middag-teller: words that agree with their numbers, nothing that is not there, energy first and last."""

import re
from typing import Any

import pytest

from app.core.lasting import Commitment, Condition, Need, Opgave, Party
from app.live.view import View
from tests.activities.rooms import STARTED, shown, text, view
from tests.activities.test_scale import asked
from tests.scripts import both

EXAMPLE_SPEC: dict[str, Any] = {}


def example_form(number: int) -> dict[str, Any]:
    return {}


def room(*rows: Any, energy: tuple[int, ...] = ()) -> View:
    made = view("harvest")
    for number, row in enumerate(rows):
        row.id = f"r{number}"
        made.mirror.lasting.setdefault(type(row), {})[row.id] = row
    here = made.mirror.activities["a1"]
    for number, value in enumerate(energy):
        key = f"e{number}"
        spec = {"question": both("?"), **asked("energy")}
        changed = {"id": key, "kind": "scale", "spec": spec, "position": number - 9, "phase": "closed"}
        made.mirror.activities[key] = type(here)(**here.model_dump() | changed)
        made.mirror.cards[key] = {"c": shown("scale", number, {"values": {"energy": str(value)}})}
    return made


def condition(**changed: Any) -> Condition:
    return Condition(workshop_id="w1", text="x", **changed)


def need(**changed: Any) -> Need:
    return Need(workshop_id="w1", type="TEAM", text="x", **changed)


def commitment() -> Commitment:
    return Commitment(
        workshop_id="w1",
        participant_id="p1",
        act="x",
        day=STARTED.date(),
        starts_at=STARTED,
        first_due_day=STARTED.date(),
    )


def counted(room: View, audience: str = "projector", language: str = "nl") -> list[tuple[str, str]]:
    return re.findall(r"<li><b>(\d+)</b> <span>([^<]+)</span></li>", text(room, audience, language))


@pytest.mark.parametrize("audience", ["projector", "participant", "facilitator"])
def test_everything_is_counted_in_words_that_agree(audience: str) -> None:
    full = room(
        Opgave(workshop_id="w1", version=1, text="x"), *(Party(workshop_id="w1", name="x") for _ in range(9)),
        need(settled=True), condition(status="met", owner="team"), condition(owner="directie"), commitment(),
    )  # fmt: skip
    assert counted(full, audience) == [
        ("1", "opgave"),
        ("9", "partijen"),
        ("2", "zaken geregeld"),
        ("1", "afspraak"),
        ("2", "voorwaarden met een eigenaar"),
    ]


def test_one_is_one() -> None:
    single = room(Party(workshop_id="w1", name="x"), need(settled=True), condition(owner="team"), commitment())
    assert [words for _, words in counted(single)] == [
        "partij", "zaak geregeld", "afspraak", "voorwaarde met een eigenaar",
    ]  # fmt: skip
    assert [words for _, words in counted(single, language="en")] == [
        "party", "matter settled", "commitment", "condition with an owner",
    ]  # fmt: skip


def test_what_is_not_there_is_left_out() -> None:
    assert counted(room(need(), condition())) == []


def test_a_condition_that_nobody_can_arrange_has_no_owner() -> None:
    assert counted(room(condition(owner="nobody"))) == []


@pytest.mark.parametrize("audience", ["projector", "participant"])
@pytest.mark.parametrize(
    ("energy", "said"), [((5, 7), "eerst 5, nu 7"), ((5, 6, 8), "eerst 5, nu 8"), ((7,), ""), ((), "")]
)
def test_energy_is_shown_once_it_was_measured_twice(audience: str, energy: tuple[int, ...], said: str) -> None:
    html = text(room(energy=energy), audience)
    assert re.findall(r"Energie: (eerst [^<]*)<", html) == ([said] if said else [])
