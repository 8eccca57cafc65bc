"""The own page and what hangs on it, in a running server. Chantal's act is on Wednesday 25 November 2026, 9:30."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import httpx2
import pytest

from app import links
from app.core.checking_in import check_in, tell_more
from app.core.conditions_letter import ConditionsLetter, Point, PointAnswer
from app.core.grouping import pair
from app.core.lasting import CheckIn, Commitment, Condition, Gap, LaterCheckIn
from app.core.organisation import Organisation
from app.core.participant import Buddy, Participant
from app.core.trainer import Trainer
from app.db import Database
from app.ids import spoken_code
from app.mail.matter import Links
from tests.conftest import Cast, Running, session_token
from tests.follow_up import Chantal, Hands, commit, rows

pytest_plugins = ["tests.follow_up_cast"]
DUE, WEEK, MONTH = "2026-11-25 10:00", "2026-12-04 10:00", "2026-12-28 10:00"


@dataclass
class Page:
    """Chantal's links, and a browser that knows nothing of her."""

    own: str
    answer: str
    client: httpx2.Client

    def read(self, path: str = "") -> str:
        answer = self.client.get(path or self.own)
        assert answer.status_code == 200, path
        return answer.text


@pytest.fixture
def page(db: Database, chantal: Chantal, running: Running) -> Page:
    own = Links("", chantal.workshop, chantal.person, chantal.commitment)
    return Page(own.personal, own.answer, running.client())


def turn_of(text: str) -> str:
    found = re.search(r'<h2 id="turn">(.*?)</h2>', text)
    return found[1] if found else ""


async def hire(db: Database, chantal: Chantal) -> None:
    """The trainer comes from outside, so that people may choose to be seen."""

    async def hired(session: object) -> None:
        bureau = Organisation(name="Bureau Vlag")
        session.add(bureau)  # type: ignore[attr-defined]
        await session.flush()  # type: ignore[attr-defined]
        trainer = await session.get_one(Trainer, chantal.workshop.trainer_id)  # type: ignore[attr-defined]
        trainer.organisation_id = bureau.id
        session.add(trainer)  # type: ignore[attr-defined]

    await db.write(hired)


def adding(*made: object) -> Callable[[object], object]:
    async def add(session: object) -> None:
        for row in made:
            session.add(row)  # type: ignore[attr-defined]
            await session.flush()  # type: ignore[attr-defined]

    return add


async def test_a_scanner_and_one_tap_give_exactly_one_answer(db: Database, page: Page, hands: Hands) -> None:
    hands.put(DUE)
    for _ in range(3):
        page.read(page.answer)
    page.client.head(page.answer)
    assert await rows(db, CheckIn) == []
    page.client.post(page.answer, data={"answer": "gelukt"})
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.entered_by_trainer) == ("gelukt", False)


async def test_it_is_about_one_thing_at_a_time(db: Database, page: Page, hands: Hands, chantal: Chantal) -> None:
    text = page.read()
    assert turn_of(text) == "Jouw afspraak"
    assert "Pas hem aan, tot middernacht" in text
    assert 'name="answer"' not in text
    hands.put("2026-11-25 07:00")
    assert "Pas hem aan" not in page.read()
    hands.put(DUE)
    text = page.read()
    assert turn_of(text) == "Is het gelukt?"
    assert re.findall(r'name="answer" value="(\w+)"', text) == ["gelukt", "deels", "niet"]
    await db.write(check_in, chantal.commitment.id, "niet")
    assert turn_of(page.read()) == "En nu?"
    await db.write(check_in, chantal.commitment.id, "gelukt")
    assert turn_of(page.read()) == "Wat is je volgende stap?"
    hands.put(WEEK)
    assert turn_of(page.read()) == "Een week later"
    hands.put(MONTH)
    assert turn_of(page.read()) == "Vier weken later"
    hands.put("2027-02-01 10:00")
    assert turn_of(page.read()) == "Jouw afspraak"


