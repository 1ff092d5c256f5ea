"""The stations' own sounds (nhạc hiệu, đài hiệu, nhạc cắt, nhạc nền): what lies in `content/sounds`, each with its origin and licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.files import sha256_of
from broadcaster.forms import read_form
from broadcaster.types import Kind, Sha256
from broadcaster.words import say


class SoundKind(StrEnum):
    """What a sound is for. All but beds are items on air by themselves."""

    SIGNATURE_TUNE = "nhac-hieu"
    IDENT = "dai-hieu"
    STING = "nhac-cat"
    BED = "nhac-nen"


@dataclass(frozen=True)
class StationSound:
    """One sound: its WAV file and that file's fingerprint, what it is, where it comes from and who may use it."""

    slug: str
    title: str
    use: SoundKind
    path: Path
    sha256: Sha256
    origin: str
    licence: str

    @property
    def kind(self) -> Kind | None:
        """The kind of item that it is on air; None for a bed, which is only heard under speech."""
        return None if self.use is SoundKind.BED else Kind(self.use.value)


def read_sounds(folder: Path, root: Path) -> Mapping[str, StationSound]:
    """The sounds described by the tables in `folder`, by slug. Raises BadFile for a wrong table or a WAV file that is not there."""
    return {sound.slug: sound for sound in (_read(path, root) for path in sorted(folder.glob("*.toml")))}


def _read(path: Path, root: Path) -> StationSound:
    form = read_form(path, root)
    name = form.text("file")
    file = path.parent / name
    if Path(name).name != name or not name.endswith(".wav"):
        raise BadFile(
            say(
                "{place}: “{name}” must be a WAV file beside it, such as nhac-hieu.wav.",
                place=form.at("file"),
                name=name,
            )
        )
    try:
        fingerprint = sha256_of(file)
    except OSError as error:
        raise BadFile(
            say(
                "{place}: there is no file “{name}” beside it. Put it there, or name another.",
                place=form.at("file"),
                name=name,
            )
        ) from error
    sound = StationSound(
        slug=form.slug_from_file(),
        title=form.text("title"),
        use=form.choice("kind", SoundKind),
        path=file,
        sha256=fingerprint,
        origin=form.text("origin"),
        licence=form.text("licence"),
    )
    form.done()
    return sound
