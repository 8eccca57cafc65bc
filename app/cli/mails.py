"""`morgen mail`: what came back."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.files import or_say_why
from app.settings import settings

mail = typer.Typer(no_args_is_help=True, name="mail", help="Mails that came back.")


@mail.command()
def bounce(
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="The report; else standard input.")
    ] = None,
) -> None:
    """Read a delivery report (RFC 3464) and mark the mail that it is about as not delivered."""
    from app.mail.bounced import mark_bounced
    from app.mail.delivery_report import MOST_BYTES

    with or_say_why():
        content = file.read_bytes() if file else sys.stdin.buffer.read(MOST_BYTES + 1)
        typer.echo(mark_bounced(settings(), content))
