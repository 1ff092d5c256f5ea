"""The timetable: the published tree follows the moment; nothing is done where nothing passed."""

from datetime import date, time, timedelta
from pathlib import Path

from broadcaster.desk.desk import Birth, opened
from broadcaster.desk.keeping import keep
from broadcaster.settings import Settings
from broadcaster.timekeeping import moment
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

DAY = date(2020, 10, 2)


def test_feeds_are_renewed_as_sessions_pass_and_not_before(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    broadcaster("demo", "--from", DAY, "--days", "1", "--no-serve", within=workspace)
    early = moment(DAY, time(5))
    folder = tmp_path / "out"

    with opened(workspace, workspace / "var/trial", Settings(), lambda *_: None, Birth.TRIAL) as desk:
        seen, first = keep(desk, folder, early, None)
        quiet, nothing = keep(desk, folder, early + timedelta(minutes=10), seen)
        before = (folder / "feeds/all.xml").read_text("utf-8")
        later, written = keep(desk, folder, early + timedelta(minutes=45), quiet)

    assert first is not None
    assert (quiet, nothing) == (seen, None)
    assert written is not None
    assert later != seen
    assert "<item>" not in before
    assert "<item>" in (folder / "feeds/all.xml").read_text("utf-8")
