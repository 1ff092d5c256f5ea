"""Composes and synthesises the stations' own sounds: run it beside them, and it writes the same WAV files, byte for byte.

All melodies are ours, in the five tones G A B D E; plucked strings carry them, bells ring above, a soft pad lies below. They are
written for horn loudspeakers at half past five in the morning: nothing below 190 Hz that matters, no hard attack, a clear ending.
"""

import math
import sys
import wave
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

RATE = 32_000
BED_RATE = 22_050
HEIGHT = 0.71
"""The highest sample, as a share of full scale (−3 dB)."""
HERTZ = {
    "G3": 196.00, "A3": 220.00, "B3": 246.94, "D4": 293.66, "E4": 329.63, "G4": 392.00, "A4": 440.00, "B4": 493.88,
    "D5": 587.33, "E5": 659.26, "G5": 783.99, "A5": 880.00, "B5": 987.77, "D6": 1174.66, "G6": 1567.98,
}  # fmt: skip

Sound = list[float]
Note = tuple[float, str, float]
"""Beat, pitch, strength."""
PLUCKED = tuple((n * (1 + 0.0004 * n * n), math.sin(math.pi * n * 0.27) / n**1.25, 1.5 / n**0.55) for n in range(1, 9))
BELL = ((1.0, 1.0, 1.7), (2.0, 0.42, 1.1), (3.0, 0.2, 0.65), (4.16, 0.1, 0.35), (5.43, 0.05, 0.2))
"""Partials: multiple of the pitch, height, seconds until a tenth is left."""


def ring(
    sound: Sound, at: float, hertz: float, strength: float, partials: Sequence[tuple[float, float, float]]
) -> None:
    """Add a struck tone at `at` seconds: damped sines that swell in over some thousandths of a second."""
    start = round(at * RATE)
    swell = round(0.007 * RATE)
    for multiple, height, seconds in partials:
        angle = 2 * math.pi * hertz * multiple / RATE
        if angle > math.pi * 0.8:
            continue
        keep = 10 ** (-1 / (seconds * RATE))
        turn, fall = 2 * keep * math.cos(angle), keep * keep
        before, now = 0.0, strength * height * math.sin(angle)
        for place in range(start, min(len(sound), start + round(3 * seconds * RATE))):
            since = place - start
            sound[place] += now * since / swell if since < swell else now
            before, now = now, turn * now - fall * before


def swell(sound: Sound, rate: int, at: float, seconds: float, hertz: float, strength: float) -> None:
    """Add a soft tone that comes and goes like a breath; what runs over the end begins again at the start."""
    count, start = round(seconds * rate), round(at * rate)
    for multiple, height in ((1, 1.0), (2, 0.32), (3, 0.12)):
        for detuned, share in ((0.9994, 0.28), (1.0004, 0.72)):  # two strings: a slow beating that never falls silent
            angle = 2 * math.pi * hertz * multiple * detuned / rate
            turn = 2 * math.cos(angle)
            before, now = 0.0, strength * height * share * math.sin(angle)
            for place in range(count):
                breath = 0.5 - 0.5 * math.cos(2 * math.pi * place / count)
                sound[(start + place) % len(sound)] += now * breath
                before, now = now, turn * now - before


def room(sound: Sound, share: float) -> Sound:
    """The sound in a small hall: four echoes of different lengths that feed themselves, mixed in by `share`."""
    wet = [0.0] * len(sound)
    for seconds in (0.0297, 0.0371, 0.0411, 0.0437):
        delay = round(seconds * RATE)
        line = [0.0] * delay
        dull = 0.0
        for place, dry in enumerate(sound):
            echo = line[place % delay]
            dull += 0.55 * (echo - dull)
            line[place % delay] = dry + 0.72 * dull
            wet[place] += echo
    return [dry + share * 0.25 * echo for dry, echo in zip(sound, wet, strict=True)]


def played(seconds: float, beat: float, strings: Sequence[Note], bells: Sequence[Note], low: Sequence[Note]) -> Sound:
    """Strings, bells and low strings at their beats, in the room."""
    sound = [0.0] * round(seconds * RATE)
    for notes, partials, share in ((strings, PLUCKED, 1.0), (bells, BELL, 0.34), (low, PLUCKED, 0.55)):
        for at, pitch, strength in notes:
            ring(sound, 0.05 + at * beat, HERTZ[pitch], strength * share, partials)
    return room(sound, 0.5)


def nhac_hieu() -> Sound:
    """The signature tune: a call upwards, an answer, the call again higher, and home."""
    strings = [
        (0, "D4", 0.55), (0.5, "G4", 0.65), (1, "A4", 0.7), (1.5, "B4", 0.8), (2, "D5", 1.0), (3.5, "B4", 0.7),
        (4, "E5", 1.0), (5, "D5", 0.85), (5.5, "B4", 0.75), (6, "A4", 0.95), (7.5, "B4", 0.6),
        (8, "G4", 0.75), (8.5, "A4", 0.75), (9, "B4", 0.85), (9.5, "D5", 0.9), (10, "E5", 0.95), (11, "G5", 1.0),
        (12, "E5", 0.9), (12.5, "D5", 0.85), (13, "B4", 0.8), (13.5, "A4", 0.8), (14, "B4", 0.75), (14.5, "A4", 0.75), (15, "D4", 0.6),
        (16, "G4", 1.0), (16.12, "B4", 0.7), (16.24, "D5", 0.7), (16.36, "G5", 0.8),
    ]  # fmt: skip
    bells = [
        (2, "D6", 0.5),
        (4, "B5", 0.5),
        (6, "A5", 0.5),
        (10, "B5", 0.5),
        (11, "D6", 0.6),
        (13, "B5", 0.4),
        (16, "G5", 0.8),
        (17, "D6", 0.5),
        (17.5, "G6", 0.4),
    ]
    low = [
        (2, "G3", 0.7),
        (4, "E4", 0.6),
        (6, "D4", 0.7),
        (8, "G3", 0.7),
        (10, "E4", 0.6),
        (12, "B3", 0.6),
        (14, "D4", 0.6),
        (16, "G3", 0.9),
    ]
    return played(13.6, 0.61, strings, bells, low)


