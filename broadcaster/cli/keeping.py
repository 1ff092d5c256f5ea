"""Commands of keeping: backup, restore, pack."""

from pathlib import Path

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk import backup as verbs
from broadcaster.desk.packing import pack as pack_verb
from broadcaster.timekeeping import now
from broadcaster.words import say


@command(
    "backup",
    help="Everything that cannot be made again, in one file as secret as the key within it; a folder gets the day's file.",
    example="broadcaster backup /media/usb/dai.backup",
    changes=True,
)
@click.argument("file", type=click.Path(path_type=Path))
def backup(door: Door, file: Path) -> None:
    with door.desk() as desk:
        made = verbs.backup(desk, file, at=now(), is_dry=door.is_dry)
    door.answer(
        say(
            "{file}: {count} files, {size} MB, and the database.",
            file=made.path,
            count=made.files,
            size=made.size // 10**6,
        )
    )


@command(
    "restore",
    help="Put a backup back on an empty machine: its data into an empty data folder, its workspace where there is none.",
    example="broadcaster restore /media/usb/dai.backup --workspace /srv/dai",
    changes=True,
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(door: Door, file: Path) -> None:
    root = (door.workspace or Path.cwd()).resolve()
    data = (door.data or root / "var").resolve()
    settings = door.settings(root if (root / "broadcaster.toml").exists() else None)
    made = verbs.restore(file, root, data, settings, is_dry=door.is_dry)
    door.answer(
        say(
            "{count} files are back in {folder}. Run “broadcaster doctor”, then “broadcaster publish”.",
            count=made.files,
            folder=data,
        )
    )


@command(
    "pack",
    help="What a station's receivers need, in a folder for a stick: the signed manifest, sound, playlists and a sheet for people.",
    example="broadcaster pack cat-ba --out /media/usb/cat-ba",
    changes=True,
    lists=True,
)
@click.argument("station")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to; else a folder named after the station."
)
def pack(door: Door, station: str, out: Path | None) -> None:
    with door.desk() as desk:
        packed = pack_verb(desk, station, out or Path(station), at=now(), is_dry=door.is_dry)
    if door.as_json:
        door.json(packed)
    door.answer(
        say(
            "{folder}: {days} days, {sounds} sounds, {size} MB. At the receiver: broadcaster receiver sync --from {folder}",
            folder=packed.folder,
            days=packed.days,
            sounds=packed.sounds,
            size=packed.size // 10**6,
        )
    )


commands = {"backup": backup, "restore": restore, "pack": pack}
