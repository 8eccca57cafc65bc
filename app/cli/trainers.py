"""`morgen trainer`: accounts."""

import asyncio

import typer

from app.settings import settings

trainer = typer.Typer(name="trainer", no_args_is_help=True, help="Accounts of trainers.")


@trainer.command("second-factor-off")
def second_factor_off(address: str) -> None:
    """For an admin who lost both phone and recovery codes: signs every browser out, and lets the mail alone let in."""
    from app.announce import second_factor_off

    typer.echo(asyncio.run(second_factor_off(settings(), address)))


@trainer.command("invite")
def invite(address: str, name: str = "", admin: bool = False) -> None:
    """Make an account and print its first sign-in link."""
    from app.announce import invitation
    from app.migrate import upgrade

    upgrade(settings().database_url)
    typer.echo(asyncio.run(invitation(settings(), address, name, admin)))
