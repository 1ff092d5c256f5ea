"""A receiver at work in simulated time: what was heard at which second, and what its log says of every item."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcaster.receiver.due import Reason
from broadcaster.receiver.home import ReceiverSettings
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.types import Kind
from tests.receiver.builders import World, a_manifest, a_silence, an_alert, an_item, at

TUNE = an_item("05:00", 15, "Nhạc hiệu", Kind.SIGNATURE_TUNE)
NEWS = an_item("05:00:15", 60, "Tin")
FEATURE = an_item("05:01:15", 180, "Bài")
SESSION = a_manifest(TUNE, NEWS, FEATURE)
AIRED = [("Nhạc hiệu", "aired", ""), ("Tin", "aired", ""), ("Bài", "aired", "")]


def test_a_session_is_heard_on_time(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))

    world.until(at("05:05"))

    assert world.heard() == [("05:00:00", 15, 0), ("05:00:15", 60, 0), ("05:01:15", 180, 0)]
    assert world.settled() == AIRED


def test_power_that_comes_in_the_middle(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("05:00:40"))

    world.until(at("05:05"))

    assert world.heard() == [("05:00:40", 35, 25), ("05:01:15", 180, 0)]
    assert world.settled() == [
        ("Nhạc hiệu", "missed", Reason.LATE),
        ("Tin", "partial", Reason.LATE),
        ("Bài", "aired", ""),
    ]


def test_a_power_cut_in_an_item_goes_on_in_it(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))
    world.until(at("05:02"))
    world.cut()
    world.now += timedelta(seconds=30)

    world.on()
    world.until(at("05:05"))

    assert world.heard()[-1] == ("05:02:30", 105, 75)
    assert world.settled() == [*AIRED[:2], ("Bài", "partial", Reason.OFF)]


def test_days_without_power_are_one_row_for_each_item(tmp_path: Path) -> None:
    days = [replace(one, start=one.start + timedelta(days=n)) for n in range(4) for one in (TUNE, NEWS, FEATURE)]
    world = World(tmp_path, a_manifest(*days), at("04:59:50"))
    world.until(at("05:03"))
    world.cut()
    world.now += timedelta(days=3)

    world.on()
    world.until(at("05:06", days=3))

    outcomes = [outcome for _, outcome, _ in world.settled()]
    reasons = {reason for _, outcome, reason in world.settled() if outcome == "missed"}
    assert outcomes == ["aired", "aired", "partial", *["missed"] * 6, "missed", "missed", "partial"]
    assert reasons == {Reason.OFF}


def test_an_alert_stops_what_is_on_air_and_the_rest_goes_on(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))
    world.until(at("05:01:30"))

    world.take(replace(SESSION, sequence=2, alerts=(an_alert("05:01:30", "05:30", every=1, times=2),)))
    world.until(at("05:05"))

    assert world.heard()[2:] == [
        ("05:01:15", 15, 0), ("05:01:30", 20, 0), ("05:01:50", 40, 35), ("05:02:30", 20, 0), ("05:02:50", 85, 95),
    ]  # fmt: skip
    assert ("Bài", "partial", Reason.ALERT) in world.settled()
    assert [row for row in world.settled() if row[0] == "Bão"] == [("Bão", "aired", "")] * 2


def test_an_alert_ends_when_it_is_cancelled(tmp_path: Path) -> None:
    world = World(tmp_path, replace(SESSION, alerts=(an_alert("03:00", "06:00", seconds=60),)), at("03:00"))
    world.until(at("03:00:20"))

    world.take(replace(SESSION, sequence=2))
    world.until(at("03:15"))

    assert world.heard() == [("03:00:00", 20, 0)]
    assert world.settled() == [("Bão", "partial", Reason.WITHDRAWN)]


def test_how_often_an_alert_was_heard_survives_a_power_cut(tmp_path: Path) -> None:
    world = World(tmp_path, a_manifest(alerts=(an_alert("03:00", "06:00", every=10, times=2),)), at("03:00"))
    world.until(at("03:10:05"))
    world.cut()

    world.on()
    world.until(at("03:40"))

    assert len(world.heard()) == 2
    assert world.settled() == [("Bão", "aired", ""), ("Bão", "partial", Reason.OFF)]


def test_years_of_answered_rows_are_let_go_of_and_unanswered_ones_are_not(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))
    world.until(at("05:02"))
    world.cut()
    world.on()
    unsent = world.log.unsent(10, "r", "s")
    world.log.answered([(unsent[0]["id"], "accepted")])

    world.log.close_begun(at("05:00", days=500))

    assert [row.title for row in world.log.rows()] == ["Tin", "Bài"]


def test_a_silence_stops_within_a_look_and_holds_offline(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))
    world.until(at("05:00:30"))

    world.take(replace(SESSION, sequence=2, silences=(a_silence("05:00:30", "05:03"),)))
    world.pass_(0.2)
    stopped = world.heard()[-1]
    world.cut()
    world.on()
    world.until(at("05:05"))

    assert stopped == ("05:00:15", 15, 0)
    assert world.heard()[-1] == ("05:03:00", 75, 105)
    assert world.settled()[1] == ("Tin", "partial", Reason.SILENCE)


def test_stopped_on_the_spot_until_it_is_taken_back(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59:50"))
    world.until(at("05:00:30"))

    world.log.keep_stop(world.now, at("23:00"))
    world.until(at("05:02"))
    quiet = len(world.heard())
    world.log.keep_stop(world.now, world.now)
    world.until(at("05:05"))

    assert (quiet, len(world.heard())) == (2, 3)
    assert world.settled() == [AIRED[0], ("Tin", "partial", Reason.STOPPED), ("Bài", "partial", Reason.STOPPED)]


def test_a_crash_of_the_player_is_survived(tmp_path: Path) -> None:
    world = World(tmp_path, a_manifest(FEATURE), at("05:01"))
    world.player.dies_after = 20

    world.until(at("05:05"))

    assert world.heard() == [("05:01:15", 20, 0), ("05:01:35", 160, 20)]
    assert world.settled() == [("Bài", "partial", Reason.PLAYER)]


def test_sound_that_is_missing_or_damaged_is_missed_and_the_rest_is_heard(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59"))
    assert NEWS.file is not None
    assert FEATURE.file is not None
    world.home.audio(NEWS.file.sha256).unlink()
    world.home.audio(FEATURE.file.sha256).write_bytes(b"x" * FEATURE.file.size)

    world.until(at("05:05"))

    assert world.settled() == [AIRED[0], ("Tin", "missed", Reason.NO_SOUND), ("Bài", "missed", Reason.NO_SOUND)]


def test_an_alert_whose_sound_has_not_come_keeps_nothing_from_sounding(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59"))
    world.hold(replace(SESSION, sequence=2, alerts=(an_alert("04:59", "06:00"),)), with_sound=False)
    world.runner.take(world.now, is_fresh=True)

    world.until(at("05:05"))

    assert world.settled() == AIRED


def test_own_hours_cut_what_runs_over_them(tmp_path: Path) -> None:
    own = ReceiverSettings(hours=Airtime((Hours(time(5), time(5, 2)),)))
    world = World(tmp_path, SESSION, at("04:59"), own)

    world.until(at("05:05"))

    assert world.heard()[-1] == ("05:01:15", 45, 0)
    assert world.settled()[-1] == ("Bài", "partial", Reason.WALL)


def test_an_expired_manifest_is_not_played(tmp_path: Path) -> None:
    days = [replace(one, start=one.start + timedelta(days=7)) for one in (TUNE, NEWS)]
    world = World(tmp_path, replace(a_manifest(*days), valid_until=at("05:00:30", days=7)), at("04:59", days=7))

    world.until(at("05:05", days=7))

    assert world.heard() == [("05:00:00", 15, 0), ("05:00:15", 15, 0)]
    assert "expired" in str(world.runner.faults[0])


def test_a_clock_that_wakes_in_the_past_plays_nothing_until_it_is_confirmed(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:00"))
    world.until(at("04:01"))
    world.cut()
    world.now = at("05:00:15", days=-5)

    world.on()
    world.until(at("05:00:30", days=-5))
    quiet, doubt = world.heard(), str(world.runner.doubt)
    world.now = at("05:01:10")
    world.runner.confirm(world.now, world.ticks, 200)
    world.until(at("05:05"))

    assert quiet == []
    assert "before" in doubt
    assert world.settled()[-1] == AIRED[2]


def test_a_clock_that_jumps_a_day_and_back(tmp_path: Path) -> None:
    tomorrow = [replace(one, start=one.start + timedelta(days=1)) for one in (TUNE, NEWS, FEATURE)]
    world = World(tmp_path, a_manifest(TUNE, NEWS, FEATURE, *tomorrow), at("04:59:50"))
    world.until(at("05:00:30"))

    world.now += timedelta(days=1)
    world.until(at("05:00:40", days=1))
    jumped = world.runner.doubt
    world.now -= timedelta(days=1)
    world.until(at("05:05"))

    assert "jumped" in str(jumped)
    assert world.runner.doubt is None
    assert world.settled() == [AIRED[0], ("Tin", "partial", Reason.CLOCK), AIRED[2]]


def test_an_alert_from_the_network_sounds_although_the_clock_is_not_trusted(tmp_path: Path) -> None:
    world = World(tmp_path, SESSION, at("04:59"))
    world.until(at("04:59:10"))
    world.now += timedelta(days=1)

    world.take(replace(SESSION, sequence=2, alerts=(an_alert("05:00", "09:00", times=1),)))
    world.until(at("05:03", days=1))

    assert [length for _, length, _ in world.heard()] == [20]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0.5, 120), st.floats(0, 200)), max_size=8), st.integers(0, 10**6))
def test_power_cuts_at_any_moment_leave_one_row_for_each_item(
    tmp_path_factory: object, cuts: list[tuple[float, float]], number: int
) -> None:
    folder = tmp_path_factory.mktemp("receiver")  # type: ignore[attr-defined]  # pytest's own factory
    world = World(folder, SESSION, at("04:59:50"))
    for on_for, off_for in cuts:
        world.until(world.now + timedelta(seconds=on_for), 0.7)
        world.cut()
        world.now += timedelta(seconds=off_for)
        world.on()
    world.until(max(world.now, at("05:05")) + timedelta(seconds=5), 1)

    assert [title for title, _, _ in world.settled()] == ["Nhạc hiệu", "Tin", "Bài"]
    assert all(outcome in ("aired", "late", "partial", "missed") for _, outcome, _ in world.settled())
    begins = sorted((sound.began, sound.stopped or sound.began + sound.length) for sound in world.player.sounds)
    assert all(end <= begin + timedelta(seconds=1.5) for (_, end), (begin, _) in pairwise(begins))
