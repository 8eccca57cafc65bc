"""The same room in one process and in two: PostgreSQL and, for two, Redis. What counts is all CPU: theirs too."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.cast import Cast, cast
from tests.bench.figures import Figure, median
from tests.bench.house import house, served
from tests.bench.load import Load
from tests.bench.machine import cores, cpu_ms, family, pin
from tests.bench.steps import Steps
from tests.bench.tools import Tools
from tests.postgres import cluster
from tests.redis import redis_server

SEATS, ROUNDS, CHANGES, TAPS, RATE = 400, 5, 4, 200, 100


class Room:
    """`doors` are the addresses of its processes; seats and taps are spread over them."""

    def __init__(self, crowd: Cast, doors: list[str], pids: list[int], tools: Tools) -> None:
        self.crowd, self.doors, self.pids = crowd, doors, pids
        self.loads = [tools.load() for _ in doors]
        self.steps = Steps(crowd, self.loads[0])
        self.steps.post(1)
        share = SEATS // len(doors)
        for at, (door, load) in enumerate(zip(doors, self.loads, strict=True)):
            load.open(door, crowd.phones, crowd.cookies[at * share : (at + 1) * share])

    def cpu(self) -> float:
        return cpu_ms(*(each for pid in self.pids for each in family(pid)))

    def delivery(self) -> float:
        """CPU in µs a phone that is told of a step."""
        before = self.cpu()
        for _ in range(CHANGES):
            to = 2 if self.steps.at == 1 else 1
            for load in self.loads:
                load.watch(self.crowd.house.moments[to][0])
            self.steps.post(to)
            for load in self.loads:
                load.wait(SEATS // len(self.doors), 10)
                _pause(load)
        return (self.cpu() - before) * 1000 / (SEATS * CHANGES)

    def answer(self, number: int) -> float:
        """CPU in ms a tap, while all watch."""
        before, pick = self.cpu(), ("veel", "weinig", "niets")[number % 3]
        for at, (door, load) in enumerate(zip(self.doors, self.loads, strict=True)):
            chosen = range(at, TAPS, len(self.doors))
            taps = [self.crowd.tap(each, 1, pick=pick) for each in chosen]
            taps = [each.replace(self.crowd.house.address.encode(), door.encode()) for each in taps]
            if any(each.status != 200 for each in load.send(door, taps, RATE)):
                raise RuntimeError("a tap was refused")
        return (self.cpu() - before) / TAPS


def _pause(load: Load) -> None:
    load.tell("wait 99999 150")


@contextmanager
def _room(tools: Tools, processes: int) -> Iterator[Room]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="morgen-bench-"))
        database = stack.enter_context(cluster())
        url = stack.enter_context(database.database())
        redis = stack.enter_context(redis_server(Path(folder))) if processes > 1 else None
        bus = redis.url if redis else ""
        place = stack.enter_context(house(url=url, bus=bus))
        crowd = cast(place, SEATS)
        doors, pids = [place.address], [place.pid, database.pid]
        for number in range(1, processes):
            address, process = stack.enter_context(served(f"{folder}/{number}", url, bus))
            doors.append(address)
            pids.append(process.pid)
        if redis:
            pids.append(redis.process.pid)
        for each in (each for pid in pids for each in family(pid)):
            pin(each, cores()[0])
        yield Room(crowd, doors, pids, tools)


def measure(tools: Tools) -> Iterator[Figure]:
    with _room(tools, 1) as one, _room(tools, 2) as two:
        runs = [(one.delivery(), two.delivery(), one.answer(n), two.answer(n)) for n in range(ROUNDS)]
    alone, both, tap_alone, tap_both = (median(list(each)) for each in zip(*runs, strict=True))
    yield Figure("two_processes_delivery_us", round(both, 1), "us/delivery")
    yield Figure("two_processes_answer_ms", round(tap_both, 2), "ms")
    deliveries, answers = both / alone, tap_both / tap_alone
    yield Figure("two_processes_cpu_deliveries", round(deliveries, 2), "x")
    yield Figure("two_processes_cpu_answers", round(answers, 2), "x")
    yield Figure("two_processes_cpu", round(max(deliveries, answers), 2), "x")
