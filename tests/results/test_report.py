"""The report of a workshop: what it tells, below k, when it stopped early, and when the words are gone."""

from typing import Any

import pytest

from app.core.checking_in import check_in
from app.core.forgetting import empty_texts
from app.core.lasting import Condition, Gap, Need, Opgave, Party
from app.core.opgaven import write_opgave
from app.core.workshop import Workshop
from app.db import Database
from app.results import anonymous, report_picture, report_tables
from app.results.report import Report, report
from tests.conftest import Cast
from tests.follow_up import TUESDAY, Hands, commit
from tests.results.test_red_line import need, people, put

pytest_plugins = ["tests.follow_up_cast"]


async def told(db: Database, workshop: Workshop) -> Report:
    async with db.read() as session:
        return await report(session, await session.get_one(Workshop, workshop.id))


def sheet(it: Report, key: str, language: str = "nl") -> list[tuple[Any, ...]]:
    return list(next(each for each in report_tables.tables(it, language) if each.key == key).rows)


async def test_an_empty_workshop_has_a_report(db: Database, tuesday: Cast) -> None:
    it = await told(db, tuesday.workshop)
    assert (it.phase, it.came, it.committed, it.figures) == ("focused", 0, 0, None)
    assert it.opgave
    assert "<path" in report_picture.svg(it, "nl")
    assert anonymous.numbers(it, tuesday.workshop)["participants"] is None


async def test_the_opgave_stands_in_all_its_versions(db: Database, tuesday: Cast) -> None:
    await db.write(write_opgave, tuesday.workshop.id, "Nieuwe zin.")
    await put(db, tuesday.workshop, Opgave(workshop_id=tuesday.workshop.id, version=9, text="Weg", withdrawn=True))
    it = await told(db, tuesday.workshop)
    assert [each.version for each in it.versions] == [1, 2]
    assert it.opgave
    assert it.opgave.text == "Nieuwe zin."


async def test_a_workshop_that_stopped_after_the_gap_is_focused_and_no_more(db: Database, tuesday: Cast) -> None:
    await put(db, tuesday.workshop, Gap(workshop_id=tuesday.workshop.id, now=3, wanted=8, count=9))
    assert (await told(db, tuesday.workshop)).phase == "focused"
    await people(db, tuesday.workshop, 1)
    assert (await told(db, tuesday.workshop)).phase == "begun"


async def test_below_k_there_are_no_words_and_no_expectations(db: Database, tuesday: Cast) -> None:
    await people(db, tuesday.workshop, 4, obstacle="DRUK")
    it = await told(db, tuesday.workshop)
    assert (it.page.commitments, it.page.intentions, it.ahead) == ((), (), ())
    assert sheet(it, "commitments") == []
    await people(db, tuesday.workshop, 1, start=4, obstacle="DRUK")
    it = await told(db, tuesday.workshop)
    assert it.ahead == (("DRUK", 5),)
    assert len(sheet(it, "commitments")) == 5


async def test_intentions_and_commitments_are_two_lists(db: Database, tuesday: Cast) -> None:
    await people(db, tuesday.workshop, 4)
    await commit(db, tuesday.workshop, "vaag", act="ik denk erover na", verdict="vrijblijvend")
    it = await told(db, tuesday.workshop)
    assert it.page.intentions == ("Ik denk erover na",)
    assert len(it.page.commitments) == 4
    assert [row[1] for row in sheet(it, "commitments")] == ["Afspraak"] * 4 + ["Bedoeling"]


