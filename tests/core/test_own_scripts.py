"""A trainer's own draaiboek: changed as a draft, judged by the rules of files, written and read as the same YAML."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotFound, Refused
from app.core.own_scripts import (
    SavedElsewhere,
    copied,
    copy_script,
    delete_own_script,
    own_script,
    own_scripts,
    save_document,
    sound_script,
)
from app.core.script import Script
from app.core.script_day import cautions, slots, total
from app.core.script_draft import MOST_STEPS, DraftCut, DraftScript, DraftStep
from app.core.script_file import check_text, load_text
from app.core.script_mistakes import mistakes_in
from app.core.script_yaml import to_yaml
from app.core.text import clean
from app.db import Database
from app.scripts import shipped
from tests.conftest import Cast
from tests.scripts import small_script

TYPED = st.text(max_size=200).map(lambda text: str(clean(text))).filter(bool)


def draft(script: Script | None = None) -> DraftScript:
    return DraftScript.model_validate((script or shipped()["opgave-in-40-minuten"]).model_dump(mode="json"))


def keys(script: DraftScript) -> list[str]:
    return [step.key for step in script.steps]


def told(script: DraftScript) -> list[str]:
    return [each.what % each.values for each in cautions(script)]


@pytest.mark.parametrize("script", shipped().values(), ids=lambda script: script.key)
def test_every_shipped_draaiboek_is_the_same_after_export_and_import(script: Script) -> None:
    assert load_text(to_yaml(draft(script).document()), "export") == script
    assert mistakes_in(draft(script).document()) == []


@given(TYPED, TYPED)
def test_whatever_is_typed_comes_back_from_yaml(dutch: str, english: str) -> None:
    script = draft()
    script.steps[0].say.nl, script.steps[1].activities[0].spec["question"]["en"] = dutch, english
    script.summary.en = f"{english} {dutch}"
    text = to_yaml(script.document())
    assert load_text(text, "export") == Script.model_validate(script.document())


@pytest.mark.parametrize(
    "word", ["08", "1e5", "no", "null", "~", "9:30", "true", "- x", "a: b", "# x", "'", "1_0", "%"]
)
def test_a_word_that_yaml_would_read_as_something_else_stays_a_word(word: str) -> None:
    script = draft()
    script.title.nl = word
    assert load_text(to_yaml(script.document()), "export").title.nl == word


def test_exported_text_is_written_as_people_write_it() -> None:
    text = to_yaml(draft().document())
    assert text.startswith("# yaml-language-server: $schema=script.schema.json\n\nkey: ")
    assert max(len(line) for line in text.splitlines()) <= 120
    assert "{" not in text.replace("{halfway}", "").replace("{when}", "").replace(
        "{who} in {where} {what}", ""
    ).replace("{now}", "")


def broken(script: DraftScript) -> DraftScript:
    """One of each: a text, a number, a list, a kind, a spec, a key, a cut and the kept commitment."""
    script.steps[0].title.en, script.steps[1].minutes, script.steps[2].rescue = "", "x", []
    script.steps[3].activities[0].kind, script.steps[4].activities[0].spec["dots"] = "skale", 99
    script.steps[5].key = "s5"
    script.cut_order.append(DraftCut(step="s10"))
    next(step for step in script.steps if step.key == "s9").keep = False
    return script


def test_a_form_is_judged_as_a_file_with_the_same_text_would_be() -> None:
    document = broken(draft()).document()
    in_file = {each.line for each in check_text(to_yaml(document), "x")}
    in_form = mistakes_in(document)
    assert len(in_form) >= len(in_file) > 7
    assert {each.place[:2] for each in in_form if each.step is not None} >= {("steps", at) for at in range(6)}


def test_a_mistake_knows_its_field() -> None:
    places = {each.place for each in mistakes_in(broken(draft()).document())}
    assert ("steps", 0, "title", "en") in places
    assert ("steps", 1, "minutes") in places
    assert ("steps", 4, "activities", 0, "spec", "dots") in places
    assert ("cut_order", 3, "step") in places


def test_a_step_moves_by_one_place_and_not_past_the_ends() -> None:
    script = draft(small_script())
    script.move_step("s1", -1)
    script.move_step("s1", -1)
    assert keys(script) == ["s1", "s0", "s10"]
    script.move_step("s10", 1)
    script.move_step("nowhere", 1)
    assert keys(script) == ["s1", "s0", "s10"]


def test_a_dropped_step_leaves_the_cut_order_and_can_be_put_back() -> None:
    script = draft()
    before = keys(script)
    gone = script.drop_step("s1")
    assert gone
    assert gone[0] == 1
    assert [cut.step for cut in script.cut_order] == ["s7", "s5"]
    script.add_step(gone[1], gone[0])
    assert keys(script) == before
    assert script.drop_step("s1-2") is None


def test_a_second_copy_keeps_its_place_in_the_method() -> None:
    script = draft()
    step = script.step("s5")
    assert step
    assert [script.add_step(step, 3), script.add_step(step, 3)] == ["s5-2", "s5-3"]
    assert script.add_step(DraftStep(key="s5-2"), 0) == "s5-4"
    assert len(set(keys(script))) == len(keys(script))


def test_a_dropped_activity_leaves_the_cut_order() -> None:
    script = draft()
    step = script.step("s7")
    assert step
    script.put_step("s7", step.model_copy(update={"activities": step.activities[:1]}))
    assert [cut.step for cut in script.cut_order] == ["s1", "s5"]


@given(st.lists(st.integers(1, 120), min_size=1, max_size=12))
def test_each_step_begins_where_the_one_before_it_ends(lengths: list[int]) -> None:
    script = DraftScript(steps=[DraftStep(key=f"s{at}", minutes=length) for at, length in enumerate(lengths)])
    found = slots(script)
    assert [slot.begins for slot in found] == [0] + [slot.ends for slot in found[:-1]]
    assert found[-1].ends == total(script) == sum(lengths)


@pytest.mark.parametrize("script", shipped().values(), ids=lambda script: script.key)
def test_a_shipped_draaiboek_gets_no_warning(script: Script) -> None:
    assert told(draft(script)) == []


def test_it_warns_when_a_kept_step_would_be_cut() -> None:
    script = draft()
    script.steps[0].minutes = 10
    assert "S10 would end 6 minutes after the end: it would be cut." in told(script)
    assert "The steps take 47 minutes, the draaiboek is planned for 40." in told(script)


def test_it_warns_when_the_signal_leaves_too_little_time() -> None:
    script = draft()
    script.commit_at = 5
    found = next(each for each in cautions(script) if each.mend == "commit")
    assert (found.step, found.values["needs"]) == ("s9", 12)


def test_it_warns_when_the_last_steps_are_not_kept_or_not_there() -> None:
    script = draft()
    next(step for step in script.steps if step.key == "s9").keep = False
    script.drop_step("s10")
    assert any(each.startswith("S9 may be dropped") for each in told(script))
    assert any(each.startswith("There is no step S10") for each in told(script))


def test_it_warns_when_the_commitment_is_taken_out() -> None:
    script = draft()
    next(step for step in script.steps if step.key == "s9").activities = []
    assert "S9 asks for no commitment." in told(script)


def document(script: Script | None = None) -> dict[str, Any]:
    return draft(script).document()


async def test_a_copy_is_stored_with_a_title_that_says_so(db: Database, cast: Cast) -> None:
    own = await db.write(copy_script, cast.anna.id, copied(document()), "opgave-in-40-minuten")
    async with db.read() as session:
        found = await own_script(session, cast.anna.id, own.id)
    assert found.document["title"] == {"nl": "Opgave in 40 minuten (kopie)", "en": "Opgave in 40 minutes (copy)"}
    assert sound_script(found).minutes == 40


async def test_somebody_elses_draaiboek_does_not_exist(db: Database, cast: Cast) -> None:
    own = await db.write(copy_script, cast.anna.id, document())
    async with db.read() as session:
        assert await own_scripts(session, cast.dirk.id) == []
    for verb, more in ((own_script, ()), (delete_own_script, ()), (save_document, (1, document()))):
        with pytest.raises(NotFound):
            await db.write(verb, cast.dirk.id, own.id, *more)  # type: ignore[arg-type]


async def test_what_another_window_saved_is_not_overwritten(db: Database, cast: Cast) -> None:
    own = await db.write(copy_script, cast.anna.id, document())
    changed = document() | {"minutes": 41}
    assert await db.write(save_document, cast.anna.id, own.id, 1, changed) == 2
    with pytest.raises(SavedElsewhere):
        await db.write(save_document, cast.anna.id, own.id, 1, document())
    async with db.read() as session:
        found = await own_script(session, cast.anna.id, own.id)
    assert (found.version, found.document["minutes"]) == (2, 41)


async def test_mistakes_are_stored_but_make_no_workshop(db: Database, cast: Cast) -> None:
    own = await db.write(copy_script, cast.anna.id, broken(draft()).document())
    with pytest.raises(Refused, match="still has mistakes"):
        sound_script(own)


async def test_a_draaiboek_has_an_end(db: Database, cast: Cast) -> None:
    long = draft()
    long.steps = [DraftStep(key=f"s1-{number}") for number in range(MOST_STEPS + 1)]
    with pytest.raises(Refused, match="too long"):
        await db.write(copy_script, cast.anna.id, long.document())


async def test_a_deleted_draaiboek_is_gone(db: Database, cast: Cast) -> None:
    own = await db.write(copy_script, cast.anna.id, document())
    await db.write(delete_own_script, cast.anna.id, own.id)
    with pytest.raises(NotFound):
        await db.write(own_script, cast.anna.id, own.id)
