"""The calendar, read back by an independent parser."""

from dataclasses import replace
from datetime import UTC

import icalendar

from broadcaster.publishing.icalendar import calendar
from broadcaster.publishing.phrases import VIETNAMESE
from broadcaster.types import Kind
from tests.builders import DAY, PUBLIC_URL, a_released_day, a_released_item, a_released_session, a_station_card, at
from tests.publishing.hostile import CLEAN, HOSTILE


def test_calendar_of_a_session_with_a_relay() -> None:
    sting = a_released_item(at("05:31"), "Nhạc cắt", kind=Kind.STING)
    relay = a_released_item(at("05:35"), "VOV1", kind=Kind.RELAY, sha256=None, url="https://vov.example/1")
    session = a_released_session(at("05:30"), a_released_item(at("05:30"), HOSTILE, sha256=None), sting, relay)
    day = a_released_day(DAY, replace(session, is_confirmed=False), is_trial=True)

    parsed = icalendar.Calendar.from_ical(calendar(a_station_card(), [day], PUBLIC_URL, VIETNAMESE))

    (event,) = parsed.walk("VEVENT")
    assert event["UID"] == "2020-10-02.sang.cat-ba@broadcaster"
    assert event.decoded("DTSTART") == at("05:30")
    assert event.decoded("DTEND") == at("05:45")
    assert event.decoded("DTSTAMP") == at("05:30").astimezone(UTC)
    assert event["SUMMARY"] == "[Bản duyệt thử] Buổi sáng: Đài Truyền thanh thị trấn Cát Bà"
    assert event["LOCATION"] == "thị trấn Cát Bà"
    assert event["URL"] == "http://127.0.0.1:8000/stations/cat-ba/"
    assert str(event["DESCRIPTION"]).split("\n") == [
        VIETNAMESE.trial_long,
        "(ví dụ, chưa xác nhận)",
        f"05:30 Tin: {CLEAN}",
        "05:35 Tiếp âm: VOV1 https://vov.example/1",
    ]
    assert parsed.walk("VALARM") == []


def test_calendar_lines_are_folded_between_letters() -> None:
    day = a_released_day(
        DAY, a_released_session(at("05:30"), *[a_released_item(at("05:30"), "Ngữ 😀 nghĩa ế" * 9)] * 5)
    )

    lines = calendar(a_station_card(), [day], PUBLIC_URL, VIETNAMESE).split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None and b"\n" not in line and b"\r" not in line for line in lines)
    assert lines[-1] == b""


def test_calendar_without_days_is_valid() -> None:
    parsed = icalendar.Calendar.from_ical(calendar(a_station_card(), [], PUBLIC_URL, VIETNAMESE))

    assert [part.name for part in parsed.subcomponents] == ["VTIMEZONE"]


def test_calendar_keeps_the_uid_when_the_session_moves() -> None:
    def uid(hour: str) -> str:
        day = a_released_day(DAY, a_released_session(at(hour)))
        parsed = icalendar.Calendar.from_ical(calendar(a_station_card(), [day], PUBLIC_URL, VIETNAMESE))
        return str(parsed.walk("VEVENT")[0]["UID"])

    assert uid("05:30") == uid("05:45")
