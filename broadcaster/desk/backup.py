"""The verbs `backup` and `restore`: everything that cannot be made again, in one file, and the way back on an empty machine.

A backup is a tar file: the database's rows, every sound and recording that they name, the signing key, and what people wrote
(content, schedules, settings). The published tree is not in it: it is made again. The file is as secret as the key within it.
"""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from broadcaster.desk.desk import Desk
from broadcaster.errors import BadFile, Refused
from broadcaster.files import grow, only_one, secret_scratch, sha256_of, take_in, write_whole
from broadcaster.settings import Settings
from broadcaster.store import record, snapshot
from broadcaster.store.database import Database, url_of
from broadcaster.words import say

FORMAT = 1
KEEPS = 14
"""Nightly backups that are kept in a folder."""
NAME = "broadcaster-{day}.backup"
_ROWS = "database.jsonl"
_MEMBER = re.compile(r"(data/(sound|recordings|keys)/[\w.-]+|workspace/[^\x00]+|database\.jsonl)")
_ONLY = re.compile(r"[0-9a-f]{64}(\.mp3)?|signing\.json")
LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Backed:
    """What a backup holds: files and bytes beside the database's rows, and the record's head then."""

    path: Path
    files: int
    size: int
    head: str


def backup(desk: Desk, target: Path, *, at: datetime, is_dry: bool = False) -> Backed:
    """Write everything into `target`, whole or not at all; a folder gets the day's file, and keeps the newest 14."""
    path = target / NAME.format(day=at.date()) if target.is_dir() else target
    members = dict(_members(desk))
    with desk.database.reading() as session:
        head = record.head(session)
    backed = Backed(path, len(members), sum(file.stat().st_size for file in members.values()), head)
    if is_dry:
        return backed
    with only_one(desk.data / "backup.lock"), secret_scratch(path.parent) as (half, out):
        with tarfile.TarFile(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            about = {"format": FORMAT, "made_at": at.isoformat(), "head": head}
            _add(tar, "about.json", json.dumps(about).encode())
            with secret_scratch(desk.data) as (_, rows):
                for line in snapshot.lines(desk.database):
                    rows.write(line)
                _add_open(tar, _ROWS, rows)
            members = dict(_members(desk))  # after the rows: no row may name a sound that is not in the file
            for number, (name, file) in enumerate(sorted(members.items())):
                desk.tell(say("Writing the backup"), number, len(members))
                with suppress(FileNotFoundError), file.open("rb") as content:  # retention may have deleted it just now
                    _add_open(tar, name, content)
        desk.tell(say("Writing the backup"), len(members), len(members))
        out.flush()
        take_in(half, path, secret=True)
    if target.is_dir():
        for old in sorted(target.glob(NAME.format(day="*")))[:-KEEPS]:
            old.unlink()
    return backed


def restore(path: Path, root: Path, data: Path, settings: Settings, *, is_dry: bool = False) -> Backed:
    """Put a backup back: its data into an empty data folder, what people wrote into `root` where there is no workspace yet.

    Everything is read and checked beside the place first. Raises Refused (something is there already), BadFile (damaged, hostile, another version's).
    """
    if data.exists() and any(data.iterdir()):
        raise Refused(say("{folder} is not empty. Restore into a new data folder with --data.", folder=data))
    beside = data.with_name(f".restore-{data.name}")
    _clear(beside)
    try:
        about, files, size = _unpack(path, beside)
        if not is_dry:
            _put_back(beside, root, data, settings)
        return Backed(path, files, size, str(about.get("head", "")))
    finally:
        _clear(beside)


def _put_back(beside: Path, root: Path, data: Path, settings: Settings) -> None:
    url = url_of(beside / "data", settings.database_url)
    (beside / "data").mkdir(exist_ok=True)
    database = Database(url)
    try:
        with (beside / _ROWS).open("rb") as rows:
            snapshot.fill(database, rows)
    finally:
        database.close()
    if not (root / "content").exists() and not (root / "schedules").exists():
        for file in sorted(one for one in (beside / "workspace").rglob("*") if one.is_file()):
            write_whole(root / file.relative_to(beside / "workspace"), file.read_bytes())
    with suppress(FileNotFoundError):
        data.rmdir()
    data.parent.mkdir(parents=True, exist_ok=True)
    (beside / "data").replace(data)


def _members(desk: Desk) -> Iterator[tuple[str, Path]]:
    for folder in ("sound", "recordings", "keys"):
        for file in (desk.data / folder).glob("*"):
            if _ONLY.fullmatch(file.name):
                yield f"data/{folder}/{file.name}", file
    for part in ("content", "schedules"):
        for file in (desk.root / part).rglob("*"):
            if file.is_file() and file.suffix != ".pyc":
                yield f"workspace/{file.relative_to(desk.root).as_posix()}", file
    if (desk.root / "broadcaster.toml").exists():
        yield "workspace/broadcaster.toml", desk.root / "broadcaster.toml"


def _unpack(path: Path, beside: Path) -> tuple[dict[str, object], int, int]:
    """The members of the file in `beside`, each checked: known names only, no link, no way out, sounds that are what they are called."""
    about: dict[str, object] = {}
    files = size = 0
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                if not member.isfile() or member.size > LARGEST:
                    raise BadFile(
                        say("{file} holds something that no backup holds: {name}.", file=path, name=member.name)
                    )
                content = tar.extractfile(member)
                assert content is not None  # it is a file
                if member.name == "about.json":
                    about = json.load(content)
                    continue
                _extract(path, member.name, content, beside)
                files, size = files + 1, size + member.size
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        raise BadFile(say("{file} cannot be read as a backup: {reason}.", file=path, reason=str(error))) from error
    if about.get("format") != FORMAT or not (beside / _ROWS).exists():
        raise BadFile(say("{file} is no backup, or it was cut off.", file=path))
    return about, files, size


def _extract(path: Path, name: str, content: IO[bytes], beside: Path) -> None:
    parts = PurePosixPath(name).parts
    if not _MEMBER.fullmatch(name) or ".." in parts or "/".join(parts) != name:
        raise BadFile(say("{file} holds something that no backup holds: {name}.", file=path, name=name))
    target = beside.joinpath(*parts)
    grow(target, iter(lambda: content.read(1 << 20), b""))
    if parts[:2] == ("data", "keys"):
        target.chmod(0o600)
    elif parts[0] == "data" and sha256_of(target) != target.stem:
        raise BadFile(say("{file} is damaged: {name} is not what it is called.", file=path, name=name))


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    _add_open(tar, name, io.BytesIO(content))


def _add_open(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, io.SEEK_END)
    info.mode = 0o600
    content.seek(0)
    tar.addfile(info, content)


def _clear(folder: Path) -> None:
    for one in sorted(folder.rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()
    with suppress(FileNotFoundError):
        folder.rmdir()


def nightly(desk: Desk, at: datetime) -> Backed | None:
    """The night's backup into the folder that the settings name; None where they name none. Raises Refused where the folder cannot be used."""
    if not desk.settings.backups:
        return None
    folder = Path(desk.settings.backups)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return backup(desk, folder, at=at)
    except OSError as error:
        raise Refused(
            say("The backup folder {folder} cannot be used: {reason}.", folder=folder, reason=error.strerror or error)
        ) from error
