"""The page that the room looks at: what fits on it, who reads what, and the pictures of what was made."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.activities.slide import Slide, SlideSpec
from app.core.lasting import Commitment, Gap, Need, Opgave, Party
from app.live.view import View
from tests.activities.rooms import STARTED, own_part, text, view
from tests.scripts import both

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # one pixel
IMAGE = f"data:image/png;base64,{DOT}"
GOAL = {"nl": "Het doel is om het doel te halen", "en": "The goal is to reach the goal"}
EXAMPLE_SPEC: dict[str, Any] = {
    "lines": [both("Wie doet morgen wat?")],
    "source": both("Een gesprek"),
    "picture": "flag",
}
AUDIENCES = ["projector", "facilitator", "participant"]
kind = Slide()


def example_form(number: int) -> dict[str, Any]:
    return {}


def spec(**asked: Any) -> SlideSpec:
    return SlideSpec.model_validate({"question": GOAL, **asked})


def flaw(**asked: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        spec(**asked)
    [error] = refused.value.errors()
    return str(error["msg"]).removeprefix("Value error, ")


def made_room(**asked: Any) -> View:
    """A room in which the opgave, the gap, two parties and two needs stand."""
    room = view("slide", **asked)
    rows: tuple[Any, ...] = (
        Opgave(id="o", workshop_id="w1", version=1, text="Alle 140 jongeren een plek"),
        Gap(workshop_id="w1", now=3, wanted=7.5, count=9),
        Party(id="p1", workshop_id="w1", position=0, name="Opvang", goal="een plek vrij", stands="yes"),
        Party(id="p2", workshop_id="w1", position=1, name="School", stands="not_yet", estimated=True),
        Need(id="n1", workshop_id="w1", type="TIJD", text="acht uur per week", dots=4),
        Need(id="n2", workshop_id="w1", type="RUIMTE", text="mandaat", dots=9, settled=True),
    )
    for row in rows:
        room.mirror.lasting.setdefault(type(row), {})[getattr(row, "id", "w1")] = row
    return room


def test_a_title_is_enough_and_a_fourth_line_too_much() -> None:
    assert spec().lines == ()
    assert len(spec(lines=[both("Een")] * 3).lines) == 3
    with pytest.raises(ValidationError):
        spec(lines=[both("Een")] * 4)


def test_a_line_that_the_last_row_cannot_read_is_refused_in_either_language() -> None:
    assert "90 signs" in flaw(lines=[{"nl": "a" * 91, "en": "a"}])
    assert "90 signs" in flaw(lines=[{"nl": "a", "en": "a" * 91}])
    assert spec(lines=[{"nl": "a" * 90, "en": "a" * 90}] * 3)


def test_beside_a_picture_there_is_less_room_for_lines() -> None:
    assert "together" in flaw(image=IMAGE, image_text=both("x"), lines=[both("a" * 40)] * 3)
    assert "one line" in flaw(picture="flag", lines=[both("a")] * 2)
    assert "one line" in flaw(picture="bridge", lines=[both("a" * 51)])
    assert spec(picture="bridge", lines=[both("a" * 40)])


def test_a_slide_has_one_picture() -> None:
    assert "not both" in flaw(picture="flag", image=IMAGE, image_text=both("x"))
    with pytest.raises(ValidationError):
        spec(picture="horizon")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_everybody_reads_the_lines(audience: str) -> None:
    html = text(view("slide", lines=[both("Wie doet wat?"), both("En wanneer?")]), audience)
    assert html.index("Wie doet wat?") < html.index("En wanneer?")


def test_the_source_is_for_the_trainer_until_the_script_shows_it() -> None:
    quiet, told = (
        view("slide", source=both("Uit een rapport")),
        view("slide", source=both("Uit een rapport"), show_source=True),
    )
    assert "Uit een rapport" in text(quiet, "facilitator")
    assert "De zaal ziet de bron niet." in text(quiet, "facilitator")
    assert "De zaal ziet de bron niet." not in text(told, "facilitator")
    for audience in ("projector", "participant"):
        assert "Uit een rapport" not in text(quiet, audience)
        assert "Uit een rapport" in text(told, audience)


def test_a_title_alone_is_drawn_large_and_little_text_larger_than_much() -> None:
    assert "slide-alone" in text(view("slide"), "projector")
    assert "slide-short" in text(view("slide", lines=[both("Kort")]), "projector")
    assert "slide-short" not in text(view("slide", lines=[both("lang " * 15)] * 2), "projector")


def test_the_parties_that_were_voted_on_are_the_bands_of_the_flag() -> None:
    voted = [Party(id=f"v{n}", workshop_id="w1", name=f"V{n}", stands="unknown") for n in range(3)]
    others = [Party(id=f"o{n}", workshop_id="w1", name=f"O{n}") for n in range(9)]
    assert [band["name"] for band in kind.bands(others[:5] + voted)] == ["V0", "V1", "V2"]
    assert [band["name"] for band in kind.bands(others)] == [f"O{n}" for n in range(6)]


@pytest.mark.parametrize(
    ("stands", "estimated", "state"),
    [
        ("yes", False, "yes"),
        ("yes", True, "estimate-yes"),
        ("not_yet", False, "not-yet"),
        ("unknown", True, "estimate-open"),
        ("", False, ""),
    ],
)
def test_a_band_says_how_its_party_stands(stands: str, estimated: bool, state: str) -> None:
    party = Party(id="p", workshop_id="w1", name="Opvang", goal="een plek", stands=stands, estimated=estimated)
    assert kind.bands([party]) == [{"name": "Opvang", "goal": "een plek", "state": state}]


def test_a_need_is_a_plank_that_a_commitment_lays() -> None:
    needs = [Need(id=str(n), workshop_id="w1", type="TIJD", text=f"nodig {n}", settled=n == 0) for n in range(8)]
    bound = Commitment(
        id="c", workshop_id="w1", participant_id="p", act="ik bel", serves_need_id="1", day=STARTED.date(),
        starts_at=STARTED, first_due_day=STARTED.date(),
    )  # fmt: skip
    planks = kind.planks(spec(picture="bridge"), needs, [bound])
    assert [plank["state"] for plank in planks] == ["done", "laid", "needed", "needed", "needed", "needed"]
    assert len(kind.planks(spec(picture="bridge", lines=[both("Een")]), needs, [])) == 3


def test_a_long_need_is_shortened_to_two_rows() -> None:
    need = Need(id="n", workshop_id="w1", type="TIJD", text="acht uur per week van een wijkcoach die de jongeren kent")
    [plank] = kind.planks(spec(picture="bridge"), [need], [])
    assert plank["label"].endswith(" …")
    assert len(plank["label"]) <= 40


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_wall_draws_what_the_group_made(language: str) -> None:
    flag = text(made_room(picture="flag"), "projector", language)
    assert 'id="flag-a1"' in flag
    assert "Opvang" in flag
    bridge = text(made_room(picture="bridge"), "projector", language)
    assert 'id="bridge-a1"' in bridge
    assert bridge.index("mandaat") < bridge.index("acht uur per week")


@pytest.mark.parametrize(
    ("name", "there", "not_yet"),
    [
        ("flag", "De zaal ziet de vlag.", "Er is nog geen vlag: maak eerst de opgave."),
        ("bridge", "De zaal ziet de brug.", "Er is nog geen brug: meet eerst de kloof."),
    ],
)
def test_what_was_not_made_yet_is_not_drawn_and_the_trainer_knows_why(name: str, there: str, not_yet: str) -> None:
    assert not_yet in text(view("slide", picture=name), "facilitator")
    assert there in text(made_room(picture=name), "facilitator")
    assert "<figure" not in text(view("slide", picture=name), "projector")


def test_a_phone_has_nothing_to_fill_in() -> None:
    assert own_part(view("slide")).strip() == ""
    assert not view("slide").takes
    assert "Kijk op het scherm." in text(view("slide"), "participant")


def test_a_need_of_one_long_word_keeps_its_beginning_beside_the_bridge() -> None:
    long = Need(workshop_id="w1", type="TEAM", text="Aansprakelijkheidswaardevaststellingsverandering")
    assert kind.planks(spec(picture="bridge", lines=[]), [long], [])[0]["label"].startswith("Aansprakelijkheidswaarde")
