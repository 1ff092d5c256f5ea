"""Outlines: what the rest of the tree asks of a station's days, so that the days themselves need not be held, nor read again while nothing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from broadcaster.programme.release import ReleasedDay, ReleasedSession
from broadcaster.timekeeping import ZONE, broadcast_day
from broadcaster.timekeeping import moment as at
from broadcaster.types import Kind

Heard = tuple[int, str, Kind]
"""A script on air: when (in seconds since the epoch), which, and its kind."""
Hours = tuple[int, int, str]
"""A session: its start and end, and its name."""


@dataclass(frozen=True)
class DayOutline:
    """One released day in few words."""

    day: date
    hours: tuple[Hours, ...]
    heard: tuple[Heard, ...]


@dataclass(frozen=True)
class Outline:
    """A station's days in few words, as they are from `since` until `until`: in between nothing begins, and no day does.

    `named` is the fingerprint of the names of all its days. `first` says when each script is on air for the first time here, lead-ins
    apart; `ahead` which scripts, lead-ins too, are still to come; `today` the hours of this day.
    """

    named: str
    since: int
    until: int
    first_day: date | None
    today: tuple[Hours, ...]
    first: Mapping[str, int]
    ahead: frozenset[str]

    def holds_at(self, moment: datetime) -> bool:
        """Whether it says of `moment` what is true then."""
        return self.since <= moment.timestamp() < self.until

    def bare_day(self, slug: str, day: date) -> tuple[ReleasedDay, ...]:
        """This day with its sessions alone."""
        sessions = tuple(ReleasedSession("", name, instant(start), instant(end), ()) for start, end, name in self.today)
        return (ReleasedDay(slug, "", "", day, (), sessions),)


def outline(named: str, days: Iterable[DayOutline], moment: datetime) -> Outline:
    """The outline of a station with those days in order, at `moment`."""
    today, now = broadcast_day(moment), int(moment.timestamp())
    until = int(at(today + timedelta(days=1), time()).timestamp())
    first: dict[str, int] = {}
    ahead: set[str] = set()
    hours: tuple[Hours, ...] = ()
    first_day = None
    for one in days:
        first_day = first_day or one.day
        hours = one.hours if one.day == today else hours
        for start, script, kind in one.heard:
            if start > now:
                ahead.add(script)
                until = min(until, start)
            if kind is not Kind.LEAD_IN:
                first[script] = min(start, first.get(script, start))
    return Outline(named, now, until, first_day, hours, first, frozenset(ahead))


def instant(seconds: int) -> datetime:
    """The instant so many seconds after the epoch."""
    return datetime.fromtimestamp(seconds, ZONE)
