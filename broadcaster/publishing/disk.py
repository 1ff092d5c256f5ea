"""The tree on disk: changed files are written, unchanged ones left alone, and what an earlier run wrote and no longer belongs is removed.

The tree is made in parts, a folder each, and a part in pieces. An index in the root (`.tree.json`) and one in each other part's folder
hold what was written, and from what. The root's is synced before the first change, as unfinished, and after the last one, as whole: a
run that was killed is completed by the next one, which then believes no file before reading it. What a piece is made from is named by
its key: the same key is the same bytes, so a piece whose key did not change is not even rendered.
"""

import json
import os
import re
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from broadcaster.errors import Refused, Unavailable
from broadcaster.files import BESIDE, link, sha256, sha256_of, write_whole
from broadcaster.publishing import address
from broadcaster.types import Sha256
from broadcaster.words import say

INDEX = ".tree.json"
ROOT = ""
"""The folder of the part that all others belong to; it is written last, because it speaks of them."""
_NAME = re.compile(r"[^./\\\x00-\x1f\x7f:][^/\\\x00-\x1f\x7f:]*")


@dataclass(frozen=True)
class Written:
    """What one run did, by sorted paths; of a quick run `unchanged` holds only what was looked at. `missing` is sound that the tree
    speaks of, but that lies neither in it nor among the sounds."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    missing: tuple[Sha256, ...] = ()


@dataclass(frozen=True)
class Made:
    """A piece as it was rendered: its files by their paths, and the sound that they speak of."""

    files: Mapping[str, bytes]
    sounds: Set[Sha256]


Make = Callable[[Sequence[str]], Mapping[str, Made]]
"""Renders the named pieces of a part."""


@dataclass(frozen=True)
class Part:
    """A part of the tree in `folder`: its pieces, each with its key, asked for where the part is looked into; and how they are rendered.

    The part's own `key` names all that decides its pieces; a piece with an empty key is rendered whenever its part is looked into.
    """

    folder: str
    key: str
    keys: Callable[[], Mapping[str, str]]
    make: Make

    @cached_property
    def pieces(self) -> Mapping[str, str]:
        """The pieces, each with its key."""
        return self.keys()


Task = tuple[Make, Sequence[str]]
Each = Callable[[Iterable[Task]], Iterator[Mapping[str, Made]]]
"""How the tasks of a run are carried out, in their order."""


def one_by_one(tasks: Iterable[Task]) -> Iterator[Mapping[str, Made]]:
    """Each task when its result is asked for."""
    return (make(names) for make, names in tasks)


@dataclass(frozen=True)
class Mark:
    """How a file was when we left it: its content, size in bytes, and time."""

    sha256: Sha256
    size: int
    written_ns: int

    @property
    def state(self) -> tuple[int, int]:
        return self.size, self.written_ns


@dataclass(frozen=True)
class _Piece:
    """What a piece was made from, and what it consists of."""

    key: str
    paths: tuple[str, ...]
    sounds: tuple[Sha256, ...]


@dataclass(frozen=True)
class _Index:
    """What the last run left in one part. `parts` are the keys of the other parts, and `playing` how many parts speak of each sound: the root's alone."""

    key: str = ""
    is_whole: bool = False
    files: Mapping[str, Mark] = field(default_factory=dict)
    pieces: Mapping[str, _Piece] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    playing: Mapping[Sha256, int] = field(default_factory=dict)

    @property
    def sounds(self) -> frozenset[Sha256]:
        return frozenset(one for piece in self.pieces.values() for one in piece.sounds)


class _Look(Protocol):
    """What lies in the folder; links are never followed."""

    def state(self, path: str) -> tuple[int, int] | None:
        """Size and time of the file at `path`, or None."""

    def is_inside(self, path: str) -> bool:
        """Whether no folder on the way to `path` is a link."""


@dataclass(frozen=True)
class _Walked:
    """All that lies in the folder, looked at before anything is done."""

    files: Mapping[str, tuple[int, int]]
    links: Set[str]

    def state(self, path: str) -> tuple[int, int] | None:
        return self.files.get(path)

    def is_inside(self, path: str) -> bool:
        return not self.links or not any(path.startswith(f"{linked}/") for linked in self.links)


