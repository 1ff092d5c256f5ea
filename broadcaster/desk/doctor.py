"""The verb `doctor`: whether all that the work needs is there and whole. It changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.delivery.receivers import condition
from broadcaster.desk.desk import Tell
from broadcaster.desk.gaps import gaps_of
from broadcaster.desk.retention import oldest_kept
from broadcaster.desk.sounds import SOUND
from broadcaster.desk.workspace import read_workspace
from broadcaster.engines.choose import presence_of, shelf_of
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import BroadcasterError
from broadcaster.files import free_room, sha256_of
from broadcaster.settings import Settings
from broadcaster.store import bulletins, delivery, manifests, programme, record, scripts, work
from broadcaster.store.chained import kept_in
from broadcaster.store.database import LATEST, Database, look, url_of
from broadcaster.store.needs import needed_sounds
from broadcaster.types import Finding, Weight
from broadcaster.words import say

FULL, NEARLY_FULL = 100_000_000, 1_000_000_000
"""Free bytes under which the disk stops the work, and under which a person should make room: an hour of sound takes about 30 MB."""
APART = timedelta(minutes=2)
"""How far the clocks of two machines at one database may stand apart without a word."""


@dataclass(frozen=True)
class Place:
    """What is looked over, at one moment."""

    root: Path
    data: Path
    settings: Settings
    at: datetime
    tell: Tell


def examine(root: Path, data: Path, settings: Settings, at: datetime, tell: Tell) -> tuple[Finding, ...]:
    """Every finding about the voices, ffmpeg, the disk, the database, the record, the recordings, the sounds and the clock; none: all is well.

    What one check cannot do is itself a finding, and stops no other. `tell` says how far the reading of the sounds has come.
    """
    place = Place(root, data, settings, at, tell)
    return tuple(finding for check in CHECKS for finding in _carried_out(check, place))


def _carried_out(check: Callable[[Place], Iterator[Finding]], place: Place) -> Iterator[Finding]:
    try:
        yield from check(place)
    except BroadcasterError as error:
        yield Finding(Weight.BLOCKING, check.__name__, check.__name__, error.sentence)


def voices(place: Place) -> Iterator[Finding]:
    """The voices that the settings name: one that is missing is stood in for by the next; with none, nothing can be spoken."""
    shelf = shelf_of(place.settings, place.data)
    missing = [one for one in (presence_of(name, shelf) for name in place.settings.voices) if one.missing]
    weight = Weight.BLOCKING if len(missing) == len(place.settings.voices) else Weight.TO_WEIGH
    for one in missing:
        yield Finding(weight, "voice", one.name, one.missing or say(""))


def ffmpeg(place: Place) -> Iterator[Finding]:
    """The program that mixes and encodes; it is asked for its version, so Unavailable is raised where it does not run."""
    Ffmpeg(Path(place.settings.ffmpeg) if place.settings.ffmpeg else None)
    yield from ()


def disk(place: Place) -> Iterator[Finding]:
    """Room where the data folder lies."""
    free = free_room(place.data)
    if free < NEARLY_FULL:
        yield Finding(
            Weight.BLOCKING if free < FULL else Weight.TO_WEIGH,
            "disk",
            str(place.data),
            say(
                "Only {free} MB are free here. Make room, or move the data folder with --data.", free=free // 1_000_000
            ),
        )


def database(place: Place) -> Iterator[Finding]:
    """The database: its file read through, its tables this version's, nothing in it newer than the clock, no work given up."""
    if (opened := _opened(place)) is None:
        return
    for fault in opened.faults():
        yield Finding(Weight.BLOCKING, "database", "database", fault)
    if (version := opened.version()) != LATEST:
        yield Finding(
            Weight.TO_WEIGH,
            "database",
            "database",
            say(
                "The tables stand at migration {version}; the next command that works brings them to {latest}. Make a backup first.",
                version=version or "0",
                latest=LATEST,
            ),
        )
        return
    with opened.reading() as session:
        known, failed = (scripts.newest_at(session), programme.newest_at(session)), work.failures(session, SOUND)
    newest = max((at for at in known if at), default=place.at)
    if newest > place.at + APART:
        yield Finding(
            Weight.BLOCKING,
            "clock",
            "clock",
            say("The clock stands before what was done last, at {newest}. Set the machine's clock.", newest=newest),
        )
    for reason in failed:
        yield Finding(
            Weight.TO_WEIGH,
            "sound",
            "sound",
            say("A sound could not be made: {reason} “broadcaster produce” tries it again.", reason=reason),
        )


