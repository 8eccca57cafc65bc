"""The same room in one process and in two: PostgreSQL and, for two, Redis. What counts is all CPU: theirs too."""

import tempfile
import time
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

SEATS, ROUNDS, CHANGES, TAPS, RATE = 3200, 7, 4, 200, 100
"""So many seats that telling them weighs more than what a step costs anyway, and varies by."""
AFTER = 0.4
"""Seconds after a step, for what follows from it."""


class Room:
    """`doors` are the addresses of its processes; so many seats, and taps, are spread over them."""

    def __init__(self, crowd: Cast, doors: list[str], pids: list[int], tools: Tools, seats: int) -> None:
        self.crowd, self.doors, self.pids = crowd, doors, pids
        self.loads = [tools.load() for _ in doors]
        self.steps = Steps(crowd, self.loads[0])
        self.steps.post(1)
        share = seats // len(doors)
        for at, (door, load) in enumerate(zip(doors, self.loads, strict=True)):
            load.open(door, crowd.phones, crowd.cookies[at * share : (at + 1) * share])
        self.share = share

    def cpu(self) -> float:
        return cpu_ms(*(each for pid in self.pids for each in family(pid)))

    def step(self) -> None:
        """One step, until all are told."""
        to = 2 if self.steps.at == 1 else 1
        for load in self.loads:
            load.watch(self.crowd.house.moments[to][0])
        self.steps.post(to)
        for load in self.loads:
            load.wait(self.share, 10)

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
def _room(tools: Tools, processes: int, seats: int) -> Iterator[Room]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="morgen-bench-"))
        database = stack.enter_context(cluster())
        url = stack.enter_context(database.database())
        redis = stack.enter_context(redis_server(Path(folder))) if processes > 1 else None
        bus = redis.url if redis else ""
        place = stack.enter_context(house(url=url, bus=bus))
        crowd = cast(place, seats)
        doors, pids = [place.address], [place.pid, database.pid]
        for number in range(1, processes):
            address, process = stack.enter_context(served(f"{folder}/{number}", url, bus))
            doors.append(address)
            pids.append(process.pid)
        if redis:
            pids.append(redis.process.pid)
        for each in (each for pid in pids for each in family(pid)):
            pin(each, cores()[0])
        yield Room(crowd, doors, pids, tools, seats)


def measure(tools: Tools) -> Iterator[Figure]:
    """Each step of one process has the same step of two beside it, with a seat a process and with all of them."""
    with ExitStack() as stack:
        few, full = (
            [stack.enter_context(_room(tools, processes, seats or processes)) for processes in (1, 2)]
            for seats in (0, SEATS)
        )
        _steps([*few, *full])  # the first warm up
        steps = [_steps([*few, *full]) for _ in range(ROUNDS)]
        taps = [[room.answer(number) for room in full] for number in range(ROUNDS)]
    alone = [(all_one - one) / (SEATS - 1) for one, _, all_one, _ in steps]
    both = [(all_two - two) / (SEATS - 2) for _, two, _, all_two in steps]
    yield Figure("two_processes_step_ms", round(median([two for _, two, _, _ in steps]), 1), "ms")
    yield Figure("two_processes_delivery_us", round(median(both) * 1000, 1), "us/delivery")
    yield Figure("two_processes_answer_ms", round(median([tap for _, tap in taps]), 2), "ms")
    deliveries = median([two / one for one, two in zip(alone, both, strict=True)])
    answers = median([two / one for one, two in taps])
    yield Figure("two_processes_cpu_deliveries", round(deliveries, 2), "x")
    yield Figure("two_processes_cpu_answers", round(answers, 2), "x")
    yield Figure("two_processes_cpu", round(max(deliveries, answers), 2), "x")


def _steps(rooms: list[Room]) -> list[float]:
    """CPU in ms of each room for a step, with what its seats cost meanwhile."""
    before = [room.cpu() for room in rooms]
    for _ in range(CHANGES):
        for room in rooms:
            room.step()
        time.sleep(AFTER)
    return [(room.cpu() - was) / CHANGES for room, was in zip(rooms, before, strict=True)]