async def test_everything_shown_to_others_can_be_switched_off(db: Database, page: Page, chantal: Chantal) -> None:
    await hire(db, chantal)
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(pair, bas, spoken_code(chantal.person.id))
    await db.write(pair, chantal.person, spoken_code(bas.id))

    async def show(session: object) -> None:
        act = await session.get_one(Commitment, chantal.commitment.id)  # type: ignore[attr-defined]
        act.wall = "name"
        session.add(act)  # type: ignore[attr-defined]

    await db.write(show)
    text = page.read()
    assert "Chantal, 9:30: <q>Ik bel Karin &amp; vraag &lt;twee&gt; kamers</q>" in text
    assert "Bas ziet je naam" in text
    page.client.post(f"{page.own}/sharing", data={"trainer": "yes"})
    assert [act.shows_trainer for act in await rows(db, Commitment, Commitment.id == chantal.commitment.id)] == [True]
    page.client.post(f"{page.own}/sharing", data={"stop": "wall"})
    assert "<q>" not in page.read()
    page.client.post(f"{page.own}/sharing", data={"stop": "buddy"})
    assert {row.withdrawn for row in await rows(db, Buddy)} == {True}
    await db.write(show)
    page.client.post(f"{page.own}/sharing", data={"stop": "all"})
    [act] = await rows(db, Commitment, Commitment.id == chantal.commitment.id)
    assert (act.wall, act.shows_trainer) == ("no", False)


async def test_the_own_condition_shows_only_what_was_published(db: Database, page: Page, chantal: Chantal) -> None:
    code = chantal.workshop.id
    own = Condition(workshop_id=code, participant_id=chantal.person.id, text="twee uur per week")
    await db.write(adding(own))
    assert "nog niet gestuurd" in page.read()
    point = Point(workshop_id=code, text="Tijd", condition_ids=[own.id])
    await db.write(adding(point, ConditionsLetter(workshop_id=code, approved_at=chantal.workshop.created_at)))
    draft = PointAnswer(workshop_id=code, point_id=point.id, answer="no", text="geen geld, nog niet zeggen")
    await db.write(adding(draft))
    text = page.read()
    assert "Nog geen antwoord" in text
    assert "geen geld" not in text
    published = PointAnswer(
        workshop_id=code,
        point_id=point.id,
        answer="partly",
        text="één uur",
        by_date=date(2026, 12, 14),
        published_at=chantal.workshop.created_at,
    )
    await db.write(adding(published))
    text = page.read()
    assert "één uur" in text
    assert "maandag 14 december" in text
    assert "geen geld" not in text


async def test_totals_come_when_the_trainer_and_who_decides_get_them_and_never_of_few(
    db: Database, page: Page, chantal: Chantal, hands: Hands
) -> None:
    acts = [chantal.commitment] + [(await commit(db, chantal.workshop, f"p{n}", name="P"))[1] for n in range(5)]
    hands.put(DUE)
    for act in acts[:4]:
        await db.write(check_in, act.id, "gelukt")
    hands.put("2026-12-03 10:30")
    assert "De hele groep" not in page.read()
    hands.put("2026-12-02 23:59")
    await db.write(check_in, acts[4].id, "niet")
    hands.put("2026-12-03 10:29")
    assert "De hele groep" not in page.read()
    hands.put("2026-12-03 10:30")
    assert "4 van de 6 deden wat ze afspraken. 5 gaven antwoord." in page.read()


async def test_a_card_for_who_gave_no_mail_holds_the_act_and_the_own_link(page: Page) -> None:
    text = page.read(f"{page.own}/card")
    for words in ("Ik bel Karin &amp; vraag &lt;twee&gt; kamers", "woensdag 25 november, 9:30", "Klaar als", "<svg"):
        assert words in text


async def test_my_data_as_a_page_and_as_a_file(page: Page, db: Database, chantal: Chantal) -> None:
    await commit(db, chantal.workshop, "bas", name="Bas", act="ik schrap het weekoverleg")
    text = page.read(f"{page.own}/data")
    file = page.client.get(f"{page.own}/data.json")
    assert "attachment" in file.headers["content-disposition"]
    told = json.loads(file.text)
    assert told["commitments"][0]["act"] == "ik bel Karin & vraag <twee> kamers"
    for got in (text, file.text):
        assert "chantal@example.org" in got
        assert "weekoverleg" not in got
        assert "Bas" not in got


