"""Syncing: the manifest first, for it is the truth; then its lists; then sound, alerts and the nearest hours before the rest; then what was played goes back."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from broadcaster.errors import BroadcasterError, Refused, Unavailable
from broadcaster.files import free_room, grow, sha256_of, take_in
from broadcaster.publishing.manifest import Manifest, ManifestDay, ManifestFile
from broadcaster.receiver import VERSION, service
from broadcaster.receiver.home import Home, Identity
from broadcaster.receiver.log import Log
from broadcaster.types import Sha256
from broadcaster.words import Sentence, say

BATCH = 200
EVERY, LONGEST_PAUSE = 60.0, 900.0
"""Seconds between two syncs, and at most, when they keep failing."""
SPARE = 50_000_000
"""Bytes that are left free on the disk."""
Tell = Callable[[Sentence, int, int], None]


@dataclass
class Synced:
    """What one sync did, and what it could not do."""

    manifest: Manifest | None = None
    is_new: bool = False
    fetched: int = 0
    missing: int = 0
    faults: list[Sentence] = field(default_factory=list)


def sync(home: Home, at: datetime, etag: str = "", tell: Tell = lambda *_: None) -> tuple[Synced, str]:
    """Take the newest manifest, its lists and its sound from the service; and the manifest's tag for the next time. What fails is said in it."""
    identity, done = home.identity(), Synced()
    try:
        answer = service.get(identity.manifest, etag if home.manifest_path.exists() else "")
        if answer.status == 200 and answer.type == "text/html":
            raise Refused(service.portal(identity.manifest))
        if answer.status not in (200, 304):
            raise Unavailable(say("{url} answered {status}.", url=identity.manifest, status=answer.status))
        if answer.status == 200:
            _, identity = home.take_manifest(identity, answer.content, at)
            done.is_new, etag = True, answer.etag
    except BroadcasterError as error:
        done.faults.append(error.sentence)
    _lists(home, identity, done, at, lambda one: service.get_from(one.url, 0, one.size))
    _sound(home, identity, done, at, tell, lambda file, have: service.get_from(file.url, have, file.size))
    return done, etag


def sync_from(home: Home, folder: Path, at: datetime, tell: Tell = lambda *_: None) -> Synced:
    """The same from a folder that “broadcaster pack” wrote, under the same checks."""
    identity, done = home.identity(), Synced()
    try:
        _, identity = home.take_manifest(identity, (folder / "manifest.jws").read_bytes(), at)
        done.is_new = True
    except OSError as error:
        done.faults.append(
            say("{folder} holds no manifest.jws: {reason}.", folder=folder, reason=error.strerror or error)
        )
    except BroadcasterError as error:
        done.faults.append(error.sentence)
    if done.is_new:
        _lists(home, identity, done, at, lambda one: _copied(folder / f"{one.day}.json", 0))
        _sound(
            home, identity, done, at, tell, lambda file, have: _copied(folder / "audio" / f"{file.sha256}.mp3", have)
        )
    return done


def report(home: Home, log: Log) -> int:
    """Send what the service has not answered yet, in batches; how many records it answered. Raises Unavailable, Refused."""
    identity, count = home.identity(), 0
    while batch := log.unsent(BATCH, identity.name, identity.trust.station):
        said = service.post(f"{identity.url}/api/play-reports", batch, identity.token)
        results = said.get("results") if isinstance(said, dict) else None
        answers = [
            (one["id"], one["result"] if one["result"] != "rejected" else f"rejected: {one.get('reason', '')}")
            for one in results or ()
            if isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("result"), str)
        ]
        log.answered(answers)
        if not {name for name, _ in answers} & {one["id"] for one in batch}:
            raise Unavailable(say("The service answered none of {count} play reports.", count=len(batch)))
        count += len(answers)
    return count


