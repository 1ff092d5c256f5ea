"""The tree on disk: changed files are written, unchanged ones left alone, and what an earlier run wrote and no longer belongs is removed.

An index in the tree (`.tree.json`) holds what was written. It is synced before the first change, as unfinished, and after the
last one, as whole: a run that was killed is completed by the next one, which then believes no file before reading it.
"""

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from broadcaster.errors import Refused, Unavailable
from broadcaster.files import BESIDE, link, sha256, sha256_of, write_whole
from broadcaster.publishing import address
from broadcaster.types import Sha256
from broadcaster.words import say

INDEX = ".tree.json"
_NAME = re.compile(r"[^./\\\x00-\x1f\x7f:][^/\\\x00-\x1f\x7f:]*")


@dataclass(frozen=True)
class Written:
    """What one run did, by sorted paths. `missing` is sound that the tree speaks of, but that lies neither in it nor among the sounds."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    missing: tuple[Sha256, ...] = ()


@dataclass(frozen=True)
class _Mark:
    """How a file was when we left it."""

    sha256: Sha256
    size: int
    written_ns: int


@dataclass(frozen=True)
class _Found:
    """What lies in the folder: files with size and time, and links, which are never followed."""

    files: Mapping[str, tuple[int, int]]
    links: Set[str]


def write(folder: Path, files: Mapping[str, bytes], audio: Set[Sha256], sounds: Path) -> Written:
    """Make `folder` hold exactly `files` and `audio` (linked from `sounds/<sha256>.mp3`) besides what others put there.

    Raises Refused (a path that leaves the folder; nothing was written) and Unavailable (disk; run again to complete).
    One run at a time in one folder.
    """
    wanted = {path: sha256(content) for path, content in files.items()}
    wanted |= {address.audio(one): one for one in audio}
    try:
        found = _walk(folder)
        is_whole, marks = _read_index(folder)
        _check(wanted, found)
        present = {path: _present(folder, path, found, marks if is_whole else {}, sounds) for path in sorted(wanted)}
        changed = [path for path, fingerprint in present.items() if fingerprint != wanted[path]]
        missing = [p for p in changed if p not in files and not (sounds / f"{wanted[p]}.mp3").is_file()]
        changed = [path for path in changed if path not in missing]
        stale = sorted(path for path in marks if path not in wanted and _is_name(path) and _is_inside(path, found))
        if changed or stale or not is_whole:
            kept = {path: mark for path, mark in marks.items() if path not in changed}
            promised = {path: _Mark(wanted[path], -1, 0) for path in changed}
            _write_index(folder, False, kept | promised)
            _change(folder, changed, files, wanted, sounds)
            _remove(folder, stale)
            _write_index(folder, True, _marks(folder, (p for p in wanted if p not in missing), wanted))
    except OSError as error:
        raise Unavailable(
            say(
                "Could not finish the published tree in {folder}: {reason}. Check the disk and the rights, then publish again; it goes on where it stopped.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    unchanged = tuple(path for path in present if path not in changed and path not in missing)
    return Written(tuple(changed), unchanged, tuple(stale), tuple(wanted[path] for path in missing))


def _check(wanted: Iterable[str], found: _Found) -> None:
    for path in wanted:
        if not _is_name(path):
            raise Refused(
                say("“{path}” cannot be the name of a published file. Correct the id it comes from.", path=path)
            )
        if not _is_inside(path, found):
            raise Refused(
                say(
                    "“{path}” would be written through a link out of the published tree. Remove the link, then publish again.",
                    path=path,
                )
            )


def _is_name(path: str) -> bool:
    """Whether `path` is relative, stays in its folder, and hides nothing."""
    return all(_NAME.fullmatch(name) for name in path.split("/"))


def _is_inside(path: str, found: _Found) -> bool:
    """Whether no folder on the way to `path` is a link."""
    return not found.links or not any(path.startswith(f"{linked}/") for linked in found.links)


def _walk(folder: Path) -> _Found:
    """Everything under `folder`; halves that a killed run left are deleted on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, tuple[int, int]] = {}
    links: set[str] = set()
    open_folders = [""]
    while open_folders:
        prefix = open_folders.pop()
        with os.scandir(folder / prefix) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_symlink():
                    links.add(path)
                elif entry.is_dir():
                    open_folders.append(f"{path}/")
                elif entry.name.startswith(BESIDE):
                    Path(entry.path).unlink()
                else:
                    status = entry.stat()
                    files[path] = (status.st_size, status.st_mtime_ns)
    return _Found(files, links)


def _present(folder: Path, path: str, found: _Found, marks: Mapping[str, _Mark], sounds: Path) -> Sha256 | None:
    """The fingerprint of what lies at `path`: from the index where the file is as we left it, else from reading it."""
    state = found.files.get(path)
    if state is None:
        return None
    mark = marks.get(path)
    if mark and state == (mark.size, mark.written_ns):
        return mark.sha256
    source = sounds / Path(path).name
    if path.startswith("audio/") and source.is_file() and source.samefile(folder / path):
        return Sha256(source.stem)
    return sha256_of(folder / path)


def _change(
    folder: Path, changed: Iterable[str], files: Mapping[str, bytes], wanted: Mapping[str, Sha256], sounds: Path
) -> None:
    """Sound first, lists and pages after it, so that nothing speaks of what is not yet there."""
    for path in sorted(changed, key=lambda path: (path in files, path)):
        if path in files:
            write_whole(folder / path, files[path], synced=False)
        else:
            link(sounds / f"{wanted[path]}.mp3", folder / path)


def _remove(folder: Path, stale: Iterable[str]) -> None:
    for path in stale:
        (folder / path).unlink(missing_ok=True)
        for parent in (folder / path).parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def _marks(folder: Path, paths: Iterable[str], wanted: Mapping[str, Sha256]) -> dict[str, _Mark]:
    states = {path: (folder / path).lstat() for path in paths}
    return {
        p: _Mark(wanted[p], state.st_size, state.st_mtime_ns)
        for p, state in states.items()
        if stat.S_ISREG(state.st_mode)
    }


def _read_index(folder: Path) -> tuple[bool, dict[str, _Mark]]:
    """What the last run left, and whether it came to its end. Without a readable index nothing is known, so nothing is removed."""
    try:
        index = json.loads((folder / INDEX).read_bytes())
        return index["whole"] is True, {path: _Mark(*mark) for path, mark in index["files"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return False, {}


def _write_index(folder: Path, is_whole: bool, marks: Mapping[str, _Mark]) -> None:
    files = {path: (mark.sha256, mark.size, mark.written_ns) for path, mark in sorted(marks.items())}
    write_whole(folder / INDEX, json.dumps({"whole": is_whole, "files": files}, indent=0).encode())