@dataclass(frozen=True)
class _Asked:
    """Looked at where it is asked for, and nowhere else."""

    folder: Path
    known: dict[str, bool] = field(default_factory=dict)

    def state(self, path: str) -> tuple[int, int] | None:
        try:
            status = os.lstat(self.folder / path)
        except OSError:
            return None
        return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None

    def is_inside(self, path: str) -> bool:
        above = path.rpartition("/")[0]
        if above and above not in self.known:
            self.known[above] = self.is_inside(above) and not (self.folder / above).is_symlink()
        return not above or self.known[above]


@dataclass(frozen=True)
class Left:
    """A part as the last run left it: its key, and its files by their paths."""

    key: str
    files: Mapping[str, Mark]


def part_keys(folder: Path) -> Mapping[str, str]:
    """The keys of the tree's parts by their folders; none where a run is under way, or was killed."""
    root = _read_index(folder / INDEX)
    return root.parts if root.is_whole else {}


def left(folder: Path, part: str) -> Left | None:
    """What the last run left in the folder of one part; None where it left nothing, or did not finish."""
    index = _read_index(folder / part / INDEX)
    return Left(index.key, index.files) if index.is_whole else None


def write(folder: Path, files: Mapping[str, bytes], audio: Set[Sha256], sounds: Path) -> Written:
    """Make `folder` hold exactly `files` and `audio` (linked from `sounds/<sha256>.mp3`) besides what others put there.

    Raises Refused (a path that leaves the folder; nothing was written) and Unavailable (disk; run again to complete).
    One run at a time in one folder.
    """
    return write_parts(folder, [Part(ROOT, "", lambda: {"all": ""}, lambda _: {"all": Made(files, audio)})], sounds)


