"""The Vietnamese lunar calendar against the sky: new moons and the sun's terms as ephem reckons them, at UTC+7, 1968 to 2049."""

import math
from datetime import date, timedelta
from itertools import pairwise

import ephem
import pytest

from broadcaster.planning import lunar

FIRST, LAST = date(1968, 1, 1), date(2049, 12, 31)


def local_day(moment: ephem.Date) -> date:
    found: date = ephem.Date(moment + 7 * ephem.hour).datetime().date()
    return found


def term(day: date) -> int:
    """Which of the twelve major terms the sun has reached when `day` begins at UTC+7: 9 is the winter solstice."""
    moment = ephem.Date(day.isoformat()) - 7 * ephem.hour
    longitude = math.degrees(ephem.Ecliptic(ephem.Sun(moment), epoch=moment).lon)
    return int(longitude // 30)


def months_of_the_sky() -> list[tuple[date, int]]:
    """The beginning of each lunar month and its number; a leap month has the number of the one before it.

    The rule: the month with the winter solstice is the eleventh; where thirteen months lie between two of these, the first
    without a major term is the leap month.
    """
    begins: list[date] = []
    moment = ephem.Date("1966/11/1")
    while begins[-1:] < [date(2051, 2, 1)]:
        moment = ephem.next_new_moon(moment)
        begins.append(local_day(moment))
        moment = ephem.Date(moment + 1)
    terms = [term(day) for day in begins]
    eleventh = [at for at, (one, other) in enumerate(pairwise(terms)) if 6 <= one < 9 <= other]
    found = []
    for one, other in pairwise(eleventh):
        leap = next((at for at in range(one, other) if terms[at] == terms[at + 1]), None) if other - one == 13 else None
        number = 10
        for at in range(one, other):
            number += at != leap
            found.append((begins[at], (number - 1) % 12 + 1))
    return found


def test_every_day_of_82_years_agrees_with_the_sky() -> None:
    by_sky: dict[date, tuple[int, int]] = {}
    for (begin, month), (end, _) in pairwise(months_of_the_sky()):
        by_sky |= {begin + timedelta(days=day): (month, day + 1) for day in range((end - begin).days)}
    days = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]

    wrong = [day for day in days if lunar.lunar(day)[1:] != by_sky[day]]

    assert (len(days), wrong) == (29_951, [])


@pytest.mark.parametrize(
    ("lunar_day", "solar_day"),
    [
        ((1985, 1, 1), date(1985, 1, 21)),
        ((2007, 1, 1), date(2007, 2, 17)),
        ((2020, 1, 1), date(2020, 1, 25)),
        ((2026, 1, 1), date(2026, 2, 17)),
        ((2030, 1, 1), date(2030, 2, 2)),
        ((2020, 1, 15), date(2020, 2, 8)),
        ((2020, 8, 15), date(2020, 10, 1)),
        ((2026, 8, 15), date(2026, 9, 25)),
        ((2025, 12, 23), date(2026, 2, 10)),
    ],
)
def test_days_that_the_house_lives_by(lunar_day: tuple[int, int, int], solar_day: date) -> None:
    assert (lunar.solar(*lunar_day), lunar.lunar(solar_day)) == (solar_day, lunar_day)


@pytest.mark.parametrize(
    ("lunar_day", "ordinary"),
    [((2020, 4, 15), date(2020, 5, 7)), ((2023, 2, 1), date(2023, 2, 20)), ((2025, 6, 15), date(2025, 7, 9))],
)
def test_day_in_a_year_with_that_month_twice_is_the_ordinary_month_s(
    lunar_day: tuple[int, int, int], ordinary: date
) -> None:
    assert lunar.solar(*lunar_day) == ordinary


def test_30th_of_a_short_month_is_none() -> None:
    assert [lunar.solar(2024, 12, day) for day in (29, 30)] == [date(2025, 1, 28), None]


def test_years_that_are_not_reckoned_are_none() -> None:
    assert [lunar.solar(year, 1, 1) for year in (1899, 2101)] == [None, None]
