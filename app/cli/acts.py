"""`morgen act`: the check on good intentions."""

import sys
from typing import Annotated

import typer

act = typer.Typer(name="act", no_args_is_help=True, help="The check on good intentions.")


@act.command("check")
def check(
    fields: Annotated[bool, typer.Option("--fields", help="Day, time, place and person count as given.")] = False,
    language: Annotated[str | None, typer.Option(help="nl or en; else the sentence decides.")] = None,
    opgave: Annotated[str, typer.Option(help="The opgave that an act should not repeat.")] = "",
) -> None:
    """Read sentences, one a line; print one verdict a line."""
    from app.core.act.command import check_lines

    for verdict in check_lines(sys.stdin, fields=fields, language=language, opgave=opgave):
        typer.echo(verdict)
