"""Airings and operators' words, kept. Airings of a station's day are never changed, only followed by a newer version."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from broadcaster.reporting.airing import Airing, Confirmation
from broadcaster.store import record
from broadcaster.store.record import Recorded
from broadcaster.store.tables import AiringsRow, ConfirmationRow, ReleasedDayRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import broadcast_day


def add(session: Session, station: str, day: date, airings: tuple[Airing, ...], at: datetime) -> bool:
    """Keep a station-day's airings as its newest version; False where they are what is kept already."""
    content = to_text(airings)
    last = session.exec(
        select(AiringsRow)
        .where(AiringsRow.station == station, AiringsRow.day == day)
        .order_by(col(AiringsRow.version).desc())
    ).first()
    if last and last.content == content:
        return False
    version = last.version + 1 if last else 1
    session.add(AiringsRow(station=station, day=day, version=version, content=content, at=at))
    session.flush()
    record.append(session, Recorded.AIRINGS, f"{station}/{day}/{version}", content, at)
    return True


def kept(session: Session, key: str) -> str | None:
    """The version that the record names so, or None."""
    station, day, version = key.rsplit("/", 2)
    row = session.get(AiringsRow, (station, date.fromisoformat(day), int(version)))
    return row.content if row else None


def between(session: Session, first: date, last: date, station: str | None = None) -> Iterator[Airing]:
    """The newest airings of every station-day from `first` to `last`, one day after the other."""
    newer = aliased(AiringsRow)
    is_old = select(newer).where(
        newer.station == AiringsRow.station, newer.day == AiringsRow.day, newer.version > AiringsRow.version
    )
    wanted = (
        select(AiringsRow)
        .where(AiringsRow.day >= first, AiringsRow.day <= last, ~is_old.exists())
        .order_by(col(AiringsRow.day), col(AiringsRow.station))
    )
    if station:
        wanted = wanted.where(AiringsRow.station == station)
    for row in session.exec(wanted.execution_options(yield_per=50)):
        yield from from_text(tuple[Airing, ...], row.content)


def missing(session: Session, before: date) -> tuple[tuple[str, date], ...]:
    """The released station-days before `before` that no airings are kept of."""
    done = select(AiringsRow.station).where(
        AiringsRow.station == ReleasedDayRow.station, AiringsRow.day == ReleasedDayRow.day
    )
    rows = session.exec(
        select(col(ReleasedDayRow.station), col(ReleasedDayRow.day))
        .where(ReleasedDayRow.day < before, ~done.exists())
        .distinct()
        .order_by(col(ReleasedDayRow.day), col(ReleasedDayRow.station))
    )
    return tuple((station, day) for station, day in rows)


def add_confirmation(session: Session, new: Confirmation) -> None:
    """Keep an operator's word."""
    session.add(ConfirmationRow(station=new.station, day=broadcast_day(new.start), content=to_text(new), at=new.at))
    session.flush()


def confirmations(session: Session, station: str, day: date) -> Sequence[Confirmation]:
    """The operators' words about a station's day, in the order they were given."""
    rows = session.exec(
        select(ConfirmationRow)
        .where(
            ConfirmationRow.station == station,
            ConfirmationRow.day >= day - timedelta(days=1),
            ConfirmationRow.day <= day,
        )
        .order_by(col(ConfirmationRow.number))
    )
    return [from_text(Confirmation, row.content) for row in rows]
