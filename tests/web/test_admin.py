"""An admin of an organisation: invites, gives roles, ends sessions, reads the log; sees no workshop of others."""

import re

import httpx2
import pyotp
import pytest
from sqlmodel import select

from app import clock, links
from app.core.admins import invite_trainer
from app.core.audit import KEPT, Act, AuditEntry, note
from app.core.organisation import Organisation
from app.core.retention import run_due
from app.core.signing_in import invite
from app.core.trainer import Trainer
from app.db import Database
from tests.conftest import Cast, Running, session_token
from tests.letterbox import last_mail, words
from tests.web.doors import DOORS, NOBODY
from tests.web.test_account import with_second_factor
from tests.web.test_doors import Knocking, knocking  # noqa: F401


@pytest.fixture
async def eva(db: Database, cast: Cast) -> Trainer:
    """The admin of Anna's organisation."""
    assert cast.anna.organisation_id
    ticket = await db.write(invite, "eva@example.org", "Eva", True, cast.anna.organisation_id)
    return ticket.trainer


async def log(db: Database) -> list[tuple[str, str | None, str]]:
    async with db.read() as session:
        rows = (await session.exec(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id))).all()
    return [(row.act, row.trainer_id, row.subject) for row in rows]


async def client_of(running: Running, db: Database, trainer: Trainer) -> httpx2.Client:
    return running.trainer_client(await session_token(db, trainer))


