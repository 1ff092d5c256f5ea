"""Values for tests: small, real Vietnamese, no surprises. Everything unnamed is the same each time."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from broadcaster.files import sha256
from broadcaster.planning.calendar import Window
from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.publishing.campaign_year import CampaignYear, Row
from broadcaster.publishing.edition import Article, CampaignCard, Edition, StationCard
from broadcaster.studio.bulletin import Cue
from broadcaster.studio.speech import Utterance, Voice
from broadcaster.studio.voices import Spoken, speak_with
from broadcaster.timekeeping import moment
from broadcaster.types import Kind, Milliseconds, Weekday

DAY = date(2020, 10, 2)
_ALL = tuple(Weekday)
MORNING = time(5, 30)
PUBLIC_URL = "http://127.0.0.1:8000"
TEXT = "Kính thưa quý vị và các bạn!\n\nNgày 2 tháng 10 là Ngày Khuyến học Việt Nam. Mời quý vị cùng nghe."


def at(hour: str, day: date = DAY) -> datetime:
    """The instant of `05:30` or `05:30:12` on `day`."""
    return moment(day, time.fromisoformat(hour))


def sound_of(name: str) -> bytes:
    """Bytes that stand for the sound of `name`."""
    return f"ID3 {name} ".encode() * 50


def a_released_item(start: datetime, title: str = "Ngày Khuyến học Việt Nam", **changes: Any) -> ReleasedItem:
    """A news item of one minute, with the sound of its title."""
    values: dict[str, Any] = {
        "start": start,
        "length": Milliseconds(60_400),
        "kind": Kind.NEWS,
        "title": title,
        "because": "đợt Ngày Khuyến học Việt Nam, chưa phát trong tuần",
        "sha256": sha256(sound_of(title)),
        "size": len(sound_of(title)),
        "campaign": "ngay-khuyen-hoc",
        "script": "ngay-khuyen-hoc-viet-nam",
        "revision": 1,
    }
    return ReleasedItem(**values | changes)


def a_released_session(start: datetime, *items: ReleasedItem, **changes: Any) -> ReleasedSession:
    """A morning session of fifteen minutes from `start`."""
    values: dict[str, Any] = {"slug": "sang", "name": "Buổi sáng", "end": start + timedelta(minutes=15)}
    return ReleasedSession(start=start, items=items, **values | changes)


def a_released_day(day: date = DAY, *sessions: ReleasedSession, **changes: Any) -> ReleasedDay:
    """A day of thị trấn Cát Bà; without `sessions`, one morning session with one news item."""
    values: dict[str, Any] = {
        "station": "cat-ba",
        "name": "Đài Truyền thanh thị trấn Cát Bà",
        "area_name": "thị trấn Cát Bà",
        "campaigns": (("ngay-khuyen-hoc", "Ngày Khuyến học Việt Nam"),),
    }
    start = moment(day, MORNING)
    sessions = sessions or (a_released_session(start, a_released_item(start)),)
    return ReleasedDay(day=day, sessions=sessions, **values | changes)


def an_article(script: str = "ngay-khuyen-hoc-viet-nam", **changes: Any) -> Article:
    """A news item, first aired at Cát Bà on the morning of 2 October 2020."""
    values: dict[str, Any] = {
        "revision": 1,
        "title": "Ngày Khuyến học Việt Nam",
        "kind": Kind.NEWS,
        "summary": "Ngày 2 tháng 10 hằng năm là Ngày Khuyến học Việt Nam.",
        "text": TEXT,
        "spoken": TEXT.lower(),
        "author": "Phòng Văn hóa",
        "campaign": "ngay-khuyen-hoc",
        "clauses": ("III.1.4",),
        "sources": ("Quyết định 89/QĐ-TTg ngày 09/01/2013",),
        "sha256": sha256(sound_of("Ngày Khuyến học Việt Nam")),
        "size": len(sound_of("Ngày Khuyến học Việt Nam")),
        "length": Milliseconds(60_400),
        "cues": (
            Cue(Milliseconds(0), Milliseconds(1_800), "Kính thưa quý vị và các bạn!"),
            Cue(Milliseconds(2_300), Milliseconds(5_900), "Ngày 2 tháng 10 là Ngày Khuyến học Việt Nam."),
            Cue(Milliseconds(6_300), Milliseconds(8_000), "Mời quý vị cùng nghe."),
        ),
        "approved_at": at("16:00", date(2020, 9, 28)),
        "approved_by": "Trần Thị Hoa",
        "voice": "espeak",
        "first_at": at("05:30"),
        "stations": (("cat-ba", at("05:30")),),
    }
    return Article(script=script, **values | changes)


def a_station_card(**changes: Any) -> StationCard:
    """Thị trấn Cát Bà, all of it confirmed."""
    values: dict[str, Any] = {
        "slug": "cat-ba",
        "name": "Đài Truyền thanh thị trấn Cát Bà",
        "area_name": "thị trấn Cát Bà",
        "operator": "Ủy ban nhân dân thị trấn Cát Bà",
        "unconfirmed": (),
    }
    return StationCard(**values | changes)


def a_campaign_year(year: int = 2020, **changes: Any) -> CampaignYear:
    """One campaign on 2 October, with four days before it and one after, and one column on Tuesdays."""
    day = date(year, 10, 2)
    window = Window("ngay-khuyen-hoc", "Ngày Khuyến học Việt Nam", date(year, 9, 28), day, day, date(year, 10, 3), _ALL)
    first, last = date(year, 1, 1), date(year, 12, 31)
    column = Window("guong-hieu-hoc", "Gương hiếu học", first, first, last, last, (Weekday.TUESDAY,))
    values: dict[str, Any] = {
        "campaigns": (Row("ngay-khuyen-hoc", "Ngày Khuyến học Việt Nam", 5, (window,)),),
        "columns": (Row("guong-hieu-hoc", "Gương hiếu học", 2, (column,)),),
    }
    return CampaignYear(year=year, **values | changes)


def an_edition(**changes: Any) -> Edition:
    """One station, one day, one article, at six o'clock of that morning."""
    values: dict[str, Any] = {
        "public_url": PUBLIC_URL,
        "moment": at("06:00"),
        "language": "vi",
        "stations": (a_station_card(),),
        "campaigns": (CampaignCard("ngay-khuyen-hoc", "Ngày Khuyến học Việt Nam", "ngày 02/10/2020", False),),
        "days": (a_released_day(),),
        "articles": (an_article(),),
        "calendars": (a_campaign_year(), a_campaign_year(2021)),
    }
    return Edition(**values | changes)


def spoken_into(path: Path, voices: Sequence[Voice], utterances: Sequence[Utterance]) -> Spoken:
    """What the first of `voices` that can speaks into the file `path`."""
    with path.open("w+b") as file:
        return speak_with(voices, utterances, file)
