"""The `websockets` library's own `broadcast()` on uvloop, as a reference: `python -m tests.bench.broadcast PORT FRAME`.

Each number on stdin tells the text to so many sockets; the answer is when that began (CLOCK_MONOTONIC, ns).
"""

import asyncio
import sys
import time
from pathlib import Path

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main(port: int, text: str) -> None:
    seats: dict[ServerConnection, None] = {}

    async def seat(line: ServerConnection) -> None:
        seats[line] = None
        try:
            await line.wait_closed()
        finally:
            del seats[line]

    def told() -> None:
        count = sys.stdin.readline()
        if not count:
            over.set()
            return
        begun = time.monotonic_ns()
        broadcast(list(seats)[: int(count)], text)
        print(begun, flush=True)

    over = asyncio.Event()
    async with serve(seat, "127.0.0.1", port, compression=None, open_timeout=60, ping_interval=60):
        asyncio.get_running_loop().add_reader(sys.stdin, told)
        print("ready", flush=True)
        await over.wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), Path(sys.argv[2]).read_text()))
