"""Commands about the texts: load, check, read."""

import json
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import click

from broadcaster.cli.door import DAY, Door, command
from broadcaster.desk import checking, newsroom
from broadcaster.desk.machines import Reader
from broadcaster.studio.reading import Reading
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import Weight
from broadcaster.words import say


@command(
    "load",
    help="Take in changed script files: a file whose text changed becomes the next revision of its script.",
    example="broadcaster load --by Lan",
    changes=True,
)
def load(door: Door) -> None:
    with door.desk() as desk:
        report = newsroom.load(desk, person=door.person(desk), at=now(), is_dry=door.is_dry)
    for script in report.new:
        door.answer(say("new: {script}", script=script))
    for script in report.changed:
        door.answer(say("changed: {script}", script=script))
    door.answer(
        say(
            "{new} new, {changed} changed, {unchanged} as they were.",
            new=len(report.new),
            changed=len(report.changed),
            unchanged=report.unchanged,
        )
    )
    if door.findings(report.findings):
        sys.exit(1)


@command(
    "check",
    help="Show all findings of content and schedules: stale names, superseded documents, what cannot be read aloud, slips in the plan.",
    example="broadcaster check --year 2026\nbroadcaster check --day 2020-04-21",
    lists=True,
)
@click.option("--day", type=DAY, help="Judge names and laws on this day alone.")
@click.option("--year", type=int, help="Judge names and laws on the days of this year; else from today on for a year.")
def check(door: Door, day: date | None, year: int | None) -> None:
    today = broadcast_day(now())
    days = (
        [day]
        if day
        else [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        if year
        else [today + timedelta(days=n) for n in range(366)]
    )
    findings = checking.check(
        door.root(), door.settings(door.root()), [one for one in days if not year or one.year == year], door.tell
    )
    blocks = any(finding.weight is Weight.BLOCKING for finding in findings)
    if door.as_json:
        door.json(
            [{"weight": one.weight, "kind": one.kind, "place": one.place, "sentence": one.sentence} for one in findings]
        )
    else:
        door.findings(findings)
        door.answer(
            say(
                "{blocking} blocking, {other} to weigh or note.",
                blocking=sum(one.weight is Weight.BLOCKING for one in findings),
                other=sum(one.weight is not Weight.BLOCKING for one in findings),
            )
        )
    if blocks:
        sys.exit(1)


@command(
    "read",
    help="Show how a text will be read aloud. With - one answer for each line of standard input.",
    example='broadcaster read "Quyết định số 89/QĐ-TTg ngày 09/01/2013"\nbroadcaster read - --json < cau.txt',
    lists=True,
)
@click.argument("text", required=False)
@click.option("--explain", is_flag=True, help="Show each token with the rule that read it.")
@click.option("--area", metavar="AREA", help="Read it as a text for this area alone, with its own names.")
def read(door: Door, text: str | None, explain: bool, area: str | None) -> None:
    from broadcaster.desk.lexicon import taught  # noqa: PLC0415 -- the store is slow to load, and help does not need it
    from broadcaster.desk.workspace import find, packaged  # noqa: PLC0415 -- `read` also works outside a workspace

    there = door.workspace or find(Path.cwd())
    root = there or packaged()
    settings = door.settings(root)
    read_aloud = Reader(root, settings, taught(door.data or root / "var", settings) if there else ())
    if text in (None, "-"):
        lines: Iterable[str] = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    else:
        lines = [text or ""]
    blocked = False
    for line in lines:
        reading = read_aloud(line, [area] if area else ())
        blocked |= any(finding.weight is Weight.BLOCKING for finding in reading.findings)
        _show_reading(door, line, reading, explain)
    if blocked:
        sys.exit(1)


def _show_reading(door: Door, text: str, reading: Reading, explain: bool) -> None:
    if door.as_json:
        tokens = [
            {
                "kind": one.kind,
                "start": one.start,
                "end": one.end,
                "raw": one.raw,
                "spoken": one.spoken,
                "rule": one.rule,
            }
            for one in reading.tokens
        ]
        findings = [
            {"place": one.place, "kind": one.kind, "sentence": one.sentence.into(door.language)}
            for one in reading.findings
        ]
        click.echo(
            json.dumps(
                {"text": text, "spoken": reading.spoken, "findings": findings, "tokens": tokens}, ensure_ascii=False
            )
        )
        return
    click.echo(reading.spoken)
    for token in reading.tokens if explain else ():
        click.echo(f"  {token.raw} → {token.spoken}  [{token.kind}, {token.rule}]")
    door.findings(reading.findings)


commands = {"load": load, "check": check, "read": read}
