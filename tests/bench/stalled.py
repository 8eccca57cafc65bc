"""Three of two hundred read nothing: do all others get every frame?"""

from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.bench.taps import room
from tests.bench.tools import Tools

SEATS, STALLED, CARDS, RATE = 200, 3, 300, 20


def measure(tools: Tools) -> Iterator[Figure]:
    with room(SEATS, 2) as crowd:
        load = tools.load()
        load.open(crowd.house.address, crowd.wall, [""] * SEATS, STALLED)
        load.wait(SEATS + 1, 0.5)  # who came in is told to all; counting begins between two frames
        load.watch("<!--")
        before = load.wait(0, 0).bytes
        texts = [f"{each}: " + "een kaart met veel tekst erop " * 3 for each in range(CARDS)]
        taps = [crowd.tap(each % SEATS, 2, text=text, key=f"k{each}") for each, text in enumerate(texts)]
        answers = load.send(crowd.house.address, taps, RATE, 8)
        seen = load.wait(SEATS, 1)
        size = (seen.bytes - before) / max(1, seen.hits)
        held = load.tell("resume").stalled / STALLED
    healthy = SEATS - STALLED
    yield Figure("healthy_served_with_stalled", round(100 * seen.healthy / (healthy * seen.most), 2), "%")
    yield Figure("stalled_frames", seen.most, "frames")
    yield Figure("stalled_frame_bytes", round(size), "bytes")
    yield Figure("stalled_held_of_frames", round(100 * held / seen.most, 1), "%")
    yield Figure("stalled_taps_refused", sum(each.status != 200 for each in answers), "taps")
