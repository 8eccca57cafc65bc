"""The editor of draaiboeken through its doors: plain forms, nothing typed is lost, and a workshop comes of it."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel

from app import render
from app.core.kind import KINDS
from app.core.own_scripts import copy_script, own_script
from app.core.script_draft import DraftScript
from app.core.script_file import load_text
from app.core.script_yaml import to_yaml
from app.core.trainer import OwnScript
from app.core.workshop import Audience
from app.db import Database
from app.live.preview import has_examples, preview, view_of
from app.scripts import shipped
from app.web.spec_forms import example_of, inputs_of
from app.web.step_editor import example_spec
from tests.conftest import Cast, Running, session_token
from tests.web.test_trainer import FORM, newest

pytestmark = pytest.mark.one_engine
SHIPPED = "opgave-in-40-minuten"
DOCUMENT: dict[str, Any] = shipped()[SHIPPED].model_dump(mode="json")


class Fields(HTMLParser):
    """What a browser would send of the form with this id."""

    def __init__(self, page: str, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.area, self.select = form, False, "", ""
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.inside = given.get("id") == self.form
        elif not self.inside:
            return
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.found[name] = given.get("value", "")
        elif tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in self.found or "selected" in given):
            self.found[self.select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = ""
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data


class Desk:
    """Anna at her own copy, with or without htmx."""

    def __init__(self, client: httpx2.Client, db: Database, own: OwnScript) -> None:
        self.client, self.db, self.own = client, db, own
        self.home = f"/trainer/own-scripts/{own.id}"

    def fields(self, page: str) -> dict[str, str]:
        return Fields(page, "step-form" if 'id="step-form"' in page else "script-form").found

    def open(self, step: str = "") -> dict[str, str]:
        answer = self.client.get(self.home + (f"/steps/{step}" if step else ""))
        assert answer.status_code == 200
        return self.fields(answer.text)

    def press(self, act: str, step: str = "", **typed: str) -> httpx2.Response:
        """Open the page, type, press one button."""
        sent = self.open(step) | {name.replace("__", "."): text for name, text in typed.items()} | {"act": act}
        return self.client.post(self.home + (f"/steps/{step}" if step else ""), data=sent)

    async def stored(self) -> DraftScript:
        async with self.db.read() as session:
            found = await own_script(session, self.own.trainer_id, self.own.id)
        return DraftScript.model_validate(found.document)


@pytest.fixture
async def desk(db: Database, cast: Cast, running: Running) -> Desk:
    client = running.trainer_client(await session_token(db, cast.anna))
    client.headers["Accept-Language"] = "en"
    return Desk(client, db, await db.write(copy_script, cast.anna.id, DOCUMENT, SHIPPED))


async def test_a_shipped_draaiboek_is_copied_and_stays_as_it_is(desk: Desk) -> None:
    page = desk.client.post("/trainer/own-scripts", data={"script": SHIPPED})
    assert page.url.path.startswith("/trainer/own-scripts/")
    assert "Opgave in 40 minutes (copy)" in page.text
    again = desk.client.post("/trainer/own-scripts", data={"script": f"own:{page.url.path.rpartition('/')[2]}"})
    assert "(copy) (copy)" in again.text
    assert desk.client.post("/trainer/own-scripts", data={"script": "nowhere"}).status_code == 404
    listed = desk.client.get("/trainer/scripts").text
    assert listed.count("Change it") == 3
    assert shipped()[SHIPPED].model_dump(mode="json") == DOCUMENT


async def test_two_presses_on_copy_make_one_draaiboek(desk: Desk) -> None:
    def press(page: str, script: str) -> str:
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        return desk.client.post("/trainer/own-scripts", data={"script": script, "key": key[1]}).url.path

    page = desk.client.get("/trainer/scripts").text
    assert press(page, SHIPPED) == press(page, SHIPPED)
    assert press(page, SHIPPED) != press(page, f"own:{desk.own.id}")
    assert press(page, SHIPPED) != press(desk.client.get("/trainer/scripts").text, SHIPPED)
    assert desk.client.get("/trainer/scripts").text.count("Change it") == 1 + 3


async def test_one_key_of_two_trainers_makes_two_draaiboeken(desk: Desk, cast: Cast) -> None:
    made = [await desk.db.write(copy_script, each.id, DOCUMENT, SHIPPED, "same") for each in (cast.anna, cast.dirk)]
    assert made[0].id != made[1].id


@pytest.mark.parametrize("step", [step["key"] for step in DOCUMENT["steps"]])
async def test_saving_an_untouched_step_changes_nothing(desk: Desk, step: str) -> None:
    assert "Saved." in desk.press("save", step).text
    text = desk.client.get(desk.home + "/export").text
    before, after = shipped()[SHIPPED], load_text(text, "export")
    assert after.model_copy(update={"steps": ()}) == before.model_copy(update={"steps": ()})
    for old, new in zip(before.steps, after.steps, strict=True):
        assert new.model_copy(update={"activities": ()}) == old.model_copy(update={"activities": ()})
        for one, other in zip(old.activities, new.activities, strict=True):
            spec = KINDS[one.kind].Spec
            assert spec.model_validate(other.spec) == spec.model_validate(one.spec)


async def test_texts_minutes_and_specs_are_edited_in_both_languages(desk: Desk) -> None:
    typed = {
        "title__en": "Yard stick",
        "minutes": "4",
        "activities__0__spec__question__nl": "Wat deed je?",
        "activities__0__spec__options__0__label__en": "Very much",
    }
    desk.press("save", "s1", **typed)
    step = (await desk.stored()).step("s1")
    assert step
    assert (step.title.en, step.minutes) == ("Yard stick", 4)
    spec = step.activities[0].spec
    assert (spec["question"]["nl"], spec["options"][0]["label"]["en"]) == ("Wat deed je?", "Very much")
    assert spec["options"][0]["key"] == "a-lot"


async def test_a_wrong_field_comes_back_with_its_reason_and_is_kept(desk: Desk) -> None:
    page = desk.press("save", "s5", minutes="lang", title__en="", activities__0__spec__dots="99", say__nl="Nieuw")
    fields = desk.fields(page.text)
    assert (fields["minutes"], fields["activities.0.spec.dots"], fields["say.nl"]) == ("lang", "99", "Nieuw")
    assert page.text.count('aria-invalid="true"') == 3
    assert re.search(r'id="activities-0-spec-dots-problem">[^<]*too high', unescape(page.text))
    assert 'href="#activities-0-spec-dots"' in page.text
    assert (await desk.stored()).steps[4].minutes == "lang"
    listed = desk.client.get("/trainer/scripts").text
    assert "3 things to mend" in listed
    assert f"new?script=own:{desk.own.id}" not in listed


async def test_items_of_a_list_are_added_moved_and_removed(desk: Desk) -> None:
    desk.press("down:activities.0.spec.options.0", "s1")
    desk.press("less:activities.0.spec.options.3", "s1")
    page = desk.press("more:activities.0.spec.options", "s1")
    assert "activities.0.spec.options.3.label.nl" in desk.fields(page.text)
    typed = {
        "activities__0__spec__options__3__label__nl": "Alles",
        "activities__0__spec__options__3__label__en": "All of it",
    }
    desk.press("save", "s1", **typed)
    step = (await desk.stored()).step("s1")
    assert step
    assert [each["key"] for each in step.activities[0].spec["options"]] == ["a-little", "a-lot", "nothing", "all-of-it"]


async def test_an_activity_of_any_kind_can_be_added(desk: Desk) -> None:
    for kind in sorted(KINDS):
        page = desk.press("activity", "s7", new_kind=kind)
        assert page.status_code == 200
    step = (await desk.stored()).step("s7")
    assert step
    assert [each.kind for each in step.activities[2:]] == sorted(KINDS)
    assert len({each.key for each in step.activities}) == len(step.activities)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_form_of_every_kind_starts_with_what_it_needs(kind: str) -> None:
    spec: type[BaseModel] = KINDS[kind].Spec
    assert inputs_of(spec, example_spec(kind), "spec")
    assert set(example_of(spec)) == {name for name, info in spec.model_fields.items() if info.is_required()}


async def test_a_dropped_activity_and_a_dropped_step_can_be_put_back(desk: Desk) -> None:
    page = desk.press("less:activities.0", "s7")
    desk.client.post(f"{desk.home}/steps/s7", data=desk.fields(page.text) | {"act": "restore"})
    page = desk.press("drop:s7")
    assert (await desk.stored()).step("s7") is None
    desk.client.post(desk.home, data=desk.fields(page.text) | {"act": "restore"})
    stored = await desk.stored()
    assert [step.key for step in stored.steps] == [step["key"] for step in DOCUMENT["steps"]]
    step = stored.step("s7")
    assert step
    assert [each.key for each in step.activities] == ["want-and-can", "condition"]


async def test_steps_move_and_are_added_from_a_shipped_draaiboek_or_empty(desk: Desk) -> None:
    desk.press("up:s5")
    desk.press("add", add_from=f"{SHIPPED}/s5", add_after="s5")
    desk.press("add", add_from="/s3", add_after="")
    assert [step.key for step in (await desk.stored()).steps][:6] == ["s3", "s0", "s1", "s2", "s5", "s5-2"]
    assert desk.open("s5-2")["title.nl"] == "Wat vraagt het?"
    assert desk.open("s3")["title.nl"] == ""


async def test_the_clock_of_the_day_moves_along_before_it_is_saved(desk: Desk) -> None:
    sent = desk.open() | {"start": "9:30", "steps.0.minutes": "10"}
    page = desk.client.post(desk.home + "/look", data=sent)
    times = re.findall(r'day-time">(\d+:\d\d)<', page.text)
    assert times[:3] == ["9:30", "9:40", "9:43"]
    assert "S10 would end 6 minutes after the end" in page.text
    assert (await desk.stored()).steps[0].minutes == 3
    desk.client.post(desk.home, data=sent | {"act": "sum"})
    assert (await desk.stored()).minutes == 47


async def test_the_cut_order_and_the_signal_are_changed(desk: Desk) -> None:
    desk.press("cut-drop:0")
    desk.press("cut-up:1")
    desk.press("cut-add", cut="s4")
    assert [(cut.step, cut.activity) for cut in (await desk.stored()).cut_order] == [
        ("s5", "card"),
        ("s7", "condition"),
        ("s4", None),
    ]
    assert "12 minutes before the end" in desk.press("save", commit_at="5").text
    desk.press("commit")
    assert (await desk.stored()).commit_at == 12


@pytest.mark.parametrize("step", ["", "s2"])
async def test_what_another_window_saved_is_not_overwritten_and_nothing_typed_is_lost(desk: Desk, step: str) -> None:
    mine, path = desk.open(step), desk.home + (f"/steps/{step}" if step else "")
    desk.press("save", step, title__nl="Uit het andere venster")
    page = desk.client.post(path, data=mine | {"title.nl": "Van mij", "act": "save"})
    assert page.status_code == 409
    assert 'role="alert"' in page.text
    again = desk.fields(page.text)
    assert again["title.nl"] == "Van mij"
    assert "Uit het andere venster" in to_yaml((await desk.stored()).document())
    assert desk.client.post(path, data=again | {"act": "save"}).status_code == 200
    assert "Van mij" in to_yaml((await desk.stored()).document())


async def test_a_step_that_another_window_dropped_comes_back_with_what_was_typed(desk: Desk) -> None:
    mine = desk.open("s4")
    desk.press("drop:s4")
    page = desk.client.post(f"{desk.home}/steps/s4", data=mine | {"title.nl": "Toch", "act": "save"})
    assert page.status_code == 409
    desk.client.post(f"{desk.home}/steps/s4", data=desk.fields(page.text) | {"act": "save"})
    step = (await desk.stored()).step("s4")
    assert step
    assert step.title.nl == "Toch"


async def test_htmx_gets_the_editor_alone(desk: Desk) -> None:
    sent = desk.open("s2") | {"act": "save"}
    part = desk.client.post(f"{desk.home}/steps/s2", data=sent, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'id="step-form"' in part


@pytest.mark.parametrize("audience", ["projector", "participant", "facilitator"])
async def test_every_shipped_activity_is_previewed_for_each_audience(desk: Desk, audience: str) -> None:
    for step in DOCUMENT["steps"]:
        for number, activity in enumerate(step["activities"]):
            path = f"{desk.home}/steps/{step['key']}/preview/{number}/{audience}"
            for lang in ("nl", "en"):
                page = desk.client.get(path, params={"lang": lang})
                assert page.status_code == 200
                assert activity["spec"]["question"][lang].partition("{")[0].strip() in unescape(page.text)
                assert f'class="{audience}"' in page.text
                assert "<script" not in page.text


OFFERED = ("poll", "scale", "dots", "cards", "statement", "matrix", "compare", "commitment")


@pytest.mark.parametrize("kind", OFFERED)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_preview_with_answers_is_of_twelve_people_who_all_answered(kind: str, language: str) -> None:
    asked = {"key": "s1", "minutes": 5, "activities": [{"key": "a", "kind": kind, "spec": example_spec(kind)}]}
    full, empty = view_of(asked, 0, "https://x", language), view_of(asked, 0, "https://x")
    assert len({card.participant_id for card in full.cards}) == 12
    assert len({card.entry.model_dump_json() for card in full.cards}) > 1
    assert len(full.lasting.commitments) == (12 if kind == "commitment" else 0)
    broken = render.part("shared/unrenderable.html", language)
    for audience in Audience:
        drawn = preview(full, audience, language)
        assert broken not in drawn
        if audience == Audience.PROJECTOR:
            assert drawn != preview(empty, audience, language)


async def test_the_editor_offers_answers_where_the_kind_has_examples(desk: Desk) -> None:
    page = desk.client.get(f"{desk.home}/steps/s1").text
    assert "See it with answers" in page
    address = f"{desk.home}/steps/s1/preview/0/projector"
    full, empty = (desk.client.get(address + query).text for query in ("?answers=true&lang=en", "?lang=en"))
    assert full != empty
    assert not has_examples("arrival")


async def test_only_previews_may_be_framed_and_only_by_us(desk: Desk) -> None:
    framed = desk.client.get(f"{desk.home}/steps/s1/preview/0/projector").headers["Content-Security-Policy"]
    editor = desk.client.get(f"{desk.home}/steps/s1").headers["Content-Security-Policy"]
    elsewhere = desk.client.get("/trainer/preview/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed
    assert "frame-ancestors 'none'" in editor
    assert "frame-src 'self'" in editor
    assert "frame-ancestors 'none'" in elsewhere
    assert "frame-src" not in elsewhere


async def test_an_activity_with_mistakes_has_no_preview_but_a_note(desk: Desk) -> None:
    page = desk.press("save", "s1", activities__0__spec__question__nl="")
    assert "<iframe" not in page.text
    note = desk.client.get(f"{desk.home}/steps/s1/preview/0/projector")
    assert "Mend the mistakes" in note.text
    assert desk.client.get(f"{desk.home}/steps/s1/preview/7/projector").status_code == 404
    assert desk.client.get(f"{desk.home}/steps/nowhere/preview/0/projector").status_code == 404


async def test_an_exported_draaiboek_is_imported_as_it_was(desk: Desk) -> None:
    exported = desk.client.get(desk.home + "/export")
    assert exported.headers["Content-Disposition"] == f'attachment; filename="{SHIPPED}.yaml"'
    for sent in (
        {"files": {"file": ("mijn.yaml", exported.content)}, "data": {"text": ""}},
        {"files": {"file": ("", b"")}, "data": {"text": exported.text}},
    ):
        page = desk.client.post("/trainer/own-scripts/import", **sent)
        assert page.url.path.startswith("/trainer/own-scripts/")
        again = desk.client.get(page.url.path + "/export")
        assert load_text(again.text, "x") == shipped()[SHIPPED]
        assert again.text == exported.text


async def test_an_import_with_mistakes_names_lines_and_keeps_the_text(desk: Desk) -> None:
    text = desk.client.get(desk.home + "/export").text.replace("minutes: 40", "minutes: 41") + "wrong: <b>&\n"
    page = desk.client.post("/trainer/own-scripts/import", data={"text": text}, files={"file": ("", b"")})
    assert page.status_code == 422
    assert "There are 2 mistakes in it." in page.text
    assert re.search(r"<b>Line \d+</b>", page.text)
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    assert area
    assert unescape(area[1]).strip() == text.strip()
    latin = desk.client.post("/trainer/own-scripts/import", files={"file": ("x.yaml", b"key: caf\xe9\n")})
    assert latin.status_code == 422
    assert "UTF-8" in latin.text


async def test_a_workshop_is_made_from_an_own_draaiboek_without_mistakes(desk: Desk) -> None:
    key = f"own:{desk.own.id}"
    desk.press("save", title__nl="Mijn middag")
    assert f'name="script" value="{key}"' in desk.client.get("/trainer/workshops/new", params={"script": key}).text
    refused = desk.client.post("/trainer/workshops", data=FORM | {"script": key, "title": ""})
    assert f'name="script" value="{key}"' in refused.text
    desk.client.post("/trainer/workshops", data=FORM | {"script": key})
    assert (await newest(desk.db)).script["title"]["nl"] == "Mijn middag"
    desk.press("save", title__nl="")
    assert desk.client.get("/trainer/workshops/new", params={"script": key}).status_code == 422


async def test_dirk_has_no_use_of_annas_draaiboek(desk: Desk, running: Running, cast: Cast) -> None:
    dirk = running.trainer_client(await session_token(desk.db, cast.dirk))
    assert dirk.get("/trainer/workshops/new", params={"script": f"own:{desk.own.id}"}).status_code == 404
    assert dirk.post("/trainer/own-scripts", data={"script": f"own:{desk.own.id}"}).status_code == 404
    assert "Change it" not in dirk.get("/trainer/scripts").text


async def test_a_deleted_draaiboek_is_gone(desk: Desk) -> None:
    assert desk.client.get(desk.home + "/deletion").status_code == 200
    assert desk.client.post(desk.home + "/deletion").url.path == "/trainer/scripts"
    assert desk.client.get(desk.home).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "less:activities.99", "version": "x"},
        {"act": "restore", "dropped": "[" * 500},
        {"act": "up:", "activities.x.kind": "poll", "activities": "x"},
        {"act": "more:activities.0.spec.options.0.label.nl", "activities.0.kind": "poll"},
        {"act": "cut-drop:-1", "steps.0": "x", "title": "x", "steps.999999999999.minutes": "1"},
        {"act": "add", "add_from": "/x/y", "add_after": "nowhere"},
        {"act": "save", "activities.0.key": "x", "activities.0.kind": "50%d"},
        {"act": "save", "activities.0.key": "x", "activities.0.kind": "poll", "activities.0.spec.%(x)d": "y"},
    ],
)
async def test_a_form_that_no_page_of_ours_sends_breaks_nothing(desk: Desk, sent: dict[str, str]) -> None:
    for path in (desk.home, f"{desk.home}/steps/s1", desk.home + "/look"):
        assert desk.client.post(path, data=sent | {"version": sent.get("version", "1")}).status_code in (200, 409)
    assert desk.client.get(desk.home).status_code == 200
