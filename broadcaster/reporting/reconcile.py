"""Reconciling: what was planned against what was reported. Exactly one airing for every planned item at every cluster, and for every report.

A receiver's word outranks an operator's, for it was there; only where a receiver says nothing does an operator's word count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from broadcaster.delivery.play_report import Heard, PlayReport
from broadcaster.programme.release import ReleasedDay, ReleasedItem
from broadcaster.reporting.airing import Airing, Confirmation, Evidence, Outcome
from broadcaster.types import Milliseconds

GRACE = timedelta(minutes=10)
"""How long after its end an item may still be on air somewhere; before that nothing is said of it."""
_BEST = (Heard.AIRED, Heard.LATE, Heard.PARTIAL, Heard.MISSED)
_PRE_EMPTED = ("alert", "silence", "stopped")
"""The reasons of a receiver for what it missed because something went before it."""
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Preempted:
    """A time in which an order kept a station's clusters still, or an alert went before everything."""

    start: datetime
    until: datetime
    reason: str

    def covers(self, item: ReleasedItem) -> bool:
        return self.start <= item.start and item.end <= self.until


@dataclass(frozen=True)
class Evidences:
    """All that came back of a station's day, and what went before it. `clusters_of` gives each receiver's cluster."""

    reports: Sequence[PlayReport] = ()
    clusters_of: Mapping[str, str] = field(default_factory=dict)
    confirmations: Sequence[Confirmation] = ()
    preempted: Sequence[Preempted] = ()
    withdrawn: Mapping[str, datetime] = field(default_factory=dict)


def reconcile(day: ReleasedDay, clusters: Sequence[str], heard: Evidences, at: datetime) -> tuple[Airing, ...]:
    """The airings of a station's day at `at`: of every item that is over by then at each of `clusters` (none: the station is one),
    and of every report that fits none of them. The order of what came back changes nothing."""
    places = tuple(clusters) or (day.station,)
    items = [item for session in day.sessions for item in session.items if item.end + GRACE <= at]
    fitting: dict[tuple[str, int], list[PlayReport]] = {}
    others: list[PlayReport] = []
    planned = {(item.start, item.sha256): number for number, item in enumerate(items)}
    for report in heard.reports:
        number = planned.get((report.item_start, report.sha256)) if report.alert is None else None
        cluster = heard.clusters_of.get(report.receiver, "")
        if number is None or cluster not in places:
            others.append(report)
        else:
            fitting.setdefault((cluster, number), []).append(report)
    airings = [
        _planned(day, item, cluster, fitting.get((cluster, number), []), heard)
        for number, item in enumerate(items)
        for cluster in places
    ]
    airings += [_unplanned(day, one, heard) for one in others if one.item_start + GRACE <= at or one.alert]
    return tuple(sorted(airings, key=lambda one: (one.start, one.cluster, one.outcome, one.reports)))


def _planned(
    day: ReleasedDay, item: ReleasedItem, cluster: str, reports: Sequence[PlayReport], heard: Evidences
) -> Airing:
    def airing(outcome: Outcome, evidence: Evidence, reason: str = "", best: PlayReport | None = None) -> Airing:
        return Airing(
            station=day.station,
            cluster=cluster,
            day=day.day,
            start=item.start,
            length=item.length,
            title=item.title,
            kind=item.kind,
            script=item.script,
            revision=item.revision,
            campaign=item.campaign,
            sha256=item.sha256,
            outcome=outcome,
            evidence=evidence,
            reason=reason,
            reports=tuple(sorted(one.id for one in reports)),
            started_at=best.started_at if best else None,
            ended_at=best.ended_at if best else None,
        )

    if reports:
        best = min(reports, key=lambda one: (_BEST.index(one.outcome), one.id))
        is_before = best.outcome is Heard.MISSED and best.reason in _PRE_EMPTED
        return airing(Outcome.PRE_EMPTED if is_before else Outcome(best.outcome), Evidence.RECEIVER, best.reason, best)
    withdrawn = heard.withdrawn.get(item.script or "")
    if withdrawn and withdrawn <= item.start:
        return airing(Outcome.PRE_EMPTED, Evidence.NONE, WITHDRAWN)
    order = min(
        (one for one in heard.preempted if one.covers(item)), key=lambda one: (one.start, one.reason), default=None
    )
    if order:
        return airing(Outcome.PRE_EMPTED, Evidence.NONE, order.reason)
    words = [one for one in heard.confirmations if one.cluster == cluster and one.start <= item.start < one.until]
    if words:
        newest = max(words, key=lambda one: (one.at, one.by, one.outcome))
        return airing(newest.outcome, Evidence.OPERATOR, newest.note or newest.by)
    return airing(Outcome.UNKNOWN, Evidence.NONE)


def _unplanned(day: ReleasedDay, report: PlayReport, heard: Evidences) -> Airing:
    length = report.ended_at - report.started_at if report.started_at and report.ended_at else timedelta(0)
    return Airing(
        station=day.station,
        cluster=heard.clusters_of.get(report.receiver, ""),
        day=day.day,
        start=report.item_start,
        length=Milliseconds(round(length / timedelta(milliseconds=1))),
        title="",
        kind=None,
        script=None,
        revision=None,
        campaign=None,
        sha256=report.sha256,
        outcome=Outcome.UNPLANNED,
        evidence=Evidence.RECEIVER,
        reason=report.reason,
        reports=(report.id,),
        started_at=report.started_at,
        ended_at=report.ended_at,
        alert=report.alert,
    )
