"""`morgen doctor`: what is broken is said with what helps, and the command ends with 1."""

import asyncio
import os
import resource
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from pydantic import SecretStr
from sqlalchemy import make_url

from app import clock, migrate
from app.db import Database
from app.doctor import machine, typefaces
from app.doctor.address import address
from app.doctor.bus import bus
from app.doctor.finding import Finding, Level
from app.doctor.mail_server import mail_server
from app.doctor.sender import resolver, sender
from app.doctor.storage import clocks_agree, database, sqlite
from app.migrate import upgrade
from app.settings import Settings
from tests.conftest import Running
from tests.doctor.name_server import name_server
from tests.follow_up import Box
from tests.follow_up import mail_server as serving_mail
from tests.postgres import Cluster
from tests.redis import redis_server

SOUND = {
    "morgen.example": "v=spf1 a:mail.morgen.example -all",
    "s2026._domainkey.morgen.example": "v=DKIM1; k=rsa; p=MIGf",
    "_dmarc.morgen.example": "v=DMARC1; p=reject; rua=mailto:postmaster@morgen.example",
}


async def found(findings: AsyncIterator[Finding]) -> list[Finding]:
    return [each async for each in findings]


def with_data(folder: Path, **changed: Any) -> Settings:
    return Settings(data=folder, mail_from="post@morgen.example", **changed)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_no_mail_server_is_told_with_what_to_set(tmp_path: Path) -> None:
    [told] = await found(mail_server(with_data(tmp_path)))
    assert told.level == Level.ADVICE
    assert "MORGEN_SMTP_HOST" in told.do


async def test_a_mail_server_that_answers_is_well_and_gets_nothing(tmp_path: Path) -> None:
    async with serving_mail(Box()) as box:
        told = await found(mail_server(with_data(tmp_path, smtp_host=box.host, smtp_port=box.port, smtp_tls="none")))
    assert [each.level for each in told] == [Level.GOOD, Level.ADVICE]
    assert "unencrypted" in told[1].what
    assert box.seen == []


async def test_a_closed_port_is_broken(tmp_path: Path) -> None:
    [told] = await found(mail_server(with_data(tmp_path, smtp_host="127.0.0.1", smtp_port=closed_port())))
    assert told.level == Level.BROKEN
    assert "cannot be reached" in told.what
    assert "firewall" in told.do


async def test_a_server_without_starttls_is_broken(tmp_path: Path) -> None:
    async with serving_mail(Box()) as box:
        [told] = await found(mail_server(with_data(tmp_path, smtp_host=box.host, smtp_port=box.port)))
    assert told.level == Level.BROKEN
    assert "STARTTLS" in told.what
    assert "MORGEN_SMTP_TLS" in told.do


@pytest.mark.parametrize(("password", "level"), [("right", Level.GOOD), ("wrong", Level.BROKEN)])
async def test_a_wrong_password_is_broken_and_is_not_repeated(tmp_path: Path, password: str, level: Level) -> None:
    def knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Box(), loop=loop, authenticator=knows, auth_require_tls=False), "127.0.0.1", 0
    )
    settings = with_data(
        tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=server.sockets[0].getsockname()[1],
        smtp_tls="none",
        smtp_user="morgen",
        smtp_password=SecretStr(password),
    )
    told = (await found(mail_server(settings)))[0]
    server.close()
    assert told.level == level
    assert password not in told.what + told.do
    assert ("does not let us in" in told.what) == (level == Level.BROKEN)


async def test_a_domain_with_all_three_records_is_well(tmp_path: Path) -> None:
    with name_server(SOUND) as server:
        told = await found(sender(with_data(tmp_path), resolver(server), "s2026"))
    assert [(each.about, each.level) for each in told] == [(name, Level.GOOD) for name in ("SPF", "DKIM", "DMARC")]


