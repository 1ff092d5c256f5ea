"""The released sessions of a station as a calendar (RFC 5545), without alarms, each event known by its day and session for ever."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing import address
from broadcaster.publishing.edition import StationCard
from broadcaster.publishing.phrases import Phrases
from broadcaster.publishing.plain import REMEMBERED, one_line
from broadcaster.timekeeping import ZONE, hour
from broadcaster.types import Kind

_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE.key}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(card: StationCard, days: Iterable[ReleasedDay], public_url: str, phrases: Phrases) -> bytes:
    """All sessions of `days`, which are the station's. The times of an event come from its own content, never from the clock."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//broadcaster//calendar//VI",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(phrases.calendar_of.format(name=card.name))}",
        f"X-WR-TIMEZONE:{ZONE.key}",
        *_ZONE_LINES,
    ]
    for day in days:
        for session in day.sessions:
            lines += _event(day, session, public_url, phrases)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(day: ReleasedDay, session: ReleasedSession, public_url: str, phrases: Phrases) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.day.isoformat()}.{session.slug}.{day.station}@broadcaster"
    yield f"DTSTAMP:{session.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={ZONE.key}:{_local(session.start)}"
    yield f"DTEND;TZID={ZONE.key}:{_local(session.end)}"
    yield f"SUMMARY:{_escaped(_summary(day, session, phrases))}"
    yield f"LOCATION:{_escaped(day.area_name)}"
    yield f"URL:{address.absolute(public_url, address.station(day.station))}"
    yield f"DESCRIPTION:{_description(day, session, phrases)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(day: ReleasedDay, session: ReleasedSession, phrases: Phrases) -> str:
    mark = f"[{phrases.trial}] " if day.is_trial else ""
    return f"{mark}{session.name}: {day.name}"


def _description(day: ReleasedDay, session: ReleasedSession, phrases: Phrases) -> str:
    remarks = [phrases.trial_long] if day.is_trial else []
    if not session.is_confirmed:
        remarks.append(f"({phrases.example})")
    heard = [_item(item, phrases) for item in session.items if item.kind is not Kind.STING]
    return "\\n".join([*map(_escaped, remarks), *heard])


def _item(item: ReleasedItem, phrases: Phrases) -> str:
    source = f" {item.url}" if item.kind is Kind.RELAY and item.url else ""
    return f"{hour(item.start)} {_escaped(f'{phrases.kinds[item.kind]}: {item.title}{source}')}"


def _local(instant: datetime) -> str:
    return f"{instant.astimezone(ZONE):%Y%m%dT%H%M%S}"


@lru_cache(maxsize=REMEMBERED)
def _escaped(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """`line` with CRLF at its end, broken so that no line is longer than 75 octets and no letter is torn."""
    octets, parts = line.encode(), []
    begin, room = 0, 75
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:  # in the middle of a letter
            end -= 1
        parts.append(octets[begin:end])
        begin, room = end, 74
    return b"\r\n ".join([*parts, octets[begin:]]).decode() + "\r\n"
