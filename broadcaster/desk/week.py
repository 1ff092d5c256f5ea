"""The week ahead at a glance: every session of some stations, with how much is promised in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.desk.desk import Desk
from broadcaster.store import programme
from broadcaster.timekeeping import days, moment
from broadcaster.types import Kind, Weekday


@dataclass(frozen=True)
class SessionAhead:
    """One session to come, or past: how many scripts are promised in it; None: nothing is, a gap."""

    name: str
    start: datetime
    scripts: int | None


@dataclass(frozen=True)
class DayAhead:
    """One station's day."""

    station: str
    day: date
    sessions: tuple[SessionAhead, ...]


def week(desk: Desk, first: date, count: int, stations: Sequence[str]) -> tuple[DayAhead, ...]:
    """`count` days from `first` of these stations, station by station."""
    wanted, found = days(first, count), list[DayAhead]()
    only = stations[0] if len(stations) == 1 else None
    with desk.database.reading() as session:
        named = programme.named(session, wanted[0], wanted[-1], station=only)
        outlines = {
            slug: tuple(programme.outlines_in(session, [one.row for one in named.get(slug, ())])) for slug in stations
        }
    for station in map(desk.workspace.station, stations):
        promised = {one.day: one for one in outlines[station.slug]}
        for day in wanted:
            outline = promised.get(day)
            hours = {start: end for start, end, _ in outline.hours} if outline else {}
            heard = [start for start, _, kind in outline.heard if kind is not Kind.LEAD_IN] if outline else []
            sessions = []
            for rule in sorted(station.sessions, key=lambda rule: rule.start):
                if Weekday.of(day) in rule.weekdays:
                    start = moment(day, rule.start)
                    end = hours.get(int(start.timestamp()))
                    inside = None if end is None else sum(start.timestamp() <= one < end for one in heard)
                    sessions.append(SessionAhead(rule.name, start, inside))
            found.append(DayAhead(station.slug, day, tuple(sessions)))
    return tuple(found)
