"""Rotation: what a station aired lately, what goes first, and which slots ask for a script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.newsroom.script import Script
from broadcaster.programme.clock import Slot
from broadcaster.programme.order import DayOrder
from broadcaster.types import BulletinClass, Kind

FREE_TO_REPEAT = (Kind.STUDY_REMINDER, Kind.LEAD_IN)
"""Kinds that may sound more than once a day and more often than the station's times a week."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Aired:
    """When each script was last on air here, and how often within the seven days that end today."""

    latest: Mapping[str, datetime]
    counts: Mapping[str, int]

    def last(self, script: str) -> datetime | None:
        return self.latest.get(script)

    def in_week(self, script: str) -> int:
        return self.counts.get(script, 0)

    def order(self, script: str) -> tuple[str, str]:
        """Sorts what was aired least lately first, ties by id."""
        last = self.last(script)
        return (last.isoformat() if last else "", script)


def aired(order: DayOrder) -> Aired:
    """The rotation of the station as its past days leave it."""
    latest: dict[str, datetime] = {}
    counts: dict[str, int] = {}
    for past in order.past:
        for session in past.sessions:
            for item in session.items:
                if item.script is None:
                    continue
                latest[item.script] = max(item.start, latest.get(item.script, item.start))
                if order.day - past.day < WEEK:
                    counts[item.script] = counts.get(item.script, 0) + 1
    return Aired(latest, counts)


def asks_for(slot: Slot, script: Script) -> bool:
    """Whether `script` may stand in `slot`: by its kind; an *ưu tiên* in any slot but a study reminder's."""
    if script.bulletin_class is BulletinClass.PRIORITY and set(slot.kinds) != {Kind.STUDY_REMINDER}:
        return script.kind is not Kind.LEAD_IN
    return script.kind in slot.kinds


def is_urgent(script: Script) -> bool:
    """Whether it takes the next session with room: *ưu tiên* and notices."""
    return script.bulletin_class is BulletinClass.PRIORITY or script.kind is Kind.NOTICE
