"""A station's file is refused while it would sound at a wrong hour, twice at once, or by a clock that is not there."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.stations.area import Area, Areas
from broadcaster.stations.station import (
    Accepts,
    Cluster,
    ClusterKind,
    Relay,
    SessionRule,
    Station,
    read_station,
    station_findings,
)
from broadcaster.types import DatedName, Finding, Weekday, Weight

AREAS: Areas = {"cat-ba": Area("cat-ba", (DatedName("thị trấn Cát Bà"),))}
CLOCKS = ("ban-tin-15", "tieng-loa-hoc-bai")
FILE = """area = "cat-ba"
names = [{ text = "Đài Truyền thanh thị trấn Cát Bà", until = 2025-06-30 }]
operators = [{ text = "Ủy ban nhân dân thị trấn Cát Bà", until = 2025-06-30 }]
accepts = "ask"
times_a_week = 2
own_weekdays = ["thu-2", "thu-5"]
voices = ["espeak"]

[airtime]
confirmed = false
hours = [{ from = "16:30", to = "19:30" }, { from = "05:00", to = "06:30" }]

[[session]]
slug = "sang"
name = "Buổi sáng"
start = "05:30"
minutes = 15
clock = "ban-tin-15"
confirmed = false
relays = [{ source = "VOV1", url = "https://vov.vn/vov1", start = "05:35", minutes = 5, until = 2025-12-31 }]

[[session]]
slug = "toi"
name = "Tiếng loa học bài"
start = "19:00"
minutes = 10
clock = "tieng-loa-hoc-bai"
weekdays = ["thu-2", "thu-3", "thu-4", "thu-5", "thu-6"]