def recordings(place: Place) -> Iterator[Finding]:
    """What a person recorded: there, and as it was given. It cannot be made again."""
    if (opened := _current(place)) is None:
        return
    with opened.reading() as session:
        given = scripts.own_recordings(session)
    for script, number, sha256 in given:
        path = place.data / "recordings" / sha256
        if not path.exists() or sha256_of(path) != sha256:
            yield Finding(
                Weight.BLOCKING,
                "recording",
                f"{script} ({number})",
                say(
                    "The recording {file} is lost or damaged. Bring it back from a backup, or record it again.",
                    file=path.name,
                ),
            )


def chain(place: Place) -> Iterator[Finding]:
    """The chained record: every approval, release, alert and silence that it names is still what it was."""
    if (opened := _current(place)) is None:
        return
    with opened.reading() as session:
        broken = record.broken_at(session, kept_in(session))
    if broken is not None:
        number = broken if isinstance(broken, int) else broken.number
        what = (
            say("missing")
            if isinstance(broken, int)
            else say("changed ({kind} {key})", kind=broken.kind.value, key=broken.key)
        )
        yield Finding(
            Weight.BLOCKING,
            "record",
            str(number),
            say(
                "The record is not what it was: entry {number} is {what}. Somebody changed the database past the program. Compare it with a backup.",
                number=number,
                what=what,
            ),
        )


def sounds(place: Place) -> Iterator[Finding]:
    """The MP3s that the database knows: there, whole, and spoken by the preferred voice."""
    if (opened := _current(place)) is None:
        return
    with opened.reading() as session:
        known = bulletins.all_by_sound(session)
        needed = needed_sounds(session, oldest_kept(place.settings, place.at))
    what = say("Reading the sounds through")
    for number, (sha256, (bulletin, recipe)) in enumerate(known.items(), 1):
        path = place.data / "sound" / f"{sha256}.mp3"
        place.tell(what, number, len(known))
        if not path.exists() and sha256 not in needed:
            continue  # a draft's, or let go of after its time
        if not path.exists():
            sentence = say("Its sound is lost. “broadcaster produce” makes it anew.")
            yield Finding(Weight.BLOCKING, "sound", recipe.title, sentence)
        elif sha256_of(path) != sha256:
            sentence = say(
                "Its sound {file} is damaged. Delete the file, then run “broadcaster produce”.", file=path.name
            )
            yield Finding(Weight.BLOCKING, "sound", recipe.title, sentence)
        if bulletin.stood_in:
            sentence = say(
                "A stand-in voice spoke: {why} Until it is approved, “broadcaster produce” tries the preferred voice again.",
                why=bulletin.stood_in,
            )
            yield Finding(Weight.NOTE, "stand-in", recipe.title, sentence)


def ahead(place: Place) -> Iterator[Finding]:
    """The sessions of today and the next two days, once anything was released: whether each has something to air."""
    if (opened := _current(place)) is None:
        return
    with opened.reading() as session:
        is_on_air = programme.span(session) is not None
    if is_on_air:
        stations = read_workspace(place.root).stations.values()
        yield from gaps_of(stations, opened, place.data / "sound", place.at)


def receivers(place: Place) -> Iterator[Finding]:
    """The receivers: heard of, on time, with room, and holding the newest manifest."""
    if (opened := _current(place)) is None:
        return
    with opened.reading() as session:
        enrolled, newest = delivery.receivers(session), manifests.fetched_by_now(session, place.at)
    for one in enrolled:
        yield from condition(one, newest.get(one.station, 0), place.at)


def _opened(place: Place) -> Database | None:
    """The database to be looked at, or None where nothing was made here yet: looking makes no file and brings nothing up to date."""
    return look(url_of(place.data, place.settings.database_url))


def _current(place: Place) -> Database | None:
    """The same where its tables are this version's; elsewhere they cannot be asked."""
    opened = _opened(place)
    return opened if opened and opened.version() == LATEST else None


CHECKS = (voices, ffmpeg, disk, database, chain, recordings, sounds, ahead, receivers)
