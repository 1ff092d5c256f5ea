"""Which campaigns are due when: fixed days, ranges, yearly exceptions, weekday rules, lunar days, names that change with the law."""

from datetime import date, timedelta

import ephem
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.planning import lunar
from broadcaster.planning.calendar import expand, ordinal, windows
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


def _moons(year: int) -> list[date]:
    """The days at UTC+7 on which a lunar month begins, by the astronomer's reckoning."""
    found, moment = [], ephem.Date(f"{year - 1}/12/1")
    while (moment := ephem.next_new_moon(moment)) < ephem.Date(f"{year + 1}/1/2"):
        found.append((ephem.Date(moment + 7 * ephem.hour)).datetime().date())
        moment = ephem.Date(moment + 1)
    return found


@pytest.mark.parametrize("decade", range(1968, 2050, 10))
def test_lunar_months_begin_with_the_new_moon_at_utc_plus_7(decade: int) -> None:
    for year in range(decade, min(decade + 10, 2050)):
        begins = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        by_library = {day for day in begins if day.year == year and lunar.lunar(day)[2] == 1}

        assert by_library == {day for day in _moons(year) if day.year == year}


@pytest.mark.parametrize("year", range(1968, 2050))
def test_eleventh_month_holds_the_winter_solstice_at_utc_plus_7(year: int) -> None:
    solstice = ephem.Date(ephem.next_winter_solstice(f"{year}/12/1") + 7 * ephem.hour).datetime().date()

    assert lunar.lunar(solstice)[1] == 11
