"""Airtime: the hours in which a station may sound. Everything outside them is the wall, and nothing but an alert crosses it."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, order=True)
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


def in_words(hour: time) -> str:
    """An hour as people say it in Vietnamese, so that a slip of twelve hours is seen: 03:15 is “3 giờ 15 phút sáng”."""
    part = next(
        name
        for until, name in ((1, "đêm"), (11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))
        if hour.hour < until
    )
    shown = hour.hour if hour.hour <= 12 else hour.hour - 12
    minutes = f" {hour.minute} phút" if hour.minute else ""
    return f"{shown} giờ{minutes} {part}"
