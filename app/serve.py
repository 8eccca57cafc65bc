"""`morgen serve`: one process, our listening socket, our WebSocket protocol."""

import gc
import resource
import signal
import socket
import time
from types import FrameType

import uvicorn

from app.live.wire import FanoutProtocol
from app.main import create_app
from app.settings import Settings
from app.web.line import Line

SEND_BUFFER = 64 * 1024
DEAD_AFTER_MS = 20_000
NOTICE = 1.0
"""Seconds that a server which was told to stop still serves: who sends it work sees first that it is not ready."""


class Server(uvicorn.Server):
    """Stops in order: not ready any more, the mail at hand finished, the sockets closed with 1012, and out within ten
    seconds of SIGTERM. A second signal does not wait for the notice."""

    _stops_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig != signal.SIGTERM or self._stops_at is not None:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._stops_at = time.monotonic() + NOTICE
        self.config.app.state.stop()  # type: ignore[union-attr]

    async def on_tick(self, counter: int) -> bool:
        if self._stops_at is not None and time.monotonic() >= self._stops_at:
            self.should_exit = True
        return await super().on_tick(counter)


def listen(host: str, port: int) -> socket.socket:
    """The listening socket; accepted ones inherit that a dead phone is let go and holds little in the kernel."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
    made.bind((host, port))
    made.listen(4096)
    return made


def server(settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(settings),
        http=Line,
        ws=FanoutProtocol,
        ws_per_message_deflate=False,
        ws_max_size=16 * 1024,
        ws_ping_interval=60,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,  # a tap that meets a closing connection would fail; browsers repeat no POST
        server_header=False,
        access_log=False,
        log_config=None,  # ours holds for what uvicorn says too: its tracebacks quote what people typed
        log_level="warning",
        proxy_headers=True,
        forwarded_allow_ips=settings.trust_proxy,
        lifespan="on",
    )
    return Server(config)


def raise_limit() -> None:
    """A seat is an open file, and the usual limit is 1024 of them: as many as this machine allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def run(settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop. Long-lived objects are frozen: a collection would stall a fan-out."""
    raise_limit()
    made = server(settings)
    gc.freeze()
    # A seat that went is garbage of the oldest generation: 21 KB that only a full collection frees. Some thousands of
    # them bring one about, which Python puts off until a quarter is new.
    gc.set_threshold(20_000, 5, 3)
    gc.enable()
    made.run(sockets=[listener])
