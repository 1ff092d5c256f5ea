"""What stands in the feeds: channels and their entries, chosen and worded from an edition; `feed.py` gives them form."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property
from html import escape

import nh3

from broadcaster.publishing import address
from broadcaster.publishing.edition import Article, CampaignCard, Edition, StationCard
from broadcaster.publishing.phrases import Phrases, phrases
from broadcaster.publishing.plain import one_line, paragraphs
from broadcaster.timekeeping import ZONE, moment
from broadcaster.types import Kind, Milliseconds

NEWEST = 100
"""So many entries stand in a live feed; older ones are in the archives by month."""


@dataclass(frozen=True)
class Sound:
    """An enclosure: its address, size in bytes, and length."""

    url: str
    size: int
    length: Milliseconds


@dataclass(frozen=True)
class Entry:
    """One script in a feed. `id` carries the script's id, so that a correction keeps it; `html` is clean."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    author: str
    tags: tuple[str, ...]
    published_at: datetime
    updated_at: datetime
    sound: Sound | None
    vtt: str | None
    txt: str | None


@dataclass(frozen=True)
class Channel:
    """A feed before it has a form: `path` is where its RSS stands, `page` the address of the page it belongs to."""

    path: str
    page: str
    title: str
    description: str
    author: str
    language: str
    image: str
    updated_at: datetime
    entries: tuple[Entry, ...]
    previous: str | None = None
    is_archive: bool = False
    is_trial: bool = False


def begun(edition: Edition) -> tuple[Article, ...]:
    """The articles that had their first planned airing by the edition's moment, oldest first. Lead-ins are no articles of their own."""
    return tuple(one for one in edition.articles if one.first_at <= edition.moment and one.kind is not Kind.LEAD_IN)


def channels(edition: Edition) -> Iterator[tuple[str, Channel]]:
    """Every RSS channel with its whole path: all, its archives by month, each campaign, each station."""
    made = Channels(edition)
    yield from ((channel.path, channel) for channel in made.all())
    yield from ((channel.path, channel) for channel in map(made.campaign, edition.campaigns))
    carried = carried_by(edition)
    for card in edition.stations:
        channel = made.station(card, carried.get(card.slug, ()))
        yield channel.path, channel


def carried_by(edition: Edition) -> dict[str, list[str]]:
    """The scripts of the articles that each station carries."""
    carried: dict[str, list[str]] = {}
    for article in edition.articles:
        for slug, _ in article.stations:
            carried.setdefault(slug, []).append(article.script)
    return carried


@dataclass(frozen=True)
class Channels:
    """The channels of one edition, one at a time; its entries are worded once."""

    edition: Edition

    @cached_property
    def words(self) -> Phrases:
        return phrases(self.edition.language)

    @cached_property
    def entries(self) -> dict[Article, Entry]:
        """What may stand in a feed, oldest first."""
        return _entries(self.edition, self.words)

    def all(self) -> Iterator[Channel]:
        """Everything, its archives by month before it."""
        yield from _all(self.edition, self.words, tuple(self.entries.values()))

    def campaign(self, campaign: CampaignCard) -> Channel:
        """What belongs to a campaign."""
        own = tuple(entry for article, entry in self.entries.items() if article.campaign == campaign.slug)
        page, path = f"{self.edition.public_url}/#{campaign.slug}", address.campaign_feed(campaign.slug)
        return _channel(self.edition, self.words, path, page, campaign.name, campaign.when, self.words.site, own)

    def station(self, card: StationCard, carried: Collection[str]) -> Channel:
        """What a station carries, by the ids of the scripts."""
        scripts = frozenset(carried)
        own = tuple(entry for article, entry in self.entries.items() if article.script in scripts)
        page = address.absolute(self.edition.public_url, address.station(card.slug))
        path = address.station_feed(card.slug)
        return _channel(self.edition, self.words, path, page, card.name, card.area_name, card.operator, own)


def _all(edition: Edition, words: Phrases, entries: tuple[Entry, ...]) -> Iterator[Channel]:
    home = f"{edition.public_url}/"
    live = _channel(edition, words, "feeds/all.xml", home, words.site, words.site_lead, words.site, entries)
    months = _months(entries, edition.moment) if len(entries) > NEWEST else {}
    previous = None
    for month, own in months.items():
        path = f"feeds/all-{month}.xml"
        yield replace(live, path=path, entries=own[::-1], is_archive=True, previous=previous, updated_at=_newest(own))
        previous = address.absolute(edition.public_url, path)
    yield replace(live, previous=previous)


