"""Each rule once, in both directions."""

import pytest

from app.core.act import Fields, check, hints
from app.core.act.command import check_lines
from app.texts import say

FORM = Fields(date=True, time=True, who="Karin", place=True)


def rules(text: str, fields: Fields = FORM, **more: str) -> set[str]:
    return {hit.rule for hit in check(text, fields=fields, **more).hits}


@pytest.mark.parametrize(
    ("rule", "with_it", "without_it"),
    [
        ("V01", "ik probeer Karin te bellen over de kamers", "ik probeer het formulier uit met twee jongeren"),
        ("V02", "ik ga aan de slag met de doorstroom", "ik kijk naar de 12 meldingen met Sanne en kies er 3 uit"),
        ("V03", "stem de planning af met Karin", "bespreek met Karin welke twee acties stoppen"),
        ("V04", "we bellen Karin over de kamers", "vraag Karin of we twee kamers krijgen"),
        ("V04", "Karin belt de huisarts over de kamers", "Karin bellen over de kamers"),
        ("V05", "de huurders worden gebeld over de kamers", "ik vraag of de huurders worden gebeld"),
        ("V06v", "ik bel Karin binnenkort over de kamers", "vraag Karin of het later ook kan"),
        ("V09", "het doel is om het doel te halen", "bel Karin over het doel van dinsdag"),
        ("V10", "ik ga meer doen voor de wijk", "vraag Karin om meer stoelen"),
        ("V11", "als ik tijd heb bel ik Karin", "als Karin niet opneemt, bel ik Peter en vraag hetzelfde"),
        ("V12", "schrijf de visie op wonen voor Smit", "schrijf de eerste alinea van de visie voor Smit"),
        ("V13", "bel Karin", "bel Karin over de kamers"),
        ("V14", "ik bel Karin; ik mail Tom de lijst", "ik bel Karin en mail Tom de lijst"),
        ("V15", "ik stop met klagen over het werk", "ik stop met het rapport en mail Tom dat het niet meer komt"),
        ("V17", "stuur aandacht naar de wijk", "stuur een brief naar de wijk"),
    ],
)
def test_a_rule_fires_where_it_should_and_not_beside_it(rule: str, with_it: str, without_it: str) -> None:
    assert rule in rules(with_it)
    assert rule not in rules(without_it)


def test_a_day_without_a_time_is_almost() -> None:
    assert rules("Ik bel morgen Karin en vraag twee kamers", Fields()) == {"V06b"}
    assert rules("Ik bel Karin en vraag twee kamers", Fields()) == {"V06"}


def test_nobody_is_almost_unless_the_form_says_alone() -> None:
    text = "Ik mail morgen om 10:00 de lijst"
    assert rules(text, Fields()) == {"V08"}
    assert not rules(text, Fields(alone=True))


def test_a_long_duty_or_a_later_day_is_almost() -> None:
    text = "bel Karin en vraag twee kamers"
    assert rules(text, Fields(date=True, time=True, minutes=180)) == {"V12"}
    assert rules(text, Fields(date=True, time=True, later=True)) == {"V16"}


def test_the_time_in_the_form_does_not_anchor_a_vague_sentence() -> None:
    assert "V02" in rules("we werken aan de opgave met Karin")


def test_words_of_the_opgave_are_no_act() -> None:
    opgave = "Alle dakloze jongeren in Malburgen hebben een woonplek"
    assert "V09" in rules("dakloze jongeren in Malburgen een woonplek geven", opgave=opgave)


