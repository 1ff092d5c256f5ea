"""Piper: the same bytes every time, from several threads, and what is said of a model that is not whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from broadcaster.engines.piper import PiperModel
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Utterance
from broadcaster.studio.voices import check_piece
from broadcaster.types import Milliseconds
from tests.engines.model import RATE, a_model

SENTENCES = (
    "Kính thưa quý vị và các bạn!",
    "Ngày mùng hai tháng mười hằng năm là Ngày Khuyến học Việt Nam.",
    "Học, học nữa, học mãi!",
)


def spoken(*texts: str) -> tuple[Utterance, ...]:
    return tuple(Utterance(text, Milliseconds(300)) for text in texts)


@pytest.fixture
def voice(tmp_path: Path) -> PiperModel:
    return PiperModel(a_model(tmp_path))


def test_it_is_named_after_its_model_and_speaks_at_its_rate(voice: PiperModel) -> None:
    assert voice.name == "piper:vi-thu"
    assert voice.identity.startswith("piper:vi-thu, piper-tts ")
    assert voice.rate == RATE


def test_each_utterance_has_the_length_of_its_words(voice: PiperModel) -> None:
    utterances = spoken(*SENTENCES)

    for piece, utterance in zip(voice.speak(utterances), utterances, strict=True):
        check_piece(piece, utterance, voice)


def test_same_text_gives_the_same_bytes_in_any_order_in_threads_and_anew(voice: PiperModel, tmp_path: Path) -> None:
    alone = {text: list(voice.speak(spoken(text))) for text in SENTENCES}
    jobs = [text for text in SENTENCES for _ in range(3)] + list(reversed(SENTENCES))

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: list(voice.speak(spoken(text))), jobs))
    anew = PiperModel(tmp_path / "vi-thu.onnx")

    assert together == [alone[text] for text in jobs]
    assert list(anew.speak(spoken(*SENTENCES))) == [piece for text in SENTENCES for piece in alone[text]]
    assert anew.identity == voice.identity


def test_another_model_or_description_is_another_identity(tmp_path: Path) -> None:
    first = PiperModel(a_model(tmp_path / "a"))
    second = PiperModel(a_model(tmp_path / "b", inference={"length_scale": 1.3}))

    assert first.identity != second.identity


@pytest.mark.parametrize("text", ["15 phút", "Xin chào - a", "`", "khu/phố", "[[ a ]]", ""])
def test_what_the_reading_did_not_settle_is_refused(voice: PiperModel, text: str) -> None:
    with pytest.raises(Unavailable, match=r"piper:vi-thu was handed “.*more than Vietnamese words"):
        list(voice.speak(spoken("Xin chào.", text)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"audio": {}}, "is not the description of a Piper model: 'sample_rate'"),
        ({"audio": {"sample_rate": 0}}, "is not the description"),
        ({"audio": []}, "is not the description"),
        ({"phoneme_id_map": {}}, "is not the description"),
        ({"phoneme_type": "song"}, "is not the description"),
        ({"phoneme_type": "pinyin"}, "does not speak Vietnamese"),
        ({"espeak": {"voice": "en-us"}}, "does not speak Vietnamese"),
    ],
)
def test_a_description_that_does_not_suit_is_said(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unavailable, match=f"vi-thu.onnx.json .*{reason}|vi-thu.onnx.json {reason}"):
        PiperModel(a_model(tmp_path, **changes))


def test_a_description_that_is_no_json_is_said(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    path.with_name("vi-thu.onnx.json").write_text("<html>", "utf-8")

    with pytest.raises(Unavailable, match="Copy the one that came with the model"):
        PiperModel(path)


def test_a_missing_half_is_said(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    path.unlink()
    with pytest.raises(Unavailable, match=r"vi-thu\.onnx cannot be read.*two files side by side"):
        PiperModel(path)

    path.write_bytes(b"")
    path.with_name("vi-thu.onnx.json").unlink()
    with pytest.raises(Unavailable, match=r"vi-thu\.onnx\.json cannot be read.*two files side by side"):
        PiperModel(path)


@pytest.mark.parametrize("content", [b"", b"<html>", b"version https"])
def test_a_model_that_is_not_whole_is_said(tmp_path: Path, content: bytes) -> None:
    path = a_model(tmp_path)
    path.write_bytes(content)

    with pytest.raises(Unavailable, match=r"vi-thu\.onnx is not a whole Piper model"):
        PiperModel(path)


def test_half_a_download_is_said(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    path.write_bytes(path.read_bytes()[:900])

    with pytest.raises(Unavailable, match=r"vi-thu\.onnx is not a whole Piper model"):
        PiperModel(path)


def test_a_model_that_wants_more_than_it_is_given_is_said(tmp_path: Path) -> None:
    voice = PiperModel(a_model(tmp_path, num_speakers=2))

    with pytest.raises(Unavailable, match="piper:vi-thu failed at “Xin chào”"):
        list(voice.speak(spoken("Xin chào")))
