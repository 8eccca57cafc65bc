"""Documents from what is drawn already: the report as a tagged PDF (PDF/UA-1), and the picture as PNG.

Importing this needs the pango library: OSError where it is missing. Nothing is fetched but our own static files.
A server runs it as a program (`python -m app.results.report_pdf`), so that a room in its process never waits for it.
"""

import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pypdfium2  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.svg import Node  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from app.paths import STATIC

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells every rule of a style sheet that it does not know
ORIGIN = "https://morgen.invalid"
"""A host that can be nowhere: addresses in the page become absolute by it, and only ours are served."""
WIDE, HIGH = 1600, 900
PICTURE = re.compile(r"<svg(?P<attributes>[^>]*\brole=\"img\"[^>]*)>(?P<inside>.*?)</svg>", re.DOTALL)
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
TOKEN = re.compile(r"(--color-[\w-]+): var\(--light, (#\w+)\)")
USE = re.compile(r"var\((--[\w-]+)(?:, [^()]*(?:\([^()]*\))?[^()]*)?\)")
DRAWN = ("components/charts.css", "pictures.css")


class Words(str):
    """Text of a drawing. WeasyPrint lays it out sign by sign, which turns Arabic around and takes emoji apart: as one
    sign it goes to Pango whole. None of our drawings places its signs one by one."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


Node.text = property(lambda node: Words(node._etree_node.text) if node._etree_node.text else node._etree_node.text)


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Serves `static/` and the pictures of this one document; refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=["https"])
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == ORIGIN:
            path = unquote(parts.path)
            if path in self.pictures:
                return URLFetcherResponse(url, self.pictures[path], {"Content-Type": "image/svg+xml"})
            file = (STATIC / path.removeprefix("/static/")).resolve()
            if path.startswith("/static/") and file.is_relative_to(STATIC.resolve()) and file.is_file():
                return URLFetcherResponse(url, file.read_bytes())
        raise FatalURLFetchingError(f"{url} is none of our own files")


def pdf(page: str, styles: bytes) -> bytes:
    """`page` is the report as HTML, with `lang` and a title; `styles` the style sheet of that page."""
    pictures: dict[str, bytes] = {}
    fetcher = OwnFiles(pictures)
    page = PICTURE.sub(lambda found: _taken_out(found, pictures), page)
    page = re.sub(r"<(link|script)\b[^>]*>(</script>)?", "", page)
    fonts = FontConfiguration()
    sheets = [
        CSS(string=text, base_url=ORIGIN, url_fetcher=fetcher, font_config=fonts)
        for text in (styles.decode(), _light())
    ]
    document = HTML(string=page, base_url=ORIGIN, url_fetcher=fetcher, media_type="print")
    made: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return made


def png(picture: str) -> bytes:
    """A picture of 1600 by 900 as it is."""
    style = f"@page {{ size: {WIDE}px {HIGH}px; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    page = HTML(string=picture, base_url=ORIGIN, url_fetcher=OwnFiles({}))
    document = pypdfium2.PdfDocument(page.write_pdf(stylesheets=[CSS(string=style)]))
    try:
        image = document[0].render(scale=96 / 72).to_pil().convert("RGB").crop((0, 0, WIDE, HIGH))
    finally:
        document.close()
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def _taken_out(found: re.Match[str], pictures: dict[str, bytes]) -> str:
    """A drawing becomes an image with its text alternative: style sheets do not reach into a drawing here."""
    path = f"/pictures/{len(pictures)}.svg"
    title = TITLE.search(found["inside"])
    alternative = " ".join(unescape(title[1]).split()) if title else ""
    given = re.search(r'class="([^"]*)"', found["attributes"])
    name = "" if given is None else given[1]
    space = "" if "xmlns=" in found["attributes"] else ' xmlns="http://www.w3.org/2000/svg"'
    style = f"<style>{_drawn()}</style>" if name != "report-picture" else ""
    pictures[path] = f"<svg{space}{found['attributes']}>{style}{found['inside']}</svg>".encode()
    quoted = alternative.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<img class="{name}" src="{path}" alt="{quoted}">'


@lru_cache
def _tokens() -> dict[str, str]:
    """The colours of the light theme: how the style sheet tells both themes apart is unknown here."""
    found: dict[str, str] = {}
    for name, value in TOKEN.findall((STATIC / "css" / "_global.css").read_text()):
        found.setdefault(name, value)
    return found


def _light() -> str:
    return ":root, [data-theme] {" + "".join(f"{name}: {value};" for name, value in _tokens().items()) + "}"


@lru_cache
def _drawn() -> str:
    """The rules of the drawings without layers and variables, which a drawing does not know."""
    text = "".join((STATIC / "css" / name).read_text() for name in DRAWN)
    text = re.sub(
        r"/\*.*?\*/|@layer components \{|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text, flags=re.DOTALL
    )
    text = USE.sub(
        lambda use: _tokens().get(use[1], '"Atkinson Hyperlegible Next"' if "font" in use[1] else "none"), text
    )
    rules = re.findall(r"[^{}]+\{[^{}]*\}", text)
    return "".join(rule.strip() for rule in rules if "::" not in rule)


def main() -> None:
    """Reads `{"pdf": [page, styles]}` or `{"png": [picture]}` and writes the document."""
    os.nice(10)
    asked = json.load(sys.stdin)
    made = pdf(asked["pdf"][0], asked["pdf"][1].encode()) if "pdf" in asked else png(asked["png"][0])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
