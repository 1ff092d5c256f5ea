"""Commands of the proof: confirm, airings, report."""

import json
from datetime import date, time
from pathlib import Path

import click

from broadcaster.cli.door import DAY, HOUR, Door, command, plain
from broadcaster.desk import reporting
from broadcaster.errors import NotFound
from broadcaster.files import write_whole
from broadcaster.reporting.airing import Airing
from broadcaster.reporting.document import as_json, outcome_words, reason_words, rows
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.words import Sentence, say


@command(
    "confirm",
    help="An operator's word that a cluster that cannot report (FM, wired) aired what was planned, or missed it.",
    example='broadcaster confirm cat-ba 2026-10-02 --cluster cat-ba-3 --by Lan\nbroadcaster confirm cat-ba 2026-10-02 --from 17:00 --to 18:00 --missed --note "mất điện" --by Lan',
    changes=True,
)
@click.argument("station")
@click.argument("day", type=DAY)
@click.option("--cluster", help="The cluster; else all of the station.")
@click.option("--from", "first", type=HOUR, help="From when; else all day.")
@click.option("--to", "last", type=HOUR, help="Until when; else all day.")
@click.option("--missed", "is_missed", is_flag=True, help="It was not heard.")
@click.option("--note", default="", help="What is to be said about it.")
def confirm(
    door: Door,
    station: str,
    day: date,
    cluster: str | None,
    first: time | None,
    last: time | None,
    is_missed: bool,
    note: str,
) -> None:
    with door.desk() as desk:
        words = reporting.confirm(
            desk,
            station,
            day,
            person=door.person(desk),
            at=now(),
            cluster=cluster,
            first=first,
            last=last,
            is_missed=is_missed,
            note=note,
            is_dry=door.is_dry,
        )
    door.answer(say("Your word is kept for {clusters}.", clusters=[one.cluster for one in words]))


@command(
    "airings",
    help="What became of every planned item of a station's day at every cluster, as far as it is known.",
    example="broadcaster airings cat-ba 2026-10-02",
    lists=True,
)
@click.argument("station")
@click.argument("day", type=DAY)
def airings(door: Door, station: str, day: date) -> None:
    with door.desk() as desk:
        found = reporting.airings_of(desk, station, day, now())
    _show(door, found)


def _show(door: Door, found: tuple[Airing, ...]) -> None:
    if door.as_json:
        door.json(found)
        return
    door.table(
        (say("start"), say("cluster"), say("outcome"), say("reason"), say("title")),
        [
            (
                f"{one.start:%H:%M:%S}",
                one.cluster or "–",
                outcome_words(one.outcome),
                reason_words(one.reason) or "–",
                one.title or one.alert or (one.sha256 or "")[:12],
            )
            for one in found
        ],
    )


@command(
    "report",
    help="Promised and done, by clause, campaign, station and month; each figure can list the airings it counts.",
    example="broadcaster report --year 2020 --to bao-cao-2020.json\nbroadcaster report --year 2020 --show clause/III.1.4",
    lists=True,
)
@click.option("--year", type=click.IntRange(2000, 2100), help="The year; else this one.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write it as JSON into this file.")
@click.option(
    "--show", metavar="FIGURE", help="The airings behind one figure: clause/…, campaign/…, station/…, month/…"
)
def report(door: Door, year: int | None, to: Path | None, show: str | None) -> None:
    with door.desk() as desk:
        chosen = year or broadcast_day(now()).year
        if show:
            found = tuple(reporting.counted(desk, chosen, show))
            if not found:
                raise NotFound(say("No airing counts in “{figure}” in {year}.", figure=show, year=chosen))
            _show(door, found)
            return
        made, plans = reporting.report(desk, chosen, now())
        keep_by = [(plan.number, plan.report_before) for plan in plans]
    document = as_json(made, plans)
    if to:
        content = json.dumps(plain(document, door.language), ensure_ascii=False, indent=1) + "\n"
        write_whole(to, content.encode())
        door.answer(say("The report of {year} is in {file}.", year=chosen, file=to))
        return
    if door.as_json:
        door.json(document)
        return
    heads = (
        say("planned"),
        say("heard"),
        say("in part"),
        say("missed"),
        say("pre-empted"),
        say("unknown"),
        say("minutes"),
        say("clusters"),
    )
    kinds: tuple[tuple[str, Sentence], ...] = (
        ("clause", say("clause")),
        ("campaign", say("campaign")),
        ("station", say("station")),
        ("month", say("month")),
    )
    for kind, name in kinds:
        door.table((name, *heads), list(rows(made, kind)))
        click.echo()
    door.table(
        (say("campaign"), say("station"), say("days promised"), say("days heard"), say("days unknown")),
        [(one.campaign, one.station, len(one.due), len(one.heard), len(one.unknown)) for one in made.promises],
    )
    for number, day in keep_by:
        door.answer(say("Plan {number}: the report is due before {day}.", number=number, day=day))


commands = {"confirm": confirm, "airings": airings, "report": report}
