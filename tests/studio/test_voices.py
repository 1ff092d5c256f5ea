"""One voice for a whole bulletin: the next one when one fails, and what counts as speech."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Piece, Recording, SpokenWord, Utterance, estimated_length, may_be_spoken
from broadcaster.studio.voices import Spoken
from broadcaster.types import Milliseconds
from broadcaster.words import say
from tests.builders import spoken_into

TWO = (Utterance("Kính thưa quý vị.", Milliseconds(400)), Utterance("Xin chào các bạn.", Milliseconds(0)))
FIRST = Milliseconds(20)


class AVoice:
    """Gives what it was told to give."""

    rate = 1000
    is_offline = True
    is_repeatable = True
    is_person = False

    def __init__(self, name: str, *answers: int | Unavailable):
        """Each answer: milliseconds of sound, negative for as many of silence, or the failure."""
        self.name = self.identity = name
        self.answers = answers

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        for answer in self.answers:
            if isinstance(answer, Unavailable):
                raise answer
            yield Piece(b"\x00\x20\x00\xe0" * (answer // 2) or bytes(-2 * answer), (SpokenWord("lời", FIRST),))

    def close(self) -> None:
        """Nothing is held."""


def test_the_first_voice_that_can_speaks_all(tmp_path: Path) -> None:
    first, second = AVoice("một", 1200, 1200), AVoice("hai", 1300, 1300)

    spoken = spoken_into(tmp_path / "sound.pcm", [first, second], TWO)

    starts = (Milliseconds(0), Milliseconds(1600))
    words = (SpokenWord("lời", FIRST), SpokenWord("lời", Milliseconds(1620)))
    assert spoken == Spoken(Recording(tmp_path / "sound.pcm", 1000, 2800, starts, words), first)


def test_the_next_voice_speaks_all_when_one_fails_in_the_middle_and_says_why(tmp_path: Path) -> None:
    gone = say("The network is away.")
    second = AVoice("hai", 1200, 1200)

    spoken = spoken_into(tmp_path / "sound.pcm", [AVoice("một", 1200, Unavailable(gone)), second], TWO)

    assert (spoken.voice, spoken.reasons) == (second, (gone,))
    assert spoken.recording.path.stat().st_size == spoken.recording.samples * 2 == 5600


def test_a_person_pauses_and_drawls_as_he_likes(tmp_path: Path) -> None:
    person = AVoice("recorded", 9000, -900)
    person.is_person = True

    spoken = spoken_into(tmp_path / "sound.pcm", [person], TWO)

    assert spoken.recording.length == 9900


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ((1200, -1200), "silent at “Xin chào"),
        ((1200, 200), "cannot be right"),
        ((1200, 9000), "cannot be right"),
        ((1200,), "gave 1 pieces of sound for 2"),
        ((1200, 1200, 1200), "gave 3 pieces of sound for 2"),
        ((0, 1200), "silent at “Kính"),
    ],
)
def test_silence_is_never_taken_for_speech(tmp_path: Path, answers: tuple[int, ...], reason: str) -> None:
    with pytest.raises(Unavailable, match=reason):
        spoken_into(tmp_path / "sound.pcm", [AVoice("một", *answers)], TWO)


def test_when_no_voice_can_all_reasons_are_told(tmp_path: Path) -> None:
    voices = [AVoice("một", Unavailable(say("First reason."))), AVoice("hai", Unavailable(say("Second reason.")))]

    with pytest.raises(Unavailable, match=r"First reason\. Second reason\."):
        spoken_into(tmp_path / "sound.pcm", voices, TWO)


@pytest.mark.parametrize("text", ["Học, học nữa, học mãi!", "Ủy ban nhân dân; xin chào: hết.", "VÌ SAO?", "Xin mời..."])
def test_vietnamese_words_may_be_spoken(text: str) -> None:
    assert may_be_spoken(text)


@pytest.mark.parametrize(
    "text", ["", " a", "a  b", "a , b", "-a", "đ/c", "30", "“a”", "a\nb", "a" + chr(0x301), "a,b", "`"]
)
def test_anything_else_may_not(text: str) -> None:
    assert not may_be_spoken(text)


def test_a_length_is_estimated_before_anybody_spoke() -> None:
    assert estimated_length(TWO) == 8 * 300 + 400 + 600
