"""Campaigns (đợt tuyên truyền) and columns (chuyên mục): themes with a weight, names with dates, and rules for when they are due."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broadcaster.types import DatedName, Weekday


@dataclass(frozen=True)
class When:
    """One rule of a campaign's days.

    Either yearly (`start`, `end` as month and day, lunar ones by the Vietnamese calendar), or one year's own window
    (`first`, `last`), which in the areas it names replaces the yearly rules of that year; or, with none of these, every
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
