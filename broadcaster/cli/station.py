"""Commands of the stations: list, show, check, enrol a receiver, silence an area."""

import sys
from datetime import date, datetime

import click

from broadcaster.cli.door import MOMENT, Door, command
from broadcaster.desk import delivery, emergency
from broadcaster.desk.workspace import Workspace, read_workspace
from broadcaster.errors import WrongUsage
from broadcaster.stations.airtime import in_words
from broadcaster.stations.area import lineage_on, name_on
from broadcaster.stations.station import Station
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import name_on as dated_name_on
from broadcaster.words import Sentence, say


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


@command(
    "silence",
    help="The stop button: every receiver in an area stays still until then, offline too. With --end it sounds again.",
    example='broadcaster station silence cat-ba --until 21:00 --why "quốc tang" --by Lan\nbroadcaster station silence cat-ba --end --by Lan',
    changes=True,
)
@click.argument("area")
@click.option("--until", type=MOMENT, help="When it ends: 17:30, or 2026-10-02T17:30.")
@click.option("--why", default="", help="The reason, kept with it.")
@click.option("--end", is_flag=True, help="Let the area sound again.")
def station_silence(door: Door, area: str, until: datetime | None, why: str, end: bool) -> None:
    if end == (until is not None):
        raise WrongUsage(say("Say until when with --until, or let it sound again with --end."))
    with door.desk() as desk:
        person = door.person(desk)
        if until is None:
            emergency.end_silence(desk, area, person=person, at=now(), is_dry=door.is_dry)
            door.answer(say("“{area}” may sound again; every receiver hears of it now.", area=area))
            return
        order = emergency.silence(desk, area, until, why, person=person, at=now(), is_dry=door.is_dry)
    door.answer(
        say("“{area}” stays still until {until}; every receiver hears of it now.", area=area, until=order.until)
    )


@command(
    "enrol",
    help="Print the one line that enrols a receiver. It works once, within a day.",
    example="broadcaster station enrol cat-ba --cluster cat-ba-1 --by Lan",
    changes=True,
    lists=True,
)
@click.argument("station")
@click.option("--cluster", help="The cluster whose loudspeakers it drives, where the station has several.")
def station_enrol(door: Door, station: str, cluster: str | None) -> None:
    with door.desk() as desk:
        line = delivery.enrol(desk, station, cluster, person=door.person(desk), at=now(), is_dry=door.is_dry)
    if door.as_json:
        door.json(line)
        return
    if door.is_dry:
        door.answer(say("A receiver of {cluster} may be enrolled.", cluster=line.cluster))
        return
    door.answer(say("Paste this line at the receiver of {cluster}, within a day:", cluster=line.cluster))
    click.echo(line.command)


@command(
    "receivers",
    help="The enrolled receivers: last seen, last played, clock, disk, version, and what must be looked at.",
    example="broadcaster station receivers",
    lists=True,
)
def station_receivers(door: Door) -> None:
    with door.desk() as desk:
        found, findings = delivery.receivers(desk), delivery.conditions(desk, now())
    if door.as_json:
        door.json(found)
        return
    door.table(
        (say("receiver"), say("station"), say("last seen"), say("manifest"), say("clock"), say("last played")),
        [
            (
                one.name,
                one.station,
                one.last_seen or "–",
                one.status.sequence,
                f"{one.status.clock_offset_ms / 1000:+.1f} s",
                one.status.last_played or "–",
            )
            for one in found
        ],
    )
    door.findings(findings)


station = click.Group(
    "station",
    help="The stations: list, show, check, enrol, silence.",
    commands=[station_list, station_show, station_check, station_enrol, station_receivers, station_silence],
)
commands = {"station": station}
