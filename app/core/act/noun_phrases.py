"""The noun phrases of a clause: what or who the act is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.act.lexicon import Kind, Lexicon
from app.core.act.scan import Token
from app.core.act.verb_uses import VerbUse, is_name

_FUNCTION = ("skipped", "aux", "asking", "i", "condition", "purpose", "relative")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`preposition` is empty for a direct object; `counted`: a number goes before it."""

    at: int
    kind: Kind
    preposition: str
    definite: bool
    counted: bool

    @property
    def someone(self) -> bool:
        return self.kind in ("person", "name", "pronoun") or (self.kind == "group" and (self.definite or self.counted))

    @property
    def people(self) -> bool:
        return self.kind in ("person", "name", "pronoun", "group", "diffuse")


def find_noun_phrases(
    tokens: Sequence[Token], start: int, end: int, verbs: Sequence[VerbUse], words: Lexicon
) -> tuple[NounPhrase, ...]:
    used = {use.at for use in verbs} | {use.particle for use in verbs if use.particle is not None}
    return tuple(_Chunker(tokens, words).chunk(start, end, used))


class _Chunker:
    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self._tokens, self._words = tokens, words
        self._found: list[NounPhrase] = []
        self._open: list[int] = []
        self._preposition = ""
        self._definite = self._counted = False

    def chunk(self, start: int, end: int, used: set[int]) -> list[NounPhrase]:
        for at in range(start, end):
            if at in used or self._tokens[at].ends or self._tokens[at].time:
                self._close()
                self._preposition = ""
            else:
                self._take(at)
        self._close()
        return self._found

    def _take(self, at: int) -> None:
        token, sets = self._tokens[at], self._words.sets
        named = is_name(self._tokens, at, self._words)
        if token.kind == "quote" or (named and token.low not in sets["prepositions"]):
            self._open.append(at)
        elif token.low in sets["pronouns"] and not self._governs_noun(at):
            self._close()
            self._found.append(NounPhrase(at, "pronoun", self._preposition, True, False))
            self._preposition = ""
        elif token.kind == "number" or token.low in sets["numbers"]:
            self._close(keep=True)
            self._counted = True
        elif token.low in sets["prepositions"]:
            self._close()
            self._preposition = token.low
        elif token.low in sets["determiners"]:
            self._close(keep=True)
            self._definite = True
        elif token.low in sets["coordinators"] or any(token.low in sets[name] for name in _FUNCTION):
            self._close(keep=True)
        else:
            self._open.append(at)

    def _governs_noun(self, at: int) -> bool:
        """*haar brief*: a possessive, not a person."""
        token, follows = self._tokens[at], self._tokens[at + 1 : at + 2]
        if not follows or follows[0].kind != "word" or not self._words.has(token.low, "determiners"):
            return False
        return not self._words.has(follows[0].low, "determiners", "skipped") and bool(self._words.kind(follows[0].low))

    def _close(self, keep: bool = False) -> None:
        """End the open phrase; `keep` holds the preposition when nothing was said yet."""
        if self._open:
            at, kind = self._head()
            self._found.append(NounPhrase(at, kind, self._preposition, self._definite, self._counted))
            self._open.clear()
            self._definite = self._counted = False
            self._preposition = ""
        elif not keep:
            self._preposition = ""
            self._definite = self._counted = False

    def _named_thing(self) -> Kind:
        """*dossier Kramer* is a file, *wethouder Smit* a person."""
        kinds = [
            self._words.kind(self._tokens[at].low) for at in self._open if not is_name(self._tokens, at, self._words)
        ]
        return next((kind for kind in kinds if kind in ("thing", "place", "meet")), "")

    def _head(self) -> tuple[int, Kind]:
        leading = self._words.kind(self._tokens[self._open[0]].low)
        if self._words.language == "nl" and len(self._open) > 1 and leading in ("abstract", "big"):
            return self._open[0], leading  # het thema laadpalen
        follow = {self._words.kind(self._tokens[at].low) for at in self._open[1:]}
        if self._words.language == "nl" and leading == "thing" and follow & {"abstract", "big", "weak"}:
            return self._open[0], leading  # het agendapunt huisvesting
        if len(self._open) > 1 and self._tokens[self._open[-1]].low in ("time", "times"):
            return self._open[-1], ""  # speaking time can be counted, time cannot
        for at in reversed(self._open):
            kind = self._words.kind(self._tokens[at].low)
            if is_name(self._tokens, at, self._words) and kind not in ("place", "thing", "group"):
                return at, self._named_thing() or "name"
            if kind:
                return at, kind
        return self._open[-1], ""
