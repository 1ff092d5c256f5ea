"""Which manifest each station was given last: its number, what it said, and how long it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, func, select

from broadcaster.store.tables import ManifestRow
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256


@dataclass(frozen=True)
class Issued:
    """A manifest that was signed: `head` is the record's then, `key` the name of the key that signed; `is_out`: its file was written."""

    sequence: int
    fingerprint: Sha256
    issued_at: datetime
    valid_until: datetime
    head: str
    key: str
    is_out: bool = False

    @property
    def renew_at(self) -> datetime:
        """When half of its time is over."""
        return self.issued_at + (self.valid_until - self.issued_at) / 2


def issued(session: Session) -> Mapping[str, Issued]:
    """The newest manifest of every station that has one."""
    return {
        row.station: Issued(
            row.sequence,
            Sha256(row.fingerprint),
            row.issued_at.astimezone(ZONE),
            row.valid_until.astimezone(ZONE),
            row.head,
            row.key,
            row.is_out,
        )
        for row in session.exec(select(ManifestRow))
    }


def issue(session: Session, new: Mapping[str, Issued]) -> None:
    """Keep each station's newest manifest; it is not out yet."""
    for station, one in new.items():
        session.merge(
            ManifestRow(
                station=station,
                sequence=one.sequence,
                fingerprint=one.fingerprint,
                issued_at=one.issued_at,
                valid_until=one.valid_until,
                head=one.head,
                key=one.key,
            )
        )
    session.flush()


def are_out(session: Session, stations: Iterable[str]) -> None:
    """Keep that the newest manifests of these stations can be read by receivers."""
    for station in stations:
        row = session.get(ManifestRow, station)
        if row:
            row.is_out = True
            session.add(row)
    session.flush()


def newest(session: Session) -> int:
    """A number that grows with every manifest of any station."""
    return session.exec(select(func.sum(ManifestRow.sequence))).one() or 0
