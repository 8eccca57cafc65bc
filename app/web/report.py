"""The report of a workshop in all its forms, and what may be shared of it. Made on request: it is always of now."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from app import render
from app.core.errors import Refused
from app.core.obstacles import LOOKED_AHEAD, OBSTACLES
from app.core.workshop import Workshop
from app.db import Database
from app.results import anonymous, report_picture, report_tables
from app.results.report import Report, report
from app.results.report_words import STANDS, STATUS
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_
from app.web import assets
from app.web.deps import Db, OwnWorkshop, PhoneLanguage
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_KEPT = 8


async def asked_language(language_of_page: PhoneLanguage, language: str = "") -> str:
    return language if language in LANGUAGES else language_of_page


AskedLanguage = Annotated[str, Depends(asked_language)]


class Documents:
    """What was made lately, by what it was made from: the same page is not made twice, a changed one is never stale.
    One at a time, in a thread of its own, so that the room goes on."""

    def __init__(self) -> None:
        self.made: OrderedDict[str, bytes] = OrderedDict()
        self.one = asyncio.Lock()

    async def get(self, kind: str, source: str, make: Callable[[], bytes]) -> bytes:
        name = sha256(f"{kind}\n{source}".encode()).hexdigest()
        async with self.one:
            if name not in self.made:
                self.made[name] = await asyncio.to_thread(make)
                while len(self.made) > MOST_KEPT:
                    self.made.popitem(last=False)
            self.made.move_to_end(name)
            return self.made[name]


def documents(request: Request) -> Documents:
    """Of this server: a lock belongs to one loop."""
    state = request.app.state
    if not hasattr(state, "documents"):
        state.documents = Documents()
    kept: Documents = state.documents
    return kept


@router.get("/report")
async def show(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    told = await _report(db, workshop)
    picture = Markup(await asyncio.to_thread(report_picture.svg, told, language))
    return page(request, "report/show.html", language, audience="report", **_context(told, workshop, picture))


@router.get("/report.pdf")
async def pdf(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    told = await _report(db, workshop)
    drawing = _drawing()
    picture = Markup(await asyncio.to_thread(report_picture.svg, told, language))
    context = _context(told, workshop, picture) | {"audience": "report", "bundle": assets.address, "here": ""}
    text = render.page("report/show.html", language, **context)
    styles = assets.bundle("report.css").plain
    made = await documents(request).get("pdf", text, lambda: drawing.pdf(text, styles))
    return _file(made, "application/pdf", f"{workshop.code}-{language}.pdf")


@router.get("/report.xlsx")
async def xlsx(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(await asyncio.to_thread(report_tables.as_xlsx, sheets), XLSX, f"{workshop.code}-{language}.xlsx")


@router.get("/report.csv")
async def csv(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(report_tables.as_csv(sheets, language), "text/csv; charset=utf-8", f"{workshop.code}-{language}.csv")


@router.get("/report.json")
async def json(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(report_tables.as_json(sheets).encode(), "application/json", f"{workshop.code}-{language}.json")


@router.get("/picture.svg")
async def svg(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    drawn = await asyncio.to_thread(report_picture.svg, await _report(db, workshop), language)
    return _file(drawn.encode(), "image/svg+xml", f"{workshop.code}-{language}.svg", "inline")


@router.get("/picture.png")
async def png(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    drawing = _drawing()
    drawn = await asyncio.to_thread(report_picture.svg, await _report(db, workshop), language)
    made = await documents(request).get("png", drawn, lambda: drawing.png(drawn))
    return _file(made, "image/png", f"{workshop.code}-{language}.png", "inline")


@router.get("/community")
async def community(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    """Exactly what would be shared, before it is saved."""
    told = await _report(db, workshop)
    shared = anonymous.as_json(anonymous.numbers(told, workshop))
    return page(
        request, "report/community.html", language, audience="report", workshop=workshop, shared=shared, k=told.k
    )


@router.get("/community.json")
async def community_json(workshop: OwnWorkshop, db: Db) -> Response:
    shared = anonymous.as_json(anonymous.numbers(await _report(db, workshop), workshop))
    return _file(shared.encode(), "application/json", "numbers.json")


async def _report(db: Database, workshop: Workshop) -> Report:
    async with db.read() as session:
        return await report(session, workshop)


def _context(told: Report, workshop: Workshop, picture: Markup) -> dict[str, Any]:
    return {
        "report": told,
        "workshop": workshop,
        "zone": workshop.time_zone,
        "picture": picture,
        "rows": {need.text: need for need in told.needs if need.text},
        "stands": STANDS,
        "statuses": STATUS,
        "looked_ahead": LOOKED_AHEAD,
        "obstacles": OBSTACLES,
    }


def _drawing() -> Any:
    """Raises Refused where this machine lacks what draws documents: the browser's own print does it too."""
    try:
        from app.results import report_pdf
    except OSError:
        raise Refused(
            N_("This server cannot make this file: the pango library is missing. Open the report and print it.")
        ) from None
    return report_pdf


def _file(content: bytes, media_type: str, name: str, how: str = "attachment") -> Response:
    headers = {"Content-Disposition": f'{how}; filename="morgen-{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)
