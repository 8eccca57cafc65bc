"""Bytes as a browser would never send them: a form with lone surrogates and broken escapes, addresses as they are."""

from collections.abc import Iterable
from urllib.parse import quote_from_bytes

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


def escaped(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def form_body(fields: Iterable[tuple[str, str]]) -> bytes:
    return "&".join(f"{escaped(name)}={escaped(value)}" for name, value in fields).encode()[: 60 * 1024]
