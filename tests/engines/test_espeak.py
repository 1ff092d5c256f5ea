"""The embedded voice: words, pace, same bytes, and what happens when a worker dies."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from broadcaster.engines import espeak as engine
from broadcaster.engines.espeak import EspeakVoice
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.types import Milliseconds

SENTENCES = (
    "Ủy ban nhân dân huyện Cát Hải đề nghị các xã, thị trấn tổ chức tuyên truyền, vận động nhân dân hưởng ứng tuần lễ học tập suốt đời.",
    "Quyết định số tám mươi chín ngày mùng chín tháng một năm hai nghìn không trăm mười ba của Thủ tướng Chính phủ.",
    "Đúng mười chín giờ, các em học sinh ngồi vào bàn học; gia đình giảm âm lượng loa đài, ti vi.",
    "Học, học nữa, học mãi!",
)


def spoken(*texts: str) -> tuple[Utterance, ...]:
    return tuple(Utterance(text, Milliseconds(300)) for text in texts)


def test_word_events_are_as_many_as_the_words_sent(espeak: EspeakVoice) -> None:
    pieces = espeak.speak(spoken(*SENTENCES))

    assert [word.text for piece in pieces for word in piece.words] == [
        word.strip(",.;!") for text in SENTENCES for word in text.split()
    ]


def test_no_word_is_spelled(espeak: EspeakVoice) -> None:
    for piece in espeak.speak(spoken(*SENTENCES)):
        assert max(right.start - left.start for left, right in pairwise(piece.words)) < 850


def test_pace_suits_a_horn(espeak: EspeakVoice) -> None:
    for text in SENTENCES[:3]:
        [piece] = espeak.speak(spoken(text))

        assert 170 <= len(text.split()) / (len(piece.pcm) / 2 / espeak.rate / 60) <= 260


def test_same_text_gives_the_same_bytes_in_any_order_and_in_two_threads(espeak: EspeakVoice) -> None:
    alone = {text: list(espeak.speak(spoken(text))) for text in SENTENCES}
    jobs = [text for text in SENTENCES for _ in range(3)] + list(reversed(SENTENCES))

    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda text: list(espeak.speak(spoken(text))), jobs))

    assert together == [alone[text] for text in jobs]


@pytest.mark.parametrize(
    "text", ["15 phút", "Xin chào - a", "`", "khu/phố", "", "a" + chr(0x301) + " nhé", "Chào,bạn", ". Chào"]
)
def test_what_the_reading_did_not_settle_is_refused(espeak: EspeakVoice, text: str) -> None:
    with pytest.raises(Unavailable, match="more than Vietnamese words"):
        list(espeak.speak(spoken("Xin chào.", text)))


def test_a_killed_worker_is_replaced() -> None:
    voice = EspeakVoice(workers=1)
    before = list(voice.speak(spoken(*SENTENCES)))

    os.kill(voice.pids[0], signal.SIGKILL)
    after = list(voice.speak(spoken(*SENTENCES)))

    assert after == before
    voice.close()


def test_whoever_speaks_after_the_end_does_not_wait_for_ever() -> None:
    voice = EspeakVoice(workers=2)
    before = list(voice.speak(spoken(*SENTENCES)))
    after: list[Piece] = []
    voice.close()
    assert voice.pids == ()

    speaking = threading.Thread(target=lambda: after.extend(voice.speak(spoken(*SENTENCES))), daemon=True)
    speaking.start()
    speaking.join(timeout=20)

    assert after == before
    voice.close()


def test_an_utterance_that_kills_twice_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import sys\n"
        "def put(b): sys.stdout.buffer.write(len(b).to_bytes(4, 'big') + b); sys.stdout.buffer.flush()\n"
        'put(b\'{"version": "0", "rate": 22050}\')\n'
        "while head := sys.stdin.buffer.read(4):\n"
        "    if b'khuy' in sys.stdin.buffer.read(int.from_bytes(head, 'big')): sys.exit(3)\n"
        "    put(b'{\"words\": []}\\n' + bytes(2000))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(engine, "_WORKER", worker)
    voice = EspeakVoice(workers=1)

    with pytest.raises(Unavailable, match="“Ngày khuyến học”"):
        list(voice.speak(spoken("Xin chào", "Ngày khuyến học", "Xin hết")))

    assert [piece.pcm for piece in voice.speak(spoken("Xin chào"))] == [bytes(2000)]
    voice.close()


def test_a_worker_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "VOICE_FILE", tmp_path / "none")

    with pytest.raises(Unavailable, match="does not take the voice file"):
        EspeakVoice(workers=1)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can wait for a process that is not its child")
def test_workers_end_when_the_parent_is_killed() -> None:
    program = (
        "import json, sys\n"
        "from broadcaster.engines.espeak import EspeakVoice\n"
        "print(json.dumps(EspeakVoice(workers=1).pids), flush=True)\n"
        "sys.stdin.read()\n"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(json.loads(parent.stdout.readline())[0])

        parent.kill()
        ended, _, _ = select.select([worker], [], [], 10)

    os.close(worker)
    assert ended == [worker]
