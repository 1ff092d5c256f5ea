"""One contract over all engines: utterances in, a recording out that has the sound, the pauses and the places it promises."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.gtts import GttsVoice
from broadcaster.engines.recorded import RecordedVoice
from broadcaster.engines.silence import SilentVoice
from broadcaster.studio.speech import Utterance, Voice
from broadcaster.studio.voices import check_whole
from tests.engines.google import playing


@pytest.fixture(params=["espeak", "silence", "gtts", "recorded"])
def voice(
    request: pytest.FixtureRequest,
    espeak: EspeakVoice,
    ffmpeg: Ffmpeg,
    small_mp3: bytes,
    make_wav: Callable[[bytes, int], Path],
    greeting: tuple[Utterance, ...],
) -> Iterator[Voice]:
    if request.param == "espeak":
        yield espeak
    elif request.param == "silence":
        yield SilentVoice()
    elif request.param == "recorded":
        spoken = SilentVoice().speak(greeting)
        yield RecordedVoice(make_wav(spoken.pcm, spoken.rate), ffmpeg)
    else:
        with playing(small_mp3, []) as google:
            yield GttsVoice(ffmpeg, google.address, sleep=lambda seconds: None)


def test_voice_speaks_every_utterance(voice: Voice, greeting: tuple[Utterance, ...]) -> None:
    recording = voice.speak(greeting)

    check_whole(recording, greeting, voice.name)
    assert recording.starts[0] == 0
    assert list(recording.starts) == sorted(set(recording.starts))
    assert len(recording.pcm) % 2 == 0


def test_voice_keeps_its_word_about_repeating(voice: Voice, greeting: tuple[Utterance, ...]) -> None:
    once = voice.speak(greeting)
    again = voice.speak(greeting)

    assert not voice.is_repeatable or once == again


def test_voice_is_known_by_name_and_identity(voice: Voice) -> None:
    assert voice.name
    assert voice.name.split()[0] in voice.identity
