"""Tallies: what one station's airings of one month count, name by name, so that a year is added up without reading every airing again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from broadcaster.reporting.airing import Airing, Outcome

ClausesOf = Callable[[str, int], tuple[str, ...]]
"""The clauses that a revision of a script names."""


@dataclass(frozen=True)
class Count:
    """What counts under one name: airings by outcome's word, seconds heard, clusters, and the days of the month on which any counts, was heard, is unknown."""

    outcomes: Mapping[str, int]
    seconds: float
    clusters: tuple[str, ...]
    heard_at: tuple[str, ...]
    days: tuple[int, ...]
    heard: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(frozen=True)
class Tally:
    """One station's month, which is named by its first day."""

    station: str
    month: date
    counts: Mapping[str, Count]


@dataclass
class _Counting:
    """One name's count while it is made."""

    outcomes: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    clusters: set[str] = field(default_factory=set)
    heard_at: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    heard: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)

    def add(self, airing: Airing, seconds: float) -> None:
        self.outcomes[airing.outcome.value] = self.outcomes.get(airing.outcome.value, 0) + 1
        self.seconds += seconds
        self.clusters.add(airing.cluster)
        self.days.add(airing.day.day)
        if airing.outcome.is_heard:
            self.heard_at.add(airing.cluster)
            self.heard.add(airing.day.day)
        elif airing.outcome is Outcome.UNKNOWN:
            self.unknown.add(airing.day.day)

    def made(self) -> Count:
        return Count(
            dict(sorted(self.outcomes.items())),
            round(self.seconds, 3),
            tuple(sorted(self.clusters)),
            tuple(sorted(self.heard_at)),
            tuple(sorted(self.days)),
            tuple(sorted(self.heard)),
            tuple(sorted(self.unknown)),
        )


def tally(station: str, month: date, airings: Iterable[Airing], clauses_of: ClausesOf) -> Tally:
    """The tally of a station's `airings`, in any order, all of them of that month."""
    counting: dict[str, _Counting] = {}
    for airing in airings:
        seconds = _seconds(airing)
        for name in figure_ids(airing, clauses_of):
            counting.setdefault(name, _Counting()).add(airing, seconds)
    return Tally(station, month, {name: one.made() for name, one in sorted(counting.items())})


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
