"""What stands still, goes away or fills up: what people see, what is kept, and that it heals by itself."""

import asyncio
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.resilience.place import Place, place

ON_OUR_SIDE = ("bij ons iets mis", "on our side")


def says_so(answer: httpx2.Response) -> bool:
    """It failed, the fault is ours, and the text is still there."""
    return answer.status_code == 500 and any(words in answer.text for words in ON_OUR_SIDE)


def frozen_for(made: Place, seconds: float) -> None:
    """A tap that meets a frozen server waits, is stored once, and the room goes on."""
    cookie = made.join()
    assert made.move(0, 1).is_success
    answered: list[int] = []
    with made.frozen():
        tap = threading.Thread(target=lambda: answered.append(_patient(made, cookie, seconds)))
        tap.start()
        time.sleep(seconds)
    tap.join(60)
    assert answered == [200]
    assert made.tap(cookie).is_success
    assert made.answers() == 1
    assert made.is_ready()


def _patient(made: Place, cookie: str, seconds: float) -> int:
    path = f"{made.address}/w/{made.code}/activities/{made.moments[1][0]}/contributions"
    headers = {"Origin": made.address, "Cookie": cookie, "HX-Request": "true"}
    return httpx2.post(
        path, data={"pick": "veel", "key": "k"}, headers=headers, timeout=seconds + 30, verify=False
    ).status_code


def test_a_frozen_server_thaws_with_everything(tmp_path: Path) -> None:
    with place(f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}") as made:
        frozen_for(made, 3.0)


@pytest.mark.prove
def test_a_server_frozen_for_half_a_minute_thaws_with_everything(tmp_path: Path) -> None:
    with place(f"sqlite+aiosqlite:///{tmp_path / 'morgen.db'}") as made:
        frozen_for(made, 30.0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        assert not os.environ.get("CI"), "CI mounts a small disk"
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_loses_nothing_that_was_confirmed(small_disk: Path) -> None:
    """Who taps reads that it failed on our side; screens go on; with room again, taps are stored again."""
    with place(f"sqlite+aiosqlite:///{small_disk / 'morgen.db'}", data=str(small_disk)) as made:
        cookies = [made.join() for _ in range(3)]
        assert made.move(0, 1).is_success
        assert made.tap(cookies[0]).is_success
        ballast = small_disk / "ballast"
        fill(ballast)
        answers = [made.tap(cookie, "weinig") for cookie in cookies for _ in range(20)]
        failed = [answer for answer in answers if not answer.is_success]
        assert failed
        assert all(says_so(answer) for answer in failed)
        page = httpx2.get(f"{made.address}/w/{made.code}", headers={"Cookie": cookies[0]})
        assert page.is_success
        ballast.unlink()
        assert [made.tap(cookie, "niets").status_code for cookie in cookies] == [200, 200, 200]
        assert made.answers() == 3
        assert asyncio.run(made.stored())[2] == 3


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(os.urandom(4096))
        except OSError:
            return
