"""The sentence as the room, the trainer and the phone see it."""

import re
from typing import Any

import pytest

from app.core.shown import Shown
from app.live.view import View
from tests.activities.rooms import own_part, screen, text, view
from tests.activities.test_statement import EXAMPLE_SPEC, draft, refused, vote


def room(*cards: Shown[Any], phase: str = "revealed", **changed: Any) -> View:
    return view("statement", cards, phase=phase, **EXAMPLE_SPEC | changed)


def own(room: View, *mine: Shown[Any], **changed: Any) -> str:
    return own_part(room, mine, **changed)


def test_before_the_first_sentence_the_wall_shows_the_frame_with_its_places() -> None:
    html = re.sub(r"<[^>]+>", "", text(room(phase="open"), "projector"))
    assert "In [when]: [who] in [where] [what]. Nu is dat [now]." in html
    assert "{" not in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_wall_shows_the_strongest_with_checks_and_dots(language: str) -> None:
    cards = [draft(n) for n in range(6)] + [vote(1, 4)]
    html = screen(room(*cards), "projector", language).parts["drafts-a1"]
    assert re.findall(r'id="draft-(\w+)"', html) == ["c4", "c0", "c1", "c2"]
    assert html.count("chip-yes") == 12
    assert ("1 stip" if language == "nl" else "1 dot") in html
    assert ("4 van de 6 zinnen" if language == "nl" else "4 of 6 sentences") in html


def test_no_dots_are_told_before_the_first_vote() -> None:
    assert "draft-dots" not in text(room(draft(1)), "projector")


def test_the_trainer_hears_what_the_leading_sentence_lacks() -> None:
    assert "middel" in screen(room(draft(1, "Een app voor ouderen")), "facilitator").parts["drafts-a1"]
    assert "notice" not in screen(room(draft(1)), "facilitator").parts["drafts-a1"]


def ballot(html: str) -> list[str]:
    return re.findall(r'name="pick" value="(\w+)"', html)


def test_before_the_reveal_a_phone_writes_and_cannot_choose() -> None:
    html = own(room(draft(1), draft(2), phase="open"), draft(1))
    assert ballot(html) == []
    assert 'value="21 ouderen"' in html
    assert '<details class="own-sentence" id="sentence-a1" open>' in html


def test_after_the_reveal_a_phone_chooses_in_the_order_of_coming_and_sees_no_dots() -> None:
    html = own(room(draft(1), draft(2), vote(9, 2)), draft(1))
    assert ballot(html) == ["c1", "c2"]
    assert "stip</b>" not in html
    assert 'value="21 ouderen"' in html


def test_somebody_without_a_sentence_may_choose_too() -> None:
    for hide in (True, False):
        assert ballot(own(room(draft(1), phase="revealed" if hide else "open", hide=hide))) == ["c1"]


def test_the_own_dots_stand_ticked_and_a_refused_choice_stays() -> None:
    many = room(*(draft(n) for n in range(4)))
    ticked = r'value="(\w+)" hx-morph-skip checked'
    assert re.findall(ticked, own(many, vote(1, 2, 3))) == ["c2", "c3"]
    typed = {"vote": "true", "pick": ["c0", "c1", "c2"]}
    html = own(many, vote(1, 3), draft(1), typed=typed, refusal=refused(**typed))
    assert re.findall(ticked, html) == ["c0", "c1", "c2"]
    assert "Kies hoogstens 2 zinnen." in html
    assert 'value="21 ouderen"' in html


def test_a_refused_sentence_stays_as_it_was_typed() -> None:
    html = own(room(phase="open"), draft(1), typed={"what": "nieuw"}, refusal=refused(what="nieuw"))
    assert 'value="nieuw"' in html
    assert 'value="21 ouderen"' not in html


def test_the_frame_has_the_language_of_the_workshop_and_not_of_the_phone() -> None:
    assert 'name="language" value="nl"' in own_part(room(phase="open"), language="en")


def test_the_author_keeps_the_own_sentence_and_hears_what_the_trainer_made_of_it() -> None:
    html = own(room(draft(1)), draft(1, "Anders"))
    assert "21 ouderen in De Hoven" in html
    assert 'De trainer maakte hiervan: <q dir="auto">Anders</q>' in html


def test_a_closed_question_shows_the_own_sentence_without_a_form() -> None:
    html = own(room(draft(1), phase="closed"), draft(1))
    assert "<form" not in html
    assert "21 ouderen in De Hoven" in html


def test_the_reveal_and_each_later_sentence_is_news_of_the_ballot_alone() -> None:
    """The rest of the own part stays: on every phone it holds what its owner typed."""
    hidden = screen(room(draft(1), phase="open"), "participant")
    revealed = screen(room(draft(1)), "participant", former=hidden)
    assert revealed.changes(hidden) == ["ballot-a1"]
    later = screen(room(draft(1), draft(2)), "participant", former=revealed)
    assert later.changes(revealed) == ["ballot-a1"]


def test_a_vote_is_no_news_for_the_phones() -> None:
    before = screen(room(draft(1), draft(2)), "participant")
    after = screen(room(draft(1), draft(2), vote(1, 2)), "participant", former=before)
    assert after.changes(before) == []


@pytest.mark.parametrize("hide", [True, False])
def test_sentences_to_choose_from_push_nothing_away_while_people_write(hide: bool) -> None:
    html = own(room(draft(1), phase="revealed" if hide else "open", hide=hide))
    assert (html.index("ballot-a1") < html.index("sentence-a1")) is hide
