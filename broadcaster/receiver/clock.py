"""Whether the clock may be trusted: a receiver without a battery wakes in the past, and a wrong hour would sound at night.

It is not trusted while it stands before what it has seen itself, or jumped while it ran, or is known to differ from the service's by
more than a minute. It is trusted again as soon as the service confirms it, or the jump is undone. While it is not, nothing planned
sounds; alerts that came over the network do.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.words import Sentence, say

BACK = timedelta(minutes=5)
"""So far a clock may be set back without a word."""
APART = timedelta(seconds=60)
"""So far it may stand off the service's, or jump."""


@dataclass(frozen=True)
class Clock:
    """What is known of the clock. `anchor` is a moment that was believed, with the monotonic seconds then; `offset` was measured at the
    monotonic second `measured`."""

    seen: datetime | None
    anchor: tuple[datetime, float] | None = None
    offset: timedelta | None = None
    measured: float | None = None

    def doubt(self, at: datetime, ticks: float) -> Sentence | None:
        """Why `at` is not believed at the monotonic second `ticks`; None where it is."""
        if self.offset is not None and self.measured is not None:
            if abs(self.offset) > APART:
                return say(
                    "The clock stands {seconds} seconds off the service's. Set it.",
                    seconds=round(self.offset.total_seconds()),
                )
            if not self._jumped(at, ticks):
                return None
        if self.seen and at < self.seen - BACK:
            return say(
                "The clock stands before {seen}, when this receiver was last seen. Set it, or let it reach the service.",
                seen=self.seen,
            )
        if self._jumped(at, ticks):
            return say("The clock jumped. It is trusted again once the service confirms it.")
        return None

    def confirmed(self, at: datetime, ticks: float, offset: timedelta) -> "Clock":
        """The service was asked what time it is."""
        anchor = (at, ticks) if abs(offset) <= APART else self.anchor
        return Clock(self.seen if abs(offset) > APART else at, anchor, offset, ticks)

    def passed(self, at: datetime, ticks: float) -> "Clock":
        """A moment passed that was believed."""
        return Clock(max(at, self.seen) if self.seen else at, (at, ticks), self.offset, self.measured)

    def believed(self, at: datetime, ticks: float) -> datetime:
        """What time it is by the last moment that was believed, whatever the clock says now."""
        return self.anchor[0] + timedelta(seconds=ticks - self.anchor[1]) if self.anchor else at

    def _jumped(self, at: datetime, ticks: float) -> bool:
        if self.anchor is None:
            return False
        before, then = self.anchor
        return abs((at - before).total_seconds() - (ticks - then)) > APART.total_seconds()
