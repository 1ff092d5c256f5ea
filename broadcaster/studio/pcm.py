"""Looking at PCM: how loud a stretch is, and where it is silent. The only door to pydub and the machine's audio arithmetic."""

import warnings
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from broadcaster.types import Milliseconds

with warnings.catch_warnings():
    # Python 3.11 announces the end of audioop (3.13 has it from audioop-lts), and pydub looks for ffmpeg when imported and has
    # strings with stray backslashes; the house starts ffmpeg itself and uses pydub only for cutting, fading and joining.
    warnings.simplefilter("ignore")
    import audioop

    from pydub import AudioSegment

SLICE = 20
"""Milliseconds looked at together."""
FULL = 32_768
_AT_ONCE = 256
"""Stretches read together."""
QUIET = FULL * 10 ** (-50 / 20)
"""Below −50 dB of full scale nothing is heard."""
_LOW, _TILT, _TILT_RATE = 0.86, 0.6, 22_050
"""How the ear's weighting (BS.1770) is made from a slice's power and that of its slope; fitted to speech, 0.1 LU off at most."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A short stretch: its power as the ear weighs it, and its peak, both as shares of full scale."""

    power: float
    peak: float


def slices(file: BinaryIO, rate: int) -> list[Slice]:
    """The PCM in `file` (mono, 16 bits) in stretches of SLICE milliseconds; a rest shorter than that is left out."""
    step = rate * SLICE // 1000 * 2
    tilt = _TILT * (rate / _TILT_RATE) ** 2 * 4
    return [_slice(stretch, tilt) for stretch in _stretches(file, step) if len(stretch) == step]


def silences(file: BinaryIO, rate: int) -> Iterator[tuple[int, int]]:
    """Beginning and end, in milliseconds, of each stretch of silence of at least SLICE milliseconds."""
    step = rate * SLICE // 1000 * 2
    marks = [audioop.max(stretch, 2) > QUIET for stretch in _stretches(file, step)]
    edges = [0, *(place for place, (left, right) in enumerate(pairwise(marks), 1) if left != right), len(marks)]
    return ((start * SLICE, end * SLICE) for start, end in pairwise(edges) if start < len(marks) and not marks[start])


def heard(file: BinaryIO, rate: int, margin: int) -> range:
    """The bytes of the PCM in `file` without its silent ends, of which `margin` milliseconds are left; empty when nothing is heard."""
    size = file.seek(0, SEEK_END) // 2 * 2
    length = size // 2 * 1000 // rate
    start, end = 0, length
    for quiet_from, quiet_to in silences(file, rate):
        if quiet_from == 0:
            start = max(0, quiet_to - margin)
        if quiet_to >= length:
            end = min(length, quiet_from + margin)
    return range(start * rate // 1000 * 2, end * rate // 1000 * 2) if end > start + margin else range(0)


def without_ends(pcm: bytes, rate: int, margin: int) -> bytes:
    """`pcm` with at most `margin` milliseconds of the silence at its ends; empty when nothing is heard in it."""
    kept = heard(BytesIO(pcm), rate, margin)
    return pcm[kept.start : kept.stop]


def peak(pcm: bytes) -> float:
    """The highest sample, as a share of full scale."""
    return audioop.max(pcm, 2) / FULL


def wav_length(path: Path) -> Milliseconds:
    """How long the WAV file at `path` is, by its head. Raises OSError, EOFError or wave.Error when it is no WAV file."""
    with wave.open(str(path), "rb") as file:
        return Milliseconds(round(file.getnframes() / file.getframerate() * 1000))


def faded_clip(path: Path, fade: int) -> tuple[bytes, int]:
    """The WAV file at `path` as mono 16-bit PCM and its rate, its edges faded over `fade` milliseconds so that none clicks.

    Raises OSError, EOFError or wave.Error when it is no WAV file.
    """
    with wave.open(str(path), "rb") as file:
        frames = file.readframes(file.getnframes())
        width, rate, channels = file.getsampwidth(), file.getframerate(), file.getnchannels()
    # read by `wave`, because pydub's own reader leaves the file open and starts a converter for what is no WAV
    clip = AudioSegment(frames, sample_width=width, frame_rate=rate, channels=channels)
    clip = clip.set_channels(1).set_sample_width(2)
    return (clip.fade_in(fade).fade_out(fade) if fade else clip).raw_data, clip.frame_rate


def _stretches(file: BinaryIO, step: int) -> Iterator[memoryview]:
    file.seek(0)
    while chunk := file.read(step * _AT_ONCE):
        view = memoryview(chunk)
        yield from (view[place : place + step] for place in range(0, len(chunk) // 2 * 2, step))


def _slice(piece: memoryview, tilt: float) -> Slice:
    slope = audioop.add(audioop.mul(piece[2:], 2, 0.5), audioop.mul(piece[:-2], 2, -0.5), 2)
    power = _LOW * audioop.rms(piece, 2) ** 2 + tilt * audioop.rms(slope, 2) ** 2
    return Slice(power / FULL**2, audioop.max(piece, 2) / FULL)
