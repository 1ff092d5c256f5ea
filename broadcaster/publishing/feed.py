"""Feeds: a channel as RSS 2.0 and Atom by feedgen, whose traps are fenced here, and as JSON Feed 1.1."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from uuid import UUID, uuid5

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from broadcaster.publishing import address
from broadcaster.publishing.channel import Channel, Entry
from broadcaster.publishing.schedule import encoded

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_PODCAST_GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_CATEGORIES = ("Government", "Education")


class _ChannelTags(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Everything of a channel that feedgen writes wrongly, by the clock, or not at all."""

    channel: Channel
    url: str

    def extend_ns(self) -> dict[str, str]:
        return {"itunes": _ITUNES, "podcast": _PODCAST, "dc": _DC, "fh": _HISTORY, "atom": _ATOM}

    def extend_rss(self, rss: Any) -> Any:
        top, channel = rss[0], self.channel
        _add(top, "lastBuildDate", _rfc_2822(channel.updated_at))
        _add(top, f"{{{_ITUNES}}}author", channel.author)
        _add(_add(top, f"{{{_ITUNES}}}owner"), f"{{{_ITUNES}}}name", channel.author)
        _add(top, f"{{{_ITUNES}}}image", href=channel.image)
        _add(top, f"{{{_ITUNES}}}explicit", "false")
        _add(top, f"{{{_ITUNES}}}type", "episodic")
        for category in _CATEGORIES:
            _add(top, f"{{{_ITUNES}}}category", text=category)
        _add(top, f"{{{_PODCAST}}}guid", str(uuid5(_PODCAST_GUIDS, self.url.partition("://")[2])))
        _add(top, f"{{{_PODCAST}}}locked", "no")
        _add(top, f"{{{_PODCAST}}}medium", "podcast")
        if channel.is_archive:
            _add(top, f"{{{_HISTORY}}}archive")
        if channel.previous:
            _add(top, f"{{{_ATOM}}}link", rel="prev-archive", href=channel.previous, type="application/rss+xml")
        return rss

    def extend_atom(self, feed: Any) -> Any:
        return feed


class _EntryTags(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Everything of an entry that feedgen writes wrongly, by the process's locale, or not at all."""

    entry: Entry

    def extend_rss(self, item: Any) -> Any:
        entry = self.entry
        _add(item, "link", entry.url)
        _add(item, "pubDate", _rfc_2822(entry.published_at))
        _add(item, f"{{{_DC}}}creator", entry.author)
        _add(item, f"{{{_ITUNES}}}explicit", "false")
        if entry.sound:
            _add(item, "enclosure", url=entry.sound.url, length=str(entry.sound.size), type="audio/mpeg")
            _add(item, f"{{{_ITUNES}}}duration", str(round(entry.sound.length / 1000)))
        for url, type_ in ((entry.vtt, "text/vtt"), (entry.txt, "text/plain")):
            if url:
                _add(item, f"{{{_PODCAST}}}transcript", url=url, type=type_, language="vi")
        return item

    def extend_atom(self, item: Any) -> Any:
        entry = self.entry
        _add(item, "published", entry.published_at.isoformat())
        _add(_add(item, "author"), "name", entry.author)
        _add(item, "link", rel="alternate", type="text/html", href=entry.url)
        if entry.sound:
            length = str(entry.sound.size)
            _add(item, "link", rel="enclosure", type="audio/mpeg", length=length, href=entry.sound.url)
        return item


def rss(channel: Channel, public_url: str) -> bytes:
    """RSS 2.0 with iTunes' and Podcasting 2.0's tags."""
    generator = _generator(channel, address.absolute(public_url, channel.path), "application/rss+xml")
    return bytes(generator.rss_str(pretty=True))


def atom(channel: Channel, path: str, public_url: str) -> bytes:
    """The same channel as Atom (RFC 4287) at `path`."""
    generator = _generator(channel, address.absolute(public_url, path), "application/atom+xml")
    return bytes(generator.atom_str(pretty=True))


def json_feed(channel: Channel, path: str, public_url: str) -> bytes:
    """The same channel as JSON Feed 1.1 at `path`; a trial one says so under `_broadcaster`."""
    return encoded(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "home_page_url": channel.page,
            "feed_url": address.absolute(public_url, path),
            "description": channel.description,
            "icon": channel.image,
            "authors": [{"name": channel.author}],
            "language": channel.language,
            **({"_broadcaster": {"rehearsal": True}} if channel.is_trial else {}),
            "items": [_json_item(entry) for entry in channel.entries],
        }
    )


def _generator(channel: Channel, url: str, type_: str) -> Any:
    generator = FeedGenerator()
    generator.register_extension("house", _ChannelTags, _EntryTags)
    generator.house.channel, generator.house.url = channel, url
    generator.updated(channel.updated_at)
    generator._FeedGenerator__rss_lastBuildDate = None  # else feedgen writes one too, by changing the process's locale
    generator.id(url)
    generator.title(channel.title)
    generator.description(channel.description)
    generator.author(name=channel.author)
    generator.language(channel.language)
    generator.generator("broadcaster")
    generator.logo(channel.image)
    generator.image(channel.image, title=channel.title, link=channel.page)
    generator.link(href=url, rel="self", type=type_)
    generator.link(href=channel.page, rel="alternate", type="text/html")  # last, because RSS takes the last one
    for entry in channel.entries:
        _fill(generator.add_entry(order="append"), entry)
    return generator


def _fill(form: FeedEntry, entry: Entry) -> None:
    form.house.entry = entry
    form.guid(entry.id, permalink=False)
    form.title(entry.title)
    form.updated(entry.updated_at)
    form.content(entry.html, type="html")
    form.description(entry.summary, isSummary=True)
    form.category([{"term": tag} for tag in entry.tags])


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published_at.isoformat(),
        "date_modified": entry.updated_at.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": list(entry.tags),
        "language": "vi",
    }
    if entry.sound:
        item["attachments"] = [
            {
                "url": entry.sound.url,
                "mime_type": "audio/mpeg",
                "size_in_bytes": entry.sound.size,
                "duration_in_seconds": round(entry.sound.length / 1000),
            }
        ]
    return item


def _add(parent: Any, name: str, content: str | None = None, **attributes: str) -> Any:
    element = xml_elem(name, parent, **attributes)
    element.text = content
    return element


def _rfc_2822(instant: datetime) -> str:
    return format_datetime(instant)
