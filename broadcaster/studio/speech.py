"""Speech: what is handed to a voice, what comes back, and the promise every voice keeps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from broadcaster.types import Milliseconds

_LETTERS = "a-zA-Zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_SPEAKABLE = re.compile(rf"[{_LETTERS}]+(?:[.,?!;:]* [{_LETTERS}]+)*[.,?!;:]*", re.IGNORECASE)


def may_be_spoken(text: str) -> bool:
    """Whether `text` may be handed to a voice: Vietnamese words in NFC, one space between them, signs only after words.

    This is the voices' own last door; whether the words are Vietnamese syllables is the reading's matter.
    """
    return _SPEAKABLE.fullmatch(text) is not None


@dataclass(frozen=True)
class Utterance:
    """One breath of speech (câu đọc): only Vietnamese letters, spaces and `. , ? ! ; :`, and the pause that follows it.

    `span` is the stretch of the written text that it speaks.
    """

    text: str
    pause: Milliseconds
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class SpokenWord:
    """A word as spoken, and when it begins, counted from the beginning of the recording."""

    text: str
    start: Milliseconds


@dataclass(frozen=True)
class Recording:
    """Sound of utterances (bản thu): mono, 16-bit little-endian PCM at `rate` samples a second, pauses included.

    `starts` holds where each utterance begins; `words` the words' times where the voice knows them.
    """

    pcm: bytes
    rate: int
    starts: tuple[Milliseconds, ...]
    words: tuple[SpokenWord, ...] = ()

    @property
    def length(self) -> Milliseconds:
        return Milliseconds(round(len(self.pcm) / 2 / self.rate * 1000))


class Voice(Protocol):
    """The promise of every engine: utterances in, a recording out, or an error that names what failed; never silence instead of speech."""

    name: str
    """As people choose it in settings and files: `espeak`, `gtts`."""
    identity: str
    """Name, version and settings: the same identity speaks the same way, so it is part of a recipe."""
    is_offline: bool
    is_repeatable: bool
    """Whether the same utterances always give the same bytes."""

    def speak(self, utterances: Sequence[Utterance]) -> Recording:
        """Raises Unavailable when the voice cannot speak now; the whole bulletin then goes to the next voice."""
        ...

    def close(self) -> None:
        """Let go of workers and connections; the voice may not speak again."""
        ...


SYLLABLE = Milliseconds(300)
"""How long a syllable lasts at about 200 a minute."""
AROUND = Milliseconds(600)
"""The silence before and after a bulletin's speech."""


def estimated_length(utterances: Sequence[Utterance]) -> Milliseconds:
    """About how long a bulletin of `utterances` will be, before a voice has spoken it."""
    syllables = sum(len(utterance.text.split()) for utterance in utterances)
    return Milliseconds(syllables * SYLLABLE + sum(utterance.pause for utterance in utterances[:-1]) + AROUND)
