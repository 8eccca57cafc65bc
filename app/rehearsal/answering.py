"""Players read their mail: they open the answer page of each letter that asks, and say how it went."""

import re
from collections import Counter
from collections.abc import Iterable
from random import Random
from urllib.parse import urlencode, urlsplit

import httpx2

from app.rehearsal.forms import read

ANSWER = re.compile(r"https?://\S+/a/[\w.-]+")
SILENT = 0.25
"""Share of players who do not answer a mail."""


async def answer_mails(address: str, bodies: Iterable[str], chance: Random) -> Counter[str]:
    """Answer the mails with these plain texts through the real page; what happened, counted."""
    happened: Counter[str] = Counter()
    async with httpx2.AsyncClient(base_url=address, headers={"Origin": address}, timeout=30) as http:
        for body in bodies:
            link = ANSWER.search(body)
            if link is None or chance.random() < SILENT:
                happened["no answer"] += 1
                continue
            happened[await _answer(http, urlsplit(link[0]).path, chance)] += 1
    return happened


async def _answer(http: httpx2.AsyncClient, path: str, chance: Random) -> str:
    page = await http.get(path)
    said = chance.choices(("gelukt", "deels", "niet"), (6, 2, 2))[0]
    forms = read(page.text, lambda action: action.startswith("/a/"))
    form = next((each for each in forms if any(value == said for _, value in each.buttons)), None)
    if form is None:
        return "no buttons"
    name = next(name for name, value in form.buttons if value == said)
    fields = [(each.name, each.value) for each in form.inputs if each.type == "hidden"]
    answer = await http.post(
        form.action,
        content=urlencode([*fields, (name, said)]),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        follow_redirects=True,
    )
    return said if answer.is_success else "answer refused"
