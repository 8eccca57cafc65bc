"""Filling in a form as somebody with a phone would: wisely, or foolishly."""

from collections.abc import Iterator
from random import Random

from app.rehearsal.forms import Form, Input, Pair, number_in
from app.rehearsal.lines import Lines

KEEPS = 0.85
"""How often somebody leaves what was chosen for them."""
TICKS = 0.06
"""How often somebody ticks what nobody asked of them."""
TOO_MANY = 0.3
"""How often somebody foolish gives more dots than there are."""
LOW, HIGH = ("now", "available"), ("wanted", "should", "needed", "confidence")
WRITTEN = ("text", "search", "textarea", "email")


def fill(form: Form, chance: Random, wise: bool, name: str) -> list[Pair]:
    """The fields to send; `name` is what this person is called."""
    lines = Lines(form.shape, form.values, chance, wise, name)
    sent = [(each.name, each.value) for each in form.inputs if each.type == "hidden"]
    for group in form.groups("radio"):
        sent.append(_pick(group, chance))
    for group in form.groups("checkbox"):
        sent += _tick(group, chance, wise)
    sent += _share_out(form, chance, wise)
    for each in form.inputs:
        if each.type == "select":
            sent.append((each.name, _option(each, chance)))
        elif each.type in WRITTEN:
            sent += _write(each, lines)
    return sent + form.buttons[:1]


def _pick(group: list[Input], chance: Random) -> Pair:
    """What was chosen already mostly stays; where that is *none of these* people look further."""
    chosen = next((each for each in group if each.checked and each.value), None)
    if chosen is None or chance.random() > KEEPS:
        chosen = chance.choice(_likely(group))
    return chosen.name, chosen.value


def _likely(group: list[Input]) -> list[Input]:
    """People see less now than they want, and more often a yes than anything else."""
    half, last = len(group) // 2, group[0].name.rpartition(".")[2]
    if last in LOW:
        return group[: half + 1]
    if last in HIGH:
        return group[half:]
    return group + [each for each in group if each.value == "yes"] * 2


def _tick(group: list[Input], chance: Random, wise: bool) -> Iterator[Pair]:
    """Of boxes with a question above them, as many as it asks for; of others seldom one."""
    if group[0].legend:
        most = min(len(group), number_in(group[0].legend))
        foolish = not wise and chance.random() < TOO_MANY
        count = min(len(group), most + 1) if foolish else chance.randint(1, most)
        yield from ((each.name, each.value) for each in chance.sample(group, count))
        return
    for each in group:
        if each.checked or chance.random() < TICKS:
            yield each.name, each.value


def _share_out(form: Form, chance: Random, wise: bool) -> Iterator[Pair]:
    """Dots over the number fields: as many as there are, or one too many."""
    fields = [each for each in form.inputs if each.type == "number"]
    left = (form.total or 3) + (not wise and chance.random() < TOO_MANY) if fields else 0
    given = dict.fromkeys((each.name for each in fields), 0)
    while left and (room := [each for each in fields if given[each.name] < (each.most or left)]):
        given[chance.choice(room).name] += 1
        left -= 1
    yield from ((name, str(count)) for name, count in given.items() if count)


def _option(each: Input, chance: Random) -> str:
    """One of the options, seldom the empty one."""
    full = [value for value in each.options if value]
    return chance.choice(full) if full and chance.random() < KEEPS else ""


def _write(each: Input, lines: Lines) -> Iterator[Pair]:
    """What somebody types, as far as it fits; a field that may stay empty sometimes does."""
    text = lines.for_field(each.name, each.autocomplete, each.required)[: each.most or 2000]
    if text:
        yield each.name, text