def nhac_hieu_ket() -> Sound:
    """The closing form: the tune's way home, slower."""
    strings = [
        (0, "E5", 0.8), (0.5, "D5", 0.8), (1, "B4", 0.75), (1.5, "A4", 0.75), (2, "B4", 0.7), (2.5, "A4", 0.7), (3.1, "D4", 0.6),
        (4.3, "G4", 0.95), (4.45, "B4", 0.65), (4.6, "D5", 0.65), (4.75, "G5", 0.7),
    ]  # fmt: skip
    bells = [(0, "B5", 0.4), (2, "A5", 0.4), (4.3, "G5", 0.7), (5.4, "D6", 0.4)]
    low = [(0, "E4", 0.6), (1, "B3", 0.6), (2, "D4", 0.6), (4.3, "G3", 0.9)]
    return played(7.2, 0.68, strings, bells, low)


def dai_hieu() -> Sound:
    """The ident: the tune's call, answered by a bell."""
    strings = [(0, "D4", 0.6), (0.5, "G4", 0.7), (1, "A4", 0.75), (1.5, "B4", 0.85), (2, "D5", 1.0), (2.75, "G5", 0.9)]
    return played(4.6, 0.5, strings, [(2, "D6", 0.5), (2.75, "G5", 0.8), (3.5, "B5", 0.4)], [(2, "G3", 0.7)])


def nhac_cat() -> Sound:
    """The sting: three bells upwards over one string."""
    return played(
        2.6,
        0.3,
        [(0, "D5", 0.7), (1, "E5", 0.75), (2, "G5", 0.9)],
        [(0, "D5", 0.7), (1, "E5", 0.7), (2, "G5", 1.0)],
        [(2, "G4", 0.6)],
    )


def nhac_hoc_bai() -> Sound:
    """Before the study reminder: a music box in the evening, quiet and even."""
    bells = [
        (0, "B5", 0.9), (0.5, "D5", 0.6), (1, "E5", 0.75), (1.5, "D5", 0.6), (2, "B5", 0.9), (3, "A5", 0.8), (3.5, "D5", 0.5),
        (4, "G5", 0.85), (4.5, "D5", 0.55), (5, "E5", 0.7), (5.5, "G5", 0.7), (6, "A5", 0.9), (7.5, "D5", 0.5),
        (8, "B5", 0.85), (8.5, "A5", 0.7), (9, "G5", 0.75), (9.5, "E5", 0.65), (10, "D5", 0.7), (11, "G5", 0.95), (11.2, "D6", 0.5),
    ]  # fmt: skip
    strings = [
        (0, "G4", 0.35),
        (2, "E4", 0.35),
        (4, "G4", 0.35),
        (6, "D4", 0.4),
        (8, "E4", 0.35),
        (10, "D4", 0.35),
        (11, "G4", 0.5),
    ]
    return played(9.2, 0.58, strings, bells, [])


def nhac_nen() -> Sound:
    """The bed: six slow chords that breathe into each other and end where they began."""
    chords = (
        ("G3", "D4", "B4"),
        ("A3", "E4", "B4"),
        ("B3", "D4", "G4"),
        ("G3", "E4", "B4"),
        ("A3", "D4", "A4"),
        ("G3", "E4", "A4"),
    )
    each = 8.0
    sound = [0.0] * round(each * len(chords) * BED_RATE)
    for place, chord in enumerate(chords):
        for pitch in chord:
            swell(sound, BED_RATE, place * each, each * 2, HERTZ[pitch], 0.3)
    return sound


SOUNDS: dict[str, tuple[Callable[[], Sound], int]] = {
    "nhac-hieu": (nhac_hieu, RATE),
    "nhac-hieu-ket": (nhac_hieu_ket, RATE),
    "dai-hieu": (dai_hieu, RATE),
    "nhac-cat": (nhac_cat, RATE),
    "nhac-hoc-bai": (nhac_hoc_bai, RATE),
    "nhac-nen": (nhac_nen, BED_RATE),
}


def samples(slug: str) -> bytes:
    """The sound as 16-bit PCM; all but the bed, which goes round, fade out at the end."""
    compose, rate = SOUNDS[slug]
    sound = compose()
    if slug != "nhac-nen":
        fade = round(0.6 * rate)
        for place in range(fade):
            sound[-1 - place] *= math.sin(math.pi / 2 * place / fade) ** 2
    scale = HEIGHT * 32_767 / max(abs(sample) for sample in sound)
    whole = array("h", (round(sample * scale) for sample in sound))
    if sys.byteorder == "big":
        whole.byteswap()
    return whole.tobytes()


def main() -> None:
    """Write every WAV file beside this script."""
    for slug, (_, rate) in SOUNDS.items():
        with wave.open(str(Path(__file__).with_name(f"{slug}.wav")), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(samples(slug))


if __name__ == "__main__":
    main()
