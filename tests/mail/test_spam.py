"""Every letter as SpamAssassin sees it, by the rules that need no network: sound MIME, all headers, a low score."""

import mailbox
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
SUM = re.compile(r"\((-?\d+\.\d) points")


@pytest.fixture(scope="module")
def spamassassin() -> str:
    found = shutil.which("spamassassin")
    if found is None:
        assert not os.environ.get("CI"), "CI needs SpamAssassin"
        pytest.skip("SpamAssassin is not installed")
    return found


def reports_on(spamassassin: str, home: Path, mails: Sequence[OutgoingMail]) -> list[tuple[float, dict[str, float]]]:
    """Per mail the sum, and the rules that were hit. All in one process: reading the rules takes long."""
    box = mailbox.mbox(home / "letters")
    for mail in mails:
        box.add(message(mail, "post@morgen.example"))
    box.close()
    told = run(spamassassin, home, "--mbox", str(home / "letters"))
    reports = told.split("Content analysis details:")[1:]
    assert len(reports) == len(mails), told
    return [
        (float(SUM.findall(each)[0]), {name: float(points) for points, name in HIT.findall(each)}) for each in reports
    ]


def run(spamassassin: str, home: Path, *arguments: str, given: bytes = b"") -> str:
    return subprocess.run(
        [spamassassin, "--local", "--test-mode", "--nocreate-prefs", *arguments],
        input=given,
        capture_output=True,
        check=True,
        env=os.environ | {"HOME": str(home), "LC_ALL": "C"},
    ).stdout.decode()


@pytest.mark.one_engine
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_letter_looks_like_spam_or_is_badly_made(
    db: Database, tuesday: Cast, by_file: Settings, hands: Hands, spamassassin: str, tmp_path: Path, language: str
) -> None:
    letters = {mail.letter: mail for mail in await played(db, tuesday, by_file, hands, language)}
    assert letters.keys() == ALL
    for name, (points, hits) in zip(letters, reports_on(spamassassin, tmp_path, [*letters.values()]), strict=True):
        print(f"{language} {name}: {points} {sorted(hits)}")
        assert points < MOST, (name, hits)
        assert hits.keys() <= HARMLESS.keys(), name


def test_what_is_badly_made_is_seen(spamassassin: str, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    bad = b"Subject: BUY NOW!!!\r\n\r\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n"
    told = run(spamassassin, tmp_path, given=bad)
    assert float(SUM.findall(told)[0]) > 500
    assert {"MISSING_DATE", "MISSING_FROM"} <= {name for _, name in HIT.findall(told)}
