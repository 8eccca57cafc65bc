"""A backup, made and put back while the database is in use: everything is there again, and who was deleted is not."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from app import clock
from app.backup.command import backup, expire, restore
from app.core.addressing import give_address, stop
from app.core.deleting import delete_participant, delete_workshop
from app.core.gone import Gone
from app.core.joining import join
from app.core.lasting import Commitment
from app.core.letter import PlannedLetter
from app.core.participant import MailAddress, Participant
from app.core.workshop import Workshop
from app.db import Database
from app.failed import Failed
from app.ledger import Ledger
from app.live.mirror import Mirror
from app.mail.courier import Courier
from app.migrate import upgrade
from app.settings import Settings
from tests.backup.conftest import KEY
from tests.conftest import SECRET
from tests.follow_up import Box, Chantal, Hands, commit, over_smtp, rows

pytest_plugins = ["tests.follow_up_cast"]


async def made(settings: Settings, target: Path, **options: Any) -> Path:
    return await asyncio.to_thread(backup, settings, target, **options)


async def put_back(settings: Settings, source: Path) -> int:
    return (await asyncio.to_thread(restore, settings, source))[1]


async def test_everything_is_there_again_but_not_who_was_deleted_or_stopped(
    db: Database, chantal: Chantal, kept: Settings, tmp_path: Path
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", act="ik bel Bas")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    file = await made(kept, tmp_path / "backup.backup")
    mirror = Mirror(chantal.workshop.id)
    await db.write(delete_participant, chantal.person.id)
    await db.write(stop, bas.id)
    await db.write(delete_workshop, await _elsewhere(db, chantal.workshop.id))
    late = await db.write(join, chantal.workshop.id, "late", "nl")
    assert await mirror.refresh(db)
    assert late.id in mirror.participants
    assert await put_back(kept, file) == 4

    assert {each.title for each in await rows(db, Workshop)} == {chantal.workshop.title}
    assert {each.act for each in await rows(db, Commitment)} == {"", "ik bel Bas"}
    [known] = await rows(db, MailAddress)
    assert (known.address, known.stopped_at is not None) == ("bas@example.org", True)
    assert {each.state for each in await rows(db, PlannedLetter) if each.participant_id} == {"skipped"}
    assert await mirror.refresh(db)
    assert late.id not in mirror.participants
    person = await db.write(join, chantal.workshop.id, "again", "nl")
    assert await mirror.refresh(db)
    assert person.id in mirror.participants


class Killed(BaseException):
    """The process ends here."""


def _ends(fact: object) -> None:
    if isinstance(fact, Gone):
        raise Killed


@pytest.mark.parametrize("went", [True, False], ids=["after the commit", "before the commit"])
async def test_killed_beside_the_commit_what_went_stays_away_and_what_did_not_is_there(
    db: Database, chantal: Chantal, kept: Settings, tmp_path: Path, went: bool
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas")
    await db.write(give_address, chantal.workshop, bas, "bas@example.org", True, False)
    file = await made(kept, tmp_path / "backup.backup")
    if went:
        db.listeners.insert(0, _ends)
    else:
        db.forehand.append(_ends)
    for verb, identity in (
        (delete_participant, chantal.person.id),
        (stop, bas.id),
        (delete_workshop, await _elsewhere(db, chantal.workshop.id)),
    ):
        with pytest.raises(Killed):
            await db.write(verb, identity)
    await put_back(kept, file)

    assert len(await rows(db, Workshop)) == (1 if went else 2)
    stopped = {each.address: each.stopped_at is not None for each in await rows(db, MailAddress)}
    assert stopped == {"bas@example.org": went} | ({} if went else {"chantal@example.org": False})
    assert [each.act for each in await rows(db, Commitment)].count("") == went


async def _elsewhere(db: Database, but: str) -> str:
    async with db.read() as session:
        return (await session.exec(select(Workshop.id).where(col(Workshop.id) != but))).one()


async def test_a_letter_that_left_since_does_not_go_twice(
    db: Database, chantal: Chantal, kept: Settings, box: Box, hands: Hands, tmp_path: Path
) -> None:
    by_mail = over_smtp(kept.model_copy(update={"base_url": "https://morgen.example"}), box)
    file = await made(kept, tmp_path / "backup.backup")
    assert await Courier(db, by_mail).once() == 1
    await put_back(kept, file)
    assert await Courier(db, by_mail).once() == 0
    hands.put("2026-11-25 07:45")
    assert await Courier(db, by_mail).once() == 1
    assert len(box.taken) == 2


async def test_nobody_without_the_key_reads_it(db: Database, chantal: Chantal, kept: Settings, tmp_path: Path) -> None:
    file = await made(kept, tmp_path / "backup.backup")
    assert b"chantal@example.org" not in file.read_bytes()
    assert file.read_bytes().startswith(b"morgen sealed 1\n")
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in kept.data.iterdir()] == []
    other = kept.model_copy(update={"backup_key": type(kept.backup_key)("some other passphrase")})
    with pytest.raises(Failed, match="does not open"):
        await put_back(other, file)
    assert len(await rows(db, Participant)) == 1


async def test_what_is_no_backup_changes_nothing(
    db: Database, chantal: Chantal, kept: Settings, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.backup"
    broken.write_bytes(b"no backup at all")
    with pytest.raises(Failed):
        await put_back(kept, broken)
    with pytest.raises(Failed, match="read"):
        await put_back(kept, tmp_path / "nowhere.backup")
    short = kept.model_copy(update={"backup_key": type(kept.backup_key)("short")})
    with pytest.raises(Failed, match="MORGEN_BACKUP_KEY"):
        await made(short, tmp_path / "backup.backup")
    assert (await rows(db, MailAddress))[0].address == "chantal@example.org"


def test_the_folder_keeps_the_days_that_are_asked(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "backups"
    folder.mkdir()
    settings = Settings(data=data, secret=SECRET, backup_key=KEY)
    data.mkdir()
    upgrade(settings.database_url)
    now = clock.now()
    old, recent = (f"morgen-{(now - timedelta(days=days)):%Y%m%dT%H%M%S}Z.backup" for days in (31, 29))
    for name in (old, recent, "notes.txt"):
        (folder / name).touch()
    ledger = Ledger(data)
    ledger.path.write_text(
        f"{(now - timedelta(days=40)).isoformat()} participant long-ago\n{now.isoformat()} participant today\n"
    )
    fresh = backup(settings, folder, keep_days=30)
    assert {each.name for each in folder.iterdir()} == {recent, "notes.txt", fresh.name}
    assert [each.id for each in ledger.since(now - timedelta(days=99))] == ["today"]
    assert expire(folder, now + timedelta(days=1)) != []
    with pytest.raises(Failed, match="folder"):
        backup(settings, tmp_path / "file.backup", keep_days=30)


def test_on_a_new_machine_the_links_in_mails_work_again(tmp_path: Path) -> None:
    old = Settings(data=tmp_path / "old", backup_key=KEY)
    old.data.mkdir()
    (old.data / "secret").write_text("the secret of the first machine, long enough")
    upgrade(old.database_url)
    file = backup(old, tmp_path / "backup.backup")
    new = Settings(data=tmp_path / "new", backup_key=KEY)
    restore(new, file)
    assert (new.data / "secret").read_text() == "the secret of the first machine, long enough"
    assert (new.data / "secret").stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_off_is_no_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    now = clock.now()
    ledger.path.write_text(f"{now.isoformat()} contact one\nsomething else\n{now.isoformat()} contact tw")
    assert [each.id for each in ledger.since(now)] == ["one"]