@pytest.mark.parametrize(
    ("name", "text", "about"),
    [
        ("morgen.example", "something else", "SPF"),
        ("morgen.example", "v=spf1 a +all", "SPF"),
        ("s2026._domainkey.morgen.example", "v=DKIM1; p=", "DKIM"),
        ("_dmarc.morgen.example", "v=DMARC1; p=none", "DMARC"),
        ("_dmarc.morgen.example", "other", "DMARC"),
    ],
)
async def test_a_weak_or_missing_record_is_advised_on(tmp_path: Path, name: str, text: str, about: str) -> None:
    with name_server(SOUND | {name: text}) as server:
        told = await found(sender(with_data(tmp_path), resolver(server), "s2026"))
    assert {each.about for each in told if each.level == Level.ADVICE} == {about}


async def test_without_a_way_to_the_names_the_records_to_ask_for_are_printed(tmp_path: Path) -> None:
    with name_server({}) as server:
        [told] = await found(sender(with_data(tmp_path, smtp_host="mail.morgen.example"), resolver(server)))
    assert told.level == Level.UNKNOWN
    for record in ("v=spf1 a:mail.morgen.example -all", "_domainkey.morgen.example", "v=DMARC1; p=reject"):
        assert record in told.do


async def test_a_database_of_this_version_is_well_and_one_without_tables_is_told(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = with_data(tmp_path, database=empty_database_url)
    [empty, *_] = await found(database(settings))
    assert empty.level == Level.ADVICE
    await asyncio.to_thread(migrate.upgrade, empty_database_url)
    assert {each.level for each in await found(database(settings))} == {Level.GOOD}
    await asyncio.to_thread(migrate.downgrade, empty_database_url, "-1")
    assert "older version" in (await found(database(settings)))[0].what


async def test_a_database_that_is_not_there_is_broken_and_its_password_stays_secret(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://morgen:geheim@127.0.0.1:{closed_port()}/morgen"
    [told] = await found(database(with_data(tmp_path, database=url)))
    assert told.level == Level.BROKEN
    assert "geheim" not in told.what


def test_clocks_that_differ_are_broken() -> None:
    assert clocks_agree("x", clock.now()).level == Level.GOOD
    assert clocks_agree("x", clock.now() - timedelta(minutes=1)).level == Level.BROKEN


async def test_a_running_server_is_found_at_its_address(db: Database, running: Running) -> None:
    told = {each.about: each for each in await found(address(running.settings))}
    assert told["server"].level == Level.GOOD
    assert told["clock"].level == Level.GOOD
    assert told["address"].level == Level.ADVICE  # loopback: mails would carry links that do not work


async def test_nobody_at_the_address_is_no_fault_and_http_outside_is(tmp_path: Path) -> None:
    told = await found(address(with_data(tmp_path, base_url=f"http://127.0.0.1:{closed_port()}")))
    assert [each.level for each in told] == [Level.ADVICE, Level.UNKNOWN]
    told = await found(address(with_data(tmp_path, base_url="http://morgen.invalid")))
    assert told[0].level == Level.BROKEN


def test_a_secret_that_others_can_read_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("x" * 44)
    path.chmod(0o644)
    [told] = machine.secret(with_data(tmp_path))
    assert told.level == Level.BROKEN
    assert f"chmod 600 {path}" in told.do
    path.chmod(0o600)
    assert [each.level for each in machine.secret(with_data(tmp_path))] == [Level.GOOD]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/morgen", "nfs4"), ("/srv/morgen/in", "nfs4"), ("/srv/morgenster", "ext4"), ("/", "ext4")],
)
def test_the_kind_of_disk_is_that_of_the_nearest_mount(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "1 0 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n2 1 0:4 / /srv/morgen rw - nfs4 server:/x rw,vers=4\n"
    )
    assert machine.file_system(Path(folder), mounts) == kind


def test_a_folder_that_cannot_be_written_is_broken() -> None:
    [told] = machine.data_folder(with_data(Path("/proc/self")))  # nobody writes there, not even root
    assert told.level == Level.BROKEN


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        [told] = machine.port(with_data(tmp_path, port=taken.getsockname()[1]))
    assert told.level == Level.ADVICE
    assert [each.level for each in machine.port(with_data(tmp_path, port=closed_port()))] == [Level.GOOD]


def test_it_tells_that_no_typeface_has_what_people_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = tmp_path / "fonts.conf"
    without.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(without))
    [found] = typefaces.typefaces()
    assert found.level == Level.ADVICE
    assert "emoji or Arabic or Cyrillic" in found.what
    monkeypatch.delenv("FONTCONFIG_FILE")
    assert "Arabic" not in typefaces.lacking()


