"""`python -m app.house.texts [--area shell]`: which texts lack in Dutch, stand twice, are left over or not finished.

Texts are taken from the templates by the environment that renders them, so with its own rules for white space, and from
Python by Babel. An *area* is one catalog, `app/locale/nl/<area>.po`.
"""

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from app.render import environment
from app.texts import LOCALE

ROOT = Path(__file__).parents[2]
KEYWORDS: dict[str, Any] = dict.fromkeys(("_", "N_", "gettext_noop")) | {"say": (2,)}
PLACE = re.compile(r"%\((\w+)\)s")
STRAY = re.compile(r"%(?!\(\w+\)s)")
KIND = re.compile(r"(?:templates|app)/activities/([a-z]\w*)")
AREAS = {
    r"templates/(account|admin|facilitator/(door|_newcomers)|participant/waiting)": "account",
    r"app/(core|web|live)/(account|admin|admitting|audit|door|limit|passwords|second_|sessions|single_)": "account",
    r"templates/(letters/)?conditions/|app/(core|web|mail)/(conditions|contact|point|to_contacts)": "conditions",
    r"templates/report/|app/(results|web)/(report|export|anonymous)": "report",
    r"templates/papers/|app/(core|web)/papers": "papers",
    r"templates/(organisation|before)/|app/(core|web)/(organisation|invitation|privacy|manager)": "organisation",
    r"templates/track_record/|app/(results|web)/(track_record|success)": "track_record",
    r"templates/shared/words|app/web/words|app/core/glossary": "glossary",
    r"templates/results/_red_line|app/results/red_line": "red_line",
    r"templates/trainer/(plan|_series|_tables)|app/web/(plan|series)|app/core/(series|remaking)": "series",
    r"app/core/act/": "act",
    r"app/core/(deeds|grouping|inserting|pairing|people|staging|curating)": "control_room",
    r"templates/(facilitator|participant/(seat|persons|_group|_?buddy|\w+_help))": "control_room",
    r"app/web/(buddy|facilitat|making_room|people|persons|room\b|screens|seat)": "control_room",
    r"app/core/(own_scripts|script_(day|draft|mistakes))": "script_editor",
    r"app/core/(flaw|model_flaws|marked_yaml|script)": "script",
    r"app/core/(addressing|checking_in|obstacles|replanning|sharing)": "follow_up",
    r"app/core/|app/activities/": "core",
    r"templates/room_check/|app/web/room_check|app/mail/trial": "room_check",
    r"templates/(trainer/|shared/_)paper|app/web/paper": "paper",
    r"templates/(letters|results)/|app/(mail|results)/": "letters",
    r"templates/trainer/script_editor/|app/web/(field_labels|own_script|script_|step_editor)": "script_editor",
    r"templates/follow_up/|app/web/(by_link|follow_up|my_data|unsubscribe)": "follow_up",
    r"templates/(pictures/|shared/_(charts|ui))": "pictures",
    r"templates/trainer/|app/web/(copying|rehearsal|sign_in|trainer|workshop)": "trainer",
    r"": "shell",
}
"""Where a new text goes, by the place where it is used; the first that fits."""


@dataclass(frozen=True, slots=True)
class Text:
    """One use of a text. `plural` is empty where there is none; `place` is `path:line`."""

    text: str
    plural: str
    place: str

    @property
    def area(self) -> str:
        kind = KIND.match(self.place)
        return f"kind_{kind[1]}" if kind else next(area for start, area in AREAS.items() if re.match(start, self.place))


@dataclass(frozen=True, slots=True)
class Flaw:
    area: str
    what: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.area}: {self.what}: {self.text!r}" + (f" ({self.place})" if self.place else "")


def _in_template(path: Path) -> Iterator[tuple[int, Any]]:
    extract = environment("en").extract_translations  # type: ignore[attr-defined]
    for line, _, message in extract(path.read_text(encoding="utf-8")):
        yield line, message


def _in_python(path: Path) -> Iterator[tuple[int, Any]]:
    for line, message, _, _ in extract_from_file("python", str(path), keywords=KEYWORDS):
        yield line, message


@lru_cache
def used() -> tuple[Text, ...]:
    """Every text in templates and code, with the place of each use."""
    found = []
    for path in sorted((*ROOT.glob("templates/**/*.*"), *ROOT.glob("app/**/*.py"))):
        for line, message in _in_python(path) if path.suffix == ".py" else _in_template(path):
            forms = [form for form in (message if isinstance(message, tuple) else (message,)) if form]
            if forms:
                place = f"{path.relative_to(ROOT).as_posix()}:{line}"
                found.append(Text(forms[0], forms[1] if len(forms) > 1 else "", place))
    return tuple(found)


@lru_cache
def catalogs() -> tuple[tuple[str, Message], ...]:
    """Every translation with its area."""
    found = []
    for path in sorted((LOCALE / "nl").glob("*.po")):
        with path.open("rb") as file:
            found += [(path.stem, message) for message in read_po(file, locale="nl", abort_invalid=True) if message.id]
    return tuple(found)


def english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def dutch(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def missing() -> list[Flaw]:
    single = {english(message)[0] for _, message in catalogs()}
    plural = {tuple(english(message)) for _, message in catalogs()}
    lacking = {
        (each.text, each.plural): each
        for each in reversed(used())
        if (each.text, each.plural) not in plural and (each.plural or each.text not in single)
    }
    return [Flaw(each.area, "missing", each.text, each.place) for each in reversed(lacking.values())]


def unused() -> list[Flaw]:
    single = {each.text for each in used()}
    plural = {each.plural for each in used()} - {""}
    forms = ((area, english(message)) for area, message in catalogs())
    return [Flaw(a, "unused", ids[0]) for a, ids in forms if ids[0] not in single or not plural.issuperset(ids[1:])]


def twice() -> list[Flaw]:
    count = Counter(english(message)[0] for _, message in catalogs())
    doubled = ((area, english(message)[0]) for area, message in catalogs())
    return [Flaw(area, "twice", text) for area, text in doubled if count[text] > 1]


def unfinished() -> list[Flaw]:
    """Not sure, not there, without one of its two forms, or with other places than the English has."""
    return [
        Flaw(area, what, english(message)[0])
        for area, message in catalogs()
        for what, is_so in (
            ("fuzzy", message.fuzzy),
            ("empty", not dutch(message) or not all(dutch(message))),
            ("forms", len(dutch(message)) != len(english(message))),
            ("places", not _same_places(message)),
            ("stray %", any(STRAY.search(text.replace("%%", "")) for text in english(message) + dutch(message))),
        )
        if is_so
    ]


def _same_places(message: Message) -> bool:
    """One form of a plural may leave out the count: *one person*."""
    forms = english(message)
    free = {"count"} if len(forms) > 1 else set()
    pairs = zip(forms, dutch(message), strict=False)
    return all(set(PLACE.findall(one)) ^ set(PLACE.findall(other)) <= free for one, other in pairs)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--area", default="", help="one catalog only, such as shell or kind_poll")
    area = parser.parse_args().area
    flaws = [each for each in (*missing(), *unused(), *twice(), *unfinished()) if area in ("", each.area)]
    for flaw in flaws:
        print(flaw)
    print(f"{len(used())} uses, {len(catalogs())} translations, {len(flaws)} flaws", file=sys.stderr)
    sys.exit(bool(flaws))


if __name__ == "__main__":
    main()
