"""Commands about the plan and for whom it is: calendar, station."""

import sys
from datetime import date, timedelta

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk.workspace import Workspace, read_workspace
from broadcaster.planning.calendar import Window, ordinal, windows_anywhere
from broadcaster.planning.campaign import Campaign
from broadcaster.stations.airtime import in_words
from broadcaster.stations.area import lineage_on, name_on
from broadcaster.stations.station import Station
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import Weekday
from broadcaster.types import name_on as dated_name_on
from broadcaster.words import Sentence, say

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


@command("list", help="All stations with today's names.", example="broadcaster station list", lists=True)
def station_list(door: Door) -> None:
    workspace = read_workspace(door.root())
    today = broadcast_day(now())
    if door.as_json:
        door.json([_as_json(workspace, one, today) for one in workspace.stations.values()])
        return
    door.table(
        (say("station"), say("sessions"), say("name")),
        [
            (
                one.slug,
                " ".join(f"{rule.start:%H:%M}" for rule in one.sessions),
                (dated_name_on(one.names, today) or one.names[-1]).text,
            )
            for one in workspace.stations.values()
        ],
    )


@command(
    "show",
    help="One station: its names, hours, sessions and clusters, and what no source was found for.",
    example="broadcaster station show cat-ba",
    lists=True,
)
@click.argument("station")
def station_show(door: Door, station: str) -> None:
    workspace = read_workspace(door.root())
    one = workspace.station(station)
    if door.as_json:
        door.json(_as_json(workspace, one, broadcast_day(now())))
        return
    for name in one.names:
        click.echo(f"{name.text}{_doubt(name.is_confirmed, door)}" + _span(name.since, name.until, door))
    for operator in one.operators:
        door.answer(
            say(
                "run by {operator}{doubt}{span}",
                operator=operator.text,
                doubt=_doubt(operator.is_confirmed, door),
                span=_span(operator.since, operator.until, door),
            )
        )
    for hours in one.airtime.hours:
        door.answer(
            say(
                "may sound from {start} to {end}{doubt}",
                start=in_words(hours.start),
                end=in_words(hours.end),
                doubt=_doubt(one.airtime.is_confirmed, door),
            )
        )
    for rule in one.sessions:
        door.answer(
            say(
                "{name}: from {start}, {minutes} minutes, clock {clock}, {weekdays}{doubt}",
                name=rule.name,
                start=in_words(rule.start),
                minutes=rule.minutes,
                clock=workspace.clocks[rule.clock].name,
                weekdays=rule.weekdays,
                doubt=_doubt(rule.is_confirmed, door),
            )
        )
    for cluster in one.clusters:
        click.echo(f"{cluster.slug}: {cluster.name}, {cluster.kind}{_doubt(cluster.is_confirmed, door)}")


@command(
    "check",
    help="Whether a station's file can be taken, and what in it is not confirmed.",
    example="broadcaster station check cat-ba",
    lists=True,
)
@click.argument("station")
def station_check(door: Door, station: str) -> None:
    workspace = read_workspace(door.root())
    one = workspace.station(station)
    doubtful = _doubtful(one)
    if door.as_json:
        door.json({"station": one.slug, "unconfirmed": doubtful})
        return
    door.answer(say("The file of {station} can be taken; no session leaves its allowed hours.", station=one.slug))
    for what in doubtful:
        door.answer(say("example, not confirmed: {what}", what=what))
    if not doubtful:
        sys.exit(0)


def _doubtful(one: Station) -> list[Sentence]:
    return [
        *(say("the name “{name}”", name=name.text) for name in one.names if not name.is_confirmed),
        *(say("who runs it: “{name}”", name=name.text) for name in one.operators if not name.is_confirmed),
        *([] if one.airtime.is_confirmed else [say("its allowed hours")]),
        *(say("the session “{name}”", name=rule.name) for rule in one.sessions if not rule.is_confirmed),
        *(say("the cluster “{name}”", name=cluster.name) for cluster in one.clusters if not cluster.is_confirmed),
    ]


def _as_json(workspace: Workspace, one: Station, day: date) -> dict[str, object]:
    name, area = dated_name_on(one.names, day), name_on(workspace.areas, one.area, day)
    return {
        "slug": one.slug,
        "name": name.text if name else None,
        "area": area.text if area else None,
        "lineage": lineage_on(workspace.areas, one.area, day),
        "airtime": one.airtime,
        "sessions": one.sessions,
        "clusters": one.clusters,
        "unconfirmed": _doubtful(one),
    }


def _doubt(is_confirmed: bool, door: Door) -> str:
    return "" if is_confirmed else " (" + say("example, not confirmed").into(door.language) + ")"


def _span(since: date | None, until: date | None, door: Door) -> str:
    if since is None and until is None:
        return ""
    if since is None:
        return ", " + say("until {day}", day=until).into(door.language)
    if until is None:
        return ", " + say("since {day}", day=since).into(door.language)
    return ", " + say("{first} to {last}", first=since, last=until).into(door.language)


station_group = click.Group(
    "station", help="The stations: list, show, check.", commands=[station_list, station_show, station_check]
)

commands = {"calendar": calendar, "station": station_group}
