"""The mix (pha âm): what is heard together, at which levels, and the promise of the encoder that makes one file of it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from broadcaster.studio import loudness, pcm
from broadcaster.studio.loudness import Levels, Measured
from broadcaster.studio.pcm import Slice
from broadcaster.studio.speech import Recording
from broadcaster.types import Milliseconds

UNDER_SPEECH = 22.0
"""LU that a bed lies below speech."""
IN_THE_OPEN = 10.0
"""LU that a bed lies below speech before it begins and after it has ended."""
HEAD, TAIL = Milliseconds(250), Milliseconds(350)
"""Silence before and after bare speech."""
BED_HEAD, BED_TAIL = Milliseconds(1_600), Milliseconds(2_200)
"""How long a bed is heard alone."""
EDGE = 5
"""Milliseconds over which a station's own sound is faded at its edges."""
_NONE = Milliseconds(0)


@dataclass(frozen=True)
class Bed:
    """Music under speech (nhạc nền), repeated as long as needed: dB of gain while words are spoken, and in the open."""

    path: Path
    ducked: float
    open: float


@dataclass(frozen=True)
class Mix:
    """Layers in time: a file of mono 16-bit PCM that begins after `head` and is followed by `tail`, and a bed under all of it."""

    path: Path
    rate: int
    samples: int
    head: Milliseconds = _NONE
    tail: Milliseconds = _NONE
    bed: Bed | None = None

    @property
    def length(self) -> Milliseconds:
        """The planned length of the finished sound."""
        return Milliseconds(self.head + round(self.samples / self.rate * 1000) + self.tail)

    def slices(self) -> list[Slice]:
        """The speech in short stretches; a bed so far below does not change the sum's loudness."""
        return _slices(self.path, self.rate)


@dataclass(frozen=True)
class Chapter:
    """A part of a bulletin that a player can jump to."""

    start: Milliseconds
    title: str


@dataclass(frozen=True)
class Labels:
    """What a player shows: the ID3 fields of the file."""

    title: str
    album: str
    language: str = "vie"
    comment: str = ""
    chapters: tuple[Chapter, ...] = ()


class Encoder(Protocol):
    """The promise of the machine that mixes, limits and encodes: a mix in, an MP3 and its measures out."""

    identity: str
    """Program, version and settings: the same identity and the same mix give the same bytes."""

    def encode(self, mix: Mix, levels: Levels, labels: Labels, target: Path) -> Measured:
        """Write the MP3 to `target` and measure it decoded. Raises Unavailable with the machine's own words."""
        ...


def of_speech(recording: Recording, bed: Path | None) -> Mix:
    """The mix of a recording, over the bed at `bed` where there is one. Raises OSError, EOFError or wave.Error when that is no WAV file."""
    path, rate, samples = recording.path, recording.rate, recording.samples
    if bed is None:
        return Mix(path, rate, samples, HEAD, TAIL)
    music, music_rate = pcm.faded_clip(bed, 0)
    speech_above = loudness.of(_slices(path, rate)) - loudness.of(pcm.slices(BytesIO(music), music_rate))
    layer = Bed(bed, round(speech_above - UNDER_SPEECH, 2), round(speech_above - IN_THE_OPEN, 2))
    return Mix(path, rate, samples, BED_HEAD, BED_TAIL, layer)


def of_sound(wav: Path, file: BinaryIO) -> Mix:
    """The mix of a station's own sound: itself, its PCM put into `file`. Raises OSError, EOFError or wave.Error when it is no WAV file."""
    clip, rate = pcm.faded_clip(wav, EDGE)
    file.write(clip)
    file.flush()
    return Mix(Path(file.name), rate, len(clip) // 2)


def _slices(path: Path, rate: int) -> list[Slice]:
    with path.open("rb") as file:
        return pcm.slices(file, rate)
