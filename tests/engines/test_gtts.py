"""Google's voice against every failure that its service can play."""

import socket

import pytest

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.gtts import LONGEST_PIECE, GttsVoice
from broadcaster.engines.remote import BACK_OFF, PACE, packed
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Utterance
from broadcaster.types import Milliseconds
from tests.engines.google import playing

TEXT = "Mỗi người dân, mỗi gia đình hãy cùng nhau đọc sách."
ONE = (Utterance(TEXT, Milliseconds(200)),)


@pytest.mark.parametrize("failure", [429, 500, 503, "cut", "torn"])
def test_a_passing_failure_is_tried_again(ffmpeg: Ffmpeg, small_mp3: bytes, failure: str | int) -> None:
    waits: list[float] = []
    with playing(small_mp3, [failure, failure]) as google:
        voice = GttsVoice(ffmpeg, google.address, waits.append)

        [piece] = voice.speak(ONE)

    assert abs(len(piece.pcm) / 2 / voice.rate - 2.4) < 0.06
    assert waits == [*BACK_OFF[:2], PACE]
    assert len(google.bodies) == 3


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (429, "it answered 429"),
        (500, "it answered 500"),
        ("cut", "no connection"),
        ("torn", "cut off"),
        ("hang", "no connection"),
    ],
)
def test_a_lasting_failure_is_given_up(ffmpeg: Ffmpeg, small_mp3: bytes, failure: str | int, reason: str) -> None:
    waits: list[float] = []
    with playing(small_mp3, [failure] * 9) as google:
        voice = GttsVoice(ffmpeg, google.address, waits.append, patience=(0.2, 0.2))

        with pytest.raises(Unavailable, match=reason):
            list(voice.speak(ONE))

    assert waits == list(BACK_OFF)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("html", "holds no sound"),
        ("empty", "holds no sound"),
        ("half", "cannot be right"),
        (403, "answered 403"),
        (302, "answered 302"),
    ],
)
def test_an_answer_without_speech_is_no_speech(
    ffmpeg: Ffmpeg, small_mp3: bytes, failure: str | int, reason: str
) -> None:
    with playing(small_mp3, [failure]) as google:
        voice = GttsVoice(ffmpeg, google.address, lambda seconds: None)

        with pytest.raises(Unavailable, match=reason):
            list(voice.speak(ONE))

    assert len(google.bodies) == 1


def test_sound_that_is_no_mp3_is_refused(ffmpeg: Ffmpeg) -> None:
    with playing(b"RIFF" + bytes(4000), []) as google:
        voice = GttsVoice(ffmpeg, google.address, lambda seconds: None)

        with pytest.raises(Unavailable, match="no MP3"):
            list(voice.speak(ONE))


def test_a_refused_connection_names_the_utterance(ffmpeg: Ffmpeg) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        voice = GttsVoice(ffmpeg, f"http://127.0.0.1:{taken.getsockname()[1]}", lambda seconds: None)

        with pytest.raises(Unavailable, match=r"“Mỗi người dân, .* no connection"):
            list(voice.speak(ONE))


def test_it_recovers_after_a_failure(ffmpeg: Ffmpeg, small_mp3: bytes) -> None:
    with playing(small_mp3, ["html"]) as google:
        voice = GttsVoice(ffmpeg, google.address, lambda seconds: None)
        with pytest.raises(Unavailable):
            list(voice.speak(ONE))

        [piece] = voice.speak(ONE)

    assert abs(len(piece.pcm) / 2 / voice.rate - 2.4) < 0.06


def test_packed_keeps_clauses_whole_where_they_fit() -> None:
    text = (
        "Ủy ban nhân dân huyện Cát Hải đề nghị các xã, thị trấn, các cơ quan, đơn vị, trường học tổ chức tuyên truyền, "
        "vận động cán bộ và nhân dân trên địa bàn huyện tích cực hưởng ứng tuần lễ học tập suốt đời năm hai nghìn không trăm hai mươi."
    )

    pieces = packed(text, LONGEST_PIECE)

    assert " ".join(pieces) == text
    assert max(len(piece) for piece in pieces) <= LONGEST_PIECE
    assert pieces[0] == "Ủy ban nhân dân huyện Cát Hải đề nghị các xã, thị trấn, các cơ quan, đơn vị,"
