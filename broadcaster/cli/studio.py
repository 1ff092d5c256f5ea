"""Commands of the studio: voice and produce."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk import studio, voices, workspace
from broadcaster.words import say


@command(
    "list",
    help="The voices: what is there, what is missing and how to get it.",
    example="broadcaster voice list",
    lists=True,
)
def voice_list(door: Door) -> None:
    root = door.root() if door.workspace else workspace.find(Path.cwd())
    found = voices.voices(door.settings(root), door.data or (root and root / "var"))
    if door.as_json:
        door.json(found)
        return
    door.table(
        (say("voice"), say("works offline"), say("ready"), say("what is missing")),
        [
            (
                one.name,
                say("yes") if one.is_offline else say("no"),
                say("yes") if one.is_ready else say("no"),
                one.missing or "",
            )
            for one in found
        ],
    )


@command(
    "try",
    help="Hear a voice: speaks a sentence into a file.",
    example='broadcaster voice try espeak "Kính thưa quý vị và các bạn!" --to thu.mp3',
)
@click.argument("voice")
@click.argument("text")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("thu-giong.mp3"),
    show_default=True,
    help="The MP3 to write.",
)
def voice_try(door: Door, voice: str, text: str, to: Path) -> None:
    with door.desk() as desk:
        made = voices.try_voice(desk, voice, text, to)
    door.answer(
        say(
            "{file}: {seconds} seconds, {loudness} LUFS.",
            file=to,
            seconds=round(made.length / 1000, 1),
            loudness=made.loudness,
        )
    )


@command(
    "produce",
    help="Make the sound of what needs it; nothing changed, nothing made.",
    example="broadcaster produce\nbroadcaster produce cat-nuoc-chieu-nay",
    lists=True,
)
@click.argument("scripts", nargs=-1)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be made, and make nothing.")
def produce(door: Door, scripts: Sequence[str], dry: bool) -> None:
    with door.desk() as desk:
        report = studio.produce(desk, scripts, is_dry=dry)
    if door.as_json:
        door.json(report)
    else:
        for script in report.made:
            door.answer(say("made: {script}", script=script))
        door.answer(say("{made} made, {there} were there.", made=len(report.made), there=len(report.there)))
        door.findings(report.findings)
    if report.findings:
        sys.exit(1)


voice_group = click.Group("voice", help="The voices that can read aloud.", commands=[voice_list, voice_try])

commands = {"voice": voice_group, "produce": produce}