@pytest.mark.parametrize(
    ("act", "figure"),
    [
        ("stuur Karin de lijst", "stuur aandacht naar de lijst"),
        ("maak een foto van de lamp", "maak werk van de lamp"),
        ("geef Karin de sleutel", "geef vorm aan de samenwerking"),
        ("hang de kaart op in de hal", "breng in kaart wat er speelt"),
        ("zet twee stoelen bij de ingang", "zet stappen bij de ingang"),
        ("take the keys to Karin", "take steps to a better process"),
        ("set out two chairs in the hall", "set the tone for a better conversation"),
        ("put the letter on the wall", "put it on people's radar"),
        ("build a bench with Karin", "build bridges with partners"),
        ("give Karin the list", "give attention to the list"),
    ],
)
def test_the_same_verb_is_an_act_only_with_something_to_see(act: str, figure: str) -> None:
    assert check(act, fields=FORM).verdict == "concreet"
    assert check(figure, fields=FORM).verdict == "vrijblijvend"


@pytest.mark.parametrize(
    "text",
    [
        "Ik fromp het dekzeil van de kar",
        "k zet t bordje terug bij nr 12",
        "de wachtlijst frompen voor de thuiszorg",
        "Ik fromp in het systeem de termijn van 8 naar 4 weken",
        "- ik bespreek met saskia welke twee projecten we stoppen",
        "fromp to the control room that the bridge is closed",
        "fromp my manager: can I skip the meeting",
        "im fromping the printers invoice back",
        "Ik draag mijn parkeerplek over aan de wijkzuster",
        "Mark and I lower the counter by 20 cm",
        "Team leader Monica gets the rota change from me on paper",
        "ga met Teun de kelder in en we hangen de rookmelders op",
    ],
)
def test_words_that_nobody_knows_leave_it_in_doubt(text: str) -> None:
    assert check(text, fields=FORM).verdict != "vrijblijvend"


@pytest.mark.parametrize(
    "text",
    [
        "Ik ga dit oppakken met het team",
        "Write a new chapter in how we work",
        "throw a stone in the pond",
        "name the elephant in the room",
        "deuren openzetten voor nieuwe ideeën",
        "Nog meer in verbinding staan met mijn klanten",
        "open the windows to society",
        "de regels wat soepeler toepassen",
    ],
)
def test_a_figure_of_speech_is_no_act(text: str) -> None:
    assert check(text, fields=FORM).verdict != "concreet"
    assert check(text).verdict != "concreet"


@pytest.mark.parametrize("text", ["Ik ben er voor de wijk", "I am the point of contact", "Ik fromp het vraagstuk"])
def test_what_reads_as_an_intention_stays_one(text: str) -> None:
    assert check(text, fields=FORM).verdict == "vrijblijvend"


def test_a_plan_is_almost_until_it_brings_a_question() -> None:
    assert check("ik plan een gesprek met Karin in", fields=FORM).verdict == "bijna"
    assert check("ik plan een half uur met Karin en vraag haar ja of nee", fields=FORM).verdict == "concreet"


def test_hints_are_two_at_most_and_in_order() -> None:
    shown = hints(check("We proberen later meer te doen"))
    assert [hint.rule for hint in shown] == ["V04", "V01"]
    assert hints(check("We proberen later meer te doen"), limit=0) == ()
    assert hints(check("bel Karin en vraag twee kamers", fields=FORM)) == ()


def test_a_hint_points_at_its_word_and_is_said_in_dutch() -> None:
    text = "Ik bel misschien Karin over de kamers"
    (hint,) = hints(check(text, fields=FORM))
    assert text[hint.start : hint.end] == hint.word == "misschien"
    assert say("nl", hint.message, word=hint.word) == "Laat “misschien” weg. Wat doe je wél?"


def test_two_rules_with_one_message_give_one_hint() -> None:
    messages = [hint.message for hint in hints(check("Netwerk versterken", fields=FORM), limit=9)]
    assert len(messages) == len(set(messages))


def test_the_command_gives_a_word_for_each_line() -> None:
    lines = [
        "bel Karin en vraag twee kamers\n",
        "\n",
        "Meer aandacht voor jongeren\n",
        "call Karin and ask for two rooms",
    ]
    words = list(check_lines(lines, fields=True, language=None, opgave=""))
    assert words == ["concreet", "vrijblijvend", "concreet"]
    assert list(check_lines(lines[:1], fields=False, language="nl", opgave="")) == ["vrijblijvend"]
