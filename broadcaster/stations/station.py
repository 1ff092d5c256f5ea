"""Stations (đài truyền thanh cấp xã) with their sessions and clusters."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from broadcaster.stations.airtime import Airtime
from broadcaster.types import DatedName, Weekday


class ClusterKind(StrEnum):
    """How a cluster is reached. FM and wired clusters cannot report what they played."""

    IP = "ip"
    FM = "fm"
    WIRED = "huu-tuyen"


@dataclass(frozen=True)
class Cluster:
    """Loudspeakers on one pole or roof with one receiver (cụm loa)."""

    slug: str
    name: str
    kind: ClusterKind
    is_confirmed: bool = True


@dataclass(frozen=True)
class Relay:
    """A higher station's programme carried at a fixed time inside a session (tiếp âm); it is never moved."""

    source: str
    url: str
    start: time
    minutes: int
    until: date | None = None


@dataclass(frozen=True)
class SessionRule:
    """A session (buổi phát thanh) as the station's file states it: on which weekdays, from when, at most how long, by which clock."""

    slug: str
    name: str
    start: time
    minutes: int
    clock: str
    weekdays: tuple[Weekday, ...] = tuple(Weekday)
    relays: tuple[Relay, ...] = ()
    is_confirmed: bool = True


class Accepts(StrEnum):
    """What of the ordinary bulletins of others a station carries: all, or only what a person there chose."""

    ALL = "all"
    ASK = "ask"


@dataclass(frozen=True)
class Station:
    """A commune's own station. `operators` are the bodies that run it, each with its days."""

    slug: str
    area: str
    names: tuple[DatedName, ...]
    airtime: Airtime
    sessions: tuple[SessionRule, ...]
    clusters: tuple[Cluster, ...] = ()
    operators: tuple[DatedName, ...] = ()
    accepts: Accepts = Accepts.ALL
    times_a_week: int = 3
    own_weekdays: tuple[Weekday, ...] = tuple(Weekday)
    voices: tuple[str, ...] = ()
