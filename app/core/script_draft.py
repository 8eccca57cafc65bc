"""A draaiboek while it is being written: the same shape as a Script, but anything may still be missing or wrong.

Changes are made on a draft; `document()` is what is stored, validated and exported, with the keys in the order of the
shipped files and without what has its default.
"""

from typing import Any

from pydantic import BaseModel, Field

MOST_STEPS = 60
_DEFAULTS: dict[str, object] = {"keep": False, "when": "always", "activity": None, "cut_order": []}


class DraftText(BaseModel):
    nl: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        """In the language, else in the other: a draft may have only one."""
        return (self.en or self.nl) if language == "en" else (self.nl or self.en)


class DraftActivity(BaseModel):
    key: str = ""
    kind: str = ""
    when: str = "always"
    spec: dict[str, Any] = {}

    @property
    def question(self) -> DraftText:
        said = self.spec.get("question")
        return DraftText(**{name: str(said.get(name, "")) for name in ("nl", "en")} if isinstance(said, dict) else {})


class DraftStep(BaseModel):
    """`minutes` is what was typed where that is no number."""

    key: str = ""
    title: DraftText = DraftText()
    minutes: int | str = 5
    keep: bool = False
    goal: DraftText = DraftText()
    say: DraftText = DraftText()
    watch: DraftText = DraftText()
    rescue: list[DraftText] = []
    activities: list[DraftActivity] = []

    def document(self) -> dict[str, Any]:
        made: dict[str, Any] = _pruned(self.model_dump())
        return made


class DraftCut(BaseModel):
    step: str = ""
    activity: str | None = None


class DraftScript(BaseModel):
    key: str = ""
    title: DraftText = DraftText()
    summary: DraftText = DraftText()
    minutes: int | str = 40
    commit_at: int | str = 10
    cut_order: list[DraftCut] = Field(default_factory=list)
    steps: list[DraftStep] = Field(default_factory=list)

    def document(self) -> dict[str, Any]:
        made: dict[str, Any] = _pruned(self.model_dump())
        return made

    def index(self, key: str) -> int | None:
        return next((at for at, step in enumerate(self.steps) if step.key == key), None)

    def step(self, key: str) -> DraftStep | None:
        at = self.index(key)
        return None if at is None else self.steps[at]

    def move_step(self, key: str, by: int) -> None:
        """One place up (-1) or down (1); at the end of the list nothing moves."""
        at = self.index(key)
        if at is not None:
            move(self.steps, at, by)

    def drop_step(self, key: str) -> tuple[int, DraftStep] | None:
        """What was dropped, and from where. The cut order forgets it too."""
        at = self.index(key)
        if at is None:
            return None
        dropped = self.steps.pop(at)
        self._forget_cuts()
        return at, dropped

    def add_step(self, step: DraftStep, at: int) -> str:
        """The key it got: a second `s5` is `s5-2`."""
        key = free_key(step.key, [each.key for each in self.steps])
        self.steps.insert(at, step.model_copy(update={"key": key}, deep=True))
        return key

    def put_step(self, key: str, step: DraftStep) -> None:
        """Instead of the step with this key; at the end where it was dropped meanwhile."""
        at = self.index(key)
        if at is None:
            self.steps.append(step)
        else:
            self.steps[at] = step
        self._forget_cuts()

    def _forget_cuts(self) -> None:
        known: set[tuple[str, str | None]] = {(step.key, None) for step in self.steps}
        known |= {(step.key, each.key) for step in self.steps for each in step.activities}
        self.cut_order = [cut for cut in self.cut_order if (cut.step, cut.activity) in known]


def move(items: list[Any], at: int, by: int) -> None:
    """Swap an item with its neighbour, if it has one there."""
    to = at + by
    if 0 <= at < len(items) and 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]


def free_key(key: str, taken: list[str]) -> str:
    """`s5`, else `s5-2`, `s5-3`: what stands before the dash is the place in the method."""
    if key not in taken:
        return key
    place = key.split("-")[0] if key[:1] == "s" and key.split("-")[0][1:].isdigit() else key
    return next(made for number in range(2, len(taken) + 3) if (made := f"{place}-{number}") not in taken)


def _pruned(value: Any) -> Any:
    """Without what has its default. What a kind asks stays as it is."""
    if isinstance(value, list):
        return [_pruned(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {name: each for name, each in value.items() if name not in _DEFAULTS or each != _DEFAULTS[name]}
    return {name: each if name == "spec" else _pruned(each) for name, each in kept.items()}
