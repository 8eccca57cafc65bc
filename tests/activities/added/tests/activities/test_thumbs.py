"""Thumbs are counted, up and down."""

from app.activities.thumbs import Thumbs, ThumbsTally
from app.core.entry import Spec
from tests.activities.rooms import shown

EXAMPLE_SPEC: dict[str, object] = {}


def example_form(number: int) -> dict[str, str]:
    return {"thumb": "up" if number % 3 else "down"}


def test_up_and_down_are_counted_apart() -> None:
    cards = [shown("thumbs", number, example_form(number)) for number in range(6)]
    spec = Spec.model_validate({"question": {"nl": "Doen?", "en": "Shall we?"}})
    assert Thumbs().tally(spec, cards) == ThumbsTally(up=4, down=2)
