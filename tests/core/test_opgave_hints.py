"""The strong examples of the method get no hint; the weak ones get at least one."""

import pytest

from app.core.opgave_hints import checks, hints

STRONG = {
    "nl": (
        "In december 2027 durft 8 van de 10 reizigers na 22 uur alleen over het Stationsplein. Nu is dat 5 van de 10.",
        "In 2028 bewegen 600 van de 900 ouderen in De Hoven elke week. Nu zijn dat er 250.",
        "Eind 2027 betalen alle 320 gezinnen in de Vogelbuurt minder dan € 150 energie per maand.",
        "Op 1 september 2027 fietsen 400 kinderen veilig naar school in Oost. Nu zijn dat er 180.",
        "In juli 2027 wachten kinderen in onze regio maximaal 4 weken op hulp. Nu is dat 19 weken.",
        "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek. Nu zijn dat er 55.",
    ),
    "en": (
        "By December 2027 8 in 10 travellers dare to cross Stationsplein alone after 10 pm, across Stationsplein.",
        "By 2028 600 of the 900 older people in De Hoven exercise every week. Today 250.",
        "By the end of 2027 all 320 families in Vogelbuurt pay less than € 150 a month for energy. Today 90 do.",
        "By December 2027 all 140 homeless young people in Malburgen have a home of their own. Today 55 do.",
    ),
}
WEAK = (
    "Inzetten op een veilig stationsgebied",
    "Preventienota vaststellen",
    "Het doel is de klimaatdoelen te halen",
    "Een integrale mobiliteitsvisie",
    "Meer samenwerken rond jeugd",
    "Doorstroom bevorderen",
)


@pytest.mark.parametrize(("language", "text"), [(each, text) for each, texts in STRONG.items() for text in texts])
def test_a_concrete_opgave_gets_no_hint(language: str, text: str) -> None:
    assert hints(text, language) == ()
    seen = checks(text, language)
    assert (seen.where, seen.who, seen.when) == (True, True, True)


@pytest.mark.parametrize("text", WEAK)
def test_a_slogan_or_a_means_gets_a_hint(text: str) -> None:
    assert hints(text, "nl")


def test_a_means_is_named() -> None:
    assert [hint.word for hint in hints("In 2027 heeft Oost 40 keer overleg in Oost", "nl")] == ["overleg"]


def test_nothing_typed_nothing_said() -> None:
    assert hints("  ", "nl") == ()
