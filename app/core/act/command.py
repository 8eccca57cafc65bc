"""The body of `morgen act check`: sentences in, verdicts out."""

from collections.abc import Iterable, Iterator

from app.core.act.case import Fields
from app.core.act.verdict import check

_ALL_GIVEN = Fields(date=True, time=True, who=True, place=True)


def check_lines(lines: Iterable[str], *, fields: bool, language: str | None, opgave: str) -> Iterator[str]:
    """One verdict word for each line that is not empty. With `fields` the form gives day, time, place and person."""
    given = _ALL_GIVEN if fields else Fields()
    for line in lines:
        if line.strip():
            yield check(line, language=language, opgave=opgave, fields=given).verdict
