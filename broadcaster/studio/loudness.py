"""Loudness (độ lớn cảm nhận): what each preset asks for, what was measured, and how much louder the next try must be. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from broadcaster.studio.pcm import SLICE, Slice
from broadcaster.types import Lufs, Milliseconds

TOLERANCE = 0.5
"""LU to either side of the preset's loudness."""
PEAK_CEILING = -1.0
"""dBTP, measured on the decoded MP3."""
ROUNDING = 0.05
"""Meters show one digit behind the point; the bounds hold for what they may have hidden."""
LONGEST_SILENCE = Milliseconds(1_500)
LIMIT = -2.0
"""dB of full scale at which the limiter holds; MP3 adds up to 0.7 dB to the peaks."""
ENCODER_LOSS = 0.35
"""LU that LAME takes away from speech at 64 kbit/s."""
RELEASE = 0.050
"""Seconds in which the limiter lets go."""
HELD = 0.9
"""Share of the limiter's hold, in dB, that is missing from the loudness; fitted to speech."""
SILENT = Lufs(-70.0)
"""Quieter than this is no sound at all (BS.1770's gate)."""


@dataclass(frozen=True)
class Preset:
    """A loudness that people choose by name; on the mono meter."""

    name: str
    target: Lufs


PRESETS = {
    preset.name: preset
    for preset in (Preset("horn", Lufs(-16.0)), Preset("podcast", Lufs(-19.0)), Preset("broadcast", Lufs(-23.0)))
}


@dataclass(frozen=True)
class Levels:
    """What the encoder is told: dB of gain on the mix, and dB of full scale at which the limiter holds."""

    gain: float
    limit: float = LIMIT


@dataclass(frozen=True)
class Measured:
    """What was measured on the decoded MP3."""

    loudness: Lufs
    peak: float
    length: Milliseconds
    longest_silence: Milliseconds


def of(pieces: Sequence[Slice], gain: float = 0.0, limit: float | None = None) -> Lufs:
    """The loudness of a sound as BS.1770 gates it, after `gain` and a limiter at `limit`, estimated within about 0.2 LU."""
    powers = _limited(pieces, gain, limit)
    width, step = 400 // SLICE, 100 // SLICE
    blocks = [sum(powers[at : at + width]) / width for at in range(0, max(1, len(powers) - width + 1), step)]
    heard = [block for block in blocks if _decibels(block) > SILENT]
    if not heard:
        return SILENT
    gate = _decibels(sum(heard) / len(heard)) - 10
    loud = [block for block in heard if _decibels(block) > gate]
    return Lufs(_decibels(sum(loud) / len(loud)))


def first_levels(pieces: Sequence[Slice], preset: Preset) -> Levels:
    """The levels at which the decoded MP3 will most likely be as loud as `preset` asks."""
    wanted = preset.target + ENCODER_LOSS
    gain = wanted - of(pieces)
    for _ in range(4):
        gain += wanted - of(pieces, gain, LIMIT)
    return Levels(round(gain, 2))


def next_levels(levels: Levels, measured: Measured, preset: Preset) -> Levels:
    """The levels for another try after `measured` was not accepted."""
    over = measured.peak - (PEAK_CEILING - ROUNDING)
    limit = levels.limit - (over + 0.2 if over > 0 else 0.0)
    missing = preset.target - measured.loudness
    return Levels(round(levels.gain + missing * 1.2, 2), round(limit, 2))


def is_accepted(measured: Measured, preset: Preset) -> bool:
    """Whether loudness and true peak are what the preset promises."""
    is_level = abs(measured.loudness - preset.target) <= TOLERANCE - ROUNDING
    return is_level and measured.peak <= PEAK_CEILING - ROUNDING


def _limited(pieces: Sequence[Slice], gain: float, limit: float | None) -> list[float]:
    """Each slice's power after gain and limiter; the limiter's hold falls off over RELEASE."""
    factor = 10 ** (gain / 20)
    ceiling = math.inf if limit is None else 10 ** (limit / 20)
    letting_go = math.exp(-SLICE / 1000 / RELEASE)
    hold = 0.0
    powers = []
    for piece in pieces:
        over = piece.peak * factor / ceiling
        hold = max(20 * math.log10(over) if over > 1 else 0.0, hold * letting_go)
        powers.append(piece.power * factor**2 * 10 ** (-HELD * hold / 10))
    return powers


def _decibels(power: float) -> float:
    return 10 * math.log10(power) if power > 0 else -math.inf
