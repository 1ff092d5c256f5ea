"""The order for a day: all that decides one station's rundown, gathered by the desk, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from broadcaster.newsroom.script import Script
from broadcaster.planning.campaign import Due
from broadcaster.programme.clock import BroadcastClock
from broadcaster.programme.exceptions import PersonsException
from broadcaster.programme.release import ReleasedDay
from broadcaster.stations.station import Station
from broadcaster.types import Milliseconds, Sha256
from broadcaster.words import Sentence, say


@dataclass(frozen=True)
class Sound:
    """A finished file that can be put on air: its name, size in bytes and length."""

    sha256: Sha256
    size: int
    length: Milliseconds
    title: str


@dataclass(frozen=True)
class Candidate:
    """A script that might be aired: its approved revision and sound, or, where it has none, the state it is in."""

    script: Script
    revision: int | None = None
    sound: Sound | None = None
    standing: Sentence = field(default_factory=lambda: say("not approved"))


class Manner(StrEnum):
    """How a priority bulletin that a person at the station chose stands to one from elsewhere: the other follows it (tiếp nối), or gives way to it (ghi đè)."""

    FOLLOW = "follow"
    OVERRIDE = "override"


@dataclass(frozen=True)
class DayOrder:
    """All that decides one station's day.

    `due` holds the campaigns due here on `day` and on every day of `past` (at least the last six days, and back to the first day of
    every due campaign's window). `lead_ins` are the day's fillings by (session, script), `sounds` the station's own by name.
    `previous` is the last release of this day; sessions that begin before `settled_until` keep what it promised.
    `choices` are the scripts that a person at the station chose, and how.
    """

    station: Station
    day: date
    name: str
    area_name: str
    lineage: tuple[str, ...]
    clocks: Mapping[str, BroadcastClock]
    due: Mapping[date, tuple[Due, ...]]
    candidates: tuple[Candidate, ...]
    lead_ins: Mapping[tuple[str, str], Sound]
    sounds: Mapping[str, Sound]
    past: tuple[ReleasedDay, ...] = ()
    previous: ReleasedDay | None = None
    exceptions: tuple[PersonsException, ...] = ()
    choices: Mapping[str, Manner] = field(default_factory=dict)
    settled_until: datetime | None = None
    is_trial: bool = False
