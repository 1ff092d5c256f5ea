"""Tallies kept: the same whether they are kept, missing or out of date."""

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from broadcaster.reporting.airing import Airing, Evidence, Outcome
from broadcaster.store import airings, tallies
from broadcaster.store.database import Database
from broadcaster.timekeeping import ZONE
from broadcaster.types import Milliseconds

AT = datetime(2026, 4, 1, tzinfo=ZONE)
LAST_DAY = date(2026, 2, 28)


def an_airing(station: str, day: date, outcome: Outcome = Outcome.AIRED) -> Airing:
    start = datetime(day.year, day.month, day.day, 5, tzinfo=ZONE)
    return Airing(
        station,
        "",
        day,
        start,
        Milliseconds(30_000),
        "Tin",
        None,
        None,
        None,
        "ngay-sach",
        None,
        outcome,
        Evidence.OPERATOR,
    )


def keep_all(database: Database) -> list[tuple[str, date]]:
    with database.reading() as session:
        stale = tallies.stale(session)
    for one, stamp in stale.items():
        with database.writing() as session:
            tallies.keep(session, one, stamp)
    return list(stale)


def test_a_tally_is_the_same_kept_missing_or_out_of_date(database: Database) -> None:
    days = [("a", date(2026, 2, 1)), ("a", LAST_DAY), ("b", LAST_DAY), ("a", date(2026, 3, 1))]
    with database.writing() as session:
        for station, day in days:
            airings.add(session, station, day, (an_airing(station, day),), AT)
        missing = tallies.tallies(session, date(2026, 1, 1), date(2026, 12, 31))
    first = keep_all(database)
    again = keep_all(database)
    with database.reading() as session:
        kept = tallies.tallies(session, date(2026, 1, 1), date(2026, 12, 31))
        february = tallies.tallies(session, date(2026, 2, 14), date(2026, 2, 15))

    assert first == [("a", date(2026, 2, 1)), ("b", date(2026, 2, 1)), ("a", date(2026, 3, 1))]
    assert again == []
    assert kept == missing
    assert february == kept[:2]
    assert [one.counts["campaign/ngay-sach"].heard for one in kept] == [(1, 28), (28,), (1,)]

    with database.writing() as session:
        airings.add(session, "a", LAST_DAY, (an_airing("a", LAST_DAY, Outcome.MISSED),), AT)
    with database.reading() as session:
        late = tallies.tallies(session, date(2026, 2, 1), LAST_DAY)
    assert late[0].counts["all"].outcomes == {"aired": 1, "missed": 1}
    assert keep_all(database) == [("a", date(2026, 2, 1))]
    with database.reading() as session:
        assert tallies.tallies(session, date(2026, 2, 1), LAST_DAY) == late


def test_a_tally_is_read_and_not_counted_where_its_stamp_is_right(database: Database) -> None:
    with database.writing() as session:
        airings.add(session, "a", LAST_DAY, (an_airing("a", LAST_DAY),), AT)
    keep_all(database)
    with database.writing() as session:
        session.connection().execute(sa.text("UPDATE tally SET content = replace(content, '30.0', '31.0')"))
        (read,) = tallies.tallies(session, LAST_DAY, LAST_DAY)

    assert read.counts["all"].seconds == 31.0
    assert replace(read.counts["all"], seconds=30.0).outcomes == {"aired": 1}
