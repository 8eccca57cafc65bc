"""What holds for every text, also one that nobody would type."""

import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.act import Fields, check, hints
from app.core.act.lexicon import lexicon

FORM = Fields(date=True, time=True, who=True)
WORDS = sorted(
    {word for language in ("nl", "en") for word in [*lexicon(language).verbs, *lexicon(language).nouns]}
    | {
        "ik",
        "I",
        "we",
        "om",
        "te",
        "of",
        "en",
        "and",
        "to",
        "9:30",
        "morgen",
        "Karin",
        "12",
        ",",
        ";",
        ":",
        '"',
        "wordt",
    }
)
texts = st.one_of(
    st.text(max_size=500),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
plain = st.text(alphabet=st.characters(exclude_characters='"“„”«»\n', exclude_categories=["Cs"]), max_size=60)


@given(texts, st.sampled_from([None, "nl", "en", "fr", ""]), st.booleans())
def test_every_text_gets_a_verdict_and_spans_lie_inside_it(text: str, language: str | None, form: bool) -> None:
    verdict = check(text, language=language, opgave=text[:40], fields=FORM if form else Fields())
    assert verdict.verdict in ("concreet", "bijna", "vrijblijvend")
    for hit in verdict.hits:
        assert 0 <= hit.start <= hit.end <= len(text)
        assert hit.match == text[hit.start : hit.end]
    assert len(hints(verdict)) <= 2


@given(texts)
def test_the_same_text_always_gets_the_same_verdict(text: str) -> None:
    assert check(text, fields=FORM) == check(text, fields=FORM)


@given(texts, st.text(alphabet=" \t", max_size=5))
def test_white_space_at_the_end_changes_nothing(text: str, space: str) -> None:
    assert check(text + space, fields=FORM) == check(text, fields=FORM)


@given(plain, plain)
def test_what_stands_in_double_quotes_is_ignored(one: str, other: str) -> None:
    for quoted in ('ik schrap "{}" op pagina 2 en mail Karin', "ik schrap “{}” op pagina 2 en mail Karin"):
        first, second = (check(quoted.format(text), fields=FORM) for text in (one, other))
        assert first.verdict == second.verdict
        assert [hit.rule for hit in first.hits] == [hit.rule for hit in second.hits]


@settings(max_examples=30)
@given(st.sampled_from(WORDS))
def test_repeating_a_word_does_not_slow_it_down(word: str) -> None:
    started = time.perf_counter()
    check(f"{word} " * 400, fields=FORM)
    assert time.perf_counter() - started < 0.25  # a regex that backtracks takes seconds


EVERYDAY = (
    "Ik bel morgen om kwart over negen de programmamanager van de woningcorporatie en vraag welke zes leegstaande "
    "appartementen voor 1 mei verhuurd kunnen worden"
)


@pytest.mark.parametrize("piece", ['"', "... ", "a,", "maak ", "of ", "“", "1 ", "ik ", "en bel "])
def test_the_worst_text_takes_less_than_five_milliseconds(piece: str) -> None:
    """On a machine where this is too much even for everyday words: less than five times of what those take."""
    taken = _least((piece * 400)[:400])
    assert taken < 0.005 or taken < 5 * _least(f"{EVERYDAY}. " * 3)


def _least(text: str) -> float:
    """Seconds of CPU for a check of at most 400 signs."""
    taken = []
    for _ in range(16):
        started = time.process_time()
        check(text[:400], fields=FORM)
        taken.append(time.process_time() - started)
    return min(taken)


def test_a_long_sentence_takes_less_than_five_milliseconds() -> None:
    check(EVERYDAY)
    taken = []
    for _ in range(50):
        started = time.perf_counter()
        check(EVERYDAY)
        taken.append(time.perf_counter() - started)
    assert statistics.median(taken) < 0.005
