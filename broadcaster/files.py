"""Writing to disk, whole or not at all: beside the target, synced, renamed. Nothing else in the house opens a file to write."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from broadcaster.errors import Unavailable
from broadcaster.types import Sha256
from broadcaster.words import say

BESIDE = ".half-"
"""How the name of a file begins while it is being written; what a killed process leaves so named may be deleted."""


def write_whole(path: Path, content: bytes, *, synced: bool = True, secret: bool = False) -> None:
    """Put `content` at `path` so that a reader sees the old file or the new one, never a part. Raises Unavailable (disk).

    `synced` also outlives a power cut; leave it out only for what can be made again.
    """
    try:
        handle, name = _half(path.parent)
        try:
            with os.fdopen(handle, "wb") as half:
                half.write(content)
                if synced:
                    half.flush()
                    os.fsync(half.fileno())
            os.chmod(name, 0o600 if secret else 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        if synced:
            sync_folder(path.parent)
    except OSError as error:
        raise _disk(path, error) from error


def _half(folder: Path) -> tuple[int, str]:
    """An open new file in `folder`, which is made where it is missing."""
    try:
        return tempfile.mkstemp(prefix=BESIDE, dir=folder)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.mkstemp(prefix=BESIDE, dir=folder)


def take_in(source: Path, path: Path, *, secret: bool = False) -> None:
    """Move the finished file `source` (same disk) to `path`, synced. Raises Unavailable (disk)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as whole:
            os.fsync(whole.fileno())
        source.chmod(0o600 if secret else 0o644)  # it is published, and a web server of another account reads it
        source.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _disk(path, error) from error


def grow(path: Path, pieces: Iterable[bytes]) -> None:
    """Append `pieces` to the file at `path` as they come, so that what came is kept when the rest fails. Raises Unavailable (disk)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as part:
        for piece in pieces:
            try:
                part.write(piece)
            except OSError as error:
                raise _disk(path, error) from error


@contextmanager
def scratch(folder: Path) -> Iterator[BinaryIO]:
    """An empty file in `folder`, open to write and to read, for work on the way; gone at the end."""
    handle, name = _half(folder)
    os.close(handle)
    try:
        with Path(name).open("w+b") as file:
            yield file
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def secret_scratch(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """The same for its owner alone, with its path, so that it can be taken in. Raises Unavailable (disk), also for what is written inside."""
    try:
        handle, name = _half(folder)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield Path(name), file
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise _disk(folder, error) from error


def sweep(folder: Path, before: datetime) -> None:
    """Delete what killed processes left half-written in `folder` and nobody has touched since `before`."""
    for half in folder.glob(f"{BESIDE}*"):
        try:
            if half.stat().st_mtime < before.timestamp():
                half.unlink()
        except FileNotFoundError:
            continue  # its own process finished it just now


def link(source: Path, path: Path) -> None:
    """Let `path` be the same immutable file as `source`: a hard link where the disk can, else a copy."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.parent / f"{BESIDE}{path.name}"
        beside.unlink(missing_ok=True)
        try:
            beside.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, beside)
        beside.replace(path)
    except OSError as error:
        raise _disk(path, error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` outlive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting for whoever holds it; it is free again when its holder ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        if os.name == "nt":
            msvcrt = import_module("msvcrt")
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl = import_module("fcntl")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """The same without waiting: whether nobody else holds the lock file at `path`, which is then held as long as the block lasts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        try:
            if os.name == "nt":
                msvcrt = import_module("msvcrt")
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl = import_module("fcntl")
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def free_room(path: Path) -> int:
    """Free bytes where `path` lies, or would lie."""
    there = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free


def sha256(content: bytes) -> Sha256:
    """The fingerprint of `content`."""
    return Sha256(hashlib.sha256(content).hexdigest())


def sha256_of(path: Path) -> Sha256:
    """The fingerprint of the file at `path`, read in pieces."""
    with path.open("rb") as file:
        return Sha256(hashlib.file_digest(file, "sha256").hexdigest())


def _disk(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        say(
            "Could not write {path}: {reason}. Free some space or check the rights, then run the same command again; nothing is lost.",
            path=path,
            reason=error.strerror or error,
        )
    )
