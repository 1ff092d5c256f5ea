"""Campaigns (đợt tuyên truyền) and columns (chuyên mục): themes with a weight, names with dates, and rules for when they are due."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import YEARS, Form, did_you_mean, read_form
from broadcaster.planning.plan import Plan
from broadcaster.stations.area import Areas, named_tables
from broadcaster.types import DatedName, Finding, Weekday, Weight
from broadcaster.words import say


@dataclass(frozen=True)
class When:
    """One rule of a campaign's days.

    Either yearly (`start`, `end` as month and day, lunar ones by the Vietnamese calendar), or one year's own window
    (`first`, `last`), which in the areas it names replaces what the yearly rules say for that year; or, with none of these, every
    day (a column). `weekdays` narrows any of them. `run_up` and `after` are days before and after on which the campaign is already, or still, due.
    """

    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None
    is_lunar: bool = False
    first: date | None = None
    last: date | None = None
    weekdays: tuple[Weekday, ...] = tuple(Weekday)
    run_up: int = 0
    after: int = 0
    since: date | None = None
    until: date | None = None
    areas: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether it names no days at all: a column's rule."""
        return self.start is None and self.first is None


@dataclass(frozen=True)
class Theme:
    """A year's own theme of a campaign (chủ đề), with the document or report it was taken from."""

    year: int
    text: str
    source: str


@dataclass(frozen=True)
class Campaign:
    """A theme with a weight, and the clauses of the plan that it serves. `ordinal_base` is the year before the first time it was held under its name."""

    slug: str
    names: tuple[DatedName, ...]
    when: tuple[When, ...]
    weight: int
    clauses: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    ordinal_base: int | None = None
    is_column: bool = False


class Phase(StrEnum):
    """Where in its window a due campaign stands."""

    RUN_UP = "run-up"
    ON = "on"
    AFTER = "after"


@dataclass(frozen=True)
class Due:
    """A campaign that is due on `day`, under the name then valid. `first`–`last` is its window with run-up and after (a column's is the calendar month)."""

    campaign: str
    name: str
    spoken: str
    day: date
    phase: Phase
    first: date
    last: date
    weight: int


LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_LUNAR_MONTHS = (30,) * 12
LONGEST_MARGIN = 180
"""Days that a run-up, or the days after, may last: the calendar looks half a year around."""


def read_campaign(path: Path, root: Path) -> Campaign:
    """The campaign in the file at `path`. Raises BadFile naming the file, the line and what to write instead."""
    form = read_form(path, root)
    campaign = Campaign(
        slug=form.slug_from_file(),
        names=named_tables(form, "names"),
        when=tuple(_when(one) for one in form.forms("when")),
        weight=form.whole("weight", least=1),
        clauses=form.texts("clauses"),
        areas=form.slugs("areas"),
        audience=form.slugs("audience"),
        themes=tuple(_theme(one) for one in form.forms("theme")),
        ordinal_base=form.whole("ordinal_base", least=YEARS[0], most=YEARS[-1]) if form.has("ordinal_base") else None,
        is_column=form.flag("column", default=False),
    )
    form.done()
    if not campaign.when or not campaign.names:
        raise BadFile(say("{place}: a campaign needs its names and at least one [[when]].", place=form.place))
    return campaign


def campaign_findings(campaign: Campaign, plans: Iterable[Plan], areas: Areas) -> tuple[Finding, ...]:
    """Blocking findings: clauses that no plan has, areas that are not there, each with what may have been meant."""
    clauses = [clause.id for plan in plans for clause in plan.clauses]
    place = f"schedules/campaigns/{campaign.slug}.toml"
    named = dict.fromkeys((*campaign.areas, *(area for when in campaign.when for area in when.areas)))
    return (
        *(
            Finding(
                Weight.BLOCKING,
                "clause",
                place,
                say("No plan has a clause “{clause}”.{hint}", clause=clause, hint=did_you_mean(clause, clauses)),
            )
            for clause in campaign.clauses
            if clause not in clauses
        ),
        *(
            Finding(
                Weight.BLOCKING,
                "area",
                place,
                say("There is no area “{area}”.{hint}", area=area, hint=did_you_mean(area, areas)),
            )
            for area in named
            if area not in areas
        ),
    )


def _when(form: Form) -> When:
    start, end, is_lunar = _span(form)
    when = When(
        start=start,
        end=end,
        is_lunar=is_lunar,
        first=form.day_or_none("first"),
        last=form.day_or_none("last"),
        weekdays=form.choices("weekdays", Weekday) or tuple(Weekday),
        run_up=form.whole("run_up", default=0, most=LONGEST_MARGIN),
        after=form.whole("after", default=0, most=LONGEST_MARGIN),
        since=form.day_or_none("since"),
        until=form.day_or_none("until"),
        areas=form.slugs("areas"),
        source=form.text("source", default=""),
    )
    form.done()
    if (
        (when.first is None) != (when.last is None)
        or (when.first and when.last and when.first > when.last)
        or (when.first and when.start)
    ):
        raise BadFile(
            say(
                "{place}: a year's own window has “first” and “last”, in this order, and no yearly days.",
                place=form.place,
            )
        )
    if when.since and when.until and when.since > when.until:
        raise BadFile(say("{place}: “since” comes before “until”.", place=form.at("since")))
    if when.is_standing and (when.run_up or when.after):
        raise BadFile(
            say("{place}: a rule that names no days has no “run_up” and no “after”. Name its days.", place=form.place)
        )
    return when


def _span(form: Form) -> tuple[tuple[int, int] | None, tuple[int, int] | None, bool]:
    on, since, until = (form.text(key, default="") for key in ("on", "from", "to"))
    if not on and not since and not until:
        return None, None, False
    if bool(on) == bool(since) or bool(since) != bool(until):
        raise BadFile(say("{place}: a yearly rule has either “on”, or “from” and “to”.", place=form.place))
    first, last = ("on", "on") if on else ("from", "to")
    start, is_lunar = _month_day(form, first)
    end, ends_lunar = _month_day(form, last)
    if is_lunar != ends_lunar:
        raise BadFile(say("{place}: “from” and “to” are both lunar days, or both are not.", place=form.at("from")))
    return start, end, is_lunar


def _month_day(form: Form, key: str) -> tuple[tuple[int, int], bool]:
    text = form.text(key)
    found = re.fullmatch(r"(lunar:)?(\d\d)-(\d\d)", text, re.ASCII)
    month, day = (int(found[2]), int(found[3])) if found else (0, 0)
    longest = LONGEST_LUNAR_MONTHS if found and found[1] else LONGEST_MONTHS
    if not 1 <= month <= 12 or not 1 <= day <= longest[month - 1]:
        raise BadFile(
            say(
                "{place}: “{text}” is not a day of the year. Write month-day, for example 10-02, or lunar:08-15.",
                place=form.at(key),
                text=text,
            )
        )
    return (month, day), text.startswith("lunar:")


def _theme(form: Form) -> Theme:
    theme = Theme(
        form.whole("year", least=YEARS[0], most=YEARS[-1]), form.text("text"), form.text("source", default="")
    )
    form.done()
    return theme
