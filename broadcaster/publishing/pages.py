"""Pages for people: the front page, a station's page, a bulletin's page. Templates lie beside, in `templates/`; nothing in them calls out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from broadcaster.files import sha256
from broadcaster.programme.release import ReleasedDay, ReleasedItem
from broadcaster.publishing import address, campaign_year
from broadcaster.publishing.campaign_year import CampaignYear
from broadcaster.publishing.channel import begun, withdrawn_title
from broadcaster.publishing.edition import Article, CampaignCard, Edition, StationCard
from broadcaster.publishing.oembed import has_frame, iframe
from broadcaster.publishing.phrases import Phrases, phrases
from broadcaster.publishing.plain import REMEMBERED, one_line, paragraphs, plain
from broadcaster.publishing.transcript import cue_paragraphs
from broadcaster.timekeeping import ZONE, broadcast_day, hour
from broadcaster.types import SCRIPT_KINDS, Kind, Milliseconds

NEWEST = 8
"""So many bulletins stand on the front page."""
COMING = 3
"""So many campaigns that come are announced."""
DAYS_BEFORE, DAYS_AHEAD = 7, 7
"""How far a station's page looks back and ahead; the playlists and the JSON reach all released days."""


@dataclass(frozen=True)
class Pages:
    """Renders the pages of one edition, each to whole bytes."""

    edition: Edition
    days: Mapping[str, tuple[ReleasedDay, ...]]
    words: Phrases = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", phrases(self.edition.language))

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles that have a page, by their script's id."""
        return {article.script: article for article in begun(self.edition)}

    def front(self) -> bytes:
        """`index.html`: newest bulletins, stations, campaigns, feeds."""
        newest = tuple(one for one in self.articles.values() if not one.is_withdrawn)[: -NEWEST - 1 : -1]
        this_year = self.edition.calendars[0]
        return self._page(
            "index.html",
            "",
            newest=newest,
            today_of=self._today,
            **self._line(this_year),
            lanes=campaign_year.lanes(this_year.campaigns, this_year.year),
            campaigns=self._campaigns_in_turn(),
        )

    def calendar(self, calendar: CampaignYear, path: str) -> bytes:
        """`calendar.html` and `calendar-next.html`: a year's campaigns as a picture, and month by month. From the calendars, the day and the language alone."""
        return self._page(
            "calendar.html",
            path,
            **self._line(calendar),
            others=[
                (where, one.year)
                for where, one in zip((address.CALENDAR, address.CALENDAR_NEXT), self.edition.calendars, strict=True)
                if where != path
            ],
            bars=campaign_year.bars,
            by_month=campaign_year.by_month(calendar),
        )

    def _campaigns_in_turn(self) -> list[CampaignCard]:
        """Those that are due, then those that come, then the columns."""
        today, calendars = broadcast_day(self.edition.moment), self.edition.calendars
        order = [
            one.row.slug for one in (*campaign_year.due(calendars[0], today), *campaign_year.coming(calendars, today))
        ]
        turn = {slug: place for place, slug in reversed(list(enumerate(order)))}
        return sorted(self.edition.campaigns, key=lambda one: (one.is_column, turn.get(one.slug, len(order)), one.slug))

    def _line(self, calendar: CampaignYear) -> dict[str, object]:
        """What every picture of the year needs: its months, today's place on it, what is due and what comes."""
        today = broadcast_day(self.edition.moment)
        return {
            "calendar": calendar,
            "months": campaign_year.months_line(calendar.year),
            "today": today,
            "today_at": campaign_year.day_place(today, calendar.year),
            "due": campaign_year.due(calendar, today),
            "coming": campaign_year.coming(self.edition.calendars, today)[:COMING],
        }

    def station(self, card: StationCard) -> bytes:
        """`stations/<slug>/index.html`: today, the days ahead, the days past, and how to fetch them."""
        today = broadcast_day(self.edition.moment)
        days = self.days.get(card.slug, ())
        ahead = [day for day in days if today < day.day <= today + timedelta(DAYS_AHEAD)]
        path, language = address.station(card.slug), self.edition.language

        def told_of(item: ReleasedItem) -> str:
            link, is_withdrawn = self._link(item, path)
            return _told(language, item.kind, item.length, item.title, item.because, link, is_withdrawn)

        return self._page(
            "station.html",
            path,
            titled_of=lambda item: _titled(language, item.title, *self._link(item, path)),
            told_of=told_of,
            card=card,
            today=today,
            this_day=self._today(card.slug),
            ahead=ahead,
            next_day=next((day for day in ahead if day.sessions), None),
            passed=[day for day in reversed(days) if today - timedelta(DAYS_BEFORE) <= day.day < today],
        )

    def bulletin(self, article: Article) -> bytes:
        """`bulletins/<script id>/index.html`; of a withdrawn one only its title and that it was taken down."""
        campaigns = {campaign.slug: campaign.name for campaign in self.edition.campaigns}
        return self._page(
            "bulletin.html",
            address.bulletin(article.script),
            article=article,
            title=self._title(article),
            cues=() if article.is_withdrawn else cue_paragraphs(article),
            paragraphs=() if article.is_withdrawn else paragraphs(article.text),
            campaign=campaigns.get(article.campaign or ""),
            carried_by=self._carried_by(article),
            iframe=iframe(article, self.edition.public_url, self.words) if has_frame(article) else "",
        )

    def player(self, article: Article) -> bytes:
        """`bulletins/<script id>/player.html`, the one page that may stand in a frame: title, player, whose it is, the way to the bulletin."""
        return self._page(
            "player.html",
            address.bulletin(article.script, "player.html"),
            article=article,
            title=self._title(article),
            carried_by=self._carried_by(article),
        )

    def not_found(self) -> bytes:
        """`404.html`, for servers that can show one; its links begin at the root of the public address."""
        return self._page("404.html", "", root=f"{self.edition.public_url}/")

    def _title(self, article: Article) -> str:
        return withdrawn_title(article.title, self.words) if article.is_withdrawn else article.title

    def _carried_by(self, article: Article) -> list[tuple[str, str, datetime]]:
        names = {card.slug: card.name for card in self.edition.stations}
        return [(slug, names[slug], first) for slug, first in article.stations if slug in names]

    def _today(self, slug: str) -> ReleasedDay | None:
        today = broadcast_day(self.edition.moment)
        return next((day for day in self.days.get(slug, ()) if day.day == today), None)

    def _link(self, item: ReleasedItem, path: str) -> tuple[str, bool]:
        """Where from the page at `path` an item's bulletin has its own page, and whether that was withdrawn."""
        article = self.articles.get(item.script or "")
        return (_root(path) + quote(address.bulletin(article.script)), article.is_withdrawn) if article else ("", False)

    def _offers_sound(self, item: ReleasedItem) -> bool:
        """Only what has begun can be heard here, and of that only what says something."""
        article = self.articles.get(item.script or "")
        speaks = item.kind in SCRIPT_KINDS and item.kind is not Kind.LEAD_IN
        is_withdrawn = article is not None and article.is_withdrawn
        return speaks and item.sha256 is not None and item.start <= self.edition.moment and not is_withdrawn

    def _page(self, template: str, path: str, **values: object) -> bytes:
        whole = {
            "e": self.edition,
            "w": self.words,
            "articles": self.articles,
            "offers_sound": self._offers_sound,
            "address": address,
            "root": _root(path),
            "here": address.absolute(self.edition.public_url, path),
            "absolute": lambda path: address.absolute(self.edition.public_url, path),
            "stamp": _stamp(),
            **values,
        }
        return (_templates().get_template(template).render(whole).strip() + "\n").encode()


