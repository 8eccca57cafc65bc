"""Does a sentence in which nothing is seen positively read as an intention, or do we only not know its words?

What nobody knows (a rare verb, dialect, a typing error) is no proof: then it is almost an act, not an intention.
"""

from functools import cached_property
from itertools import pairwise

from app.core.act.noun_phrases import NounPhrase
from app.core.act.reading import Reading
from app.core.act.scene import IDEAS

_KNOWN_IDEAS = tuple(kind for kind in IDEAS if kind != "weak")  # an ending alone proves nothing
_KNOWN_ROLES = ("tell", "hand", "light", "move", "plan")
_VAGUE_ROLES = ("vague", "talk")


class Intention:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._clauses = [clause for clause in reading.clauses if clause.scope in ("main", "purpose")]

    @cached_property
    def positive(self) -> bool:
        """It shows an idea, a comparison, a set phrase or everybody, and nothing that can be pointed at."""
        if self._figure or self._compares or self._i_am:
            return not (self._reading.number or self._has("name"))
        return (self.idea or self._vague or self._empty) and not self.grounded

    @cached_property
    def grounded(self) -> bool:
        """A number, one person, a place, or a thing to which it is done."""
        return self.pointed or self._has("place") or self.maybe_someone

    @cached_property
    def pointed(self) -> bool:
        """As `grounded`, but a place is not enough: one can be visible in the street without doing a thing."""
        if self._reading.number or self._has("name", "person"):
            return True
        things = [noun for noun in self._nouns if noun.kind == "thing"]
        return any(not noun.preposition for noun in things) or bool(things and self._verb_unknown)

    @cached_property
    def idea(self) -> bool:
        about = self._nouns
        if self._verb_unknown and any(noun.kind in ("", "thing", "weak") and not noun.preposition for noun in about):
            about = [noun for noun in about if not noun.preposition]  # Parkeerontheffing voor de thuiszorg fiksen
        return any(noun.kind in (*_KNOWN_IDEAS, "diffuse") for noun in about) or self._figure or self._compares

    @cached_property
    def maybe_someone(self) -> bool:
        """A bare word that nobody knows, where a person is named: *bespreek met saskia*, *app ibrahim*."""
        sets, tells = self._reading.words.sets, "tell" in self._roles
        return any(
            noun.kind == ""
            and not noun.definite
            and (noun.preposition in sets["with_someone"] if noun.preposition else tells)
            for noun in self._nouns
        )

    @cached_property
    def _vague(self) -> bool:
        return bool(self._roles & set(_VAGUE_ROLES)) or self._reading.find_any("vague_phrases")

    @cached_property
    def _i_am(self) -> bool:
        """*Ik ben er voor de wijk*: a state; *I am bringing* is not."""
        tokens, sets = self._reading.tokens, self._reading.words.sets
        beside = any(
            pair[0].low in sets["i_am"]
            or (pair[0].low in sets["i"] and pair[1].low in sets["copula"])
            or (pair[0].low in sets["copula"] and pair[1].low in sets["i"])
            for pair in pairwise(tokens)
        )
        return beside and self._verb_unknown and not any(token.low.endswith("ing") for token in tokens)

    @cached_property
    def _empty(self) -> bool:
        """A verb that is seen only if its object is, and no object that anybody could see."""
        direct = [noun for noun in self._nouns if not noun.preposition]
        nothing = all(noun.kind == "weak" or (noun.people and not noun.counted) for noun in direct)
        return bool(self._roles) and self._roles <= {"light", "move"} and nothing and not self._has("thing")

    @cached_property
    def _figure(self) -> bool:
        if self._reading.find_any("idioms"):
            return True
        literal = any(noun.kind == "thing" and not noun.preposition for noun in self._nouns)
        return self._reading.find_any("figurative") and not literal  # zet de foto op de kaart

    @cached_property
    def _compares(self) -> bool:
        more = self._reading.words.sets["more"]
        return not self._reading.number and any(token.low in more for token in self._reading.tokens)

    @cached_property
    def _nouns(self) -> list[NounPhrase]:
        return [noun for clause in self._clauses for noun in clause.nouns]

    @cached_property
    def _roles(self) -> set[str]:
        return {use.sense.role for clause in self._clauses for use in clause.verbs}

    @cached_property
    def _verb_unknown(self) -> bool:
        return not self._roles & {*_KNOWN_ROLES, *_VAGUE_ROLES}

    def _has(self, *kinds: str) -> bool:
        return any(noun.kind in kinds for noun in self._nouns)
