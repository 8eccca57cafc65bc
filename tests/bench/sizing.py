"""The README's sizing table, from the figures of a run: `python -m tests.bench --readme`."""

from collections.abc import Mapping
from pathlib import Path

from app.live.rooms import HEARTBEAT

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- sizing, from make bench -->", "<!-- /sizing -->"
CHANGES, SHARE, BEAT_BYTES = 60, 0.5, 64
"""Steps and phases of an hour; the share of a core that a busy room may take; bytes of a heartbeat."""
NEEDED = (
    "fanout_cpu_ours",
    "wire_packed_bytes",
    "stage_change_1000_last_p99",
    "stage_change_10000_kb_per_seat",
    "tap_cpu_ms",
    "first_view_bytes",
)


def table(figures: Mapping[str, float]) -> str:
    """Raises KeyError when the run did not measure what it is made of."""
    cpu, frame, last, memory, tap, first = (figures[name] for name in NEEDED)
    phones = SHARE * 1e6 / cpu / 4  # a phone is told four times a second at most
    hour = CHANGES * frame + 3600 / HEARTBEAT * BEAT_BYTES
    rows = (
        ("phones that half a core tells four times a second", f"{_round(phones):,.0f}"),
        ("from the trainer's press to the last of 1,000 phones (p99)", f"{last:.0f} ms"),
        ("memory of the server for each phone", f"{memory:.0f} KB"),
        ("answers a second that half a core takes", f"{_round(SHARE * 1000 / tap):,.0f}"),
        ("bytes for a phone that comes in", f"{first / 1024:.0f} KB"),
        ("bytes for a phone that stays an hour, with 60 steps", f"{hour / 1024:.0f} KB"),
    )
    return "\n".join(("| | |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)))


def _round(value: float) -> float:
    """Two digits that count."""
    return float(f"{value:.1e}")


def write(figures: Mapping[str, float], readme: Path = README) -> None:
    before, _, rest = readme.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{after}")
