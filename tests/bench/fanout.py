"""Telling a thousand phones: beside the library's broadcast and the bare loop, in one interleaved job."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tests.bench.cast import cast
from tests.bench.figures import Figure, median, percentile
from tests.bench.house import house
from tests.bench.machine import cores, pin
from tests.bench.references import Reference, bare, library
from tests.bench.steps import Steps, Told, run
from tests.bench.tools import Tools

SEATS, ROUNDS, CHANGES = 1000, 5, 10
Server = tuple[int, Callable[[], Told], int, Callable[[], Told]]
"""The process and how it tells one seat; the process and how it tells all of them."""


def measure(tools: Tools) -> Iterator[Figure]:
    with ExitStack() as stack:
        alone, full = (_steps(stack, tools, seats) for seats in (1, SEATS))
        text = full.frame()
        for steps in (alone, full):
            steps.load.open(steps.house.address, steps.crowd.phones, steps.crowd.cookies)
        needle = full.house.moments[full.at][0]
        references = [
            library(text, tools.load(), SEATS, needle),
            bare(tools.bare, text, tools.load(), SEATS, needle),
        ]
        for reference in references:
            stack.callback(reference.close)
        servers: dict[str, Server] = {"ours": (alone.house.pid, alone.move, full.house.pid, full.move)}
        servers |= {name: _server(each) for name, each in zip(("library", "bare"), references, strict=True)}
        yield from _figures(_interleaved(servers), len(text.encode()))


def _steps(stack: ExitStack, tools: Tools, seats: int) -> Steps:
    place = stack.enter_context(house())
    pin(place.pid, cores()[0])
    made = Steps(cast(place, seats), tools.load())
    made.post(1)
    return made


def _server(reference: Reference) -> Server:
    pid = reference.process.pid
    return pid, lambda: reference.tell(1), pid, lambda: reference.tell(SEATS)


def _interleaved(servers: dict[str, Server]) -> dict[str, tuple[list[float], list[float]]]:
    """By server: CPU a delivery in µs by round, and ms to the last phone by change."""
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in servers}
    for around in range(ROUNDS + 1):
        for name, (alone, tell_one, full, tell_all) in servers.items():
            one, _ = run(tell_one, alone, CHANGES)
            every, lasts = run(tell_all, full, CHANGES)
            if around:  # the first warms up
                found[name][0].append((every - one) * 1000 / ((SEATS - 1) * CHANGES))
                found[name][1].extend(lasts)
    return found


def _figures(found: dict[str, tuple[list[float], list[float]]], size: int) -> Iterator[Figure]:
    cpu = {name: each[0] for name, each in found.items()}
    ours = found["ours"][1]
    yield Figure("fanout_frame_bytes", size, "bytes")
    for name in found:
        yield Figure(f"fanout_cpu_{name}", round(median(cpu[name]), 2), "us/delivery")
        yield Figure(f"fanout_last_p50_{name}", round(median(found[name][1]), 1), "ms")
    ratios = {name: [theirs / own for theirs, own in zip(cpu[name], cpu["ours"], strict=True)] for name in cpu}
    yield Figure("fanout_cpu_vs_websockets_broadcast", round(median(ratios["library"]), 2), "x")
    yield Figure("fanout_cpu_vs_bare_loop", round(median(ratios["bare"]), 2), "x")
    yield Figure("fanout_last_p99_over_p50", round(percentile(ours, 0.99) / median(ours), 2), "x")
    yield Figure("stage_change_1000_last_p50", round(median(ours), 1), "ms")
    yield Figure("stage_change_1000_last_p99", round(percentile(ours, 0.99), 1), "ms")
