"""Text reads on its ground: 4.5 to 1 on phones and laptops, 7 to 1 on the projector, in both themes."""

import pytest

from app.paths import STATIC
from tests.design.colours import contrast, from_hex, from_oklch, tokens

EVERYWHERE = tokens(STATIC / "css/_global.css")
ON_THE_WALL = tokens(STATIC / "css/screens/projector.css").hex
TEXT = [
    ("ink", "paper"), ("ink", "card"), ("ink", "soft"), ("ink", "warm-soft"), ("ink", "good-soft"), ("ink", "bad-soft"),
    ("quiet", "paper"), ("quiet", "card"), ("quiet", "soft"), ("action", "paper"), ("action", "card"),
    ("action", "soft"),
    ("on-action", "action"), ("warm", "paper"), ("warm", "card"), ("warm", "warm-soft"), ("good", "good-soft"),
    ("bad", "card"), ("bad", "bad-soft"), ("on-now", "now"), ("on-wanted", "wanted"), ("paper", "ink"),
]  # fmt: skip
SHAPES = [
    ("edge", "paper"),
    ("edge", "card"),
    ("now", "paper"),
    ("now", "card"),
    ("wanted-edge", "card"),
    ("wanted-edge", "paper"),
]
WALL_TEXT = [
    ("ink", "paper"), ("ink", "card"), ("ink", "soft"), ("quiet", "paper"), ("quiet", "card"), ("warm", "paper"),
    ("good", "good-soft"), ("on-now", "now"), ("on-wanted", "wanted"),
]  # fmt: skip
BANDS = ("#33477a", "#0b5470", "#6b2d5c", "#1c5a39", "#7c3410", "#3d4657")


def both(text: str, ground: str, over: dict[str, tuple[str, str]]) -> list[float]:
    """The contrast in light and in dark; `over` are the tokens that a screen sets anew."""
    known = EVERYWHERE.hex | over
    return [contrast(known[f"color-{text}"][theme], known[f"color-{ground}"][theme]) for theme in (0, 1)]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_has_a_contrast_of_four_and_a_half(text: str, ground: str) -> None:
    assert min(both(text, ground, {})) >= 4.5


@pytest.mark.parametrize(("text", "ground"), WALL_TEXT)
def test_text_on_the_projector_has_a_contrast_of_seven(text: str, ground: str) -> None:
    assert min(both(text, ground, ON_THE_WALL)) >= 7


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_what_carries_meaning_without_text_has_a_contrast_of_three(shape: str, ground: str) -> None:
    assert min(both(shape, ground, {})) >= 3
    assert min(both(shape, ground, ON_THE_WALL)) >= 3


def test_the_white_words_on_a_full_band_have_a_contrast_of_seven() -> None:
    written = (STATIC / "css/pictures.css").read_text()
    for band in BANDS:
        assert f"--band: {band};" in written
        assert contrast("#ffffff", band) >= 7


def test_hex_and_oklch_are_the_same_colours() -> None:
    assert EVERYWHERE.hex.keys() == EVERYWHERE.oklch.keys()
    for name, pair in EVERYWHERE.hex.items():
        for plain, wide in zip(pair, EVERYWHERE.oklch[name], strict=True):
            assert from_oklch(wide) == pytest.approx(from_hex(plain), abs=0.012), name
