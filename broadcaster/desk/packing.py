"""The verb `pack`: what a station's receivers need, in a folder for a stick: the signed manifest, its sound, playlists, and a sheet for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.desk import publishing
from broadcaster.desk.desk import Desk
from broadcaster.desk.keys import signing
from broadcaster.errors import Refused, Unavailable
from broadcaster.files import link, write_whole
from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing import address
from broadcaster.publishing.manifest import Manifest, Trust, public, read, with_lists
from broadcaster.publishing.phrases import phrases
from broadcaster.publishing.playlist import day_on_stick
from broadcaster.publishing.run_sheet import run_sheet
from broadcaster.store import programme
from broadcaster.types import Sha256
from broadcaster.words import say


@dataclass(frozen=True)
class Packed:
    """What lies in the folder: days, sounds, bytes."""

    folder: Path
    days: int
    sounds: int
    size: int


def pack(desk: Desk, station: str, folder: Path, *, at: datetime, is_dry: bool = False) -> Packed:
    """Write the set of `station` into `folder`. Raises NotFound, Refused where nothing is released, Unavailable where a sound is lost."""
    desk.workspace.station(station)
    publishing.publish(desk, desk.public_folder, moment=at, is_quick=True)
    own = desk.public_folder / address.station(station)
    content = (own / "manifest.jws").read_bytes()
    signed, _ = read(content, Trust(station, public(signing(desk).key)), at)
    lists = {one.sha256: (own / f"{one.day}.json").read_bytes() for one in signed.days}
    manifest = with_lists(signed, lists)
    if not manifest.days:
        raise Refused(
            say("Nothing is released for {station} from today on. Run “broadcaster release” first.", station=station)
        )
    files = manifest.files()
    lost = [one for one in files if not (desk.sound_folder / f"{one}.mp3").exists()]
    if lost:
        raise Unavailable(
            say(
                "{count} sounds that were promised are missing. Run “broadcaster produce”, then pack again.",
                count=len(lost),
            )
        )
    packed = Packed(folder, len(manifest.days), len(files), sum(file.size for file in files.values()))
    if not is_dry:
        _write(desk, manifest, content, lists, folder)
    return packed


def _write(desk: Desk, manifest: Manifest, content: bytes, lists: Mapping[Sha256, bytes], folder: Path) -> None:
    for number, sha256 in enumerate(manifest.files()):
        desk.tell(say("Copying sound"), number, len(manifest.files()))
        if not (folder / "audio" / f"{sha256}.mp3").exists():
            link(desk.sound_folder / f"{sha256}.mp3", folder / "audio" / f"{sha256}.mp3")
    with desk.database.reading() as session:
        released = programme.released_at(session, manifest.station, manifest.days[0].day, manifest.days[-1].day)
    days: list[ReleasedDay] = [released[one.day] for one in manifest.days]
    words = phrases(desk.settings.language)
    for day in days:
        write_whole(folder / f"{day.day}.m3u", day_on_stick(day, words))
    write_whole(folder / "run-sheet.html", run_sheet(manifest.name, days, words))
    for one in manifest.days:
        write_whole(folder / f"{one.day}.json", lists[one.sha256])
    write_whole(folder / "manifest.jws", content)
    desk.tell(say("Copying sound"), len(manifest.files()), len(manifest.files()))
