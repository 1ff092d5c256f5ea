"""A receiver's small world: a manifest, a folder, a player that only counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from broadcaster.files import sha256
from broadcaster.publishing.manifest import (
    Key,
    Manifest,
    ManifestAlert,
    ManifestFile,
    ManifestItem,
    Silence,
    Trust,
    new_key,
    public,
    sign,
)
from broadcaster.receiver.home import Home, Identity, ReceiverSettings
from broadcaster.receiver.log import Log
from broadcaster.receiver.run import Runner
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds
from tests.publishing.day_lists import listed
from tests.receiver.fake_service import FakeService

DAY = datetime(2026, 11, 24, tzinfo=ZONE)
KEY = new_key()
WALL = Airtime((Hours(time(5), time(6)), Hours(time(17), time(18))))


def at(hour: str, days: int = 0) -> datetime:
    """An instant of the day: `at("05:00:30")`."""
    hours, minutes, *seconds = hour.split(":")
    return DAY + timedelta(
        days=days, hours=int(hours), minutes=int(minutes), seconds=float(seconds[0]) if seconds else 0
    )


def a_file(name: str, seconds: float) -> ManifestFile:
    content = f"sound of {name}".encode()
    digest = sha256(content)
    length = Milliseconds(round(seconds * 1000))
    return ManifestFile(digest, len(content), length, f"http://127.0.0.1:9/audio/{digest}.mp3")


def an_item(start: str | datetime, seconds: float, title: str = "Tin", kind: Kind = Kind.NEWS) -> ManifestItem:
    begin = at(start) if isinstance(start, str) else start
    return ManifestItem(begin, Milliseconds(round(seconds * 1000)), kind, title, a_file(title, seconds))


def an_alert(
    since: str, until: str, *, every: int = 10, times: int = 2, seconds: float = 20, id: str = "bao", version: int = 1
) -> ManifestAlert:
    return ManifestAlert(id, version, "Bão", a_file(f"{id}{version}", seconds), at(since), at(until), every, times)


def a_silence(since: str, until: str) -> Silence:
    return Silence("s", at(since), at(until), "quốc tang")


def a_manifest(
    *items: ManifestItem,
    sequence: int = 1,
    alerts: tuple[ManifestAlert, ...] = (),
    silences: tuple[Silence, ...] = (),
    airtime: Airtime = WALL,
    issued_at: datetime = DAY,
    url: str = "http://127.0.0.1:9",
) -> Manifest:
    return Manifest(
        station="cat-ba",
        name="Đài Cát Bà",
        sequence=sequence,
        issued_at=issued_at,
        valid_until=issued_at + timedelta(days=8),
        airtime=airtime,
        days=tuple(listed("cat-ba", items, url)),
        items=tuple(sorted(items, key=lambda item: item.start)),
        alerts=alerts,
        silences=silences,
    )


def a_home(folder: Path) -> Home:
    home = Home(folder)
    home.keep_identity(
        Identity(
            "cat-ba-1", "cat-ba-1", "http://127.0.0.1:9", "token", "http://127.0.0.1:9/m", Trust("cat-ba", public(KEY))
        )
    )
    return home


def publish(service: FakeService, manifest: Manifest, key: Key = KEY, handovers: Sequence[str] = ()) -> None:
    """Let the service put out this manifest, and the lists of its days."""
    lists = listed(manifest.station, manifest.items, service.url)
    service.files |= {one.url.removeprefix(service.url): content for one, content in lists.items()}
    service.files["/m"] = sign(replace(manifest, days=tuple(lists)), key, handovers)


def put(home: Home, manifest: Manifest, when: datetime, *, with_sound: bool = True) -> None:
    """Let the receiver hold this manifest, and its sound."""
    lists = listed(manifest.station, manifest.items)
    signed = replace(manifest, days=tuple(lists))
    home.take_manifest(home.identity(), sign(signed, KEY), when)
    for named, content in lists.items():
        home.take_list(named, content)
    home.complete(signed)
    for name in [*(one.title for one in manifest.items), *(f"{one.id}{one.version}" for one in manifest.alerts)]:
        file = a_file(name, 1)
        if with_sound:
            home.audio(file.sha256).parent.mkdir(exist_ok=True)
            home.audio(file.sha256).write_bytes(f"sound of {name}".encode())


@dataclass
class Sound:
    """One playing by the counting player: what, since when, from where, and when it was stopped."""

    file: str
    seek: float
    began: datetime
    length: timedelta
    player: "Player"
    stopped: datetime | None = None

    def is_on(self) -> bool:
        return self.stopped is None and self.player.now < self.began + self.length

    def stop(self) -> None:
        if self.is_on():
            self.stopped = self.player.now

    @property
    def heard(self) -> tuple[str, int, int]:
        """From when, how many seconds, and at which second of the file it began."""
        end = self.stopped or self.began + self.length
        return f"{self.began:%H:%M:%S}", round((end - self.began).total_seconds()), round(self.seek)


@dataclass
class Player:
    """Plays nothing, in simulated time; `dies_after` seconds it ends early, once."""

    lengths: dict[str, timedelta]
    now: datetime = DAY
    sounds: list[Sound] = field(default_factory=list)
    dies_after: float | None = None

    def play(self, file: str, seek: timedelta, _: int) -> Sound:
        length = self.lengths.get(Path(file).stem, timedelta(hours=9)) - seek
        if self.dies_after is not None:
            length, self.dies_after = timedelta(seconds=self.dies_after), None
        sound = Sound(Path(file).stem, seek.total_seconds(), self.now, length, self)
        self.sounds.append(sound)
        return sound


class World:
    """A receiver in simulated time."""

    def __init__(self, folder: Path, manifest: Manifest, begin: datetime, settings: ReceiverSettings | None = None):
        self.home, self.settings = a_home(folder), settings or ReceiverSettings()
        self.now, self.ticks = begin, 1000.0
        self.player = Player({})
        self.hold(manifest)
        self.on()

    def hold(self, manifest: Manifest, *, with_sound: bool = True) -> None:
        put(self.home, manifest, self.now, with_sound=with_sound)
        files = [*(one.file for one in manifest.items), *(one.file for one in manifest.alerts)]
        self.player.lengths |= {one.sha256: timedelta(milliseconds=one.length) for one in files if one}

    def on(self) -> None:
        """Power on."""
        self.player.now = self.now
        self.log = Log(self.home.log_path)
        self.runner = Runner(self.home, self.settings, self.log, self.now, self.ticks, self.player.play)

    def cut(self) -> None:
        """Power off, in the middle of whatever it is."""
        for sound in self.player.sounds:
            sound.stop()
        self.log.close()

    def take(self, manifest: Manifest) -> None:
        """A new manifest comes over the network."""
        self.hold(manifest)
        self.runner.take(self.now, is_fresh=True)

    def until(self, end: datetime, step: float = 0.2) -> None:
        """Let time pass."""
        while self.now < end:
            self.pass_(step)

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.ticks += seconds
        self.player.now = self.now
        self.runner.step(self.now, self.ticks)

    def heard(self) -> list[tuple[str, int, int]]:
        return [sound.heard for sound in self.player.sounds]

    def settled(self) -> list[tuple[str, str | None, str]]:
        return [(row.title, row.outcome, row.reason) for row in self.log.rows()]
