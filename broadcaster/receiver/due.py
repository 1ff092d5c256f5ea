"""What is to sound now: decided from the manifest, the moment and what was played, by nothing else.

Late: up to 10 seconds an item is played whole; later it is begun in its middle where 15 seconds of it are left, and else missed.
Signature tunes, idents and stings are never begun in their middle.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from broadcaster.publishing.manifest import Manifest, ManifestAlert, ManifestItem, Silence
from broadcaster.stations.airtime import Airtime
from broadcaster.timekeeping import ZONE, moment
from broadcaster.types import SOUND_KINDS

ON_TIME, WHOLE, WORTH = timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=15)
"""Up to when an item is on time; up to when it is played whole; how much must be left of it to begin in its middle."""


class Reason(StrEnum):
    """Why an item was not heard, or not whole, as a play report says it."""

    SILENCE = "silence"
    STOPPED = "stopped"
    ALERT = "alert"
    OFF = "off"
    CLOCK = "clock"
    NO_SOUND = "no-sound"
    LATE = "late"
    HOURS = "own-hours"
    PLAYER = "player"
    WALL = "wall"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Stretch:
    """A time in which nothing planned could be heard, and why."""

    start: datetime
    end: datetime
    reason: Reason

    def overlaps(self, item: ManifestItem) -> bool:
        return self.start < item.end and item.start < self.end


@dataclass(frozen=True)
class Played:
    """What the log knows: the keys of items that are settled, and when each version of an alert was begun."""

    items: Collection[str] = ()
    alerts: Mapping[tuple[str, int], tuple[datetime, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """Begin this now, `seek` from its beginning, and let it end at `cut` at the latest."""

    what: ManifestItem | ManifestAlert
    seek: timedelta
    cut: datetime
    is_late: bool = False


@dataclass(frozen=True)
class Decision:
    """What is to be begun, and which items are settled as missed."""

    start: Start | None
    missed: tuple[tuple[ManifestItem, Reason], ...]


def key(item: ManifestItem) -> str:
    """An item's own name in the log."""
    return f"{item.start.astimezone(ZONE).isoformat()} {item.file.sha256 if item.file else item.url}"


def decide(
    manifest: Manifest,
    at: datetime,
    played: Played,
    *,
    hours: Airtime | None = None,
    stop: Silence | None = None,
    stretches: Sequence[Stretch] = (),
) -> Decision:
    """What begins at `at`, if nothing sounds, and what was missed by then. `stop` is the order given on the spot."""
    alert = due_alert(manifest, at, played, stop)
    if alert:
        return Decision(Start(alert, timedelta(0), alert.until), ())
    still = stillness(manifest, at, stop)
    missed: list[tuple[ManifestItem, Reason]] = []
    for item in manifest.items:
        if item.start > at:
            break
        if key(item) in played.items:
            continue
        chosen = None if still or item.end <= at else _begun(item, manifest, at, hours)
        if isinstance(chosen, Start):
            return Decision(chosen, tuple(missed))
        if chosen is not None or item.end <= at:
            missed.append((item, why_missed(item, manifest, stretches, stop, chosen or Reason.LATE)))
    return Decision(None, tuple(missed))


def due_alert(manifest: Manifest, at: datetime, played: Played, stop: Silence | None) -> ManifestAlert | None:
    """The alert that is to be begun at `at`, the oldest first."""
    for alert in sorted(manifest.alerts, key=lambda one: one.since):
        begun = played.alerts.get((alert.id, alert.version), ())
        if (
            holds(alert, manifest, at, stop)
            and len(begun) < alert.times
            and (not begun or at >= begun[-1] + timedelta(minutes=alert.every_minutes))
        ):
            return alert
    return None


def holds(alert: ManifestAlert, manifest: Manifest, at: datetime, stop: Silence | None) -> bool:
    """Whether an alert may sound at `at`: it is in force, and was sent after any order to stay still."""
    orders = [one for one in (*manifest.silences, *([stop] if stop else [])) if one.holds_at(at)]
    is_there = any((one.id, one.version) == (alert.id, alert.version) for one in manifest.alerts)
    return is_there and at < alert.until and all(alert.since > one.since for one in orders)


def stillness(manifest: Manifest, at: datetime, stop: Silence | None) -> Reason | None:
    """Why nothing planned may sound at `at`, or None."""
    if stop and stop.holds_at(at):
        return Reason.STOPPED
    return Reason.SILENCE if any(one.holds_at(at) for one in manifest.silences) else None


def allowed_until(at: datetime, *walls: Airtime | None) -> datetime | None:
    """Until when all of these walls let something sound that begins at `at`; None where one does not."""
    local = at.astimezone(ZONE)
    ends = []
    for wall in walls:
        if wall is not None:
            inside = [one for one in wall.hours if one.start <= local.time() < one.end]
            if not inside:
                return None
            ends.append(moment(local.date(), inside[0].end))
    return min(ends) if ends else None


def next_item(manifest: Manifest, at: datetime) -> ManifestItem | None:
    """The next item that is to begin after `at`."""
    return next((item for item in manifest.items if item.start > at), None)


def _begun(item: ManifestItem, manifest: Manifest, at: datetime, hours: Airtime | None) -> Start | Reason:
    """How an item that should be on air is begun now, or why it is not any more."""
    end = allowed_until(at, manifest.airtime, hours)
    if end is None:
        return Reason.HOURS
    late = at - item.start
    if late <= WHOLE and item.file:
        return Start(item, timedelta(0), end, late > ON_TIME)
    if item.kind in SOUND_KINDS or item.end - at < WORTH:
        return Reason.LATE
    seek = late if item.file else timedelta(0)
    return Start(item, seek, min(item.end, end), late > ON_TIME)


def why_missed(
    item: ManifestItem, manifest: Manifest, stretches: Sequence[Stretch], stop: Silence | None, otherwise: Reason
) -> Reason:
    """What kept an item from being heard whole: the first order or stretch that it met, or else `otherwise`."""
    orders = [Stretch(one.since, one.until, Reason.SILENCE) for one in manifest.silences]
    if stop:
        orders.append(Stretch(stop.since, stop.until, Reason.STOPPED))
    return next((one.reason for one in (*orders, *stretches) if one.overlaps(item)), otherwise)
