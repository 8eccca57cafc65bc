"""What a sentence says, before any rule judges it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.core.act.clauses import Clause, cut
from app.core.act.lexicon import Lexicon, Sense, lexicon
from app.core.act.moments import Moments, find_moments
from app.core.act.noun_phrases import NounPhrase, find_noun_phrases
from app.core.act.scan import Token, scan, unquoted
from app.core.act.scene import Scene
from app.core.act.unknown_acts import hint_of_act, sees_unknown
from app.core.act.unknown_verbs import unknown_verb
from app.core.act.verb_uses import VerbUse, find_verbs
from app.core.act.visibility import sees

_UNKNOWN = Sense("", "unknown", "", "stem")


@dataclass(frozen=True)
class Reading:
    """One sentence in one language. Token places are used inside; spans in the typed text leave through `span`."""

    text: str
    words: Lexicon
    moments: Moments
    tokens: tuple[Token, ...]
    verbs: tuple[VerbUse, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def sights(self) -> tuple[int, ...]:
        """How visible each clause is, 0 to 2; what is asked or waited for does not count."""
        seen: list[int] = []
        for clause in self.clauses:
            seen.append(self._sight(clause, max(seen, default=1)))
        return tuple(seen)

    @cached_property
    def visible(self) -> int:
        return max(self.sights, default=0)

    @cached_property
    def outcome(self) -> bool:
        asked = self.words.language == "nl" and any(t.low in ("vraag", "vragen", "welke") for t in self.tokens)
        return asked or next(self.find("outcome"), None) is not None

    @cached_property
    def nouns(self) -> tuple[NounPhrase, ...]:
        return tuple(noun for clause in self.clauses for noun in clause.nouns)

    @cached_property
    def person(self) -> bool:
        return any(noun.kind in ("person", "name", "pronoun", "group") for noun in self.nouns)

    @cached_property
    def number(self) -> bool:
        counts = self.words.sets["numbers"]
        return any((token.kind == "number" or token.low in counts) and not token.time for token in self.tokens)

    @cached_property
    def own(self) -> bool:
        return any(token.low in self.words.sets["mine"] for token in self.tokens)

    @cached_property
    def anchored(self) -> bool:
        """A visible act at a time of day with a person, a number or an own object, all in the sentence itself."""
        return self.visible == 2 and bool(self.moments.clocks) and (self.person or self.number or self.own)

    def clause_at(self, at: int) -> int:
        return next(n for n, clause in enumerate(self.clauses) if clause.start <= at < clause.end)

    def scope(self, at: int) -> str:
        return self.clauses[self.clause_at(at)].scope

    def sight(self, at: int) -> int:
        return self.sights[self.clause_at(at)]

    def find(self, name: str) -> Iterator[tuple[int, int]]:
        return self.words.phrases[name].find(self.tokens)

    def find_any(self, name: str) -> bool:
        return next(self.find(name), None) is not None

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[last - 1].end

    def place(self, name: str) -> int | None:
        """The first token of a set of words, outside what is asked or told."""
        members = self.words.sets[name]
        return next((at for at, t in enumerate(self.tokens) if t.low in members and self.scope(at) != "content"), None)

    def _sight(self, clause: Clause, before: int) -> int:
        if clause.scope in ("content", "condition"):
            return 0
        scene = Scene(self.tokens, clause, self.words, self._has("figurative", clause), before)
        if self._has("idioms", clause):
            return 0
        best = max((sees(scene, use, self.outcome) for use in clause.verbs), default=0)
        if best == 0 and self._has("talk_phrases", clause) and scene.someone:
            best = 1
        elif best == 0 and all(scene.is_a(use, "helping") for use in clause.verbs):
            best = self._without_verb(scene)
        if best == 0 and not self._has("vague_phrases", clause):
            best = hint_of_act(scene)
        return min(best, 1) if clause.scope == "purpose" or scene.wished else best

    def _has(self, name: str, clause: Clause) -> bool:
        return next(self.words.phrases[name].find(self.tokens[clause.start : clause.end]), None) is not None

    def _without_verb(self, scene: Scene) -> int:
        clause = scene.clause
        spoken = [t.low for t in self.tokens[clause.start : clause.end] if t.kind == "word" and not t.time]
        calls = any(word in self.words.sets["calls"] for word in spoken[:3])
        if calls and any(noun.someone and noun.preposition in self.words.sets["reaching"] for noun in clause.nouns):
            return 2
        at = unknown_verb(self.tokens, clause, self.words)
        if at is None:
            return 0
        verbs = (*clause.verbs, VerbUse(at, _UNKNOWN))
        nouns = find_noun_phrases(self.tokens, clause.start, clause.end, verbs, self.words)
        aside = Clause(clause.start, clause.end, clause.scope, (), nouns, clause.asks)
        return sees_unknown(Scene(self.tokens, aside, self.words, scene.figurative))


def read(text: str, language: str) -> Reading:
    words = lexicon(language)
    plain = unquoted(text)
    moments = find_moments(plain, language)
    tokens = scan(plain, moments.spans)
    verbs = find_verbs(tokens, words)
    return Reading(plain, words, moments, tokens, verbs, cut(tokens, verbs, words))
