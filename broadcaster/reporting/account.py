"""The account: what was promised and what was done, by clause, campaign, station and month; each figure can list the airings it counts.

What is promised of a campaign is a day: on every day on which it is due at a station that has a session then, something of it is to
be heard. The plan states no other numbers for the radio, and none are invented.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from broadcaster.reporting.airing import Airing, Outcome

ClausesOf = Callable[[str, int], tuple[str, ...]]
"""The clauses that a revision of a script names."""


@dataclass
class Figure:
    """What was counted under one name: airings by outcome, seconds heard, and clusters. `id` is how the airings behind it are asked for."""

    id: str
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    seconds: float = 0.0
    clusters: set[tuple[str, str]] = field(default_factory=set)
    heard_at: set[tuple[str, str]] = field(default_factory=set)

    def count(self, airing: Airing) -> None:
        self.outcomes[airing.outcome] = self.outcomes.get(airing.outcome, 0) + 1
        self.clusters.add((airing.station, airing.cluster))
        self.seconds += _seconds(airing)
        if airing.outcome.is_heard:
            self.heard_at.add((airing.station, airing.cluster))

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
    airings: Iterable[Airing],
    due: Mapping[tuple[str, str], frozenset[date]],
    clauses_of: ClausesOf,
    first: date,
    last: date,
) -> Account:
    """The account of `airings` (in any order). `due` holds, by campaign and station, the days that were promised."""
    figures: dict[str, Figure] = {}
    heard: dict[tuple[str, str], set[date]] = {}
    unknown: dict[tuple[str, str], set[date]] = {}
    for airing in airings:
        for name in figure_ids(airing, clauses_of):
            figures.setdefault(name, Figure(name)).count(airing)
        if airing.campaign:
            place = (airing.campaign, airing.station)
            if airing.outcome.is_heard:
                heard.setdefault(place, set()).add(airing.day)
            elif airing.outcome is Outcome.UNKNOWN:
                unknown.setdefault(place, set()).add(airing.day)
    promises = tuple(
        Kept(
            campaign,
            station,
            tuple(sorted(days)),
            tuple(sorted(days & heard.get((campaign, station), set()))),
            tuple(sorted(days & unknown.get((campaign, station), set()) - heard.get((campaign, station), set()))),
        )
        for (campaign, station), days in sorted(due.items())
    )
    return Account(first, last, dict(sorted(figures.items())), promises)


def figure_ids(airing: Airing, clauses_of: ClausesOf) -> tuple[str, ...]:
    """The figures that an airing counts in."""
    clauses = clauses_of(airing.script, airing.revision) if airing.script and airing.revision else ()
    named = [f"campaign/{airing.campaign}"] if airing.campaign else []
    return (
        "all",
        f"station/{airing.station}",
        f"month/{airing.day:%Y-%m}",
        *named,
        *(f"clause/{clause}" for clause in clauses),
    )


def _seconds(airing: Airing) -> float:
    """How long it was heard: by the receiver's word, or else its length where somebody says that it was aired."""
    if airing.started_at and airing.ended_at:
        return (airing.ended_at - airing.started_at).total_seconds()
    return airing.length / 1000 if airing.outcome.is_heard else 0.0
