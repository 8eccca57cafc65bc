"""The cast: Anna is a trainer; Bas and Chantal are in her workshop; Dirk is in somebody else's, and belongs nowhere."""

import os
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from hypothesis import settings as hypothesis_settings
from sqlmodel.ext.asyncio.session import AsyncSession

import app.core.tables  # noqa: F401
from app import links
from app.core.kind import discover
from app.core.making import Plan, make_workshop
from app.core.moving import open_workshop
from app.core.signing_in import invite, sign_in
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.db import Database
from app.migrate import upgrade
from app.serve import listen
from app.serve import server as make_server
from app.settings import Settings
from tests.scripts import small_script

pytest_plugins = ["tests.postgres"]
hypothesis_settings.register_profile("house", deadline=None, max_examples=60)
hypothesis_settings.load_profile("house")
SECRET = "a secret for tests only, long enough"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What no database has a part in, `one_engine`, is tested on SQLite only."""
    items[:] = [
        each for each in items if not (each.get_closest_marker("one_engine") and each.get_closest_marker("postgres"))
    ]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True, scope="session")
def kinds() -> None:
    discover()
    links.load_keys(Settings(secret=SECRET))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, on both engines."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "morgen.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: Any) -> Iterator[str]:
    with postgres.database() as url:
        upgrade(url)
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with today's tables and no row, on both engines. Making the tables costs more than most tests."""
    if request.param == "sqlite":
        path = tmp_path / "morgen.db"
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_with_tables")
        yield url
        request.getfixturevalue("postgres").wipe(url)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@dataclass(frozen=True)
class Cast:
    """Anna's open workshop, and Dirk's: another trainer's."""

    anna: Trainer
    workshop: Workshop
    dirk: Trainer
    elsewhere: Workshop


async def make_cast(db: Database, **changed: Any) -> Cast:
    anna, workshop = await _trainer_with_workshop(db, "anna@example.org", "Anna", **changed)
    dirk, elsewhere = await _trainer_with_workshop(db, "dirk@example.org", "Dirk", **changed)
    return Cast(anna, workshop, dirk, elsewhere)


async def _trainer_with_workshop(db: Database, address: str, name: str, **changed: Any) -> tuple[Trainer, Workshop]:
    trainer = (await db.write(invite, address, name)).trainer
    assert trainer.organisation_id
    plan = {
        "organisation_id": trainer.organisation_id,
        "title": f"De workshop van {name}",
        "starts_at": datetime.now(UTC) - timedelta(minutes=1),
        "time_zone": "Europe/Amsterdam",
        "language": "nl",
        "opgave": "In december 2027 hebben alle 140 dakloze jongeren in Malburgen een eigen woonplek.",
        "opgave_en": "By December 2027 all 140 homeless young people in Malburgen have a home.",
    } | changed
    script = plan.pop("script", None) or small_script()

    async def make_and_open(session: AsyncSession) -> str:
        """At once: the caretaker of a running server takes an old draft away that nobody opened."""
        made = await make_workshop(session, trainer, script, Plan(**plan))
        await open_workshop(session, made.id)
        return made.id

    workshop_id = await db.write(make_and_open)
    async with db.read() as session:
        return trainer, await session.get_one(Workshop, workshop_id)


@pytest.fixture
async def cast(db: Database) -> Cast:
    return await make_cast(db)


@dataclass
class Running:
    """A real server on loopback, with a database that tests may look into from their own loop."""

    address: str
    settings: Settings
    server: uvicorn.Server
    app: Any
    clients: list[httpx2.Client] = field(default_factory=list)

    def client(self, **options: Any) -> httpx2.Client:
        """A browser of its own, that says where it comes from."""
        options = {"headers": {"Origin": self.address}, "follow_redirects": True, "timeout": 30} | options
        self.clients.append(httpx2.Client(base_url=self.address, **options))
        return self.clients[-1]

    def trainer_client(self, token: str) -> httpx2.Client:
        client = self.client()
        client.cookies.set("morgen_trainer", token)
        return client


@pytest.fixture
def running(database_url: str, tmp_path: Path) -> Iterator[Running]:
    with serving(database_url, tmp_path) as made:
        yield made


class serving:
    """A context: real uvicorn with our protocol in a thread, on a free port."""

    def __init__(self, database_url: str, data: Path, **changed: Any) -> None:
        self.listener = listen(changed.get("host", "127.0.0.1"), changed.pop("port", 0))
        port = self.listener.getsockname()[1]
        self.settings = Settings(
            data=data, database=database_url, secret=SECRET, port=port, base_url=f"http://127.0.0.1:{port}", **changed
        )

    def __enter__(self) -> Running:
        self.server = make_server(self.settings)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            self.thread.join(0.01)
        self.running = Running(self.settings.address, self.settings, self.server, self.server.config.app)
        return self.running

    def __exit__(self, *_: object) -> None:
        for client in self.running.clients:
            client.close()
        self.server.should_exit = True
        self.thread.join(15)
        self.listener.close()


async def session_token(db: Database, trainer: Trainer) -> str:
    """Sign a trainer in, for the cookie."""
    return await db.write(sign_in, (await db.write(invite, trainer.email)).token)


os.environ.setdefault("MORGEN_DATA", "/nonexistent-use-the-fixture")
