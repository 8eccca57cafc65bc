"""`morgen serve`: one process, our listening socket, our WebSocket protocol."""

import gc
import socket

import uvicorn

from app.live.wire import FanoutProtocol
from app.main import create_app
from app.settings import Settings

SEND_BUFFER = 64 * 1024
DEAD_AFTER_MS = 20_000


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
        ws=FanoutProtocol,
        ws_per_message_deflate=False,
        ws_max_size=16 * 1024,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=8,
        timeout_keep_alive=75,  # a tap that meets a closing connection would fail; browsers repeat no POST
        server_header=False,
        access_log=False,
        log_config=None,  # ours holds for what uvicorn says too: its tracebacks quote what people typed
        log_level="warning",
        proxy_headers=True,
        forwarded_allow_ips=settings.trust_proxy,
        lifespan="on",
    )
    return uvicorn.Server(config)


def run(settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop. Long-lived objects are frozen: a collection would stall a fan-out."""
    made = server(settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 100, 1000)
    made.run(sockets=[listener])
