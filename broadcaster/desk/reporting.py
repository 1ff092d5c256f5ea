"""The proof's verbs: reconcile a station's day, take an operator's word, and account for a year."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from broadcaster.desk.desk import Desk, Person
from broadcaster.desk.workspace import Workspace
from broadcaster.errors import NotFound, Refused
from broadcaster.forms import did_you_mean
from broadcaster.newsroom.approval import State
from broadcaster.planning.calendar import due_days, told_apart
from broadcaster.planning.plan import Plan
from broadcaster.programme.release import ReleasedDay
from broadcaster.reporting.account import Account, account
from broadcaster.reporting.airing import Airing, Confirmation, Outcome
from broadcaster.reporting.reconcile import GRACE, Evidences, Preempted, reconcile
from broadcaster.reporting.tally import figure_ids
from broadcaster.stations.area import covers, lineage_on
from broadcaster.store import airings as kept
from broadcaster.store import delivery, emergency, programme, scripts, tallies, work
from broadcaster.timekeeping import broadcast_day, moment
from broadcaster.timekeeping import days as days_from
from broadcaster.types import Weekday
from broadcaster.words import say

RECONCILE = "reconcile"
"""The kind of job whose key is a station and a day: it is done when the day is over, and again when something came back later."""


def airings_of(desk: Desk, station: str, day: date, at: datetime) -> tuple[Airing, ...]:
    """What became of a station's day as far as it is known at `at`; nothing is kept. Raises NotFound where it was never released."""
    desk.workspace.station(station)
    with desk.database.reading() as session:
        released = programme.released(session, day, day).get((station, day))
    if released is None:
        raise NotFound(
            say("{station} has no release for {day}. Make one with “broadcaster release”.", station=station, day=day)
        )
    return _reconciled(desk, released, at)


def _reconciled(desk: Desk, released: ReleasedDay, at: datetime) -> tuple[Airing, ...]:
    station, day = released.station, released.day
    known = desk.workspace.station(station)
    with desk.database.reading() as session:
        reports = delivery.reports(session, station, day)
        clusters_of = {one.name: one.cluster for one in delivery.receivers(session, station)}
        confirmations = kept.confirmations(session, station, day)
        silences = emergency.silences(session, after=moment(day, time()))
        withdrawn = {
            one.newest.script.id: one.steps[-1].at
            for one in scripts.standings(session)
            if one.steps and one.steps[-1].state is State.WITHDRAWN
        }
    areas = desk.workspace.areas
    preempted = [
        Preempted(one.since, one.end, "silence") for one in silences if covers(areas, one.areas, known.area, day)
    ]
    clusters = [cluster.slug for cluster in known.clusters]
    return reconcile(released, clusters, Evidences(reports, clusters_of, confirmations, preempted, withdrawn), at)


def keep_airings(desk: Desk, at: datetime) -> int:
    """Reconcile every station-day that is over and has no airings yet, or of which something came back since; how many changed."""
    with desk.database.writing() as session:
        over = kept.missing(session, broadcast_day(at - GRACE))
        work.intend(session, RECONCILE, [f"{station} {day}" for station, day in over], at)
        jobs = work.claim(session, RECONCILE, at)
    changed = 0
    for job in jobs:
        station, day = job.key.split(" ")
        if station not in desk.workspace.stations:
            with desk.database.writing() as session:
                work.done(session, job)
            continue
        on = date.fromisoformat(day)
        with desk.database.reading() as session:
            released = programme.released(session, on, on).get((station, on))
        silent = ReleasedDay(station, "", "", on, (), ())  # what is reported of a day without a release is unplanned
        found = _reconciled(desk, released or silent, at)
        with desk.database.writing() as session:
            changed += kept.add(session, station, on, found, at)
            work.done(session, job)
    return changed


