"""What stands around the verb of one clause: its things, its people, and how they are reached."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from app.core.act.clauses import Clause
from app.core.act.lexicon import Lexicon
from app.core.act.noun_phrases import NounPhrase
from app.core.act.scan import Token
from app.core.act.verb_uses import VerbUse

IDEAS = ("abstract", "big", "weak", "figure")
_AT = ("naar", "bij", "to")
BY_NAME = ("person", "name", "pronoun")


class Scene:
    """`before`: how visible the act is to which *it* points back; `figurative`: a set phrase such as *in kaart*."""

    def __init__(
        self, tokens: Sequence[Token], clause: Clause, words: Lexicon, figurative: bool, before: int = 1
    ) -> None:
        self.clause, self.words, self.figurative, self.before = clause, words, figurative, before
        self.nouns = clause.nouns
        self.direct = tuple(noun for noun in clause.nouns if not noun.preposition)
        self._all_tokens = tokens
        self._tokens = tokens[clause.start : clause.end]

    @cached_property
    def theme(self) -> NounPhrase | None:
        """The direct object that is not people; one that is known goes first."""
        things = [noun for noun in self.direct if not noun.people]
        return next((noun for noun in things if noun.kind), things[0] if things else None)

    @cached_property
    def someone(self) -> bool:
        return any(noun.someone for noun in self.nouns)

    @cached_property
    def by_name(self) -> bool:
        return any(noun.kind in BY_NAME for noun in self.nouns)

    @cached_property
    def people(self) -> bool:
        return any(noun.people for noun in self.nouns)

    @cached_property
    def numbered(self) -> bool:
        return any(noun.counted for noun in self.nouns) or any(
            token.kind == "number" and not token.time for token in self._tokens
        )

    @cached_property
    def about_an_idea(self) -> bool:
        return any(noun.kind in IDEAS for noun in self.direct)

    @cached_property
    def compares(self) -> bool:
        return self.says("more")

    @cached_property
    def wished(self) -> bool:
        """*apply the rules more flexibly*, *open the windows to society*: for nobody by name, and no number."""
        towards = self.words.sets["reaching"]
        everybody = any(noun.kind == "diffuse" and noun.preposition in towards for noun in self.nouns)
        return (self.compares or everybody) and not (self.numbered or self.has_kind("person", "name"))

    @cached_property
    def arrives(self) -> bool:
        """The clause says at whom or where the thing ends up."""
        ends = [noun for noun in self.nouns if noun.preposition in self.words.sets["reaching"]]
        return any(
            noun.someone or noun.kind in ("thing", "place") or (not noun.kind and noun.preposition in _AT)
            for noun in ends
        )

    @cached_property
    def arrives_at_one(self) -> bool:
        """As `arrives`, but a team does not count: what is brought to a team may be anything."""
        ends = [noun for noun in self.nouns if noun.preposition in self.words.sets["reaching"]]
        return any(noun.kind in (*BY_NAME, "thing", "place") for noun in ends)

    @cached_property
    def refers(self) -> bool:
        """*geef ze aan Jan*: the object was named before."""
        start = max(self.clause.start, 1) - self.clause.start
        for at in range(start, len(self._tokens)):
            after = self._tokens[at + 1].low if at + 1 < len(self._tokens) else ""
            if self._tokens[at].low in self.words.sets["it"] and not (after and self.words.kind(after)):
                return True
        return False

    def has_kind(self, *kinds: str) -> bool:
        return any(noun.kind in kinds for noun in self.nouns)

    def says(self, name: str) -> bool:
        return any(token.low in self.words.sets[name] for token in self._tokens)

    def is_a(self, use: VerbUse, name: str) -> bool:
        return use.sense.lemma in self.words.sets[name]

    def is_based_on(self, use: VerbUse, name: str) -> bool:
        bases = use.sense.lemma.split("|")
        return any(base in self.words.sets[name] for base in bases)

    def placed(self, use: VerbUse) -> bool:
        """*zet de wachttijd op het bord*: even an idea is seen once it hangs somewhere."""
        onto = [noun for noun in self.nouns if noun.preposition in self.words.sets["onto"]]
        seen = any(noun.kind == "thing" or self._all_tokens[noun.at].low == "board" for noun in onto)
        return seen and self.is_a(use, "placing")

    def to_self(self, use: VerbUse) -> bool:
        """*ask myself*, *een afspraak met mezelf*: nobody sees it."""
        for place, token in enumerate(self._tokens):
            if place and token.low in self.words.sets["reflexive"]:
                before = self._tokens[place - 1].low in self.words.sets["with_or_to"]
                if before or self.clause.start + place == use.at + 1:
                    return True
        return False

    def negated(self, use: VerbUse) -> bool:
        """*and not let the mail rule my day*: what is not done is not seen."""
        return use.at > 0 and self._all_tokens[use.at - 1].low in self.words.sets["negations"]

    def counts_after(self, use: VerbUse) -> bool:
        """*kijk hoeveel stoelen er staan*: looking in order to count."""
        rest = [token.low for token in self._all_tokens[use.at :]]
        return "hoeveel" in rest or ("how", "many") in pairwise(rest)
