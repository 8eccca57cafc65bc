"""What may go wrong how often before somebody has to wait, and who that somebody is.

A hall of 300 sits behind one address: only what fails is counted, and who is in already is never stopped.
"""

from ipaddress import IPv6Address, ip_address

from starlette.requests import HTTPConnection

from app.core.errors import Refused
from app.live.limits import Limit, Limits
from app.texts import gettext_noop as N_

CODES_HERE = Limit("codes-here", 120, 60)
"""Codes that do not exist, from one address."""
CODES = Limit("codes", 600, 60)
"""The same from everywhere. Beyond it, who erred lately has to wait, with whatever code."""
CODES_LATELY = Limit("codes-lately", 5, 600)
"""From one address. Where people come in there is room for more: a hall types wrong too."""
CAME_IN = Limit("came-in", 3000, 600)
TYPES_WRONG = 0.25
"""Errors that a hall may make for each of its people who came in, while somebody guesses."""
PERSONAL_CODES = Limit("personal-codes", 30, 60)
"""Of one workshop: 31^4 codes, so that finding one of 300 people takes days."""
NEWCOMERS = Limit("newcomers", 3000, 60)
"""To one workshop from one address. A thousand come in within half a minute, behind one address of the hall."""
PERSONS = Limit("persons", 20, 3600)
"""New ones on one phone."""
SCREENS = Limit("screens", 30, 60)
"""New ones from one address."""
ALL_SCREENS = Limit("all-screens", 600, 900)
PAIRINGS = Limit("pairings", 10, 60)
"""Wrong codes of screens, by one trainer."""
SIGN_IN_MAILS = Limit("sign-in-mails", 5, 900)
"""To one account."""
PASSWORDS = Limit("passwords", 10, 300)
"""Wrong ones for one account: its owner still comes in by mail, or five minutes later."""
ALL_PASSWORDS = Limit("all-passwords", 300, 300)
SECOND_CODES = Limit("second-codes", 10, 300)


class TooMany(Refused):
    """`seconds` is what to wait."""

    status = 429

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(N_("This went wrong too often. Try again in %(minutes)s min."), minutes=minutes)
        self.seconds = seconds


def limits_of(connection: HTTPConnection) -> Limits:
    found: Limits = connection.app.state.limits
    return found


def place_of(connection: HTTPConnection) -> str:
    """The address somebody comes from. A home has a whole /56 of IPv6, and who rents a server no less."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped.compressed if address.ipv4_mapped else f"{int(address) >> 72:x}"
    return host


async def ensure_room(connection: HTTPConnection, limit: Limit, who: str = "") -> None:
    """Raises TooMany."""
    seconds = await limits_of(connection).wait(limit, who)
    if seconds:
        raise TooMany(seconds)


async def count(connection: HTTPConnection, limit: Limit, who: str = "") -> None:
    await limits_of(connection).count(limit, who)


async def wait_for_codes(connection: HTTPConnection) -> int:
    """Seconds before this address may try another code."""
    kept, place = limits_of(connection), place_of(connection)
    seconds = await kept.wait(CODES_HERE, place)
    if not seconds and await kept.wait(CODES_LATELY, place) and (seconds := await kept.wait(CODES)):
        room = CODES_LATELY.most + TYPES_WRONG * await kept.so_far(CAME_IN, place)
        return seconds if await kept.so_far(CODES_LATELY, place) >= room else 0
    return seconds


async def wrong_code(connection: HTTPConnection) -> None:
    kept, place = limits_of(connection), place_of(connection)
    for limit, who in ((CODES_HERE, place), (CODES_LATELY, place), (CODES, "")):
        await kept.count(limit, who)
