"""What people type never becomes a header of a mail or of an answer, nor anything but text in a file."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdf
import pytest

from app.core.conditions_letter import Contact
from app.core.letter import OutgoingMail
from app.core.participant import MailAddress
from app.core.trainer import Trainer
from app.mail.message import message
from tests.conftest import Cast
from tests.follow_up import rows
from tests.hostile.house import PARTICIPANT, TRAINER, House
from tests.hostile.poison import MARK, PAYLOAD, poison
from tests.hostile.sending import URLENCODED, form_body
from tests.hostile.test_bombs import PICTURES
from tests.hostile.test_markup import fuller

pytestmark = pytest.mark.one_engine

INJECTIONS = (
    "a@example.nl\r\nBcc: all@example.nl",
    "a@example.nl\nBcc: all@example.nl",
    "a@example.nl,all@example.nl",
    "a@example.nl;all@example.nl",
    "a@example.nl all@example.nl",
    "<a@example.nl>",
    "A <a@example.nl>",
    '"a\r\nBcc: x"@example.nl',
    "=?utf-8?q?a=0D=0ABcc:_all?=@example.nl",
    "a@=?utf-8?q?example=0D=0ABcc:_x?=.nl",
    "a%0d%0aBcc:x@example.nl",
    "a@example.nl\x00",
    "a@example.nl\u2028Bcc: x",
    "a@[127.0.0.1]",
    "|sh@example.nl",
    "-oQ/tmp@example.nl",
    "a@" + "b" * 300 + ".nl",
)
OURS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Reply-To"),
    *("In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
}
TAKES = (
    (PARTICIPANT, "/w/{code}/address", "address"),
    (TRAINER, "/w/{code}/commissioner", "address"),
    (TRAINER, "/admin/trainers", "email"),
    (PARTICIPANT, "/sign-in", "email"),
)


async def promote(house: House) -> None:
    async def make_admin(session: Any) -> None:
        (await session.get_one(Trainer, house.ours.trainer.id)).is_admin = True

    await house.db.write(make_admin)


async def test_what_is_typed_for_an_address_is_one_address_or_refused(house: House, quiet: Callable[[], None]) -> None:
    await promote(house)
    for visitor, path, field in TAKES:
        client, address = house.client(visitor), house.ours.address(path)
        for text in (f"sound-{field}@example.nl", *INJECTIONS):
            form = [(field, text), ("name", text), ("check", "yes"), ("later", "yes"), ("language", "nl")]
            status = client.post(address, content=form_body(form), headers=URLENCODED).status_code
            assert status in ((200, 303) if text.startswith("sound") else (200, 303, 422)), (path, text, status)
    stored = [row.address for table in (MailAddress, Contact) for row in await rows(house.db, table) if row.address]
    stored += [row.email for row in await rows(house.db, Trainer)]
    assert "sound-email@example.nl" in stored
    mails = [row for row in await rows(house.db, OutgoingMail) if row.state != "sent" and row.to_address]
    for address in (*stored, *(mail.to_address for mail in mails)):
        assert address.count("@") == 1
        assert not set(address) & set(' \r\n,;<>"()[]:\\\x00\u2028'), address
    for mail in mails:
        assert set(message(mail, "post@morgen.example").keys()) <= OURS
    quiet()


def links_in(document: Any) -> list[str]:
    """Where every link of a PDF leads to. A link within the document leads nowhere else."""
    found = []
    for page in document:
        at, link = ctypes.c_int(0), pdf.FPDF_LINK()
        while pdf.FPDFLink_Enumerate(page, at, link):
            action = pdf.FPDFLink_GetAction(link)
            if not action:
                continue
            size = pdf.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdf.FPDFAction_GetURIPath(document, action, buffer, size)
            found.append(f"{pdf.FPDFAction_GetType(action)} {buffer.value.decode(errors='replace')}")
    return found


@pytest.mark.prove
async def test_markup_in_a_pdf_is_text_and_reads_no_file(house: House, cast: Cast) -> None:
    await fuller(house.db, cast)
    await poison(house.db, PAYLOAD, f"{MARK}<img src='file:///etc/hostname'><a href='file:///etc/passwd'>x</a>")
    made = house.client(TRAINER).get(f"/w/{house.ours.workshop.code}/report.pdf").content
    document = pypdfium2.PdfDocument(made)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert MARK in text
    assert "file:///etc/passwd" in text.replace("\r\n", "")
    assert [link for link in links_in(document) if not link.startswith(("1 ", f"3 {house.running.address}"))] == []
    assert not [name for name in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction") if name in made]


async def test_a_hostile_picture_of_a_slide_is_refused_in_words(house: House, quiet: Callable[[], None]) -> None:
    client, told = house.client(TRAINER), {}
    path = house.ours.address("/trainer/own-scripts/{own_id}/steps/{step}/picture/{number}")
    form = {"activities.0.key": "beeld", "activities.0.kind": "slide", "activities.0.spec.image_text.nl": "x"}
    for name, picture in PICTURES.items():
        answer = client.post(path, data=form, files={"picture.0": ("../../x.png", picture, "image/png")})
        told |= {} if answer.status_code in (200, 303, 413, 422) else {name: answer.status_code}
        assert "Traceback" not in answer.text
    assert told == {}
    quiet()
