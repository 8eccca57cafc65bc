"""The log of each organisation tells that its data were copied, and that a copy took the place."""

import asyncio
from pathlib import Path

from app.backup.command import backup, restore
from app.core.audit import AuditEntry
from app.db import Database
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import rows


async def told(db: Database, act: str) -> set[str]:
    return {each.organisation_id for each in await rows(db, AuditEntry, AuditEntry.act == act)}


async def test_every_organisation_reads_of_a_backup_and_of_its_return(
    db: Database, cast: Cast, kept: Settings, tmp_path: Path
) -> None:
    both = {cast.anna.organisation_id, cast.dirk.organisation_id}
    file = await asyncio.to_thread(backup, kept, tmp_path / "a.backup")
    assert await told(db, "backup") == both
    await db.close()
    await asyncio.to_thread(restore, kept, file)
    assert (await told(db, "backup"), await told(db, "restored")) == (set(), both)
