"""The strong examples of the method get no hint; the weak ones get at least one, and the right one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.opgave_hints import Checks, checks, hints

STRONG = (
    "In december 2027 durft 8 van de 10 reizigers na 22 uur alleen over het Stationsplein. Nu is dat 5 van de 10.",
    "In 2028 bewegen 600 van de 900 ouderen in De Hoven elke week. Nu zijn dat er 250.",
    "Eind 2027 betalen alle 320 gezinnen in de Vogelbuurt minder dan € 150 energie per maand. Nu lukt dat 90 gezinnen.",
    "Op 1 september 2027 fietsen 400 kinderen veilig naar school in Oost. Nu zijn dat er 180.",
    "In juli 2027 wachten kinderen in onze regio maximaal 4 weken op hulp. Nu is dat 19 weken.",
    "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek. Nu zijn dat er 55.",
    "By December 2027 8 in 10 travellers dare to cross Stationsplein alone after 10 pm. Today 5 in 10.",
    "By 2028 600 of the 900 older people in De Hoven exercise every week. Today 250.",
    "By the end of 2027 all 320 families in Vogelbuurt pay less than € 150 a month for energy. Today 90 do.",
    "On 1 September 2027 400 children cycle to school safely in Oost. Today 180.",
    "By July 2027 children in our region wait 4 weeks at most for help. Today 19 weeks.",
    "By December 2027 all 140 homeless young people in Malburgen have a home of their own. Today 55 do.",
)
WEAK = {
    "Inzetten op een veilig stationsgebied": "",
    "Preventienota vaststellen": "Preventienota",
    "Het doel is de klimaatdoelen te halen": "",
    "Een integrale mobiliteitsvisie": "mobiliteitsvisie",
    "Meer samenwerken rond jeugd": "samenwerken",
    "Doorstroom bevorderen": "",
    "A vision on mobility": "vision",
    "More cooperation for young people": "cooperation",
}
MEANS, OURSELVES, LONG = "is a means", "about ourselves", "That is long"


def said(text: str, language: str = "nl") -> str:
    return " ".join(hint.message for hint in hints(text, language))


@pytest.mark.parametrize("screen", ["nl", "en"])
@pytest.mark.parametrize("text", STRONG)
def test_a_concrete_opgave_gets_no_hint_whatever_the_language_of_the_screen(text: str, screen: str) -> None:
    assert hints(text, screen) == ()
    assert checks(text, screen) == Checks(where=True, who=True, when=True)


@pytest.mark.parametrize(("text", "means"), WEAK.items())
def test_a_slogan_or_a_means_gets_a_hint_with_the_word_it_is_about(text: str, means: str) -> None:
    found = hints(text, "nl")
    assert "where, for whom, when" in found[0].message
    assert [hint.word for hint in found if hint.word] == ([means] if means else [])


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("In 2028 bewegen 600 van de 900 ouderen elke week", "where"),
        ("In december 2027 fietsen 600 ouderen", "where"),
        ("Op 1 september 2027 wordt er in Oost meer gefietst", "who"),
        ("In 2027 is energie in de Vogelbuurt goedkoper dan € 150", "who"),
        ("In 2027 is het na 22 uur stil op het Stationsplein", "who"),
        ("In 6822 AB is het in 2028 rustig", "who"),
        ("Alle 320 gezinnen in de Vogelbuurt wonen warm", "when"),
        ("All 320 families in Vogelbuurt may pay less", "when"),
    ],
)
def test_a_month_is_no_place_and_a_date_a_price_or_an_hour_are_no_people(text: str, lacks: str) -> None:
    seen = checks(text, "nl")
    assert [name for name in ("where", "who", "when") if not getattr(seen, name)] == [lacks]


@pytest.mark.parametrize(
    "text", ["In 6822 AB", "op het Stationsplein", "in onze regio", "near Vogelbuurt", "in de wijk"]
)
def test_a_place_is_a_name_a_postcode_or_a_word_for_one(text: str) -> None:
    assert checks(text, "nl").where


@pytest.mark.parametrize(
    "text", ["In 2027 kijken 40 kinderen in Oost minder televisie", "In Oost is het ecosysteem gezond"]
)
def test_a_word_that_only_sounds_like_a_means_is_none(text: str) -> None:
    assert MEANS not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wij helpen in 2027 alle 40 kinderen in Oost",
        "In 2027 helpt de gemeente 40 kinderen in Oost",
        "Gemeente Ede helpt in 2027 40 kinderen in Oost",
        "By 2027 the municipality helps 40 children in Oost",
    ],
)
def test_the_own_organisation_is_not_what_it_is_about(text: str) -> None:
    assert OURSELVES in said(text)


def test_a_place_may_be_called_a_municipality() -> None:
    assert OURSELVES not in said("In 2028 bewegen in de gemeente Ede 600 ouderen")


def test_thirty_five_words_are_short_enough() -> None:
    sentence = "In 2027 wonen 40 jongeren in Oost"
    assert LONG not in said(sentence + " echt" * 28)
    assert LONG in said(sentence + " echt" * 29)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_typed_nothing_said(text: str) -> None:
    assert hints(text, "nl") == ()


@given(st.text(max_size=200), st.sampled_from(["nl", "en"]))
def test_whatever_is_typed_the_word_stands_in_the_text(text: str, language: str) -> None:
    assert all(hint.word in text for hint in hints(text, language))
