"""Running: a look at the clock five times a second; what `due` decides is begun, what must end is ended, and everything is logged before and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.errors import BroadcasterError, Unavailable
from broadcaster.publishing.manifest import Manifest, ManifestAlert, ManifestItem, Silence
from broadcaster.receiver.clock import Clock
from broadcaster.receiver.due import (
    ON_TIME,
    WORTH,
    Decision,
    Reason,
    Start,
    Stretch,
    decide,
    due_alert,
    holds,
    key,
    stillness,
    why_missed,
)
from broadcaster.receiver.home import Home, ReceiverSettings
from broadcaster.receiver.log import Log
from broadcaster.receiver.player import Sounding, play, player_of
from broadcaster.types import Sha256
from broadcaster.words import Sentence

LOOKS = 0.2
"""Seconds between two looks."""
SEEN_EVERY = 60.0
"""Seconds between two notes in the log that the receiver lives."""
TAIL = timedelta(seconds=1)
"""So much of an item may still sound when the next one begins: a player needs a moment to start."""
FADES = timedelta(seconds=5)
"""Then an earlier item is ended in any case."""
Play = Callable[[str, timedelta, int], Sounding]


@dataclass(frozen=True)
class On:
    """What sounds now: since when, from where in it, until when at the latest, under which key of the log."""

    what: ManifestItem | ManifestAlert
    name: str
    sounding: Sounding
    began: datetime
    seek: timedelta
    cut: datetime
    is_late: bool
    is_whole: bool
    tries: int = 0

    @property
    def end(self) -> datetime:
        """When it is over, if nothing comes between."""
        return min(self.cut, self.whole_end)

    @property
    def whole_end(self) -> datetime:
        """When its last second is over, if nothing cuts it."""
        item = self.what
        length = item.length if isinstance(item, ManifestItem) else item.file.length
        return self.began + timedelta(milliseconds=length) - self.seek


class Runner:
    """The receiver at work. Time is given to each step, so that a year can pass in a test."""

    def __init__(self, home: Home, settings: ReceiverSettings, log: Log, at: datetime, ticks: float, play: Play):
        self.home, self.settings, self.log, self._play = home, settings, log, play
        self.identity = home.identity()
        self.clock = Clock(log.last_seen(), (at, ticks))
        self.manifest: Manifest | None = None
        self.on: On | None = None
        self.faults: tuple[Sentence, ...] = ()
        self.doubt: Sentence | None = self.clock.doubt(at, ticks)
        self._fading: list[tuple[Sounding, datetime]] = []
        self._stretches: list[Stretch] = []
        self._checked: set[tuple[Sha256, object]] = set()
        self._is_fresh = False
        self._noted = ticks
        self.stop: Silence | None = log.stop()
        seen = log.last_seen()
        if seen and seen < at:
            self._stretches.append(Stretch(seen, at, Reason.OFF))
        if not self.doubt:
            log.close_begun(at)
            log.see(at)
        self.take(at)

    def take(self, at: datetime, *, is_fresh: bool = False) -> None:
        """Use the manifest that is held now; `is_fresh`: it came over the network just now."""
        self._is_fresh = self._is_fresh or is_fresh
        self._held = self._file()
        try:
            self.identity = self.home.identity()
            self.manifest = self.home.manifest(self.identity, at)
            self.faults = ()
        except BroadcasterError as error:
            self.manifest, self.faults = None, (error.sentence,)

    def _file(self) -> float:
        """When what is held was last written: by this process, or by a sync from a stick beside it."""
        return max(map(_written, (self.home.manifest_path, self.home.complete_path)))

    def _ready(self) -> Manifest:
        """The manifest without the alerts whose sound has not come yet: they keep nothing from sounding."""
        assert self.manifest is not None
        there = tuple(one for one in self.manifest.alerts if self.home.holds(one.file.sha256, one.file.size))
        return replace(self.manifest, alerts=there)

    def confirm(self, at: datetime, ticks: float, offset_ms: int) -> None:
        """The service said what time it is."""
        self.clock = self.clock.confirmed(at, ticks, timedelta(milliseconds=offset_ms))

    def step(self, at: datetime, ticks: float) -> None:
        """One look at the clock."""
        self._trust(at, ticks)
        self.stop = self.log.stop()
        has_expired = self.manifest is not None and at >= self.manifest.valid_until and not self.doubt
        if has_expired or self._file() != self._held:
            self.take(at)
        self._fading = [one for one in self._fading if not self._faded(*one, at)]
        if self.on:
            self._attend(at)
        if self.manifest is None:
            return
        if self.doubt:
            self._alert_in_doubt(at)
            return
        if self.on is None or (isinstance(self.on.what, ManifestItem) and self.on.end - at <= TAIL):
            self._begin_next(at)

    def close(self, at: datetime) -> None:
        """End what sounds, and say so in the log."""
        if self.on:
            self._finish(at, Reason.OFF)
        for sounding, _ in self._fading:
            sounding.stop()
        if not self.doubt:
            self.log.see(at)

    def _trust(self, at: datetime, ticks: float) -> None:
        doubt = self.clock.doubt(at, ticks)
        if doubt and not self.doubt and self.on and isinstance(self.on.what, ManifestItem):
            self._pause(self.clock.believed(at, ticks))
        if not doubt:
            if self.doubt:
                seen = self.log.last_seen() or at
                self._stretches.append(Stretch(min(seen, at), max(seen, at), Reason.CLOCK))
                self.log.close_begun(at)
            self.clock = self.clock.passed(at, ticks)
            if ticks - self._noted >= SEEN_EVERY or self.doubt:
                self.log.see(at)
                self._noted = ticks
        self.doubt = doubt

    def _attend(self, at: datetime) -> None:
        """End what must not sound any more; settle what ended by itself."""
        on = self.on
        assert on is not None
        assert on.what is not None
        manifest = self.manifest
        if isinstance(on.what, ManifestAlert):
            if manifest is None or not (self.doubt or holds(on.what, manifest, at, self.stop)):
                reason = stillness(manifest, at, self.stop) if manifest else None
                self._finish(at, reason or Reason.WITHDRAWN)
            elif not on.sounding.is_on():
                self._finish(at, None if at >= on.end - ON_TIME else Reason.PLAYER)
            return
        if manifest is None:
            self._finish(at, Reason.WITHDRAWN)
        elif stillness(manifest, at, self.stop) or due_alert(self._ready(), at, self.log.played(), self.stop):
            self._pause(at)
        elif all(key(one) != on.name for one in manifest.items):
            self._finish(at, Reason.WITHDRAWN)
        elif at >= on.cut:
            self._finish(at, Reason.WALL if on.what.file else None)
        elif not on.sounding.is_on():
            self._ended_by_itself(on, at)

    def _ended_by_itself(self, on: On, at: datetime) -> None:
        """The player ended: at the end of the item, or too early; then it is begun once more where enough is left."""
        if at >= on.end - ON_TIME:
            self._finish(at, None)
        elif on.tries == 0 and on.end - at >= WORTH:
            seek = on.seek + (at - on.began) if on.what.file else on.seek
            try:
                sounding = self._play(self._place(on.what), seek, self.settings.volume)
            except Unavailable:
                self._finish(at, Reason.PLAYER)
                return
            self.on = replace(on, sounding=sounding, began=at, seek=seek, is_whole=False, tries=1)
        else:
            self._finish(at, Reason.PLAYER)

    def _pause(self, at: datetime) -> None:
        """Let an item rest: for an alert, an order to stay still, a clock that is not trusted. It goes on where enough of it is left then."""
        assert self.on is not None
        self.log.pause(self.on.name, at)
        self.on.sounding.stop()
        self.on = None

    def _finish(self, at: datetime, reason: Reason | None) -> None:
        """Settle what sounds now. Without a reason it was heard to its end."""
        on = self.on
        assert on is not None
        self.on = None
        is_over = reason is None or at >= on.whole_end - ON_TIME
        if is_over and on.is_whole:
            self.log.end(on.name, min(at, on.end), "late" if on.is_late else "aired", "", self._offset())
        else:
            why = reason if reason and not is_over else self._why_not_whole(on)
            self.log.end(on.name, min(at, on.end), "partial", why.value, self._offset())
        if is_over and on.sounding.is_on() and isinstance(on.what, ManifestItem) and on.cut > at:
            self._fading.append((on.sounding, at + FADES))
        else:
            on.sounding.stop()
        if isinstance(on.what, ManifestAlert):
            self._stretches = [*self._stretches[-50:], Stretch(on.began, at, Reason.ALERT)]

    def _why_not_whole(self, on: On) -> Reason:
        if on.tries:
            return Reason.PLAYER
        if not isinstance(on.what, ManifestItem) or self.manifest is None:
            return Reason.LATE
        return why_missed(on.what, self.manifest, self._stretches, self.stop, Reason.LATE)

    def _begin_next(self, at: datetime) -> None:
        settled = self.log.played()
        if self.on:
            settled = replace(settled, items={*settled.items, self.on.name})
        decision = decide(
            self._ready(), at, settled, hours=self.settings.hours, stop=self.stop, stretches=self._stretches
        )
        self.log.miss([one for one in decision.missed if not self.on or key(one[0]) != self.on.name])
        self._carry(decision, at)

    def _carry(self, decision: Decision, at: datetime) -> None:
        if decision.start is None:
            return
        if self.on:
            if not isinstance(decision.start.what, ManifestItem):
                return
            self._finish(at, None)
        self._begin(decision.start, at)

    def _begin(self, start: Start, at: datetime) -> None:
        what = start.what
        if what.file and not self._is_there(what.file.sha256, at):
            if isinstance(what, ManifestItem):
                self.log.miss([(what, Reason.NO_SOUND)])
            return
        was_begun = isinstance(what, ManifestItem) and self.log.is_open(key(what))
        name = self.log.begin(what, at, self.settings.volume)
        try:
            sounding = self._play(self._place(what), start.seek, self.settings.volume)
        except Unavailable as error:
            self.faults = (error.sentence,)
            self.log.end(name, at, "partial" if was_begun else "missed", Reason.PLAYER.value, self._offset())
            return
        is_whole = start.seek <= timedelta(0) and not was_begun and (bool(what.file) or not start.is_late)
        self.on = On(what, name, sounding, at, start.seek, start.cut, start.is_late, is_whole)

    def _alert_in_doubt(self, at: datetime) -> None:
        """While the clock is not trusted, an alert that came over the network sounds as often as it says; its hours are the service's word.

        An order to stay still that was given after it holds: when that ends, nobody can tell.
        """
        if not self._is_fresh or self.manifest is None or self.on:
            return
        orders = [one for one in (*self.manifest.silences, self.stop) if one and one.since < one.until]
        alerts = tuple(
            replace(one, until=at + timedelta(hours=1))
            for one in self._ready().alerts
            if all(one.since > order.since for order in orders)
        )
        alert = due_alert(replace(self.manifest, alerts=alerts, silences=()), at, self.log.played(), None)
        if alert:
            self._begin(Start(alert, timedelta(0), alert.until), at)

    def _place(self, what: ManifestItem | ManifestAlert) -> str:
        """What the player is to open: a held sound, or a relay's address."""
        if isinstance(what, ManifestItem) and not what.file:
            return what.url
        assert what.file is not None  # only a relay has none
        return str(self.home.audio(what.file.sha256))

    def _is_there(self, sha256: Sha256, at: datetime) -> bool:
        """Whether the sound is whole: read through once a day."""
        mark = (sha256, at.date())
        if mark not in self._checked:
            if not self.home.is_whole(sha256):
                self.home.audio(sha256).unlink(missing_ok=True)
                return False
            self._checked = {one for one in self._checked if one[1] == at.date()} | {mark}
        return True

    def _offset(self) -> int | None:
        return round(self.clock.offset / timedelta(milliseconds=1)) if self.clock.offset is not None else None

    def _faded(self, sounding: Sounding, until: datetime, at: datetime) -> bool:
        if sounding.is_on() and at < until:
            return False
        sounding.stop()
        return True


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def real_player(settings: ReceiverSettings) -> Play:
    """The player that is set or found. Raises Unavailable where there is none."""
    player: Sequence[str] = player_of(settings.player)
    return lambda file, seek, volume: play(player, file, seek, volume)
