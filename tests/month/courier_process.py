"""A courier as a process of its own, whose clock stands still: database, host, port, data folder and the moment."""

import asyncio
import sys
from datetime import datetime

from app import clock, links
from app.core.kind import discover
from app.db import Database
from app.mail.courier import Courier
from app.settings import Settings
from tests.conftest import SECRET


def main(url: str, host: str, port: str, data: str, moment: str) -> None:
    discover()
    links.load_keys(Settings(secret=SECRET))
    sent = {"base_url": "https://morgen.example", "mail_from": "post@morgen.example"}
    chosen = Settings(data=data, database=url, smtp_host=host, smtp_port=int(port), smtp_tls="none", **sent)
    now = datetime.fromisoformat(moment)
    with clock.fixed(lambda: now):
        asyncio.run(Courier(Database(url), chosen).once())


if __name__ == "__main__":
    main(*sys.argv[1:])
