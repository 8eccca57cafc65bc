"""A workshop goes from a laptop to a hosted server: with its people, what they said, and the letters that wait."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col
from typer.testing import CliRunner

from app.cli import cli
from app.core.addressing import give_address
from app.core.audit import AuditEntry
from app.core.contribution import Contribution
from app.core.curating import curate
from app.core.joining import join
from app.core.moving import close_workshop
from app.core.organisation import Organisation
from app.core.signing_in import invite
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.failed import Failed
from app.mail.courier import Courier
from app.migrate import upgrade
from app.settings import Settings, settings
from app.transfer.command import move_in, move_out
from app.transfer.rows import pack, tables
from tests.conftest import SECRET, Cast, make_cast
from tests.follow_up import TUESDAY, Box, Hands, commit, over_smtp, rows

pytest_plugins = ["tests.follow_up_cast"]
KEY = "a passphrase for tests only"


@dataclass
class Machine:
    db: Database
    settings: Settings

    async def out(self, code: str, file: Path) -> str:
        return await asyncio.to_thread(move_out, self.settings, code, file)

    async def into(self, file: Path) -> str:
        return await asyncio.to_thread(move_in, self.settings, file)

    async def packed(self, workshop: Workshop) -> dict[str, list[dict[str, Any]]]:
        async with self.db.read() as session:
            return {name: sorted(found, key=str) for name, found in (await pack(session, workshop.id)).items()}

    async def sends(self, box: Box) -> int:
        by_mail = over_smtp(self.settings.model_copy(update={"base_url": "https://morgen.example"}), box)
        return await Courier(self.db, by_mail).once()


async def machine(url: str, data: Path) -> Machine:
    await asyncio.to_thread(upgrade, url)
    return Machine(Database(url), Settings(data=data, database=url, secret=SECRET, backup_key=KEY))


@pytest.fixture
async def laptop(hands: Hands, tmp_path: Path) -> AsyncIterator[Machine]:
    made = await machine(f"sqlite+aiosqlite:///{tmp_path / 'laptop.db'}", tmp_path / "laptop")
    yield made
    await made.db.close()


@pytest.fixture
async def hosted(database_url: str, tmp_path: Path) -> AsyncIterator[Machine]:
    made = await machine(database_url, tmp_path / "hosted")
    yield made
    await made.db.close()


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Machine]:
    made = await machine(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", tmp_path / "other")
    yield made
    await made.db.close()


@pytest.fixture
async def held(laptop: Machine) -> Cast:
    """Anna's workshop on the laptop, closed: Chantal committed and gave her address; a card was edited."""
    cast = await make_cast(laptop.db, starts_at=TUESDAY)
    person, commitment = await commit(laptop.db, cast.workshop, "chantal")
    await laptop.db.write(give_address, cast.workshop, person, "chantal@example.org", True, False)
    [card] = await rows(laptop.db, Contribution, col(Contribution.workshop_id) == cast.workshop.id)
    await laptop.db.write(curate, cast.workshop.id, cast.anna.id, card.id, "edit", "Karin bellen")
    await laptop.db.write(close_workshop, cast.workshop.id)
    assert commitment.act
    return cast


async def test_all_of_it_arrives_and_its_letters_go_from_there_only(
    laptop: Machine, hosted: Machine, held: Cast, hands: Hands, box: Box, tmp_path: Path
) -> None:
    anna = (await hosted.db.write(invite, "anna@example.org", "Anna van Dijk")).trainer
    before = await laptop.packed(held.workshop)
    file = tmp_path / "workshop.move"
    assert "go from the other server only" in await laptop.out(held.workshop.code, file)
    assert b"chantal@example.org" not in file.read_bytes()
    assert await laptop.sends(box) == 0
    assert [each.act for each in await rows(laptop.db, AuditEntry, AuditEntry.subject == held.workshop.id)] == [
        "moved_out"
    ]
    assert held.workshop.code in await hosted.into(file)

    here = await hosted.packed(held.workshop)
    ours = {"trainer_id": anna.id, "organisation_id": anna.organisation_id}
    for name, found in before.items():
        assert here[name] == [row | {n: v for n, v in ours.items() if n in row} for row in found]
    assert {"device", "mailaddress", "commitment", "curation", "plannedletter"} <= {name for name in here if here[name]}
    again = await hosted.db.write(join, held.workshop.id, "chantal", "nl")
    assert again.id == here["participant"][0]["id"]
    hands.put("2026-11-25 07:45")
    assert await hosted.sends(box) == 2
    assert await laptop.sends(box) == 0
    assert {str(each.rcpt_tos[0]) for each in box.taken} == {"chantal@example.org"}


async def test_an_unknown_trainer_and_organisation_are_made(
    laptop: Machine, other: Machine, held: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "workshop.move"
    await laptop.out(held.workshop.code, file)
    assert "morgen trainer invite anna@example.org" in await other.into(file)
    [anna], [organisation] = await rows(other.db, Trainer), await rows(other.db, Organisation)
    assert (anna.email, organisation.name) == ("anna@example.org", "example.org")
    assert (await other.db.write(invite, "anna@example.org")).trainer.id == anna.id


async def test_what_is_here_already_is_refused_and_nothing_changes(
    laptop: Machine, other: Machine, held: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "workshop.move"
    await laptop.out(held.workshop.code, file)
    await other.into(file)
    whole = await other.packed(held.workshop)
    with pytest.raises(Failed, match="here already"):
        await other.into(file)
    assert await other.packed(held.workshop) == whole


async def test_an_open_workshop_stays(laptop: Machine, hands: Hands, tmp_path: Path) -> None:
    cast = await make_cast(laptop.db, starts_at=TUESDAY)
    with pytest.raises(Failed, match="Close it first"):
        await laptop.out(cast.workshop.code, tmp_path / "workshop.move")
    with pytest.raises(Failed, match="No workshop"):
        await laptop.out("NOBODY", tmp_path / "workshop.move")
    assert "workshop.move" not in os.listdir(tmp_path)


def test_the_two_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"

    async def fill() -> str:
        made = await machine(url, tmp_path)
        cast = await make_cast(made.db)
        await made.db.write(close_workshop, cast.workshop.id)
        await made.db.close()
        return cast.workshop.code

    code = asyncio.run(fill())
    file = str(tmp_path / "workshop.move")
    try:
        for name, value in (("MORGEN_DATA", str(tmp_path)), ("MORGEN_DATABASE", url), ("MORGEN_BACKUP_KEY", "")):
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        without = CliRunner().invoke(cli, ["move-out", code, file])
        assert (without.exit_code, "MORGEN_BACKUP_KEY" in without.output) == (1, True)
        monkeypatch.setenv("MORGEN_BACKUP_KEY", KEY)
        settings.cache_clear()
        assert CliRunner().invoke(cli, ["move-out", code, file]).exit_code == 0
        monkeypatch.setenv("MORGEN_DATABASE", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
        settings.cache_clear()
        told = CliRunner().invoke(cli, ["move-in", file])
        assert (told.exit_code, code in told.output) == (0, True)
    finally:
        settings.cache_clear()


def test_every_table_with_rows_of_a_workshop_comes_along() -> None:
    names = {str(table.__tablename__) for table in tables()}
    assert {"workshop", "mailaddress", "buddy", "outgoingmail", "contact"} <= names
    assert not names & {"pairedscreen", "trainer", "trainersession", "signin"}
