"""The word lists beside this module: `words/<language>/*.txt`, sections in square brackets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class WordLists:
    """Section name without its first part, to its text; grouped by that first part."""

    verbs: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)


def word_lists(language: str) -> WordLists:
    lists = WordLists()
    for path in sorted((_FOLDER / language).glob("*.txt")):
        for section, text in _sections(path.read_text(encoding="utf-8")).items():
            group, _, name = section.partition(".")
            getattr(lists, group)[name] = text
    return lists


def _sections(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            found[name] = ""
        elif name and line and not line.startswith("# "):
            found[name] += line + "\n"
    return found
