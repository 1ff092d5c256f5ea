"""Microsoft's voices against every failure that their service can play."""

import socket

import pytest

from broadcaster.engines.edge import EdgeVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.remote import BACK_OFF, PACE
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import SpokenWord, Utterance
from broadcaster.types import Milliseconds
from tests.engines.microsoft import playing

TEXT = "Mỗi gia đình hãy cùng nhau đọc sách."
ONE = (Utterance(TEXT, Milliseconds(200)),)


def test_it_speaks_and_keeps_the_words_times(ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(small_mp3, [], monkeypatch) as microsoft:
        [piece] = EdgeVoice(ffmpeg, sleep=lambda seconds: None).speak(ONE)

    words = TEXT.rstrip(".").split()
    assert abs(len(piece.pcm) / 2 / 24_000 - 2.4) < 0.06
    assert [word.text for word in piece.words] == words
    assert piece.words[1].start - piece.words[0].start == 250
    assert 0 <= piece.words[0].start <= 100
    assert microsoft.texts == [TEXT]


def test_the_voice_that_is_named_is_the_one_that_speaks(
    ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (EdgeVoice(ffmpeg, name, lambda seconds: None) for name in ("", "vi-VN-NamMinhNeural"))

    with playing(small_mp3, [], monkeypatch) as microsoft:
        list(first.speak(ONE))
        list(second.speak(ONE))

    assert (first.name, second.name) == ("edge", "edge:vi-VN-NamMinhNeural")
    assert ["HoaiMy" in microsoft.voices[0], "NamMinh" in microsoft.voices[1]] == [True, True]
    assert first.identity == EdgeVoice(ffmpeg, "vi-VN-HoaiMyNeural").identity != second.identity


@pytest.mark.parametrize("act", ["other words", "no words"])
def test_marks_that_are_not_the_words_are_left_out(
    ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    with playing(small_mp3, [act], monkeypatch):
        [piece] = EdgeVoice(ffmpeg, sleep=lambda seconds: None).speak(ONE)

    assert piece.pcm
    assert piece.words == tuple[SpokenWord, ...]()


@pytest.mark.parametrize("failure", [429, 503, "cut", "empty", "broken"])
def test_a_passing_failure_is_tried_again(
    ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch, failure: str | int
) -> None:
    waits: list[float] = []
    with playing(small_mp3, [failure, failure], monkeypatch):
        [piece] = EdgeVoice(ffmpeg, sleep=waits.append).speak(ONE)

    assert abs(len(piece.pcm) / 2 / 24_000 - 2.4) < 0.06
    assert waits == [*BACK_OFF[:2], PACE]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (429, "it answered 429"),
        (500, "it answered 500"),
        ("cut", "its sound was cut off"),
        ("empty", "its answer holds no sound"),
        ("broken", "its answer cannot be understood"),
        ("hang", r"no connection \(TimeoutError\)"),
    ],
)
def test_a_lasting_failure_is_given_up(
    ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch, failure: str | int, reason: str
) -> None:
    waits: list[float] = []
    with playing(small_mp3, [failure] * 9, monkeypatch):
        voice = EdgeVoice(ffmpeg, sleep=waits.append, longest=0.5)

        with pytest.raises(Unavailable, match=f"The voice edge failed at “{TEXT}”: {reason}"):
            list(voice.speak(ONE))

    assert waits == list(BACK_OFF)


@pytest.mark.parametrize(
    ("failure", "reason"), [("html", "no MP3"), ("half", "cannot be right"), (404, "answered 404")]
)
def test_an_answer_without_speech_is_no_speech(
    ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch, failure: str | int, reason: str
) -> None:
    waits: list[float] = []
    with playing(small_mp3, [failure], monkeypatch), pytest.raises(Unavailable, match=reason):
        list(EdgeVoice(ffmpeg, sleep=waits.append).speak(ONE))

    assert waits == []


def test_a_refused_connection_names_the_utterance(ffmpeg: Ffmpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"ws://127.0.0.1:{taken.getsockname()[1]}/?a=b")

        with pytest.raises(Unavailable, match=r"“Mỗi gia đình .* no connection"):
            list(EdgeVoice(ffmpeg, sleep=lambda seconds: None).speak(ONE))


def test_it_recovers_after_a_failure(ffmpeg: Ffmpeg, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = EdgeVoice(ffmpeg, sleep=lambda seconds: None)
    with playing(small_mp3, ["html"], monkeypatch):
        with pytest.raises(Unavailable):
            list(voice.speak(ONE))

        [piece] = voice.speak(ONE)

    assert abs(len(piece.pcm) / 2 / 24_000 - 2.4) < 0.06
