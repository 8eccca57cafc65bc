"""What a form sends."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData

from app.core.text import clean

DEEPEST = 6
"""Dots in the name of a field that nest it: a form may not grow deeper than Python can follow."""


async def the_form(request: Request) -> dict[str, str]:
    return texts(await request.form(max_fields=200, max_files=0))


def texts(form: FormData) -> dict[str, str]:
    """What was typed by the name of its field: of a field that came twice the last, of a file nothing; empty ones are
    left out. All of it is cleaned here: control and bidi signs reach no screen, and PostgreSQL takes no NUL."""
    cleaned = ((name, clean(value)) for name, value in form.multi_items())
    return {name: text for name, text in cleaned if isinstance(text, str) and text}


Form = Annotated[dict[str, str], Depends(the_form)]


async def the_fields(request: Request) -> dict[str, Any]:
    return nested(await request.form(max_fields=200, max_files=0))


def nested(form: FormData) -> dict[str, Any]:
    """The same as a kind's Entry takes it: `dots.team` nests, and a name that is repeated makes a list."""
    fields: dict[str, Any] = {}
    for name, value in form.multi_items():
        text = clean(value)
        if not isinstance(text, str) or not text:
            continue
        at = fields
        *path, last = name.split(".", DEEPEST)
        for place in path:
            inner = at.setdefault(place, {})
            if not isinstance(inner, dict):
                break
            at = inner
        if last in at:
            at[last] = [*at[last], text] if isinstance(at[last], list) else [at[last], text]
        else:
            at[last] = text
    return fields


Fields = Annotated[dict[str, Any], Depends(the_fields)]


def texts_of(value: object) -> list[str]:
    """One of the Fields where texts are meant: one, more, none; nothing of what was nested."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
