"""The calendar entry, read back with the parser and octet by octet."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event, vText

from app.mail.calendar import afspraak

STAMP = datetime(2026, 11, 24, 15, 20, 5, 123456, tzinfo=UTC)
START = datetime(2026, 11, 25, 9, 30, tzinfo=timezone(timedelta(hours=1)))
URL = "https://morgen.example/p/abc_DEF-123?v=1,2;3"
SUMMARIES = [
    "Ik bel Karin en vraag twee kamers",
    "Ik bel Karin 😀👩‍👩‍👧‍👦 " * 12,
    "أتصل بكارين وأسأل عن غرفتين شاغرتين هذا الشهر " * 6,
    "é" * 300,
    "x" * 300,
    r"Komma, puntkomma; backslash \ en \n, BEGIN:VEVENT: 'klaar' \, \;",
]


def entry(
    summary: str = "Ik bel Karin", description: str = "Klaar als: ja of nee", url: str = "", minutes: int = 30
) -> bytes:
    return afspraak("c1@morgen.example", 2, STAMP, START, minutes, summary, description, "nl", url)


def only_event(file: bytes) -> Event:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_the_entry_is_published_private_busy_and_in_utc() -> None:
    lines = entry().decode().split("\r\n")
    for line in (
        "METHOD:PUBLISH",
        "VERSION:2.0",
        "UID:c1@morgen.example",
        "SEQUENCE:2",
        "DTSTAMP:20261124T152005Z",
        "DTSTART:20261125T083000Z",
        "DTEND:20261125T090000Z",
        "TRANSP:OPAQUE",
        "CLASS:PRIVATE",
        "TRIGGER:-PT10M",
        "ACTION:DISPLAY",
    ):
        assert lines.count(line) == 1, line


def test_it_invites_nobody_and_names_no_place() -> None:
    file = entry(url=URL)
    for name in (b"ATTENDEE", b"ORGANIZER", b"LOCATION", b"RSVP", b"VTIMEZONE", b"TZID"):
        assert name not in file


def test_the_same_commitment_gives_the_same_bytes() -> None:
    assert entry() == entry()


def test_an_entry_can_end_on_the_next_day_in_utc() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    event = only_event(afspraak("c1", 0, STAMP, late, 60, "Laat", "", "nl"))
    assert event.end == datetime(2026, 11, 26, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("summary", SUMMARIES)
def test_what_somebody_wrote_comes_back_whole(summary: str) -> None:
    event = only_event(entry(summary, f"{summary}\nDan: {summary}"))
    title = event["SUMMARY"]
    assert isinstance(title, vText)
    assert title == summary.strip()
    assert title.params["LANGUAGE"] == "nl"
    assert event["DESCRIPTION"] == f"{summary}\nDan: {summary}"
    (alarm,) = event.walk("VALARM")
    assert isinstance(alarm, Alarm)
    assert alarm["DESCRIPTION"] == summary.strip()
    assert timedelta(minutes=-10) == alarm.TRIGGER


@pytest.mark.parametrize("summary", SUMMARIES)
def test_lines_hold_at_most_75_octets_and_break_between_signs(summary: str) -> None:
    file = entry(summary, summary, URL + "&long=" + "y" * 100)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_the_own_link_stands_in_the_entry_and_once_in_the_description() -> None:
    event = only_event(entry(url=URL))
    assert event["URL"] == URL
    assert event["DESCRIPTION"] == f"Klaar als: ja of nee\n\n{URL}"
    assert only_event(entry(description=f"Kijk op {URL}", url=URL))["DESCRIPTION"] == f"Kijk op {URL}"
    assert only_event(entry(description="", url=URL))["DESCRIPTION"] == URL


def test_without_a_link_or_a_description_they_are_left_out() -> None:
    event = only_event(entry(description=""))
    assert "URL" not in event
    assert "DESCRIPTION" not in event


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://x/\r\nATTENDEE:mailto:a@b",
        "https://x/\x00",
        "https://x/ y",
        "https://é/",
    ],
)
def test_a_broken_link_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no web address"):
        entry(url=url)


def test_a_naive_time_and_an_entry_without_length_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        afspraak("c1", 0, STAMP, START.replace(tzinfo=None), 30, "x", "", "nl")
    with pytest.raises(ValueError, match="0 minutes"):
        entry(minutes=0)


def test_line_ends_and_control_signs_cannot_add_a_property() -> None:
    event = only_event(entry("Bel\r\nATTENDEE:mailto:a@b", "een\r\ntwee\rdrie\u2028vier\x00\x07\x1b"))
    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "Bel ATTENDEE:mailto:a@b"
    assert event["DESCRIPTION"] == "een\ntwee\ndrie\nvier"


@given(st.text(max_size=300), st.text(max_size=300), st.integers(1, 480))
def test_any_text_gives_one_entry_that_parses(summary: str, description: str, minutes: int) -> None:
    file = entry(summary, description, URL, minutes)
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    event = only_event(file)
    assert event.end - event.start == timedelta(minutes=minutes)
    assert event["UID"] == "c1@morgen.example"
    assert "\n" not in str(event["SUMMARY"])
