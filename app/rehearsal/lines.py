"""What simulated participants type, in Dutch. Every line is put together anew: three hundred people say hundreds of
different things."""

from collections.abc import Set
from dataclasses import dataclass
from random import Random
from string import Formatter

from app.core.obstacles import OBSTACLES
from app.rehearsal import phrases

LEAVES = 0.3
"""How often somebody leaves a field that may stay empty."""


@dataclass(slots=True)
class Lines:
    """Lines for one form: what else stands in it (`fields`, and `choices` to tick) tells what is asked."""

    fields: Set[str]
    choices: Set[str]
    chance: Random
    wise: bool
    name: str
    party: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        self.party = self.chance.choice(phrases.PARTIES)

    def for_field(self, field: str, autocomplete: str = "", required: bool = False) -> str:
        """What somebody types in a field of this name; empty: they leave it."""
        last = field.rpartition(".")[2]
        if last == "name":
            return self.party[0] if "goal" in self.fields else self.name
        if last == "goal":
            return self.party[1]
        if autocomplete == "email" or last == "address":
            return f"{self.name.lower()}{self.chance.randint(1, 99999)}@rehearsal.invalid"
        if field.startswith("words."):
            last = "words"
        pool = self._pool(last)
        if pool is None:
            return self._made(phrases.CARDS) if required else ""
        if not required and last in phrases.OPTIONAL and self.chance.random() < LEAVES:
            return ""
        return self._made(pool)

    def _pool(self, last: str) -> tuple[str, ...] | None:
        if last == "text":
            return self._cards()
        if last == "who" and "where" in self.fields:
            return phrases.WHO
        good, vague = phrases.FIELDS.get(last, (None, None))
        return good if self.wise or vague is None else vague

    def _cards(self) -> tuple[str, ...]:
        """A card that asks who arranges it is a condition; with a source or a size it is a fact or a need."""
        if "owner" in self.fields:
            return phrases.CONDITIONS if self.wise else phrases.WISHES
        if self.choices & OBSTACLES.keys() - {"MANDAAT", "MIDDELEN", "ANDERS"}:
            return phrases.OBSTACLES
        if "type" in self.fields:
            return phrases.NEEDS if self.wise else phrases.WISHES
        return phrases.FACTS if "detail" in self.fields else phrases.CARDS

    def _made(self, pool: tuple[str, ...]) -> str:
        """One of the phrases with its places filled, and those of what was filled in."""
        text = self.chance.choice(pool)
        while "{" in text:
            names = {place for _, place, _, _ in Formatter().parse(text) if place}
            text = text.format(**{name: self.chance.choice(phrases.WORDS[name]) for name in names})
        return text
