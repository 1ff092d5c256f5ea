"""The chained record: what was changed, dropped or slipped in is found."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from broadcaster.store import record
from broadcaster.store.database import Database
from broadcaster.store.record import Entry, Recorded
from broadcaster.timekeeping import ZONE

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=ZONE)
THERE = {Recorded.ALERT: lambda key: {"said": key}}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as writing:
        for number in range(5):
            record.append(writing, Recorded.ALERT, str(number), {"said": str(number)}, AT + timedelta(seconds=number))
    with Session(database.engine) as open_session:
        yield open_session


def test_an_untouched_record_is_whole(session: Session) -> None:
    assert record.broken_at(session, THERE) is None
    assert [entry.number for entry in record.entries(session)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE record_entry SET digest = 'x' WHERE number = 3", 3),
        ("UPDATE record_entry SET key = '9' WHERE number = 2", 2),
        ("DELETE FROM record_entry WHERE number = 1", 1),
        ("DELETE FROM record_entry WHERE number = 3", 3),
        ("UPDATE record_entry SET number = 7 WHERE number = 5", 5),
    ],
)
def test_each_change_is_found_where_it_is(session: Session, change: str, found: int) -> None:
    session.connection().execute(sa.text(change))

    broken = record.broken_at(session, THERE)

    assert (broken.number if isinstance(broken, Entry) else broken) == found


def test_what_it_records_must_still_be_there_unchanged(session: Session) -> None:
    changed = record.broken_at(session, {Recorded.ALERT: lambda key: {"said": key if key != "3" else "khác"}})
    gone = record.broken_at(session, {Recorded.ALERT: lambda _: None})

    assert isinstance(changed, Entry)
    assert isinstance(gone, Entry)
    assert (changed.key, gone.key) == ("3", "0")


def test_an_earlier_head_is_held_until_the_record_is_cut(session: Session) -> None:
    head = record.head(session)

    session.connection().execute(sa.text("DELETE FROM record_entry WHERE number = 5"))

    assert not record.holds(session, head)
    assert record.holds(session, record.head(session))
    assert record.holds(session, "")
    assert record.broken_at(session, THERE) is None  # a cut end is only seen by who kept a head
