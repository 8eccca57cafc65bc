"""The bus between processes: does it answer? Nothing is told over it."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import redis.asyncio as redis

from app.doctor.finding import Finding, broken, good
from app.settings import Settings

TIMEOUT = 5.0


async def bus(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.bus:
        return
    about, parts = "bus", urlsplit(settings.bus)
    where = f"{parts.hostname}:{parts.port or 6379}"
    line: Any = redis.from_url(settings.bus, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
    try:
        await line.ping()
    except (redis.RedisError, OSError) as error:
        yield broken(
            about,
            f"{where} does not answer: {str(error) or type(error).__name__}",
            "Is Valkey or Redis running? Look at MORGEN_BUS. Until then news comes two seconds later; nothing is lost.",
        )
    else:
        yield good(about, f"{where} answers: processes hear of each other at once.")
    finally:
        await line.aclose()
