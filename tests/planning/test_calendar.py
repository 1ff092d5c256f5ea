"""Which campaigns are due when: fixed days, ranges, yearly exceptions, weekday rules, lunar days, names that change with the law."""

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.planning import calendar, lunar
from broadcaster.planning.calendar import Window, expand, next_window, ordinal, windows, windows_anywhere
from broadcaster.planning.campaign import Campaign, Due, Phase, When
from broadcaster.types import DatedName, Weekday

BOOK_DAY = Campaign(
    "ngay-sach",
    names=(
        DatedName("Ngày Sách Việt Nam", until=date(2021, 11, 3)),
        DatedName("Ngày Sách và Văn hóa đọc Việt Nam", since=date(2021, 11, 4)),
    ),
    when=(
        When(start=(4, 21), end=(4, 21), run_up=6, after=2),
        When(first=date(2023, 4, 19), last=date(2023, 4, 23)),
        When(first=date(2025, 4, 15), last=date(2025, 5, 2)),
    ),
    weight=4,
    ordinal_base=2021,
)
WEEK = Campaign(
    "tuan-le", (DatedName("Tuần lễ hưởng ứng học tập suốt đời"),), (When(start=(10, 1), end=(10, 7), run_up=2),), 5
)
COLUMN = Campaign(
    "tieng-loa-hoc-bai",
    (DatedName("Tiếng loa học bài"),),
    (When(weekdays=(Weekday.MONDAY, Weekday.FRIDAY)),),
    1,
    is_column=True,
)
TET = Campaign(
    "tet", (DatedName("Tết Nguyên đán"),), (When(start=(1, 1), end=(1, 1), is_lunar=True, run_up=7, after=6),), 3
)


def due_days(campaign: Campaign, year: int, lineage: tuple[str, ...] = ()) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
    return [day for day in days if day.year == year and expand([campaign], day, lineage)]


def test_fixed_day_with_run_up_and_days_after() -> None:
    assert due_days(BOOK_DAY, 2020) == [date(2020, 4, 15) + timedelta(days=offset) for offset in range(9)]


def test_phase_tells_where_in_its_window_a_campaign_stands() -> None:
    phases = {day.day: expand([BOOK_DAY], day)[0].phase for day in due_days(BOOK_DAY, 2020)}

    assert phases == {**dict.fromkeys(range(15, 21), Phase.RUN_UP), 21: Phase.ON, 22: Phase.AFTER, 23: Phase.AFTER}


def test_name_is_the_one_valid_on_the_day() -> None:
    names = {year: expand([BOOK_DAY], date(year, 4, 21))[0].name for year in (2020, 2021, 2022, 2026)}

    assert names == {
        2020: "Ngày Sách Việt Nam",
        2021: "Ngày Sách Việt Nam",
        2022: "Ngày Sách và Văn hóa đọc Việt Nam",
        2026: "Ngày Sách và Văn hóa đọc Việt Nam",
    }


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [(2023, date(2023, 4, 19), date(2023, 4, 23)), (2025, date(2025, 4, 15), date(2025, 5, 2))],
)
def test_own_window_of_a_year_replaces_the_yearly_rule(year: int, first: date, last: date) -> None:
    days = due_days(BOOK_DAY, year)

    assert (days[0], days[-1], len(days)) == (first, last, (last - first).days + 1)


def test_day_held_the_fourth_time_in_2025() -> None:
    assert [ordinal(BOOK_DAY, year) for year in (2021, 2022, 2025)] == [None, 1, 4]


def test_column_is_due_on_its_weekdays_and_counted_by_the_month() -> None:
    monday = date(2026, 10, 5)

    assert expand([COLUMN], monday) == (
        Due(
            "tieng-loa-hoc-bai",
            "Tiếng loa học bài",
            "Tiếng loa học bài",
            monday,
            Phase.ON,
            date(2026, 10, 1),
            date(2026, 10, 31),
            1,
        ),
    )
    assert expand([COLUMN], date(2026, 10, 6)) == ()


def test_heaviest_comes_first() -> None:
    assert [due.campaign for due in expand([COLUMN, WEEK], date(2026, 10, 2))] == ["tuan-le", "tieng-loa-hoc-bai"]


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(1985, date(1985, 1, 21)), (2007, date(2007, 2, 17)), (2026, date(2026, 2, 17)), (2030, date(2030, 2, 2))],
)
def test_tet_is_the_vietnamese_one(year: int, new_year: date) -> None:
    days = due_days(TET, year)

    assert lunar.solar(year, 1, 1) == new_year
    assert (days[0], days[-1]) == (new_year - timedelta(days=7), new_year + timedelta(days=6))


def test_mid_autumn_of_2020_and_2026() -> None:
    assert [lunar.solar(year, 8, 15) for year in (2020, 2026)] == [date(2020, 10, 1), date(2026, 9, 25)]