def _months(entries: Iterable[Entry], now: datetime) -> dict[str, tuple[Entry, ...]]:
    """The entries (oldest first) by the month of their first airing, without the month that still grows."""
    months: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        month = f"{entry.published_at.astimezone(ZONE):%Y-%m}"
        if month != f"{now.astimezone(ZONE):%Y-%m}":
            months[month] = (*months.get(month, ()), entry)
    return months


def _channel(
    edition: Edition,
    words: Phrases,
    path: str,
    page: str,
    title: str,
    description: str,
    author: str,
    entries: tuple[Entry, ...],
) -> Channel:
    mark = f"[{words.trial}] " if edition.is_trial else ""
    remark = f" {words.trial_long}" if edition.is_trial else ""
    return Channel(
        path=path,
        page=page,
        title=one_line(mark + title),
        description=one_line((description or title) + remark),
        author=one_line(author or title),
        language=edition.language,
        image=address.absolute(edition.public_url, "static/cover.png"),
        updated_at=_newest(entries) if entries else _first_midnight(edition),
        entries=entries[: -NEWEST - 1 : -1],
        is_trial=edition.is_trial,
    )


def _newest(entries: tuple[Entry, ...]) -> datetime:
    return max(entry.updated_at for entry in entries)


def _first_midnight(edition: Edition) -> datetime:
    """What an empty feed is dated by: content, not the clock, as long as there is any."""
    return moment(edition.first_day, time())


def _entries(edition: Edition, words: Phrases) -> dict[Article, Entry]:
    articles = begun(edition)
    titles = _unique_titles(articles)
    return {one: _entry(one, title, edition, words) for one, title in zip(articles, titles, strict=True)}


def _unique_titles(articles: Iterable[Article]) -> Iterator[str]:
    """One importer knows items by their titles: a later namesake gets its day, then its id; an earlier one keeps its own."""
    taken: Counter[str] = Counter()
    for article in articles:
        title = one_line(article.title) or article.script
        choices = (title, f"{title} ({article.first_at.astimezone(ZONE):%d/%m/%Y})", f"{title} ({article.script})")
        free = next((one for one in choices if not taken[one]), choices[-1])
        taken[free] += 1
        yield free


def _entry(article: Article, title: str, edition: Edition, words: Phrases) -> Entry:
    def to(path: str) -> str:
        return address.absolute(edition.public_url, path)

    page = to(address.bulletin(article.script))
    names = {campaign.slug: campaign.name for campaign in edition.campaigns}
    tags = [words.kinds[article.kind], *([names[article.campaign]] if article.campaign in names else [])]
    sound = None
    if article.sha256 and not article.is_withdrawn:
        sound = Sound(to(address.audio(article.sha256)), article.size, article.length)
    return Entry(
        id=f"urn:broadcaster:script:{one_line(article.script)}",
        url=page,
        title=withdrawn_title(title, words) if article.is_withdrawn else title,
        summary=words.withdrawn_long if article.is_withdrawn else one_line(article.summary) or title,
        html=_html(article, page, sound, edition.is_trial, words),
        author=one_line(article.author) or words.site,
        tags=tuple(one_line(tag) for tag in tags),
        published_at=article.first_at.astimezone(ZONE),
        updated_at=min(max(article.first_at, article.approved_at), edition.moment).astimezone(ZONE),
        sound=sound,
        vtt=to(address.bulletin(article.script, "transcript.vtt")) if sound and article.cues else None,
        txt=None if article.is_withdrawn else to(address.bulletin(article.script, "transcript.txt")),
    )


def withdrawn_title(title: str, words: Phrases) -> str:
    """`title` with the words that it was taken down, once."""
    return title if title.startswith(words.withdrawn) else f"{words.withdrawn}: {title}"


def _html(article: Article, page: str, sound: Sound | None, is_trial: bool, words: Phrases) -> str:
    """The whole text with a link to the sound, because importers often drop the enclosure."""
    if article.is_withdrawn:
        return nh3.clean(f"<p>{escape(words.withdrawn_long)}</p>")
    parts = [f"<p><strong>{escape(words.trial_long)}</strong></p>"] if is_trial else []
    parts += [f"<p>{escape(part)}</p>" for part in paragraphs(article.text)]
    if article.sources:
        parts.append(f"<p>{escape(words.sources)}: {escape('; '.join(one_line(one) for one in article.sources))}</p>")
    if sound:
        parts.append(f'<p><a href="{escape(sound.url)}">{escape(words.hear_at)}</a></p>')
    parts.append(f'<p><a href="{escape(page)}">{escape(words.read_more)}</a></p>')
    return nh3.clean("".join(parts), link_rel=None)
