"""The papers for an organisation: filled from what it decided and how this server is set; and the list of software."""

import re

import pytest

from app.core.organisation import Organisation
from app.db import Database
from app.paths import REQUIREMENTS
from app.web.papers import PAPERS
from tests.conftest import Cast, Running, session_token


async def read(running: Running, db: Database, cast: Cast, paper: str, asked: str = "?lang=nl") -> str:
    client = running.trainer_client(await session_token(db, cast.anna))
    page = client.get(f"/papers/{cast.workshop.organisation_id}/{paper}{asked}")
    assert page.status_code == 200, paper
    return page.text


def locked_packages() -> set[str]:
    """As `name==version`."""
    return set(re.findall(r"^([\w.-]+==\S+)", REQUIREMENTS.read_text(), re.MULTILINE))


async def decide(db: Database, cast: Cast, **values: object) -> None:
    async def verb(session) -> None:
        organisation = await session.get_one(Organisation, cast.workshop.organisation_id)
        for name, value in values.items():
            setattr(organisation, name, value)
        session.add(organisation)

    await db.write(verb)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_every_paper_is_filled_in_both_languages(
    db: Database, cast: Cast, running: Running, language: str
) -> None:
    for key in PAPERS:
        page = await read(running, db, cast, key, f"?lang={language}")
        assert f'<html lang="{language}"' in page
        assert not re.search(r"%\(\w+\)s|None", page), key


async def test_the_periods_and_contacts_are_those_of_the_organisation(
    db: Database, cast: Cast, running: Running
) -> None:
    await decide(db, cast, retention_days=77, addresses_kept_days=3, k=9, privacy_officer="Fatima <fg@arnhem.nl>")
    agreement = await read(running, db, cast, "agreement")
    assert "77 dagen na de workshop" in agreement
    assert "3 werkdagen" in agreement
    council = await read(running, db, cast, "council")
    assert "vanaf 9 mensen" in council
    assert "Fatima &lt;fg@arnhem.nl&gt;" in council


async def test_the_mail_to_ict_names_the_workshop_its_address_and_the_sender(
    db: Database, cast: Cast, running: Running
) -> None:
    page = await read(running, db, cast, "ict", f"?lang=nl&workshop={cast.workshop.code}")
    assert "Voor “De workshop van Anna”" in page
    assert f"{running.address}/test" in page
    assert running.settings.mail_from in page
    other = await read(running, db, cast, "ict", f"?lang=nl&workshop={cast.elsewhere.code}")
    assert "Dirk" not in other


async def test_what_is_not_there_yet_is_said(db: Database, cast: Cast, running: Running) -> None:
    page = await read(running, db, cast, "bio2", "?lang=en")
    assert page.count("Not there yet") == 3


async def test_the_list_leads_to_every_paper(db: Database, cast: Cast, running: Running) -> None:
    page = running.trainer_client(await session_token(db, cast.anna)).get("/papers").text
    assert all(f"/papers/{cast.workshop.organisation_id}/{key}" in page for key in PAPERS)
    assert cast.elsewhere.organisation_id not in page


async def test_the_bill_of_materials_names_what_is_locked_and_served_and_nothing_else(
    db: Database, cast: Cast, running: Running
) -> None:
    answer = running.trainer_client(await session_token(db, cast.anna)).get("/papers/sbom.json")
    bill = answer.json()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    packages = {each["purl"] for each in bill["components"]}
    locked = locked_packages()
    python = {each.removeprefix("pkg:pypi/").replace("@", "==") for each in packages if each.startswith("pkg:pypi")}
    assert python <= locked
    assert {name.partition("==")[0] for name in python} >= {"fastapi", "sqlalchemy", "weasyprint", "dnspython"}
    assert not any(name.startswith("pytest") for name in python)
    assert any(each.startswith("pkg:npm/htmx.org@4") for each in packages)
