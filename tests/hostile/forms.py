"""The forms of our pages as a browser would send them, each with a field or more made hostile."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import tinyhtml5

from tests.hostile.house import PARTICIPANT, TRAINER, House
from tests.hostile.payloads import ALL, NAMES
from tests.web.doors import DOORS, OWNER, TRAINERS

Fields = list[tuple[str, str]]
ENDS_IT = ("deletion", "sign-out", "/closing", "/players", "/rehearsals", "/sessions", "/clock")
"""What would take away what the rest is tried on."""
MOST = 30_000


@dataclass(frozen=True)
class Form:
    visitor: str
    path: str
    fields: tuple[tuple[str, str], ...]


def pages(house: House, files: bool = True) -> Iterator[tuple[str, httpx2.Response]]:
    """Everything that can be looked at, by whoever may; or without the files, which take longest."""
    clients = {who: house.client(who) for who in (PARTICIPANT, TRAINER)}
    for door, told in DOORS.items():
        method, path = door.split(" ")
        if method == "GET" and (files or "." not in path):
            visitor = TRAINER if told in (OWNER, TRAINERS) else PARTICIPANT
            yield visitor, clients[visitor].get(house.ours.address(path))


def forms_of(house: House) -> list[Form]:
    """Every form that a page shows, with the values that stand in it."""
    found = {}
    for visitor, page in pages(house, files=False):
        if page.headers.get("content-type", "").startswith("text/html"):
            for element in tinyhtml5.parse(page.text).iter():
                if str(element.tag).endswith("}form") and element.get("method", "").lower() == "post":
                    path = urlsplit(urljoin(str(page.url), element.get("action") or "")).path
                    form = Form(visitor, path, tuple(_fields(element)))
                    if not any(word in path for word in ENDS_IT):
                        found[visitor, path, frozenset(name for name, _ in form.fields)] = form
    return list(found.values())


def _fields(form: Any) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        tag, name = str(element.tag).rpartition("}")[2], element.get("name")
        if name and tag == "select":
            options = [each.get("value") or "" for each in element.iter() if str(each.tag).endswith("}option")]
            yield name, (options or [""])[-1]
        elif name and tag in ("input", "textarea", "button") and element.get("type") != "file":
            yield name, element.get("value") or (element.text or "").strip() or "x"


def value(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(ALL)
    return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x110000)))) for _ in range(20))


def spoiled(fields: Fields, chance: random.Random) -> Fields:
    """Fields of a form: mostly one with what nobody types; some left out, twice, deeper, huge, or of another form."""
    made, own = list(fields), [name for name, _ in fields] or ["act"]
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        name = chance.choice(chance.choice((own, own, own, own, NAMES)))
        act = chance.choice(("replace", "replace", "replace", "replace", "repeat", "drop", "nest", "huge"))
        if act in ("replace", "drop", "huge"):
            made = [each for each in made if each[0] != name]
        if act in ("replace", "repeat"):
            made += [(name, value(chance))] * chance.choice((1, 1, 1, 2, 40))
        elif act == "nest":
            made.append((f"{name}.{chance.choice((*own, '', '0', '-1', 'x.y'))}", value(chance)))
        elif act == "huge":
            made.append((name, chance.choice(("x", "\U0001f469\u200d", "\n", "\u0335")) * MOST))
    return made


def flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """A form of a test as the fields that a browser sends."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from flat(inner, name)
    else:
        yield name, str(value)
