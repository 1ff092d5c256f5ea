"""The account: what was promised and what was done, by clause, campaign, station and month; each figure can list the airings it counts.

What is promised of a campaign is a day: on every day on which it is due at a station that has a session then, something of it is to
be heard. The plan states no other numbers for the radio, and none are invented.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import repeat

from broadcaster.reporting.airing import Outcome
from broadcaster.reporting.tally import Count, Tally

OUTCOMES = {outcome.value: outcome for outcome in Outcome}


@dataclass
class Figure:
    """What was counted under one name: airings by outcome, seconds heard, and clusters. `id` is how the airings behind it are asked for."""

    id: str
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    seconds: float = 0.0
    clusters: set[tuple[str, str]] = field(default_factory=set)
    heard_at: set[tuple[str, str]] = field(default_factory=set)

    def add(self, station: str, one: Count) -> None:
        """Count a station's month into it."""
        for word, count in one.outcomes.items():
            outcome = OUTCOMES[word]
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + count
        self.seconds += one.seconds
        self.clusters.update(zip(repeat(station), one.clusters))
        self.heard_at.update(zip(repeat(station), one.heard_at))

    @property
    def planned(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome is not Outcome.UNPLANNED)

    @property
    def heard(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome.is_heard)


@dataclass(frozen=True)
class Kept:
    """A campaign's promise at one station: the days on which it was due, and on which of them something of it was heard somewhere."""

    campaign: str
    station: str
    due: tuple[date, ...]
    heard: tuple[date, ...]
    unknown: tuple[date, ...]


@dataclass(frozen=True)
class Account:
    """A year, or a part of it: `first` to `last`."""

    first: date
    last: date
    figures: Mapping[str, Figure]
    promises: tuple[Kept, ...]


def account(
    tallies: Iterable[Tally], due: Mapping[tuple[str, str], frozenset[date]], first: date, last: date
) -> Account:
    """The account of whole months' `tallies` (in any order). `due` holds, by campaign and station, the days that were promised."""
    figures: dict[str, Figure] = {}
    heard: dict[tuple[str, str], set[date]] = {}
    unknown: dict[tuple[str, str], set[date]] = {}
    for one in tallies:
        for name, count in one.counts.items():
            figures.setdefault(name, Figure(name)).add(one.station, count)
            kind, _, campaign = name.partition("/")
            if kind == "campaign":
                place = (campaign, one.station)
                heard.setdefault(place, set()).update(_on(one.month, count.heard))
                unknown.setdefault(place, set()).update(_on(one.month, count.unknown))
    promises = tuple(
        _kept(place, days, heard.get(place, set()), unknown.get(place, set())) for place, days in sorted(due.items())
    )
    return Account(first, last, dict(sorted(figures.items())), promises)


def _on(month: date, days: tuple[int, ...]) -> Iterable[date]:
    return map(_days_of(month).__getitem__, days)


@cache
def _days_of(month: date) -> Mapping[int, date]:
    return {number: month.replace(day=number) for number in range(1, monthrange(month.year, month.month)[1] + 1)}


def _kept(place: tuple[str, str], due: frozenset[date], heard: set[date], unknown: set[date]) -> Kept:
    kept = due & heard
    return Kept(*place, tuple(sorted(due)), tuple(sorted(kept)), tuple(sorted((due & unknown) - kept)))
