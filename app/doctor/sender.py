"""The sender's domain: do its records tell other mail servers that our mails are real (SPF, DKIM, DMARC)?"""

from collections.abc import AsyncIterator

import dns.asyncresolver
import dns.exception
import dns.resolver

from app.doctor.finding import Finding, advice, broken, good, unknown
from app.mail.matter import mail_domain
from app.settings import Settings

TIMEOUT = 5.0
SELECTORS = ("default", "mail", "selector1", "selector2", "dkim", "s1")
"""Common names of DKIM keys; only the mail server knows its own, so another may be given."""


def resolver(nameserver: str = "") -> dns.asyncresolver.Resolver:
    """The one of this machine, or the given one: `192.0.2.53` or `192.0.2.53:5353`."""
    made = dns.asyncresolver.Resolver(configure=not nameserver)
    if nameserver:
        host, _, port = nameserver.partition(":")
        made.nameservers = [host]
        made.port = int(port or 53)
    made.lifetime = TIMEOUT
    return made


async def sender(settings: Settings, names: dns.asyncresolver.Resolver, selector: str = "") -> AsyncIterator[Finding]:
    """What the records say; without a network: which records to ask for."""
    domain = mail_domain(settings)
    if domain == "localhost" or "." not in domain:
        yield advice(
            "sender", f"{settings.mail_from} is no address that others can answer to.", "Set MORGEN_MAIL_FROM."
        )
        return
    try:
        if not await _is_known(names, domain):
            yield unknown("sender", f"{domain} is not known to the name server here.", asked(domain, settings))
            return
        yield _spf(domain, await _texts(names, domain), settings)
        yield await _dkim(names, domain, selector)
        yield _dmarc(domain, await _texts(names, f"_dmarc.{domain}"))
    except dns.exception.DNSException as error:
        yield unknown(
            "sender",
            f"The records of {domain} cannot be read from here ({type(error).__name__}).",
            asked(domain, settings),
        )


def asked(domain: str, settings: Settings) -> str:
    """What to ask who manages the domain."""
    server = settings.smtp_host or "your mail server"
    return "\n".join(
        (
            f"Ask who manages {domain} for these three records:",
            f"  {domain}  TXT  v=spf1 a:{server} -all",
            f"  SELECTOR._domainkey.{domain}  TXT  v=DKIM1; k=rsa; p=…   (the mail server has the key and its name)",
            f"  _dmarc.{domain}  TXT  v=DMARC1; p=reject; rua=mailto:postmaster@{domain}",
        )
    )


async def _is_known(names: dns.asyncresolver.Resolver, domain: str) -> bool:
    """Whether the name exists at all. Name servers without a way out often say that nothing does."""
    try:
        await names.resolve(domain, "TXT")
    except dns.resolver.NXDOMAIN:
        return False
    except dns.resolver.NoAnswer:
        pass
    return True


async def _texts(names: dns.asyncresolver.Resolver, name: str) -> list[str]:
    try:
        answer = await names.resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    return [b"".join(record.strings).decode(errors="replace") for record in answer]


def _spf(domain: str, texts: list[str], settings: Settings) -> Finding:
    found = [text for text in texts if text.lower().split()[:1] == ["v=spf1"]]
    if not found:
        return advice("SPF", f"{domain} does not say who may send for it.", asked(domain, settings))
    if len(found) > 1:
        return broken("SPF", f"{domain} has {len(found)} SPF records, so none counts.", "Make them one record.")
    if found[0].split()[-1].lower() in ("+all", "all", "?all"):
        return advice("SPF", f"{domain} lets anybody send: {found[0]}", "Let the record end with -all.")
    return good("SPF", f"{domain}: {found[0]}. Does it name your mail server?")


async def _dkim(names: dns.asyncresolver.Resolver, domain: str, selector: str) -> Finding:
    for name in (selector,) if selector else SELECTORS:
        texts = await _texts(names, f"{name}._domainkey.{domain}")
        if any("p=" in text and not text.rstrip("; ").endswith("p=") for text in texts):
            return good("DKIM", f"{domain} has a key with the name {name}.")
    tried = selector or ", ".join(SELECTORS)
    return advice(
        "DKIM",
        f"No key was found for {domain} (tried: {tried}).",
        "Let the mail server sign with DKIM. Then run: morgen doctor --dkim NAME, with the name of its key.",
    )


def _dmarc(domain: str, texts: list[str]) -> Finding:
    found = next((text for text in texts if text.startswith("v=DMARC1")), "")
    tags = dict(part.strip().partition("=")[::2] for part in found.split(";"))
    policy = tags.get("p", "").strip()
    if not found:
        return advice(
            "DMARC",
            f"{domain} does not say what to do with false mails.",
            f"Ask for: _dmarc.{domain}  TXT  v=DMARC1; p=reject; rua=mailto:postmaster@{domain}",
        )
    if policy not in ("reject", "quarantine"):
        return advice(
            "DMARC", f"{domain} lets false mails through: {found}", "Change p= to quarantine, later to reject."
        )
    return good("DMARC", f"{domain}: {found}")
