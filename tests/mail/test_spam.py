"""Every letter as SpamAssassin sees it, by the rules that need no network: sound MIME, all headers, a low score."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.core.letter import OutgoingMail
from app.db import Database
from app.mail.message import message
from app.settings import Settings
from tests.conftest import Cast
from tests.follow_up import Hands
from tests.mail.played import ALL, played

pytest_plugins = ["tests.follow_up_cast"]
MOST = 3.0
HARMLESS = {
    "NO_RECEIVED": "it did not travel",
    "NO_RELAYS": "it did not travel",
    "HTML_MESSAGE": "it has HTML beside the text",
}
HIT = re.compile(r"^\s?(-?\d+\.\d) ([A-Z0-9_]+)\s", re.MULTILINE)
SUM = re.compile(r"^Content analysis details:\s+\((-?\d+\.\d) points", re.MULTILINE)


@pytest.fixture(scope="module")
def spamassassin() -> str:
    found = shutil.which("spamassassin")
    if found is None:
        assert not os.environ.get("CI"), "CI needs SpamAssassin"
        pytest.skip("SpamAssassin is not installed")
    return found


def report_on(spamassassin: str, home: Path, mail: OutgoingMail) -> tuple[float, dict[str, float]]:
    """The sum, and the rules that were hit."""
    told = subprocess.run(
        [spamassassin, "--local", "--test-mode", "--nocreate-prefs"],
        input=message(mail, "post@morgen.example").as_bytes(),
        capture_output=True,
        check=True,
        env=os.environ | {"HOME": str(home), "LC_ALL": "C"},
    ).stdout.decode()
    total = SUM.search(told)
    assert total, told
    return float(total[1]), {name: float(points) for points, name in HIT.findall(told)}


def one_of_each(mails: Sequence[OutgoingMail]) -> dict[str, OutgoingMail]:
    return {mail.letter: mail for mail in mails}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_letter_looks_like_spam_or_is_badly_made(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, spamassassin: str, tmp_path: Path, language: str
) -> None:
    letters = one_of_each(await played(db, tuesday, by_file, hands, language))
    assert letters.keys() == ALL
    for name, mail in letters.items():
        points, hits = report_on(spamassassin, tmp_path, mail)
        print(f"{language} {name}: {points} {sorted(hits)}")
        assert points < MOST, (name, hits)
        assert hits.keys() <= HARMLESS.keys(), name


def test_what_is_badly_made_is_seen(spamassassin: str, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    told = subprocess.run(
        [spamassassin, "--local", "--test-mode", "--nocreate-prefs"],
        input=b"Subject: BUY NOW!!!\r\n\r\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n",
        capture_output=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    ).stdout.decode()
    total = SUM.search(told)
    assert total
    assert float(total[1]) > 500
    assert {"MISSING_DATE", "MISSING_FROM"} <= {name for _, name in HIT.findall(told)}
