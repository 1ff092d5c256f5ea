"""One voice for a whole bulletin: the next of the station's list speaks all of it when one fails, and the reasons are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from broadcaster.errors import Unavailable
from broadcaster.studio import pcm
from broadcaster.studio.speech import Piece, Recording, SpokenWord, Utterance, Voice
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say

LONGEST_SYLLABLE = 0.85
"""Seconds a word; slower than that, letters are being spelled or the voice has stalled."""
SHORTEST_SYLLABLE = 0.09
"""Seconds a word; faster than that, a part is missing."""
SETTLING = 0.6
"""Seconds that a very short utterance may last beyond that."""


@dataclass(frozen=True)
class Spoken:
    """A recording, the voice that spoke all of it, and why those before it in the list did not."""

    recording: Recording
    voice: Voice
    reasons: tuple[Sentence, ...] = ()


def speak_with(voices: Sequence[Voice], utterances: Sequence[Utterance], file: BinaryIO) -> Spoken:
    """Have `utterances` spoken into `file` by the first of `voices` that can speak them all.

    Raises Unavailable with every voice's reason; what then stands in `file` is nothing's sound.
    """
    reasons: list[Sentence] = []
    for voice in voices:
        try:
            recording = _recorded(voice, utterances, file)
        except Unavailable as error:
            reasons.append(error.sentence)
        else:
            return Spoken(recording, voice, tuple(reasons))
    raise none_could(reasons)


def none_could(reasons: Sequence[Sentence]) -> Unavailable:
    """What is said where no voice spoke, with every voice's reason."""
    return Unavailable(
        say("No voice could speak this bulletin. {reasons} Make it again when one is back.", reasons=_joined(reasons))
    )


def _recorded(voice: Voice, utterances: Sequence[Utterance], file: BinaryIO) -> Recording:
    """Each piece is written as it comes, so that an hour of speech needs no more memory than its longest sentence."""
    starts: list[Milliseconds] = []
    words: list[SpokenWord] = []
    written = 0
    file.seek(0)
    file.truncate()
    for piece in voice.speak(utterances):
        if len(starts) == len(utterances):
            raise _wrong_count(voice, len(starts) + 1, len(utterances))
        utterance = utterances[len(starts)]
        check_piece(piece, utterance, voice)
        at = Milliseconds(round(written / 2 / voice.rate * 1000))
        starts.append(at)
        words += [SpokenWord(word.text, Milliseconds(at + word.start)) for word in piece.words]
        pause = b"" if voice.is_person else bytes(round(utterance.pause * voice.rate / 1000) * 2)
        written += file.write(piece.pcm) + file.write(pause)
    file.flush()
    if len(starts) != len(utterances) or not utterances:
        raise _wrong_count(voice, len(starts), len(utterances))
    return Recording(Path(file.name), voice.rate, written // 2, tuple(starts), tuple(words))


def check_piece(piece: Piece, utterance: Utterance, voice: Voice) -> None:
    """Raises Unavailable where a piece is empty, silent, or has not the length of its words. A person may pause and drawl."""
    if voice.is_person:
        return
    if not piece.pcm or pcm.peak(piece.pcm) * pcm.FULL < pcm.QUIET:
        raise Unavailable(say("The voice {voice} was silent at “{text}”.", voice=voice.name, text=utterance.text))
    words, seconds = len(utterance.text.split()), len(piece.pcm) / 2 / voice.rate
    if not words * SHORTEST_SYLLABLE <= seconds <= words * LONGEST_SYLLABLE + SETTLING:
        raise Unavailable(
            say(
                "The voice {voice} took {seconds} seconds for the {words} words of “{text}”, which cannot be right.",
                voice=voice.name,
                seconds=round(seconds, 2),
                words=words,
                text=utterance.text,
            )
        )


def _wrong_count(voice: Voice, count: int, asked: int) -> Unavailable:
    return Unavailable(
        say("The voice {voice} gave {count} pieces of sound for {asked}.", voice=voice.name, count=count, asked=asked)
    )


def _joined(reasons: Sequence[Sentence]) -> Sentence | str:
    joined: Sentence | str = ""
    for reason in reasons:
        joined = say("{before}{reason} ", before=joined, reason=reason)
    return joined