def test_what_pages_and_reports_are_made_with_is_here() -> None:
    assert [each.level for each in (*machine.front_end(), *machine.reports())] == [Level.GOOD, Level.GOOD]


@pytest.mark.parametrize(("smtp", "code"), [({}, 0), ({"MORGEN_SMTP_HOST": "127.0.0.1"}, 1)])
def test_the_command_ends_with_one_only_when_something_is_broken(
    tmp_path: Path, smtp: dict[str, str], code: int
) -> None:
    own = {"MORGEN_DATA": str(tmp_path), "MORGEN_MAIL_FROM": "post@morgen.example", "MORGEN_PORT": str(closed_port())}
    env = os.environ | own | smtp | {"MORGEN_SMTP_PORT": str(closed_port())}
    with name_server(SOUND) as server:
        command = [sys.executable, "-c", "from app.cli import main; main()", "doctor", "--nameserver", server]
        done = subprocess.run(command, env=env, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == code, done.stdout + done.stderr
    assert ("✗ mail server" in done.stdout) == bool(code)
    assert "✓ SPF" in done.stdout
    assert os.listdir(tmp_path) == []  # nothing was made


@pytest.mark.parametrize(
    ("version", "level"),
    [
        ((3, 40, 1), Level.ADVICE),
        ((3, 44, 5), Level.ADVICE),
        ((3, 44, 6), Level.GOOD),
        ((3, 50, 7), Level.GOOD),
        ((3, 51, 2), Level.ADVICE),
        ((3, 51, 3), Level.GOOD),
        ((3, 53, 0), Level.GOOD),
    ],
)
def test_a_release_of_sqlite_with_a_fault_is_told(tmp_path: Path, version: tuple[int, int, int], level: Level) -> None:
    [told] = sqlite(with_data(tmp_path), version)
    assert told.level == level
    assert list(sqlite(with_data(tmp_path, database="postgresql+asyncpg://x@y/z"), version)) == []


@pytest.mark.parametrize(
    ("most", "level"), [(1024, Level.ADVICE), (65536, Level.GOOD), (resource.RLIM_INFINITY, Level.GOOD)]
)
def test_too_few_open_files_are_told(monkeypatch: pytest.MonkeyPatch, most: int, level: Level) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, most))
    [told] = machine.open_files()
    assert told.level == level
    assert ("LimitNOFILE" in told.do) == (level == Level.ADVICE)


async def test_a_bus_is_told_whether_it_answers_or_not(tmp_path: Path) -> None:
    assert await found(bus(with_data(tmp_path))) == []
    with redis_server(tmp_path) as server:
        [told] = await found(bus(with_data(tmp_path, bus=server.url)))
        assert told.level == Level.GOOD
    [told] = await found(bus(with_data(tmp_path, bus=f"redis://:a-password@127.0.0.1:{closed_port()}/0")))
    assert told.level == Level.BROKEN
    assert "does not answer" in told.what
    assert "a-password" not in told.what


@pytest.mark.postgres
async def test_a_database_that_can_only_be_read_is_broken(postgres: Cluster, tmp_path: Path) -> None:
    with postgres.database() as url:
        await asyncio.to_thread(upgrade, url)
        postgres.sql(f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on")
        [told] = await found(database(with_data(tmp_path, database=url)))
        assert told.level == Level.BROKEN
        assert "nothing can be written" in told.what
