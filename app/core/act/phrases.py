"""Fixed phrases, found in one pass over the tokens."""

from collections.abc import Iterator, Sequence

from app.core.act.scan import Token, fold

_GAP = "…"
_LONGEST_GAP = 7

Found = tuple[int, int]  # first token, token after the last


class Phrases:
    """Phrases separated by bars or lines; `…` stands for up to seven words of the same sentence."""

    def __init__(self, source: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in source.replace("\n", "|").split("|"):
            words = tuple(fold(phrase).split())
            if words:
                self._by_first.setdefault(words[0], []).append(words)

    def find(self, tokens: Sequence[Token]) -> Iterator[Found]:
        for at, token in enumerate(tokens):
            for words in self._by_first.get(token.low, ()):
                end = _match(words, tokens, at)
                if end:
                    yield at, end


def _match(words: tuple[str, ...], tokens: Sequence[Token], at: int) -> int:
    for place, word in enumerate(words):
        if word == _GAP:
            return _after_gap(words[place + 1 :], tokens, at)
        if at >= len(tokens) or tokens[at].low != word:
            return 0
        at += 1
    return at


def _after_gap(words: tuple[str, ...], tokens: Sequence[Token], at: int) -> int:
    for start in range(at, min(at + _LONGEST_GAP + 1, len(tokens))):
        if tokens[start].kind == "stop":
            return 0
        end = _match(words, tokens, start)
        if end:
            return end
    return 0
