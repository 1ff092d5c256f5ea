"""The published tree: every rendering of an edition by its path, in parts and pieces, the sound that belongs to it, and the act that writes both."""

import importlib.metadata
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import groupby
from pathlib import Path

from broadcaster.files import sha256
from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing import address, disk, playlist, schedule, transcript
from broadcaster.publishing.campaign_year import CampaignYear
from broadcaster.publishing.channel import Channel, Channels, carried_by
from broadcaster.publishing.disk import Made, Written
from broadcaster.publishing.edition import Article, Edition, StationCard
from broadcaster.publishing.feed import atom, json_feed, rss
from broadcaster.publishing.icalendar import calendar
from broadcaster.publishing.oembed import has_frame, oembed
from broadcaster.publishing.pages import NEWEST, Pages, static_files
from broadcaster.publishing.phrases import Phrases, phrases
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Sha256

__all__ = ["Written", "audio_needed", "render", "write_tree"]

File = tuple[str, bytes]
Render = Callable[[], Iterable[File]]
TODAY, CALENDAR, FEED, PAGE = "today", "calendar", "feed", "page"
"""The pieces of a station's part besides its days, each of which is one by its ISO day."""
_LISTED = re.compile(rb"^https?://[^\s#]+/audio/([0-9a-f]{64})\.mp3$", re.MULTILINE)
_PLAYED = re.compile(rb'<audio [^>]*src="(?:\.\./)*audio/([0-9a-f]{64})\.mp3"')
_RENDERERS = ("feedgen", "jinja2", "lxml", "markupsafe", "nh3")


def render(edition: Edition) -> dict[str, bytes]:
    """The whole tree but its sound: relative path → content. Same edition, same bytes, on every machine."""
    days, carried, stations = _by_station(edition), carried_by(edition), Stations(edition)
    rendered: dict[str, bytes] = {}
    for card in edition.stations:
        for piece in stations.pieces(card, days.get(card.slug, ()), carried.get(card.slug, ())).values():
            rendered.update(piece())
    for piece in Whole(edition, days).pieces().values():
        rendered.update(piece())
    return rendered


def audio_needed(edition: Edition) -> frozenset[Sha256]:
    """The sound that the tree speaks of: of every released day, and of every article that is not withdrawn."""
    aired = {item.sha256 for day in edition.days for session in day.sessions for item in session.items}
    told = {article.sha256 for article in edition.articles if not article.is_withdrawn}
    return frozenset(sha256 for sha256 in aired | told if sha256 is not None)


def write_tree(folder: Path, files: Mapping[str, bytes], sounds: Path) -> Written:
    """Make `folder` hold exactly the rendered `files` and the sound they play, linked from `sounds/<sha256>.mp3`; see `disk.write`."""
    return disk.write(folder, files, _audio_played(files), sounds)


def station_keys(frame: str, days: Sequence[tuple[date, str]]) -> dict[str, str]:
    """The pieces of a station's part, each with what it is made from: a day from its release, the calendar from those of all days. The
    others are made from more than is named here, so they have no key."""
    return {
        **{day.isoformat(): key_of(frame, name) for day, name in days},
        TODAY: "",
        CALENDAR: key_of(frame, days),
        FEED: "",
        PAGE: "",
    }


@dataclass(frozen=True)
class Stations:
    """Renders the part of one station after the other; what they have in common is made once."""

    edition: Edition

    @cached_property
    def _channels(self) -> Channels:
        return Channels(self.edition)

    def made(
        self, card: StationCard, days: Sequence[ReleasedDay], carried: Collection[str], names: Sequence[str]
    ) -> dict[str, Made]:
        """The named pieces of a station, from all its released days and the scripts that it carries."""
        pieces = self.pieces(card, days, carried)
        return {name: _made(pieces[name]()) for name in names}

    def pieces(self, card: StationCard, days: Sequence[ReleasedDay], carried: Collection[str]) -> dict[str, Render]:
        """How each piece of a station is rendered."""
        edition, words = self.edition, phrases(self.edition.language)
        url, today = edition.public_url, broadcast_day(edition.moment)
        silent = ReleasedDay(card.slug, card.name, card.area_name, today, (), (), edition.is_trial)
        this_day = next((day for day in days if day.day == today), silent)
        pages = Pages(edition, {card.slug: tuple(days)})
        return {
            **{day.day.isoformat(): partial(_day, day, url, words) for day in days},
            TODAY: lambda: [
                (address.station(card.slug, "today.json"), schedule.day_json(this_day, url)),
                (address.station(card.slug, "today.m3u"), playlist.day_m3u(this_day, url, words)),
            ],
            CALENDAR: lambda: [(address.station(card.slug, "calendar.ics"), calendar(card, days, url, words))],
            FEED: lambda: _feed(self._channels.station(card, carried), url),
            PAGE: lambda: [(address.station(card.slug, "index.html"), pages.station(card))],
        }


