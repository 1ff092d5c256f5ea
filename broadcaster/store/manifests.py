"""Which manifest each station was given last: its number, what it said, and how long it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from broadcaster.store.tables import ManifestRow
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256

TIME_TO_FETCH = timedelta(minutes=10)


@dataclass(frozen=True)
class Issued:
    """A manifest that was signed: `programme` is what it says of the station's days, as its payload begins, and `made_from` a name of what that was made from (empty: unknown); `head` is the record's then, `key` the name of the key that signed; `is_out`: its file was written."""

    sequence: int
    programme: str
    made_from: str
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
    rows = session.connection().execute(sa.select(ManifestRow.__table__))  # type: ignore[attr-defined]  # columns: thousands of objects would take longer to make than all else here
    return {
        row.station: Issued(
            row.sequence,
            row.programme,
            row.made_from,
            Sha256(row.fingerprint),
            row.issued_at.astimezone(ZONE),
            row.valid_until.astimezone(ZONE),
            row.head,
            row.key,
            row.is_out,
        )
        for row in rows
    }


def fetched_by_now(session: Session, at: datetime) -> Mapping[str, int]:
    """The number that each station's receivers have had ten minutes to fetch; 0 where the newest is younger."""
    return {
        station: one.sequence if at - one.issued_at > TIME_TO_FETCH else 0 for station, one in issued(session).items()
    }


def issue(session: Session, new: Mapping[str, Issued]) -> None:
    """Keep each station's newest manifest; it is not out yet."""
    connection = session.connection()
    connection.execute(sa.delete(ManifestRow).where(col(ManifestRow.station).in_(list(new))))
    rows = [{"station": station, **vars(one), "is_out": False} for station, one in new.items()]
    if rows:
        connection.execute(sa.insert(ManifestRow), rows)


def say_the_same(session: Session, made_from: Mapping[str, str]) -> None:
    """Keep that what these stations' manifests say of their days would be the same, made from this."""
    if made_from:
        row = ManifestRow
        same = sa.update(row).where(col(row.station) == sa.bindparam("of")).values(made_from=sa.bindparam("name"))
        rows = [{"of": station, "name": name} for station, name in made_from.items()]
        session.connection().execute(same, rows)


def are_out(session: Session, stations: Iterable[str]) -> None:
    """Keep that the newest manifests of these stations can be read by receivers."""
    out = sa.update(ManifestRow).where(col(ManifestRow.station).in_(list(stations))).values(is_out=True)
    session.connection().execute(out)


def newest(session: Session) -> int:
    """A number that grows with every manifest of any station."""
    return session.exec(select(func.sum(ManifestRow.sequence))).one() or 0