async def test_outcomes_are_totals_and_come_from_k_answers_on(db: Database, tuesday: Cast, hands: Hands) -> None:
    acts = await people(db, tuesday.workshop, 6)
    hands.put("2026-11-25 12:00")
    for act in acts[:4]:
        await db.write(check_in, act.id, "gelukt")
    it = await told(db, tuesday.workshop)
    assert it.figures is None
    assert it.due == 6
    assert not any(what == "Gelukt" for what, *_ in sheet(it, "figures"))
    await db.write(check_in, acts[4].id, "niet")
    it = await told(db, tuesday.workshop)
    assert it.outcome
    assert (it.outcome.done, it.outcome.not_done, it.outcome.unanswered) == (4, 1, 1)
    assert all(len(row) == 2 for row in sheet(it, "commitments"))
    small = dict.fromkeys(("done", "partly", "not_done", "no_answer", "excused"))
    assert anonymous.numbers(it, tuesday.workshop)["outcome"] == {**small, "due": 6}


async def test_no_name_of_a_participant_stands_in_any_form(db: Database, tuesday: Cast) -> None:
    for number in range(6):
        await commit(db, tuesday.workshop, f"phone {number}", name="Wilhelmina")
    it = await told(db, tuesday.workshop)
    for language in ("nl", "en"):
        sheets = report_tables.tables(it, language)
        assert "Wilhelmina" not in report_tables.as_json(sheets)
        assert "Wilhelmina" not in report_picture.svg(it, language)


async def test_who_can_arrange_a_condition_stands_in_the_language_of_the_reader(db: Database, tuesday: Cast) -> None:
    await put(
        db,
        tuesday.workshop,
        Condition(workshop_id=tuesday.workshop.id, text="mandaat", owner="Karin", status="promised", by_date="1 dec"),
        Condition(workshop_id=tuesday.workshop.id, text="rust", owner="nobody"),
    )
    it = await told(db, tuesday.workshop)
    assert [(row[0], row[2], row[4]) for row in sheet(it, "conditions")] == [
        ("mandaat", "Karin", "toegezegd"),
        ("rust", "", "open"),
    ]
    assert sheet(it, "conditions", "en")[0][4] == "agreed to"
    assert it.realised.owned == 1


async def test_when_the_words_are_gone_the_numbers_stand(db: Database, tuesday: Cast) -> None:
    await put(db, tuesday.workshop, Condition(workshop_id=tuesday.workshop.id, text="mandaat", owner="Karin"))
    await need(db, tuesday.workshop, "team", dots=4, size="2 dagen")
    await people(db, tuesday.workshop, 6)
    await db.write(empty_texts, tuesday.workshop, TUESDAY)
    it = await told(db, tuesday.workshop)
    assert it.emptied_at == TUESDAY
    assert (it.committed, it.page.commitments) == (6, ())
    assert [each.text for each in it.conditions] == [""]
    assert {what: count for what, count, _ in sheet(it, "figures")}["Afspraken"] == 6
    assert "<path" in report_picture.svg(it, "en")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@x", "\tx"])
def test_a_formula_is_made_harmless(text: str) -> None:
    table = report_tables.Table("t", "T", (("a", "A"),), ((text,),))
    made = report_tables.as_csv([table], "nl").decode("utf-8-sig")
    assert f"'{text}" in made


async def test_what_is_shared_is_numbers(db: Database, tuesday: Cast) -> None:
    """Nothing that anybody typed, no name of the organisation or of the workshop, and no day."""
    await put(
        db,
        tuesday.workshop,
        *(Need(workshop_id=tuesday.workshop.id, type="EIGEN SOORT", text=f"geheime tekst {n}") for n in range(5)),
        Party(workshop_id=tuesday.workshop.id, name="geheime partij"),
        Condition(workshop_id=tuesday.workshop.id, text="geheime voorwaarde", type="OOK EIGEN"),
    )
    await people(db, tuesday.workshop, 6)
    it = await told(db, tuesday.workshop)
    shared = anonymous.as_json(anonymous.numbers(it, tuesday.workshop))
    for typed in ("geheim", "EIGEN", "nummer", it.organisation, it.title, tuesday.workshop.code, "2026-11-"):
        assert typed not in shared
    assert '"2026-11"' in shared
    assert anonymous.numbers(it, tuesday.workshop)["needs_by_type"] == {"ANDERS": 5}
    assert anonymous.numbers(it, tuesday.workshop)["conditions_by_type"] == {}
