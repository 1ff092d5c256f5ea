"""Loudness as numbers: the estimate, the first levels, and what is done after a miss."""

import math
from array import array
from io import BytesIO

import pytest

from broadcaster.studio import loudness, pcm
from broadcaster.studio.loudness import PRESETS, Levels, Measured
from broadcaster.studio.pcm import Slice
from broadcaster.types import Lufs, Milliseconds

HORN = PRESETS["horn"]


def a_tone(seconds: float, height: float, hertz: float = 1000.0, rate: int = 22_050) -> bytes:
    wave = (
        round(32_767 * height * math.sin(2 * math.pi * hertz * place / rate)) for place in range(round(seconds * rate))
    )
    return array("h", wave).tobytes()


def slices(sound: bytes) -> list[Slice]:
    return pcm.slices(BytesIO(sound), 22_050)


def measured(lufs: float, peak: float) -> Measured:
    return Measured(Lufs(lufs), peak, Milliseconds(1000), Milliseconds(0))


def test_a_full_tone_of_1_khz_is_3_lufs_below_full_scale() -> None:
    estimate = loudness.of(slices(a_tone(3, 1.0)))

    assert estimate == pytest.approx(-3.0, abs=0.6)


def test_pauses_do_not_count() -> None:
    tone = a_tone(2, 0.1)

    with_pause = loudness.of(slices(tone + bytes(len(tone)) + tone))

    assert with_pause == pytest.approx(loudness.of(slices(tone)), abs=0.4)


def test_silence_is_no_sound() -> None:
    assert loudness.of(slices(bytes(44_100))) == loudness.SILENT


def test_the_first_levels_bring_a_quiet_tone_to_the_preset() -> None:
    pieces = slices(a_tone(2, 0.05))

    levels = loudness.first_levels(pieces, HORN)

    assert levels.gain == pytest.approx(HORN.target + loudness.ENCODER_LOSS - loudness.of(pieces), abs=0.01)


def test_the_limiter_costs_loudness_that_the_gain_makes_good() -> None:
    clicks = (a_tone(0.02, 0.9) + a_tone(0.38, 0.05)) * 10
    pieces = slices(clicks)

    levels = loudness.first_levels(pieces, HORN)

    assert levels.gain > HORN.target + loudness.ENCODER_LOSS - loudness.of(pieces)


@pytest.mark.parametrize(
    ("lufs", "peak", "accepted"),
    [
        (-16.0, -1.5, True),
        (-16.4, -1.1, True),
        (-15.6, -1.1, True),
        (-16.5, -2.0, False),
        (-15.5, -2.0, False),
        (-16.0, -1.0, False),
    ],
)
def test_what_a_meters_last_digit_may_hide_is_not_accepted(lufs: float, peak: float, accepted: bool) -> None:
    assert loudness.is_accepted(measured(lufs, peak), HORN) is accepted


def test_a_quiet_try_is_made_louder() -> None:
    assert loudness.next_levels(Levels(5.0), measured(-17.0, -2.0), HORN) == Levels(6.2)


def test_a_peak_too_high_lowers_the_limiter() -> None:
    assert loudness.next_levels(Levels(5.0), measured(-16.0, -0.55), HORN) == Levels(5.0, -2.7)
