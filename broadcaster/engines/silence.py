"""The silent twin: hums a short tone where each syllable would be, with the lengths of speech, for tests and rehearsals."""

import math
from array import array
from collections.abc import Iterator, Sequence
from functools import cache

from broadcaster.studio.speech import Piece, SpokenWord, Utterance
from broadcaster.types import Milliseconds

RATE = 22_050
SYLLABLE = Milliseconds(300)
"""200 syllables a minute."""
_TONE, _HEIGHT = 220.0, 8_000


class SilentVoice:
    """No word is heard, but lengths, pauses and words' times are as of speech, and there is sound where there would be speech."""

    name = "silence"
    identity = "silence 1"
    rate = RATE
    is_offline = True
    is_repeatable = True
    is_person = False

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """One hum of SYLLABLE milliseconds a word. Never fails."""
        for utterance in utterances:
            words = utterance.text.split()
            times = (SpokenWord(word.strip(".,?!;:"), Milliseconds(at * SYLLABLE)) for at, word in enumerate(words))
            yield Piece(_hum() * len(words), tuple(times))

    def close(self) -> None:
        """Nothing is held."""


@cache
def _hum() -> bytes:
    count = RATE * SYLLABLE // 1000
    wave = (math.sin(math.pi * place / count) * math.sin(2 * math.pi * _TONE * place / RATE) for place in range(count))
    return array("h", (round(_HEIGHT * sample) for sample in wave)).tobytes()
