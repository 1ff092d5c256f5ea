"""The wall around a station's allowed hours, and hours said so that a slip of twelve hours is heard."""

from datetime import time

import pytest

from broadcaster.stations.airtime import Airtime, Hours, in_words

AIRTIME = Airtime((Hours(time(5), time(6, 30)), Hours(time(16, 30), time(19, 30))))


@pytest.mark.parametrize(
    ("start", "end", "is_allowed"),
    [
        (time(5), time(6, 30), True),
        (time(5, 30), time(5, 45), True),
        (time(4, 59), time(5, 15), False),
        (time(6, 20), time(6, 31), False),
        (time(6), time(17), False),
        (time(3, 15), time(3, 30), False),
        (time(19), time(19), False),
        (time(19, 15), time(5, 15), False),
    ],
)
def test_only_what_lies_in_one_stretch_is_allowed(start: time, end: time, is_allowed: bool) -> None:
    assert AIRTIME.allows(start, end) is is_allowed


def test_airtime_without_hours_allows_nothing() -> None:
    assert not Airtime(()).allows(time(5), time(6))


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (time(0, 15), "0 giờ 15 phút đêm"),
        (time(3, 15), "3 giờ 15 phút sáng"),
        (time(5, 30), "5 giờ 30 phút sáng"),
        (time(10, 59), "10 giờ 59 phút sáng"),
        (time(11), "11 giờ trưa"),
        (time(12, 30), "12 giờ 30 phút trưa"),
        (time(13), "1 giờ chiều"),
        (time(15, 15), "3 giờ 15 phút chiều"),
        (time(17), "5 giờ chiều"),
        (time(19), "7 giờ tối"),
        (time(22, 5), "10 giờ 5 phút đêm"),
    ],
)
def test_hour_in_words(hour: time, words: str) -> None:
    assert in_words(hour) == words
