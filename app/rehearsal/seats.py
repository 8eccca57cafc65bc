"""Where a player sits: at a table, with the pen or without it, or at home."""

from app.rehearsal.forms import Form, Pair

ONLINE = 7
"""Of so many players one takes part online."""


def seat_for(number: int, form: Form) -> list[Pair]:
    """The seat of the player with this number, 0 for the first: tables fill in turn, who comes first takes the pen."""
    tables = [each.value for each in form.inputs if each.type == "radio" and each.value not in ("0", "online")]
    if number % ONLINE == ONLINE - 1 or not tables:
        return [("table", "online")]
    in_the_room = number - number // ONLINE
    pen = [("pen", "yes")] if in_the_room < len(tables) else []
    return [("table", tables[in_the_room % len(tables)]), *pen]
