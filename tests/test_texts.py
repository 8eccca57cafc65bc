"""Every text that people see stands in both languages: English in the code, plain Dutch in exactly one catalog."""

import re
from collections.abc import Iterator

import pytest

from app.house.bare_texts import bare_in_python, bare_in_template, bare_texts
from app.house.texts import AREAS, PLACE, Text, catalogs, dutch, english, missing, twice, unfinished, unused, used
from app.texts import LOCALE

LONGEST = 20
"""Words in a sentence."""
LONG: dict[str, str] = {}
"""Sentences that may be longer, each with its reason."""

FORMAL = re.compile(
    r"\b(u|uw|uzelf|middels|dienen? te|diende te|teneinde|indien|betreffende|desbetreffende|betreft|alsmede|derhalve|"
    r"tevens|reeds|omtrent|inzake|conform|aangaande|hetgeen|alvorens|thans|gaarne|onderhavige?|voornoemde?|hierbij|"
    r"dientengevolge|zulks|ingevolge|krachtens|aldus|bewerkstelligen|ten behoeve van|met betrekking tot|ter zake|"
    r"in het kader van|op grond van|dan wel|doch|geschiedt|gelieve|faciliteren|implementeren|optimaliseren)\b",
    re.IGNORECASE,
)
SAME = {
    "Code": "the same word",
    "Contact: %(contact)s.": "the same words",
    "Draaiboeken": "a Dutch word, kept in English",
    "Logo": "the same word",
    "Mails": "the same word",
    "Privacy": "the same word",
    "Status": "the same word",
    "Timer": "the same word",
    "Trainers": "the same word",
    "Workshop": "the same word",
    "Workshops": "the same word",
    "mail": "the same word",
    "online": "the same word",
    "open": "the same word",
    "opgave": "the term of art",
    "opgaven": "the term of art",
    "pen": "the same word",
    "school: diploma": "the same words",
}
"""Texts that are the same in both languages."""

BARE = {
    "Morgen": "the name",
    "min": "minutes, in both languages",
    "Gericht": "a term of the method",
    "Gestuurd": "a term of the method",
    "afspraak": "the name of a file: afspraak.ics",
    "ics": "the name of a file: afspraak.ics",
}
"""Words that need no translation."""
NOT_FOR_THE_ROOM = {"templates/patterns.html"}
"""The page of patterns shows samples to who builds it."""


def sentences(text: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?:;])\s+|\n+|\s+·\s+", text)


def test_no_text_is_missing_in_dutch() -> None:
    assert missing() == []


def test_no_catalog_keeps_a_text_that_nobody_uses() -> None:
    assert unused() == []


def test_each_text_stands_in_one_catalog_only() -> None:
    assert twice() == []


def test_translations_are_finished_and_keep_their_places() -> None:
    assert unfinished() == []


def test_every_catalog_belongs_to_an_area() -> None:
    kinds = {each.area for each in used() if each.area.startswith("kind_")}
    assert {path.stem for path in (LOCALE / "nl").glob("*.po")} <= kinds | set(AREAS.values())


def test_no_sentence_is_long_in_either_language() -> None:
    said = [
        sentence
        for _, message in catalogs()
        for form in dutch(message) + english(message)
        for sentence in sentences(form)
    ]
    assert [sentence for sentence in said if len(sentence.split()) > LONGEST and sentence not in LONG] == []


def test_dutch_is_not_formal() -> None:
    assert [(area, form) for area, message in catalogs() for form in dutch(message) if FORMAL.search(form)] == []


def test_dutch_is_dutch() -> None:
    pairs = [pair for _, message in catalogs() for pair in zip(english(message), dutch(message), strict=True)]
    words = [(one, other) for one, other in pairs if re.search(r"[^\W\d_]", PLACE.sub("", one))]
    assert {one for one, other in words if one == other} - SAME.keys() == set()


def test_no_words_stand_bare_in_a_template_or_a_refusal() -> None:
    found = {place: texts - BARE.keys() for place, texts in bare_texts().items() if place not in NOT_FOR_THE_ROOM}
    assert {place: texts for place, texts in found.items() if texts} == {}


def test_bare_words_are_found_where_they_are_seen_or_heard() -> None:
    source = '<p class="seen" title="Wat">{# no #}Kijk {{ _("on") }}{% if a %}<b aria-label="hier">!</b>{% endif %}</p>'
    assert set(bare_in_template(source)) == {"Wat", "Kijk", "hier"}
    assert list(bare_in_template("{% trans n=1 %}One{% pluralize %}More{% endtrans %}<i class='a b'></i>")) == []
    assert list(bare_in_python('raise Refused("No.")\nraise Closed(N_("No."))\nraise ValueError("no")')) == ["'No.'"]


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("templates/activities/poll/_mine.html:3", "kind_poll"),
        ("app/activities/commitment.py:9", "kind_commitment"),
        ("app/activities/__init__.py:9", "core"),
        ("app/core/act/hints.py:1", "act"),
        ("app/core/script_rules.py:1", "script"),
        ("app/core/moving.py:1", "core"),
        ("templates/results/_rate.html:1", "letters"),
        ("app/web/workshop_form.py:1", "trainer"),
        ("templates/projector/screen.html:1", "shell"),
    ],
)
def test_a_new_text_goes_to_the_area_of_its_place(place: str, area: str) -> None:
    assert Text("New", "", place).area == area


def test_texts_are_found_in_templates_and_in_code() -> None:
    places = {each.place.split(":")[0]: each for each in used()}
    assert {
        "templates/home.html",
        "app/core/moving.py",
        "app/activities/poll.py",
        "app/mail/letters.py",
    } <= places.keys()
    assert any(each.plural for each in used())
