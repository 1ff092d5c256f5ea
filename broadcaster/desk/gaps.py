"""What is missing from the days ahead, known at least a day before it would be heard."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.stations.station import Station
from broadcaster.store import programme
from broadcaster.store.database import Database
from broadcaster.timekeeping import broadcast_day, moment
from broadcaster.types import Finding, Weekday, Weight
from broadcaster.words import say

AHEAD = 2
"""Days after today that are looked at: a gap of the day after tomorrow can still be filled by day."""


def gaps(desk: Desk, at: datetime) -> tuple[Finding, ...]:
    """Sessions to come, today and on the next two days, that have no release or nothing approved to air, or whose sound is lost."""
    return tuple(gaps_of(desk.workspace.stations.values(), desk.database, desk.sound_folder, at))


def gaps_of(stations: Iterable[Station], database: Database, sound_folder: Path, at: datetime) -> Iterator[Finding]:
    """The same of a database that is only looked at."""
    today = broadcast_day(at)
    days = [today + timedelta(days=offset) for offset in range(AHEAD + 1)]
    with database.reading() as session:
        released = programme.released(session, days[0], days[-1])
    promised: dict[str, str] = {}
    for station in stations:
        for day in days:
            found = released.get((station.slug, day))
            spoken = {one.slug: one.items for one in found.sessions} if found else {}
            for rule in station.sessions:
                if Weekday.of(day) not in rule.weekdays or moment(day, rule.start) <= at:
                    continue
                if not spoken.get(rule.slug):
                    yield Finding(
                        Weight.TO_WEIGH,
                        "gap",
                        f"{station.slug} {day} {rule.start:%H:%M}",
                        say(
                            "The session “{name}” has nothing to air. Approve a script for it, or run “broadcaster why {station} {day}”.",
                            name=rule.name,
                            station=station.slug,
                            day=day.isoformat(),
                        ),
                    )
                promised |= {item.sha256: item.title for item in spoken.get(rule.slug, ()) if item.sha256}
    for title in sorted(title for sha, title in promised.items() if not (sound_folder / f"{sha}.mp3").exists()):
        yield Finding(
            Weight.BLOCKING, "gap", title, say("Its sound is promised and lost. “broadcaster produce” makes it anew.")
        )
