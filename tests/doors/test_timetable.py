"""The timetable: each look finds what is missing and does it once; nothing is done where nothing passed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from broadcaster.desk import gaps, health, programme
from broadcaster.desk.desk import Desk, opened
from broadcaster.desk.keeping import LEADS, Seen, night, resign, tick
from broadcaster.programme.exceptions import Action
from broadcaster.settings import Settings
from broadcaster.timekeeping import broadcast_day, moment, now
from broadcaster.types import Kind
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

TODAY = broadcast_day(now())
EARLY = moment(TODAY, time(3)) + timedelta(days=1)


@dataclass
class Service:
    """One service at a desk: what it saw last, and what it said."""

    desk: Desk
    folder: Path
    name: str = "one"
    seen: Seen = field(default_factory=Seen)

    def look(self, at: datetime) -> list[str]:
        self.seen, said = tick(self.desk, self.folder, at, self.seen, self.name)
        return [str(one) for one in said]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "xa")
    broadcaster("load", "--by", "Lan", within=folder)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "submit", script, "--by", "Lan", within=folder)
        broadcaster("script", "approve", script, "--by", "Bình", within=folder)
    return folder


@pytest.fixture
def service(workspace: Path) -> Iterator[Service]:
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        yield Service(desk, desk.public_folder)


def test_a_first_look_releases_publishes_and_signs_and_a_second_does_nothing(service: Service) -> None:
    first, again = service.look(EARLY), service.look(EARLY + timedelta(seconds=20))

    assert [line.split()[0] for line in first] == ["Release", "The"]
    assert again == []
    station = next(iter(service.desk.workspace.stations))
    assert (service.folder / "stations" / station / "manifest.jws").exists()
    assert (service.folder / "stations" / station / f"{broadcast_day(EARLY) + timedelta(days=7)}.json").exists()


def test_after_three_days_without_power_the_missing_days_are_made_once(service: Service) -> None:
    service.look(EARLY)

    later = EARLY + timedelta(days=3)
    back = Service(service.desk, service.folder, "another").look(later)
    again = Service(service.desk, service.folder, "another").look(later + timedelta(seconds=20))

    assert "Release 2" in back[0]
    assert again == ["The tree was published: 0 files changed."]
    station = next(iter(service.desk.workspace.stations))
    assert json.loads((service.folder / "stations" / station / "today.json").read_bytes())["day"] == str(
        broadcast_day(later)
    )


def test_a_release_counts_days_promised_for_the_first_time_and_lists_what_changes_in_the_others(
    service: Service,
) -> None:
    desk, lan, today = service.desk, service.desk.person("Lan"), broadcast_day(EARLY)
    stations = len(desk.workspace.stations)
    first = programme.release(desk, today, 2, person=lan, at=EARLY)
    station, tomorrow = next(iter(desk.workspace.stations)), today + timedelta(days=1)
    items = programme.released_days(desk, station, tomorrow, 1)[tomorrow].sessions[0].items
    gone = next(one for one in items if one.script and one.kind is not Kind.LEAD_IN)
    hour = gone.start.time().replace(second=0)
    programme.except_from(desk, Action.SKIP, station, tomorrow, hour, person=lan, at=EARLY, why="trùng buổi họp")

    looked = programme.release(desk, today, 3, person=lan, at=EARLY, is_dry=True)
    second = programme.release(desk, today, 3, person=lan, at=EARLY)
    third = programme.release(desk, today, 3, person=lan, at=EARLY)

    assert (first.changes, first.new_days) == ((), 2 * stations)
    assert ("dropped", station, tomorrow) in {(one.what, one.station, one.day) for one in second.changes}
    assert {one.day for one in second.changes} == {tomorrow}
    assert second.new_days == stations
    assert (looked.number, looked.changes, looked.new_days) == (None, second.changes, second.new_days)
    changed = len(second.changes)
    assert second.words.into("vi") == f"Bản lịch đã chốt số 2: {changed} thay đổi, {stations} lịch ngày mới."
    assert (third.number, third.changes, third.new_days) == (None, (), 0)
    assert third.words.into("vi") == "Không có gì thay đổi so với bản lịch đã chốt gần nhất."


def test_feeds_are_renewed_as_sessions_pass(service: Service) -> None:
    service.look(EARLY)
    before = (service.folder / "feeds/all.xml").read_text("utf-8")

    service.look(EARLY + timedelta(days=6, hours=20))

    assert "<item>" not in before
    assert "<item>" in (service.folder / "feeds/all.xml").read_text("utf-8")


def test_an_approval_is_on_the_schedule_at_the_next_look(service: Service, workspace: Path) -> None:
    service.look(EARLY)
    broadcaster("script", "withdraw", "guong", "--why", "sai tên", "--by", "Bình", within=workspace)

    said = service.look(EARLY + timedelta(seconds=20))

    assert any(line.startswith("Release") for line in said)


def test_two_services_at_one_database_one_leads(service: Service) -> None:
    other = Service(service.desk, service.folder, "other")
    service.look(EARLY)

    assert other.look(EARLY + timedelta(seconds=20)) == []
    assert night(service.desk, EARLY, "other") == ()
    assert other.look(EARLY + LEADS + timedelta(seconds=1)) != []
    assert service.look(EARLY + LEADS + timedelta(seconds=2)) == []
    resign(service.desk, "other")
    assert health.not_ready(service.desk, EARLY) is not None
    service.look(EARLY + LEADS + timedelta(seconds=3))
    assert health.not_ready(service.desk, EARLY + LEADS + timedelta(seconds=4)) is None


def test_a_clock_that_stands_days_back_is_not_believed(service: Service) -> None:
    said = service.look(now() - timedelta(days=400))

    assert "Nothing is planned until it is set." in said[0]
    with service.desk.database.reading() as session:
        from broadcaster.store import programme  # noqa: PLC0415 -- only here is the table itself looked at

        assert programme.newest(session) == 0


def test_an_alert_that_ends_leaves_the_manifest_by_itself(service: Service, workspace: Path) -> None:
    until = EARLY + timedelta(minutes=30)
    sent = broadcaster(
        "alert", "send", "--everywhere", "--title", "Bão", "--text", "Bão sắp vào.", "--until", f"{until:%Y-%m-%dT%H:%M}",
        "--by", "Lan", within=workspace,
    )  # fmt: skip
    assert sent.code == 0, sent.err
    (alert,) = broadcaster("alert", "list", "--json", within=workspace).json
    broadcaster("alert", "confirm", alert["id"], "--sound", alert["sound"], "--by", "Bình", within=workspace)
    service.look(EARLY)
    current = service.folder / "alerts" / "current.json"
    before = json.loads(current.read_bytes())

    service.look(until)

    assert (len(before), json.loads(current.read_bytes())) == (1, [])


def test_a_session_without_content_is_known_days_before(service: Service, workspace: Path) -> None:
    service.look(EARLY)
    full = gaps.gaps(service.desk, EARLY)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "withdraw", script, "--why", "thử", "--by", "Bình", within=workspace)
    service.look(EARLY + timedelta(seconds=20))

    empty = gaps.gaps(service.desk, EARLY)

    assert len(empty) > len(full)
    assert {finding.kind for finding in empty} == {"gap"}


def test_the_figures_can_be_counted(service: Service) -> None:
    service.look(EARLY)

    figures = health.figures(service.desk, EARLY)

    assert (figures["stations"], figures["days_released_ahead"], figures["receivers"]) == (1, 7, 0)
    assert figures["manifest_valid_seconds"] >= timedelta(days=8).total_seconds()


def test_what_one_part_of_the_night_cannot_do_stops_no_other(workspace: Path) -> None:
    (workspace / "full").write_text("a file, not a folder")
    with opened(workspace, workspace / "var", Settings(backups=str(workspace / "full")), lambda *_: None) as desk:
        (plan,) = desk.workspace.plans.values()

        said = [str(one) for one in night(desk, moment(plan.report_before, time(2)), "one")]

    assert ["The backup folder" in said[-2], "report is due" in said[-1]] == [True, True]


def test_a_word_about_a_day_without_a_release_holds_up_no_other_day(service: Service, workspace: Path) -> None:
    bare = broadcast_day(now()) - timedelta(days=1)
    broadcaster("confirm", "cat-ba", bare, "--by", "Lan", within=workspace)
    service.look(EARLY)

    later = service.look(EARLY + timedelta(days=2))

    assert any("station days were reconciled" in line for line in later)


def test_a_promised_sound_that_was_lost_is_made_before_the_tree_is_published(service: Service) -> None:
    service.look(EARLY)
    for sound in (*service.desk.sound_folder.glob("*.mp3"), *(service.folder / "audio").glob("*.mp3")):
        sound.unlink()
    service.seen = Seen(programme=service.seen.programme)

    first, again = service.look(EARLY + timedelta(seconds=20)), service.look(EARLY + timedelta(seconds=40))

    assert ["missing" in first[0], "published" in first[-1], again] == [True, True, []]
