"""The receiver's folder: its settings, who it is, what it holds. Everything is written whole or not at all."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcaster.errors import Refused, WrongUsage
from broadcaster.files import sha256, sha256_of, write_whole
from broadcaster.publishing.manifest import Manifest, ManifestDay, Trust, read, with_lists
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.timekeeping import hour_from_text
from broadcaster.types import Sha256
from broadcaster.words import LANGUAGES, say


@dataclass(frozen=True)
class ReceiverSettings:
    """What the person at the receiver may set, in `receiver.toml`. `player` is a list of arguments with {file}, {seek} (seconds) and
    {volume}, never a shell's line; empty: mpv or ffplay, whichever is there. `hours`: narrower than the station's, if any."""

    player: tuple[str, ...] = ()
    hours: Airtime | None = None
    max_megabytes: int = 4000
    volume: int = 100
    language: str = "vi"


@dataclass(frozen=True)
class Identity:
    """Who this receiver is: what it was told when it was enrolled."""

    name: str
    cluster: str
    url: str
    token: str
    manifest: str
    trust: Trust


@dataclass(frozen=True)
class Home:
    """The folder."""

    folder: Path

    def settings(self) -> ReceiverSettings:
        """Raises WrongUsage naming the key that is misspelt or the value that cannot be."""
        path = self.folder / "receiver.toml"
        if not path.exists():
            return ReceiverSettings(language=spoken())
        try:
            said = tomllib.loads(path.read_text("utf-8"))
            keys = tuple(field.name for field in fields(ReceiverSettings))
            for key in said:
                if key not in keys:
                    raise WrongUsage(
                        say("{file}: there is no setting “{key}”. There are: {keys}.", file=path, key=key, keys=keys)
                    )
            return _settings(said)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
            raise WrongUsage(say("{file} cannot be understood: {reason}.", file=path, reason=str(error))) from error

    def identity(self) -> Identity:
        """Raises Refused where this receiver was not enrolled yet."""
        try:
            said = json.loads((self.folder / "identity.json").read_bytes())
            trust = Trust(said["station"], said["key"], said["sequence"])
            return Identity(said["name"], said["cluster"], said["url"], said["token"], said["manifest"], trust)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused(
                say(
                    "This receiver is not enrolled. Paste the line that “broadcaster station enrol” printed at the service."
                )
            ) from error

    def keep_identity(self, new: Identity) -> None:
        said = {
            "name": new.name,
            "cluster": new.cluster,
            "url": new.url,
            "token": new.token,
            "manifest": new.manifest,
            "station": new.trust.station,
            "key": dict(new.trust.key),
            "sequence": new.trust.sequence,
        }
        write_whole(self.folder / "identity.json", json.dumps(said, indent=1).encode(), secret=True)

    def forget_manifest(self) -> None:
        """Another service may speak from now on: what the last one said counts no more."""
        self.manifest_path.unlink(missing_ok=True)
        self.complete_path.unlink(missing_ok=True)

    @property
    def manifest_path(self) -> Path:
        """The newest manifest."""
        return self.folder / "manifest.jws"

    @property
    def complete_path(self) -> Path:
        """The newest manifest whose lists all came; it speaks for the days until those of the newest are here."""
        return self.folder / "complete.jws"

    def manifest(self, identity: Identity, at: datetime) -> Manifest:
        """What is held, verified anew: the newest manifest, its days as the newest complete one has them.

        Raises Refused where nothing is held, or what is held may not be used any more.
        """
        newest = self.newest(identity, at)
        for path in (self.manifest_path, self.complete_path):
            try:
                trust, long_ago = replace(identity.trust, sequence=0), datetime.fromtimestamp(0, at.tzinfo)
                whole = self._complete(read(path.read_bytes(), trust, long_ago)[0])
            except (OSError, Refused):
                continue
            return replace(newest, days=whole.days, items=whole.items)
        return replace(newest, days=())

    def newest(self, identity: Identity, at: datetime) -> Manifest:
        """The newest manifest, without its lists. Raises Refused where none is held, or it may not be used any more."""
        try:
            content = self.manifest_path.read_bytes()
        except OSError as error:
            raise Refused(say("No manifest is held yet. Run “broadcaster receiver sync”.")) from error
        return read(content, identity.trust, at)[0]

    def lacking(self, manifest: Manifest) -> list[ManifestDay]:
        """The days whose lists are not here whole."""
        return [one for one in manifest.days if sha256(self._list(one)) != one.sha256]

    def take_list(self, named: ManifestDay, content: bytes) -> None:
        """Hold a day's list. Raises Refused where it is not the one that is named."""
        if sha256(content) != named.sha256:
            raise Refused(say("{url} is not the list that the manifest names. It is not used.", url=named.url))
        write_whole(self._list_path(named.sha256), content)

    def complete(self, manifest: Manifest) -> None:
        """Let the newest manifest speak for the days too, now that all its lists are here. Raises Refused where they cross the wall; then
        those that are held stay."""
        self._complete(manifest)
        content = self.manifest_path.read_bytes()
        if not self.complete_path.exists() or self.complete_path.read_bytes() != content:
            write_whole(self.complete_path, content)
        named = {one.sha256 for one in manifest.days}
        for path in self._list_path(Sha256("x")).parent.glob("*.json"):
            if path.stem not in named:
                path.unlink(missing_ok=True)

    def _complete(self, manifest: Manifest) -> Manifest:
        return with_lists(manifest, {one.sha256: self._list(one) for one in manifest.days})

    def _list(self, named: ManifestDay) -> bytes:
        try:
            return self._list_path(named.sha256).read_bytes()
        except OSError:
            return b""

    def _list_path(self, sha256: Sha256) -> Path:
        return self.folder / "days" / f"{sha256}.json"

    def take_manifest(self, identity: Identity, content: bytes, at: datetime) -> tuple[Manifest, Identity]:
        """Hold a new manifest, if it may be believed: its orders hold at once, its days when it is complete. Raises Refused; then the old one stays."""
        manifest, trust = read(content, identity.trust, at)
        if manifest.sequence == identity.trust.sequence and self.manifest_path.exists():
            held = read(self.manifest_path.read_bytes(), identity.trust, min(at, manifest.issued_at))[0]
            if held.sequence == manifest.sequence and held.fingerprint != manifest.fingerprint:
                raise Refused(
                    say(
                        "Two different manifests bear the number {number}. The one that is held stays.",
                        number=manifest.sequence,
                    )
                )
        write_whole(self.manifest_path, content)
        known = replace(identity, trust=trust)
        if known != identity:
            self.keep_identity(known)
        return manifest, known

    def audio(self, sha256: Sha256) -> Path:
        return self.folder / "audio" / f"{sha256}.mp3"

    def holds(self, sha256: Sha256, size: int) -> bool:
        path = self.audio(sha256)
        return path.exists() and path.stat().st_size == size

    def is_whole(self, sha256: Sha256) -> bool:
        """Read through: whether the sound is what it must be."""
        path = self.audio(sha256)
        return path.exists() and sha256_of(path) == sha256

    @property
    def log_path(self) -> Path:
        return self.folder / "log.db"


