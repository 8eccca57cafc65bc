"""Our C programs, compiled for this run, and load clients of them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.load import Load
from tests.bench.machine import compiled


@dataclass
class Tools:
    folder: Path
    client: Path
    bare: Path
    loads: list[Load] = field(default_factory=list)

    def load(self) -> Load:
        """A load client of its own; it ends with the run."""
        own = self.folder / f"load-{len(self.loads)}"
        own.mkdir()
        self.loads.append(Load(self.client, own))
        return self.loads[-1]

    def cpu_ms(self) -> float:
        """What all load clients used."""
        return sum(each.tell("wait 0 0").cpu for each in self.loads if each.process.poll() is None) / 1e6


@contextmanager
def tools() -> Iterator[Tools]:
    with tempfile.TemporaryDirectory(prefix="morgen-load-") as folder:
        made = Tools(Path(folder), compiled("load", Path(folder)), compiled("bare", Path(folder)))
        try:
            yield made
        finally:
            for each in made.loads:
                each.close()
