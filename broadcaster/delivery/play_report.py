"""Play reports (báo cáo phát): what a receiver says it played. They come from outside, so each is read with suspicion and answered by itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from broadcaster.errors import Refused
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256
from broadcaster.words import say

MOST = 500
"""Records in one batch."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_REASON = 500
_EARLIEST = datetime(2020, 1, 1, tzinfo=ZONE)
_AHEAD = timedelta(days=1)
"""How far in the future a receiver's clock may stand and its word still be kept."""


class Heard(StrEnum):
    """What a receiver can say of an item: phát đúng, phát muộn, phát một phần, không phát."""

    AIRED = "aired"
    LATE = "late"
    PARTIAL = "partial"
    MISSED = "missed"


@dataclass(frozen=True)
class PlayReport:
    """One record. `item_start` is the planned moment (of an alert: when it was begun); what was missed has no times of its own.

    `clock_offset_ms` is how far the service's clock stood before the receiver's; `alert` names the alert that was played.
    """

    id: str
    station: str
    receiver: str
    item_start: datetime
    sha256: Sha256 | None
    started_at: datetime | None
    ended_at: datetime | None
    outcome: Heard
    reason: str = ""
    clock_offset_ms: int | None = None
    volume: int | None = None
    alert: str | None = None


def read_play_report(said: object, *, receiver: str, station: str, at: datetime) -> PlayReport:
    """One record of the array that `receiver` of `station` sent. Raises Refused with what is wrong with it, and nothing else."""
    if not isinstance(said, Mapping):
        raise Refused(say("A play report is an object with fields."))
    if said.get("station") != station or said.get("receiver") != receiver:
        raise Refused(say("The report names another station or receiver than the one that sent it."))
    outcome = said.get("outcome")
    if not isinstance(outcome, str) or outcome not in set(Heard):
        raise _wrong("outcome")
    started, ended = _instant(said, "started_at", at), _instant(said, "ended_at", at)
    if outcome != Heard.MISSED and (started is None or ended is None):
        raise Refused(say("What was heard has a “started_at” and an “ended_at”."))
    if started and ended and not started <= ended <= started + timedelta(days=1):
        raise Refused(say("It ended before it started, or more than a day after."))
    item_start = _instant(said, "item_start", at)
    if item_start is None:
        raise _wrong("item_start")
    sha256 = _text(said, "sha256", _SHA256)
    return PlayReport(
        id=_text(said, "id", _ID) or _raise("id"),
        station=station,
        receiver=receiver,
        item_start=item_start,
        sha256=Sha256(sha256) if sha256 else None,
        started_at=started,
        ended_at=ended,
        outcome=Heard(outcome),
        reason=_reason(said),
        clock_offset_ms=_whole(said, "clock_offset_ms", 10**12),
        volume=_whole(said, "volume", 200),
        alert=_text(said, "alert", _ID),
    )


def _text(said: Mapping[str, object], key: str, form: re.Pattern[str]) -> str | None:
    value = said.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise _wrong(key)
    return value


def _reason(said: Mapping[str, object]) -> str:
    value = said.get("reason") or ""
    if not isinstance(value, str) or len(value) > _LONGEST_REASON or _CONTROL.search(value) or not _can_be_kept(value):
        raise _wrong("reason")
    return value


def _can_be_kept(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _whole(said: Mapping[str, object], key: str, most: int) -> int | None:
    value = said.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > most:
        raise _wrong(key)
    return value


def _instant(said: Mapping[str, object], key: str, at: datetime) -> datetime | None:
    value = said.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > 40:
        raise _wrong(key)
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None or not _EARLIEST <= instant <= at + _AHEAD:
            raise _wrong(key)
        return instant.astimezone(ZONE)
    except (ValueError, OverflowError) as error:
        raise _wrong(key) from error


def _raise(key: str) -> str:
    raise _wrong(key)


def _wrong(key: str) -> Refused:
    return Refused(say("“{key}” is missing, or is not what it should be.", key=key))
