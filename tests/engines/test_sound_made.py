"""From utterances to an accepted MP3, with the real espeak and the real ffmpeg."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import BadFile, Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio import loudness, pcm
from broadcaster.studio.bulletin import Recipe
from broadcaster.studio.loudness import Levels
from broadcaster.studio.mix import Labels, Mix, of_speech
from broadcaster.studio.production import produce, produce_sound, sound_recipe
from broadcaster.studio.speech import Utterance
from broadcaster.types import Milliseconds

SOUNDS = Path(__file__).parents[2] / "content" / "sounds"


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
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path, preset: str
) -> None:
    made = produce(a_recipe(greeting, espeak, ffmpeg, preset), "", [espeak], ffmpeg, tmp_path)

    heard = ffmpeg.measure(made.path)
    assert abs(heard.loudness - loudness.PRESETS[preset].target) <= 0.5
    assert heard.peak <= -1.0
    assert abs(heard.length - made.bulletin.length) <= 1
    assert abs(heard.length - (espeak.speak(greeting).length + 600)) <= 60


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


def test_a_bed_lies_under_the_speech_and_is_heard_around_it(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    made = produce(a_recipe(greeting, espeak, ffmpeg), "", [espeak], ffmpeg, tmp_path, SOUNDS / "nhac-nen.wav")

    assert abs(made.bulletin.loudness + 16) <= 0.5
    assert made.bulletin.length - espeak.speak(greeting).length == pytest.approx(3800, abs=60)
    assert made.bulletin.cues[0].start == 1600


def test_a_bed_is_22_lu_below(
    espeak: EspeakVoice, ffmpeg: Ffmpeg, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    spoken = espeak.speak(greeting)
    layers = of_speech(spoken, SOUNDS / "nhac-nen.wav")
    quiet = Mix(bytes(len(spoken.pcm)), spoken.rate, layers.head, layers.tail, layers.bed)
    speech = Mix(spoken.pcm, spoken.rate, layers.head, layers.tail)
    louder = Levels(12, 0)

    bed = ffmpeg.encode(quiet, louder, Labels("", ""), tmp_path / "bed.mp3")
    alone = ffmpeg.encode(speech, Levels(0, 0), Labels("", ""), tmp_path / "speech.mp3")
    under = ffmpeg.decode(tmp_path / "bed.mp3", 22_050)[round(22_050 * 3.2) * 2 : -22_050 * 4 * 2]

    ducked = loudness.of(pcm.slices(under, 22_050)) - 12
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


def test_a_file_that_is_no_sound_is_said(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    (tmp_path / "page.mp3").write_text("<html>", encoding="utf-8")

    with pytest.raises(Unavailable, match="ffmpeg could not do its work"):
        ffmpeg.decode(tmp_path / "page.mp3", 22_050)
