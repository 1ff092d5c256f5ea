"""An edition: everything that one rendering of the published tree is made from, gathered by the desk, frozen."""

from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.campaign_year import CampaignYear
from broadcaster.studio.bulletin import Cue
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Kind, Milliseconds, Sha256


@dataclass(frozen=True)
class Article:
    """One script as the portal shows it: the approved revision, or, once withdrawn, its title alone with the words that it was taken down.

    `first_at` is its first planned airing at any station, `stations` those that carry it with their first airing.
    `approved_at` is when this revision was approved.
    `spoken` is the text as it is read aloud; `stood_in` why the preferred voice did not read it.
    """

    script: str
    revision: int
    title: str
    kind: Kind
    summary: str
    text: str
    spoken: str
    author: str
    campaign: str | None
    clauses: tuple[str, ...]
    sources: tuple[str, ...]
    sha256: Sha256 | None
    size: int
    length: Milliseconds
    cues: tuple[Cue, ...]
    approved_at: datetime
    approved_by: str
    voice: str
    first_at: datetime
    stations: tuple[tuple[str, datetime], ...]
    is_withdrawn: bool = False
    stood_in: str = ""


@dataclass(frozen=True)
class StationCard:
    """A station as its page introduces it, with the names valid at the edition's moment. `unconfirmed` names what no source was found for (in words)."""

    slug: str
    name: str
    area_name: str
    operator: str
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True)
class CampaignCard:
    """A campaign with the name valid at the edition's moment, and its next or current window in words."""

    slug: str
    name: str
    when: str
    is_column: bool


@dataclass(frozen=True)
class Edition:
    """What the tree shows at `moment`: `days` of every station in order, the articles that any of them carries, sorted by first airing then id,
    and the campaign calendars of the moment's year and of the next.

    `public_url` has no slash at its end. Same edition, same bytes. An edition of a whole nation holds no days, because each station's are
    fetched when it is rendered; it only says with `since` on which day the first of them is.
    """

    public_url: str
    moment: datetime
    language: str
    stations: tuple[StationCard, ...]
    campaigns: tuple[CampaignCard, ...]
    days: tuple[ReleasedDay, ...]
    articles: tuple[Article, ...]
    calendars: tuple[CampaignYear, CampaignYear]
    is_trial: bool = False
    since: date | None = None

    @property
    def first_day(self) -> date:
        """The first released day; the day of the moment where there is none."""
        return self.since or min((day.day for day in self.days), default=broadcast_day(self.moment))
