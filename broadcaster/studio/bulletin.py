"""Bulletins (bản tin): a finished piece of sound, the recipe it was made from, and the fingerprint that names it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from textwrap import shorten

from broadcaster.files import sha256
from broadcaster.studio.speech import Utterance
from broadcaster.types import Lufs, Milliseconds, Sha256

TITLE_LENGTH = 60
"""Letters of a paragraph that name it."""


@dataclass(frozen=True)
class Cue:
    """A stretch of the written text and when it is heard (a line of the transcript)."""

    start: Milliseconds
    end: Milliseconds
    text: str


@dataclass(frozen=True)
class Part:
    """A paragraph of the written text, which a player can jump to: the number of its first utterance, and its first words."""

    first: int
    title: str


@dataclass(frozen=True)
class Recipe:
    """All that decides how a bulletin sounds. The same recipe is the same bulletin: nothing changed, nothing made.

    `voice` and `encoder` are identities; `bed` and `source` are the sha256 of the music under it and of a person's recording or a station's own sound;
    `title`, `album` (the programme or station) and `parts` are what a player shows.
    """

    utterances: tuple[Utterance, ...]
    voice: str
    preset: str
    encoder: str
    title: str
    bed: Sha256 | None = None
    source: Sha256 | None = None
    album: str = ""
    is_trial: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def fingerprint(self) -> Sha256:
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode())


@dataclass(frozen=True)
class Bulletin:
    """A finished MP3: what it was made from, what it is, what was measured on the decoded file.

    `stood_in`: why the preferred voice did not speak, in the words of whoever made it; empty where it did.
    """

    fingerprint: Sha256
    sha256: Sha256
    size: int
    length: Milliseconds
    loudness: Lufs
    peak: float
    voice: str
    cues: tuple[Cue, ...] = ()
    stood_in: str = ""


@dataclass(frozen=True)
class Order:
    """A sound to be made: its recipe, the written text that its utterances' spans point into, and the voices that may speak it, in order.

    A station's own sound has no voice, and its file's path for text.
    """

    recipe: Recipe
    text: str
    voices: tuple[str, ...] = ()


def parts_of(utterances: Sequence[Utterance], text: str) -> tuple[Part, ...]:
    """The paragraphs of `text`, whose utterances these are; none where there is only one."""
    parts: list[Part] = []
    reached = 0
    for number, utterance in enumerate(utterances):
        start, end = utterance.span
        if not parts or "\n\n" in text[reached:start]:
            paragraph = text[start:].split("\n\n", 1)[0]
            parts.append(Part(number, shorten(paragraph, TITLE_LENGTH, placeholder="…")))
        reached = max(reached, end)
    return tuple(parts) if len(parts) > 1 else ()
