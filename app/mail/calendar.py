"""The commitment as an entry in somebody's calendar: one `.ics` file (RFC 5545).

METHOD is PUBLISH: an entry of one's own, no invitation with attendees and replies. Times are in UTC,
because Outlook misreads time zones in files. A changed commitment keeps its UID and raises SEQUENCE, so
that the calendar replaces it.
"""

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

FILE_NAME = "afspraak.ics"
CONTENT_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
_REMINDER = timedelta(minutes=-10)


def afspraak(
    uid: str,
    sequence: int,
    stamp: datetime,
    start: datetime,
    minutes: int,
    summary: str,
    description: str,
    language: str,
    url: str = "",
) -> bytes:
    """The file, with CRLF line ends and lines of at most 75 octets.

    `stamp` (when this version was made) and `start` are aware, `minutes` is above 0, `language` is nl or
    en. `url` is the person's own link; it also ends the description, because many calendars show nothing
    else. Give no data of third parties beside what the person wrote. Raises ValueError for a naive time, a
    wrong length or a broken URL.
    """
    if minutes < 1 or sequence < 0:
        raise ValueError(f"{minutes} minutes, sequence {sequence}: no entry can be made of that.")
    begin, title, body = _utc(start), " ".join(summary.split()), _with_link(description, url)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", _utc(stamp))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=minutes))
    event.add("summary", _text(title, language))
    if body:
        event.add("description", _text(body, language))
    if url:
        event.add("url", _link(url))
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    event.add_component(_alarm(title, language))
    file: bytes = _calendar(event).to_ical()
    return file


def _calendar(event: Event) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Morgen//Morgen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar


def _alarm(title: str, language: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(title, language))
    alarm.add("trigger", _REMINDER)
    return alarm


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone.")
    return moment.astimezone(UTC).replace(microsecond=0)


def _text(text: str, language: str) -> vText:
    """Control characters are forbidden in a content line, and line ends other than \\n would break it."""
    lines = "\n".join(text.splitlines())
    clean = "".join(sign for sign in lines if sign == "\n" or (sign >= " " and not "\x7f" <= sign <= "\x9f"))
    return vText(clean, params={"LANGUAGE": language})


def _link(url: str) -> str:
    """URL is the one property whose value the library does not escape."""
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or not url.startswith(("https://", "http://")):
        raise ValueError(f"{url!r} is no web address.")
    return url


def _with_link(description: str, url: str) -> str:
    if not url or url in description:
        return description
    return f"{description}\n\n{url}".lstrip("\n")
