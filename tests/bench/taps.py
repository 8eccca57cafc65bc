"""What a tap costs, how long it takes beside a busy fan-out, and when the projector shows it."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.bench.cast import Cast, cast
from tests.bench.figures import Figure, median, percentile
from tests.bench.house import House, house
from tests.bench.load import Answered, Load
from tests.bench.machine import cores, cpu_ms, pin
from tests.bench.steps import Steps
from tests.bench.tools import Tools
from tests.scripts import activity, options, small_script

SEATS, ROUNDS, SECONDS, RATE = 1000, 5, 3, 200
PICKS = ("veel", "weinig", "niets")
CARDS = small_script(
    activity("open", "poll", options=options(*PICKS)), activity("kaarten", "cards", max_cards=10, max_length=120)
)


def measure(tools: Tools) -> Iterator[Figure]:
    yield from _under_fan_out(tools)
    yield from _to_the_projector(tools)
    yield from _burst(tools)


@contextmanager
def room(people: int, moment: int = 1) -> Iterator[Cast]:
    """A workshop at its first question (1: a poll) or its second (2: cards), the server on its own core."""
    with house(CARDS) as place:
        pin(place.pid, cores()[0])
        crowd = cast(place, people)
        steps = Steps(crowd, None)  # type: ignore[arg-type]
        for to in range(1, moment + 1):
            steps.post(to)
        yield crowd


def _under_fan_out(tools: Tools) -> Iterator[Figure]:
    """A thousand screens that are told at every beat (ten a second), and taps of a thousand phones."""
    with room(SEATS) as crowd:
        pid, load = crowd.house.pid, tools.load()
        load.open(crowd.house.address, crowd.wall, [""])
        load.open(crowd.house.address, crowd.phones, crowd.cookies[:100])
        quiet = [_tap_cpu(crowd, load, pid, number) for number in range(ROUNDS)]
        load.open(crowd.house.address, crowd.wall, [""] * (SEATS - 1))
        idle, busy, frames = [], [], []
        for number in range(ROUNDS):
            alone = load.send(crowd.house.address, _taps(crowd, number, 4), 1, 4)
            idle.extend(each.ms for each in alone)
            load.watch("<!--")
            answers = load.send(crowd.house.address, _taps(crowd, number, RATE * SECONDS), RATE)
            busy.append(percentile([each.ms for each in _fine(answers)], 0.99))
            frames.append(load.wait(0, 0).most / SECONDS)
    yield Figure("tap_cpu_ms", round(median(quiet), 2), "ms")
    yield Figure("post_p99_under_fanout", round(median(busy), 1), "ms")
    yield Figure("post_p99_idle", round(percentile(idle, 0.99), 1), "ms")
    yield Figure("post_p99_under_fanout_vs_idle", round(median(busy) / percentile(idle, 0.99), 2), "x")
    yield Figure("post_frames_to_1000", round(median(frames), 1), "frames/s")


def _taps(crowd: Cast, number: int, count: int) -> list[bytes]:
    """Every phone in turn; each time another answer, so that the screens have news."""
    return [
        crowd.tap(each % len(crowd.cookies), 1, pick=PICKS[(number + each // len(crowd.cookies)) % 3])
        for each in range(number * 37, number * 37 + count)
    ]


def _fine(answers: Sequence[Answered]) -> Sequence[Answered]:
    """Raises when one was refused: a figure of refusals would be quick and worth nothing."""
    wrong = [each.status for each in answers if each.status != 200]
    if wrong:
        raise RuntimeError(f"{len(wrong)} of {len(answers)} taps were answered with {wrong[0]}")
    return answers


def _tap_cpu(crowd: Cast, load: Load, pid: int, number: int) -> float:
    """Of the server, a tap at 200 a second, while a projector and a hundred phones watch."""
    taps = _taps(crowd, number, RATE * SECONDS)
    before = cpu_ms(pid)
    _fine(load.send(crowd.house.address, taps, RATE))
    return (cpu_ms(pid) - before) / len(taps)


@dataclass
class Wall:
    """One projector that keeps what it was told, and when (CLOCK_MONOTONIC, ns)."""

    crowd: Cast
    told: list[tuple[int, str]] = field(default_factory=list)

    def __enter__(self) -> "Wall":
        place = self.crowd.house.address.replace("http", "ws", 1) + self.crowd.wall
        self._line = connect(place, additional_headers={"Origin": self.crowd.house.address}, compression=None)
        self.told.append((time.monotonic_ns(), str(self._line.recv(10))))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def _listen(self) -> None:
        try:
            for frame in self._line:
                self.told.append((time.monotonic_ns(), str(frame)))
        except ConnectionClosed:
            pass

    def __exit__(self, *_: object) -> None:
        self._line.close()
        self._thread.join(5)

    def showed(self, text: str) -> int:
        return next(when for when, frame in self.told if text in frame)


def _to_the_projector(tools: Tools) -> Iterator[Figure]:
    """Three hundred phones send a card within ten seconds; from when it was due to the frame that shows it."""
    people, within = 300, 10
    late: list[float] = []
    with room(people, 2) as crowd:
        load = tools.load()
        load.open(crowd.house.address, crowd.phones, crowd.cookies)
        for number in range(ROUNDS if within < 10 else 2):
            with Wall(crowd) as wall:
                texts = [f"kaart {number}-{each}." for each in range(people)]
                taps = [crowd.tap(each, 2, text=text, key=text) for each, text in enumerate(texts)]
                answers = _fine(load.send(crowd.house.address, taps, people / within))
                time.sleep(1)
            late += [(wall.showed(text) - sent.due) / 1e6 for text, sent in zip(texts, answers, strict=True)]
    yield Figure("tap_to_projector_p50", round(median(late), 1), "ms")
    yield Figure("tap_to_projector_p99", round(percentile(late, 0.99), 1), "ms")


def _burst(tools: Tools) -> Iterator[Figure]:
    """A thousand answers in five seconds, each phone with its socket open."""
    with room(SEATS) as crowd:
        load = tools.load()
        load.open(crowd.house.address, crowd.phones, crowd.cookies)
        taps = [crowd.tap(each, 1, pick=PICKS[each % 3]) for each in range(SEATS)]
        answers = load.send(crowd.house.address, taps, SEATS / 5, 128)
        _, rows, answered = asyncio.run(crowd.house.stored())
    yield Figure("answers_burst_stored", answered, "answers")
    yield Figure("answers_burst_twice", rows - answered, "answers")
    yield Figure("answers_burst_failed", sum(each.status != 200 for each in answers), "answers")
    yield Figure("answers_burst_p99", round(percentile([each.ms for each in answers], 0.99), 1), "ms")


__all__ = ["House", "measure", "room"]
