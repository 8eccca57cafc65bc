"""Reading the forms of a page and filling them in, as somebody with a phone would: wisely, or foolishly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

from app.rehearsal import lines

Pair = tuple[str, str]
KEEPS = 0.85
"""How often somebody leaves what was chosen for them."""


@dataclass(slots=True)
class Input:
    name: str
    type: str
    value: str = ""
    most: int | None = None
    checked: bool = False


@dataclass(slots=True)
class Form:
    id: str
    action: str
    inputs: list[Input] = field(default_factory=list)
    buttons: list[Pair] = field(default_factory=list)
    is_tap: bool = False

    def fill(self, chance: Random, wise: bool, name: str) -> list[Pair]:
        """The fields to send; `name` is what this person is called."""
        sent = [(each.name, each.value) for each in self.inputs if each.type == "hidden"]
        sent += [pair for group in self._radios() for pair in _pick(group, chance)]
        for each in self.inputs:
            sent += _write(each, chance, wise, name)
        return sent + self.buttons[:1]

    def _radios(self) -> Iterator[list[Input]]:
        names = dict.fromkeys(each.name for each in self.inputs if each.type == "radio")
        for group in names:
            yield [each for each in self.inputs if each.type == "radio" and each.name == group]


def _pick(group: list[Input], chance: Random) -> list[Pair]:
    chosen = next((each for each in group if each.checked), None)
    if chosen is None or chance.random() > KEEPS:
        chosen = chance.choice(_likely(group))
    return [(chosen.name, chosen.value)]


def _likely(group: list[Input]) -> list[Input]:
    """On a scale people see less now than they want."""
    half = len(group) // 2
    last = group[0].name.rpartition(".")[2]
    return {"now": group[: half + 1], "wanted": group[half:]}.get(last, group)


def _write(each: Input, chance: Random, wise: bool, name: str) -> list[Pair]:
    if each.type in ("hidden", "radio"):
        return []
    if each.type == "checkbox":
        ticks = KEEPS if each.checked else 1 - KEEPS
        return [(each.name, each.value)] if chance.random() < ticks else []
    if each.type == "number":
        return [(each.name, str(chance.randint(0, each.most or 3)))] if chance.random() < 0.5 else []
    if each.type == "time":
        return []
    text = lines.line_for(each.name, chance, wise, name)
    return [(each.name, text[: each.most or 2000])] if text else []


class Reader(HTMLParser):
    """Collects the forms that post within one workshop or to an answer page."""

    def __init__(self, wants: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.wants = wants
        self.forms: list[Form] = []
        self._in: Form | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = Form(given.get("id", ""), given.get("action", ""))
            form.is_tap = "tap" in given.get("class", "").split()
            self._in = form if self.wants(form.action) and given.get("method") == "post" else None
            if self._in is not None:
                self.forms.append(form)
        elif self._in is not None and given.get("name"):
            self._field(tag, given, self._in)

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        if tag == "button":
            form.buttons.append((given["name"], given.get("value", "")))
        elif tag in ("input", "textarea", "select"):
            bound = given.get("max") or given.get("maxlength") or ""
            kind = given.get("type", "text") if tag == "input" else tag
            most = int(bound) if bound.isdigit() else None
            form.inputs.append(Input(given["name"], kind, given.get("value", ""), most, "checked" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None


def read(html: str, wants: Callable[[str], bool]) -> list[Form]:
    """The forms of `html` whose action `wants` says yes to, in their order."""
    reader = Reader(wants)
    reader.feed(html)
    return reader.forms
