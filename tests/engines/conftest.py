"""What the engines' tests share: one ffmpeg, one espeak, and a small MP3."""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.silence import SilentVoice
from broadcaster.studio.loudness import Levels
from broadcaster.studio.mix import Labels, Mix
from broadcaster.studio.speech import Utterance
from broadcaster.types import Milliseconds


@pytest.fixture(scope="session")
def ffmpeg() -> Ffmpeg:
    return Ffmpeg()


@pytest.fixture(scope="session")
def espeak() -> Iterator[EspeakVoice]:
    voice = EspeakVoice(workers=2)
    yield voice
    voice.close()


@pytest.fixture(scope="session")
def small_mp3(ffmpeg: Ffmpeg, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """2.4 seconds: eight syllables."""
    path = tmp_path_factory.mktemp("mp3") / "small.mp3"
    hum = SilentVoice().speak([Utterance("một hai ba bốn năm sáu bảy tám", Milliseconds(0))])
    ffmpeg.encode(Mix(hum.pcm, hum.rate), Levels(0), Labels("", ""), path)
    return path.read_bytes()


@pytest.fixture
def greeting() -> tuple[Utterance, ...]:
    return tuple(
        Utterance(text, Milliseconds(pause))
        for text, pause in (
            ("Kính thưa quý vị và các bạn!", 400),
            ("Ngày mùng hai tháng mười hằng năm là Ngày Khuyến học Việt Nam.", 300),
            ("Mỗi gia đình hãy dành ra ba mươi phút mỗi ngày, để đọc sách cùng con.", 0),
        )
    )


@pytest.fixture
def make_wav(tmp_path: Path) -> Callable[[bytes, int], Path]:
    """PCM and its rate as a WAV file."""
    return lambda pcm, rate: _wav(tmp_path / "sound.wav", pcm, rate)


def _wav(path: Path, pcm: bytes, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return path
