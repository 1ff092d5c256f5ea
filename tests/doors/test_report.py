"""The proof from the release to the report: what receivers and operators said, counted down to the clause."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster.delivery.receivers import Receiver
from broadcaster.desk import delivery, reporting
from broadcaster.desk.delivery import enrol, use_code
from broadcaster.desk.desk import Desk, opened
from broadcaster.desk.keeping import Seen, tick
from broadcaster.settings import Settings
from broadcaster.store import programme
from broadcaster.timekeeping import broadcast_day, moment, now
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = a_workspace(tmp_path / "xa")
    broadcaster("load", "--by", "Lan", within=folder)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "submit", script, "--by", "Lan", within=folder)
        broadcaster("script", "approve", script, "--by", "Bình", within=folder)
    with opened(folder, folder / "var", Settings(language="en"), lambda *_: None) as opened_desk:
        yield opened_desk


def aired(desk: Desk, receiver: Receiver, first: datetime, days: int) -> list[dict[str, Any]]:
    """What a receiver that heard everything of these days would send."""
    with desk.database.reading() as session:
        released = programme.released(session, first.date(), first.date() + timedelta(days=days - 1))
    return [
        {
            "id": f"{item.start:%Y%m%d%H%M%S}",
            "station": receiver.station,
            "receiver": receiver.name,
            "item_start": item.start.isoformat(),
            "sha256": item.sha256,
            "started_at": item.start.isoformat(),
            "ended_at": item.end.isoformat(),
            "outcome": "aired",
        }
        for day in released.values()
        for one in day.sessions
        for item in one.items
    ]


def test_a_week_is_reconciled_and_accounted_for(desk: Desk) -> None:
    begin = moment(broadcast_day(now()), time(3)) + timedelta(days=1)
    seen, _ = tick(desk, desk.public_folder, begin, Seen(), "a")
    person = desk.person("Lan")
    code = enrol(desk, "cat-ba", None, person=person, at=begin).command.split()[-1].partition(".")[0]
    receiver = use_code(desk, code, at=begin).receiver
    over = begin + timedelta(days=8)
    sent = aired(desk, receiver, begin, 7)

    taken = delivery.take_reports(desk, receiver, sent, at=over)
    first = reporting.keep_airings(desk, over)
    again = reporting.keep_airings(desk, over)
    made, _ = reporting.report(desk, over.year, over)

    assert {one.result for one in taken} == {"accepted"}
    assert (first, again) == (8, 0)
    figure = made.figures["station/cat-ba"]
    assert figure.heard == len(sent)
    assert figure.planned == sum(
        len(reporting.airings_of(desk, "cat-ba", begin.date() + timedelta(days=n), over)) for n in range(8)
    )
    assert sum(one.outcome.is_heard for one in reporting.counted(desk, over.year, "station/cat-ba")) == len(sent)
    column = next(one for one in made.promises if one.campaign == "guong-hieu-hoc")
    assert set(column.heard) <= set(column.due)
    assert seen.tree
    late = {**sent[0], "id": "muon", "outcome": "missed", "started_at": None, "ended_at": None}
    delivery.take_reports(desk, receiver, [late], at=over)
    assert reporting.keep_airings(desk, over) == 1
    found = broadcaster("doctor", "--json", within=desk.root).json
    assert "record" not in {one["kind"] for one in found}


def test_the_report_is_written_and_shown(desk: Desk) -> None:
    tick(desk, desk.public_folder, now(), Seen(), "a")
    day = broadcast_day(now())
    with desk.database.reading() as session:
        is_released = ("cat-ba", day) in programme.released(session, day, day)
    assert is_released
    out = desk.root / "bao-cao.json"

    written = broadcaster("report", "--to", out, within=desk.root)
    shown = broadcaster("report", within=desk.root)
    nothing = broadcaster("report", "--show", "clause/IX", within=desk.root)
    word = broadcaster("confirm", "cat-ba", day, "--by", "Lan", within=desk.root)
    tomorrow = broadcaster("confirm", "cat-ba", day + timedelta(days=1), "--by", "Lan", within=desk.root)
    airings = broadcaster("airings", "cat-ba", day, "--json", within=desk.root)

    assert (written.code, shown.code, nothing.code, word.code, tomorrow.code, airings.code) == (0, 0, 1, 0, 1, 0)
    assert json.loads(out.read_text("utf-8"))["first"] == f"{day.year}-01-01"
    assert all(one["evidence"] in ("operator", "none") for one in airings.json)
