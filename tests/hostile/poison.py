"""Every text that people type, made hostile where it is stored: past all cleaning, so that only escaping can help."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from sqlmodel import SQLModel, select

from app.core.conditions_letter import ConditionsLetter, Contact, Point, PointAnswer
from app.core.contribution import Curation
from app.core.lasting import CheckIn, Commitment, Condition, LaterCheckIn, Need, Opgave, Party
from app.core.organisation import Organisation
from app.core.participant import Participant
from app.core.trainer import OwnScript, Trainer
from app.core.workshop import Activity, Workshop
from app.db import Database

MARK = "xssmark"
PAYLOAD = f"""javascript:{MARK}()//"'><{MARK} {MARK}=1></textarea></title><script>{MARK}</script>"""
INTO_HEADERS = f"{MARK}\r\nBcc: all@example.nl\r\n\r\n{MARK}\x00\u202e"

TEXTS: dict[type[SQLModel], tuple[str, ...]] = {
    Workshop: ("title", "place", "why"),
    Opgave: ("text", "text_en"),
    Party: ("name", "goal"),
    Need: ("text", "size", "source", "stops"),
    Condition: ("text", "owner", "by_date"),
    Commitment: ("act", "place", "who", "evidence", "obstacle_text", "then"),
    CheckIn: ("obstacle_text", "brought", "needed"),
    LaterCheckIn: ("helped", "different"),
    Participant: ("name", "obstacle_text"),
    Trainer: ("name",),
    Organisation: ("name",),
    Contact: ("name",),
    ConditionsLetter: ("note",),
    Point: ("text", "size", "owner", "by_date"),
    PointAnswer: ("text", "on_behalf_of"),
    Curation: ("text",),
}
DOCUMENTS: dict[type[SQLModel], str] = {Workshop: "script", Activity: "spec", OwnScript: "document"}


async def poison(db: Database, *texts: str) -> None:
    """Put a hostile text in every text of every row: each of `texts` in turn."""
    turn = cycle(texts or (PAYLOAD,))

    async def spoil(session: Any) -> None:
        for table, columns in TEXTS.items():
            for row in (await session.exec(select(table))).all():
                for column in columns:
                    setattr(row, column, next(turn))
                session.add(row)
        for table, column in DOCUMENTS.items():
            for row in (await session.exec(select(table))).all():
                setattr(row, column, spoiled(getattr(row, column), next(turn)))
                session.add(row)

    await db.write(spoil)


def spoiled(value: Any, text: str) -> Any:
    """A document with `text` for every text in two languages."""
    if isinstance(value, list):
        return [spoiled(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"nl", "en"}:
        places = " ".join(re.findall(r"\{\w+\}", value["nl"] or ""))  # a frame keeps its places for the parts
        return {"nl": f"{text} {places}", "en": f"{text} {places}"}
    return {name: spoiled(each, text) for name, each in value.items()}


def came_through(markup: str) -> list[str]:
    """What a browser would make of the payload: its elements, attributes, scripts and links. Empty: it is only text."""
    found = []
    for element in _elements(markup):
        tag = str(element.tag).rpartition("}")[2]
        if MARK in tag or (tag in ("script", "style") and MARK in "".join(element.itertext())):
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            said = value.strip().lower()
            leads = str(name).rpartition("}")[2] in ("href", "src", "action", "formaction", "data", "srcdoc")
            if MARK in str(name) or (leads and said.startswith(("javascript:", "vbscript:", "data:text"))):
                found.append(f"<{tag} {name}={value[:60]}>")
    return found


def _elements(markup: str) -> Iterator[Element]:
    """A frame of the socket holds parts in elements of its own; a template's contents count too."""
    yield from tinyhtml5.parse(markup).iter()
