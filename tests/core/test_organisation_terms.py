"""What an organisation decides, within bounds, and who may change it."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.audit import Act, AuditEntry
from app.core.errors import NotFound, Refused
from app.core.organisation import Organisation
from app.core.organisation_terms import PERIODS, change_organisation, terms_of
from app.core.trainer import Trainer
from app.db import Database
from tests.conftest import Cast
from tests.follow_up import rows

FORM: dict[str, str] = {
    "name": "Gemeente Arnhem",
    "good_friday_off": "yes",
    "liberation_day": "always",
    "extra_days_off": "2026-12-24\n\n2026-12-31\n2026-12-24",
    "k": "8",
    "retention_days": "60",
    "mails_kept_days": "7",
    "drafts_kept_days": "3",
    "addresses_kept_days": "5",
    "privacy_page": "https://arnhem.example/privacy",
    "accessibility_contact": "hulp@Arnhem.example",
    "accessibility_status": "B",
    "tokens": "--color-action: #0b5470;",
}


async def test_all_of_the_form_is_kept(db: Database, cast: Cast) -> None:
    identity = cast.workshop.organisation_id
    await db.write(change_organisation, cast.anna, identity, FORM)
    [kept] = await rows(db, Organisation, Organisation.id == identity)
    assert (kept.name, kept.k, kept.retention_days, kept.addresses_kept_days) == ("Gemeente Arnhem", 8, 60, 5)
    assert (kept.term, kept.accessibility_contact) == ("opgavegestuurd werken", "hulp@arnhem.example")
    off = kept.days_off()
    assert (off.good_friday, off.ascension_friday, off.liberation_day) == (True, False, "always")
    assert off.extra == {date(2026, 12, 24), date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("k", "4"),
        ("k", "51"),
        ("k", "vijf"),
        ("k", "²"),
        ("liberation_day", "soms"),
        ("extra_days_off", "24 december"),
        ("extra_days_off", "\n".join(str(date(2026, 1, 1) + timedelta(days=n)) for n in range(61))),
        ("retention_days", "44"),
        ("retention_days", "366"),
        ("mails_kept_days", "0"),
        ("mails_kept_days", "366"),
        ("drafts_kept_days", ""),
        ("addresses_kept_days", "-1"),
        ("addresses_kept_days", "251"),
        ("privacy_page", "javascript:alert(1)"),
        ("accessibility_contact", "hulp"),
        ("accessibility_status", "F"),
        ("tokens", "body { color: red }"),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_field(field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        terms_of(FORM | {field: value})
    assert refused.value.field == field
    assert refused.value.message % refused.value.values  # every place has its value


def test_a_new_organisation_stands_within_its_own_bounds() -> None:
    fresh = Organisation(name="x")
    for name, period in PERIODS.items():
        assert period.least <= getattr(fresh, name) <= period.most
    typed: dict[str, Any] = {name: str(getattr(fresh, name)) for name in (*PERIODS, "k", "liberation_day")}
    assert terms_of(typed | {"name": "x"})["k"] == 5


async def test_another_trainer_may_not_change_it_nor_an_admin_of_elsewhere_but_who_works_there_may(
    db: Database, cast: Cast
) -> None:
    identity = cast.workshop.organisation_id
    with pytest.raises(NotFound):
        await db.write(change_organisation, cast.dirk, identity, FORM)
    with pytest.raises(NotFound):
        await db.write(change_organisation, Trainer(id="a", email="a@b.c", name="A", is_admin=True), identity, FORM)
    with pytest.raises(NotFound):
        await db.write(change_organisation, cast.anna, "nothing", FORM)
    colleague = Trainer(id="a", email="a@b.c", name="A", organisation_id=identity)

    async def works_there(session: Any) -> None:
        session.add(colleague)

    await db.write(works_there)
    await db.write(change_organisation, colleague, identity, FORM)
    [kept] = await rows(db, Organisation, Organisation.id == identity)
    assert kept.name == "Gemeente Arnhem"


async def test_who_changed_it_stands_in_its_own_log(db: Database, cast: Cast) -> None:
    await db.write(change_organisation, cast.anna, cast.workshop.organisation_id, FORM)
    [line] = await rows(db, AuditEntry, AuditEntry.act == Act.TERMS)
    assert (line.organisation_id, line.trainer_id) == (cast.workshop.organisation_id, cast.anna.id)


async def test_who_made_a_workshop_for_it_may_change_it_without_being_employed_there(db: Database, cast: Cast) -> None:
    async def hire_out(session: Any) -> None:
        workshop = await session.merge(cast.elsewhere)
        workshop.organisation_id = cast.workshop.organisation_id
        session.add(workshop)

    await db.write(hire_out)
    await db.write(change_organisation, cast.dirk, cast.workshop.organisation_id, FORM)
    [kept] = await rows(db, Organisation, Organisation.id == cast.workshop.organisation_id)
    assert kept.k == 8
