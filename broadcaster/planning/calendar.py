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

    def holds(self, day: date) -> bool:
        """Whether the campaign is due on `day` by this window; its name on that day is not asked for."""
        return self.first <= day <= self.last and Weekday.of(day) in self.weekdays


def expand(campaigns: Iterable[Campaign], day: date, lineage: Sequence[str] = ()) -> tuple[Due, ...]:
    """The campaigns due on `day` in an area, the heaviest first, then by slug.

    `lineage` is the area and all above it on that day; what is restricted to areas applies only where the lineage holds one of them.
    A campaign without a name that is valid on `day` is not due. A year's own window replaces the yearly rules' windows that begin in that year.
    """
    due = [found for campaign in campaigns if (found := _due(campaign, day, lineage))]
    return tuple(sorted(due, key=lambda one: (-one.weight, one.campaign)))


def told_apart(campaigns: Iterable[Campaign]) -> frozenset[str]:
    """The areas that any of the campaigns tells apart; where two lineages agree in these, `expand` finds the same in both."""
    return frozenset(
        area for one in campaigns for area in (*one.areas, *(area for when in one.when for area in when.areas))
    )


def due_days(campaign: Campaign, days: Sequence[date], lineage: Sequence[str] = ()) -> tuple[date, ...]:
    """Those of `days` (in order) on which `expand` finds the campaign due in an area: its windows are computed once for all of them."""
    if not days:
        return ()
    found = windows(campaign, days[0], days[-1], lineage)
    return tuple(day for day in days if name_on(campaign.names, day) and any(window.holds(day) for window in found))


def windows(campaign: Campaign, first: date, last: date, lineage: Sequence[str] = ()) -> tuple[Window, ...]:
    """The campaign's windows in an area that touch `first`–`last`, in order; a column has one for each calendar month."""
    if not _reaches(campaign.areas, lineage):
        return ()
    rules = [when for when in campaign.when if _reaches(when.areas, lineage)]
    found = {*_by_year(campaign, rules, range(first.year - 2, last.year + 2)), *_by_month(campaign, rules, first, last)}
    return tuple(
        sorted(
            (one for one in found if one.first <= last and first <= one.last),
            key=lambda one: (one.first, one.last, one.start),
        )
    )


def windows_anywhere(campaign: Campaign, first: date, last: date) -> tuple[Window, ...]:
    """The campaign's windows that touch `first`–`last` in any area at all, in order: where the areas differ, those of each."""
    named = sorted({area for when in campaign.when for area in when.areas})
    lineages = [campaign.areas, *((*campaign.areas, area) for area in named)]
    found = {window for lineage in lineages for window in windows(campaign, first, last, lineage)}
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.start)))


def next_window(campaign: Campaign, day: date) -> Window | None:
    """The window that `day` lies in, or the next one within a year and a month, in any area; None where there is none."""
    found = windows_anywhere(campaign, day, day + timedelta(days=400))
    return found[0] if found else None


def ordinal(campaign: Campaign, year: int) -> int | None:
    """Which time the day is held in `year` under its present name, where the campaign counts (lần thứ = year - base)."""
    return year - campaign.ordinal_base if campaign.ordinal_base is not None and year > campaign.ordinal_base else None


def _due(campaign: Campaign, day: date, lineage: Sequence[str]) -> Due | None:
    name = name_on(campaign.names, day)
    if name is None:
        return None
    found = [window for window in windows(campaign, day, day, lineage) if window.holds(day)]
    if not found:
        return None
    window = min(found, key=lambda one: (not one.start <= day <= one.end, one.first))
    phase = Phase.RUN_UP if day < window.start else Phase.AFTER if day > window.end else Phase.ON
    return Due(
        campaign.slug, name.text, name.spoken or name.text, day, phase, window.first, window.last, campaign.weight
    )


def _by_year(campaign: Campaign, rules: Sequence[When], years: Iterable[int]) -> Iterator[Window]:
    own = [(when, when.first, when.last) for when in rules if when.first and when.last]
    for when, first, last in own:
        yield from _window(campaign, when, first, last)
    replaced = {first.year for _, first, _ in own}
    for when in rules:
        for start, end in _stretches(when, years):
            if start.year not in replaced:
                yield from _window(campaign, when, start, end)


def _stretches(when: When, years: Iterable[int]) -> Iterator[tuple[date, date]]:
    """A yearly rule's days, for each of `years` (lunar years of a lunar rule) in which they begin; they may end in the next."""
    if when.start is None or when.end is None:
        return
    for year in years:
        start = _day(when, year, when.start)
        end = _day(when, year if when.end >= when.start else year + 1, when.end)
        if start and end:
            yield start, end


def _day(when: When, year: int, month_day: tuple[int, int]) -> date | None:
    """The day of a rule in `year`; the 29th of February is the 28th where there is none, the 30th of a short lunar month its 29th."""
    month, day = month_day
    if when.is_lunar:
        return lunar.solar(year, month, day) or (lunar.solar(year, month, 29) if day == 30 else None)
    return date(year, month, min(day, monthrange(year, month)[1]))


def _by_month(campaign: Campaign, rules: Sequence[When], first: date, last: date) -> Iterator[Window]:
    """A column is always due, while its rule holds; what it had is counted by the month."""
    month = first.replace(day=1)
    while month <= last:
        end = month.replace(day=monthrange(month.year, month.month)[1])
        for when in rules:
            if when.is_standing:
                yield from _window(campaign, when, max(month, when.since or month), min(end, when.until or end))
        month = end + timedelta(days=1)


def _window(campaign: Campaign, when: When, start: date, end: date) -> Iterator[Window]:
    name = name_on(campaign.names, start) or name_on(campaign.names, end)
    if name is None or end < max(start, when.since or start) or (when.until and when.until < start):
        return
    first, last = start - timedelta(days=when.run_up), end + timedelta(days=when.after)
    yield Window(campaign.slug, name.text, first, start, end, last, when.weekdays)


def _reaches(areas: Sequence[str], lineage: Sequence[str]) -> bool:
    return not areas or not set(areas).isdisjoint(lineage)
