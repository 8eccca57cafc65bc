"""`morgen`: the commands. What a command needs is imported when it runs, so that `--help` is quick."""

import typer

from app.cli.acts import act
from app.cli.files import backup, move_in, move_out, restore
from app.cli.mails import mail
from app.cli.scripts import script
from app.cli.server import dev, doctor, migrate, rehearse, serve, service
from app.cli.trainers import trainer

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (serve, service, dev, migrate, rehearse, doctor, backup, restore, move_out, move_in):
    cli.command()(command)
for group in (script, act, trainer, mail):
    cli.add_typer(group)


def main() -> None:
    cli()
