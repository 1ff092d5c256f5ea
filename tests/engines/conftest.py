"""What the engines' tests share: one ffmpeg, one espeak, and a small MP3."""

import wave
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.silence import SilentVoice
from broadcaster.studio.loudness import Levels
from broadcaster.studio.mix import Labels, Mix
from broadcaster.studio.speech import Recording, Utterance, Voice
from broadcaster.types import Milliseconds
from tests.builders import spoken_into


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
    folder = tmp_path_factory.mktemp("mp3")
    eight = [Utterance("một hai ba bốn năm sáu bảy tám", Milliseconds(0))]
    hum = spoken_into(folder / "small.pcm", [SilentVoice()], eight).recording
    ffmpeg.encode(Mix(hum.path, hum.rate, hum.samples), Levels(0), Labels("", ""), folder / "small.mp3")
    return (folder / "small.mp3").read_bytes()


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


@pytest.fixture
def record(tmp_path: Path) -> Callable[[Voice, Sequence[Utterance]], Recording]:
    """What a voice alone speaks, in a file of its own."""
    number = count()
    return lambda voice, utterances: spoken_into(tmp_path / f"{next(number)}.pcm", [voice], utterances).recording


def _wav(path: Path, pcm: bytes, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return path
