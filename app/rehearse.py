"""`morgen rehearse`: makes a rehearsal in a running server's database, and plays it through that server's doors."""

from collections.abc import Callable
from datetime import timedelta

from app import clock
from app.core.kind import discover
from app.core.making import Plan, make_workshop
from app.core.signing_in import invite, sign_in
from app.db import Database
from app.demo import ADDRESS, OPGAVE, PARTIES
from app.rehearsal.play import Company, play
from app.scripts import shipped
from app.settings import Settings

SCRIPT = "opgave-in-40-minuten"
SERVER_FAULTS = ("server errors", "could not join")


async def rehearse(
    settings: Settings, address: str, participants: int, pause: float, say: Callable[[str], None], script: str = SCRIPT
) -> int:
    """Prints what happened; returns 1 when the server failed somewhere or there is no such draaiboek, else 0."""
    discover()
    if script not in shipped():
        say(f"There is no draaiboek {script}. Choose one of: {', '.join(shipped())}.")
        return 1
    db = Database(settings.database_url)
    try:
        ticket = await db.write(invite, ADDRESS, "Demo")
        token = await db.write(sign_in, ticket.token)
        plan = Plan(
            organisation_id=ticket.trainer.organisation_id or "",
            title="Droogoefenen",
            starts_at=clock.now() - timedelta(seconds=1),
            time_zone=settings.time_zone,
            language="nl",
            opgave=OPGAVE[0],
            opgave_en=OPGAVE[1],
            parties=PARTIES,
            is_rehearsal=True,
        )
        workshop = await db.write(make_workshop, ticket.trainer, shipped()[script], plan)
    finally:
        await db.close()
    say(f"{address}/w/{workshop.code}")
    happened = await play(address, workshop.code, token, Company(participants, min(3.0, pause / 2)), pause, say)
    for name, count in sorted(happened.items()):
        say(f"{name}: {count}")
    return int(any(happened[fault] for fault in SERVER_FAULTS))
