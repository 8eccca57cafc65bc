"""Confirmed means stored, on both engines; the long form stands in `tests/prove`."""

import asyncio

from tests.resilience.kill_loop import kill_and_answer
from tests.resilience.place import place

PEOPLE, KILLS, BETWEEN = 12, 2, 0.7
BACK_WITHIN = 8.0
"""Seconds after the server is ready again: a page tries every 4 s at the latest."""


def test_what_a_phone_saw_confirmed_is_stored_once_though_the_server_was_killed(database_url: str) -> None:
    with place(database_url) as server:
        outcome = asyncio.run(kill_and_answer(server, PEOPLE, KILLS, BETWEEN))
    assert len(outcome.confirmed) == PEOPLE
    assert outcome.wrong() == set()
    assert max(outcome.back) < BACK_WITHIN
