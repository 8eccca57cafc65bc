"""What a form sends."""

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData

from app.core.text import clean

DEEPEST = 6
"""Dots in the name of a field that nest it: a form may not grow deeper than Python can follow."""


async def the_form(request: Request) -> dict[str, Any]:
    return nested(await request.form(max_fields=200, max_files=0))


def nested(form: FormData) -> dict[str, Any]:
    """Fields as a kind's Entry takes them: `dots.team` nests, repeated names make a list, empty ones are left out. What
    was typed is cleaned here for every form: control and bidi signs reach no screen, and PostgreSQL takes no NUL."""
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


Form = Annotated[dict[str, Any], Depends(the_form)]


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
