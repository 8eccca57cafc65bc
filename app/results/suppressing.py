"""Small cells of a table are hidden, and enough others that nobody can work them out.

`k` is the smallest group. A cell below `k` is hidden, a zero too: that nobody did something tells what each person did.
Whoever knows the total (another table may give it) takes what is shown from it and finds the sum of what is hidden. So
more cells go, the smallest first, until the hidden ones are two at least, hold `k` together, and are not all as large
as a small cell can be. What stays hides what is gone; nothing is rounded and no chance is in it.
"""

from collections.abc import Mapping

from app.results.rates import K, Outcome


def without_small(cells: Mapping[str, int], k: int) -> dict[str, int]:
    """The cells that may be shown, in their order. All of them when none is small."""
    order = sorted(cells, key=lambda name: (cells[name], name))
    hidden = [name for name in order if cells[name] < k]
    rest = order[len(hidden) :]
    while hidden and rest and not _is_safe([cells[name] for name in hidden], k):
        hidden.append(rest.pop(0))
    return {name: count for name, count in cells.items() if name not in hidden}


def part(count: int, whole: int, k: int) -> int | None:
    """`count` out of `whole`, None where those counted or the others are fewer than `k`."""
    return count if min(count, whole - count) >= k else None


def breakdown(groups: Mapping[str, Outcome], k: int = K) -> dict[str, Outcome | None]:
    """The groups, in their order, with None in place of those that tell what somebody did: fewer than `k` answered, or
    all of them did the same. The smallest others go too, until the hidden ones together tell nothing either."""
    shown = sorted((name for name in groups if groups[name].hides_persons(k)), key=lambda name: groups[name].n)
    hidden = sum((outcome for name, outcome in groups.items() if name not in shown), Outcome())
    while shown and hidden.n and not hidden.hides_persons(k):
        hidden += groups[shown.pop(0)]
    return {name: outcome if name in shown else None for name, outcome in groups.items()}


def _is_safe(hidden: list[int], k: int) -> bool:
    return len(hidden) > 1 and sum(hidden) >= k and set(hidden) != {k - 1}
