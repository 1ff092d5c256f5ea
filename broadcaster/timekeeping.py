"""The watch on the wall: the only place that asks the machine for the time. Everything else is given it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from broadcaster.errors import WrongUsage
from broadcaster.words import say

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone of every broadcast day and hour (+07:00 all the year), whatever the machine's own."""


FIRST_YEAR, LAST_YEAR = 1990, 2199
"""Years of a day that a person may name: no other is meant."""


def now() -> datetime:
    """This moment, aware, at +07:00."""
    return datetime.now(ZONE)


def moment(day: date, hour: time) -> datetime:
    """The instant of `hour` on the broadcast day `day`."""
    return datetime.combine(day, hour, ZONE)


def broadcast_day(instant: datetime) -> date:
    """The broadcast day that `instant` lies in: the calendar day at +07:00."""
    return instant.astimezone(ZONE).date()


def hour(instant: datetime) -> str:
    """The hour and minute of `instant` at +07:00, as 05:30."""
    return instant.astimezone(ZONE).isoformat()[11:16]


def days(first: date, count: int) -> tuple[date, ...]:
    """`count` days from `first` on."""
    return tuple(first + timedelta(days=offset) for offset in range(count))


def day_from_text(text: str) -> date:
    """A day written as 2020-10-02. Raises WrongUsage."""
    try:
        found = date.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError
        return found
    except ValueError as error:
        raise WrongUsage(
            say("“{text}” is not a day. Write it as year-month-day, for example 2026-10-02.", text=text)
        ) from error


def hour_from_text(text: str) -> time:
    """An hour of the day written as 05:30. Raises WrongUsage."""
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 -- only the hour is taken from it
    except ValueError as error:
        raise WrongUsage(
            say("“{text}” is not an hour. Write it as hours:minutes, for example 05:30.", text=text)
        ) from error


def moment_from_text(text: str, at: datetime) -> datetime:
    """A moment written as 2026-10-02T05:30, or as an hour: the next one after `at`. Raises WrongUsage."""
    day, _, hour = text.strip().replace(" ", "T").rpartition("T")
    if day:
        return moment(day_from_text(day), hour_from_text(hour))
    today = moment(broadcast_day(at), hour_from_text(hour))
    return today if today > at else today + timedelta(days=1)
