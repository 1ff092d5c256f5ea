"""The stations' own sounds: what the house brings with it, and what is said of wrong tables."""

import runpy
import wave
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.studio.pcm import wav_length
from broadcaster.studio.sounds import SoundKind, read_sounds
from broadcaster.types import Kind

ROOT = Path(__file__).parents[2]
SOUNDS = ROOT / "content" / "sounds"
TABLE = 'file = "{file}"\ntitle = "Nhạc cắt"\nkind = "nhac-cat"\norigin = "tự soạn"\nlicence = "CC0-1.0"\n'


def test_the_house_brings_its_own_sounds() -> None:
    sounds = read_sounds(SOUNDS, ROOT)

    assert {slug: sound.use for slug, sound in sounds.items()} == {
        "dai-hieu": SoundKind.IDENT,
        "nhac-cat": SoundKind.STING,
        "nhac-hieu": SoundKind.SIGNATURE_TUNE,
        "nhac-hieu-ket": SoundKind.SIGNATURE_TUNE,
        "nhac-hoc-bai": SoundKind.SIGNATURE_TUNE,
        "nhac-nen": SoundKind.BED,
    }
    assert {sound.kind for sound in sounds.values()} == {Kind.IDENT, Kind.STING, Kind.SIGNATURE_TUNE, None}
    assert wav_length(sounds["nhac-nen"].path) == 48_000
    assert {sound.licence for sound in sounds.values()} == {"CC0-1.0"}


@pytest.mark.parametrize(
    ("slug", "shortest", "longest"),
    [
        ("nhac-hieu", 12, 15),
        ("nhac-hieu-ket", 6, 8),
        ("dai-hieu", 4, 5),
        ("nhac-cat", 2, 3),
        ("nhac-nen", 40, 60),
        ("nhac-hoc-bai", 8, 10),
    ],
)
def test_a_sound_is_as_long_as_its_use_asks(slug: str, shortest: float, longest: float) -> None:
    with wave.open(str(SOUNDS / f"{slug}.wav")) as file:
        shape = (file.getnchannels(), file.getsampwidth())
        seconds = file.getnframes() / file.getframerate()

    assert shape == (1, 2)
    assert shortest <= seconds <= longest


def test_the_generator_makes_the_same_bytes() -> None:
    made = runpy.run_path(str(SOUNDS / "make_sounds.py"))["samples"]("nhac-cat")

    with wave.open(str(SOUNDS / "nhac-cat.wav")) as file:
        kept = file.readframes(file.getnframes())
    assert made == kept


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (TABLE.format(file="khac.wav"), r"nhac-cat\.toml:1: there is no file “khac\.wav”"),
        (TABLE.format(file="../khac.wav"), "must be a WAV file beside it"),
        (TABLE.format(file="nhac-cat.wav").replace('nhac-cat"', 'nhac-cut"'), "Did you mean “nhac-cat”"),
        (TABLE.format(file="nhac-cat.wav") + 'licens = "x"\n', "Did you mean “licence”"),
    ],
)
def test_a_wrong_table_is_named_with_its_place(tmp_path: Path, table: str, reason: str) -> None:
    (tmp_path / "nhac-cat.toml").write_text(table, encoding="utf-8")
    (tmp_path / "nhac-cat.wav").write_bytes(b"")

    with pytest.raises(BadFile, match=reason):
        read_sounds(tmp_path, tmp_path)
