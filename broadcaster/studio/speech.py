"""Speech: what is handed to a voice, what comes back, and the promise every voice keeps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from broadcaster.errors import Unavailable
from broadcaster.types import Milliseconds
from broadcaster.words import say

_LETTERS = "a-zA-Zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_SPEAKABLE = re.compile(rf"[{_LETTERS}]+(?:[.,?!;:]* [{_LETTERS}]+)*[.,?!;:]*", re.IGNORECASE)


def may_be_spoken(text: str) -> bool:
    """Whether `text` may be handed to a voice: Vietnamese words in NFC, one space between them, signs only after words.

    This is the voices' own last door; whether the words are Vietnamese syllables is the reading's matter.
    """
    return _SPEAKABLE.fullmatch(text) is not None


def check_speakable(voice: str, utterances: Sequence["Utterance"]) -> None:
    """Raises Unavailable in the name of `voice` for the first of `utterances` that may not be spoken."""
    for utterance in utterances:
        if not may_be_spoken(utterance.text):
            raise Unavailable(
                say(
                    "The voice {voice} was handed “{text}”, which holds more than Vietnamese words. Settle the findings of its reading first.",
                    voice=voice,
                    text=utterance.text,
                )
            )


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
    """A word as spoken, and when it begins, counted from the beginning of its piece or, in a recording, of the whole."""

    text: str
    start: Milliseconds


@dataclass(frozen=True)
class Piece:
    """The sound of one utterance: mono, 16-bit little-endian PCM at the voice's rate, without the pause that follows it.

    `words` holds the words' times where the voice knows them.
    """

    pcm: bytes
    words: tuple[SpokenWord, ...] = ()


@dataclass(frozen=True)
class Recording:
    """Sound of utterances (bản thu), kept in the file `path`: mono, 16-bit little-endian PCM at `rate` samples a second, pauses included.

    `starts` holds where each utterance begins; `words` the words' times where the voice knows them.
    """

    path: Path
    rate: int
    samples: int
    starts: tuple[Milliseconds, ...]
    words: tuple[SpokenWord, ...] = ()

    @property
    def length(self) -> Milliseconds:
        return Milliseconds(round(self.samples / self.rate * 1000))


class Voice(Protocol):
    """The promise of every engine: utterances in, their sound out, or an error that names what failed; never silence instead of speech."""

    name: str
    """As people choose it in settings and files: `espeak`, `gtts`."""
    identity: str
    """Name, version and settings: the same identity speaks the same way, so it is part of a recipe."""
    rate: int
    """Samples a second of every piece."""
    is_offline: bool
    is_repeatable: bool
    """Whether the same utterances always give the same bytes."""
    is_person: bool
    """Whether a person spoke: the pauses are in the pieces already, and nobody judges the pace."""

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """One piece for each utterance, in their order, as they are made.

        Raises Unavailable when the voice cannot speak now; the whole bulletin then goes to the next voice.
        """
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
