"""The silent twin: hums a short tone where each syllable would be, with the lengths of speech, for tests and rehearsals."""

import math
from array import array
from collections.abc import Sequence
from functools import cache

from broadcaster.studio.speech import Recording, SpokenWord, Utterance
from broadcaster.types import Milliseconds

RATE = 22_050
SYLLABLE = Milliseconds(300)
"""200 syllables a minute."""
_TONE, _HEIGHT = 220.0, 8_000


class SilentVoice:
    """No word is heard, but lengths, pauses and words' times are as of speech, and there is sound where there would be speech."""

    name = "silence"
    identity = "silence 1"
    is_offline = True
    is_repeatable = True

    def speak(self, utterances: Sequence[Utterance]) -> Recording:
        """One hum of SYLLABLE milliseconds a word. Never fails."""
        pieces: list[bytes] = []
        starts: list[Milliseconds] = []
        words: list[SpokenWord] = []
        at = 0
        for utterance in utterances:
            starts.append(Milliseconds(at))
            for word in utterance.text.split():
                words.append(SpokenWord(word.strip(".,?!;:"), Milliseconds(at)))
                pieces.append(_hum())
                at += SYLLABLE
            pieces.append(bytes(utterance.pause * RATE // 1000 * 2))
            at += utterance.pause
        return Recording(b"".join(pieces), RATE, tuple(starts), tuple(words))

    def close(self) -> None:
        """Nothing is held."""


@cache
def _hum() -> bytes:
    count = RATE * SYLLABLE // 1000
    wave = (math.sin(math.pi * place / count) * math.sin(2 * math.pi * _TONE * place / RATE) for place in range(count))
    return array("h", (round(_HEIGHT * sample) for sample in wave)).tobytes()
