"""What an organisation decides about its workshops: words, days off, periods, who to ask. And who may change that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.addressing import checked
from app.core.audit import Act, note_for
from app.core.errors import NotFound, Refused
from app.core.organisation import Liberation, Organisation
from app.core.organisation_style import checked_tokens
from app.core.text import clean, one_line
from app.core.trainer import Trainer
from app.core.workshop import Workshop
from app.texts import gettext_noop as N_

STATUSES = ("", "A", "B", "C", "D", "E")
"""Of the Dutch statement on accessibility; empty: not stated."""
LEAST_K, MOST_K = 5, 50
MOST_DAYS_OFF = 60
MOST_SIGNS = {"name": 120, "contact": 200, "term": 60, "privacy_officer": 200, "accessibility_contact": 200}


@dataclass(frozen=True, slots=True)
class Period:
    """How long something is kept. `default` is what the privacy page of a new organisation says."""

    least: int
    most: int
    too_short: str


YEAR, WORKING_YEAR = 365, 250
PERIODS = {
    "retention_days": Period(
        45, YEAR, N_("Keep texts at least %(least)s days: the mail after four weeks still quotes them.")
    ),
    "mails_kept_days": Period(1, YEAR, N_("Keep sent mails at least %(least)s day: a mail that fails is seen then.")),
    "drafts_kept_days": Period(1, YEAR, N_("Keep a workshop that was not held at least %(least)s day.")),
    "addresses_kept_days": Period(
        0, WORKING_YEAR, N_("Fill in a number of working days, %(least)s or more, for the mail addresses.")
    ),
}
TOO_LONG = N_("At most %(most)s days. Personal data may not be kept longer than a year here.")


async def the_organisation(session: AsyncSession, trainer: Trainer, organisation_id: str) -> Organisation:
    """Of who works there, and who made a workshop for it. For other trainers it does not exist."""
    found = await session.get(Organisation, organisation_id)
    made = select(Workshop.id).where(
        col(Workshop.organisation_id) == organisation_id, col(Workshop.trainer_id) == trainer.id
    )
    may = trainer.organisation_id == organisation_id or (await session.exec(made)).first()
    if found is None or not may:
        raise NotFound(N_("This page does not exist."))
    return found


async def change_organisation(
    session: AsyncSession, trainer: Trainer, organisation_id: str, typed: Mapping[str, str]
) -> None:
    """All of the form at once. Raises Refused that names the field to mend."""
    organisation = await the_organisation(session, trainer, organisation_id)
    for name, value in terms_of(typed).items():
        setattr(organisation, name, value)
    session.add(organisation)
    await note_for(session, organisation.id, Act.TERMS, organisation.id, by=trainer)


async def set_logo(session: AsyncSession, trainer: Trainer, organisation_id: str, logo: str) -> None:
    """As `checked_logo` made it; empty takes the old one away."""
    organisation = await the_organisation(session, trainer, organisation_id)
    organisation.logo = logo
    session.add(organisation)


def terms_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """The columns that this form fills, checked; a switch that is absent is off."""
    lines = {name: str(one_line(typed.get(name, "")))[:most] for name, most in MOST_SIGNS.items()}
    if not lines["name"]:
        raise Refused(N_("Give the organisation a name."), field="name")
    lines["term"] = lines["term"] or Organisation.model_fields["term"].default
    if lines["accessibility_contact"]:
        lines["accessibility_contact"] = _address(lines["accessibility_contact"], "accessibility_contact")
    return {
        **lines,
        "good_friday_off": bool(typed.get("good_friday_off")),
        "ascension_friday_off": bool(typed.get("ascension_friday_off")),
        "liberation_day": _one_of(typed, "liberation_day", get_args(Liberation)),
        "extra_days_off": _days(str(typed.get("extra_days_off", ""))),
        "privacy_page": _web(str(typed.get("privacy_page", ""))),
        "accessibility_status": _one_of(typed, "accessibility_status", STATUSES),
        "tokens": checked_tokens(str(clean(typed.get("tokens", "")))),
        "k": _k(str(typed.get("k", ""))),
        **{name: _period(name, str(typed.get(name, ""))) for name in PERIODS},
    }


def _one_of(typed: Mapping[str, str], field: str, choices: tuple[str, ...]) -> str:
    chosen = str(typed.get(field, ""))
    if chosen not in choices:
        raise Refused(N_("That does not fit here. Choose one of the answers."), field=field)
    return chosen


def _address(text: str, field: str) -> str:
    try:
        return checked(text)
    except Refused as refusal:
        raise Refused(refusal.message, field=field) from refusal


def _web(text: str) -> str:
    text = str(one_line(text))
    if text and (not text.startswith(("https://", "http://")) or " " in text or len(text) > 500):
        raise Refused(N_("The address of a page starts with https:// and has no spaces."), field="privacy_page")
    return text


def _days(text: str) -> list[str]:
    """One day a line, as 2026-12-24."""
    lines = sorted({line.strip() for line in text.splitlines() if line.strip()})
    if len(lines) > MOST_DAYS_OFF:
        raise Refused(N_("Fill in at most %(most)s extra days off."), field="extra_days_off", most=MOST_DAYS_OFF)
    for line in lines:
        try:
            date.fromisoformat(line)
        except ValueError as error:
            raise Refused(
                N_("“%(line)s” is no date. Write one on each line, like 2026-12-24."), field="extra_days_off", line=line
            ) from error
    return [date.fromisoformat(line).isoformat() for line in lines]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _k(text: str) -> int:
    number = _number(text)
    if number is None or not LEAST_K <= number <= MOST_K:
        raise Refused(
            N_("Choose a number from %(least)s to %(most)s. In a smaller group people can be recognised."),
            field="k",
            least=LEAST_K,
            most=MOST_K,
        )
    return number


def _period(field: str, text: str) -> int:
    number, period = _number(text), PERIODS[field]
    if number is None or number < period.least:
        raise Refused(period.too_short, field=field, least=period.least)
    if number > period.most:
        raise Refused(TOO_LONG, field=field, most=period.most)
    return number
