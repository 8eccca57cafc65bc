"""Documents that take long to make: each in a program of its own, the last few kept."""

import asyncio
import json
import sys
from collections import OrderedDict
from hashlib import sha256

from fastapi import Request

from app.core.errors import Refused
from app.texts import gettext_noop as N_

MOST_KEPT = 8
PATIENCE = 120.0  # seconds


class Documents:
    """By what it was made from: the same page is not made twice, a changed one is never stale. One at a time."""

    def __init__(self) -> None:
        self.made: OrderedDict[str, bytes] = OrderedDict()
        self.one = asyncio.Lock()

    async def get(self, kind: str, *source: str) -> bytes:
        """`kind`: pdf or png. Raises Refused where this machine lacks what draws documents."""
        asked = json.dumps({kind: source})
        name = sha256(asked.encode()).hexdigest()
        async with self.one:
            if name not in self.made:
                self.made[name] = await _make(asked)
                while len(self.made) > MOST_KEPT:
                    self.made.popitem(last=False)
            self.made.move_to_end(name)
            return self.made[name]


def documents(request: Request) -> Documents:
    """Of this server: a lock belongs to one loop."""
    state = request.app.state
    if not hasattr(state, "documents"):
        state.documents = Documents()
    kept: Documents = state.documents
    return kept


async def _make(asked: str) -> bytes:
    pipe = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(sys.executable, "-m", PROGRAM, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(PATIENCE):
            made, said = await program.communicate(asked.encode())
    except TimeoutError as late:
        raise Refused(N_("Making this file took too long. Open the report and print it.")) from late
    finally:
        if program.returncode is None:  # a server that stops leaves no program behind
            program.kill()
            await program.wait()
    if program.returncode == 0:
        return made
    if b"OSError" in said:
        raise Refused(
            N_("This server cannot make this file: the pango library is missing. Open the report and print it.")
        )
    raise RuntimeError(said.decode(errors="replace")[-500:])


PROGRAM = "app.results.report_pdf"