def write_parts(
    folder: Path, parts: Iterable[Part], sounds: Path, *, is_quick: bool = False, each: Each = one_by_one
) -> Written:
    """Make `folder` hold exactly the parts, the root's last, and the sound they speak of, besides what others put there.

    `is_quick`: a part whose key did not change is believed to lie there as the last run left it; else every file is looked at.
    Raises Refused (a path that leaves the folder; nothing of its part was written) and Unavailable (disk; run again to complete).
    One run at a time in one folder.
    """
    try:
        return _Run(folder, sounds, is_quick).carried_out(parts, each)
    except OSError as error:
        raise Unavailable(
            say(
                "Could not finish the published tree in {folder}: {reason}. Check the disk and the rights, then publish again; it goes on where it stopped.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error


class _Run:
    """One run over the tree."""

    def __init__(self, folder: Path, sounds: Path, is_quick: bool):
        self.folder, self.sounds = folder, sounds
        self.root = _read_index(folder / INDEX)
        self.is_quick = is_quick and self.root.is_whole
        self.look: _Look = _Asked(folder) if self.is_quick else _walk(folder)
        self.renewed = _Index()
        self.parts: dict[str, str] = {}
        self.playing = Counter(self.root.playing if self.is_quick else {})
        self.left_over = set(self.root.files)
        self.lies_there: dict[Sha256, bool] = {}
        self.is_begun = False
        self.changed: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []

    def carried_out(self, parts: Iterable[Part], each: Each) -> Written:
        waiting: deque[tuple[Part, _Index]] = deque()
        for made in each(self._tasks(parts, waiting)):
            self._renew(*waiting.popleft(), made)
        missing = self._finish()
        return Written(tuple(sorted(self.changed)), tuple(sorted(self.unchanged)), tuple(sorted(self.removed)), missing)

    def _tasks(self, parts: Iterable[Part], waiting: deque[tuple[Part, _Index]]) -> Iterator[Task]:
        """What must be rendered, part by part; of the parts that need nothing only the keys are kept."""
        for part in parts:
            before = self.root.parts.get(part.folder)
            is_same = self.root.is_whole and part.key != "" and part.key == before
            self.parts[part.folder] = part.key
            if is_same and self.is_quick:
                continue
            index = self._index(part.folder)
            needed = [name for name in part.pieces if self._needs(part, name, index, is_same and part.key == index.key)]
            if is_same and part.key == index.key and not needed:
                self._keep(index)
                continue
            if self.is_quick:
                self.playing.subtract(index.sounds)
            waiting.append((part, index))
            yield part.make, needed

    def _index(self, folder: str) -> _Index:
        """What was left in a part; its sound may have come into the tree without the root's knowing, if that run was killed."""
        if folder == ROOT:
            return self.root
        index = _read_index(self.folder / folder / INDEX) if self.look.is_inside(f"{folder}/{INDEX}") else _Index()
        self.left_over |= {address.audio(one) for one in index.sounds}
        return index

    def _needs(self, part: Part, name: str, index: _Index, is_same: bool) -> bool:
        """Whether a piece must be rendered: its key is not the one that it was made from, or a file of it is not as we left it."""
        kept = index.pieces.get(name)
        if kept is None or not self.root.is_whole or not (is_same or kept.key == part.pieces[name] != ""):
            return True
        return any(path not in index.files or self.look.state(path) != index.files[path].state for path in kept.paths)

    def _keep(self, index: _Index) -> None:
        self.unchanged += index.files
        self.playing.update(index.sounds)
        self.left_over.difference_update(index.files)

    def _renew(self, part: Part, index: _Index, made: Mapping[str, Made]) -> None:
        """Bring one part to what it must be: sound first, lists and pages after it, so that nothing speaks of what is not yet there."""
        files = {path: content for one in made.values() for path, content in one.files.items()}
        self._check(files)
        pieces = {
            name: _Piece(key, tuple(made[name].files), tuple(sorted(made[name].sounds)))
            if name in made
            else index.pieces[name]
            for name, key in part.pieces.items()
        }
        kept = {p: index.files[p] for one in pieces.values() for p in one.paths if p not in files and p in index.files}
        wanted = {path: sha256(content) for path, content in files.items()}
        known = {**self.root.files, **index.files} if self.root.is_whole else {}
        changed = sorted(path for path in wanted if self._present(path, known) != wanted[path])
        stale = [] if part.folder == ROOT else self._ours(path for path in index.files if path not in {*wanted, *kept})
        self.left_over.difference_update(wanted, kept)
        promised = {**index.files, **{path: Mark(wanted[path], -1, 0) for path in changed}}
        renewed = _Index(part.key, False, promised, pieces)
        sounds = renewed.sounds
        if changed or stale or not all(map(self._lies_there, sounds)):
            self._begin(renewed if part.folder == ROOT else None)
            if part.folder != ROOT:
                _write_index(self.folder / part.folder / INDEX, renewed)
        for one in sorted(sounds):
            self._put_sound(one)
        for path in changed:
            write_whole(self.folder / path, files[path], synced=False)
        self._take_away(stale)
        self.renewed = _Index(part.key, True, {**kept, **self._marks(wanted)}, pieces)
        if part.folder != ROOT and self.renewed != index:
            _write_index(self.folder / part.folder / INDEX, self.renewed)
        self.playing.update(sounds)
        self.changed += changed
        self.unchanged += [*kept, *sorted(wanted.keys() - set(changed))]

    def _finish(self) -> tuple[Sha256, ...]:
        """What an earlier run wrote and no part holds goes; then the tree is whole. The sounds that are missing."""
        gone = [folder for folder in self.root.parts if folder not in self.parts and self._ours([f"{folder}/index"])]
        for folder in gone:
            index = self._index(folder)
            self.left_over.update(index.files)
            if self.is_quick:
                self.playing.subtract(index.sounds)
        playing = {one: count for one, count in sorted(self.playing.items()) if count > 0}
        for one in playing:
            self._put_sound(one)
        heard = {address.audio(one): one for one in playing if self._lies_there(one)}
        stale = self._ours(self.left_over - heard.keys())
        if stale or gone:
            self._begin()
            self._take_away(stale)
            _remove(self.folder, [f"{folder}/{INDEX}" for folder in gone])
        files = {**self.renewed.files, **self._marks(heard)}
        parts = {folder: key for folder, key in self.parts.items() if folder != ROOT}
        whole = _Index(self.renewed.key, True, files, self.renewed.pieces, parts, playing)
        if self.is_begun or whole != self.root:
            _write_index(self.folder / INDEX, whole, synced=True)
        self.unchanged += heard.keys() - set(self.changed)
        return tuple(one for one in playing if not self._lies_there(one))

    def _begin(self, root: _Index | None = None) -> None:
        """Say that the tree is unfinished, and what will come into its root, before anything is changed."""
        if not self.is_begun or root:
            self.is_begun = True
            promised = root or self.root
            files = {**self.root.files, **promised.files}
            _write_index(
                self.folder / INDEX,
                _Index("", False, files, promised.pieces, {**self.root.parts, **self.parts}),
                synced=True,
            )

    def _check(self, paths: Iterable[str]) -> None:
        for path in paths:
            if not _is_name(path):
                raise Refused(
                    say("“{path}” cannot be the name of a published file. Correct the id it comes from.", path=path)
                )
            if not self.look.is_inside(path):
                raise Refused(
                    say(
                        "“{path}” would be written through a link out of the published tree. Remove the link, then publish again.",
                        path=path,
                    )
                )

    def _ours(self, paths: Iterable[str]) -> list[str]:
        """Those of `paths` that an index may name, in order: whoever tampers with it removes nothing outside."""
        return sorted(path for path in paths if _is_name(path) and self.look.is_inside(path))

    def _present(self, path: str, known: Mapping[str, Mark]) -> Sha256 | None:
        """The fingerprint of what lies at `path`: from the index where the file is as we left it, else from reading it."""
        state = self.look.state(path)
        if state is None:
            return None
        mark = known.get(path)
        return mark.sha256 if mark and mark.state == state else sha256_of(self.folder / path)

    def _lies_there(self, one: Sha256) -> bool:
        """Whether the sound lies in the tree whole; looked at once."""
        if one not in self.lies_there:
            path, source = address.audio(one), self.sounds / f"{one}.mp3"
            self._check((path,))
            state, mark = self.look.state(path), self.root.files.get(path)
            self.lies_there[one] = state is not None and bool(
                (self.root.is_whole and mark and mark.state == state)
                or (source.is_file() and source.samefile(self.folder / path))
                or sha256_of(self.folder / path) == one
            )
        return self.lies_there[one]

    def _put_sound(self, one: Sha256) -> None:
        if self._lies_there(one):
            return
        source, path = self.sounds / f"{one}.mp3", address.audio(one)
        if source.is_file():
            self._begin()
            link(source, self.folder / path)
            self.lies_there[one] = True
            self.changed.append(path)

    def _take_away(self, stale: Sequence[str]) -> None:
        _remove(self.folder, stale)
        self.removed += stale

    def _marks(self, wanted: Mapping[str, Sha256]) -> dict[str, Mark]:
        states = {path: os.lstat(f"{self.folder}/{path}") for path in wanted}
        return {
            path: Mark(wanted[path], state.st_size, state.st_mtime_ns)
            for path, state in states.items()
            if stat.S_ISREG(state.st_mode)
        }


def _is_name(path: str) -> bool:
    """Whether `path` is relative, stays in its folder, and hides nothing."""
    return all(_NAME.fullmatch(name) for name in path.split("/"))


def _walk(folder: Path) -> _Walked:
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
    return _Walked(files, links)


def _remove(folder: Path, stale: Iterable[str]) -> None:
    for path in stale:
        (folder / path).unlink(missing_ok=True)
        for parent in (folder / path).parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def _read_index(path: Path) -> _Index:
    """What the last run left, and whether it came to its end. Without a readable index nothing is known, so nothing is removed."""
    try:
        index = json.loads(path.read_bytes())
        return _Index(
            index.get("key", ""),
            index["whole"] is True,
            {path: Mark(*mark) for path, mark in index["files"].items()},
            {
                name: _Piece(key, tuple(paths), tuple(own))
                for name, (key, paths, own) in index.get("pieces", {}).items()
            },
            dict(index.get("parts", {})),
            dict(index.get("playing", {})),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return _Index()


def _write_index(path: Path, index: _Index, *, synced: bool = False) -> None:
    said = {
        "whole": index.is_whole,
        "key": index.key,
        "files": {path: (mark.sha256, mark.size, mark.written_ns) for path, mark in sorted(index.files.items())},
        "pieces": {name: (one.key, one.paths, one.sounds) for name, one in index.pieces.items()},
        **({"parts": index.parts, "playing": index.playing} if synced else {}),
    }
    write_whole(path, json.dumps(said, separators=(",", ":")).encode(), synced=synced)
