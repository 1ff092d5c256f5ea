"""The published tree: every rendering of an edition by its path, the sound that belongs to it, and the act that writes both."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing import address, disk, playlist, schedule, transcript
from broadcaster.publishing.channel import channels
from broadcaster.publishing.disk import Written
from broadcaster.publishing.edition import Article, Edition, StationCard
from broadcaster.publishing.feed import atom, json_feed, rss
from broadcaster.publishing.icalendar import calendar
from broadcaster.publishing.oembed import has_frame, oembed
from broadcaster.publishing.pages import Pages, static_files
from broadcaster.publishing.phrases import Phrases, phrases
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Sha256

__all__ = ["Written", "audio_needed", "render", "write_tree"]

File = tuple[str, bytes]
_LISTED = re.compile(rb"^https?://[^\s#]+/audio/([0-9a-f]{64})\.mp3$", re.MULTILINE)
_PLAYED = re.compile(rb'<audio [^>]*src="(?:\.\./)*audio/([0-9a-f]{64})\.mp3"')


def render(edition: Edition) -> dict[str, bytes]:
    """The whole tree but its sound: relative path → content. Same edition, same bytes, on every machine."""
    words = phrases(edition.language)
    days = _by_station(edition)
    pages = Pages(edition, days)
    rendered: dict[str, bytes] = {}
    for card in edition.stations:
        rendered.update(_station(card, days.get(card.slug, ()), edition, pages, words))
    for article in pages.articles.values():
        rendered.update(_bulletin(article, edition, pages, words))
    rendered.update(_feeds(edition))
    rendered["stations.json"] = schedule.stations_json(edition)
    rendered["index.html"] = pages.front()
    for path, one in zip((address.CALENDAR, address.CALENDAR_NEXT), edition.calendars, strict=True):
        rendered[path] = pages.calendar(one, path)
    rendered["404.html"] = pages.not_found()
    return rendered | static_files()


def audio_needed(edition: Edition) -> frozenset[Sha256]:
    """The sound that the tree speaks of: of every released day, and of every article that is not withdrawn."""
    aired = {item.sha256 for day in edition.days for session in day.sessions for item in session.items}
    told = {article.sha256 for article in edition.articles if not article.is_withdrawn}
    return frozenset(sha256 for sha256 in aired | told if sha256 is not None)


def write_tree(folder: Path, files: Mapping[str, bytes], sounds: Path) -> Written:
    """Make `folder` hold exactly the rendered `files` and the sound they play, linked from `sounds/<sha256>.mp3`; see `disk.write`."""
    return disk.write(folder, files, _audio_played(files), sounds)


def _audio_played(files: Mapping[str, bytes]) -> frozenset[Sha256]:
    """The sound in playlists and players. No text of ours can stand there: titles are comments, and pages escape their quotation marks."""
    signs = {".m3u": _LISTED, ".html": _PLAYED}
    found = {
        one
        for path, content in files.items()
        if (sign := signs.get(Path(path).suffix))
        for one in sign.findall(content)
    }
    return frozenset(Sha256(one.decode()) for one in found)


def _by_station(edition: Edition) -> dict[str, tuple[ReleasedDay, ...]]:
    ordered = sorted(edition.days, key=lambda day: (day.station, day.day))
    return {slug: tuple(days) for slug, days in groupby(ordered, key=lambda day: day.station)}


def _station(
    card: StationCard, days: tuple[ReleasedDay, ...], edition: Edition, pages: Pages, words: Phrases
) -> Iterator[File]:
    url, today = edition.public_url, broadcast_day(edition.moment)
    for day in days:
        yield from _day(day, url, words)
    silent = ReleasedDay(card.slug, card.name, card.area_name, today, (), (), edition.is_trial)
    this_day = next((day for day in days if day.day == today), silent)
    yield address.station(card.slug, "today.json"), schedule.day_json(this_day, url)
    yield address.station(card.slug, "today.m3u"), playlist.day_m3u(this_day, url, words)
    yield address.station(card.slug, "calendar.ics"), calendar(card, days, url, words)
    yield address.station(card.slug, "index.html"), pages.station(card)


def _day(day: ReleasedDay, url: str, words: Phrases) -> Iterator[File]:
    yield address.day(day.station, day.day, "json"), schedule.day_json(day, url)
    yield address.day(day.station, day.day, "m3u"), playlist.day_m3u(day, url, words)
    yield address.day(day.station, day.day, "xspf"), playlist.day_xspf(day, url, words)
    for session in day.sessions:
        path = address.session(day.station, day.day, session.start)
        yield path, playlist.session_m3u(session, day.is_trial, url, words)


def _bulletin(article: Article, edition: Edition, pages: Pages, words: Phrases) -> Iterator[File]:
    yield address.bulletin(article.script, "index.html"), pages.bulletin(article)
    yield address.bulletin(article.script, "player.html"), pages.player(article)
    if has_frame(article):
        yield address.bulletin(article.script, "oembed.json"), oembed(article, edition, words)
    if not article.is_withdrawn:
        yield address.bulletin(article.script, "transcript.vtt"), transcript.vtt(article, edition.is_trial, words)
        yield address.bulletin(article.script, "transcript.txt"), transcript.txt(article, edition.is_trial, words)


def _feeds(edition: Edition) -> Iterator[File]:
    for path, channel in channels(edition):
        yield path, rss(channel, edition.public_url)
        if path == "feeds/all.xml":
            yield "feeds/all.atom", atom(channel, "feeds/all.atom", edition.public_url)
            yield "feeds/all.json", json_feed(channel, "feeds/all.json", edition.public_url)
