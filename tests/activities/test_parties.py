"""The parties that are needed: the rules, what lives on, the wall, and the own parties on the phone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.parties import LONGEST_GOAL, LONGEST_NAME, ON_THE_WALL, Parties, PartiesEntry, PartiesSpec
from app.core.drafts import PartyDraft
from app.core.errors import Refused
from app.core.forgetting import without_texts
from app.core.shown import Shown
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.scripts import both

EXAMPLE_SPEC: dict[str, Any] = {
    "placeholder": both("corporatie"), "goal_placeholder": both("verhuur zonder overlast")
}  # fmt: skip
SPEC = PartiesSpec(question=both("?"), **EXAMPLE_SPEC)
kind = Parties()


def example_form(number: int) -> dict[str, Any]:
    names = ("Woningcorporatie", "Jongeren zonder woonplek", "بلدية 🙂", "Zorgverzekeraar" * 4)
    return {"name": f"{names[number % 4][:56]} {number}", "goal": f"een eigen doel, nummer {number}"}


def card(number: int, slot: str = "", form: dict[str, str] | None = None, **changed: Any) -> Shown[Any]:
    made = shown("parties", number, form or {"name": f"Partij {number}", "goal": f"doel {number}"}, **changed)
    return Shown(made.id, made.participant_id, slot or f"k{number}", made.entry, made.text, absorbed=made.absorbed)


def room(count: int, **spec: Any) -> View:
    return view("parties", [card(number) for number in range(count)], **spec)


def refused(mine: int = 0, **form: str) -> Refused:
    own = {f"k{n}": PartiesEntry(name="x", goal="y") for n in range(mine)}
    with pytest.raises(Refused) as found:
        kind.allow(SPEC, own, kind.parse(form))
    return found.value


def test_each_party_has_a_place_of_its_own_by_the_phones_key() -> None:
    assert kind.slot(PartiesEntry(name="x", goal="y"), "a key") == "a key"


def test_a_party_needs_a_name_and_its_own_goal() -> None:
    kind.allow(SPEC, {}, kind.parse({"name": "x" * LONGEST_NAME, "goal": "y" * LONGEST_GOAL}))
    assert refused(goal="rust").field == "name"
    assert refused(name="School").field == "goal"


@pytest.mark.parametrize(("field", "most"), [("name", LONGEST_NAME), ("goal", LONGEST_GOAL)])
def test_a_text_that_is_too_long_is_refused_with_its_limit(field: str, most: int) -> None:
    found = refused(**{"name": "School", "goal": "rust", field: "x" * (most + 1)})
    assert (found.field, found.values) == (field, {"max_length": most})


def test_who_has_named_three_parties_names_no_more() -> None:
    kind.allow(SPEC, {"k": PartiesEntry(name="x", goal="y")}, PartiesEntry(name="School", goal="rust"))
    assert "used your cards" in refused(mine=3, name="School", goal="rust").message


def test_a_card_lives_on_as_a_party_with_its_goal() -> None:
    assert kind.hand_on(SPEC, PartiesEntry(name="School", goal="rust")) == PartyDraft("School", "rust")


def test_the_trainers_wording_is_the_name_and_the_goal_stays() -> None:
    (party,) = kind.tally(SPEC, [card(1, text="De school", absorbed=("a", "b"))]).parties
    assert (party.name, party.goal, party.merged) == ("De school", "doel 1", 2)
    assert kind.card_text(PartiesEntry(name="School", goal="rust")) == "School"


def test_of_a_card_whose_words_were_taken_out_nothing_is_left() -> None:
    kept = without_texts(kind, {"name": "School", "goal": "rust"})
    assert kept is None or kind.tally(SPEC, [shown("parties", 1, kept)]).count == 0
    assert kind.card_text(PartiesEntry()) is None


@given(st.integers(0, 60))
def test_the_wall_holds_the_newest_parties_each_in_its_own_place(count: int) -> None:
    tally = kind.tally(SPEC, [card(number) for number in range(count)])
    places = {int(each.id[1:]): place for place, each in enumerate(tally.wall())}
    assert sorted(places) == list(range(count))[-ON_THE_WALL:]
    assert all(place == number % ON_THE_WALL for number, place in places.items())


@given(st.integers(0, 60))
def test_the_pages_hold_all_parties_once_and_in_their_order(count: int) -> None:
    tally = kind.tally(SPEC, [card(number) for number in range(count)])
    leafed = [party for page in range(1, kind.pages(tally) + 1) for party in tally.wall(page)]
    assert leafed == list(tally.parties)


def test_a_new_party_takes_the_place_of_the_oldest_and_moves_no_other() -> None:
    before = screen(room(12), "projector")
    after = screen(room(13), "projector", former=before)
    assert set(after.changes(before)) == {"party-a1-3", "party-count-a1", "count"}


def test_the_wall_shows_the_name_the_goal_and_how_often_it_was_named() -> None:
    html = text(view("parties", [card(1, absorbed=("a", "b"))]), "projector")
    assert '<span class="card-times">3×</span> Partij 1</b>' in html
    assert '<span dir="auto">doel 1</span>' in html


def test_beyond_what_fits_the_wall_says_how_many_there_are() -> None:
    assert "partijen. De nieuwste" not in text(room(ON_THE_WALL), "projector")
    assert f"{ON_THE_WALL + 1} partijen. De nieuwste" in text(room(ON_THE_WALL + 1), "projector")


def test_a_fresh_phone_has_two_empty_fields_with_the_examples_of_the_script() -> None:
    html = own_part(view("parties", **EXAMPLE_SPEC))
    assert html.count("required") == html.count('autocomplete="off"') == 2
    assert 'placeholder="corporatie" value=""' in html
    assert 'placeholder="verhuur zonder overlast" value=""' in html
    assert html.count("button-primary") == 1


def test_an_own_party_can_be_changed_in_its_own_place_and_taken_back() -> None:
    html = own_part(room(0), card(5, slot="the-key"))
    assert 'name="key" value="the-key"' in html
    assert 'value="doel 5"' in html
    assert 'action="/w/BCDFGH/contributions/c5/withdrawal"' in html
    assert "Je mag nog 2 partijen noemen." in html
    assert 'id="tap-new-1-a1"' in html


def test_the_last_party_leaves_no_form_for_another() -> None:
    html = own_part(room(0, max_cards=1), card(1))
    assert "tap-new" not in html
    assert "Dat was het." in html


def test_the_author_keeps_the_own_words_and_hears_what_the_trainer_made_of_them() -> None:
    html = own_part(room(0), card(1, text="De partij"))
    assert "<b>Partij 1</b><br>doel 1" in html
    assert 'De trainer maakte hiervan: <q dir="auto">De partij</q>' in html


def test_what_was_refused_stands_in_the_form_that_was_sent() -> None:
    html = own_part(room(0), card(1), typed={"name": "School"}, refusal=Refused("x"))
    assert html.index('value="Partij 1"') < html.index('value="School"')
    html = own_part(room(0), card(1), typed={"name": "School", "card": "c1"}, refusal=Refused("x"))
    assert 'id="change-c1" open' in html
    assert html.count('value="School"') == 1
    html = own_part(room(0, max_cards=1), card(1), typed={"goal": "een te veel"}, refusal=Refused("x"))
    assert 'value="een te veel"' in html


def test_closed_parties_stand_without_a_form() -> None:
    html = own_part(room(0, phase="closed"), card(1))
    assert "Partij 1" in html
    assert "<form" not in html


def test_the_trainer_is_told_when_there_are_more_than_go_to_the_vote() -> None:
    assert "Hoogstens 6 partijen" not in screen(room(6), "facilitator").parts["parties-goals-a1"]
    assert "Hoogstens 6 partijen" in screen(room(7), "facilitator").parts["parties-goals-a1"]
    assert "7 partijen" in screen(room(7, hide=True), "facilitator").parts["preview"]
