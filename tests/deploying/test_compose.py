"""`compose.yaml`: it holds together, and what stands in it runs."""

import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect

from app.settings import Settings
from tests.conftest import Cast, serving
from tests.deploying.caddy import PORT, caddy, compose, own_address, program, site

SERVICE = {"build", "command", "configs", "depends_on", "env_file", "environment", "expose", "healthcheck", "image"}
SERVICE |= {"networks", "ports", "profiles", "restart", "stop_grace_period", "ulimits", "volumes"}
"""What the Compose specification calls what we use; a word that it does not know stops Compose."""


@pytest.mark.one_engine
def test_every_name_in_it_is_the_name_of_something() -> None:
    whole = compose()
    assert {key for key in whole if not key.startswith("x-")} == {"services", "configs", "volumes"}
    for name, service in whole["services"].items():
        assert set(service) <= SERVICE, name
        assert ("image" in service) != ("build" in service), name
        assert service["profiles"], name
        needed = whole["services"].keys() & service.get("depends_on", {})
        assert needed == set(service.get("depends_on", {})), name
        assert all(set(service["profiles"]) <= set(whole["services"][each]["profiles"]) for each in needed), name
        assert {each.partition(":")[0] for each in service.get("volumes", ())} <= set(whole["volumes"]), name
        assert {each["source"] for each in service.get("configs", ())} <= set(whole["configs"]), name
        ours = {each.removeprefix("MORGEN_").lower() for each in service.get("environment", ()) if "MORGEN" in each}
        assert ours <= set(Settings.model_fields), name


@pytest.mark.one_engine
def test_each_profile_has_one_service_that_caddy_finds_as_morgen() -> None:
    services = compose()["services"]
    for profile in ("one", "many"):
        there = {name: service for name, service in services.items() if profile in service["profiles"]}
        found = [
            name
            for name, service in there.items()
            if name == "morgen" or "morgen" in service.get("networks", {}).get("default", {}).get("aliases", ())
        ]
        assert len(found) == 1
        assert there[found[0]]["healthcheck"]
        assert "ports" not in there[found[0]], "only Caddy is reached from outside"
        assert "caddy" in there


@pytest.mark.one_engine
def test_the_file_for_caddy_holds(tmp_path: Path) -> None:
    chosen = site(tmp_path, "https://morgen.example.nl")
    done = subprocess.run([program(), "validate", "--adapter", "caddyfile", "--config", chosen], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.one_engine
def test_the_health_check_says_whether_it_is_ready(database_url: str, tmp_path: Path) -> None:
    [kind, command, *rest] = compose()["services"]["morgen"]["healthcheck"]["test"]
    assert (kind, command) == ("CMD", "python")
    with serving(database_url, tmp_path) as made:
        asks = [sys.executable, *(each.replace(f":{PORT}/", f":{made.settings.port}/") for each in rest)]
        assert subprocess.run(asks, stderr=subprocess.DEVNULL).returncode == 0
        made.app.state.stopping = True
        assert subprocess.run(asks, stderr=subprocess.DEVNULL).returncode != 0


@pytest.mark.one_engine
async def test_through_caddy_pages_and_sockets_come_encrypted(database_url: str, tmp_path: Path, cast: Cast) -> None:
    behind, room = own_address(), f"/w/{cast.workshop.code}"
    with (
        serving(database_url, tmp_path, host=behind, port=PORT, trust_proxy="*"),
        caddy(tmp_path, [behind]) as front,
        httpx2.Client(base_url=front.address, verify=front.trusts, headers={"Origin": front.address}) as phone,
    ):
        joined = phone.post(f"{room}/participants", headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "9.9.9.9"})
        assert joined.has_redirect_location
        assert "Strict-Transport-Security" in joined.headers
        assert "secure" in joined.headers["set-cookie"].lower()
        assert phone.get(room).is_success
        cookie = joined.headers["set-cookie"].partition(";")[0]
        line = front.address.replace("https", "wss") + f"{room}/live/participant"
        headers = {"Cookie": cookie, "Origin": front.address}
        with connect(line, ssl=front.trusts, additional_headers=headers, compression=None) as socket:
            assert "Vraag binnen" in str(socket.recv(timeout=5))
