"""`make bench`: one figure a line, `name value unit`; `--json FILE` keeps them too, `--only PART …` measures less."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import pytest

from tests.bench import fanout, first, halls, joins, looks, processes, stalled, taps, wall
from tests.bench.figures import Figure, bounds, failing
from tests.bench.machine import cores, pin
from tests.bench.tools import tools

PARTS = (fanout, taps, wall, joins, stalled, looks, processes, first, halls)


def _name(part: object) -> str:
    return str(getattr(part, "__name__", "")).rpartition(".")[2]


def measure(wanted: list[str]) -> list[Figure]:
    figures: list[Figure] = []
    with tools() as made:
        for part in PARTS:
            if wanted and _name(part) not in wanted:
                continue
            begun, before = time.monotonic(), made.cpu_ms()
            try:
                figures += part.measure(made)
            except pytest.skip.Exception as reason:
                print(f"{_name(part)}: not measured: {reason}", flush=True)
                continue
            took, used = time.monotonic() - begun, (made.cpu_ms() - before) / 1000
            figures.append(Figure(f"load_client_cpu_{_name(part)}", round(100 * used / took), "%_of_a_core"))
            print(f"{_name(part)}: {took:.0f} s, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*", default=[], choices=[_name(part) for part in PARTS])
    chosen = parser.parse_args()
    pin(0, cores()[1])
    figures = measure(chosen.only)
    missed = failing(figures)
    for figure in [*missed, *(each for each in figures if each not in missed)]:
        bound = bounds.get(figure.name)
        print(f"{figure.name} {figure.value:g} {figure.unit}" + (f"  # {bound}" if bound else ""))
    if chosen.json:
        kept = {name: {"value": value, "unit": unit} for name, value, unit in figures}
        chosen.json.write_text(json.dumps(kept, indent=2))


if __name__ == "__main__":
    main()
