"""The campaign calendar (lịch tuyên truyền): which campaigns are due on which day, under which name; computed, never written down."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from broadcaster.planning import lunar
from broadcaster.planning.campaign import Campaign, Due, Phase, When
from broadcaster.types import Weekday, name_on


@dataclass(frozen=True)
class Window:
    """One stretch on which a campaign is due: `first`–`last` with run-up and days after, `start`–`end` without. All included."""

    campaign: str
    name: str
    first: date
    start: date
    end: date
    last: date
    weekdays: tuple[Weekday, ...]


def expand(campaigns: Iterable[Campaign], day: date, lineage: Sequence[str] = ()) -> tuple[Due, ...]:
    """The campaigns due on `day` in an area (`lineage`: it and all above it; empty: anywhere), the heaviest first, then by slug.

    A campaign without a name that is valid on `day` is not due. A year's own window replaces the yearly rules of that year.
    """
    due = [found for campaign in campaigns if (found := _due(campaign, day, lineage))]
    return tuple(sorted(due, key=lambda one: (-one.weight, one.campaign)))


def windows(campaign: Campaign, first: date, last: date, lineage: Sequence[str] = ()) -> tuple[Window, ...]:
    """The campaign's windows that touch `first`–`last`, in order; a column has one, as long as its name holds."""
    if not _reaches(campaign.areas, lineage):
        return ()
    rules = [when for when in campaign.when if _reaches(when.areas, lineage)]
    found = {window for year in range(first.year - 1, last.year + 2) for window in _of_year(campaign, rules, year)}
    found |= {window for when in rules if when.is_standing for window in _months(campaign, when, first, last)}
    return tuple(
        sorted((one for one in found if one.first <= last and first <= one.last), key=lambda one: (one.first, one.last))
    )


def next_window(campaign: Campaign, day: date) -> Window | None:
    """The window that `day` lies in, or the next one within a year and a month; None where there is none."""
    found = windows(campaign, day, day + timedelta(days=400))
    return found[0] if found else None


def ordinal(campaign: Campaign, year: int) -> int | None:
    """Which time the day is held in `year` under its present name, where the campaign counts (lần thứ = year - base)."""
    return year - campaign.ordinal_base if campaign.ordinal_base is not None and year > campaign.ordinal_base else None


def _due(campaign: Campaign, day: date, lineage: Sequence[str]) -> Due | None:
    name = name_on(campaign.names, day)
    if name is None:
        return None
    found = [window for window in windows(campaign, day, day, lineage) if Weekday.of(day) in window.weekdays]
    if not found:
        return None
    window = min(found, key=lambda one: (not one.start <= day <= one.end, one.first))
    phase = Phase.RUN_UP if day < window.start else Phase.AFTER if day > window.end else Phase.ON
    return Due(
        campaign.slug, name.text, name.spoken or name.text, day, phase, window.first, window.last, campaign.weight
    )


def _of_year(campaign: Campaign, rules: Sequence[When], year: int) -> Iterator[Window]:
    own = [(when, when.first, when.last) for when in rules if when.first and when.last and when.first.year == year]
    for when, first, last in own:
        yield from _window(campaign, when, first, last)
    for when in rules:
        if when.start and when.end and not own:
            start = _day(when, year, when.start)
            end = _day(when, year if when.end >= when.start else year + 1, when.end)
            if start and end:
                yield from _window(campaign, when, start, end)


def _day(when: When, year: int, month_day: tuple[int, int]) -> date | None:
    """The day of a rule in `year`; the 29th of February is the 28th where there is none, the 30th of a short lunar month its 29th."""
    month, day = month_day
    if when.is_lunar:
        return lunar.solar(year, month, day) or (lunar.solar(year, month, day - 1) if day == 30 else None)
    return date(year, month, min(day, monthrange(year, month)[1]))


def _months(campaign: Campaign, when: When, first: date, last: date) -> Iterator[Window]:
    """A column is always due; what it had is counted by the month."""
    start = first.replace(day=1)
    while start <= last:
        end = start.replace(day=monthrange(start.year, start.month)[1])
        yield from _window(campaign, when, start, end)
        start = end + timedelta(days=1)


def _window(campaign: Campaign, when: When, start: date, end: date) -> Iterator[Window]:
    name = name_on(campaign.names, start) or name_on(campaign.names, end)
    if name is None or (when.since and end < when.since) or (when.until and when.until < start):
        return
    first, last = start - timedelta(days=when.run_up), end + timedelta(days=when.after)
    yield Window(campaign.slug, name.text, first, start, end, last, when.weekdays)


def _reaches(areas: Sequence[str], lineage: Sequence[str]) -> bool:
    return not areas or bool(set(areas) & set(lineage))