async def test_a_good_intention_is_told_so_once_and_may_stay(
    db: Database, page: Page, chantal: Chantal, hands: Hands
) -> None:
    hands.put(DUE)
    assert "één tegelijk" in page.read(f"{page.answer}/next")
    page.client.post(page.answer, data={"answer": "gelukt"})
    text = page.client.post(f"{page.answer}/more", data={"brought": "ja", "next": "next"}).text
    [day, *_] = re.findall(r'name="day" value="([\d-]+)"', text)
    vague = {"act": "we gaan proberen beter samen te werken", "day": day, "at": "10:00"}
    told = page.client.post(f"{page.answer}/next", data=vague).text
    assert "verdict-vrijblijvend" in told
    assert len(await rows(db, Commitment)) == 1
    made = page.client.post(f"{page.answer}/next", data=vague | {"keep": vague["act"]})
    assert made.url.path != page.answer
    [step] = await rows(db, Commitment, Commitment.next_after == chantal.commitment.id)
    assert (step.verdict, step.overruled) == ("vrijblijvend", True)
    assert "Je volgende stap is op" in page.read(page.answer)
    assert turn_of(page.read()) == "Jouw afspraak"


async def test_a_concrete_next_step_needs_one_tap(db: Database, page: Page, chantal: Chantal, hands: Hands) -> None:
    hands.put(DUE)
    page.client.post(page.answer, data={"answer": "gelukt"})
    given = {"act": "ik bel om 10:00 Fatima en vraag wie beslist", "day": "2026-11-26", "at": "10:00"}
    assert "afspraak.ics" in page.client.post(f"{page.answer}/next", data=given).text
    refused = page.client.post(f"{page.answer}/next", data=given | {"keep": given["act"]})
    assert refused.status_code == 422
    assert len(await rows(db, Commitment)) == 2


async def test_the_week_in_two_taps(db: Database, page: Page, chantal: Chantal, hands: Hands) -> None:
    week = f"{page.answer}/week"
    assert "Deze vraag komt op woensdag 2 december" in page.read(week)
    assert page.client.post(week, data={"worked": "once"}).status_code == 409
    hands.put(WEEK)
    await db.write(
        adding(Condition(workshop_id=chantal.workshop.id, participant_id=chantal.person.id, text="twee uur"))
    )
    text = page.read(week)
    assert re.findall(r'name="worked" value="(\w+)"', text) == ["several", "once", "no"]
    page.client.head(week)
    assert await rows(db, LaterCheckIn) == []
    assert "twee uur" in page.client.post(week, data={"worked": "once"}).text
    page.client.post(week, data={"more": "yes", "helped": "<b>rust</b>", "condition_met": "partly"})
    [told] = await rows(db, LaterCheckIn)
    assert (told.letter, told.worked, told.helped, told.condition_met) == ("m3", "once", "<b>rust</b>", "partly")
    assert "<b>rust</b>" not in page.read(week)
    refused = page.client.post(week, data={"more": "yes", "helped": "y" * 501})
    assert refused.status_code == 422
    assert "y" * 501 in refused.text


async def test_the_month_stands_beside_the_first_median(
    db: Database, page: Page, chantal: Chantal, hands: Hands
) -> None:
    month = f"{page.answer}/month"
    hands.put(MONTH)
    await db.write(adding(Gap(workshop_id=chantal.workshop.id, now=3.5, wanted=8, count=7)))
    assert "In de workshop gaven jullie een 3.5" in page.read(month).replace("3,5", "3.5")
    assert page.client.post(month, data={"now": "eleven"}).status_code == 422
    assert page.client.post(month, data={"now": "11"}).status_code == 422
    text = page.client.post(month, data={"now": "0"}).text
    assert 'value="0" required checked' in text
    assert 'name="may_call"' not in text  # the trainer works for their own organisation
    await hire(db, chantal)
    text = page.read(month)
    assert "Bij ja ziet de trainer je naam, je afspraak en je antwoorden" in text
    page.client.post(month, data={"more": "yes", "different": "12 jongeren wonen nu", "may_call": "yes"})
    [told] = await rows(db, LaterCheckIn)
    assert (told.now, told.different, told.may_call) == (0, "12 jongeren wonen nu", True)


