"""Airings (lượt phát): one released item at one cluster, with exactly one outcome, and the evidence for it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from broadcaster.types import Kind, Milliseconds, Sha256


class Outcome(StrEnum):
    """What became of an item at a cluster. Unknown is never counted as aired."""

    AIRED = "aired"
    LATE = "late"
    PARTIAL = "partial"
    MISSED = "missed"
    PRE_EMPTED = "pre-empted"
    UNKNOWN = "unknown"
    UNPLANNED = "unplanned"

    @property
    def is_heard(self) -> bool:
        """Whether the whole of it was heard."""
        return self in (Outcome.AIRED, Outcome.LATE)


class Evidence(StrEnum):
    """Who says so."""

    RECEIVER = "receiver"
    OPERATOR = "operator"
    NONE = "none"


@dataclass(frozen=True)
class Airing:
    """One line of what was aired. `reports` are the ids of all play reports that it rests on; `seconds` of it were heard."""

    station: str
    cluster: str
    day: date
    start: datetime
    length: Milliseconds
    title: str
    kind: Kind | None
    script: str | None
    revision: int | None
    campaign: str | None
    sha256: Sha256 | None
    outcome: Outcome
    evidence: Evidence
    reason: str = ""
    reports: tuple[str, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    alert: str | None = None


@dataclass(frozen=True)
class Confirmation:
    """An operator's word about a cluster that cannot report: whatever was planned from `start` to `until` had this outcome."""

    station: str
    cluster: str
    start: datetime
    until: datetime
    outcome: Outcome
    by: str
    at: datetime
    note: str = ""
