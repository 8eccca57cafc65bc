"""Short texts on cards: the rules, what lives on, the wall of the newest, and the own cards on the phone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import col, select

from app.activities.cards import LONGEST_DATE, ON_THE_WALL, Cards, CardsEntry, CardsSpec
from app.core.contribute import contribute, withdraw
from app.core.contribution import Contribution
from app.core.drafts import ConditionDraft, NeedDraft
from app.core.errors import Refused
from app.core.joining import join
from app.core.lasting import Condition
from app.core.moving import activities_of, move_on
from app.core.places import IN_HAND
from app.core.shown import Shown
from app.db import Database
from app.live.view import View
from tests.activities.rooms import own_part, screen, shown, view
from tests.conftest import make_cast
from tests.scripts import activity, both, small_script

OWNERS = [{"key": "me", "label": both("Ikzelf")}, {"key": "directors", "label": both("Directie")}]
TYPES = [{"key": "TIJD", "label": both("Tijd")}, {"key": "MANDAAT", "label": both("Mandaat")}]
EXAMPLE_SPEC: dict[str, Any] = {
    "max_cards": 2, "types": TYPES, "owners": OWNERS, "by_date": True, "hands_on": "condition"
}  # fmt: skip
SPEC = CardsSpec(question=both("?"), **EXAMPLE_SPEC)
PLAIN = CardsSpec(question=both("?"), max_cards=2, max_length=20)
kind = Cards()


def example_form(number: int) -> dict[str, Any]:
    said = (
        "twee uur zonder overleg",
        "mandaat om kamers toe te wijzen",
        "وقت بلا اجتماعات 🙂",
        "Aansprakelijkheid" * 4,
    )
    owner = OWNERS[number % 2]["key"]
    return {
        "text": f"{said[number % 4]} {number}",
        "type": TYPES[number % 2]["key"],
        "owner": owner,
        "by_date": "1 mei",
    }


def card(number: int, words: str = "", slot: str = "", **changed: Any) -> Shown[Any]:
    made = shown("cards", number, {"text": words or f"kaart {number}"}, **changed)
    return Shown(made.id, made.participant_id, slot or f"k{number}", made.entry, made.text, made.hidden)


def room(count: int, **spec: Any) -> View:
    return view("cards", [card(number) for number in range(count)], **spec)


def refused(spec: CardsSpec, mine: int = 0, **form: Any) -> Refused:
    with pytest.raises(Refused) as found:
        kind.allow(spec, {f"k{n}": CardsEntry(text="x") for n in range(mine)}, kind.parse(form))
    return found.value


def test_every_card_has_a_place_of_its_own_by_the_phones_key() -> None:
    assert kind.slot(CardsEntry(text="x"), "a key") == "a key"


def test_a_card_needs_words_and_not_too_many() -> None:
    kind.allow(PLAIN, {}, CardsEntry(text="x" * 20))
    assert refused(PLAIN, text="x" * 21).values == {"max_length": 20}
    assert refused(PLAIN, text=" \n ").field == "text"


def test_who_has_used_all_cards_gets_no_more() -> None:
    kind.allow(PLAIN, {"k": CardsEntry(text="x")}, CardsEntry(text="y"))
    assert "used your cards" in refused(PLAIN, mine=2, text="y").message


@pytest.mark.parametrize("field", ["type", "owner"])
@pytest.mark.parametrize("chosen", [None, "SOMETHING"])
def test_a_kind_or_an_owner_is_chosen_where_the_script_asks_for_one(field: str, chosen: str | None) -> None:
    form = {name: value for name, value in (example_form(0) | {field: chosen}).items() if value is not None}
    assert refused(SPEC, **form).field == field


@pytest.mark.parametrize("more", [{"type": "TIJD"}, {"owner": "me"}, {"by_date": "1 mei"}])
def test_what_the_script_does_not_ask_for_is_refused(more: dict[str, str]) -> None:
    refused(PLAIN, text="x", **more)


def test_a_date_may_stay_open_and_is_short() -> None:
    form = {name: value for name, value in example_form(0).items() if name != "by_date"}
    kind.allow(SPEC, {}, kind.parse(form))
    with pytest.raises(Refused):
        kind.parse(form | {"by_date": "x" * (LONGEST_DATE + 1)})


def test_two_labels_cannot_have_one_key() -> None:
    with pytest.raises(ValidationError, match="same key"):
        CardsSpec(question=both("?"), owners=[OWNERS[0], OWNERS[0]])


def test_a_card_lives_on_as_what_the_script_says() -> None:
    entry = kind.parse(example_form(1))
    said = "mandaat om kamers toe te wijzen 1"
    assert kind.hand_on(SPEC, entry) == ConditionDraft(said, "MANDAAT", "directors", "1 mei")
    assert kind.hand_on(CardsSpec(question=both("?"), hands_on="need"), CardsEntry(text="tijd")) == NeedDraft(
        "ANDERS", "tijd"
    )
    assert kind.hand_on(PLAIN, entry) is None


@given(st.integers(0, 90))
def test_the_wall_holds_the_newest_cards_each_in_its_own_place(count: int) -> None:
    tally = kind.tally(PLAIN, [card(number) for number in range(count)])
    assert [each.id for each in tally.cards] == [f"c{number}" for number in range(count)]
    places = {int(each.id[1:]): place for place, each in enumerate(tally.wall())}
    assert sorted(places) == list(range(count))[-ON_THE_WALL:]
    assert all(place == number % ON_THE_WALL for number, place in places.items())


def test_groups_are_counted_with_the_largest_first_and_none_that_nobody_chose() -> None:
    cards = [
        shown("cards", n, example_form(0) | {"owner": owner}) for n, owner in enumerate(("directors",) * 3 + ("me",))
    ]
    tally = kind.tally(SPEC, cards)
    assert [(label.nl, count) for label, count in tally.owners] == [("Directie", 3), ("Ikzelf", 1)]
    assert [(label.nl, count) for label, count in tally.types] == [("Tijd", 4)]


def test_the_trainers_wording_is_what_the_room_sees() -> None:
    tally = kind.tally(PLAIN, [card(1, "lelijk", text="mooi")])
    assert [each.text for each in tally.cards] == ["mooi"]
    assert kind.card_text(CardsEntry(text="lelijk")) == "lelijk"


async def test_cards_are_counted_changed_and_taken_back_through_the_one_path(db: Database) -> None:
    cast = await make_cast(db, script=small_script(activity("kaart", "cards", **EXAMPLE_SPEC)))
    async with db.read() as session:
        arrival, cards = (await activities_of(session, cast.workshop.id))[:2]
    await db.write(move_on, cast.workshop.id, f"{arrival.id}:open", f"{cards.id}:open")
    bas = await db.write(join, cast.workshop.id, "bas", "nl")
    first = await db.write(contribute, bas, cards.id, example_form(0), "k1")
    assert await db.write(contribute, bas, cards.id, example_form(0), "k1") == first
    await db.write(contribute, bas, cards.id, example_form(1), "k2")
    with pytest.raises(Refused):
        await db.write(contribute, bas, cards.id, example_form(2), "k3")
    changed = example_form(4) | {"card": first}
    assert await db.write(contribute, bas, cards.id, changed, "k1") == first
    await db.write(withdraw, bas, first)
    await db.write(contribute, bas, cards.id, example_form(3), "k3")
    async with db.read() as session:
        rows = (await session.exec(select(Contribution).order_by(col(Contribution.slot)))).all()
        lasting = (await session.exec(select(Condition).order_by(col(Condition.text)))).all()
    assert [(row.slot, row.withdrawn) for row in rows] == [("k1", True), ("k2", False), ("k3", False)]
    assert "card" not in rows[0].entry
    assert [(each.text[:7], each.withdrawn) for each in lasting] == [
        ("Aanspra", False), ("mandaat", False), ("twee uu", True)
    ]  # fmt: skip


def test_only_the_card_that_was_just_sent_is_asked_whether_it_stands_there_already() -> None:
    others = [shown("cards", 9, {"text": "een projectkamer voor het team"})]
    mine = [replace(shown("cards", number, {"text": "een projectkamer"}), slot=f"k{number}") for number in (1, 2)]
    room = view("cards", [*others, *mine], max_cards=5)
    told = own_part(room, mine, saved="c2")
    first, second = told.split('id="own-c2"')
    assert ">een projectkamer voor het team</q>" in second
    assert "<q" not in first
    assert "<q" not in own_part(room, mine)


def test_one_more_card_leaves_the_trainers_buttons_and_other_cards_as_they_were() -> None:
    cards = [shown("cards", number, {"text": f"kaart {number}"}) for number in range(1, 4)]
    before = screen(view("cards", cards[:2]), "facilitator")
    after = screen(view("cards", cards), "facilitator", former=before)
    assert {"counts", "cards"} <= set(after.changes(before))
    assert after.parts["hand-c1"] is before.parts["hand-c1"]
    assert after.parts["control-row"] is before.parts["control-row"]


@pytest.mark.parametrize("count", [1, 12, 13, 40, 100, 500])
def test_the_trainer_has_the_cards_of_the_page_that_the_wall_shows(count: int) -> None:
    hidden = shown("cards", 0, {"text": "weg ermee"}, hidden=True)
    cards = [hidden, *(shown("cards", number, {"text": f"kaart {number}"}) for number in range(1, count + 1))]
    room = view("cards", cards)
    last = room.leaves[-1]
    assert last == room.kind.pages(room.tally)
    for page in range(1, last + 1):
        turned = replace(room, stage=room.stage.model_copy(update={"page": page}))
        held = [each.card.id for each in turned.hand.cards.values()]
        assert held == [card.id for card in turned.tally.wall(page)] + [hidden.id] * (page == last)
    assert hidden.id in [each.card.id for each in room.hand.cards.values()] or count >= IN_HAND


def test_a_hundred_hidden_cards_can_all_be_taken_up_again() -> None:
    cards = [shown("cards", number, {"text": f"kaart {number}"}, hidden=number < 100) for number in range(113)]
    room = view("cards", cards)
    turned = [
        replace(room, stage=room.stage.model_copy(update={"page": page})) for page in range(1, room.leaves[-1] + 1)
    ]
    held = [each.card.id for each in (held for page in turned for held in page.hand.cards.values())]
    assert sorted(held) == sorted(card.id for card in cards)
    assert all(len(page.hand.cards) <= IN_HAND for page in turned)


@pytest.mark.parametrize("page", [0, 1])
def test_of_what_is_the_same_the_earliest_stands_first(page: int) -> None:
    room = view("cards", [shown("cards", number, {"text": "een vaste projectkamer"}) for number in range(3)])
    turned = replace(room, stage=room.stage.model_copy(update={"page": page}))
    assert [[card.id for card in group] for group in turned.hand.doubles] == [["c0", "c1", "c2"]]