@dataclass(frozen=True)
class Whole:
    """Renders what belongs to no station alone. `days` are asked only for their hours today; `told` completes an article with the stations
    that carry it, whose fingerprint stands in `carriers` by the article's script."""

    edition: Edition
    days: Mapping[str, tuple[ReleasedDay, ...]]
    told: Callable[[Article], Article] = lambda article: article
    carriers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _channels(self) -> tuple[Channel, ...]:
        made = Channels(self.edition)
        return (*made.all(), *map(made.campaign, self.edition.campaigns))

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.edition, self.days)

    def made(self, names: Sequence[str]) -> dict[str, Made]:
        """The named pieces."""
        pieces = self.pieces()
        return {name: _made(pieces[name]()) for name in names}

    def pieces(self) -> dict[str, Render]:
        """How each piece is rendered."""
        url, pages = self.edition.public_url, self._pages
        return {
            **{address.bulletin(one.script): partial(self._bulletin, one) for one in pages.articles.values()},
            **{channel.path: partial(_feed, channel, url) for channel in self._channels},
            "stations.json": lambda: [("stations.json", schedule.stations_json(self.edition))],
            "index.html": lambda: [("index.html", pages.front())],
            **{path: partial(self._calendar, path, one) for path, one in self._calendars()},
            "404.html": lambda: [("404.html", pages.not_found())],
            "static": lambda: static_files().items(),
        }

    def keys(self) -> dict[str, str]:
        """The pieces, each with what it is made from: the same key is the same bytes."""
        edition, articles = self.edition, self._pages.articles.values()
        frame = key_of(frame_of(edition), edition.stations, edition.campaigns)
        newest = [one for one in articles if not one.is_withdrawn][: -NEWEST - 1 : -1]
        year = key_of(frame, edition.calendars, broadcast_day(edition.moment))
        return {
            **{address.bulletin(one.script): key_of(frame, one, self.carriers.get(one.script)) for one in articles},
            **{channel.path: key_of(frame, channel) for channel in self._channels},
            "stations.json": frame,
            "index.html": key_of(year, newest, self.days),
            **{path: year for path, _ in self._calendars()},
            "404.html": frame,
            "static": frame,
        }

    def _calendars(self) -> Iterator[tuple[str, CampaignYear]]:
        return zip((address.CALENDAR, address.CALENDAR_NEXT), self.edition.calendars, strict=True)

    def _calendar(self, path: str, year: CampaignYear) -> Iterator[File]:
        yield path, self._pages.calendar(year, path)

    def _bulletin(self, article: Article) -> Iterator[File]:
        words, is_trial, told = phrases(self.edition.language), self.edition.is_trial, self.told(article)
        yield address.bulletin(article.script, "index.html"), self._pages.bulletin(told)
        yield address.bulletin(article.script, "player.html"), self._pages.player(told)
        if has_frame(article):
            yield address.bulletin(article.script, "oembed.json"), oembed(article, self.edition, words)
        if not article.is_withdrawn:
            yield address.bulletin(article.script, "transcript.vtt"), transcript.vtt(article, is_trial, words)
            yield address.bulletin(article.script, "transcript.txt"), transcript.txt(article, is_trial, words)


def frame_of(edition: Edition) -> str:
    """What decides every file of an edition, whatever stands in it."""
    return key_of(rendered_by(), edition.public_url, edition.language, edition.is_trial)


def key_of(*parts: object) -> str:
    """A name of values that say in their `repr` all that they are."""
    return sha256(repr(parts).encode())[:32]


@cache
def rendered_by() -> str:
    """A name of the program that renders: every change of its code, words or templates, or of what they are rendered with, gives another."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _RENDERERS]
    return sha256("\n".join([sys.version, *versions, *digests(resources.files("broadcaster"))]).encode())


def digests(folder: Traversable) -> Iterator[str]:
    """Each file under `folder` with the fingerprint of its content, in order; what Python keeps there and the packaged workspace aside."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and one.name not in ("__pycache__", "workspace"):
            yield from (f"{one.name}/{line}" for line in digests(one))
        elif one.is_file():
            yield f"{one.name} {sha256(one.read_bytes())}"


def _made(files: Iterable[File]) -> Made:
    content = dict(files)
    return Made(content, _audio_played(content))


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


def _day(day: ReleasedDay, url: str, words: Phrases) -> Iterator[File]:
    yield address.day(day.station, day.day, "json"), schedule.day_json(day, url)
    yield address.day(day.station, day.day, "m3u"), playlist.day_m3u(day, url, words)
    yield address.day(day.station, day.day, "xspf"), playlist.day_xspf(day, url, words)
    for session in day.sessions:
        path = address.session(day.station, day.day, session.start)
        yield path, playlist.session_m3u(session, day.is_trial, url, words)


def _feed(channel: Channel, url: str) -> Iterator[File]:
    yield channel.path, rss(channel, url)
    if channel.path == "feeds/all.xml":
        yield "feeds/all.atom", atom(channel, "feeds/all.atom", url)
        yield "feeds/all.json", json_feed(channel, "feeds/all.json", url)