def static_files() -> dict[str, bytes]:
    """The stylesheet, the script and the pictures, by their paths in the tree."""
    folder = resources.files("broadcaster.publishing") / "static"
    files = sorted((file for file in folder.iterdir() if file.is_file()), key=lambda file: file.name)
    return {f"static/{file.name}": file.read_bytes() for file in files}


def _root(path: str) -> str:
    """The way from the page at `path` to the root of the tree."""
    return "../" * path.count("/")


@lru_cache(maxsize=REMEMBERED)
def _titled(language: str, title: str, link: str, is_withdrawn: bool) -> str:
    """Markup of an item's title, with the way to its bulletin."""
    titled: str = _parts().titled(phrases(language), title, link, is_withdrawn)
    return titled.strip()


@lru_cache(maxsize=REMEMBERED)
def _told(
    language: str, kind: Kind, length: Milliseconds, title: str, because: str, link: str, is_withdrawn: bool
) -> str:
    """Markup of what a station's page says of an item, its hour and its sound aside."""
    told: str = _parts().told(phrases(language), kind, length, title, because, link, is_withdrawn)
    return told.strip()


def _parts() -> Any:
    """The macros of `parts.html`."""
    return _templates().get_template("parts.html").module


@cache
def _stamp() -> str:
    """Changes when any static file does, so that a page never meets an old style in a cache."""
    return sha256(b"".join(static_files().values()))[:8]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("broadcaster.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_final,
    )
    environment.filters["hour"] = hour
    environment.filters["local_day"] = lambda instant: instant.astimezone(ZONE).date()
    environment.filters["one_line"] = one_line
    return environment


def _final(value: object) -> object:
    """Text that reaches a page is plain once more, whatever was let through before."""
    return plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
