"""`/metrics`: who may read it, and that its figures move with what happens in a real room."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app import clock, measures
from app.core.letter import OutgoingMail
from app.db import Database
from app.settings import Settings
from app.web import metrics
from tests.conftest import Cast, Running, serving, session_token
from tests.live.test_live import Phone, next_html, projector_socket, see, stage_and_activities

T = TypeVar("T")
TOKEN = "a token for the tests"


@pytest.fixture
def measured(database_url: str, tmp_path: Path) -> Iterator[Running]:
    with serving(database_url, tmp_path, metrics_token=TOKEN) as made:
        yield made


def figures(running: Running) -> dict[str, float]:
    """Each sample by its name and its labels: `morgen_sockets participant`."""
    answer = running.client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return {" ".join((each.name, *each.labels.values())): each.value for family in families for each in family.samples}


async def test_without_a_token_there_is_no_such_page(running: Running) -> None:
    for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {TOKEN}"}):
        answer = running.client().get("/metrics", headers=headers)
        assert answer.status_code == 404
        assert "morgen_" not in answer.text


async def test_only_who_shows_the_token_reads_it(measured: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, wanted: bytes) -> bool:
        compared.append((given, wanted))
        return same_at_any_speed(given, wanted)

    same_at_any_speed = metrics.compare_digest
    monkeypatch.setattr(metrics, "compare_digest", compare)
    wrong = ["", TOKEN, "Bearer", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"]
    for given in wrong:
        answer = measured.client().get("/metrics", headers={"Authorization": given.encode()})
        assert (answer.status_code, answer.headers["WWW-Authenticate"], answer.text) == (401, "Bearer", ""), given
    assert len(figures(measured)) > 40
    assert len(compared) == len(wrong) + 1


def test_a_token_that_is_easy_to_guess_stops_the_start() -> None:
    with pytest.raises(ValueError, match="MORGEN_METRICS_TOKEN needs at least 16 signs"):
        Settings(metrics_token="short")


async def test_the_figures_move_with_a_room_and_tell_of_nobody(measured: Running, db: Database, cast: Cast) -> None:
    trainer = measured.trainer_client(await session_token(db, cast.anna))
    stage, activities = await stage_and_activities(db, cast)
    bas = Phone(measured, cast.workshop.code)
    before = figures(measured)
    with projector_socket(measured, cast) as projector, bas.socket() as phone:
        next_html(phone)
        form = {"leaves": f"{stage.activity_id}:open", "leads_to": f"{activities[1].id}:open"}
        assert trainer.post(f"/w/{cast.workshop.code}/stage", data=form).is_success
        see(phone, "Vraag open?")
        see(projector, "Vraag open?")
        assert bas.answer(activities[1].id, pick="veel").is_success
        next_html(projector)
        eventually(lambda: figures(measured)["morgen_push_seconds_count"] > before["morgen_push_seconds_count"])
        after = figures(measured)
        assert [after[f"morgen_sockets {each}"] for each in ("participant", "projector", "facilitator")] == [1, 1, 0]
        assert after["morgen_rooms"] == 1
    assert after["morgen_commit_seconds_count"] >= before["morgen_commit_seconds_count"] + 2
    for audience in ("participant", "projector"):
        name = f"morgen_render_seconds_count {audience}"
        assert after[name] >= before.get(name, 0) + 2
    eventually(lambda: figures(measured)["morgen_sockets participant"] == 0)
    with bas.socket() as phone:
        next_html(phone)
        again = eventually(lambda: (told := figures(measured))["morgen_database_up"] and told)
    assert again["morgen_sockets participant"] == 1
    assert again["morgen_reconnects_total"] == before["morgen_reconnects_total"] + 1
    text = " ".join(again)
    for personal in (cast.workshop.code, cast.workshop.id, activities[1].id, "veel", "Anna", "@"):
        assert personal not in text


async def test_what_waits_in_the_outbox_is_told(measured: Running, db: Database) -> None:
    async def verb(session: Any) -> None:
        now = clock.now()
        waits = {"ready_at": now + timedelta(hours=1), "created_at": now - timedelta(hours=2)}
        for number, state in enumerate(("queued", "queued", "dead", "sent")):
            texts = dict.fromkeys(("to_address", "subject", "text", "html"), "x")
            session.add(OutgoingMail(message_id=f"<{number}@x>", letter="m2", state=state, **texts, **waits))

    assert eventually(lambda: outbox_figures(measured))["morgen_outbox_oldest_seconds"] == 0
    await db.write(verb)
    told = eventually(lambda: outbox_figures(measured))
    assert (told["morgen_outbox_mails queued"], told["morgen_outbox_mails dead"]) == (2, 1)
    assert 7200 <= told["morgen_outbox_oldest_seconds"] < 7300


async def test_a_database_that_does_not_answer_is_told_with_all_the_rest(
    measured: Running, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def never(_session: Any) -> None:
        await asyncio.sleep(60)

    eventually(lambda: figures(measured)["morgen_database_up"] == 1)
    monkeypatch.setattr(metrics, "PATIENCE", 0.05)
    monkeypatch.setattr(metrics, "backlog", never)
    told = figures(measured)
    assert told["morgen_database_up"] == 0
    assert "morgen_outbox_oldest_seconds" not in told
    assert told["morgen_rooms"] == 0
    assert "does not tell what waits in the outbox" in capfd.readouterr().err


async def test_a_bus_that_does_not_answer_is_told(database_url: str, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with serving(database_url, tmp_path, metrics_token=TOKEN, bus=f"redis://127.0.0.1:{port}/0") as made:
        eventually(lambda: figures(made)["morgen_bus_up"] == 0)


async def test_a_loop_that_is_held_up_is_seen() -> None:
    watching = asyncio.create_task(measures.watch_loop())
    await asyncio.sleep(0)
    before = measures.REGISTRY.get_sample_value("morgen_loop_lag_seconds_sum") or 0
    time.sleep(measures.LOOK_EVERY + 0.2)  # noqa: ASYNC251
    await asyncio.sleep(0.01)
    watching.cancel()
    assert (measures.REGISTRY.get_sample_value("morgen_loop_lag_seconds_sum") or 0) - before > 0.15


def outbox_figures(running: Running) -> dict[str, float]:
    """None of them while the database is told as away, as on a machine that stood still for a moment."""
    return {name: value for name, value in figures(running).items() if name.startswith("morgen_outbox")}


def eventually(found: Callable[[], T]) -> T:
    until = time.monotonic() + 5
    while not (result := found()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return result
