"""The clock of the machine is put right by an hour in the middle of a workshop. Nobody is thrown out, nothing closes,
every answer is taken, phones hear the right time at the next heartbeat; how long something takes is never asked of this
clock. Mails stand in `tests/mail`, presence over several processes in `tests/live/test_bus.py`."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection

import app
from app import clock
from app.caretaker import Caretaker
from app.core.contribution import Contribution
from app.core.workshop import Stage, Status, Workshop
from app.db import Database
from app.live import limits, rooms
from app.live.limits import Limit, Limits
from tests.conftest import Cast, Running, session_token
from tests.follow_up import rows
from tests.live.test_live import Phone, see, stage_and_activities

pytestmark = pytest.mark.one_engine
HOURS = pytest.mark.parametrize("hours", [1, -1])


class Clock:
    """The machine's, and what it is off."""

    off = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.fixture
def moved() -> Iterator[Clock]:
    made = Clock()
    with clock.fixed(made):
        yield made


@pytest.fixture
def beating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "HEARTBEAT", 0.2)


def heartbeat(socket: ClientConnection, after: datetime) -> datetime:
    """The time that the next heartbeat tells which was sent after the jump."""
    for _ in range(20):
        text = str(socket.recv(timeout=5))
        if text.startswith("{"):
            told = datetime.fromtimestamp(json.loads(text)["now"] / 1000, UTC)
            if abs(told - after) < timedelta(minutes=1):
                return told
    raise AssertionError("the new time is not told")


@HOURS
async def test_the_room_goes_on(
    moved: Clock, beating: None, running: Running, db: Database, cast: Cast, hours: int
) -> None:
    trainer, bas = running.trainer_client(await session_token(db, cast.anna)), Phone(running, cast.workshop.code)
    room = f"/w/{cast.workshop.code}"
    stage, activities = await stage_and_activities(db, cast)
    to = {"leaves": f"{stage.activity_id}:open", "leads_to": f"{activities[1].id}:open"}
    assert trainer.post(f"{room}/timer", data={"seconds": "300"}).is_success
    with bas.socket() as phone:
        see(phone, "screen")
        moved.off = timedelta(hours=hours)
        heartbeat(phone, moved())
        assert trainer.post(f"{room}/stage", data=to).is_success
        see(phone, activities[1].id)
        assert bas.answer(activities[1].id, pick="veel", key="k").is_success
        await Caretaker(db).once()
        assert bas.answer(activities[1].id, pick="weinig", key="k").is_success
        page = trainer.get(f"{room}/facilitator")
        assert re.search(r"<b>1</b>\s*in de zaal", page.text)
        assert trainer.post(f"{room}/timer", data={"seconds": "60"}).is_success
        assert Phone(running, cast.workshop.code).answer(activities[1].id, pick="veel", key="k").is_success
    async with db.read() as session:
        assert (await session.get_one(Workshop, cast.workshop.id)).status == Status.OPEN
        ends = (await session.get_one(Stage, cast.workshop.id)).timer_ends_at
    assert ends is not None
    assert ends > moved()
    assert len(await rows(db, Contribution)) == 2


@HOURS
async def test_who_guessed_wrong_waits_no_longer_than_before(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    told = [1_800_000_000.0]
    monkeypatch.setattr(limits.time, "time", lambda: told[0])
    kept, few = Limits(), Limit("few", 3, 60)
    for _ in range(5):
        await kept.count(few, "a")
    assert await kept.wait(few, "a") > 0
    told[0] += 3600 * hours
    assert await kept.wait(few, "a") == 0
    for _ in range(5):
        await kept.count(few, "a")
    assert 0 < await kept.wait(few, "a") <= 60


def test_how_long_something_takes_is_never_asked_of_the_clock() -> None:
    """The system's time is read in one place, and by the counters, whose windows several processes share."""
    house = Path(app.__file__).parent
    asks = re.compile(r"\btime\.time\(|\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(")
    found = {str(path.relative_to(house)) for path in house.rglob("*.py") if asks.search(path.read_text())}
    assert found == {"clock.py", "live/limits.py"}