async def test_an_admin_invites_by_mail_and_the_newcomer_belongs_there(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    admin = await client_of(running, db, eva)
    assert admin.post("/admin/trainers", data={"email": "Fatma@example.org"}).status_code == 200
    async with db.read() as session:
        fatma = (await session.exec(select(Trainer).where(Trainer.email == "fatma@example.org"))).one()
    assert (fatma.organisation_id, fatma.is_admin) == (cast.anna.organisation_id, False)
    link = re.search(r"/sign-in/[\w-]{22}", words(await last_mail(db, running)))
    assert link
    assert running.client().post(link[0]).url.path == "/trainer"
    assert admin.post("/admin/trainers", data={"email": "dirk@example.org"}).status_code == 422
    assert ("invited", eva.id, fatma.id) in await log(db)


async def test_roles_and_sessions_are_in_an_admins_hand_for_the_own_organisation_only(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    admin, anna = await client_of(running, db, eva), await client_of(running, db, cast.anna)
    assert anna.get("/admin").status_code == 404
    assert admin.post(f"/admin/trainers/{cast.anna.id}", data={"act": "make_admin"}).status_code == 200
    assert anna.get("/admin").status_code == 200
    assert admin.post(f"/admin/trainers/{eva.id}", data={"act": "make_trainer"}).status_code == 422
    assert admin.post(f"/admin/trainers/{cast.dirk.id}", data={"act": "end_sessions"}).status_code == 404
    assert admin.post(f"/admin/trainers/{cast.anna.id}", data={"act": "end_sessions"}).status_code == 200
    assert anna.get("/trainer").url.path == "/sign-in"
    told = await log(db)
    assert ("role", eva.id, cast.anna.id) in told
    assert ("sessions_ended", eva.id, cast.anna.id) in told


async def test_an_admin_sees_no_workshop_of_a_colleague_and_no_other_organisation(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    admin = await client_of(running, db, eva)
    code = cast.workshop.code
    for path in ("trainer", "facilitator", "report", "report.json", "data.json", "people", "conditions", "door"):
        assert admin.get(f"/w/{code}/{path}").status_code == 404, path
    assert cast.workshop.title not in admin.get("/trainer").text
    page = admin.get("/admin").text
    assert "Anna" in page
    assert "Dirk" not in page
    assert cast.workshop.title not in page
    assert admin.get(f"/organisations/{cast.dirk.organisation_id}").status_code == 404


async def test_who_lost_phone_and_codes_is_helped_by_an_admin(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    secret, _ = await with_second_factor(db, cast.anna)
    admin = await client_of(running, db, eva)
    assert admin.post(f"/admin/trainers/{cast.anna.id}", data={"act": "drop_second_factor"}).status_code == 200
    anna = await client_of(running, db, cast.anna)
    assert anna.get("/trainer").url.path == "/trainer"
    assert ("second_factor_off", eva.id, cast.anna.id) in await log(db)
    assert pyotp.TOTP(secret).now()


async def test_a_rule_for_all_is_a_rule_for_the_admin_too(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    admin, dirk = await client_of(running, db, eva), await client_of(running, db, cast.dirk)
    assert admin.post("/admin/second-factor", data={"required": "yes"}).url.path == "/account/second-factor"
    assert dirk.get("/trainer").url.path == "/trainer"
    async with db.read() as session:
        organisation = await session.get_one(Organisation, eva.organisation_id)
    assert organisation.requires_second_factor


async def test_exports_deletions_and_typing_for_somebody_are_noted_by_ids_only(
    running: Running, db: Database, cast: Cast, eva: Trainer
) -> None:
    anna, room = await client_of(running, db, cast.anna), f"/w/{cast.workshop.code}"
    for path in ("report.xlsx", "report.csv", "report.json", "data.json"):
        assert anna.get(f"{room}/{path}").status_code == 200
    anna.post(f"{room}/paper-people")
    anna.post(f"{room}/deletion")
    mine = [act for act, who, about in await log(db) if (who, about) == (cast.anna.id, cast.workshop.id)]
    assert mine == ["export"] * 4 + ["answer_for", "deletion"]
    kept = str(await log(db))
    assert "@" not in kept
    assert cast.workshop.title not in kept
    page = (await client_of(running, db, eva)).get("/admin").text
    assert "exporteerde een workshop" in page
    outsider = await client_of(running, db, cast.dirk)
    assert outsider.get(f"/w/{cast.elsewhere.code}/report.csv").status_code == 200
    assert "Dirk" not in (await client_of(running, db, eva)).get("/admin").text


CARRIES_OFF = re.compile(r"GET .*\.(json|csv|xlsx|pdf|svg|png)|POST .*/deletion")
OF_THE_HOUSE = {"GET /papers/sbom.json"}
SLOW = {"GET /w/{code}/report.pdf", "GET /w/{code}/picture.png"}


@pytest.mark.parametrize("left_out", [SLOW, pytest.param(set[str](), marks=pytest.mark.prove)], ids=["quick", "all"])
async def test_every_door_that_exports_or_deletes_leaves_a_line(
    knocking: Knocking,  # noqa: F811
    db: Database,
    left_out: set[str],
) -> None:
    """A new one that does not fails here. What takes the workshop or the person itself away comes last."""
    anna, bas = [await knocking.client(NOBODY) for _ in range(2)]
    anna.cookies.set("morgen_trainer", await session_token(db, knocking.cast.anna))
    person = links.sign("person", knocking.bas.id, knocking.bas.link_epoch)
    doors = sorted({each for each in DOORS if CARRIES_OFF.fullmatch(each)} - OF_THE_HOUSE - left_out)
    assert len(doors) > 8
    before = len(await log(db))
    for number, door in enumerate(doors, 1):
        client = bas if "/p/" in door else anna
        answer = client.request(door.split(" ")[0], knocking.address(door, lambda _: person))
        assert answer.status_code in (200, 303), door
        assert len(await log(db)) == before + number, door
    assert [line for line in await log(db) if line[0].startswith("own_") and (line[1] or knocking.bas.id in line)] == []


async def test_the_log_is_kept_for_a_year(db: Database, cast: Cast) -> None:
    await db.write(note, cast.anna, Act.SIGNED_IN)
    await db.write(run_due, clock.now() + KEPT / 2)
    assert len(await log(db)) == 1
    await db.write(run_due, clock.now() + KEPT)
    assert await log(db) == []


async def test_an_invitation_never_takes_somebody_from_another_organisation(
    db: Database, cast: Cast, eva: Trainer
) -> None:
    again = await db.write(invite_trainer, eva, "anna@example.org")
    assert again.trainer.id == cast.anna.id
    assert again.trainer.organisation_id == cast.anna.organisation_id
