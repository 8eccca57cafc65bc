"""The report of a workshop in all its forms, and what may be shared of it. Made on request: it is always of now."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from app import render
from app.core.audit import Act
from app.core.obstacles import LOOKED_AHEAD, OBSTACLES
from app.core.workshop import Workshop
from app.db import Database
from app.results import anonymous, report_picture, report_tables
from app.results.report import Report, report
from app.results.report_words import STANDS, STATUS
from app.texts import LANGUAGES
from app.web import assets
from app.web.deps.languages import PhoneLanguage
from app.web.deps.state import Db
from app.web.deps.visits import OwnWorkshop
from app.web.documents import documents
from app.web.noting import noted
from app.web.pages import page

router = APIRouter(prefix="/w/{code}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def asked_language(language_of_page: PhoneLanguage, language: str = "") -> str:
    return language if language in LANGUAGES else language_of_page


AskedLanguage = Annotated[str, Depends(asked_language)]


@router.get("/report")
async def show(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    told = await _report(db, workshop)
    picture = Markup(await asyncio.to_thread(report_picture.svg, told, language))
    return page(request, "report/show.html", language, audience="report", **_context(told, workshop, picture))


@router.get("/report.pdf", dependencies=[noted(Act.EXPORT)])
async def pdf(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    told = await _report(db, workshop)
    picture = Markup(await asyncio.to_thread(report_picture.svg, told, language))
    context = _context(told, workshop, picture) | {"audience": "report", "bundle": assets.address, "here": ""}
    text = render.page("report/show.html", language, **context)
    styles = assets.bundle("report.css").plain
    made = await documents(request).get("pdf", text, styles.decode())
    return _file(made, "application/pdf", f"{workshop.code}-{language}.pdf")


@router.get("/report.xlsx", dependencies=[noted(Act.EXPORT)])
async def xlsx(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(await asyncio.to_thread(report_tables.as_xlsx, sheets), XLSX, f"{workshop.code}-{language}.xlsx")


@router.get("/report.csv", dependencies=[noted(Act.EXPORT)])
async def csv(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(report_tables.as_csv(sheets, language), "text/csv; charset=utf-8", f"{workshop.code}-{language}.csv")


@router.get("/report.json", dependencies=[noted(Act.EXPORT)])
async def json(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    sheets = report_tables.tables(await _report(db, workshop), language)
    return _file(report_tables.as_json(sheets).encode(), "application/json", f"{workshop.code}-{language}.json")


@router.get("/picture.svg", dependencies=[noted(Act.EXPORT)])
async def svg(workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    drawn = await asyncio.to_thread(report_picture.svg, await _report(db, workshop), language)
    return _file(drawn.encode(), "image/svg+xml", f"{workshop.code}-{language}.svg", "inline")


@router.get("/picture.png", dependencies=[noted(Act.EXPORT)])
async def png(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    drawn = await asyncio.to_thread(report_picture.svg, await _report(db, workshop), language)
    made = await documents(request).get("png", drawn)
    return _file(made, "image/png", f"{workshop.code}-{language}.png", "inline")


@router.get("/community")
async def community(request: Request, workshop: OwnWorkshop, db: Db, language: AskedLanguage) -> Response:
    """Exactly what would be shared, before it is saved."""
    told = await _report(db, workshop)
    shared = anonymous.as_json(anonymous.numbers(told, workshop))
    return page(
        request, "report/community.html", language, audience="report", workshop=workshop, shared=shared, k=told.k
    )


@router.get("/community.json", dependencies=[noted(Act.EXPORT)])
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
        "rows": {need.id: need for need in told.needs},
        "stands": STANDS,
        "statuses": STATUS,
        "looked_ahead": LOOKED_AHEAD,
        "obstacles": OBSTACLES,
    }


def _file(content: bytes, media_type: str, name: str, how: str = "attachment") -> Response:
    headers = {"Content-Disposition": f'{how}; filename="morgen-{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)
