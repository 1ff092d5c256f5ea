"""Playlists for players that know no times: M3U for a day and for a session, XSPF for a day. Relays never stand in them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from xml.sax.saxutils import escape

from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing import address
from broadcaster.publishing.phrases import Phrases
from broadcaster.publishing.plain import REMEMBERED, one_line
from broadcaster.types import Kind, Milliseconds

_SPACED_DASH = re.compile(r"(?:^|\s)-+(?:\s|$)")
_XSPF = "http://xspf.org/ns/0/"


def day_m3u(day: ReleasedDay, public_url: str, phrases: Phrases) -> bytes:
    """The whole day, session after session."""
    return _m3u((item for session in day.sessions for item in session.items), day.is_trial, public_url, phrases)


def day_on_stick(day: ReleasedDay, phrases: Phrases) -> bytes:
    """The whole day with its sound beside it: for a player at a stick, without any network."""
    return _m3u((item for session in day.sessions for item in session.items), day.is_trial, "", phrases)


def session_m3u(session: ReleasedSession, is_trial: bool, public_url: str, phrases: Phrases) -> bytes:
    """One session, for a player that somebody starts by hand or by a clock."""
    return _m3u(session.items, is_trial, public_url, phrases)


def day_xspf(day: ReleasedDay, public_url: str, phrases: Phrases) -> bytes:
    """The whole day for VLC, MPD and Kodi, with lengths and the reason for each item."""
    name = one_line(day.name)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<playlist version="1" xmlns="{_XSPF}">']
    lines += [_element(" ", "title", f"{name}, {phrases.day(day.day)}"), _element(" ", "creator", name)]
    if day.is_trial:
        lines.append(_element(" ", "annotation", phrases.trial_long))
    creator = _element("   ", "creator", name)
    tracks: list[str] = []
    for item, location in _playable((item for session in day.sessions for item in session.items), public_url):
        begin, end = _track(location, _title(item, phrases), item.because, item.length)
        tracks += [begin, creator, end]
    lines += [" <trackList>", *tracks, " </trackList>"] if tracks else [" <trackList />"]
    return "\n".join([*lines, "</playlist>", ""]).encode()


def _m3u(items: Iterable[ReleasedItem], is_trial: bool, public_url: str, phrases: Phrases) -> bytes:
    lines = ["#EXTM3U"]
    if is_trial:
        lines.append(f"# {phrases.trial_long}")
    for item, location in _playable(items, public_url):
        lines.append(_entry(item.length, _title(item, phrases), location))
    return ("\n".join(lines) + "\n").encode()


def _playable(items: Iterable[ReleasedItem], public_url: str) -> Iterable[tuple[ReleasedItem, str]]:
    for item in items:
        if item.sha256 is not None and item.kind is not Kind.RELAY:
            path = address.audio(item.sha256)
            yield item, address.absolute(public_url, path) if public_url else path


def _title(item: ReleasedItem, phrases: Phrases) -> str:
    return one_line(item.title) or phrases.kinds[item.kind]


@lru_cache(maxsize=REMEMBERED)
def _entry(length: Milliseconds, title: str, location: str) -> str:
    """An item of an M3U. VLC keeps only what follows a comma, Liquidsoap splits at a dash between spaces: neither may stand in a title."""
    fenced = one_line(_SPACED_DASH.sub(" – ", title.replace(",", ";")))
    return f"#EXTINF:{-(-length // 1000)},{fenced}\n{location}"


@lru_cache(maxsize=REMEMBERED)
def _track(location: str, title: str, because: str, length: Milliseconds) -> tuple[str, str]:
    """An item of an XSPF, what stands before its creator and what after."""
    begin = ["  <track>", _element("   ", "location", location), _element("   ", "title", title)]
    end = [
        _element("   ", "annotation", one_line(because)),
        _element("   ", "duration", str(length)),
        "  </track>",
    ]
    return "\n".join(begin), "\n".join(end)


def _element(indent: str, name: str, text: str) -> str:
    return f"{indent}<{name}>{escape(text)}</{name}>" if text else f"{indent}<{name} />"
