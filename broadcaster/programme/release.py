"""Releases (bản lịch đã chốt): station days frozen with all that publishing needs; differences between them are computed."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from broadcaster.files import sha256
from broadcaster.types import Kind, Milliseconds, Sha256


@dataclass(frozen=True)
class ReleasedItem:
    """One item as promised: when, what, from which revision, and because of what (in words for people).

    `sha256` and `size` are of the MP3; a relay has none, but the `url` of its source.
    """

    start: datetime
    length: Milliseconds
    kind: Kind
    title: str
    because: str
    sha256: Sha256 | None = None
    size: int = 0
    url: str | None = None
    campaign: str | None = None
    script: str | None = None
    revision: int | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(milliseconds=self.length)


@dataclass(frozen=True)
class ReleasedSession:
    """One session; `end` is the end of its longest airtime, not of its last item. `is_confirmed`: whether its hours were found in a source."""

    slug: str
    name: str
    start: datetime
    end: datetime
    items: tuple[ReleasedItem, ...]
    is_confirmed: bool = True


@dataclass(frozen=True)
class ReleasedDay:
    """The truth of one station's day. `name` and `area_name` are those valid on the day; `campaigns` are (slug, name then valid)."""

    station: str
    name: str
    area_name: str
    day: date
    campaigns: tuple[tuple[str, str], ...]
    sessions: tuple[ReleasedSession, ...]
    is_trial: bool = False

    @property
    def id(self) -> str:
        """From this station-day's own content, so that the same content is the same release of it (12 hexadecimal digits)."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str).encode())[:12]
