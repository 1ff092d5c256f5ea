"""A year's campaign calendar (lịch tuyên truyền) as pages show it: its rows, and where their days lie on a line from January to December."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from broadcaster.planning.calendar import Window, ordinal, windows_anywhere
from broadcaster.planning.campaign import Campaign
from broadcaster.types import name_on

THICKEST = 5
"""Weights beyond this one are drawn as thick as it is."""
APART = timedelta(days=14)
"""Two bars nearer to each other than this would run into one on a phone, and so lie in different lanes."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One campaign or column in the year, under the name of its last window; `windows` are all that touch the year, a column's months joined."""

    slug: str
    name: str
    weight: int
    windows: tuple[Window, ...]
    is_confirmed: bool = True
    ordinal: int | None = None
    theme: str = ""


@dataclass(frozen=True)
class CampaignYear:
    """The campaigns in the order of their first days, and the columns, the heaviest first."""

    year: int
    campaigns: tuple[Row, ...]
    columns: tuple[Row, ...]


@dataclass(frozen=True)
class Dated:
    """One window as a list names it, with the row that it belongs to."""

    window: Window
    row: Row


@dataclass(frozen=True)
class Bar:
    """A window drawn on the year's line, in per cent of it: `start`–`end` its own days, `first`–`last` all on which it may be aired."""

    first: str
    start: str
    end: str
    last: str
    thickness: int
    window: Window


def campaign_year(campaigns: Iterable[Campaign], year: int) -> CampaignYear:
    """What is due in `year` in any area at all; a campaign without a day in it has no row."""
    found = [(one, row) for one in campaigns if (row := _row(one, year))]
    return CampaignYear(
        year,
        tuple(
            sorted((row for one, row in found if not one.is_column), key=lambda row: (row.windows[0].start, row.slug))
        ),
        tuple(sorted((row for one, row in found if one.is_column), key=lambda row: (-row.weight, row.slug))),
    )


def by_month(calendar: CampaignYear) -> tuple[tuple[int, tuple[Dated, ...]], ...]:
    """The campaigns' windows under the month in which they begin (of this year: the first or the last for those that reach in); months without any are left out."""
    first, last = date(calendar.year, 1, 1), date(calendar.year, 12, 31)
    months: dict[int, list[Dated]] = {}
    for dated in _dated(calendar):
        months.setdefault(min(max(dated.window.start, first), last).month, []).append(dated)
    return tuple((month, tuple(months[month])) for month in sorted(months))


def due(calendar: CampaignYear, day: date) -> tuple[Dated, ...]:
    """The campaigns' windows that `day` lies in, run-up and days after included, the heaviest first."""
    found = [one for one in _dated(calendar) if one.window.first <= day <= one.window.last]
    return tuple(sorted(found, key=lambda one: (-one.row.weight, one.window.start, one.row.slug)))


def coming(calendars: Iterable[CampaignYear], day: date) -> tuple[Dated, ...]:
    """The windows that begin after `day`, the next one first."""
    found = {one.window: one for calendar in calendars for one in _dated(calendar) if one.window.first > day}
    return tuple(sorted(found.values(), key=lambda one: (one.window.first, one.window.start, one.row.slug)))


def months_line(year: int) -> tuple[tuple[str, str], ...]:
    """Where each month begins, and its middle, in per cent of the year's line."""
    begins = [_place(date(year, month, 1), year) for month in range(1, 13)]
    return tuple(
        (_percent(begin), _percent((begin + end) / 2)) for begin, end in zip(begins, [*begins[1:], 100.0], strict=True)
    )


def day_place(day: date, year: int) -> str | None:
    """The middle of `day` in per cent of the year's line; None outside the year."""
    return _percent(_middle(day, year)) if day.year == year else None


def bars(windows: Iterable[Window], weight: int, year: int) -> tuple[Bar, ...]:
    """The windows drawn, what lies outside the year cut off; the heavier, the thicker. One whose own days are all in another year has none to show."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return tuple(
        Bar(
            first=_percent(_place(max(one.first, first), year)),
            start=_percent(_middle(max(one.start, first), year)),
            end=_percent(_middle(min(one.end, last), year)),
            last=_percent(_place(min(one.last, last) + ONE_DAY, year)),
            thickness=4 + 2 * min(weight, THICKEST),
            window=one,
        )
        for one in windows
        if one.start <= last and first <= one.end
    )


def lanes(rows: Sequence[Row], year: int) -> tuple[tuple[Bar, ...], ...]:
    """All bars of `rows` on as few lines as hold them side by side: the year in a glance."""
    lines: list[list[Bar]] = []
    drawn = [bar for row in rows for bar in bars(row.windows, row.weight, year)]
    for bar in sorted(drawn, key=lambda bar: (bar.window.first, bar.window.last, bar.window.campaign)):
        line = next((line for line in lines if line[-1].window.last + APART < bar.window.first), None)
        if line is None:
            lines.append([bar])
        else:
            line.append(bar)
    return tuple(tuple(line) for line in lines)


def _row(campaign: Campaign, year: int) -> Row | None:
    found = windows_anywhere(campaign, date(year, 1, 1), date(year, 12, 31))
    if not found:
        return None
    last = found[-1]
    name = name_on(campaign.names, last.start) or name_on(campaign.names, last.end)
    return Row(
        slug=campaign.slug,
        name=last.name,
        weight=campaign.weight,
        windows=tuple(_joined(found)) if campaign.is_column else found,
        is_confirmed=name is None or name.is_confirmed,
        ordinal=ordinal(campaign, year),
        theme=next((theme.text for theme in campaign.themes if theme.year == year), ""),
    )


def _joined(months: Sequence[Window]) -> Iterator[Window]:
    """Windows on the same days of the week of which one follows the other become one, of any kind of length."""
    whole = months[0]
    for window in months[1:]:
        if window.weekdays == whole.weekdays and window.first <= whole.last + ONE_DAY:
            whole = replace(window, first=whole.first, start=whole.start, last=max(whole.last, window.last))
        else:
            yield whole
            whole = window
    yield whole


def _dated(calendar: CampaignYear) -> list[Dated]:
    dated = [Dated(window, row) for row in calendar.campaigns for window in row.windows]
    return sorted(dated, key=lambda one: (one.window.start, one.window.end, one.row.slug))


def _place(day: date, year: int) -> float:
    begin, end = date(year, 1, 1), date(year + 1, 1, 1)
    return 100 * (day - begin).days / (end - begin).days


def _middle(day: date, year: int) -> float:
    return (_place(day, year) + _place(day + ONE_DAY, year)) / 2


def _percent(place: float) -> str:
    return f"{place:.2f}%"
