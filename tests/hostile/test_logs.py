"""Logs hold no participants' text, no addresses and no tokens, also where something breaks."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from app.core.errors import Refused
from app.core.participant import MailAddress
from tests.hostile.house import PARTICIPANT, TRAINER, House

WORDS = ("Zwaluwstaart", "chantal.zwaluw@example.nl", "zwaluwtoken")
WORD, ADDRESS, TOKEN = WORDS


def lines(said: str) -> list[dict[str, Any]]:
    """Every line of a log is JSON."""
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def told_of(house: House) -> list[str]:
    """What must be in no log: what was typed, addresses, cookies and links."""
    side = house.ours
    tokens = [side.token(path) for path in ("/a/", "/p/", "/u/", "/b/", "/c/", "projector", "helper")]
    return [*WORDS, side.browser, side.trainer_token, *tokens]


async def live(house: House) -> None:
    """Taps, refusals, unknown pages and wrong links, each with the words in it."""
    tap = house.ours.address("/w/{code}/activities/{activity_id}/contributions")
    form = {"pick": WORD, "text": WORD, "address": ADDRESS, "act": WORD, "name": WORD, "email": ADDRESS, "code": TOKEN}
    phone, trainer = house.client(PARTICIPANT), house.client(TRAINER)
    for client in (phone, trainer, house.client()):
        for path in (tap, f"/w/{house.ours.workshop.code}/address", "/sign-in", house.ours.address("/a/{token}")):
            client.post(path, data=form)
        for path in (f"/{WORD}", f"/w/{house.ours.workshop.code}/{ADDRESS}", f"/p/{TOKEN}.x", f"/a/{ADDRESS}"):
            client.get(path)
    trainer.post(f"/w/{house.ours.workshop.code}/commissioner", data={"name": WORD, "address": ADDRESS})
    trainer.post("/trainer/own-scripts/import", data={"text": f"key: {WORD}\ntitle: [{ADDRESS}"})


async def test_a_workshop_leaves_no_words_in_the_log(house: House, log: Callable[[], str]) -> None:
    await live(house)
    said = log()
    assert [word for word in told_of(house) if word in said] == []


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError, OSError])
async def test_a_fault_is_logged_by_its_type_and_place_without_what_was_typed(
    house: House, log: Callable[[], str], monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        try:
            int(WORD)
        except ValueError as inner:
            raise error(f"{WORD} <{ADDRESS}>") from inner

    log()
    monkeypatch.setattr(house.running.app.state.rooms, "room", fail)
    assert house.client(PARTICIPANT).get(f"/w/{house.ours.workshop.code}").status_code == 500
    said = log()
    assert [word for word in told_of(house) if word in said] == []
    [fault] = [line for line in lines(said) if line["level"] == "error"]
    assert f"{error.__module__}.{error.__qualname__}" in fault["exception"]
    assert "builtins.ValueError" in fault["exception"]
    assert "test_logs.py" in fault["exception"]


async def test_a_fault_of_the_database_is_logged_without_the_row(house: House, log: Callable[[], str]) -> None:
    """PostgreSQL's own message quotes the values of a key that stands there already."""

    async def twice(session: Any) -> None:
        session.add(MailAddress(participant_id=house.ours.person.id, address=ADDRESS))
        await session.flush()

    log()
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        await house.db.write(twice)
    try:
        await house.db.write(twice)
    except Exception:
        structlog.get_logger().exception("a write failed", about=f"mail to {ADDRESS}")
    said = log()
    assert "IntegrityError" in said
    assert house.ours.person.id not in said
    assert ADDRESS not in said


async def test_what_other_libraries_log_is_told_without_values(house: House, log: Callable[[], str]) -> None:
    log()

    async def break_down() -> None:
        raise Refused(WORD, address=ADDRESS)

    try:
        await break_down()
    except Refused as error:
        logging.getLogger("asyncio").error(f"Task failed\nfuture: {WORD}", exc_info=error)
        logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=error)
        logging.getLogger("aiosmtplib").warning("could not reach %s", ADDRESS)
    said = log()
    assert [line["event"] for line in lines(said)] == [
        "Task failed",
        "Exception in ASGI application",
        "could not reach %s",
    ]
    assert WORD not in said
    assert ADDRESS not in said
