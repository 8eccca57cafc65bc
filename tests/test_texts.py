"""Every text that people see stands in both languages: English in the code, Dutch in exactly one catalog."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.texts import LOCALE

ROOT = Path(__file__).parents[1]
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "newstyle_gettext": "true"}
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "gettext_noop": None, "say": (2,),
}  # fmt: skip
PLACE = re.compile(r"%\((\w+)\)s")
FORMAL = re.compile(r"\b(u|uw|middels|dient te|teneinde|indien|betreffende|alsmede|derhalve)\b", re.IGNORECASE)
LONGEST = 22
SAME = re.compile(r"^[\W\d]*$|%\(\w+\)s")


def first(message: Any) -> str:
    return message if isinstance(message, str) else message[0]


def extracted() -> set[str]:
    found = set()
    for folder in ("templates", "app"):
        for _, _, message, _, _ in extract_from_dir(
            str(ROOT / folder),
            method_map=[("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.py", "python")],
            options_map={"**.html": JINJA, "**.txt": JINJA},
            keywords=KEYWORDS,
        ):
            found.add(first(message))
    return found - {""}


def catalogs() -> list[tuple[str, Message]]:
    found = []
    for path in sorted((LOCALE / "nl").glob("*.po")):
        with path.open("rb") as file:
            found += [(path.stem, message) for message in read_po(file, locale="nl") if message.id]
    return found


def dutch(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_no_text_is_missing_in_dutch() -> None:
    assert sorted(extracted() - {first(message.id) for _, message in catalogs()}) == []


def test_no_catalog_keeps_a_text_that_nobody_uses() -> None:
    used = extracted()
    assert [(area, message.id) for area, message in catalogs() if first(message.id) not in used] == []


def test_each_text_stands_in_one_catalog_only() -> None:
    count = Counter(first(message.id) for _, message in catalogs())
    assert [text for text, times in count.items() if times > 1] == []


def test_translations_are_whole_and_keep_their_places() -> None:
    for area, message in catalogs():
        assert not message.fuzzy, (area, message.id)
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        assert len(dutch(message)) == len(forms), (area, message.id)
        for text in dutch(message):
            assert text, (area, message.id)
            assert set(PLACE.findall(text)) <= set(PLACE.findall(forms[-1])), (area, message.id)
            assert set(PLACE.findall(forms[0])) <= set(PLACE.findall(text)) | {"count"}, (area, message.id)


def test_dutch_is_plain() -> None:
    for area, message in catalogs():
        for text in dutch(message):
            assert not FORMAL.search(text), (area, text)
            for sentence in re.split(r"[.!?:;\n]+", text):
                assert len(sentence.split()) <= LONGEST, (area, sentence)
