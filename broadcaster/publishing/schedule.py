"""The JSON schedule: the truth of a station's day for machines, and the list of stations."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache

from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing import address
from broadcaster.publishing.edition import Edition, StationCard
from broadcaster.publishing.plain import one_line, plain
from broadcaster.timekeeping import ZONE

Json = dict[str, object]


def day_json(day: ReleasedDay, public_url: str) -> bytes:
    """The truth of one station's day, with the fields that others build on. A relay has its source's address and no sha256, size or type."""
    return encoded(
        {
            "station": day.station,
            "name": one_line(day.name),
            "day": day.day.isoformat(),
            "release": day.id,
            "timezone": ZONE.key,
            **_rehearsal(day.is_trial),
            "campaigns": [{"slug": slug, "name": one_line(name)} for slug, name in day.campaigns],
            "sessions": [_session(session, public_url) for session in day.sessions],
        }
    )


def stations_json(edition: Edition) -> bytes:
    """All stations with the addresses of their publications."""
    return encoded([_station(card, edition) for card in edition.stations])


def encoded(value: object) -> bytes:
    """JSON as people can read it too: UTF-8, one line for each value, a line break at the end."""
    return (_indented(value, "\n") + "\n").encode()


def _indented(value: object, line: str) -> str:
    """What `json.dumps(…, indent=1)` writes, several times as fast; `line` is a line break with the indent of what is around."""
    inner = f"{line} "
    if isinstance(value, dict) and value:
        if any(isinstance(one, dict | list) for one in value.values()):
            parts = [f"{json.dumps(key, ensure_ascii=False)}: {_indented(one, inner)}" for key, one in value.items()]
            return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
        return f"{{{inner}{_flat(inner)(value)[1:-1]}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join(_indented(one, inner) for one in value)}{line}]"
    return json.dumps(value, ensure_ascii=False)


@cache
def _flat(inner: str) -> Callable[[object], str]:
    """Writes what holds nothing that holds something."""
    return json.JSONEncoder(ensure_ascii=False, separators=(f",{inner}", ": ")).encode


def local(instant: datetime) -> str:
    """RFC 3339 at +07:00, whole seconds unless it has parts of one."""
    return instant.astimezone(ZONE).isoformat()


def _session(session: ReleasedSession, public_url: str) -> Json:
    return {
        "start": local(session.start),
        "end": local(session.end),
        "items": [_item(item, public_url) for item in session.items],
    }


def _item(item: ReleasedItem, public_url: str) -> Json:
    return {
        "start": local(item.start),
        "length_ms": item.length,
        "kind": item.kind.value,
        "title": one_line(item.title),
        **_sound(item, public_url),
        "campaign": item.campaign,
        "script": item.script,
        "because": plain(item.because),
    }


def _sound(item: ReleasedItem, public_url: str) -> Json:
    if item.sha256 is None:
        return {"url": item.url} if item.url else {}
    return {
        "url": address.absolute(public_url, address.audio(item.sha256)),
        "sha256": item.sha256,
        "size": item.size,
        "type": "audio/mpeg",
    }


def _station(card: StationCard, edition: Edition) -> Json:
    def to(path: str) -> str:
        return address.absolute(edition.public_url, path)

    return {
        "slug": card.slug,
        "name": one_line(card.name),
        "area": one_line(card.area_name),
        "schedule": to(address.station(card.slug, "today.json")),
        "playlist": to(address.station(card.slug, "today.m3u")),
        "calendar": to(address.station(card.slug, "calendar.ics")),
        "feed": to(address.station_feed(card.slug)),
        "manifest": to(address.station(card.slug, "manifest.jws")),
        **_rehearsal(edition.is_trial),
    }


def _rehearsal(is_trial: bool) -> Json:
    return {"rehearsal": True} if is_trial else {}
