"""The flag as the room, the trainer and the phone see it."""

import re
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.lasting import Opgave
from app.core.shown import Shown
from app.live.view import View
from tests.activities.rooms import own_part, screen, text, view
from tests.activities.test_flag import EXAMPLE_SPEC, NAMES, OPGAVE, vote, word


def room(*cards: Shown[Any], opgave: str = OPGAVE, **spec: Any) -> View:
    made = view("flag", cards, **EXAMPLE_SPEC | spec)
    made.mirror.lasting[Opgave] = {"o": Opgave(id="o", workshop_id="w1", text=opgave)}
    return made


ALL_YES = [vote(n, "yes", "yes", "yes", looks_for=name) for n, name in enumerate(NAMES)]
MIXED = [
    vote(1, "yes", "yes", "not_yet", looks_for="corporatie"),
    vote(2, "yes", "not_yet", "yes", looks_for="opvang"),
    word(2, "dakloze"),
]


def bands(html: str) -> list[str]:
    return re.findall(r'<li class="band band-\d ([^"]+)"', html)


def test_before_the_reveal_all_bands_are_dotted_and_nobody_sees_a_vote() -> None:
    for cards in ((), ALL_YES):
        html = text(room(*cards, hide=True), "projector")
        assert bands(html) == ["band-asked"] * 3
        assert "verhuur zonder overlast" in html
        assert "flag-up" not in html
        assert "kan eronder staan" not in text(room(*cards, hide=True), "participant")


def test_a_band_is_full_dotted_or_hatched_and_says_so_in_words() -> None:
    html = text(room(*MIXED), "projector")
    assert bands(html) == ["band-yes", "band-not-yet", "band-estimate band-no"]
    assert "inschatting van de zaal" in html
    assert "In de weg:" in html
    assert '<q dir="auto">dakloze</q>' in html


def test_the_flag_goes_up_when_all_can_stand_under_it() -> None:
    before = screen(room(*MIXED), "projector")
    after = screen(room(*ALL_YES), "projector", former=before)
    assert "flag-up" not in before.parts["flag-a1"]
    assert 'class="flag flag-3 flag-up" id="flag-of-a1"' in after.parts["flag-a1"]
    assert "De vlag is omhoog" in after.parts["flag-foot-a1"]


@pytest.mark.parametrize("guessed", [True, False])
def test_the_picture_and_the_tally_agree_on_when_the_flag_is_up(guessed: bool) -> None:
    here = room(*[vote(n, "yes", "yes", "yes", looks_for="" if guessed else name) for n, name in enumerate(NAMES)])
    assert ("flag-up" in text(here, "projector")) == here.tally.is_up == (not guessed)


def test_without_parties_the_wall_and_the_phone_say_so_and_there_is_no_form() -> None:
    empty = room(parties=[])
    for audience in ("projector", "participant", "facilitator"):
        assert "Er zijn nog geen partijen genoemd." in text(empty, audience)
    assert "<form" not in own_part(empty)


def test_without_an_opgave_the_flag_is_drawn_all_the_same() -> None:
    assert "Er is nog geen opgave." in text(view("flag", **EXAMPLE_SPEC), "projector")


def test_a_fresh_phone_asks_for_the_chair_and_for_each_party() -> None:
    html = own_part(room())
    assert "Voor welke partij kijk je mee?" in html
    assert html.count('name="looks_for"') == 4
    assert 'name="looks_for" value="" checked' in html
    assert html.count("required>") == 9
    assert html.count('name="stands.opvang"') == 3
    assert "een plek vrij" in html
    assert html.count("button-primary") == 1


def test_who_said_not_yet_is_asked_for_the_word() -> None:
    assert "Welk woord zit in de weg?" not in own_part(room(), keyed(vote(1, "yes", "yes", "unknown")))
    html = own_part(room(), keyed(vote(1, "yes", "not_yet", "yes", looks_for="opvang")))
    assert "Welk woord zit in de weg?" in html
    assert html.count("button-primary") == 1
    assert 'name="looks_for" value="opvang" checked' in html
    assert 'name="stands.opvang" value="not_yet" required checked' in html


def test_an_own_word_can_be_changed_and_taken_back_and_shows_the_trainers_wording() -> None:
    html = own_part(room(), [keyed(vote(1, "yes", "not_yet", "yes")), word(1, "daklozen", text="dakloze jongeren")])
    assert 'value="daklozen"' in html
    assert 'action="/w/BCDFGH/contributions/w1/withdrawal"' in html
    assert 'De trainer maakte hiervan: <q dir="auto">dakloze jongeren</q>' in html


def test_what_was_refused_stands_in_the_form_that_was_sent() -> None:
    html = own_part(room(), typed={"looks_for": "school", "stands": {"opvang": "yes"}}, refusal=Refused("x"))
    assert 'name="looks_for" value="school" checked' in html
    assert html.count("required checked") == 1
    said = keyed(vote(1, "yes", "not_yet", "yes"))
    html = own_part(room(), said, typed={"part": "word", "word": "te lang"}, refusal=Refused("x"))
    assert 'value="te lang"' in html
    assert html.count("required checked") == 3
    html = own_part(room(), said, typed={"stands": {}}, refusal=Refused("x"))
    assert 'id="vote-again-a1" open' in html


def test_a_closed_vote_stands_as_text() -> None:
    html = own_part(room(phase="closed"), keyed(vote(1, "yes", "not_yet", "unknown")))
    assert "<form" not in html
    assert '<b dir="auto">Opvang</b>: Nog niet' in html


def test_after_the_reveal_a_phone_reads_the_bands() -> None:
    html = screen(room(*MIXED, hide=True, phase="revealed"), "participant").parts["bands-a1"]
    assert '<b dir="auto">Corporatie</b>: kan eronder staan' in html
    assert "inschatting van de zaal" in html
    assert "bands-a1" not in screen(room(*MIXED), "participant").parts


def test_the_trainer_sees_votes_what_is_missing_and_whose_chair_is_empty() -> None:
    html = screen(room(*MIXED), "facilitator").parts["stands-a1"]
    assert "Ja: 1 · nog niet: 0 · weet ik niet: 0" in html
    assert html.count("Niemand kijkt mee voor deze partij.") == 1
    assert '<q dir="auto">dakloze</q>' in html
    assert "Wat ontbreekt er?" in screen(room(*MIXED[:2]), "facilitator").parts["stands-a1"]
    assert "stands-a1" not in screen(room(*MIXED, hide=True), "facilitator").parts


def test_the_trainer_is_warned_when_the_opgave_names_a_party() -> None:
    warning = "De opgave noemt een partij bij naam. Is de vlag nog neutraal?"
    assert warning not in text(room(), "facilitator")
    assert warning in text(room(opgave="In 2027 heeft de school 140 leerlingen."), "facilitator")


def keyed(card: Shown[Any]) -> Shown[Any]:
    return Shown(card.id, card.participant_id, "vote", card.entry)


def test_signs_stand_for_the_states_where_there_is_much_text_and_a_line_explains_them() -> None:
    assert "flag-legend" not in text(room(*MIXED), "projector")
    html = text(room(*MIXED, opgave=OPGAVE * 5), "projector")
    assert "flag-crowded" in html
    legend = html[html.index('class="flag-legend"') :]
    assert "✓ ja" in legend
    assert "… nog niet" in legend
    assert "≈ inschatting" in legend
    assert "Alles staat op je telefoon." in legend
    assert "Alles staat" not in text(room(*MIXED, opgave=OPGAVE * 2), "projector")
