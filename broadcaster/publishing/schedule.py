"""The JSON schedule: the truth of a station's day for machines, and the list of stations."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache

from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing import address
from broadcaster.publishing.edition import Edition, StationCard
from broadcaster.publishing.plain import REMEMBERED, one_line, plain
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds, Sha256

Json = dict[str, object]
_DUMPED = json.JSONEncoder(ensure_ascii=False).encode


class _Written(str):
    """What `_indented` wrote at the margin, ready to be set in."""

    __slots__ = ()


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
    if isinstance(value, _Written):
        return value.replace("\n", line)
    inner = f"{line} "
    if isinstance(value, dict) and value:
        if any(isinstance(one, dict | list) for one in value.values()):
            parts = [f"{_DUMPED(key)}: {_indented(one, inner)}" for key, one in value.items()]
            return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
        return f"{{{inner}{_flat(inner)(value)[1:-1]}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join(_indented(one, inner) for one in value)}{line}]"
    return _DUMPED(value)


@cache
def _flat(inner: str) -> Callable[[object], str]:
    """Writes what holds nothing that holds something."""
    return json.JSONEncoder(ensure_ascii=False, separators=(f",{inner}", ": ")).encode


def local(instant: datetime) -> str:
    """RFC 3339 at +07:00, whole seconds unless it has parts of one."""
    return instant.astimezone(ZONE).isoformat()


def _session(session: ReleasedSession, public_url: str) -> _Written:
    items = _indented([_item(item, public_url) for item in session.items], "\n ")
    return _Written(f'{{\n "start": "{local(session.start)}",\n "end": "{local(session.end)}",\n "items": {items}\n}}')


def _item(item: ReleasedItem, public_url: str) -> _Written:
    what = _what(
        item.length,
        item.kind,
        item.title,
        item.sha256,
        item.size,
        item.url,
        item.campaign,
        item.script,
        item.because,
        public_url,
    )
    return _Written(f'{{\n "start": "{local(item.start)}",{what}')


@lru_cache(maxsize=REMEMBERED)
def _what(
    length: Milliseconds,
    kind: Kind,
    title: str,
    sha256: Sha256 | None,
    size: int,
    url: str | None,
    campaign: str | None,
    script: str | None,
    because: str,
    public_url: str,
) -> str:
    """An item's text after its start; thousands of stations air the same ones."""
    sound: Json = {"url": url} if url else {}
    if sha256 is not None:
        url = address.absolute(public_url, address.audio(sha256))
        sound = {"url": url, "sha256": sha256, "size": size, "type": "audio/mpeg"}
    item = {
        "length_ms": length,
        "kind": kind.value,
        "title": one_line(title),
        **sound,
        "campaign": campaign,
        "script": script,
        "because": plain(because),
    }
    return _indented(item, "\n")[1:]


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
