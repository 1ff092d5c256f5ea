"""Airtime: the hours in which a station may sound. Everything outside them is the wall, and nothing but an alert crosses it."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Hours:
    """An allowed stretch of the day, `start` included, `end` not; it never crosses midnight."""

    start: time
    end: time


@dataclass(frozen=True)
class Airtime:
    """A station's allowed hours, in order."""

    hours: tuple[Hours, ...]
    is_confirmed: bool = True

    def allows(self, start: time, end: time) -> bool:
        """Whether all of `start`–`end` (end not included) lies inside one allowed stretch."""
        return start < end and any(hours.start <= start and end <= hours.end for hours in self.hours)
