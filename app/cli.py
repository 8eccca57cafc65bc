"""`morgen`: the commands."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app import migrate
from app.failed import Failed
from app.settings import Settings, settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    cli()


def _settings(**changed: object) -> Settings:
    return Settings(**{name: value for name, value in changed.items() if value is not None})  # type: ignore[arg-type]


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 serves the room.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[bool | None, typer.Option("--demo", help="Make a demo trainer and workshop.")] = None,
) -> None:
    """Serve the workshops."""
    from app import announce, links, serve

    chosen = _settings(host=host, port=port, demo=demo)
    chosen.data.mkdir(parents=True, exist_ok=True)
    links.load_keys(chosen)
    listener = serve.listen(chosen.host, chosen.port)
    chosen = _settings(host=host, port=listener.getsockname()[1], demo=demo)
    migrate.upgrade(chosen.database_url)
    typer.echo(asyncio.run(announce.announce(chosen)))
    sys.stdout.flush()
    serve.run(chosen, listener)


@cli.command()
def dev(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve with the demo, and again at every change of the code."""
    import uvicorn

    from app import announce
    from app.live.wire import FanoutProtocol

    os.environ |= {"MORGEN_HOST": host, "MORGEN_PORT": str(port), "MORGEN_DEMO": "true"}
    chosen = _settings()
    migrate.upgrade(chosen.database_url)
    typer.echo(asyncio.run(announce.announce(chosen)))
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        reload=True,
        reload_dirs=["app", "templates", "static", "workshops"],
        host=host,
        port=port,
        ws=FanoutProtocol,
        ws_per_message_deflate=False,
    )


@cli.command("migrate")
def migrate_(revision: Annotated[str, typer.Argument(help="head, -1, base or a revision.")] = "head") -> None:
    """Bring the database to a schema revision."""
    url = settings().database_url
    if revision.startswith("-") or revision == "base":
        migrate.downgrade(url, revision)
    else:
        migrate.upgrade(url, revision)


script = typer.Typer(no_args_is_help=True, help="Draaiboeken.")
act = typer.Typer(no_args_is_help=True, help="The check on good intentions.")
trainer = typer.Typer(no_args_is_help=True, help="Accounts of trainers.")
cli.add_typer(script, name="script")
cli.add_typer(act, name="act")
cli.add_typer(trainer, name="trainer")


@script.command("check")
def script_check(file: Path, language: str = "nl") -> None:
    """Name every mistake of a draaiboek with its line and what to do."""
    from app.core.script_file import check_command

    lines, code = check_command(file, language)
    typer.echo("\n".join(lines))
    raise typer.Exit(code)


@script.command("schema")
def script_schema() -> None:
    """The JSON Schema of a draaiboek, for editors."""
    import json

    from app.core.script_schema import schema

    typer.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


@act.command("check")
def act_check(
    fields: Annotated[bool, typer.Option("--fields", help="Day, time, place and person count as given.")] = False,
    language: Annotated[str | None, typer.Option(help="nl or en; else the sentence decides.")] = None,
    opgave: Annotated[str, typer.Option(help="The opgave that an act should not repeat.")] = "",
) -> None:
    """Read sentences, one a line; print one verdict a line."""
    from app.core.act.command import check_lines

    for verdict in check_lines(sys.stdin, fields=fields, language=language, opgave=opgave):
        typer.echo(verdict)


@cli.command()
def rehearse(
    participants: Annotated[int, typer.Option(help="How many play.")] = 24,
    address: Annotated[str, typer.Option(help="The running server, as reached from here.")] = "",
    pause: Annotated[float, typer.Option(help="Seconds that each moment lasts.")] = 4.0,
    script: Annotated[str, typer.Option(help="The key of the draaiboek that is played.")] = "opgave-in-40-minuten",
) -> None:
    """Play a whole workshop on the running server with simulated participants, and say what happened."""
    from app.rehearse import rehearse as rehearse_

    chosen = settings()
    code = asyncio.run(rehearse_(chosen, address or chosen.address, participants, pause, typer.echo, script))
    raise typer.Exit(code)


@cli.command()
def doctor(
    nameserver: Annotated[str, typer.Option(help="Ask this name server; else the one of this machine.")] = "",
    dkim: Annotated[str, typer.Option(help="Name (selector) of the key that the mail server signs with.")] = "",
) -> None:
    """Check this installation and say what to do. Changes and sends nothing; ends with 1 if something is broken."""
    from app.doctor.command import report

    async def tell() -> bool:
        broken = False
        async for lines, is_broken in report(settings(), nameserver, dkim):
            typer.echo(lines)
            broken = broken or is_broken
        return broken

    raise typer.Exit(int(asyncio.run(tell())))


@contextmanager
def _or_say_why() -> Iterator[None]:
    try:
        yield
    except Failed as failed:
        typer.echo(str(failed), err=True)
        raise typer.Exit(1) from failed


@cli.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A file, or a folder that gets one more.")],
    keep_days: Annotated[int | None, typer.Option(min=1, help="Remove older ones from the folder.")] = None,
) -> None:
    """Write an encrypted backup, also while the server runs; MORGEN_BACKUP_KEY is its passphrase."""
    from app.backup.command import backup as backup_

    with _or_say_why():
        typer.echo(f"Written: {backup_(settings(), target, keep_days)}")


@cli.command()
def restore(source: Path) -> None:
    """Put a backup in the place of all that is there now. Who was deleted since stays deleted."""
    from app.backup.command import restore as restore_

    with _or_say_why():
        moment, again = restore_(settings(), source)
        typer.echo(f"As it was on {moment:%Y-%m-%d %H:%M} UTC. Deleted, stopped or sent since, and so again: {again}.")


@cli.command("move-out")
def move_out(code: str, target: Path) -> None:
    """Write one workshop into an encrypted file for another server; its mails will go from there only."""
    from app.transfer.command import move_out as move_out_

    with _or_say_why():
        typer.echo(move_out_(settings(), code, target))


@cli.command("move-in")
def move_in(source: Path) -> None:
    """Take in a workshop that was moved out of another server."""
    from app.transfer.command import move_in as move_in_

    with _or_say_why():
        typer.echo(move_in_(settings(), source))


@trainer.command("second-factor-off")
def trainer_second_factor_off(address: str) -> None:
    """For an admin who lost both phone and recovery codes: signs every browser out, and lets the mail alone let in."""
    from app.announce import second_factor_off

    typer.echo(asyncio.run(second_factor_off(settings(), address)))


@trainer.command("invite")
def trainer_invite(address: str, name: str = "", admin: bool = False) -> None:
    """Make an account and print its first sign-in link."""
    from app.announce import invitation

    migrate.upgrade(settings().database_url)
    typer.echo(asyncio.run(invitation(settings(), address, name, admin)))
