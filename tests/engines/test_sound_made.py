"""From utterances to an accepted MP3, with the real espeak and the real ffmpeg."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import BadFile, Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio import loudness, pcm
from broadcaster.studio.bulletin import Part, Recipe
from broadcaster.studio.loudness import Levels
from broadcaster.studio.mix import Labels, of_speech
from broadcaster.studio.production import produce, produce_sound, sound_recipe
from broadcaster.studio.speech import Recording, Utterance, Voice
from broadcaster.types import Milliseconds

ENCODER_DELAY = 30
"""Milliseconds that LAME puts before the sound; ffmpeg counts chapters without them."""
SOUNDS = Path(__file__).parents[2] / "content" / "sounds"

Record = Callable[[Voice, Sequence[Utterance]], Recording]


def a_recipe(
    utterances: tuple[Utterance, ...],
    voice: EspeakVoice,
    ffmpeg: Ffmpeg,
    preset: str = "horn",
    *,
    is_trial: bool = False,
) -> Recipe:
    return Recipe(
        utterances,
        voice.identity,
        preset,
        ffmpeg.identity,
        "Ngày Khuyến học Việt Nam",
        album="Cát Hải",
        is_trial=is_trial,
    )


@pytest.mark.parametrize("preset", ["horn", "podcast", "broadcast"])
def test_a_bulletin_is_as_loud_as_its_preset(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path, record: Record, preset: str
) -> None:
    made = produce(a_recipe(greeting, espeak, ffmpeg, preset), "", [espeak], ffmpeg, tmp_path)

    heard = ffmpeg.measure(made.path)
    assert abs(heard.loudness - loudness.PRESETS[preset].target) <= 0.5
    assert heard.peak <= -1.0
    assert abs(heard.length - made.bulletin.length) <= 1
    assert abs(heard.length - (record(espeak, greeting).length + 600)) <= 60


def test_the_same_recipe_is_the_same_bytes(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    recipe = a_recipe(greeting, espeak, ffmpeg)

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(lambda _: produce(recipe, "", [espeak], ffmpeg, tmp_path), range(2))

    assert one.bulletin == two.bulletin
    assert one.path != two.path
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.bulletin.sha256 == sha256_of(one.path)
    assert one.bulletin.fingerprint == recipe.fingerprint
    assert one.bulletin.size == one.path.stat().st_size


def test_a_slogan_of_three_seconds_is_accepted(espeak: EspeakVoice, ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    slogan = (Utterance("Học, học nữa, học mãi!", Milliseconds(0)),)

    made = produce(a_recipe(slogan, espeak, ffmpeg), "", [espeak], ffmpeg, tmp_path)

    assert abs(made.bulletin.loudness + 16) <= 0.5


def test_the_file_says_what_it_is(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    made = produce(a_recipe(greeting, espeak, ffmpeg, is_trial=True), "", [espeak], ffmpeg, tmp_path)

    head = made.path.read_bytes()[:1000]
    assert head.startswith(b"ID3\x03")
    for shown in ("Ngày Khuyến học Việt Nam", "Cát Hải", "vie", "bản duyệt thử"):
        assert shown.encode("utf-16-le") in head or shown.encode("latin-1", "replace") in head


def test_a_player_finds_the_chapters(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    parts = (Part(0, "Lời chào = #1; \\"), Part(1, "Ngày Khuyến học"))
    made = produce(replace(a_recipe(greeting, espeak, ffmpeg), parts=parts), "", [espeak], ffmpeg, tmp_path)

    command = [ffmpeg.program, "-v", "error", "-i", str(made.path), "-f", "ffmetadata", "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = re.findall(r"START=(\d+)\nEND=(\d+)\ntitle=(.*)", told)
    assert [title for _, _, title in found] == [r"Lời chào \= \#1\; /", "Ngày Khuyến học"]
    assert int(found[1][0]) == pytest.approx(made.bulletin.cues[1].start, abs=ENCODER_DELAY)
    assert int(found[1][1]) == pytest.approx(made.bulletin.length, abs=ENCODER_DELAY)


def test_a_bed_lies_under_the_speech_and_is_heard_around_it(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path, record: Record
) -> None:
    made = produce(a_recipe(greeting, espeak, ffmpeg), "", [espeak], ffmpeg, tmp_path, SOUNDS / "nhac-nen.wav")

    assert abs(made.bulletin.loudness + 16) <= 0.5
    assert made.bulletin.length - record(espeak, greeting).length == pytest.approx(3800, abs=60)
    assert made.bulletin.cues[0].start == 1600


def test_a_bed_is_22_lu_below(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path, record: Record
) -> None:
    layers = of_speech(record(espeak, greeting), SOUNDS / "nhac-nen.wav")
    (tmp_path / "quiet.pcm").write_bytes(bytes(layers.samples * 2))
    quiet = replace(layers, path=tmp_path / "quiet.pcm")
    speech = replace(layers, bed=None)
    louder = Levels(12, 0)

    bed = ffmpeg.encode(quiet, louder, Labels("", ""), tmp_path / "bed.mp3")
    alone = ffmpeg.encode(speech, Levels(0, 0), Labels("", ""), tmp_path / "speech.mp3")
    under = ffmpeg.decode(tmp_path / "bed.mp3", 22_050)[round(22_050 * 3.2) * 2 : -22_050 * 4 * 2]

    ducked = loudness.of(pcm.slices(BytesIO(under), 22_050)) - 12
    assert alone.loudness - ducked == pytest.approx(22, abs=4)
    assert alone.loudness - ducked >= 18
    assert bed.longest_silence == 0


@pytest.mark.parametrize("slug", ["nhac-hieu", "nhac-hieu-ket", "dai-hieu", "nhac-cat", "nhac-hoc-bai"])
def test_the_stations_own_sounds_are_accepted(ffmpeg: Ffmpeg, tmp_path: Path, slug: str) -> None:
    wav = SOUNDS / f"{slug}.wav"

    made = produce_sound(wav, sound_recipe(wav, "Nhạc hiệu", "horn", ffmpeg), ffmpeg, tmp_path)

    heard = ffmpeg.measure(made.path)
    assert abs(heard.loudness + 16) <= 0.5
    assert heard.peak <= -1.0


def test_a_sound_that_is_no_wav_is_named(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    wav = tmp_path / "nhac-hieu.wav"
    wav.write_bytes(b"no sound")

    with pytest.raises(BadFile, match=r"nhac-hieu\.wav is not a WAV file"):
        produce_sound(wav, sound_recipe(wav, "Nhạc hiệu", "horn", ffmpeg), ffmpeg, tmp_path)


def test_a_silent_sound_is_refused_and_leaves_nothing(
    ffmpeg: Ffmpeg, tmp_path: Path, make_wav: Callable[[bytes, int], Path]
) -> None:
    wav = make_wav(bytes(88_200), 22_050)

    with pytest.raises(Unavailable, match="may be too short"):
        produce_sound(wav, sound_recipe(wav, "Nhạc hiệu", "horn", ffmpeg), ffmpeg, tmp_path / "work")

    assert list((tmp_path / "work").iterdir()) == []


def test_an_ffmpeg_without_loopback_makes_the_same_file(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    old = Ffmpeg()
    old.has_loopback = False
    recipe = a_recipe(greeting, espeak, ffmpeg)

    assert (
        produce(recipe, "", [espeak], old, tmp_path).bulletin
        == produce(recipe, "", [espeak], ffmpeg, tmp_path).bulletin
    )


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="Could not start ffmpeg"):
        Ffmpeg(tmp_path / "none")


def test_a_list_of_other_addresses_is_no_sound(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    (tmp_path / "one.wav").write_bytes((SOUNDS / "nhac-hieu.wav").read_bytes())
    for name, content in {
        "a.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{tmp_path}/one.wav\n#EXT-X-ENDLIST\n",
        "b.ffconcat": "ffconcat version 1.0\nfile one.wav\n",
    }.items():
        (tmp_path / name).write_text(content)
        with pytest.raises(Unavailable) as refused:
            ffmpeg.decode(tmp_path / name, 44_100)
        assert str(tmp_path) not in refused.value.sentence.into("en")


def test_a_file_that_is_no_sound_is_said(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    (tmp_path / "page.mp3").write_text("<html>", encoding="utf-8")

    with pytest.raises(Unavailable, match="ffmpeg could not do its work"):
        ffmpeg.decode(tmp_path / "page.mp3", 22_050)


MUCH = """
import resource, sys
from pathlib import Path
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.silence import SilentVoice
from broadcaster.studio.bulletin import Recipe
from broadcaster.studio.production import produce
from broadcaster.studio.speech import Utterance

sentence = Utterance("một hai ba bốn năm sáu bảy tám chín mười một lần nữa nhé bà con", 500)
recipe = Recipe((sentence,) * int(sys.argv[2]), "silence 1", "horn", "", "Dài")
made = produce(recipe, "", [SilentVoice()], Ffmpeg(), Path(sys.argv[1]))
print(made.bulletin.length, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.journey
@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kB on Linux only")
def test_an_hour_needs_little_more_memory_than_five_minutes(tmp_path: Path) -> None:
    def length_and_megabytes(sentences: int) -> list[int]:
        command = [sys.executable, "-c", MUCH, str(tmp_path), str(sentences)]
        said = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
        return [int(number) for number in said.stdout.split()]

    (short, little), (long, more) = length_and_megabytes(60), length_and_megabytes(720)

    assert short > 270_000
    assert long > 3_500_000
    assert more - little < 80
