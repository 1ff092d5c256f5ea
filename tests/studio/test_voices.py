"""One voice for a whole bulletin: the next one when one fails, and what counts as speech."""

from collections.abc import Sequence

import pytest

from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Recording, Utterance, estimated_length, may_be_spoken
from broadcaster.studio.voices import speak_with
from broadcaster.types import Milliseconds
from broadcaster.words import say

TWO = (Utterance("Kính thưa quý vị.", Milliseconds(400)), Utterance("Xin chào các bạn.", Milliseconds(0)))
RATE = 1000


class AVoice:
    """Gives what it was told to give."""

    is_offline = True
    is_repeatable = True

    def __init__(self, name: str, answer: Recording | Unavailable):
        self.name = self.identity = name
        self.answer = answer

    def speak(self, utterances: Sequence[Utterance]) -> Recording:
        if isinstance(self.answer, Unavailable):
            raise self.answer
        return self.answer

    def close(self) -> None:
        """Nothing is held."""


def sound(milliseconds: int) -> bytes:
    return b"\x00\x20\x00\xe0" * (milliseconds // 2)


def whole() -> Recording:
    return Recording(sound(1200) + bytes(800) + sound(1200), RATE, (Milliseconds(0), Milliseconds(1600)))


def test_the_first_voice_that_can_speaks_all() -> None:
    first, second = AVoice("một", whole()), AVoice("hai", whole())

    spoken = speak_with([first, second], TWO)

    assert (spoken.recording, spoken.voice, spoken.reasons) == (whole(), first, ())


def test_the_next_voice_speaks_when_one_fails_and_says_why() -> None:
    gone = say("The network is away.")
    second = AVoice("hai", whole())

    spoken = speak_with([AVoice("một", Unavailable(gone)), second], TWO)

    assert (spoken.voice, spoken.reasons) == (second, (gone,))


@pytest.mark.parametrize(
    ("recording", "reason"),
    [
        (
            Recording(sound(1200) + bytes(800) + bytes(2400), RATE, (Milliseconds(0), Milliseconds(1600))),
            "silent at “Xin chào",
        ),
        (
            Recording(sound(1200) + bytes(800) + sound(200), RATE, (Milliseconds(0), Milliseconds(1600))),
            "cannot be right",
        ),
        (
            Recording(sound(1200) + bytes(800) + sound(9000), RATE, (Milliseconds(0), Milliseconds(1600))),
            "cannot be right",
        ),
        (Recording(sound(1200), RATE, (Milliseconds(0),)), "gave 1 pieces of sound for 2"),
        (Recording(b"", RATE, (Milliseconds(0), Milliseconds(0))), "silent at “Kính"),
    ],
)
def test_silence_is_never_taken_for_speech(recording: Recording, reason: str) -> None:
    with pytest.raises(Unavailable, match=reason):
        speak_with([AVoice("một", recording)], TWO)


def test_when_no_voice_can_all_reasons_are_told() -> None:
    voices = [AVoice("một", Unavailable(say("First reason."))), AVoice("hai", Unavailable(say("Second reason.")))]

    with pytest.raises(Unavailable, match=r"First reason\. Second reason\."):
        speak_with(voices, TWO)


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
