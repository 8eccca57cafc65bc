"""Telling a thousand phones: beside the library's broadcast and the bare loop, in one job, change by change in turn."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench.cast import cast
from tests.bench.figures import Figure, median, percentile
from tests.bench.house import house
from tests.bench.machine import cores, cpu_ms, pin
from tests.bench.references import Reference, bare, library
from tests.bench.steps import APART, Steps, Told
from tests.bench.tools import Tools

SEATS, ROUNDS, CHANGES = 1000, 15, 10


@dataclass
class Server:
    """A process with its seats, and how it tells them. `took` are ms to the last of them."""

    pid: int
    tell: Callable[[], Told]
    took: list[float] = field(default_factory=list)

    def change(self) -> None:
        begun, last, _ = self.tell()
        self.took.append((last - begun) / 1e6)


@dataclass
class Pair:
    """The same with one seat and with a thousand. `cpu` is that of a delivery in µs, by round."""

    alone: Server
    full: Server
    cpu: list[float] = field(default_factory=list)


def measure(tools: Tools) -> Iterator[Figure]:
    with ExitStack() as stack:
        alone, full = (_steps(stack, tools, seats) for seats in (1, SEATS))
        text = full.frame()
        for steps in (alone, full):
            steps.load.open(steps.house.address, steps.crowd.phones, steps.crowd.cookies)
        needle = full.house.moments[full.at][0]

        def known(seats: int, told_by: Callable[[int], Reference]) -> Server:
            reference = told_by(seats)
            stack.callback(reference.close)
            return Server(reference.process.pid, lambda: reference.tell(seats))

        def by_library(seats: int) -> Reference:
            return library(text, tools.load(), seats, needle)

        def by_bare(seats: int) -> Reference:
            return bare(tools.bare, text, tools.load(), seats, needle)

        pairs = {"ours": Pair(Server(alone.house.pid, alone.move), Server(full.house.pid, full.move))}
        for name, told_by in {"library": by_library, "bare": by_bare}.items():
            pairs[name] = Pair(known(1, told_by), known(SEATS, told_by))
        _rounds(list(pairs.values()))
    yield from _figures(pairs, len(text.encode()))


def _steps(stack: ExitStack, tools: Tools, seats: int) -> Steps:
    place = stack.enter_context(house())
    pin(place.pid, cores()[0])
    made = Steps(cast(place, seats), tools.load())
    made.post(1)
    return made


def _rounds(pairs: list[Pair]) -> None:
    """Each change of one server has the same change of the others beside it: how quick a shared machine is differs
    more from second to second than they do. A round's CPU has all in it, also what the seats cost between changes."""
    _round(pairs)  # the first warms up
    for pair in pairs:
        pair.full.took.clear()
    for _ in range(ROUNDS):
        before = [(cpu_ms(pair.alone.pid), cpu_ms(pair.full.pid)) for pair in pairs]
        _round(pairs)
        for pair, (alone, full) in zip(pairs, before, strict=True):
            more = (cpu_ms(pair.full.pid) - full) - (cpu_ms(pair.alone.pid) - alone)
            pair.cpu.append(more * 1000 / ((SEATS - 1) * CHANGES))


def _round(pairs: list[Pair]) -> None:
    for _ in range(CHANGES):
        until = time.monotonic() + APART
        for pair in pairs:
            pair.alone.change()
            pair.full.change()
        time.sleep(max(0.0, until - time.monotonic()))


def _figures(pairs: dict[str, Pair], size: int) -> Iterator[Figure]:
    cpu = {name: pair.cpu for name, pair in pairs.items()}
    ours = pairs["ours"].full.took
    yield Figure("fanout_frame_bytes", size, "bytes")
    for name, pair in pairs.items():
        yield Figure(f"fanout_cpu_{name}", round(median(cpu[name]), 2), "us/delivery")
        yield Figure(f"fanout_last_p50_{name}", round(median(pair.full.took), 1), "ms")
    ratios = {name: [theirs / own for theirs, own in zip(cpu[name], cpu["ours"], strict=True)] for name in cpu}
    yield Figure("fanout_cpu_vs_websockets_broadcast", round(median(ratios["library"]), 2), "x")
    yield Figure("fanout_cpu_vs_bare_loop", round(median(ratios["bare"]), 2), "x")
    yield Figure("fanout_last_p99_over_p50", round(percentile(ours, 0.99) / median(ours), 2), "x")
    yield Figure("stage_change_1000_last_p50", round(median(ours), 1), "ms")
    yield Figure("stage_change_1000_last_p99", round(percentile(ours, 0.99), 1), "ms")
