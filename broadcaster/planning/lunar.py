"""The Vietnamese lunar calendar (âm lịch, at UTC+7), behind two functions; a Chinese one is wrong on some days of some years."""

from datetime import date
from functools import cache

import lunar_vn


@cache
def solar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar one of an ordinary (not leap) month.

    None where that month has no such day, and outside the solar years 1900–2100, which the library reckons.
    """
    try:
        found = lunar_vn.convert_lunar_to_solar(day, month, year)
        return found if lunar(found) == (year, month, day) else None
    except ValueError:
        return None


def lunar(day: date) -> tuple[int, int, int]:
    """The lunar year, month and day of a solar day; of a leap month too the month's own number. Raises ValueError outside 1900–2100."""
    found = lunar_vn.solar_to_lunar(day)
    return found.year, found.month, found.day
