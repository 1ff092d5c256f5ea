"""A year in simulated time: the service looks and the receiver reports day by day, with power cuts, silences, alerts, and an operator's words."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.delivery.play_report import Heard
from broadcaster.desk import delivery, emergency, reporting
from broadcaster.desk.delivery import enrol, use_code
from broadcaster.desk.desk import opened
from broadcaster.desk.keeping import Seen, tick
from broadcaster.reporting.airing import Outcome
from broadcaster.settings import Settings
from broadcaster.store import airings, programme, record
from broadcaster.store.chained import kept_in
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.timekeeping import moment as at_hour
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

pytestmark = pytest.mark.journey


def test_a_year_has_exactly_one_outcome_for_every_planned_item(tmp_path: Path) -> None:
    workspace, chance = a_workspace(tmp_path / "xa"), random.Random(48)
    broadcaster("load", "--by", "Lan", within=workspace)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "submit", script, "--by", "Lan", within=workspace)
        broadcaster("script", "approve", script, "--by", "Bình", within=workspace)
    first = broadcast_day(now()) + timedelta(days=1)
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        lan, seen = desk.person("Lan"), Seen()
        begin = at_hour(first, now().time().replace(hour=2))
        code = enrol(desk, "cat-ba", None, person=lan, at=begin).command.split()[-1].partition(".")[0]
        receiver = use_code(desk, code, at=begin).receiver
        waiting: list[dict[str, object]] = []
        for number in range(365):
            at = begin + timedelta(days=number)
            day = broadcast_day(at)
            if number % 7 not in (2, 3):  # two days a week without power at the office
                seen, _ = tick(desk, desk.public_folder, at, seen, "a")
            if number % 50 == 10:
                emergency.silence(desk, "cat-ba", at + timedelta(hours=12), "thử", person=lan, at=at)
            with desk.database.reading() as session:
                released = programme.released(session, day, day).get(("cat-ba", day))
            for item in [item for one in (released.sessions if released else ()) for item in one.items]:
                heard = chance.choice([*[Heard.AIRED] * 6, Heard.LATE, Heard.PARTIAL, Heard.MISSED, None])
                if heard is None:
                    continue
                is_heard = heard is not Heard.MISSED
                waiting.append({
                    "id": f"{item.start:%Y%m%d%H%M%S}", "station": "cat-ba", "receiver": receiver.name,
                    "item_start": item.start.isoformat(), "sha256": item.sha256, "outcome": heard.value,
                    "started_at": item.start.isoformat() if is_heard else None,
                    "ended_at": item.end.isoformat() if is_heard else None,
                })  # fmt: skip
            if waiting and chance.random() < 0.1:  # the network is there once in ten days
                delivery.take_reports(desk, receiver, waiting, at=at + timedelta(days=1))
                if chance.random() < 0.5:
                    waiting = []  # else the answer was lost, and they come again
        end = begin + timedelta(days=366)
        delivery.take_reports(desk, receiver, waiting, at=end)
        tick(desk, desk.public_folder, end, seen, "a")
        while reporting.keep_airings(desk, end):
            pass

        with desk.database.reading() as session:
            days = programme.released(session, first, first + timedelta(days=364))
            found = list(airings.between(session, first, first + timedelta(days=364)))
            assert record.broken_at(session, kept_in(session)) is None
        clusters = [one.slug for one in desk.workspace.station("cat-ba").clusters] or ["cat-ba"]
        planned = sorted(
            (cluster, item.start)
            for day in days.values()
            for one in day.sessions
            for item in one.items
            for cluster in clusters
        )
        assert len(days) == 365
        assert sorted((one.cluster, one.start) for one in found if one.outcome is not Outcome.UNPLANNED) == planned
        reports = [id for one in found for id in one.reports]
        assert len(reports) == len(set(reports))
        made, _ = reporting.report(desk, first.year + 1, end)
        assert made.figures["all"].planned > 0
        assert made.figures["all"].heard == sum(one.outcome.is_heard for one in found if one.day.year == first.year + 1)