def test_window_across_the_turn_of_the_year() -> None:
    turn = Campaign("giao-nam", (DatedName("Mừng năm mới"),), (When(start=(12, 30), end=(1, 2)),), 1)

    assert due_days(turn, 2026) == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 12, 30), date(2026, 12, 31)]


def test_29_february_is_the_28th_where_there_is_none() -> None:
    leap = Campaign("nhuan", (DatedName("Ngày nhuận"),), (When(start=(2, 29), end=(2, 29)),), 1)

    assert [due_days(leap, year) for year in (2027, 2028)] == [[date(2027, 2, 28)], [date(2028, 2, 29)]]


def test_window_of_one_area_holds_there_alone() -> None:
    moved = Campaign(
        "tuan-le",
        (DatedName("Tuần lễ"),),
        (When(start=(10, 1), end=(10, 7)), When(first=date(2025, 10, 6), last=date(2025, 10, 12), areas=("dong-nai",))),
        1,
    )

    assert due_days(moved, 2025, ("hai-phong",))[0] == date(2025, 10, 1)
    assert due_days(moved, 2025, ("bien-hoa", "dong-nai"))[0] == date(2025, 10, 6)


def test_campaign_without_a_name_that_day_is_not_due() -> None:
    ended = Campaign("cu", (DatedName("Tên cũ", until=date(2025, 6, 30)),), (When(start=(7, 1), end=(7, 1)),), 1)

    assert expand([ended], date(2025, 7, 1)) == ()


