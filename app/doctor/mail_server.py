"""The mail server: can it be reached, is the line encrypted, are we let in? Nothing is sent."""

import ssl
from collections.abc import AsyncIterator

import aiosmtplib

from app.doctor.finding import Finding, advice, broken, good
from app.mail.transport import TIMEOUT, connection
from app.settings import Settings

ABOUT = "mail server"


async def mail_server(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.smtp_host:
        yield advice(
            ABOUT,
            "No mail server is set, so nobody gets a mail. Mails lie as files in the data folder.",
            "Set MORGEN_SMTP_HOST, and MORGEN_MAIL_FROM to an address of your own domain.",
        )
        return
    line = connection(settings, min(TIMEOUT, 10.0))
    try:
        await line.connect()
        await line.quit()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        yield _fault(settings, error)
    else:
        yield _well(settings)
    finally:
        line.close()
    if settings.smtp_tls == "none":
        yield advice(ABOUT, "Mails go to it unencrypted.", "Set MORGEN_SMTP_TLS to starttls or tls, if it can do that.")


def _well(settings: Settings) -> Finding:
    ways = {"starttls": "after STARTTLS", "tls": "over TLS", "none": "without encryption"}
    let_in = f", and lets {settings.smtp_user} in" if settings.smtp_user else ""
    return good(ABOUT, f"{_where(settings)} answers {ways[settings.smtp_tls]}{let_in}. Nothing was sent.")


def _fault(settings: Settings, error: Exception) -> Finding:
    where, reason = _where(settings), str(error) or type(error).__name__
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return broken(
            ABOUT, f"{where} does not let us in: {reason}", "Look at MORGEN_SMTP_USER and MORGEN_SMTP_PASSWORD."
        )
    if isinstance(error, ssl.SSLError) or "certificate" in reason.lower():
        return broken(
            ABOUT,
            f"The certificate of {where} is not right: {reason}",
            "Use the name in the certificate as MORGEN_SMTP_HOST, or ask for a certificate that holds.",
        )
    if "STARTTLS" in reason:
        return broken(
            ABOUT, f"{where} cannot do STARTTLS.", "Set MORGEN_SMTP_TLS to tls (port 465), or none on your own network."
        )
    if isinstance(error, aiosmtplib.SMTPConnectError | OSError | aiosmtplib.SMTPTimeoutError):
        return broken(
            ABOUT,
            f"{where} cannot be reached: {reason}",
            "Look at MORGEN_SMTP_HOST and MORGEN_SMTP_PORT. Does a firewall let this machine out on that port?",
        )
    return broken(ABOUT, f"{where} says: {reason}", "Send this line to who runs the mail server.")


def _where(settings: Settings) -> str:
    return f"{settings.smtp_host}:{settings.smtp_port}"