[[cluster]]
slug = "cat-ba-1"
name = "Cụm loa ví dụ 1"
kind = "ip"
confirmed = false
"""
VOV1 = Relay("VOV1", "https://vov.vn/vov1", time(5, 35), 5, date(2025, 12, 31))


def read(folder: Path, text: str) -> Station:
    path = folder / "cat-ba.toml"
    path.write_text(text, "utf-8")
    return read_station(path, folder, AREAS, CLOCKS)


def refusal(folder: Path, old: str, new: str) -> str:
    assert old in FILE
    with pytest.raises(BadFile) as raised:
        read(folder, FILE.replace(old, new, 1))
    return str(raised.value)


def test_station_is_read_whole(tmp_path: Path) -> None:
    last = date(2025, 6, 30)

    assert read(tmp_path, FILE) == Station(
        slug="cat-ba",
        area="cat-ba",
        names=(DatedName("Đài Truyền thanh thị trấn Cát Bà", until=last),),
        airtime=Airtime((Hours(time(5), time(6, 30)), Hours(time(16, 30), time(19, 30))), is_confirmed=False),
        sessions=(
            SessionRule("sang", "Buổi sáng", time(5, 30), 15, "ban-tin-15", relays=(VOV1,), is_confirmed=False),
            SessionRule("toi", "Tiếng loa học bài", time(19), 10, "tieng-loa-hoc-bai", weekdays=tuple(Weekday)[:5]),
        ),
        clusters=(Cluster("cat-ba-1", "Cụm loa ví dụ 1", ClusterKind.IP, is_confirmed=False),),
        operators=(DatedName("Ủy ban nhân dân thị trấn Cát Bà", until=last),),
        accepts=Accepts.ASK,
        times_a_week=2,
        own_weekdays=(Weekday.MONDAY, Weekday.THURSDAY),
        voices=("espeak",),
    )


def test_session_in_the_night_is_refused_with_the_hour_in_words(tmp_path: Path) -> None:
    text = (
        '"05:30"\nminutes = 15\nclock = "ban-tin-15"\nconfirmed = false\n' + FILE[FILE.index("relays") :].split("\n")[0]
    )

    assert refusal(tmp_path, text, '"03:15"\nminutes = 15\nclock = "ban-tin-15"') == (
        "cat-ba.toml:16 [session 1]: the session “Buổi sáng”, 15 minutes from 3 giờ 15 phút sáng (03:15), "
        "reaches outside the hours in which this station may sound. Move it inside them, or change [airtime]."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes = 10", "minutes = 31"),
        ("minutes = 10", "minutes = 300"),
        ('"19:00"', '"23:55"'),
        ('"19:00"', '"06:25"'),
    ],
)
def test_session_that_reaches_over_the_wall_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert "reaches outside the hours in which this station may sound" in refusal(tmp_path, old, new)


def test_hours_that_touch_are_one_stretch(tmp_path: Path) -> None:
    station = read(tmp_path, FILE.replace('to = "06:30" }', 'to = "05:40" }, { from = "05:40", to = "06:30" }'))

    assert station.airtime.hours == (Hours(time(5), time(6, 30)), Hours(time(16, 30), time(19, 30)))


def test_sessions_that_overlap_on_a_weekday_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'start = "19:00"', 'start = "05:40"') == (
        "cat-ba.toml:25 [session 2]: the sessions “Buổi sáng” and “Tiếng loa học bài” overlap. "
        "Move one of them, or give it other weekdays."
    )


def test_sessions_that_follow_at_once_or_on_other_weekdays_are_taken(tmp_path: Path) -> None:
    follows = read(tmp_path, FILE.replace('start = "19:00"', 'start = "05:45"'))
    others = read(
        tmp_path,
        FILE.replace('start = "19:00"', 'start = "05:30"').replace(
            "minutes = 15", 'minutes = 15\nweekdays = ["thu-7"]'
        ),
    )

    assert [[rule.start for rule in one.sessions] for one in (follows, others)] == [
        [time(5, 30), time(5, 45)],
        [time(5, 30), time(5, 30)],
    ]


@pytest.mark.parametrize("start", ["05:29", "05:41", "17:00"])
def test_relay_outside_its_session_is_refused(tmp_path: Path, start: str) -> None:
    assert refusal(tmp_path, 'start = "05:35"', f'start = "{start}"') == (
        f"cat-ba.toml:20 [session 1.relays 1]: the relay at {start} does not lie inside its session."
    )


def test_relays_that_overlap_are_refused(tmp_path: Path) -> None:
    second = ', { source = "VOV2", url = "https://vov.vn/vov2", start = "05:39", minutes = 2 }]'

    assert refusal(tmp_path, "until = 2025-12-31 }]", "until = 2025-12-31 }" + second) == (
        "cat-ba.toml:20 [session 1.relays 2]: the relay at 05:39 overlaps another one of its session."
    )


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://vov.vn/vov 1", "https://đài.vn", "https://a\\nb"])
def test_relay_address_that_no_player_opens_is_refused(tmp_path: Path, url: str) -> None:
    assert "is not an address that a player can open." in refusal(tmp_path, "https://vov.vn/vov1", url)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('area = "cat-ba"', 'area = "cat-bà"', "cat-ba.toml:1: there is no area “cat-bà”. Did you mean “cat-ba”?"),
        (
            '"ban-tin-15"',
            '"ban-tin-51"',
            "cat-ba.toml:18 [session 1]: there is no broadcast clock “ban-tin-51”. Did you mean “ban-tin-15”?",
        ),
        (
            '["thu-2", "thu-3",',
            '["thu-2", "thu-33",',
            "cat-ba.toml:28 [session 2]: “thu-33” is not a possible “weekdays”. Did you mean “thu-3”? "
            "Possible are thu-2, thu-3, thu-4, thu-5, thu-6, thu-7, chu-nhat.",
        ),
        (
            'to = "06:30"',
            'to = "04:30"',
            "cat-ba.toml:11 [airtime.hours 2]: allowed hours begin before they end, on one day; 05:00 to 04:30 do not.",
        ),
        ("times_a_week = 2", "times_a_week = 0", "cat-ba.toml:5: “times_a_week” must be a whole number from 1 to 7."),
        ('slug = "toi"', 'slug = "sang"', "cat-ba.toml:23 [session 2]: “sang” stands here a second time. Keep one, or name one of them otherwise."),
    ],
)  # fmt: skip
def test_slip_is_named_with_its_line(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    assert refusal(tmp_path, old, new) == wanted


def test_relay_whose_source_has_ended_is_a_finding(tmp_path: Path) -> None:
    station = read(tmp_path, FILE)
    days = [date(2025, 12, 30) + timedelta(days=offset) for offset in range(4)]

    findings = station_findings(station, days)

    assert [(one.weight, one.kind, one.place, str(one.sentence)) for one in findings] == [
        (
            Weight.TO_WEIGH,
            "relay",
            "schedules/stations/cat-ba.toml",
            "The relay of VOV1 in the session “Buổi sáng” ended on 2025-12-31, so on 2026-01-01 its minutes stand empty. "
            "Name another source, or take it out.",
        )
    ]
    assert station_findings(station, days[:2]) == ()
    assert all(isinstance(one, Finding) for one in findings)