def tell_status(home: Home, said: dict[str, Any], before: Callable[[], datetime]) -> int:
    """Send how the receiver is; how far the service's clock stands before its own, in ms. `before` is asked before and after."""
    identity = home.identity()
    sent = before()
    answer = service.post(f"{identity.url}/api/status", {"version": VERSION, **said}, identity.token)
    came = before()
    try:
        theirs = datetime.fromisoformat(answer["now"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable(say("The service did not say what time it is.")) from error
    return round((theirs - sent - (came - sent) / 2) / timedelta(milliseconds=1))


def pause(name: str, failures: int) -> float:
    """Seconds until the next sync: longer the more often it failed in a row, and different for each receiver, so that not all come at once."""
    jitter = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
    return min(EVERY * 2.0 ** min(failures, 10), LONGEST_PAUSE) * (0.75 + jitter / 2)


def _lists(
    home: Home, identity: Identity, done: Synced, at: datetime, pieces: Callable[[ManifestDay], Iterator[bytes]]
) -> None:
    """Fetch the lists of days that are missing; when all are here, the newest manifest speaks for the days too."""
    try:
        newest = home.newest(identity, at)
        for one in home.lacking(newest):
            content = b"".join(pieces(one))
            if len(content) < one.size:
                raise Unavailable(say("{url} broke off; the next sync goes on from there.", url=one.url))
            home.take_list(one, content)
            done.is_new = True
        home.complete(newest)
    except BroadcasterError as error:
        done.faults.append(error.sentence)


def _sound(
    home: Home,
    identity: Identity,
    done: Synced,
    at: datetime,
    tell: Tell,
    pieces: Callable[[ManifestFile, int], Iterator[bytes]],
) -> None:
    """Fetch what is missing, the most urgent first; when all is there, let go of what nothing needs any more."""
    try:
        done.manifest = home.manifest(identity, at)
    except Refused:
        return  # said before
    wanted = wanted_sounds(done.manifest, at)
    lacking = [file for file in wanted.values() if not home.holds(file.sha256, file.size)]
    limit = home.settings().max_megabytes * 1_000_000
    held = sum(path.stat().st_size for path in home.audio(Sha256("x")).parent.glob("*.mp3"))
    for number, file in enumerate(lacking):
        tell(say("Fetching sound"), number, len(lacking))
        if held + file.size > limit or free_room(home.folder) < file.size + SPARE:
            held -= _let_go(home, wanted)
        if held + file.size > limit or free_room(home.folder) < file.size + SPARE:
            done.faults.append(
                say("The disk is full: {count} sounds could not be fetched.", count=len(lacking) - number)
            )
            break
        try:
            _fetch(home, file, pieces)
        except BroadcasterError as error:
            done.faults.append(error.sentence)
            if isinstance(error, Unavailable):
                break  # the network is away; the others would wait in vain
            continue
        held, done.fetched = held + file.size, done.fetched + 1
    tell(say("Fetching sound"), len(lacking), len(lacking))
    done.missing = sum(not home.holds(file.sha256, file.size) for file in wanted.values())
    if not done.missing:
        _let_go(home, wanted)


def wanted_sounds(manifest: Manifest, at: datetime) -> dict[Sha256, ManifestFile]:
    """The sounds of alerts, then of the items that are not over, in order of time."""
    files = [one.file for one in manifest.alerts if at < one.until]
    files += [item.file for item in manifest.items if item.file and item.end > at]
    return {file.sha256: file for file in files}


def _fetch(home: Home, file: ManifestFile, pieces: Callable[[ManifestFile, int], Iterator[bytes]]) -> None:
    path = home.audio(file.sha256)
    part = path.with_suffix(".part")
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have < file.size:
        grow(part, pieces(file, have))
    size = part.stat().st_size
    if size < file.size:
        raise Unavailable(say("{url} broke off; the next sync goes on from there.", url=file.url))
    if size != file.size or sha256_of(part) != file.sha256:
        part.unlink()
        raise Refused(say("{url} is not the sound that the manifest names. It is not used.", url=file.url))
    take_in(part, path)


def _let_go(home: Home, wanted: dict[Sha256, ManifestFile]) -> int:
    """Delete sound that the manifest does not name; how many bytes."""
    freed = 0
    for path in home.audio(Sha256("x")).parent.glob("*"):
        if path.stem not in wanted and path.suffix in (".mp3", ".part"):
            freed += path.stat().st_size if path.suffix == ".mp3" else 0
            path.unlink(missing_ok=True)
    return freed


def _copied(path: Path, offset: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            while piece := file.read(service.PIECE):
                yield piece
    except OSError as error:
        raise Refused(say("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error)) from error
