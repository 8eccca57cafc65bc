"""The same room in one process and in two: PostgreSQL and, for two, Redis. What counts is all CPU: theirs too."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.cast import Cast, cast
from tests.bench.figures import Figure, median
from tests.bench.house import house, served
from tests.bench.machine import cores, cpu_ms, family, pin
from tests.bench.steps import Steps
from tests.bench.tools import Tools
from tests.postgres import cluster
from tests.redis import redis_server

SEATS, ROUNDS, CHANGES, TAPS, RATE = 1600, 5, 4, 200, 100
"""So many seats that telling them weighs more than what a step costs anyway, and varies by."""


class Room:
    """`doors` are the addresses of its processes; seats and taps are spread over them."""

    def __init__(self, crowd: Cast, doors: list[str], pids: list[int], tools: Tools) -> None:
        self.crowd, self.doors, self.pids = crowd, doors, pids
        self.loads = [tools.load() for _ in doors]
        self.steps = Steps(crowd, self.loads[0])
        self.steps.post(1)
        self.seats = 0
        self.fill(len(doors))

    def fill(self, seats: int) -> None:
        """So many phones watch from now on, as many at each door."""
        share = seats // len(self.doors)
        for door, load in zip(self.doors, self.loads, strict=True):
            load.open(door, self.crowd.phones, self.crowd.cookies[self.seats : self.seats + share])
            self.seats += share

    def cpu(self) -> float:
        return cpu_ms(*(each for pid in self.pids for each in family(pid)))

    def steps_cpu(self) -> float:
        """CPU in µs of some steps of which all are told."""
        before = self.cpu()
        for _ in range(CHANGES):
            to = 2 if self.steps.at == 1 else 1
            for load in self.loads:
                load.watch(self.crowd.house.moments[to][0])
            self.steps.post(to)
            for load in self.loads:
                load.wait(self.seats // len(self.doors), 10)
            self.loads[0].tell("wait 99999 250")  # as long for two as for one: what goes on anyway is no delivery
        return (self.cpu() - before) * 1000

    def answer(self, number: int) -> float:
        """CPU in ms a tap, while all watch."""
        before, pick = self.cpu(), ("veel", "weinig", "niets")[number % 3]
        for at, (door, load) in enumerate(zip(self.doors, self.loads, strict=True)):
            chosen = range(at, TAPS, len(self.doors))
            taps = [self.crowd.tap(each, 1, pick=pick) for each in chosen]
            taps = [each.replace(_host(self.crowd.house.address), _host(door)) for each in taps]
            sent = load.send(door, taps, RATE)
            if any(each.status != 200 for each in sent):
                raise RuntimeError(f"a tap was refused: {[each.status for each in sent][:9]}")
        return (self.cpu() - before) / TAPS


def _host(address: str) -> bytes:
    return address.partition("://")[2].encode()


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
        rooms = (one, two)
        few = [[room.steps_cpu() for room in rooms] for _ in range(ROUNDS)]
        at_first = [room.seats for room in rooms]
        for room, seats in zip(rooms, at_first, strict=True):
            room.fill(SEATS - seats)
        all_told = [[room.steps_cpu() for room in rooms] for _ in range(ROUNDS)]
        taps = [[room.answer(number) for room in rooms] for number in range(ROUNDS)]
        added = [(room.seats - seats) * CHANGES for room, seats in zip(rooms, at_first, strict=True)]
    fixed, whole = _medians(few), _medians(all_told)
    alone, both = ((much - little) / more for little, much, more in zip(fixed, whole, added, strict=True))
    tap_alone, tap_both = _medians(taps)
    yield Figure("two_processes_step_ms", round(fixed[1] / CHANGES / 1000, 1), "ms")
    yield Figure("two_processes_delivery_us", round(both, 1), "us/delivery")
    yield Figure("two_processes_answer_ms", round(tap_both, 2), "ms")
    deliveries, answers = both / alone, tap_both / tap_alone
    yield Figure("two_processes_cpu_deliveries", round(deliveries, 2), "x")
    yield Figure("two_processes_cpu_answers", round(answers, 2), "x")
    yield Figure("two_processes_cpu", round(max(deliveries, answers), 2), "x")


def _medians(runs: list[list[float]]) -> list[float]:
    return [median(list(each)) for each in zip(*runs, strict=True)]
