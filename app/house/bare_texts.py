"""Texts that nobody can translate: words that stand bare in a template, and refusals without `N_`."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
REFUSALS = {"Refused", "NotFound", "Closed", "NotYours"}
SEEN_OR_HEARD = {"alt", "aria-label", "data-text", "placeholder", "title"}
TRANSLATED = re.compile(r"{%-?\s*trans\b.*?endtrans\s*-?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
CODE = re.compile(r"{%.*?%}", re.DOTALL)
VALUE = re.compile(r"{{.*?}}", re.DOTALL)
ATTRIBUTES = re.compile(r'[\w-]+="[^"]*"')
WORDS = re.compile(r"[^\W\d_]{2,}(?:[ '’-]+[^\W\d_]+)*")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []

    def handle_data(self, data: str) -> None:
        self.read.append(ATTRIBUTES.sub(" ", data))  # of a macro that writes attributes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read += [value for name, value in attrs if value and name in SEEN_OR_HEARD]

    handle_startendtag = handle_starttag


def bare_in_template(source: str) -> Iterator[str]:
    """The words that stand in the text itself or in an attribute that is seen or heard."""
    source = CODE.sub(" ", TRANSLATED.sub(" ", COMMENT.sub("", source)))
    reader = _Reader()
    reader.feed(VALUE.sub(" ", source))
    reader.close()
    yield from (words for text in reader.read for words in WORDS.findall(text))


def bare_in_python(source: str) -> Iterator[str]:
    """The messages of refusals that are not marked with `N_`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS and node.args:
            message = node.args[0]
            if isinstance(message, ast.Constant | ast.JoinedStr):
                yield ast.unparse(message)


def bare_texts() -> dict[str, set[str]]:
    """By file."""
    found: dict[str, set[str]] = {}
    for path in sorted((*ROOT.glob("templates/**/*.*"), *ROOT.glob("app/**/*.py"))):
        read = bare_in_python if path.suffix == ".py" else bare_in_template
        if texts := set(read(path.read_text(encoding="utf-8"))):
            found[path.relative_to(ROOT).as_posix()] = texts
    return found
