"""Half of the hints between two processes are lost: everything is seen all the same, a little later."""

from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect

from tests.bench.house import until_alive
from tests.live.test_two_processes import WITHOUT_HINT, Line
from tests.postgres import Cluster
from tests.redis import redis_server
from tests.resilience.between import between
from tests.resilience.place import end, free_port, place, serve

STEPS = 5
TOKEN = "a token for the tests"


@pytest.mark.postgres
def test_with_half_of_the_hints_lost_every_step_is_seen_in_the_other(postgres: Cluster, tmp_path: Path) -> None:
    with (
        postgres.database() as url,
        redis_server(tmp_path) as redis,
        between(redis.port, loses=True) as line,
        place(url, MORGEN_BUS=f"redis://127.0.0.1:{line.port}/0", MORGEN_METRICS_TOKEN=TOKEN) as one,
    ):
        port = free_port()
        process = serve(str(tmp_path / "other"), port, one.settings)
        try:
            until_alive(f"http://127.0.0.1:{port}", process)
            headers = {"Cookie": one.join(), "Origin": f"http://127.0.0.1:{port}"}
            place_of = f"ws://127.0.0.1:{port}/w/{one.code}/live/participant"
            with connect(place_of, additional_headers=headers, compression=None) as socket:
                phone = Line(socket)
                phone.hears("screen", 10)
                for step in range(STEPS):
                    leaves, leads_to = (0, 1) if step % 2 == 0 else (1, 0)
                    assert one.move(leaves, leads_to).is_success
                    phone.hears(one.moments[leads_to][0], WITHOUT_HINT + 2)
            shows = {"Authorization": f"Bearer {TOKEN}"}
            told = httpx2.get(f"http://127.0.0.1:{port}/metrics", headers=shows).text.splitlines()
        finally:
            end(process)
    assert line.lost >= 1
    assert "morgen_lost_hints_total 0.0" not in told
    assert "morgen_bus_up 1.0" in told