def default_folder() -> Path:
    """Where a receiver lives unless it is told otherwise."""
    return Path(os.environ.get("BROADCASTER_RECEIVER") or Path.home() / ".broadcaster-receiver")


def spoken() -> str:
    """The language of all words until the settings name one."""
    named = os.environ.get("BROADCASTER_LANGUAGE", "vi")
    return named if named in LANGUAGES else "vi"


def _settings(said: Mapping[str, Any]) -> ReceiverSettings:
    found = ReceiverSettings(**{"language": spoken(), **said})
    if not isinstance(said.get("player", []), list) or not all(isinstance(one, str) for one in found.player):
        raise ValueError('player = ["program", "argument", …]')
    if found.language not in LANGUAGES:
        raise ValueError(f"language = {found.language}")
    if not isinstance(found.max_megabytes, int) or found.max_megabytes < 1:
        raise ValueError("max_megabytes ≥ 1")
    if not isinstance(found.volume, int) or not 0 <= found.volume <= 100:
        raise ValueError("0 ≤ volume ≤ 100")
    hours = tuple(_hours(one) for one in said.get("hours", ()))
    return replace(found, player=tuple(found.player), hours=Airtime(hours) if hours else None)


def _hours(text: str) -> Hours:
    first, _, last = text.partition("-")
    hours = Hours(hour_from_text(first.strip()), hour_from_text(last.strip()))
    if hours.start >= hours.end:
        raise ValueError(text)
    return hours
