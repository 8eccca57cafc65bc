"""The address in every link: does it work outside, is it encrypted, and does our server answer there?"""

from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime

import httpx2

from app.doctor.finding import Finding, advice, broken, good, unknown
from app.doctor.storage import clocks_agree
from app.mail.planned import is_private
from app.settings import Settings

TIMEOUT = 10.0


async def address(settings: Settings) -> AsyncIterator[Finding]:
    about, base = "address", settings.address
    if is_private(settings):
        yield advice(
            about,
            f"{base} works only on this machine or in this network. Links in mails would not work.",
            "Set MORGEN_BASE_URL to the public address, such as https://morgen.example.nl.",
        )
    elif not base.startswith("https://"):
        yield broken(
            about,
            f"{base} is not encrypted: what people write can be read on the way.",
            "Put a proxy with a certificate in front, and set MORGEN_BASE_URL to https://…",
        )
    else:
        yield good(about, f"Links and QR codes carry {base}.")
    async for each in _answering(base):
        yield each


async def _answering(base: str) -> AsyncIterator[Finding]:
    about = "server"
    try:
        async with httpx2.AsyncClient(timeout=TIMEOUT) as client:
            answer = await client.get(f"{base}/healthz/live")
    except httpx2.HTTPError as error:
        yield unknown(
            about,
            f"Nobody answers at {base}: {str(error) or type(error).__name__}.",
            "Start Morgen, then run this again. Is it running? Then look at the proxy and the certificate.",
        )
        return
    if answer.status_code != 200 or "Content-Security-Policy" not in answer.headers:
        yield broken(
            about,
            f"At {base} something else answers ({answer.status_code}).",
            "Let the proxy hand every request on to Morgen, with its Host and X-Forwarded-Proto.",
        )
        return
    yield good(about, f"Morgen answers at {base}.")
    if base.startswith("https://") and "Strict-Transport-Security" not in answer.headers:
        yield broken(
            about,
            "Morgen does not know that the line is encrypted.",
            "Let the proxy send X-Forwarded-Proto, and set MORGEN_TRUST_PROXY to its address.",
        )
    if "Date" in answer.headers:
        yield clocks_agree("the server at that address", parsedate_to_datetime(answer.headers["Date"]))
