"""`morgen script`: draaiboeken."""

from pathlib import Path

import typer

script = typer.Typer(name="script", no_args_is_help=True, help="Draaiboeken.")


@script.command("check")
def check(file: Path, language: str = "nl") -> None:
    """Name every mistake of a draaiboek with its line and what to do."""
    from app.core.script_file import check_command

    lines, code = check_command(file, language)
    typer.echo("\n".join(lines))
    raise typer.Exit(code)


@script.command("schema")
def schema() -> None:
    """The JSON Schema of a draaiboek, for editors."""
    import json

    from app.core.script_schema import schema as made

    typer.echo(json.dumps(made(), ensure_ascii=False, indent=2))