async def test_a_buddy_sees_name_act_moment_and_whether_it_worked_and_nothing_more(
    db: Database, chantal: Chantal, running: Running, hands: Hands
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    path = f"/b/{links.sign('buddy', chantal.person.id, chantal.person.link_epoch)}"
    client = running.client()
    assert client.get(path).status_code == 404
    await db.write(pair, bas, spoken_code(chantal.person.id))
    await db.write(pair, chantal.person, spoken_code(bas.id))
    text = client.get(path).text
    assert "Jij bent het maatje van Chantal" in text
    assert "Ik bel Karin" in text
    assert 'name="seen"' not in text
    hands.put(DUE)
    assert "Niet gelukt" not in client.get(path).text
    await db.write(check_in, chantal.commitment.id, "niet")
    await db.write(tell_more, chantal.commitment.id, obstacle="DRUK", obstacle_text="te veel", needed="tijd")
    text = client.get(path).text
    assert "Wat Chantal liet weten over woensdag 25 november om 9:30 uur" in text
    assert "<b>Niet gelukt</b>" in text
    for hidden in ("ja of nee", "Peter", "druk", "te veel", "tijd<", "chantal@example.org", chantal.commitment.id):
        assert hidden not in text
    assert client.head(path).status_code in (200, 405)
    assert "Jij hebt het gezien." in client.post(path, data={"seen": "yes"}).text
    [answer] = await rows(db, CheckIn)
    assert answer.answer == "niet"
    assert "Ik heb het gezien" in client.post(path, data={"seen": "no"}).text
    [act] = await rows(db, Commitment, Commitment.id == chantal.commitment.id)
    assert act.seen_at is None


async def test_a_buddys_link_is_for_the_one_who_is_asked_about(
    db: Database, chantal: Chantal, running: Running
) -> None:
    bas, _ = await commit(db, chantal.workshop, "bas", name="Bas")
    await db.write(pair, bas, spoken_code(chantal.person.id))
    await db.write(pair, chantal.person, spoken_code(bas.id))
    async with db.read() as session:
        bas = await session.get_one(Participant, bas.id)
    for wrong in (links.sign("person", chantal.person.id), links.sign("buddy", bas.id, bas.link_epoch + 1)):
        assert running.client().get(f"/b/{wrong}").status_code == 404


async def test_a_reply_is_entered_without_showing_what_stands_there(
    db: Database, tuesday: Cast, chantal: Chantal, running: Running, hands: Hands
) -> None:
    hands.put("2026-11-25 10:00")
    trainer = running.trainer_client(await session_token(db, tuesday.anna))
    path = f"/w/{chantal.workshop.code}/replies"
    told: list[str] = []
    given = {"address": "Chantal <chantal@example.org>", "answer": "niet", "obstacle": "DRUK"}
    for own in ("", "gelukt"):
        if own:
            await db.write(check_in, chantal.commitment.id, own)
        told.append(trainer.post(path, data=given).text)
    assert told[0] == told[1]
    assert "Ingevuld." in told[0]
    for hidden in ("Karin", "Chantal", "gelukt</b>", 'value="gelukt" required checked'):
        assert hidden not in told[0]
    [answer] = await rows(db, CheckIn)
    assert (answer.answer, answer.entered_by_trainer) == ("gelukt", False)
    unknown = trainer.post(path, data=given | {"address": "iemand@example.org"})
    assert unknown.status_code == 404
    assert 'value="iemand@example.org"' in unknown.text


async def test_what_the_trainer_entered_is_told_to_its_owner(
    db: Database, tuesday: Cast, chantal: Chantal, running: Running, hands: Hands, page: Page
) -> None:
    hands.put(DUE)
    trainer = running.trainer_client(await session_token(db, tuesday.anna))
    given = {"address": "chantal@example.org", "answer": "deels"}
    trainer.post(f"/w/{chantal.workshop.code}/replies", data=given)
    for path in (page.own, page.answer):
        assert "De trainer vulde dit in uit jouw antwoordmail" in page.read(path)
