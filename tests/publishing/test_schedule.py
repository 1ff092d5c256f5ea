"""The JSON schedule: exactly the contract's fields."""

import json
from dataclasses import replace

from broadcaster.publishing.schedule import day_json, stations_json
from broadcaster.types import Kind
from tests.builders import (
    DAY,
    PUBLIC_URL,
    a_released_day,
    a_released_item,
    a_released_session,
    a_station_card,
    an_edition,
    at,
)
from tests.publishing.hostile import CLEAN, HOSTILE


def test_day_with_bulletin_and_relay() -> None:
    relay = a_released_item(
        at("05:35"),
        "VOV1",
        kind=Kind.RELAY,
        sha256=None,
        size=0,
        url="https://vov.example/1",
        script=None,
        campaign=None,
    )
    news = a_released_item(at("05:30"))
    day = a_released_day(DAY, a_released_session(at("05:30"), news, relay))

    schedule = json.loads(day_json(day, PUBLIC_URL))

    assert schedule == {
        "station": "cat-ba",
        "name": "Đài Truyền thanh thị trấn Cát Bà",
        "day": "2020-10-02",
        "release": day.id,
        "timezone": "Asia/Ho_Chi_Minh",
        "campaigns": [{"slug": "ngay-khuyen-hoc", "name": "Ngày Khuyến học Việt Nam"}],
        "sessions": [
            {
                "start": "2020-10-02T05:30:00+07:00",
                "end": "2020-10-02T05:45:00+07:00",
                "items": [
                    {
                        "start": "2020-10-02T05:30:00+07:00",
                        "length_ms": 60400,
                        "kind": "tin",
                        "title": "Ngày Khuyến học Việt Nam",
                        "url": f"{PUBLIC_URL}/audio/{news.sha256}.mp3",
                        "sha256": news.sha256,
                        "size": news.size,
                        "type": "audio/mpeg",
                        "campaign": "ngay-khuyen-hoc",
                        "script": "ngay-khuyen-hoc-viet-nam",
                        "because": "đợt Ngày Khuyến học Việt Nam, chưa phát trong tuần",
                    },
                    {
                        "start": "2020-10-02T05:35:00+07:00",
                        "length_ms": 60400,
                        "kind": "tiep-am",
                        "title": "VOV1",
                        "url": "https://vov.example/1",
                        "campaign": None,
                        "script": None,
                        "because": "đợt Ngày Khuyến học Việt Nam, chưa phát trong tuần",
                    },
                ],
            }
        ],
    }


def test_day_of_a_trial_says_rehearsal() -> None:
    day = replace(a_released_day(), is_trial=True)

    schedule = json.loads(day_json(day, PUBLIC_URL))

    assert schedule["rehearsal"] is True


def test_day_without_sessions_has_an_empty_list() -> None:
    day = replace(a_released_day(), sessions=())

    schedule = json.loads(day_json(day, PUBLIC_URL))

    assert schedule["sessions"] == []


def test_day_with_hostile_title() -> None:
    day = a_released_day(DAY, a_released_session(at("05:30"), a_released_item(at("05:30"), sha256=None, title=HOSTILE)))

    schedule = json.loads(day_json(day, PUBLIC_URL))

    assert schedule["sessions"][0]["items"][0]["title"] == CLEAN


def test_stations_with_absolute_addresses() -> None:
    edition = an_edition(stations=(a_station_card(),))

    stations = json.loads(stations_json(edition))

    assert stations == [
        {
            "slug": "cat-ba",
            "name": "Đài Truyền thanh thị trấn Cát Bà",
            "area": "thị trấn Cát Bà",
            "schedule": f"{PUBLIC_URL}/stations/cat-ba/today.json",
            "playlist": f"{PUBLIC_URL}/stations/cat-ba/today.m3u",
            "calendar": f"{PUBLIC_URL}/stations/cat-ba/calendar.ics",
            "feed": f"{PUBLIC_URL}/feeds/stations/cat-ba.xml",
            "manifest": f"{PUBLIC_URL}/stations/cat-ba/manifest.jws",
        }
    ]
