"""Logs: JSON lines on stderr, never a participant's text, never an address.

A fault is told by its type and by where it happened. Its message is left out: it may quote what somebody typed, or a
row of the database. Other libraries log through here too.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

_DEEPEST = 12
"""Frames told of one fault, from the innermost up."""
_ADDRESS = re.compile(r"[^\s<>\"'@]+@[^\s<>\"'@]+")


class _Stderr(logging.StreamHandler[TextIO]):
    """What is stderr at the moment, not what it was at the start."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_up() -> None:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=shared,
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root, handler = logging.getLogger(), _Stderr()
    handler.set_name(__name__)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[_of_a_library, *shared]))
    root.handlers = [each for each in root.handlers if each.get_name() != __name__] + [handler]
    root.setLevel(logging.WARNING)


def _of_a_library(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """What another library says, without what it says it about."""
    event.pop("_from_structlog", None)
    record = event.pop("_record")
    # Its first line without the values: asyncio and uvicorn put requests, addresses and exceptions in there.
    event["event"] = record.msg.partition("\n")[0][:200] if isinstance(record.msg, str) else type(record.msg).__name__
    event["logger"] = record.name
    event["level"] = record.levelname.lower()
    if record.exc_info and "exc_info" not in event:
        event["exc_info"] = record.exc_info
    return event


def _without_words(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """`exc_info` as `exception`: types and places, no messages. No mail address in any value."""
    given = event.pop("exc_info", None)
    event.pop("exc_text", None)
    error = sys.exception() if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error, set()))
    return {name: _ADDRESS.sub("…", each) if isinstance(each, str) else each for name, each in event.items()}


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield from _told(earlier, seen)
    yield "Traceback (most recent call last):"
    yield from _places(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace)[-_DEEPEST:]:
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
