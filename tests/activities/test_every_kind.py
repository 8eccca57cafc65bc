"""What holds for every kind of activity, also for one added tomorrow: found by discovery, filled by real taps."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app.core.kind import KINDS, discover
from app.db import Database
from app.live.personal import personal_part
from app.live.screens import context
from app.paths import TEMPLATES
from app.render import part
from tests.activities.examples import COUNTS, Rooms, example
from tests.activities.rooms import filled, screen, seen, text

AUDIENCES = ("projector", "facilitator", "participant")
LANGUAGES = ("nl", "en")
PHASES = ("open", "revealed", "closed")


@pytest.fixture(scope="module", params=sorted(discover()))
async def rooms(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rooms]:
    spec, form = example(request.param)
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp(request.param) / 'morgen.db'}"
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await engine.dispose()
    db = Database(url)
    views = {}
    for count in COUNTS:
        views[count], people = await filled(db, request.param, [form(number) for number in range(count)], **spec)
    yield Rooms(request.param, db, views, people)
    await db.close()


def everything(rooms: Rooms, *phases: str, **spec: Any) -> Iterator[tuple[str, str]]:
    """Each screen in each language as bytes, with its name."""
    for phase in phases or PHASES:
        for count in COUNTS:
            for audience in AUDIENCES:
                for language in LANGUAGES:
                    yield (
                        f"{audience} {language} {phase} {count}",
                        text(rooms.view(count, phase, **spec), audience, language),
                    )


def twice(html: str) -> set[str]:
    found = re.findall(r'\bid="([^"]+)"', html)
    return {each for each in found if found.count(each) > 1}


async def test_a_kind_has_its_four_templates(rooms: Rooms) -> None:
    names = {path.name for path in (TEMPLATES / "activities" / rooms.kind).iterdir()}
    assert {"projector.html", "facilitator.html", "participant.html", "_mine.html"} <= names


async def test_all_sixty_answered(rooms: Rooms) -> None:
    takes = KINDS[rooms.kind].takes_entries
    assert [len(rooms.views[count].cards) for count in COUNTS] == ([0, 1, 60] if takes else [0, 0, 0])
    assert len(rooms.people) == 60


async def test_every_screen_is_drawn_at_every_moment_and_uses_an_id_once(rooms: Rooms) -> None:
    for name, html in everything(rooms):
        assert html.strip(), name
        assert twice(html) == set(), name


async def test_the_own_part_is_drawn_at_every_moment_and_its_ids_are_its_own(rooms: Rooms) -> None:
    for phase in PHASES:
        view = rooms.view(60, phase)
        assert view.activity
        own = [view.activity.id, *(card.id for card in view.cards)]
        for language in LANGUAGES:
            mine = await personal_part(rooms.db, view, rooms.people[0], language)
            page = screen(view, "participant", language).assemble("screen", {view.mine_id: mine})
            assert twice(page) == set()
            assert [each for each in re.findall(r'\bid="([^"]+)"', mine) if not any(one in each for one in own)] == []


async def test_a_fresh_form_works_without_scripts_and_has_a_main_button(rooms: Rooms) -> None:
    """A personal kind has no fresh form for everybody: each phone gets its own."""
    empty = rooms.view(0)
    assert empty.activity
    fresh = part(f"activities/{rooms.kind}/_mine.html", "nl", **context(empty))
    if KINDS[rooms.kind].personal or not KINDS[rooms.kind].takes_entries:
        return
    address = f"/w/{empty.workshop.code}/activities/{empty.activity.id}/contributions"
    assert re.search(rf'<form [^>]*method="post"[^>]*action="{address}"', fresh)
    assert '<div class="thumb">' in fresh
    assert "button-primary" in fresh


async def test_no_name_is_shown_where_answers_are_anonymous(rooms: Rooms) -> None:
    for name, html in everything(rooms, anonymous=True):
        assert "Zwaantje" not in html, name


@pytest.mark.parametrize("audience", ["projector", "participant"])
async def test_before_the_reveal_nothing_typed_is_in_anybodys_bytes(rooms: Rooms, audience: str) -> None:
    for language in LANGUAGES:
        assert rooms.leaks(text(rooms.view(60, hide=True), audience, language), audience, language) == []


async def test_before_the_reveal_nothing_typed_is_on_the_trainers_screen(rooms: Rooms) -> None:
    view = rooms.view(60, hide=True)
    assert rooms.leaks(text(view, "facilitator"), "facilitator") == []


@pytest.mark.parametrize("audience", ["projector", "participant"])
async def test_before_the_reveal_no_answer_makes_a_difference_to_the_bytes(rooms: Rooms, audience: str) -> None:
    """Not what was typed, and not a count of it either: everybody might have said what the first one said."""
    if not KINDS[rooms.kind].takes_entries:
        return
    view = rooms.view(60, hide=True)
    same = rooms.recut(rooms.view(60, hide=True), entry=view.cards[0].entry)
    assert screen(view, audience).parts == screen(same, audience).parts


async def test_before_the_reveal_a_phone_gets_nothing_of_the_others(rooms: Rooms) -> None:
    view, me = rooms.view(60, hide=True), rooms.people[0]
    mine = await personal_part(rooms.db, view, me, "nl")
    others = [card for card in view.cards if card.participant_id != me.id]
    own = rooms.typed(card for card in view.cards if card.participant_id == me.id)
    assert [each for each in rooms.typed(others) if each not in own and each in mine] == []
    assert [card.id for card in others if card.id in mine] == []


async def test_the_same_state_gives_the_same_bytes(rooms: Rooms) -> None:
    again = await seen(rooms.db, rooms.views[60].workshop.id, 60)
    for audience in AUDIENCES:
        for language in LANGUAGES:
            before = screen(rooms.views[60], audience, language)
            assert screen(again, audience, language).parts == before.parts
            assert screen(again, audience, language, former=before).changes(before) == []


@pytest.mark.parametrize("template", ["projector", "participant"])
async def test_what_everybody_sees_holds_no_form(rooms: Rooms, template: str) -> None:
    for phase in PHASES:
        for count in COUNTS:
            values = context(rooms.view(count, phase))
            html = part(f"activities/{rooms.kind}/{template}.html", "nl", **values)
            assert re.findall(r"<(?:form|input|textarea|select|button)\b", html) == []


async def test_nothing_is_styled_or_scripted_in_place(rooms: Rooms) -> None:
    pages = [html for _, html in everything(rooms)]
    pages += [await personal_part(rooms.db, rooms.view(60, phase), rooms.people[0], "nl") for phase in PHASES]
    for html in pages:
        assert re.findall(r"\sstyle=|\shx-on|<script|<style|javascript:|\son[a-z]+=", html) == []
    for path in (TEMPLATES / "activities" / rooms.kind).iterdir():
        assert not re.search(r"\|\s*safe\b|Markup", path.read_text("utf-8")), path.name


async def test_a_trainers_wording_is_text_and_nothing_else(rooms: Rooms) -> None:
    view = rooms.recut(rooms.view(60, "revealed"), text="<img src=x>")
    for audience in AUDIENCES:
        assert "<img" not in text(view, audience)


async def test_a_hidden_card_is_not_on_the_wall_nor_on_the_phones(rooms: Rooms) -> None:
    view = rooms.recut(rooms.view(60, "revealed"), hidden=True)
    for audience in ("projector", "participant"):
        assert rooms.leaks(text(view, audience), audience) == []
