"""What a server writes to a file and takes from one: backups, and workshops that move."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.failed import Failed
from app.settings import settings


@contextmanager
def or_say_why() -> Iterator[None]:
    """What failed in words, and an exit code of 1."""
    try:
        yield
    except Failed as failed:
        typer.echo(str(failed), err=True)
        raise typer.Exit(1) from failed


def backup(
    target: Annotated[Path, typer.Argument(help="A file, or a folder that gets one more.")],
    keep_days: Annotated[int | None, typer.Option(min=1, help="Remove older ones from the folder.")] = None,
) -> None:
    """Write an encrypted backup, also while the server runs; MORGEN_BACKUP_KEY is its passphrase."""
    from app.backup.command import backup as backup_

    with or_say_why():
        typer.echo(f"Written: {backup_(settings(), target, keep_days)}")


def restore(source: Path) -> None:
    """Put a backup in the place of all that is there now. Who was deleted since stays deleted."""
    from app.backup.command import restore as restore_

    with or_say_why():
        moment, again = restore_(settings(), source)
        typer.echo(f"As it was on {moment:%Y-%m-%d %H:%M} UTC. Deleted, stopped or sent since, and so again: {again}.")


def move_out(code: str, target: Path) -> None:
    """Write one workshop into an encrypted file for another server; its mails will go from there only."""
    from app.transfer.command import move_out as move_out_

    with or_say_why():
        typer.echo(move_out_(settings(), code, target))


def move_in(source: Path) -> None:
    """Take in a workshop that was moved out of another server."""
    from app.transfer.command import move_in as move_in_

    with or_say_why():
        typer.echo(move_in_(settings(), source))
