"""A snapshot of one database fills another of any kind, whole or not at all."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.delivery.receivers import Enrolment, hashed
from broadcaster.errors import BadFile, Refused
from broadcaster.programme.emergency import Alert, SilenceOrder, sent
from broadcaster.store import delivery, emergency, record, snapshot
from broadcaster.store.chained import kept_in
from broadcaster.store.database import Database
from broadcaster.timekeeping import ZONE
from broadcaster.types import Milliseconds, Sha256

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=ZONE)


@pytest.fixture
def source(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path / 'source.db'}")
    alert = Alert(
        "a", 1, "Bão", "Bão.", ("cat-ba",), AT + timedelta(hours=1), 10, 3, Sha256("a" * 64), 9, Milliseconds(9)
    )
    with database.writing() as session:
        emergency.add_alert(session, alert, sent(alert, by="Lan", account="máy", at=AT))
        emergency.add_silence(session, SilenceOrder("s", (), AT, AT + timedelta(hours=1), "tang", "Lan", "máy"))
        delivery.add_enrolment(session, hashed("x"), Enrolment("cat-ba", "c", "Lan", AT))
    return database


def test_it_comes_back_the_same_and_goes_on(source: Database, database: Database) -> None:
    lines = list(snapshot.lines(source))

    count = snapshot.fill(database, lines)

    assert count == len(lines) - 1
    assert list(snapshot.lines(database)) == lines
    with database.writing() as session:
        assert record.broken_at(session, kept_in(session)) is None
        order = SilenceOrder("t", (), AT, AT + timedelta(hours=1), "thử", "Lan", "máy")
        emergency.add_silence(session, order)
        emergency.end_silence(session, order, by="Lan", at=AT)
        alert = emergency.versions(session, "a")[0].alert
        emergency.add_step(session, sent(alert, by="Bình", account="máy", at=AT))
        assert record.broken_at(session, kept_in(session)) is None


def test_nothing_is_filled_over_something_and_nothing_half(source: Database, database: Database) -> None:
    lines = list(snapshot.lines(source))

    for damaged in (
        [*lines, b'["unknown", {}]\n'],
        [*lines, b"{"],
        [*lines, lines[-1]],
        [b'["", {"version": "9999"}]\n', *lines],
    ):
        with pytest.raises(BadFile):
            snapshot.fill(database, damaged)
    snapshot.fill(database, lines)
    with pytest.raises(Refused, match="not empty"):
        snapshot.fill(database, lines)
