"""The doors of the report: page, tagged PDF, tables, picture, and what may be shared."""

import ctypes
import io
import json
from collections.abc import Iterator
from html import unescape

import httpx2
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from app.core.forgetting import empty_texts
from app.core.lasting import Condition, Gap, Party
from app.db import Database
from app.results import report_pdf
from app.web import documents
from tests.conftest import Cast, Running, session_token
from tests.results.test_red_line import need, people, put

pytestmark = pytest.mark.one_engine
pytest_plugins = ["tests.follow_up_cast"]
HOSTILE = '=HYPERLINK("http://x") <b>&'


async def filled(running: Running, db: Database, cast: Cast, count: int = 6) -> tuple[httpx2.Client, str]:
    workshop = cast.workshop
    await put(
        db,
        workshop,
        Gap(workshop_id=workshop.id, now=3, wanted=7.5, count=9),
        Party(workshop_id=workshop.id, name="politie", goal="rust", stands="yes"),
        Condition(workshop_id=workshop.id, text="mandaat", owner="Karin"),
    )
    await need(db, workshop, "team", text=HOSTILE, dots=3, size="2 dagen", source="team West")
    await people(db, workshop, count)
    return running.trainer_client(await session_token(db, cast.anna)), f"/w/{workshop.code}"


async def test_the_page_tells_it_in_the_language_that_is_asked_for(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    await need(db, cast.workshop, "same words", text=HOSTILE, dots=2, source="team Oost")
    dutch, english = (client.get(f"{address}/report?language={each}").text for each in ("nl", "en"))
    assert '<html lang="nl"' in dutch
    assert "Wat het vraagt" in dutch
    assert '<html lang="en"' in english
    assert "What it takes" in english
    assert "<b>&" not in english.replace("&lt;b&gt;&amp;", "")
    assert [english.count(source) for source in ("team West", "team Oost")] == [1, 1]
    assert english.count('role="img"') == english.count("<title") - 1


def structure(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    """(type, alternative text) of all elements of the tags."""

    def text(read: object, element: object) -> str:
        size = read(element, None, 0)  # type: ignore[operator]
        buffer = ctypes.create_string_buffer(size)
        read(element, buffer, size)  # type: ignore[operator]
        return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")

    def walk(element: object) -> Iterator[tuple[str, str]]:
        yield text(pdfium.FPDF_StructElement_GetType, element), text(pdfium.FPDF_StructElement_GetAltText, element)
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                yield from walk(child)

    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        pdfium.FPDF_StructTree_Close(tree)


def language(document: pypdfium2.PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def embedded(document: pypdfium2.PdfDocument) -> set[str]:
    """The typefaces of all words; every one lies in the file itself."""
    names = set()
    for page in document:
        for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(each.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            buffer = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
            names.add(buffer.value.decode())
    return names


async def test_the_pdf_is_tagged_and_carries_its_own_typefaces(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    got = client.get(f"{address}/report.pdf?language=en")
    assert got.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(got.content)
    tags = list(structure(document))
    kinds = [kind for kind, _ in tags]
    assert kinds.count("H1") == 1
    assert {"H2", "Table", "TH", "TD", "L", "Figure"} <= set(kinds)
    assert all(alternative for kind, alternative in tags if kind == "Figure")
    assert any("A bridge from 3 to 7.5" in alternative for _, alternative in tags)
    assert document.get_metadata_dict()["Title"].endswith("Report")
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert language(document) == "en"
    assert {"Atkinson", "Fraunces"} <= {name.partition("+")[2].partition("-")[0] for name in embedded(document)}
    document.close()


def test_a_document_fetches_nothing_but_our_own_files() -> None:
    fetcher = report_pdf.OwnFiles({})
    assert fetcher.fetch(f"{report_pdf.ORIGIN}/static/img/favicon.svg").read()
    for address in (
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "https://example.org/x.css",
        f"{report_pdf.ORIGIN}/static/../pyproject.toml",
        f"{report_pdf.ORIGIN}/static/%2e%2e/pyproject.toml",
        f"{report_pdf.ORIGIN}/pyproject.toml",
    ):
        with pytest.raises(report_pdf.FatalURLFetchingError):
            fetcher.fetch(address)


async def test_the_pdf_is_made_once_until_something_changes(
    db: Database, cast: Cast, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = await filled(running, db, cast)
    made: list[str] = []
    real = documents._make

    async def counted(asked: str) -> bytes:
        made.append(asked)
        return await real(asked)

    monkeypatch.setattr(documents, "_make", counted)
    first = client.get(f"{address}/report.pdf").content
    assert client.get(f"{address}/report.pdf").content == first
    assert len(made) == 1
    await people(db, cast.workshop, 1, start=20)
    assert client.get(f"{address}/report.pdf").content != first
    assert len(made) == 2
    monkeypatch.setattr(documents, "MOST_KEPT", 2)
    for number in range(2):
        await people(db, cast.workshop, 1, start=30 + number)
        client.get(f"{address}/picture.png")
    assert len(running.app.state.documents.made) == 2


async def test_without_pango_the_door_says_what_to_do(
    db: Database, cast: Cast, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = await filled(running, db, cast)

    monkeypatch.setattr(documents, "PROGRAM", "tests.web.without_pango")
    got = client.get(f"{address}/report.pdf")
    assert got.status_code == 422
    assert "pango" in got.text
    assert client.get(f"{address}/report").status_code == 200
    assert client.get(f"{address}/picture.svg").status_code == 200


async def test_a_spreadsheet_keeps_what_was_typed_as_text(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/report.xlsx?language=nl").content))
    assert book.sheetnames[0] == "Cijfers"
    cell = book["Wat nodig is"]["A2"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")
    assert cell.hyperlink is None
    assert book["Cijfers"]["B2"].value == 6
    english = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/report.xlsx?language=en").content))
    assert english["Needs"]["A1"].value == "Need"


async def test_csv_and_json_are_the_same_tables(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    raw = client.get(f"{address}/report.csv?language=nl").content
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "politie;rust;kan eronder staan;0" in text
    assert "\"'=HYPERLINK(" in text
    assert "Gewenst, 0 tot 10;7,5;9" in text
    found = json.loads(client.get(f"{address}/report.json?language=en").content)
    assert list(found) == ["figures", "opgave", "parties", "needs", "conditions", "commitments"]
    assert found["needs"]["rows"][0]["text"] == HOSTILE
    assert found["parties"]["columns"]["goal"] == "Own goal"


async def test_the_picture_comes_as_svg_and_as_png(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    drawn = client.get(f"{address}/picture.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert Image.open(io.BytesIO(client.get(f"{address}/picture.png").content)).size == (1600, 900)


async def test_the_page_shows_exactly_what_the_file_shares(db: Database, cast: Cast, running: Running) -> None:
    client, address = await filled(running, db, cast)
    page, file = client.get(f"{address}/community?language=en"), client.get(f"{address}/community.json")
    assert file.text in unescape(page.text)
    assert json.loads(file.text)["participants"] == 6


@pytest.mark.parametrize("spoken", ["nl", "en"])
async def test_the_page_says_which_words_were_removed(db: Database, cast: Cast, running: Running, spoken: str) -> None:
    client, address = await filled(running, db, cast)
    await db.write(empty_texts, cast.workshop, cast.workshop.starts_at)
    text = client.get(f"{address}/report?language={spoken}").text
    assert {"nl": "teksten van mensen zijn weggehaald", "en": "texts of people were removed"}[spoken] in text
    assert "mandaat" not in text
    assert "bel nummer" not in text
    assert client.get(f"{address}/report.pdf?language={spoken}").content.startswith(b"%PDF-1.7")
