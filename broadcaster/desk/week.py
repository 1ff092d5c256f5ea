"""The week ahead at a glance: every session of every station, with what is promised in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.desk.desk import Desk
from broadcaster.store import programme
from broadcaster.timekeeping import days, moment
from broadcaster.types import SCRIPT_KINDS, Kind, Weekday


@dataclass(frozen=True)
class SessionAhead:
    """One session to come, or past: how many scripts are promised in it; none is a gap."""

    name: str
    start: datetime
    scripts: int


@dataclass(frozen=True)
class DayAhead:
    """One station's day."""

    station: str
    day: date
    sessions: tuple[SessionAhead, ...]


def week(desk: Desk, first: date, count: int, stations: Sequence[str] = ()) -> tuple[DayAhead, ...]:
    """`count` days from `first` of these stations (none named: of all), station by station."""
    chosen = [desk.workspace.station(slug) for slug in stations] or list(desk.workspace.stations.values())
    wanted = days(first, count)
    with desk.database.reading() as session:
        released = programme.released(session, wanted[0], wanted[-1])
    found = []
    for station in chosen:
        for day in wanted:
            promised = released.get((station.slug, day))
            items = {one.slug: one.items for one in promised.sessions} if promised else {}
            sessions = tuple(
                SessionAhead(
                    rule.name,
                    moment(day, rule.start),
                    sum(
                        one.kind is Kind.RELAY or (one.kind in SCRIPT_KINDS and one.kind is not Kind.LEAD_IN)
                        for one in items.get(rule.slug, ())
                    ),
                )
                for rule in sorted(station.sessions, key=lambda rule: rule.start)
                if Weekday.of(day) in rule.weekdays
            )
            found.append(DayAhead(station.slug, day, sessions))
    return tuple(found)
