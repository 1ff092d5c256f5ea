"""Commands about the plan: calendar."""

from datetime import date, timedelta

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk.workspace import read_workspace
from broadcaster.planning.calendar import Window, ordinal, windows_anywhere
from broadcaster.planning.campaign import Campaign
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import Weekday
from broadcaster.words import say

WEEKS = 53


@command(
    "calendar",
    help="The campaign calendar, a year at a glance: each week of the year, and the days of every campaign.",
    example="broadcaster calendar --year 2026\nbroadcaster calendar --year 2020 --campaign ngay-sach",
    lists=True,
)
@click.option("--year", type=click.IntRange(1900, 2100), help="The year; else this one.")
@click.option("--campaign", help="Only this campaign.")
def calendar(door: Door, year: int | None, campaign: str | None) -> None:
    workspace = read_workspace(door.root())
    year = year or broadcast_day(now()).year
    chosen = (
        [workspace.campaign(campaign)]
        if campaign
        else sorted(workspace.campaigns.values(), key=lambda one: (one.is_column, -one.weight, one.slug))
    )
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [(one, windows_anywhere(one, first, last)) for one in chosen]
    if door.as_json:
        door.json(
            [
                {
                    "campaign": one.slug,
                    "name": each.name,
                    "first": each.first,
                    "start": each.start,
                    "end": each.end,
                    "last": each.last,
                    "column": one.is_column,
                    "weight": one.weight,
                    "ordinal": ordinal(one, each.start.year),
                }
                for one, them in found
                for each in them
            ]
        )
        return
    click.echo(f"{year}  " + "".join(f"{month:<4}" if month < 12 else f"{month}" for month in range(1, 13)))
    for one, them in found:
        if them:
            click.echo(f"{_weeks(them, year)}  {them[-1].name}: {_when(one, them, door.language)}")
    door.answer(say("▓ the days themselves, ░ run-up and days after, · a standing column; one sign a week."))


def _weeks(them: tuple[Window, ...], year: int) -> str:
    return "".join(_sign(them, date(year, 1, 1) + timedelta(days=7 * week)) for week in range(WEEKS))


def _sign(them: tuple[Window, ...], monday: date) -> str:
    week = [monday + timedelta(days=offset) for offset in range(7)]
    standing = any((one.end - one.start).days >= 27 for one in them)
    if any(one.start <= day <= one.end for day in week for one in them):
        return "·" if standing and len(them) > 6 else "▓"
    return "░" if any(one.first <= day <= one.last for day in week for one in them) else " "


def _when(campaign: Campaign, them: tuple[Window, ...], language: str) -> str:
    if campaign.is_column:
        days = them[0].weekdays
        return say("all year").into(language) if len(days) == len(Weekday) else ", ".join(day.value for day in days)
    return "; ".join(
        f"{one.start:%d/%m}" if one.start == one.end else f"{one.start:%d/%m}–{one.end:%d/%m}" for one in them
    )


commands = {"calendar": calendar}