def confirm(
    desk: Desk,
    station: str,
    day: date,
    *,
    person: Person,
    at: datetime,
    cluster: str | None = None,
    first: time | None = None,
    last: time | None = None,
    is_missed: bool = False,
    note: str = "",
    is_dry: bool = False,
) -> tuple[Confirmation, ...]:
    """An operator's word that what was planned (from `first` to `last`; else all day) was aired, or missed, at a cluster (or at all). Raises Refused, NotFound."""
    known = desk.workspace.station(station)
    slugs = [one.slug for one in known.clusters] or [station]
    if cluster is not None and cluster not in slugs:
        raise NotFound(
            say(
                "There is no {what} “{slug}”.{hint}",
                what=say("cluster"),
                slug=cluster,
                hint=did_you_mean(cluster, slugs),
            )
        )
    start = moment(day, first or time())
    until = moment(day, last) if last else moment(day, time()) + timedelta(days=1)
    if start > at or until <= start:
        raise Refused(say("Only what is over can be confirmed: name a day and hours that have passed."))
    outcome = Outcome.MISSED if is_missed else Outcome.AIRED
    words = tuple(
        Confirmation(station, one, start, min(until, at), outcome, person.name, at, note.strip())
        for one in ([cluster] if cluster else slugs)
    )
    if not is_dry:
        with desk.database.writing() as session:
            for one in words:
                kept.add_confirmation(session, one)
            work.intend(session, RECONCILE, [f"{station} {day}"], when_over(day, at))
    return words


def when_over(day: date, at: datetime) -> datetime:
    """When a day that something came back of is to be reconciled: once it is over, or at the next look where it is."""
    return max(moment(day, time()) + timedelta(days=1) + GRACE, at)


def keep_tallies(desk: Desk) -> int:
    """Count every station's month anew whose airings changed since it was counted; how many."""
    with desk.database.reading() as session:
        stale = tallies.stale(session)
    for one, stamp in stale.items():
        with desk.database.writing() as session:
            tallies.keep(session, one, stamp)
    return len(stale)


def report(desk: Desk, year: int, at: datetime) -> tuple[Account, tuple[Plan, ...]]:
    """The year's account as far as it is known, with the plans of that year."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), broadcast_day(at))
    due = _due(desk.workspace, first, max((last - first).days + 1, 0))
    with desk.database.reading() as session:
        made = account(tallies.tallies(session, first, date(year, 12, 31)), due, first, last)
    return made, tuple(plan for plan in desk.workspace.plans.values() if plan.year == year)


def counted(desk: Desk, year: int, figure: str) -> Iterator[Airing]:
    """The airings that a figure of the year's account counts, one day after the other."""
    with desk.database.reading() as session:
        clauses_of = tallies.clauses_of(session)
        days = sorted(
            (one.month.replace(day=day), one.station)
            for one in tallies.tallies(session, date(year, 1, 1), date(year, 12, 31))
            if figure in one.counts
            for day in one.counts[figure].days
        )
        for day, station in days:
            for airing in kept.between(session, day, day, station):
                if figure in figure_ids(airing, clauses_of):
                    yield airing


@lru_cache(maxsize=4)
def _due(workspace: Workspace, first: date, count: int) -> Mapping[tuple[str, str], frozenset[date]]:
    """By campaign and station, the days on which it was due and the station had a session."""
    campaigns, areas = workspace.campaigns, workspace.areas
    matters = told_apart(campaigns.values())
    computed = cache(lambda slug, days, lineage: frozenset(due_days(campaigns[slug], days, lineage)))
    due: dict[tuple[str, str], frozenset[date]] = {}
    for station in workspace.stations.values():
        spoken = {weekday for rule in station.sessions for weekday in rule.weekdays}
        on_air = frozenset(day for day in days_from(first, count) if Weekday.of(day) in spoken)
        by_lineage: dict[tuple[str, ...], list[date]] = {}
        for day in days_from(first, count):
            lineage = tuple(area for area in lineage_on(areas, station.area, day) if area in matters)
            by_lineage.setdefault(lineage, []).append(day)
        spans = {lineage: tuple(days) for lineage, days in by_lineage.items()}
        for slug in campaigns:
            found = on_air & {day for lineage, days in spans.items() for day in computed(slug, days, lineage)}
            if found:
                due[(slug, station.slug)] = found
    return due
