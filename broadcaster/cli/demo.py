"""Commands that begin: demo and init."""

import sys
from datetime import date, timedelta
from pathlib import Path

import click

from broadcaster.cli.door import DAY, Door, at_least_one, command
from broadcaster.desk import demo as verbs
from broadcaster.desk.desk import Birth, opened
from broadcaster.desk.workspace import find, packaged
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.web import serve as web
from broadcaster.words import say


@command(
    "demo",
    help="The whole way on the workspace's own plan and scripts, in a trial data folder of its own: read aloud, approve on trial, arrange, publish, serve.",
    example="broadcaster demo\nbroadcaster demo --from 2020-09-28 --days 7 --no-serve",
)
@click.option("--from", "first", type=DAY, help="The first day; else yesterday.")
@click.option("--days", type=int, default=7, show_default=True, help="How many days.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the published tree goes; else public in the trial data folder.",
)
@click.option("--no-serve", is_flag=True, help="Publish and stop.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where to serve on 127.0.0.1."
)
def demo(door: Door, first: date | None, days: int, out: Path | None, no_serve: bool, port: int) -> None:
    at = now()
    root = door.workspace or find(Path.cwd()) or packaged()
    data = door.data or (root if root != packaged() or root == find(Path.cwd()) else Path.cwd()) / "var" / "trial"
    public = f"http://127.0.0.1:{port}"
    with opened(root, data, door.settings(root, {"public_url": public}), door.tell, Birth.TRIAL) as desk:
        folder = out or desk.public_folder
        report = verbs.demo(desk, first or broadcast_day(at) - timedelta(days=1), at_least_one(days), folder, at=at)
        stations = tuple(desk.workspace.stations)
    door.answer(
        say(
            "Read aloud and approved on trial: {scripts} scripts. Arranged: {days} station days, {items} items. Written: {changed} files changed, {unchanged} as they were.",
            scripts=report.scripts,
            days=report.station_days,
            items=report.items,
            changed=len(report.written.changed),
            unchanged=len(report.written.unchanged),
        )
    )
    blocked = door.findings([one for one in report.findings if one.weight != "note"])
    door.answer(
        say("The published tree is in {folder}. It is a trial: nothing in it was approved by a person.", folder=folder)
    )
    if blocked:
        sys.exit(1)
    if no_serve:
        return
    door.answer(say("Listen here, and end with Ctrl-C:"))
    for line in (
        f"{public}/",
        *(f"{public}/stations/{slug}/" for slug in stations[:2]),
        f"{public}/stations/{stations[0]}/today.m3u",
        f"{public}/feeds/all.xml",
    ):
        click.echo(f"  {line}")
    web.serve(folder, "127.0.0.1", port)


@command(
    "init",
    help="Make a new workspace with a small example: one station, two campaigns, their scripts.",
    example="broadcaster init dai-xa",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(door: Door, folder: Path) -> None:
    made = verbs.init(folder)
    door.answer(
        say(
            "{count} files are in {folder}. Go there, look at schedules/stations, and run “broadcaster check”.",
            count=len(made),
            folder=folder,
        )
    )


commands = {"demo": demo, "init": init}
