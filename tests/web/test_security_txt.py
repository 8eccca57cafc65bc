"""Where a weakness can be reported, and what a server on the web is not started with."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from app import clock
from app.db import Database
from app.settings import Settings
from tests.conftest import Cast, Running, serving

ROOT = Path(__file__).parents[2]
WEB = {"base_url": "https://morgen.example"}


async def test_it_says_where_and_until_when(db: Database, cast: Cast, database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path, security_contact="mailto:security@morgen.example") as running:
        answer = running.client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:security@morgen.example"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    left = datetime.fromisoformat(fields["Expires"]) - clock.now()
    assert 30 < left.days < 365


async def test_without_a_contact_there_is_none(db: Database, cast: Cast, running: Running) -> None:
    assert running.client().get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "too short"},
        WEB | {"secret": "a" * 40},
        WEB | {"secret": "change me, change me, change me, please"},
        WEB | {"demo": True},
        {"security_contact": "security@morgen.example"},
        {"security_contact": "mailto:a@b.example\r\nX: y"},
        {"oidc_issuer": "http://login.example"},
        {"oidc_issuer": "https://login.example"},
    ],
)
def test_a_server_does_not_start_with(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_on_the_web_it_starts_with_a_good_secret_or_its_own() -> None:
    Settings(**WEB)  # type: ignore[arg-type]
    Settings(**WEB, secret="Xq7-2mPz_9LwKd4RtYb6NcVf8HsGjA3e")  # type: ignore[arg-type]


SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}|\bxox[abp]-\w{10,}"
    r"|\$argon2id?\$v=|\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.|(?i:(?:secret|password|token)[\"']?\s*[=:]\s*[\"'][\w+/-]{32,}[\"'])"
)


def test_no_secret_stands_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    here = Path(__file__).name
    found = []
    for name in listed.rstrip("\0").split("\0"):
        path = ROOT / name
        if path.name == here or not path.is_file() or path.suffix in (".png", ".woff2", ".jpg", ".lock"):
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{name}: {each[0][:60]}" for each in SECRETS.finditer(text)]
    assert found == []
    assert SECRETS.search('password = "Xq7-2mPz_9LwKd4RtYb6NcVf8HsGjA3e"')
