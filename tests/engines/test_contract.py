"""One contract over all engines: utterances in, a recording out that has the sound, the pauses and the places it promises."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.engines.descriptions import Service
from broadcaster.engines.edge import EdgeVoice
from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.gtts import GttsVoice
from broadcaster.engines.piper import PiperModel
from broadcaster.engines.recorded import RecordedVoice
from broadcaster.engines.service import ServiceVoice
from broadcaster.engines.silence import SilentVoice
from broadcaster.studio.speech import Utterance, Voice
from broadcaster.studio.voices import check_piece
from tests.builders import spoken_into
from tests.engines import microsoft
from tests.engines.counter import counter
from tests.engines.google import playing
from tests.engines.model import a_model


@pytest.fixture(params=["espeak", "silence", "gtts", "recorded", "piper", "edge", "service"])
def voice(
    request: pytest.FixtureRequest,
    espeak: EspeakVoice,
    ffmpeg: Ffmpeg,
    small_mp3: bytes,
    make_wav: Callable[[bytes, int], Path],
    greeting: tuple[Utterance, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Voice]:
    if request.param == "espeak":
        yield espeak
    elif request.param == "silence":
        yield SilentVoice()
    elif request.param == "recorded":
        hum = SilentVoice()
        yield RecordedVoice(make_wav(b"".join(piece.pcm for piece in hum.speak(greeting)), hum.rate), ffmpeg)
    elif request.param == "piper":
        yield PiperModel(a_model(tmp_path / "voices"))
    elif request.param == "edge":
        with microsoft.playing(small_mp3, [], monkeypatch):
            yield EdgeVoice(ffmpeg, sleep=lambda seconds: None)
    elif request.param == "service":
        with counter() as service:
            service.acts = [small_mp3] * 20
            described = Service("xa", service.address, json={"text": "{text}"})
            yield ServiceVoice(described, "", ffmpeg, sleep=lambda seconds: None)
    else:
        with playing(small_mp3, []) as google:
            yield GttsVoice(ffmpeg, google.address, sleep=lambda seconds: None)


def test_voice_speaks_every_utterance(voice: Voice, greeting: tuple[Utterance, ...]) -> None:
    pieces = list(voice.speak(greeting))

    assert len(pieces) == len(greeting)
    for piece, utterance in zip(pieces, greeting, strict=True):
        check_piece(piece, utterance, voice)
        assert piece.pcm
        assert len(piece.pcm) % 2 == 0
        assert [word.start for word in piece.words] == sorted({word.start for word in piece.words})


def test_a_recording_holds_the_pieces_and_the_pauses(
    voice: Voice, greeting: tuple[Utterance, ...], tmp_path: Path
) -> None:
    recording = spoken_into(tmp_path / "sound.pcm", [voice], greeting).recording

    sound = sum(len(piece.pcm) for piece in voice.speak(greeting)) / 2 / voice.rate * 1000
    pauses = 0 if voice.is_person else 700
    assert recording.starts[0] == 0
    assert list(recording.starts) == sorted(set(recording.starts))
    assert abs(recording.length - sound - pauses) <= 1
    assert recording.path.stat().st_size == recording.samples * 2


def test_a_voice_that_is_left_in_the_middle_speaks_again(voice: Voice, greeting: tuple[Utterance, ...]) -> None:
    first = next(voice.speak(greeting))

    again = next(voice.speak(greeting))

    assert not voice.is_repeatable or first == again


def test_voice_keeps_its_word_about_repeating(voice: Voice, greeting: tuple[Utterance, ...]) -> None:
    once = list(voice.speak(greeting))
    again = list(voice.speak(greeting))

    assert not voice.is_repeatable or once == again


def test_voice_is_known_by_name_and_identity(voice: Voice) -> None:
    assert voice.name
    assert voice.name.split()[0] in voice.identity
