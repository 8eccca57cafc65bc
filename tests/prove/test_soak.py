"""Ten minutes with five hundred phones that join, leave, sleep and answer: memory and latency stay flat.

`SOAK_SECONDS` and `SOAK_PHONES` give a short form.
"""

import asyncio
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx2
import pytest
from websockets.exceptions import WebSocketException

from tests.bench.figures import median, percentile
from tests.bench.house import House, house
from tests.bench.machine import memory_kb
from tests.bench.room import Phone, crowd, move

pytestmark = pytest.mark.prove
SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
PHONES = int(os.environ.get("SOAK_PHONES", "500"))
WARM, WINDOWS = 0.25, 4
"""The share of the time in which the room fills, and the parts that are compared after it."""
STEP, ACT = 15.0, (2.0, 12.0)
"""Seconds between two steps of the facilitator; seconds between two acts of one phone."""
PICKS = {1: ("veel", "weinig", "niets"), 2: ("ja", "nee")}


@dataclass
class Soak:
    place: House
    http: httpx2.AsyncClient
    at: int = 1
    over: asyncio.Event = field(default_factory=asyncio.Event)
    did: Counter[str] = field(default_factory=Counter)
    taps: list[tuple[float, float]] = field(default_factory=list)
    """When it was, and the ms it took."""
    memory: list[tuple[float, int]] = field(default_factory=list)

    async def live(self, number: int) -> None:
        """One phone: answers, sleeps (its line goes, and comes back), leaves for good and comes in anew."""
        chance, phone = random.Random(number), Phone(self.place)
        await asyncio.sleep(number / PHONES * SECONDS * WARM / 2)
        await self._try("join", phone.join(self.http))
        while not self.over.is_set():
            await asyncio.sleep(chance.uniform(*ACT))
            act = chance.choices(("answer", "sleep", "leave"), (8, 1, 1))[0]
            if act == "answer" and phone.cookie:
                at, begun = self.at, time.monotonic()
                await self._try("answer", self._answer(phone, at, chance))
                self.taps.append((begun, (time.monotonic() - begun) * 1000))
            else:
                await phone.leave()
                await asyncio.sleep(chance.uniform(*ACT))
                phone = phone if act == "sleep" else Phone(self.place)
                await self._try(act, phone.come_back() if phone.cookie else phone.join(self.http))
        await phone.leave()

    async def _answer(self, phone: Phone, at: int, chance: random.Random) -> bool:
        return await phone.answer(self.http, self.place.moments[at][0], chance.choice(PICKS[at]))

    async def _try(self, name: str, act: "asyncio.Future[bool] | object") -> None:
        try:
            fine = await act  # type: ignore[misc]
        except (OSError, TimeoutError, httpx2.HTTPError, WebSocketException) as error:
            fine = False
            self.did[repr(error)[:60]] += 1
        self.did[name if fine else f"{name} failed"] += 1

    async def lead(self) -> None:
        """The facilitator goes back and forth, and the memory is noted."""
        while not self.over.is_set():
            await asyncio.sleep(min(STEP, SECONDS / 20))
            to = 2 if self.at == 1 else 1
            await move(self.http, self.place, self.at, to)
            self.at = to
            self.memory.append((time.monotonic(), memory_kb(self.place.pid)))


async def _soak(place: House) -> Soak:
    async with crowd(place, PHONES) as http:
        await move(http, place, 0, 1)
        soak = Soak(place, http)
        tasks = [asyncio.create_task(soak.live(number)) for number in range(PHONES)]
        tasks.append(asyncio.create_task(soak.lead()))
        await asyncio.sleep(SECONDS)
        soak.over.set()
        await asyncio.gather(*tasks)
        return soak


def _windows(noted: list[tuple[float, float]]) -> list[list[float]]:
    """What was noted after the room was full, in parts of equal length."""
    first, last = noted[0][0], noted[-1][0]
    begin = first + (last - first) * WARM
    length = (last - begin) / WINDOWS
    parts: list[list[float]] = [[] for _ in range(WINDOWS)]
    for when, value in noted:
        if when >= begin:
            parts[min(WINDOWS - 1, int((when - begin) / length))].append(value)
    return parts


def test_memory_and_latency_stay_flat(capsys: pytest.CaptureFixture[str]) -> None:
    with house() as place:
        soak = asyncio.run(_soak(place))
    taps = _windows(sorted(soak.taps))
    memory = _windows([(when, float(kb)) for when, kb in soak.memory])
    p95 = [round(percentile(part, 0.95), 1) for part in taps]
    kb = [round(median(part)) for part in memory]
    with capsys.disabled():
        print(f"\n{dict(soak.did)}; taps p95 {p95} ms; memory {kb} KB")
    failed = sum(count for name, count in soak.did.items() if name.endswith("failed"))
    assert failed == 0, soak.did
    assert soak.did["answer"] > PHONES
    assert kb[-1] < kb[0] * 1.15
    assert p95[-1] < 3 * p95[0] + 50
