"""A page of a design without a server: templates and style sheets straight from the disk, into a browser."""

from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page, Route

from app.paths import STATIC
from app.render import page as render_page
from app.web import assets

HOST = "http://design.invalid"
TYPES = {
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
}


def serve(route: Route) -> None:
    """Bundles and static files; everything else is not there."""
    path = urlparse(route.request.url).path
    made = next((b for b in map(assets.bundle, assets.CONTENTS) if path == f"/bundles/{b.name}"), None)
    if made:
        route.fulfill(body=made.plain, content_type=TYPES[Path(path).suffix])
    elif path.startswith("/static/") and (STATIC / path[8:]).is_file():
        route.fulfill(body=(STATIC / path[8:]).read_bytes(), content_type=TYPES[Path(path).suffix])
    else:
        route.fulfill(status=404, body="")


def show(browser: Browser, html: str, viewport: dict[str, int], dark: bool = False) -> Page:
    """`html` in a browser of this size, once its fonts are there."""
    page = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light").new_page()
    page.route("**/*", serve)
    page.route(HOST + "/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(HOST + "/")
    page.evaluate("document.fonts.ready")
    return page


def patterns(audience: str, language: str = "nl") -> str:
    """The pattern page as this audience sees it."""
    return render_page("patterns.html", language, audience=audience, bundle=assets.address, here="/patterns")


def scene(name: str, question: str, step: int = 10, language: str = "nl") -> str:
    """One picture in the projector's shell, with everything in the foot that a workshop has there."""
    told = {"scene": name, "question": question, "step": step}
    return render_page("patterns.html", language, audience="projector", bundle=assets.address, here="/", **told)
