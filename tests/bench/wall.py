"""One more card on a wall of ten and on one of a thousand: CPU of the server, bytes to all who watch."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.cast import Cast, cast
from tests.bench.figures import Figure, median
from tests.bench.house import house
from tests.bench.load import Load
from tests.bench.machine import cores, cpu_ms, pin
from tests.bench.steps import Steps
from tests.bench.taps import CARDS
from tests.bench.taps import RATE as BUSY
from tests.bench.tools import Tools

PEOPLE, ROUNDS = 200, 5
QUIET, RATE = 12, 20
"""Cards a round, and a second: two at each beat of the projector."""
HALL = 60
"""Cards a round where they come as quickly as the taps of the other parts: twenty at each beat, while nothing of the
server falls out of the caches of the processor between two of them."""


@dataclass
class Room:
    crowd: Cast
    load: Load
    sent: int = 0

    def more(self, new: int = QUIET, rate: int = RATE) -> tuple[float, float]:
        """CPU in ms and bytes a card, of `new` new ones."""
        before, bytes_ = cpu_ms(self.crowd.house.pid), self.load.wait(0, 0).bytes
        taps = []
        for _ in range(new):
            phone, text = self.sent % PEOPLE, f"nog een kaart, nummer {self.sent} erbij"
            taps.append(self.crowd.tap(phone, 2, text=text, key=f"new-{self.sent}"))
            self.sent += 1
        answers = self.load.send(self.crowd.house.address, taps, rate, 8)
        if any(each.status != 200 for each in answers):
            raise RuntimeError("a card was refused")
        self.load.wait(99, 0.4)  # the last look
        return (cpu_ms(self.crowd.house.pid) - before) / new, (self.load.wait(0, 0).bytes - bytes_) / new


def measure(tools: Tools) -> Iterator[Figure]:
    with ExitStack() as stack:
        small, large = (_room(stack, tools, cards) for cards in (10, 1000))
        runs = [(small.more(), large.more()) for _ in range(ROUNDS)]
        busy = [small.more(HALL, BUSY)[0] for _ in range(ROUNDS)]
    for what, place, unit in (("cpu", 0, "ms"), ("bytes", 1, "bytes")):
        few, many = ([each[size][place] for each in runs] for size in (0, 1))
        yield Figure(f"card_{what}_at_10", round(median(few), 2), unit)
        yield Figure(f"card_{what}_at_1000", round(median(many), 2), unit)
        ratio = median([more / less for less, more in zip(few, many, strict=True)])
        yield Figure(f"card_cost_1000_vs_10_{what}", round(ratio, 2), "x")
        if what == "cpu":
            yield Figure("card_cpu_ms", round(median(few), 2), "ms")
            yield Figure(f"card_cpu_at_{BUSY}_a_second", round(median(busy), 2), "ms")


def _room(stack: ExitStack, tools: Tools, cards: int) -> Room:
    """A projector, the facilitator and ten phones watch."""
    place = stack.enter_context(house(CARDS))
    pin(place.pid, cores()[0])
    crowd = cast(place, PEOPLE)
    steps = Steps(crowd, None)  # type: ignore[arg-type]
    steps.post(1)
    steps.post(2)
    cast(place, 200, cards, moment=2)
    load = tools.load()
    load.open(place.address, crowd.wall, [""])
    load.open(place.address, crowd.desk, [crowd.trainer])
    load.open(place.address, crowd.phones, crowd.cookies[:10])
    return Room(crowd, load)
