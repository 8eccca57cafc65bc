"""Confirmed means stored: 300 phones go on answering while the server is killed again and again, on both engines."""

import asyncio

import pytest

from tests.resilience.kill_loop import kill_and_answer
from tests.resilience.place import place

pytestmark = pytest.mark.prove
PEOPLE, KILLS, BETWEEN = 300, 8, 4.0
LIVE_WITHIN = 10.0


def test_every_answer_that_a_phone_saw_confirmed_is_stored_once(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with place(database_url) as server:
        outcome = asyncio.run(kill_and_answer(server, PEOPLE, KILLS, BETWEEN))
    with capsys.disabled():
        print(f"\n{KILLS} kills: all {PEOPLE} live again after {', '.join(f'{each:.1f}' for each in outcome.away)} s")
    assert len(outcome.confirmed) == PEOPLE
    assert outcome.wrong() == set()
    assert max(outcome.away) < LIVE_WITHIN
