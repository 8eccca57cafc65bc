"""Reading the forms of a page as a browser does: which fields, which choices, which button asks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

Pair = tuple[str, str]


@dataclass(slots=True)
class Input:
    """One field. `most`: its longest text, or its largest number; `legend`: what is asked of the group it stands in."""

    name: str
    type: str
    value: str = ""
    most: int | None = None
    checked: bool = False
    required: bool = False
    autocomplete: str = ""
    legend: str = ""
    options: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """`asks`: it has the page's main button, and nobody folded it away. `total`: how much there is to share out."""

    id: str
    action: str
    folded: bool = False
    has_main_button: bool = False
    total: int | None = None
    inputs: list[Input] = field(default_factory=list)
    buttons: list[Pair] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.id or self.action

    @property
    def asks(self) -> bool:
        return self.has_main_button and not self.folded

    @property
    def shape(self) -> frozenset[str]:
        """Two forms of one shape ask for more of the same."""
        return frozenset(each.name for each in self.inputs)

    @property
    def values(self) -> set[str]:
        """What can be chosen."""
        return {each.value for each in self.inputs if each.type in ("radio", "checkbox")}

    def groups(self, kind: str) -> list[list[Input]]:
        """The fields of one type, by their name."""
        named: dict[str, list[Input]] = {}
        for each in self.inputs:
            if each.type == kind:
                named.setdefault(each.name, []).append(each)
        return list(named.values())


class Reader(HTMLParser):
    """Collects the forms that post to an address which `wants` says yes to."""

    def __init__(self, wants: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.wants = wants
        self.forms: list[Form] = []
        self._in: Form | None = None
        self._folds: list[bool] = []
        self._legend = ""
        self._reads_legend = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "details":
            self._folds.append("open" not in given)
        elif tag == "form":
            form = Form(given.get("id", ""), given.get("action", ""), any(self._folds))
            self._in = form if self.wants(form.action) and given.get("method") == "post" else None
            self.forms += [form] if self._in is not None else []
        elif tag in ("fieldset", "legend"):
            self._legend, self._reads_legend = "", tag == "legend"
        elif self._in is not None:
            self._inside(tag, given, self._in)

    def _inside(self, tag: str, given: dict[str, str], form: Form) -> None:
        if given.get("data-dots", "").isdigit():
            form.total = int(given["data-dots"])
        if tag == "button" and given.get("type", "submit") == "submit":
            form.has_main_button |= "button-primary" in given.get("class", "").split()
            form.buttons += [(given["name"], given.get("value", ""))] if given.get("name") else []
        elif tag == "option" and form.inputs:
            form.inputs[-1].options.append(given.get("value", ""))
        elif tag in ("input", "textarea", "select") and given.get("name"):
            form.inputs.append(self._field(tag, given))

    def _field(self, tag: str, given: dict[str, str]) -> Input:
        bound = given.get("max") or given.get("maxlength") or ""
        return Input(
            given["name"],
            given.get("type", "text") if tag == "input" else tag,
            given.get("value", ""),
            int(bound) if bound.isdigit() else None,
            "checked" in given,
            "required" in given,
            given.get("autocomplete", ""),
            self._legend,
        )

    def handle_data(self, data: str) -> None:
        if self._reads_legend:
            self._legend += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None
        elif tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "legend":
            self._reads_legend = False
        elif tag == "fieldset":
            self._legend = ""


def read(html: str, wants: Callable[[str], bool]) -> list[Form]:
    """The forms of `html` whose action `wants` says yes to, in their order."""
    reader = Reader(wants)
    reader.feed(html)
    return reader.forms


def number_in(text: str) -> int:
    """How many a legend asks for: the number in it, else one."""
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 1
