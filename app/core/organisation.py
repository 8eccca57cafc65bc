"""The client of a workshop and controller of its data."""

from datetime import date, datetime
from typing import Literal, cast

from sqlmodel import JSON, Column, Field, SQLModel

from app import clock, ids
from app.core.workdays import DaysOff

Liberation = Literal["lustrum", "always", "never"]


class Organisation(SQLModel, table=True):
    id: str = Field(default_factory=ids.random_id, primary_key=True)
    name: str
    contact: str = ""
    term: str = "opgavegestuurd werken"
    good_friday_off: bool = False
    liberation_day: str = "lustrum"
    ascension_friday_off: bool = False
    extra_days_off: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    retention_days: int = 90
    mails_kept_days: int = 14
    drafts_kept_days: int = 7
    addresses_kept_days: int = 10
    """Working days after the last letter."""
    privacy_officer: str = ""
    privacy_page: str = ""
    accessibility_contact: str = ""
    accessibility_status: str = ""
    tokens: str = ""
    logo: str = ""
    k: int = 5
    requires_second_factor: bool = False
    """Its trainers set one up before anything else."""
    created_at: datetime = Field(default_factory=clock.now)

    def days_off(self) -> DaysOff:
        """The days on which nobody here works, beside weekends and the national holidays."""
        return DaysOff(
            good_friday=self.good_friday_off,
            liberation_day=cast(Liberation, self.liberation_day),
            ascension_friday=self.ascension_friday_off,
            extra=frozenset(date.fromisoformat(day) for day in self.extra_days_off),
        )
