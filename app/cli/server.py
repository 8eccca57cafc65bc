"""The server on this machine: serve, bring its database up to date, play on it, look whether it is well."""

import asyncio
import gc
import os
import sys
from typing import Annotated

import typer

from app.cli.files import or_say_why
from app.settings import Settings, settings


def _chosen(**changed: object) -> Settings:
    return Settings(**{name: value for name, value in changed.items() if value is not None})  # type: ignore[arg-type]


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 serves the room.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[bool | None, typer.Option("--demo", help="Make a demo trainer and workshop.")] = None,
) -> None:
    """Serve the workshops."""
    gc.disable()  # until `run`: looking through all that is being imported takes a third of the start
    from app import announce, links
    from app.migrate import upgrade
    from app.serve import listen, run

    chosen = _chosen(host=host, port=port, demo=demo)
    chosen.data.mkdir(parents=True, exist_ok=True)
    links.load_keys(chosen)
    listener = listen(chosen.host, chosen.port)
    chosen = _chosen(host=host, port=listener.getsockname()[1], demo=demo)
    with or_say_why():
        upgrade(chosen.database_url)
    typer.echo(asyncio.run(announce.announce(chosen)))
    sys.stdout.flush()
    with or_say_why():
        run(chosen, listener)


def service() -> None:
    """Print a unit for systemd that serves from this installation; its first lines say how to install it."""
    from app.service.unit import unit

    typer.echo(unit(), nl=False)


def dev(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve with the demo, and again at every change of the code."""
    import uvicorn

    from app import announce
    from app.live.wire import FanoutProtocol
    from app.migrate import upgrade

    os.environ |= {"MORGEN_HOST": host, "MORGEN_PORT": str(port), "MORGEN_DEMO": "true"}
    chosen = _chosen()
    upgrade(chosen.database_url)
    typer.echo(asyncio.run(announce.announce(chosen)))
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        reload=True,
        reload_dirs=["app", "templates", "static", "workshops"],
        reload_includes=["*.py", "*.html", "*.yaml"],
        host=host,
        port=port,
        ws=FanoutProtocol,
        ws_per_message_deflate=False,
    )


def migrate(revision: Annotated[str, typer.Argument(help="head, -1, base or a revision.")] = "head") -> None:
    """Bring the database to a schema revision."""
    from app.migrate import downgrade, upgrade

    url = settings().database_url
    if revision.startswith("-") or revision == "base":
        downgrade(url, revision)
    else:
        upgrade(url, revision)


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
