"""`make bench`: one figure a line, `name value unit`; `--json FILE` keeps them too, `--only PART …` measures less."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.bench import fanout, first, halls, joins, looks, packed, processes, sizing, stalled, taps, wall
from tests.bench.figures import Figure, bounds, failing
from tests.bench.machine import cores, pin
from tests.bench.tools import tools

PARTS = (fanout, packed, taps, wall, joins, stalled, looks, processes, first, halls)


def _name(part: object) -> str:
    return str(getattr(part, "__name__", "")).rpartition(".")[2]


def measure(wanted: list[str]) -> tuple[list[Figure], list[str]]:
    """The figures, and the parts that could not be measured, with the reason. Each part has load clients of its own."""
    figures: list[Figure] = []
    lacking: list[str] = []
    for part in PARTS:
        if wanted and _name(part) not in wanted:
            continue
        begun = time.monotonic()
        try:
            with tools() as made:
                found = list(part.measure(made))
                share = 100 * made.cpu_ms() / 1000 / (time.monotonic() - begun)
        except (Exception, pytest.skip.Exception) as reason:
            lacking.append(f"{_name(part)}: not measured: {reason!r}")
            continue
        figures += [*found, Figure(f"load_client_cpu_{_name(part)}", round(share), "%_of_a_core")]
        for figure in found:
            print(f"{figure.name} {figure.value:g} {figure.unit}", file=sys.stderr, flush=True)
        print(f"{_name(part)}: {time.monotonic() - begun:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    return figures, lacking


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*", default=[], choices=[_name(part) for part in PARTS])
    parser.add_argument("--readme", action="store_true", help="write the sizing table")
    chosen = parser.parse_args()
    pin(0, cores()[1])
    figures, lacking = measure(chosen.only)
    missed = failing(figures)
    for line in lacking:
        print(line)
    for figure in [*missed, *(each for each in figures if each not in missed)]:
        bound = bounds.get(figure.name)
        print(f"{figure.name} {figure.value:g} {figure.unit}" + (f"  # {bound}" if bound else ""))
    if chosen.json:
        kept = {name: {"value": value, "unit": unit} for name, value, unit in figures}
        chosen.json.write_text(json.dumps(kept, indent=2))
    if chosen.readme:
        sizing.write({name: value for name, value, _ in figures})
    if lacking:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
