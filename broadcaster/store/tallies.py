"""Tallies, kept so that a year is added up without reading every airing again.

A tally is told by its stamp, the sum of the versions that it was counted from: where it is another, the tally is out of date, and
whoever asks for it gets one that is counted now.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from broadcaster.reporting.tally import ClausesOf, Tally, tally
from broadcaster.store import airings, scripts
from broadcaster.store.tables import AiringsRow, TallyRow
from broadcaster.store.values import from_text, to_text

StationMonth = tuple[str, date]
"""A station and the first day of a month."""


def tallies(session: Session, first: date, last: date) -> tuple[Tally, ...]:
    """Every station's whole months from the one of `first` to the one of `last`, month by month."""
    stamps = _stamps(session, first, last)
    kept = _kept(session, stamps)
    clauses = clauses_of(session) if len(kept) < len(stamps) else None
    return tuple(_count(session, one, clauses) if clauses and one not in kept else _read(kept[one]) for one in stamps)


def stale(session: Session) -> Mapping[StationMonth, int]:
    """The station-months whose tally is missing or out of date, with the stamp that it is to have."""
    stamps = _stamps(session, date.min, date.max)
    kept = _kept(session, stamps)
    return {one: stamp for one, stamp in stamps.items() if one not in kept}


def keep(session: Session, one: StationMonth, stamp: int) -> None:
    """Count a station's month and keep its tally in place of the one before."""
    content = to_text(_count(session, one, clauses_of(session)))
    session.merge(TallyRow(station=one[0], month=one[1], stamp=stamp, content=content))
    session.flush()


def clauses_of(session: Session) -> ClausesOf:
    """The clauses that every revision names."""
    clauses = scripts.clauses(session)
    return lambda script, number: clauses.get((script, number), ())


def _stamps(session: Session, first: date, last: date) -> Mapping[StationMonth, int]:
    year, month = sa.extract("year", col(AiringsRow.day)), sa.extract("month", col(AiringsRow.day))
    rows = session.execute(
        sa.select(col(AiringsRow.station), year, month, sa.func.sum(AiringsRow.version))
        .where(col(AiringsRow.day) >= first.replace(day=1), col(AiringsRow.day) <= _end(last))
        .group_by(col(AiringsRow.station), year, month)
        .order_by(year, month, col(AiringsRow.station))
    )
    return {(station, date(int(year), int(month), 1)): int(stamp) for station, year, month, stamp in rows}


def _kept(session: Session, stamps: Mapping[StationMonth, int]) -> Mapping[StationMonth, str]:
    """The contents of those that have the stamp they are to have."""
    months = {month for _, month in stamps}
    rows = session.exec(select(TallyRow).where(col(TallyRow.month).in_(months)))
    return {(row.station, row.month): row.content for row in rows if stamps.get((row.station, row.month)) == row.stamp}


@lru_cache(maxsize=512)
def _read(content: str) -> Tally:
    """A dozen stations' years stay read: months that are over never change."""
    return from_text(Tally, content)


def _count(session: Session, one: StationMonth, clauses: ClausesOf) -> Tally:
    station, month = one
    return tally(station, month, airings.between(session, month, _end(month), station), clauses)


def _end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
