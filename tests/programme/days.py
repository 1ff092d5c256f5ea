"""Small builders for a station's day: no surprises."""

from datetime import date, datetime, time, timedelta

from broadcaster.newsroom.script import Script
from broadcaster.planning.campaign import Due, Phase
from broadcaster.programme.clock import BroadcastClock, Slot
from broadcaster.programme.order import Candidate, DayOrder, Sound
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.stations.station import Relay, SessionRule, Station
from broadcaster.timekeeping import moment
from broadcaster.types import BulletinClass, DatedName, Kind, Milliseconds, Sha256, Weekday

DAY = date(2026, 10, 2)
TUNE = Sound(Sha256("a" * 64), 100, Milliseconds(10_000), "Nhạc hiệu")
STING = Sound(Sha256("b" * 64), 100, Milliseconds(3_000), "Nhạc cắt")
GREETING = Sound(Sha256("c" * 64), 100, Milliseconds(5_000), "Lời chào")


def a_script(
    id: str,
    kind: Kind = Kind.NEWS,
    campaign: str | None = "ngay-khuyen-hoc",
    bulletin_class: BulletinClass = BulletinClass.ORDINARY,
    areas: tuple[str, ...] = (),
    not_before: date | None = None,
    expires: date | None = None,
) -> Script:
    return Script(
        id=id,
        title=f"Tin {id}",
        kind=kind,
        text="Kính thưa quý vị và các bạn!",
        campaign=campaign,
        bulletin_class=bulletin_class,
        areas=areas,
        not_before=not_before,
        expires=expires,
    )


def a_candidate(script: Script, seconds: float = 60) -> Candidate:
    sound = Sound(Sha256(script.id.ljust(64, "0")), 480_000, Milliseconds(round(seconds * 1000)), script.title)
    return Candidate(script, 1, sound)


def a_due(
    campaign: str = "ngay-khuyen-hoc",
    weight: int = 1,
    day: date = DAY,
    first: date | None = None,
    last: date | None = None,
) -> Due:
    return Due(campaign, f"Đợt {campaign}", f"Đợt {campaign}", day, Phase.ON, first or day, last or day, weight)


def a_clock(*slots: Slot, minutes: int = 15) -> BroadcastClock:
    return BroadcastClock("ban-tin", "Bản tin", minutes, slots)


def news(count: int = 4, *kinds: Kind, between: str | None = None, at: timedelta | None = None) -> Slot:
    return Slot(kinds or (Kind.NEWS,), count=count, between=between, at=at)


TUNE_SLOT = Slot((Kind.SIGNATURE_TUNE,), sound="nhac-hieu")
GREETING_SLOT = Slot((Kind.LEAD_IN,), script="loi-chao")


def a_rule(start: str = "05:30", minutes: int = 15, slug: str = "sang", relays: tuple[Relay, ...] = ()) -> SessionRule:
    return SessionRule(slug, "Buổi sáng", time.fromisoformat(start), minutes, "ban-tin", relays=relays)


def a_station(
    *rules: SessionRule, times_a_week: int = 3, own_weekdays: tuple[Weekday, ...] = tuple(Weekday)
) -> Station:
    return Station(
        slug="cat-ba",
        area="cat-ba",
        names=(DatedName("Đài Truyền thanh thị trấn Cát Bà"),),
        airtime=Airtime((Hours(time(5), time(6, 30)), Hours(time(16, 30), time(19, 30)))),
        sessions=rules or (a_rule(),),
        times_a_week=times_a_week,
        own_weekdays=own_weekdays,
    )


def an_order(*candidates: Candidate, clock: BroadcastClock | None = None, day: date = DAY, **more: object) -> DayOrder:
    values: dict[str, object] = {
        "station": a_station(),
        "day": day,
        "name": "Đài Truyền thanh thị trấn Cát Bà",
        "area_name": "thị trấn Cát Bà",
        "lineage": ("cat-ba", "huyen-cat-hai", "hai-phong"),
        "clocks": {"ban-tin": clock or a_clock(TUNE_SLOT, GREETING_SLOT, news(4, between="nhac-cat"), TUNE_SLOT)},
        "due": {day: (a_due(day=day),)},
        "candidates": tuple(sorted(candidates, key=lambda one: one.script.id)),
        "lead_ins": {("sang", "loi-chao"): GREETING, ("chieu", "loi-chao"): GREETING},
        "sounds": {"nhac-hieu": TUNE, "nhac-cat": STING},
    }
    return DayOrder(**{**values, **more})  # type: ignore[arg-type]  # each value is of its field's type


def at(hour: str, day: date = DAY) -> datetime:
    return moment(day, time.fromisoformat(hour))
