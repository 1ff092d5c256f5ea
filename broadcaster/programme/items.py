"""The items of a rundown, each with its time and its because, and what was left out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.programme.order import Sound
from broadcaster.programme.release import ReleasedItem
from broadcaster.stations.station import SessionRule
from broadcaster.types import SCRIPT_KINDS, Kind, Milliseconds
from broadcaster.words import Sentence


@dataclass(frozen=True)
class RundownItem:
    """One item with its time and its because; `because` is a text where an earlier release already promised it."""

    start: datetime
    sound: Sound | None
    length: Milliseconds
    kind: Kind
    title: str
    because: Sentence | str
    script: str | None = None
    revision: int | None = None
    campaign: str | None = None
    url: str | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(milliseconds=self.length)


@dataclass(frozen=True)
class RundownSession:
    """One session's items in order; no two overlap, none leaves `start`–`end`."""

    rule: SessionRule
    start: datetime
    end: datetime
    items: tuple[RundownItem, ...]


@dataclass(frozen=True)
class Omission:
    """A script that is not on air this day, and the reason."""

    script: str
    title: str
    reason: Sentence


def is_content(item: RundownItem) -> bool:
    """Whether people tune in for it: a script or a relay, and not what frames them."""
    return item.kind in (Kind.RELAY, Kind.LIVE) or (item.kind in SCRIPT_KINDS and item.kind is not Kind.LEAD_IN)


def kept(item: ReleasedItem) -> RundownItem:
    """What an earlier release promised, as an item of today's rundown."""
    sound = Sound(item.sha256, item.size, item.length, item.title) if item.sha256 else None
    return RundownItem(
        item.start,
        sound,
        item.length,
        item.kind,
        item.title,
        item.because,
        item.script,
        item.revision,
        item.campaign,
        item.url,
    )


def whole(length: Milliseconds) -> timedelta:
    """`length` up to the next whole second: items begin on whole seconds."""
    return timedelta(seconds=-(-length // 1000))
