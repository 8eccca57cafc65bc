"""The house that is attacked, and what its log says."""

from collections.abc import Callable

import pytest

from app.db import Database
from tests.conftest import Cast, Running
from tests.hostile.house import House, stand


@pytest.fixture
def log(capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the server said since the last look. Before `running`: a server keeps the stream that it began with."""
    return lambda: "".join(capfd.readouterr())


@pytest.fixture
async def house(log: Callable[[], str], db: Database, cast: Cast, running: Running) -> House:
    return await stand(running, db, cast)


@pytest.fixture
def quiet(log: Callable[[], str]) -> Callable[[], None]:
    """Call it at the end: nothing in the log tells of a fault."""

    def check() -> None:
        said = "\n".join(
            each for each in log().splitlines() if '"logger": "websockets.client"' not in each
        )  # the test's
        assert "Traceback" not in said, said[-4000:]
        assert '"level": "error"' not in said, said[-4000:]

    return check
