"""Traces: none without the setting, none without the SDK; with both they tell routes, and nothing of a person."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from app.db import Database
from app.settings import Settings
from tests.conftest import Cast, serving
from tests.live.test_live import Phone, next_html, stage_and_activities

pytestmark = pytest.mark.one_engine
WITHOUT_SDK = """
import sys
sys.modules["opentelemetry.sdk"] = sys.modules["opentelemetry.exporter"] = None
from app.main import create_app
from app.settings import Settings
create_app(Settings())
print("made")
"""


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A real one over HTTP that keeps what it gets."""
    got: list[bytes] = []

    class Keeping(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeping)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


async def test_traces_tell_routes_and_nothing_of_a_person(
    database_url: str, tmp_path: Path, db: Database, cast: Cast
) -> None:
    _, activities = await stage_and_activities(db, cast)
    with collector() as (address, got):
        with serving(database_url, tmp_path, otlp=address) as made:
            bas = Phone(made, cast.workshop.code)
            with bas.socket() as phone:
                next_html(phone)
            bas.http.get("/a/a-signed-link?name=Bas&token=secret")
            bas.answer(activities[1].id, pick="typed-by-somebody")
            bas.http.get("/healthz/live")
        found = [ExportTraceServiceRequest.FromString(each) for each in got]
    spans = [
        span for each in found for whole in each.resource_spans for scope in whole.scope_spans for span in scope.spans
    ]
    names = {span.name for span in spans}
    assert {"GET /a/{token}", "POST /w/{code}/participants", "WS /w/{code}/live/participant"} <= names
    assert not [name for name in names if "healthz" in name]
    personal = (cast.workshop.code, "a-signed-link", "Bas", "secret", "typed-by-somebody", activities[1].id)
    cookies = tuple(str(value) for value in bas.http.cookies.values())
    assert cookies
    for each in (*personal, *cookies):
        assert each.encode() not in b"".join(got), each


def without_sdk(folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_SDK],
        env={**os.environ, "MORGEN_DATA": str(folder), **settings},
        capture_output=True,
        text=True,
    )


def test_without_the_sdk_it_starts_all_the_same(tmp_path: Path) -> None:
    done = without_sdk(tmp_path)
    assert done.stdout == "made\n", done.stderr


def test_traces_that_are_asked_for_without_the_sdk_stop_the_start_in_words(tmp_path: Path) -> None:
    done = without_sdk(tmp_path, MORGEN_OTLP="http://127.0.0.1:4318")
    assert "MORGEN_OTLP needs the extra otel" in done.stderr


def test_an_address_that_is_none_stops_the_start() -> None:
    with pytest.raises(ValueError, match="MORGEN_OTLP"):
        Settings(otlp="collector:4318")
