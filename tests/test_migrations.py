"""Migrations run up and down on both engines, and bring what the code expects."""

import asyncio

import pytest
from alembic.command import stamp, upgrade
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from app import migrate
from app.core.tables import TABLES
from app.failed import Failed


def tables(url: str) -> set[str]:
    async def look() -> set[str]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            names = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
        await engine.dispose()
        return set(names) - {"alembic_version"}

    return asyncio.run(look())


def shape(url: str) -> dict[str, object]:
    """All that the database itself knows of each table, but for the order of columns, and for what a column says of
    itself where nobody does: that is for processes of the version before, and a new database has none."""

    def look(connection: Connection) -> dict[str, object]:
        asked, found = inspect(connection), {}
        for name in asked.get_table_names():
            columns = {
                each["name"]: {**each, "type": repr(each["type"]), "default": None} for each in asked.get_columns(name)
            }
            more = (
                asked.get_foreign_keys,
                asked.get_indexes,
                asked.get_unique_constraints,
                asked.get_check_constraints,
            )
            sorts = [sorted(map(repr, of(name))) for of in more]
            found[name] = (columns, asked.get_pk_constraint(name), *sorts)
        return found

    async def run() -> dict[str, object]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            made = await connection.run_sync(look)
        await engine.dispose()
        return made

    return asyncio.run(run())


def test_a_new_database_is_as_one_that_came_all_the_way(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    at_once = shape(empty_database_url)
    migrate.check(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    migrate.upgrade(empty_database_url, migrate.head())
    assert shape(empty_database_url) == at_once


def test_a_start_that_dies_half_way_leaves_nothing_behind(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes last fails, when all tables are there."""

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    for way, does, to in (("stamp", stamp, "head"), ("upgrade", upgrade, migrate.head())):
        with monkeypatch.context() as patched:
            patched.setattr(migrate.command, way, lambda *given, does=does: (does(*given), fails()))
            with pytest.raises(KeyboardInterrupt):
                migrate.upgrade(empty_database_url, to)
        assert tables(empty_database_url) == set()
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)


def test_up_brings_every_table_and_down_takes_them_away(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url, migrate.head())
    assert tables(empty_database_url) == {str(table.__tablename__) for table in TABLES}
    migrate.check(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    assert tables(empty_database_url) == set()
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)


def test_going_up_twice_changes_nothing(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    migrate.check(empty_database_url)


def test_tables_of_a_newer_version_stop_the_start_in_words(database_url: str) -> None:
    async def mark(name: str) -> None:
        engine = create_async_engine(database_url)
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})
        await engine.dispose()

    asyncio.run(mark("of the next version"))
    try:
        with pytest.raises(Failed, match="tables of a newer version"):
            migrate.upgrade(database_url)
    finally:
        asyncio.run(mark(migrate.head()))


WORKSHOP = """
    INSERT INTO organisation (id, name, contact, term, good_friday_off, liberation_day, ascension_friday_off,
        extra_days_off, retention_days, tokens, logo, k, created_at)
    VALUES ('o', 'Malburgen', '', '', false, 'lustrum', false, '[]', 90, '', '', 5, '2026-11-24 09:00:00');
    INSERT INTO trainer (id, email, name, language, is_admin, created_at)
    VALUES ('t', 'anna@example.org', 'Anna', 'nl', false, '2026-11-24 09:00:00');
    INSERT INTO workshop (id, code, organisation_id, trainer_id, title, language, time_zone, starts_at, minutes, status,
        is_rehearsal, clock_shift, link_epoch, script, reading, rev, created_at)
    VALUES ('w', 'BCDFGH', 'o', 't', 'Eerste', 'nl', 'Europe/Amsterdam', '2026-11-24 13:00:00', 40, 'open', false, 0, 0,
        '{}', '[]', 3, '2026-11-24 09:00:00');
    INSERT INTO stage (workshop_id, blank) VALUES ('w', false);
    INSERT INTO party (id, workshop_id, position, name, goal, rev) VALUES ('p', 'w', 0, 'School', 'rust', 1);
    INSERT INTO opgave (id, workshop_id, version, text, text_en, rev, created_at)
    VALUES ('g', 'w', 1, 'Een opgave', '', 1, '2026-11-24 09:00:00')
"""
KEPT = """
    SELECT workshop.title, workshop.tables, stage.page, party.stands, party.withdrawn, opgave.withdrawn
    FROM workshop JOIN stage ON stage.workshop_id = workshop.id JOIN party ON party.workshop_id = workshop.id
    JOIN opgave ON opgave.workshop_id = workshop.id
"""


def run(url: str, *statements: str) -> list[tuple[object, ...]]:
    async def all_of_them() -> list[tuple[object, ...]]:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            for statement in statements:
                result = await connection.exec_driver_sql(statement)
            rows = [tuple(row) for row in result.all()] if result.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(all_of_them())


def test_a_workshop_of_the_first_release_comes_along_and_goes_back(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url, "0001")
    run(empty_database_url, *WORKSHOP.split(";"))
    migrate.upgrade(empty_database_url)
    assert run(empty_database_url, KEPT) == [("Eerste", 0, 0, "", False, False)]
    migrate.downgrade(empty_database_url, "0001")
    assert run(empty_database_url, "SELECT title, rev FROM workshop") == [("Eerste", 3)]


SIGNED_IN = """
    INSERT INTO trainersession (id, trainer_id, token_hash, created_at, expires_at)
    VALUES ('s', 't', 'h', '2026-11-24 09:00:00', '2026-11-24 21:00:00')
"""


def test_who_was_signed_in_stays_so_and_no_room_is_locked(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url, "0003")
    first, second, *_ = (each for each in WORKSHOP.split(";"))
    older = "mails_kept_days, drafts_kept_days, addresses_kept_days"
    texts = "privacy_officer, privacy_page, accessibility_contact, accessibility_status"
    first = first.replace("created_at)", f"created_at, {older}, {texts})")
    first = first.replace("'2026-11-24 09:00:00')", "'2026-11-24 09:00:00', 14, 7, 10, '', '', '', '')")
    run(empty_database_url, first, second, SIGNED_IN)
    migrate.upgrade(empty_database_url)
    kept = "SELECT trainersession.waits_for, trainer.password_hash, trainer.totp_secret, trainer.single_sign_on"
    kept += " FROM trainersession JOIN trainer ON trainer.id = trainersession.trainer_id"
    assert run(empty_database_url, kept) == [("", "", "", None)]
    assert run(empty_database_url, "SELECT requires_second_factor FROM organisation") == [(False,)]
    migrate.downgrade(empty_database_url, "0003")
    assert run(empty_database_url, "SELECT id, token_hash FROM trainersession") == [("s", "h")]
