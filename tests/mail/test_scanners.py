"""Mail scanners open every link, often more than once and as a common browser. Nothing may change by that."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from app.core.lasting import CheckIn, Commitment
from app.core.participant import MailAddress
from app.core.retention import run_due
from app.db import Database
from app.mail.courier import Courier
from tests.conftest import Cast, Running, make_cast
from tests.follow_up import TUESDAY, Hands, rows
from tests.mail.played import ALL, played

pytest_plugins = ["tests.follow_up_cast"]
SCANNER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
}
LINK = re.compile(r"https?://[^\s\"<>]+")


async def everything(db: Database) -> dict[str, list[Any]]:
    """All rows of all tables."""
    async with db.read() as session:
        return {
            table.name: sorted(map(repr, (await (await session.connection()).execute(select(table))).all()))
            for table in SQLModel.metadata.sorted_tables
        }


@pytest.fixture
async def links(db: Database, running: Running, hands: Hands) -> list[str]:
    """Every address in every letter, unsubscribe included, of a follow-up that was played to its end."""
    cast: Cast = await make_cast(db, starts_at=TUESDAY)
    mails = await played(db, cast, running.settings, hands, "nl")
    assert {mail.letter for mail in mails} == ALL
    found = {link for mail in mails for link in LINK.findall(f"{mail.text} {mail.html} {mail.unsubscribe}")}
    return sorted(link for link in found if link.startswith(running.address))


async def test_opening_every_link_of_every_letter_changes_nothing(
    db: Database, running: Running, links: list[str], hands: Hands
) -> None:
    await Courier(db, running.settings).once()  # what the running server would do at any moment now
    await db.write(run_due, hands.now)
    before = await everything(db)
    assert len(links) > 20
    for door in ("/a/", "/p/", "/u/", "/b/", "/c/", "/u/c/", "/week", "/month"):
        assert any(door in link for link in links), door
    scanner = running.client(headers=SCANNER)
    for link in links:
        for method in ("HEAD", "GET", "GET", "HEAD", "GET"):
            answer = await asyncio.to_thread(scanner.request, method, link)
            assert answer.status_code == 200, (method, link, answer.status_code)
    assert await everything(db) == before


def answer_links(links: list[str]) -> Iterator[str]:
    """To the question of the day itself."""
    return (link for link in links if "/a/" in link and not link.endswith(("/week", "/month")))


def subject_of(link: str) -> str:
    """The id that stands in the link, before its signature."""
    return link.rpartition("/a/")[2].partition(".")[0]


async def test_three_looks_a_head_and_one_tap_are_exactly_one_answer(
    db: Database, running: Running, links: list[str], hands: Hands
) -> None:
    now = hands.put("2026-11-25 16:30")
    before = await rows(db, CheckIn)
    answered = {subject_of(f"/a/{each.commitment_id}") for each in before}
    come = {each.id for each in await rows(db, Commitment) if each.starts_at <= now}
    link = next(each for each in answer_links(links) if subject_of(each) in come - answered)
    scanner = running.client(headers=SCANNER)
    for method in ("GET", "GET", "GET", "HEAD"):
        assert (await asyncio.to_thread(scanner.request, method, link)).status_code == 200
    assert await rows(db, CheckIn) == before
    tapped = await asyncio.to_thread(running.client().post, link, data={"answer": "gelukt"})
    assert tapped.status_code == 200
    [told] = [each for each in await rows(db, CheckIn) if each.commitment_id == subject_of(link)]
    assert told.answer == "gelukt"
    assert len(await rows(db, CheckIn)) == len(before) + 1


async def test_a_mail_program_stops_the_mails_without_cookie_origin_or_redirect(
    db: Database, running: Running, links: list[str]
) -> None:
    link = next(each for each in links if "/u/" in each and "/u/c/" not in each)
    program = running.client(headers={}, follow_redirects=False)
    answer = await asyncio.to_thread(program.post, link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert [known.stopped_at is not None for known in await rows(db, MailAddress)].count(True) == 1
