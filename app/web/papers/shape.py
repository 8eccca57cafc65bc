"""A paper for the organisation: what it is made of, and what it is filled with."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.organisation import Organisation
from app.core.workshop import Workshop
from app.mail.matter import mail_domain
from app.render import clock_time, day
from app.settings import Settings
from app.texts import gettext_noop as N_
from app.texts import say

Row = tuple[str, str]
"""A label and a text, both as English messages with `%(name)s` places."""
OPEN = N_("… (fill in)")
"""Stands where we do not know it."""
LINES = {
    "starttls": N_("encrypted after STARTTLS; the certificate is checked"),
    "tls": N_("encrypted (TLS); the certificate is checked"),
    "none": N_("not encrypted"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Lines as a list, or rows as a table."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """`for_workshop`: it names a workshop when one is chosen."""

    key: str
    title: str
    about: str
    sections: tuple[Section, ...]
    for_workshop: bool = False


def values(
    settings: Settings, organisation: Organisation, workshop: Workshop | None, language: str
) -> dict[str, object]:
    """What the places in the texts are filled with, in the language of the paper."""
    parts = urlsplit(settings.address)
    unknown = say(language, OPEN)
    return {
        "organisation": organisation.name,
        "contact": organisation.contact or unknown,
        "officer": organisation.privacy_officer or unknown,
        "operator": settings.operator or unknown,
        "operator_contact": settings.operator_contact or unknown,
        "address": settings.address,
        "scheme": parts.scheme,
        "host": parts.hostname or "",
        "port": parts.port or {"http": 80, "https": 443}[parts.scheme],
        "sender": settings.mail_from,
        "domain": mail_domain(settings),
        "mail_server": f"{settings.smtp_host}:{settings.smtp_port}" if settings.smtp_host else unknown,
        "mail_line": say(language, LINES[settings.smtp_tls]) if settings.smtp_host else unknown,
        "database": "PostgreSQL" if settings.database.startswith("postgresql") else "SQLite",
        "k": organisation.k,
        "texts": organisation.retention_days,
        "mails": organisation.mails_kept_days,
        "drafts": organisation.drafts_kept_days,
        "addresses": organisation.addresses_kept_days,
        "workshop": f"“{workshop.title}”" if workshop else unknown,
        "day": day(workshop.starts_at, language, workshop.time_zone) if workshop else unknown,
        "at": clock_time(workshop.starts_at, language, workshop.time_zone) if workshop else unknown,
        "room": (workshop.place if workshop else "") or unknown,
    }
