"""What people might say, for a preview of a room and for tests: made up, and another text for each of them."""

from app.texts import gettext_noop as N_
from app.texts import say

SENTENCES = (
    N_("two hours a week without meetings"),
    N_("a coach who knows the neighbourhood"),
    N_("a mandate to allot rooms"),
    N_("the figures of last year"),
    N_("a partner at the housing association"),
    N_("a room close to the residents"),
)


def sentence(number: int, language: str) -> str:
    return f"{say(language, SENTENCES[number % len(SENTENCES)])} ({number + 1})"


def grade(number: int, low: int, high: int) -> int:
    """From `low` to `high`, spread over people as answers are: most near the middle."""
    return low + ((number * 7) % (high - low + 1) + (number * 3) % (high - low + 1)) // 2
