"""The report as tables: for a spreadsheet, for CSV and for JSON. No names, and no outcome of one act."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.obstacles import LOOKED_AHEAD, OBSTACLES
from app.core.point_answers import WORDS
from app.results.rates import Rate
from app.results.report import Report
from app.results.report_words import STANDS, STATUS
from app.texts import gettext_noop as N_
from app.texts import say

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet may take the wide signs for the narrow ones."""
WIDTHS = {"text": 60, "goal": 40, "what": 50}


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are (key, heading); the keys are the same in every language."""

    key: str
    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(report: Report, language: str) -> tuple[Table, ...]:
    """In this order: figures, opgave, parties, needs, conditions, commitments."""

    def table(key: str, name: str, columns: dict[str, str], rows: Iterable[tuple[Cell, ...]]) -> Table:
        headings = tuple((each, say(language, heading)) for each, heading in columns.items())
        return Table(key, say(language, name), headings, tuple(rows))

    texts = [(text, N_("Commitment")) for text in report.page.commitments]
    texts += [(text, N_("Intention")) for text in report.page.intentions]
    return (
        table(
            "figures",
            N_("Figures"),
            {"what": N_("What"), "count": N_("Number"), "n": N_("Out of")},
            ((say(language, what), count, n) for what, count, n in figures(report)),
        ),
        table(
            "opgave",
            N_("The opgave"),
            {"version": N_("Version"), "text": N_("Text")},
            ((each.version, each.in_(language)) for each in report.versions),
        ),
        table(
            "parties",
            N_("Parties"),
            {"name": N_("Party"), "goal": N_("Own goal"), "stands": N_("Under this flag"), "estimated": N_("Estimate")},
            (
                (each.name, each.goal, say(language, STANDS[each.stands]), int(each.estimated))
                for each in report.parties
            ),
        ),
        table(
            "needs",
            N_("Needs"),
            {
                **{"text": N_("Need"), "type": N_("Type"), "dots": N_("Dots"), "size": N_("How much")},
                **{
                    "source": N_("Where it comes from"),
                    "stops": N_("What stops for it"),
                    "needed": N_("Needed, 0 to 10"),
                },
                **{"available": N_("There already, 0 to 10"), "settled": N_("Arranged in the room")},
            },
            (
                (
                    *(each.text, each.type, each.dots, each.size, each.source, each.stops),
                    *(each.needed, each.available, int(each.settled)),
                )
                for each in report.needs
            ),
        ),
        table(
            "conditions",
            N_("Conditions"),
            {
                **{"text": N_("What is needed"), "type": N_("Type"), "owner": N_("Who can arrange it")},
                **{
                    "by_date": N_("By when"),
                    "status": N_("How far it is"),
                    "answer": N_("Answer"),
                    "reason": N_("Explanation"),
                },
            },
            (
                (
                    *(each.text, each.type, each.owner[language]),
                    each.answer.by_date.isoformat() if each.answer and each.answer.by_date else each.by_date,
                    say(language, STATUS[each.status]),
                    *((say(language, WORDS[each.answer.answer]), each.answer.text) if each.answer else ("", "")),
                )
                for each in report.conditions
            ),
        ),
        table(
            "commitments",
            N_("Intentions and commitments"),
            {"text": N_("Text"), "sort": N_("Sort")},
            ((text, say(language, sort)) for text, sort in texts),
        ),
    )


def figures(report: Report) -> Iterator[tuple[str, Cell, Cell]]:
    """(English words, number, out of how many people)."""
    said, gap, again = report.page.said, report.line.gap, report.page.gap_again
    yield N_("Participants"), report.came, None
    yield N_("Commitments"), report.line.commitments, report.committed
    yield N_("Intentions"), report.line.intentions, report.committed
    if gap:
        yield N_("Now, 0 to 10"), gap.now, gap.count
        yield N_("Wanted, 0 to 10"), gap.wanted, gap.count
    if again:
        yield N_("Now, four weeks later"), again.now, again.count
    for at, (middle, people) in enumerate(report.room.energy):
        yield N_("Energy at the end") if at else N_("Energy at the start"), middle, people
    if said.answers >= report.k and said.score:
        yield N_("Said yes in the room"), said.yes, said.answers
    outcome = report.outcome
    if outcome:
        for words, rate in (
            (N_("Done"), outcome.rate_a),
            (N_("Answered"), outcome.response),
            (N_("Done, of who answered and was there"), outcome.rate_b),
        ):
            yield from _rated(words, rate)
        yield N_("Partly"), outcome.partly, outcome.n
        yield N_("Not done"), outcome.not_done, outcome.n
        yield N_("No answer"), outcome.unanswered, outcome.n
        for code, count in report.stopped:
            yield OBSTACLES[code], count, outcome.missed
    for code, count in report.ahead:
        yield LOOKED_AHEAD[code], count, report.committed


def _rated(words: str, rate: Rate | None) -> Iterator[tuple[str, Cell, Cell]]:
    if rate:
        yield words, rate.count, rate.n


def as_xlsx(sheets: Iterable[Table]) -> bytes:
    """What people typed stays text, whatever it begins with."""
    import xlsxwriter  # type: ignore[import-untyped]

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for table in sheets:
        sheet = book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        for at, (key, heading) in enumerate(table.columns):
            sheet.set_column(at, at, WIDTHS.get(key, 18), wrap)
            sheet.write_string(0, at, heading, head)
        for number, row in enumerate(table.rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, at, cell, wrap)
                elif cell is not None:
                    sheet.write_number(number, at, cell, wrap)
    book.close()
    return made.getvalue()


def as_csv(sheets: Iterable[Table], language: str) -> bytes:
    """All tables under each other, each under its name. For Excel as it is used here: semicolons, and a mark at the
    start that says UTF-8."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    for number, table in enumerate(sheets):
        if number:
            writer.writerow([])
        writer.writerow([table.name])
        writer.writerow([heading for _, heading in table.columns])
        writer.writerows([_harmless(cell, language) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _harmless(cell: Cell, language: str) -> str:
    """A spreadsheet takes a text that begins like a formula for one."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA) else cell
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", "," if language == "nl" else ".")
    return "" if cell is None else str(cell)


def as_json(sheets: Iterable[Table]) -> str:
    """{table: {name, columns: {key: heading}, rows: [{key: value}]}}."""
    keyed = {
        table.key: {
            "name": table.name,
            "columns": dict(table.columns),
            "rows": [dict(zip([key for key, _ in table.columns], row, strict=True)) for row in table.rows],
        }
        for table in sheets
    }
    return json.dumps(keyed, ensure_ascii=False, indent=1)
