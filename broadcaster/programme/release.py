"""Releases (bản lịch đã chốt): station days frozen with all that publishing needs; differences between them are computed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

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
        said = [repr((self.station, self.name, self.area_name, self.day.isoformat(), self.campaigns, self.is_trial))]
        for one in self.sessions:
            said.append(repr((one.slug, one.name, one.start.isoformat(), one.end.isoformat(), one.is_confirmed)))
            said += [f"{item.start.isoformat()} {_what(*tuple(vars(item).values())[1:])}" for item in one.items]
        return sha256("\n".join(said).encode())[:12]


@lru_cache(maxsize=10_000)
def _what(*fields: object) -> str:
    """What an item says beside its start, in one line; thousands of stations air the same ones."""
    return repr(fields)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two releases of a station's day: `added`, `dropped` or `moved`, with the starts before and after."""

    what: str
    station: str
    day: date
    title: str
    before: datetime | None
    after: datetime | None


def difference(old: ReleasedDay, new: ReleasedDay) -> tuple[Change, ...]:
    """What a listener would notice between two releases of one station's day, in order of time; empty where nothing would be."""
    before, after = _heard(old), _heard(new)
    changes = [
        Change(
            "added" if key not in before else "dropped" if key not in after else "moved",
            new.station,
            new.day,
            (after.get(key) or before[key]).title,
            before[key].start if key in before else None,
            after[key].start if key in after else None,
        )
        for key in {**before, **after}
        if key not in before or key not in after or before[key].start != after[key].start
    ]
    return tuple(sorted(changes, key=lambda change: (change.after or change.before, change.what, change.title)))


def _heard(day: ReleasedDay) -> dict[tuple[str, str | None, int], ReleasedItem]:
    """Each item by its session, what is heard, and which time in that session it is heard."""
    heard: dict[tuple[str, str | None, int], ReleasedItem] = {}
    times: Counter[tuple[str, str | None]] = Counter()
    for session in day.sessions:
        for item in session.items:
            one = (session.slug, item.sha256 or item.url)
            heard[(*one, times[one])] = item
            times[one] += 1
    return heard