@given(
    start=st.dates(date(2019, 1, 1), date(2031, 12, 31)),
    run_up=st.integers(0, 40),
    after=st.integers(0, 40),
    is_lunar=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_due_day_lies_in_its_window_and_windows_are_as_long_as_said(
    start: date, run_up: int, after: int, is_lunar: bool
) -> None:
    rule = When(
        start=(start.month, min(start.day, 29)),
        end=(start.month, min(start.day, 29)),
        run_up=run_up,
        after=after,
        is_lunar=is_lunar,
    )
    campaign = Campaign("thu", (DatedName("Thử"),), (rule,), 1)

    for window in windows(campaign, start, start + timedelta(days=400)):
        assert (window.start - window.first, window.last - window.end) == (
            timedelta(days=run_up),
            timedelta(days=after),
        )
    for due in expand([campaign], start):
        assert due.first <= due.day <= due.last


def test_own_window_replaces_the_lunar_days_that_fall_into_its_year() -> None:
    kitchen_gods = Campaign(
        "ong-cong-ong-tao",
        (DatedName("Tết ông Công ông Táo"),),
        (When(start=(12, 23), end=(12, 23), is_lunar=True), When(first=date(2026, 2, 8), last=date(2026, 2, 9))),
        1,
    )

    assert [due_days(kitchen_gods, year) for year in (2025, 2026, 2027)] == [
        [date(2025, 1, 22)],
        [date(2026, 2, 8), date(2026, 2, 9)],
        [date(2027, 1, 30)],
    ]


def test_lunar_window_with_run_up_across_the_solar_year() -> None:
    tet = Campaign(
        "tet-som", (DatedName("Tết Nguyên đán"),), (When(start=(1, 1), end=(1, 3), is_lunar=True, run_up=30),), 1
    )

    (window,) = windows(tet, date(1984, 12, 25), date(1984, 12, 31))

    assert (window.first, window.start, window.end) == (date(1984, 12, 22), date(1985, 1, 21), date(1985, 1, 23))


def test_lunar_window_from_the_kitchen_gods_into_the_new_year() -> None:
    tet = Campaign("tet", (DatedName("Tết"),), (When(start=(12, 23), end=(1, 7), is_lunar=True),), 1)

    assert [(one.start, one.end) for one in windows(tet, date(2026, 1, 1), date(2026, 12, 31))] == [
        (date(2026, 2, 10), date(2026, 2, 23))
    ]


def test_last_evening_of_a_short_lunar_year_is_the_29th() -> None:
    eve = Campaign("giao-thua", (DatedName("Giao thừa"),), (When(start=(12, 30), end=(12, 30), is_lunar=True),), 1)

    assert [due_days(eve, year) for year in (2024, 2025, 2026)] == [
        [date(2024, 2, 9)],
        [date(2025, 1, 28)],
        [date(2026, 2, 16)],
    ]


def test_column_begins_and_ends_with_its_rule() -> None:
    column = Campaign(
        "sach-hay",
        (DatedName("Mỗi tuần một cuốn sách"),),
        (When(since=date(2026, 10, 15), until=date(2026, 11, 3)),),
        1,
        is_column=True,
    )

    days = due_days(column, 2026)

    assert (days[0], days[-1], len(days)) == (date(2026, 10, 15), date(2026, 11, 3), 20)


def test_yearly_rule_holds_within_its_own_dates() -> None:
    rule = When(start=(10, 10), end=(10, 10), since=date(2022, 4, 22), until=date(2024, 12, 31))
    digital = Campaign("chuyen-doi-so", (DatedName("Ngày Chuyển đổi số quốc gia"),), (rule,), 1)

    assert [year for year in range(2020, 2027) if due_days(digital, year)] == [2022, 2023, 2024]


def test_campaign_of_one_area_is_due_only_below_it() -> None:
    city = Campaign(
        "thang-khuyen-hoc",
        (DatedName("Tháng Khuyến học"),),
        (When(start=(9, 5), end=(10, 5)),),
        2,
        areas=("hai-phong",),
    )

    assert expand([city], date(2024, 9, 10), ("bien-hoa", "dong-nai")) == ()
    assert expand([city], date(2024, 9, 10)) == ()
    assert [due.campaign for due in expand([city], date(2024, 9, 10), ("cat-ba", "huyen-cat-hai", "hai-phong"))] == [
        "thang-khuyen-hoc"
    ]
    assert [one.start for one in windows_anywhere(city, date(2024, 1, 1), date(2024, 12, 31))] == [date(2024, 9, 5)]


def test_windows_anywhere_are_those_of_every_area() -> None:
    moved = Campaign(
        "tuan-le",
        (DatedName("Tuần lễ"),),
        (When(start=(10, 1), end=(10, 7)), When(first=date(2025, 10, 6), last=date(2025, 10, 12), areas=("dong-nai",))),
        1,
    )

    found = windows_anywhere(moved, date(2025, 1, 1), date(2025, 12, 31))

    assert [(one.start, one.end) for one in found] == [
        (date(2025, 10, 1), date(2025, 10, 7)),
        (date(2025, 10, 6), date(2025, 10, 12)),
    ]


def test_next_window_is_the_one_that_the_day_lies_in_or_the_next() -> None:
    book_days = [next_window(BOOK_DAY, day) for day in (date(2020, 4, 22), date(2020, 4, 24), date(2024, 6, 1))]

    assert [one.first for one in book_days if one] == [date(2020, 4, 15), date(2021, 4, 15), date(2025, 4, 15)]


def test_years_at_the_rim_of_the_lunar_calendar_are_only_without_their_lunar_days() -> None:
    rims = {year: windows(TET, date(year, 1, 1), date(year, 12, 31)) for year in (1900, 2100)}

    assert [[one.start for one in them] for them in rims.values()] == [[date(1900, 1, 31)], [date(2100, 2, 9)]]


def test_year_at_a_glance_is_quick() -> None:
    campaigns = [
        Campaign(f"dot-{number}", (DatedName(f"Đợt {number}"),), (*TET.when, *BOOK_DAY.when, *WEEK.when), 1)
        for number in range(15)
    ]
    began = perf_counter()

    found = [windows(one, date(2026, 1, 1), date(2026, 12, 31)) for one in campaigns]

    assert (len(found), perf_counter() - began < 0.1) == (15, True)


@given(
    day=st.dates(date(2018, 1, 1), date(2032, 12, 31)),
    run_up=st.integers(0, 180),
    after=st.integers(0, 180),
    start=st.tuples(st.integers(1, 12), st.integers(1, 29)),
    end=st.tuples(st.integers(1, 12), st.integers(1, 29)),
    is_lunar=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_window_that_holds_a_day_is_found_from_any_year(
    day: date, run_up: int, after: int, start: tuple[int, int], end: tuple[int, int], is_lunar: bool
) -> None:
    rule = When(start=start, end=end, run_up=run_up, after=after, is_lunar=is_lunar)
    campaign = Campaign("thu", (DatedName("Thử"),), (rule,), 1)

    wide: set[Window] = set(windows(campaign, day - timedelta(days=1500), day + timedelta(days=1500)))

    assert set(windows(campaign, day, day)) == {one for one in wide if one.holds(day)}
    assert bool(expand([campaign], day)) == any(one.holds(day) for one in wide)


LOCAL = replace(WEEK, when=(*WEEK.when, When(start=(9, 5), end=(10, 5), areas=("hai-phong",), since=date(2024, 1, 1))))


@given(
    campaign=st.sampled_from([BOOK_DAY, WEEK, COLUMN, TET, LOCAL]),
    first=st.dates(date(2019, 12, 1), date(2031, 3, 1)),
    count=st.integers(0, 500),
    lineage=st.sampled_from([(), ("cat-ba", "cat-hai", "hai-phong"), ("ba-long",)]),
)
def test_many_days_at_once_are_those_that_each_day_by_itself_finds(
    campaign: Campaign, first: date, count: int, lineage: tuple[str, ...]
) -> None:
    days = [first + timedelta(days=offset) for offset in range(count)]

    assert calendar.due_days(campaign, days, lineage) == tuple(day for day in days if expand([campaign], day, lineage))
