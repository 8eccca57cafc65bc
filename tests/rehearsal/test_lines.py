"""What simulated people type is varied, fits its field, and is concrete where they are wise."""

from collections import Counter
from random import Random

import pytest

from app.activities.commitment.read_back import LIMITS
from app.core.act import Fields, check
from app.rehearsal.lines import Lines

TIMES = 300
OPGAVE = "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek."


def said(field: str, *beside: str, wise: bool = True, choices: frozenset[str] = frozenset()) -> list[str]:
    chance = Random(3)
    return [
        Lines(frozenset((field, *beside)), choices, chance, wise, "Noor").for_field(field, required=True)
        for _ in range(TIMES)
    ]


def verdicts(wise: bool) -> Counter[str]:
    known = Fields(date=True, time=True, who=True)
    return Counter(check(act, opgave=OPGAVE, fields=known).verdict for act in said("act", wise=wise))


def test_the_wise_name_an_act_and_the_foolish_an_intention() -> None:
    assert verdicts(wise=True)["concreet"] == TIMES
    assert verdicts(wise=False)["concreet"] == 0


@pytest.mark.parametrize(
    ("field", "beside", "least"),
    [
        ("act", (), 200),
        ("text", (), 150),
        ("text", ("owner", "by_date"), 60),
        ("text", ("type", "detail"), 90),
        ("text", ("detail",), 150),
        ("who", ("where", "what"), 120),
        ("address", (), 290),
        ("then", (), 60),
    ],
)
def test_three_hundred_people_do_not_say_the_same(field: str, beside: tuple[str, ...], least: int) -> None:
    assert len(set(said(field, *beside))) >= least


@pytest.mark.parametrize("wise", [True, False])
@pytest.mark.parametrize("field", LIMITS)
def test_every_line_fits_its_field_and_has_no_place_left_open(field: str, wise: bool) -> None:
    for line in said(field, wise=wise):
        assert 0 < len(line) <= LIMITS[field]
        assert "{" not in line


def test_a_name_beside_a_goal_is_a_partys_and_the_goal_is_its_own() -> None:
    lines = Lines(frozenset(("name", "goal")), frozenset(), Random(1), True, "Noor")
    assert (lines.for_field("name"), lines.for_field("goal")) == lines.party
    assert Lines(frozenset(("name",)), frozenset(), Random(1), True, "Noor").for_field("name") == "Noor"


def test_a_card_with_obstacles_to_choose_says_what_came_between() -> None:
    obstacles = set(said("text", "type", choices=frozenset(("DRUK", "VERGETEN"))))
    needs = set(said("text", "type", choices=frozenset(("TEAM", "MANDAAT", "ANDERS"))))
    assert obstacles & needs == set()


def test_an_unknown_field_is_filled_only_where_it_must() -> None:
    lines = Lines(frozenset(("strange",)), frozenset(), Random(1), True, "Noor")
    assert lines.for_field("strange") == ""
    assert lines.for_field("strange", required=True) != ""
