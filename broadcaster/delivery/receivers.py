"""Receivers (bộ thu): how one is enrolled, what it says of itself, and when a person must look at it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.errors import Refused
from broadcaster.files import sha256
from broadcaster.types import Finding, Sha256, Weight
from broadcaster.words import say

CODE_LIVES = timedelta(hours=24)
"""How long the one line that enrols a receiver can be used, once."""
SILENT_AFTER = timedelta(minutes=30)
"""A receiver that was not heard of for so long is reported silent."""
CLOCK_OFF = 10_000
"""Thousandths of a second that a receiver's clock may stand off."""
NEARLY_FULL = 200_000_000
"""Free bytes at a receiver under which a person should make room."""
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Enrolment:
    """A code that was given out for one receiver of one cluster; of the code itself only the sha256 is kept."""

    station: str
    cluster: str
    by: str
    at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True)
class Status:
    """What a receiver says of itself. `last_played` is the title and the moment of what sounded last."""

    version: str = ""
    sequence: int = 0
    last_played_at: str = ""
    last_played: str = ""
    clock_offset_ms: int = 0
    disk_free: int | None = None
    held_days: int = 0
    is_stopped: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receiver:
    """An enrolled receiver; `alarmed_at` is when it was reported silent, as long as it is."""

    name: str
    station: str
    cluster: str
    enrolled_at: datetime
    revoked_at: datetime | None = None
    last_seen: datetime | None = None
    alarmed_at: datetime | None = None
    status: Status = Status()

    def is_silent_at(self, at: datetime) -> bool:
        return self.revoked_at is None and at - (self.last_seen or self.enrolled_at) > SILENT_AFTER


def new_code() -> str:
    """A code to be typed: 130 random bits in Crockford's base 32, 26 signs."""
    return "".join(secrets.choice(_SIGNS) for _ in range(26))


def new_token() -> str:
    """What a receiver proves itself with: 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> Sha256:
    """A code or token as it is stored. Both are random and long, so a plain hash cannot be guessed back."""
    return sha256(secret.strip().encode())


def usable(enrolment: Enrolment | None, at: datetime) -> Enrolment:
    """The enrolment that a code names, if it may be used. Raises Refused without telling which of the reasons it is."""
    if enrolment is None or enrolment.used_at is not None or not enrolment.at <= at < enrolment.at + CODE_LIVES:
        raise Refused(
            say("The code is unknown, used or older than a day. Get a new line with “broadcaster station enrol”.")
        )
    return enrolment


def read_status(said: object) -> Status:
    """What a receiver sent of itself; what is not as it should be is left out, for the rest is worth knowing."""
    if not isinstance(said, Mapping):
        raise Refused(say("A status is an object with fields."))
    played = said.get("last_played")
    played = played if isinstance(played, Mapping) else {}
    faults = said.get("faults")
    return Status(
        version=_text(said.get("version"), 40),
        sequence=_whole(said.get("sequence")),
        last_played_at=_text(played.get("start"), 40),
        last_played=_text(played.get("title"), 200),
        clock_offset_ms=_whole(said.get("clock_offset_ms")),
        disk_free=_whole(said.get("disk_free")) if said.get("disk_free") is not None else None,
        held_days=_whole(said.get("held_days")),
        is_stopped=said.get("stopped") is True,
        faults=tuple(_text(one, 300) for one in faults[:20]) if isinstance(faults, list) else (),
    )


def condition(receiver: Receiver, newest: int, at: datetime) -> tuple[Finding, ...]:
    """What a person must see of a receiver; `newest` is the number of the newest manifest that it has had time to fetch."""
    if receiver.revoked_at is not None:
        return ()
    place, status = receiver.name, receiver.status
    found = []
    if receiver.is_silent_at(at):
        found.append(
            say("It was last heard of at {seen}. See whether it has power and network.", seen=receiver.last_seen)
            if receiver.last_seen
            else say("It was never heard of since it was enrolled. See whether it has power and network.")
        )
    if abs(status.clock_offset_ms) > CLOCK_OFF:
        found.append(say("Its clock is {seconds} seconds off. Set it.", seconds=round(status.clock_offset_ms / 1000)))
    if status.disk_free is not None and status.disk_free < NEARLY_FULL:
        found.append(say("Its disk has only {free} MB left.", free=status.disk_free // 1_000_000))
    if receiver.last_seen and not receiver.is_silent_at(at) and status.sequence < newest:
        found.append(say("It holds manifest {held}, and {newest} is out.", held=status.sequence, newest=newest))
    if status.is_stopped:
        found.append(say("It was stopped on the spot."))
    return tuple(Finding(Weight.TO_WEIGH, "receiver", place, sentence) for sentence in found)


def _text(value: object, longest: int) -> str:
    return "".join(sign for sign in value if sign.isprintable())[:longest] if isinstance(value, str) else ""


def _whole(value: object) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    return value if is_whole and isinstance(value, int) else 0
