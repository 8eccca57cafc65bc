"""Cards as the room, the trainer and the phone see them."""

from dataclasses import replace

import pytest

from app import clock
from app.activities.cards import ON_THE_WALL
from app.core.errors import Refused
from app.core.participant import Participant
from tests.activities.rooms import own_part, screen, shown, text, view
from tests.activities.test_cards import EXAMPLE_SPEC, card, example_form, room


@pytest.mark.parametrize(("count", "places"), [(0, 0), (1, 1), (7, 7), (12, 12), (60, 12)])
def test_the_wall_has_a_place_for_twelve_cards(count: int, places: int) -> None:
    drawn = screen(room(count), "projector")
    assert sum(name.startswith("card-a1-") for name in drawn.parts) == places


def test_a_card_shows_its_labels_and_its_date() -> None:
    html = text(view("cards", [shown("cards", 0, example_form(1))], **EXAMPLE_SPEC), "projector")
    assert '<small dir="auto">Mandaat · Directie · 1 mei</small>' in html


def test_beyond_what_fits_the_wall_says_how_many_there_are() -> None:
    assert "kaarten. De nieuwste" not in text(room(ON_THE_WALL), "projector")
    assert f"{ON_THE_WALL + 1} kaarten. De nieuwste" in text(room(ON_THE_WALL + 1), "projector")


@pytest.mark.parametrize(
    ("others", "away", "said"),
    [(0, 7, "7 van 7 klaar"), (8, 7, "7 van 15 klaar"), (5, 3, "7 van 12 klaar"), (1, 0, "7 van 8 klaar")],
)
def test_who_answered_and_put_the_phone_away_is_one_of_the_room(others: int, away: int, said: str) -> None:
    view = room(7)
    sent = sorted(card.participant_id for card in view.cards)
    here = frozenset(sent[away:]) | {f"other {number}" for number in range(others)}
    assert said in text(replace(view, here=here), "projector")


def test_whom_the_trainer_took_out_is_not_ready_and_not_awaited() -> None:
    view = room(7)
    gone = view.cards[0].participant_id
    view.mirror.participants[gone] = Participant(id=gone, workshop_id="w1", removed_at=clock.now())
    view.mirror._people = None  # as when the row came with the news
    assert "6 van 6 klaar" in text(view, "projector")


@pytest.mark.parametrize(("count", "place"), [(27, 3), (36, 0), (500, 8)])
def test_a_new_card_takes_the_place_of_the_oldest_and_moves_no_other(count: int, place: int) -> None:
    before = screen(room(count), "projector")
    after = screen(room(count + 1), "projector", former=before)
    assert set(after.changes(before)) == {f"card-a1-{place}", "cards-count-a1", "count"}


def test_a_word_on_a_card_is_news_of_that_card_only() -> None:
    before = screen(room(10), "projector")
    cards = [card(number, text="anders" if number == 3 else "") for number in range(10)]
    assert screen(view("cards", cards), "projector", former=before).changes(before) == ["card-a1-3"]


def test_a_fresh_phone_has_one_empty_form_and_the_signs_it_may_use() -> None:
    html = own_part(view("cards", **EXAMPLE_SPEC))
    assert html.count("<textarea") == 1
    assert html.count("button-primary") == 1
    assert 'maxlength="120"' in html
    assert "Hoogstens 120 tekens" in html
    assert html.count('type="radio"') == html.count("required>") == 4


def test_an_own_card_can_be_changed_in_its_own_place_and_taken_back() -> None:
    html = own_part(view("cards", max_cards=2), card(5, "mijn kaart", slot="the-key"))
    assert 'name="key" value="the-key"' in html
    assert 'action="/w/BCDFGH/contributions/c5/withdrawal"' in html
    assert "Je mag nog 1 kaart maken." in html
    assert html.count("<textarea") == 2


def test_the_next_form_is_another_one_so_that_it_is_empty() -> None:
    fresh, second = own_part(view("cards", max_cards=2)), own_part(view("cards", max_cards=2), card(1))
    assert 'id="tap-new-0-a1"' in fresh
    assert 'id="tap-new-1-a1"' in second


def test_the_last_card_leaves_no_form_for_another() -> None:
    html = own_part(view("cards", max_cards=1), card(1))
    assert "tap-new" not in html
    assert "Dat was het." in html


def test_the_author_keeps_the_own_words_and_hears_what_the_trainer_made_of_them() -> None:
    html = own_part(view("cards"), card(1, "mijn woorden", text="andere woorden"))
    assert '<p dir="auto">mijn woorden</p>' in html
    assert 'De trainer maakte hiervan: <q dir="auto">andere woorden</q>' in html


def test_what_was_refused_stands_in_the_form_that_was_sent() -> None:
    mine = card(1, "eerste")
    html = own_part(view("cards", max_cards=2), mine, typed={"text": "te veel"}, refusal=Refused("x"))
    assert html.count(">te veel</textarea>") == 1
    assert html.index(">eerste</textarea>") < html.index(">te veel</textarea>")
    html = own_part(view("cards", max_cards=2), mine, typed={"text": "te lang", "card": "c1"}, refusal=Refused("x"))
    assert html.count(">te lang</textarea>") == 1
    assert "<textarea" in html[html.index(">te lang<") :]
    assert 'id="change-c1" open' in html


def test_a_refused_card_too_many_is_not_lost() -> None:
    html = own_part(view("cards", max_cards=1), card(1), typed={"text": "nog een"}, refusal=Refused("x"))
    assert ">nog een</textarea>" in html


def test_closed_cards_stand_without_a_form() -> None:
    html = own_part(view("cards", phase="closed"), card(1, "mijn kaart"))
    assert "mijn kaart" in html
    assert "<form" not in html


def test_the_trainer_sees_the_count_while_the_cards_are_hidden() -> None:
    hidden = screen(room(3, hide=True), "facilitator").parts["preview"]
    assert "3 kaarten" in hidden
    assert "Verborgen" in hidden


def test_what_was_saved_does_not_stand_in_the_next_form() -> None:
    mine = card(1, "eerste")
    html = own_part(view("cards", max_cards=2), mine, typed={"text": "eerste"}, saved=True)
    assert html.count(">eerste</textarea>") == 1
    assert 'id="tap-new-1-a1"' in html
    assert "open>" not in own_part(view("cards"), mine, typed={"text": "eerste", "card": "c1"}, saved=True)
