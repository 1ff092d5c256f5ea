"""The record (sổ ghi): append-only, each entry chained to the one before by its hash, so that no line can be changed, dropped or slipped in unseen.

An entry does not hold what happened but its digest: what happened stands in its own table, and must still have that digest.
The hash of an entry is the sha256 of its number, moment, kind, key, digest and the hash before it, each on a line of its own.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from broadcaster.files import sha256
from broadcaster.store.tables import EntryRow
from broadcaster.store.values import to_text
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256

BEFORE_ALL = Sha256("0" * 64)
"""What the first entry names as the one before it."""


class Recorded(StrEnum):
    """What is recorded."""

    APPROVAL = "approval"
    RELEASE = "release"
    ALERT = "alert"
    SILENCE = "silence"
    AIRINGS = "airings"


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    number: int
    at: datetime
    kind: Recorded
    key: str
    digest: Sha256
    previous: Sha256
    hash: Sha256


@dataclass(frozen=True)
class InPieces:
    """A value that is too large to be held, by the text that `to_text` would write of it, encoded and in pieces; it can be read once."""

    pieces: Iterator[bytes]


def append(session: Session, kind: Recorded, key: str, what: object, at: datetime) -> Entry:
    """Chain the digest of `what` to the record, in the transaction that keeps `what` itself."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(sa.text("SELECT pg_advisory_xact_lock(49)"))
    last = session.exec(select(EntryRow).order_by(col(EntryRow.number).desc()).limit(1)).first()
    number, previous = (last.number + 1, Sha256(last.hash)) if last else (1, BEFORE_ALL)
    digest = digest_of(what)
    entry = Entry(number, at, kind, key, digest, previous, _hash(number, at, kind, key, digest, previous))
    session.add(EntryRow(number=number, at=at, kind=kind, key=key, digest=digest, previous=previous, hash=entry.hash))
    session.flush()
    return entry


def head(session: Session) -> str:
    """The newest entry as manifests and backups name it: `number:hash`; nothing before the first."""
    last = session.exec(select(EntryRow).order_by(col(EntryRow.number).desc()).limit(1)).first()
    return f"{last.number}:{last.hash}" if last else ""


def entries(session: Session) -> Iterator[Entry]:
    """All of it, in order."""
    for row in session.exec(select(EntryRow).order_by(col(EntryRow.number))):
        yield Entry(
            row.number,
            row.at.astimezone(ZONE),
            Recorded(row.kind),
            row.key,
            Sha256(row.digest),
            Sha256(row.previous),
            Sha256(row.hash),
        )


def broken_at(session: Session, there: Mapping[Recorded, Callable[[str], object | None]]) -> Entry | int | None:
    """The first entry that is not what it was: itself where its hash or what it records was changed, its number where it is missing.

    `there` gives, for a kind, what its table holds under a key now (None: it is gone). None: the record is whole.
    """
    previous, expected = BEFORE_ALL, 1
    for entry in entries(session):
        if entry.number != expected:
            return expected
        is_chained = entry.previous == previous and entry.hash == _hash(
            entry.number, entry.at, entry.kind, entry.key, entry.digest, entry.previous
        )
        if not is_chained or (entry.kind in there and digest_of(there[entry.kind](entry.key)) != entry.digest):
            return entry
        previous, expected = entry.hash, expected + 1
    return None


def holds(session: Session, head_then: str) -> bool:
    """Whether an earlier head is still part of the record: a record that was cut or rewritten does not hold it."""
    number, _, hash_then = head_then.partition(":")
    row = session.get(EntryRow, int(number)) if number.isdigit() else None
    return not head_then or (row is not None and row.hash == hash_then)


def digest_of(what: object) -> Sha256:
    """The sha256 of a value, as `to_text` writes it."""
    if not isinstance(what, InPieces):
        return sha256(to_text(what).encode())
    digest = hashlib.sha256()
    for piece in what.pieces:
        digest.update(piece)
    return Sha256(digest.hexdigest())


def _hash(number: int, at: datetime, kind: Recorded, key: str, digest: Sha256, previous: Sha256) -> Sha256:
    moment = at.astimezone(ZONE).isoformat()
    return sha256("\n".join((str(number), moment, kind.value, key, digest, previous)).encode())
