"""Days arranged one station after the other, many stations on all cores, so that a nation's programme is never held at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial

from broadcaster.planning.calendar import expand, told_apart
from broadcaster.planning.campaign import Campaign, Due
from broadcaster.programme.clock import BroadcastClock
from broadcaster.programme.exceptions import PersonsException
from broadcaster.programme.order import Candidate, DayOrder, Manner, Sound
from broadcaster.programme.release import Change, ReleasedDay, difference
from broadcaster.programme.rundown import Rundown, build, freeze, omitted
from broadcaster.stations.area import Areas, lineage_on, name_on
from broadcaster.stations.station import Station
from broadcaster.store import programme
from broadcaster.store.database import Database
from broadcaster.store.programme import kept_day
from broadcaster.types import Finding
from broadcaster.types import name_on as dated_name_on

MEMORY = timedelta(days=62)
"""How far back a rundown looks: the longest window, and a month of a column."""
LeadIns = Mapping[tuple[str, date, str, str], Sound]
"""The sound of each lead-in, by station, day, session and script."""


DueOn = Callable[[date, tuple[str, ...]], tuple[Due, ...]]


def calendar(campaigns: tuple[Campaign, ...]) -> DueOn:
    """`expand` for these campaigns, each day computed once for all areas that the campaigns do not tell apart."""
    matters, computed = told_apart(campaigns), cache(partial(expand, campaigns))
    return lambda day, lineage: computed(day, tuple(area for area in lineage if area in matters))


@dataclass(frozen=True)
class Arranger:
    """What every station's days are arranged from."""

    areas: Areas
    clocks: Mapping[str, BroadcastClock]
    campaigns: tuple[Campaign, ...]
    candidates: tuple[Candidate, ...]
    sounds: Mapping[str, Sound]
    exceptions: tuple[PersonsException, ...]
    choices: Mapping[str, Mapping[str, Manner]]
    days: tuple[date, ...]
    settled_until: datetime
    language: str
    is_trial: bool

    def rundowns(
        self, station: Station, lead_ins: LeadIns, released: Mapping[date, ReleasedDay], due_on: DueOn
    ) -> Iterator[tuple[Rundown, ReleasedDay]]:
        """The station's days, each with what it promises, built on what was `released`."""
        own: dict[date, dict[tuple[str, str], Sound]] = {}
        for (_, day, rule, script), sound in lead_ins.items():
            own.setdefault(day, {})[(rule, script)] = sound
        past = [released[day] for day in sorted(released) if day < self.days[0]]
        for day in self.days:
            order = self._order(station, day, own.get(day, {}), past, released.get(day), due_on)
            if order is not None:
                rundown = build(order)
                frozen = freeze(rundown, self.language)
                yield rundown, frozen
                past = [*past, frozen]

    def _order(
        self,
        station: Station,
        day: date,
        lead_ins: Mapping[tuple[str, str], Sound],
        past: Sequence[ReleasedDay],
        previous: ReleasedDay | None,
        due_on: DueOn,
    ) -> DayOrder | None:
        name, area = dated_name_on(station.names, day), name_on(self.areas, station.area, day)
        if name is None or area is None:
            return None
        recent = tuple(one for one in past if day - MEMORY <= one.day < day)
        return DayOrder(
            station=station,
            day=day,
            name=name.text,
            area_name=area.text,
            lineage=lineage_on(self.areas, station.area, day),
            clocks=self.clocks,
            due={
                one: due_on(one, lineage_on(self.areas, station.area, one))
                for one in (*(each.day for each in recent), day)
            },
            candidates=self.candidates,
            lead_ins=lead_ins,
            sounds=self.sounds,
            past=recent,
            previous=previous,
            exceptions=tuple(one for one in self.exceptions if one.station == station.slug and one.day == day),
            choices=self.choices.get(station.slug, {}),
            settled_until=self.settled_until if previous else None,
            is_trial=self.is_trial,
        )


@dataclass(frozen=True)
class Arranged:
    """What a release makes of one station: the days that are to be kept because they changed, as lines for a file on the way; what a
    listener will notice in days that were promised before, how many were not; and what was found."""

    kept: bytes
    changes: tuple[Change, ...]
    new_days: int
    findings: tuple[Finding, ...]
    days: int
    items: int


class Releaser:
    """Arranges stations for a release; of what was released before it holds one station's at a time."""

    def __init__(self, database: Database, arranger: Arranger, *, from_nothing: bool):
        self.database, self.arranger, self.from_nothing = database, arranger, from_nothing
        self._due_on = calendar(arranger.campaigns)

    def arranged(self, station: Station, lead_ins: LeadIns) -> Arranged:
        """The station's days."""
        days, language = self.arranger.days, self.arranger.language
        with self.database.reading() as session:
            before = programme.released_at(session, station.slug, days[0] - MEMORY, days[-1])
        built = list(self.arranger.rundowns(station, lead_ins, {} if self.from_nothing else before, self._due_on))
        new = [(rundown, day) for rundown, day in built if before.get(day.day) != day]
        return Arranged(
            kept=b"".join(kept_day(day, omitted(rundown, language)).line() for rundown, day in new),
            changes=tuple(change for _, day in new if day.day in before for change in difference(before[day.day], day)),
            new_days=sum(day.day not in before for _, day in new),
            findings=tuple(finding for rundown, _ in built for finding in rundown.findings),
            days=len(built),
            items=sum(len(session.items) for rundown, _ in built for session in rundown.sessions),
        )


def prepared(url: str, arranger: Arranger, from_nothing: bool) -> Callable[[tuple[Station, LeadIns]], Arranged]:
    """The same in another process."""
    releaser = Releaser(Database(url, only_look=True), arranger, from_nothing=from_nothing)
    return lambda task: releaser.arranged(*task)
