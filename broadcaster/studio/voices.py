"""One voice for a whole bulletin: the next of the station's list speaks all of it when one fails, and the reasons are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadcaster.errors import Unavailable
from broadcaster.studio import pcm
from broadcaster.studio.speech import Recording, Utterance, Voice
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say

LONGEST_SYLLABLE = 0.85
"""Seconds a word; slower than that, letters are being spelled or the voice has stalled."""
SHORTEST_SYLLABLE = 0.09
"""Seconds a word; faster than that, a part is missing."""
SETTLING = 0.6
"""Seconds that a very short utterance may last beyond that."""
OWN_PACE = "recorded"
"""The name of a person's own recording, who may speak as slowly as he likes."""


@dataclass(frozen=True)
class Spoken:
    """A recording, the voice that spoke all of it, and why those before it in the list did not."""

    recording: Recording
    voice: Voice
    reasons: tuple[Sentence, ...] = ()


def speak_with(voices: Sequence[Voice], utterances: Sequence[Utterance]) -> Spoken:
    """Have `utterances` spoken by the first of `voices` that can speak them all. Raises Unavailable with every voice's reason."""
    reasons: list[Sentence] = []
    for voice in voices:
        try:
            recording = voice.speak(utterances)
            check_whole(recording, utterances, voice.name)
        except Unavailable as error:
            reasons.append(error.sentence)
        else:
            return Spoken(recording, voice, tuple(reasons))
    raise Unavailable(
        say("No voice could speak this bulletin. {reasons} Make it again when one is back.", reasons=_joined(reasons))
    )


def check_whole(recording: Recording, utterances: Sequence[Utterance], voice: str) -> None:
    """Raises Unavailable where an utterance is missing, silent, or has not the length of its words."""
    if len(recording.starts) != len(utterances) or not utterances:
        raise Unavailable(
            say(
                "The voice {voice} gave {count} pieces of sound for {asked}.",
                voice=voice,
                count=len(recording.starts),
                asked=len(utterances),
            )
        )
    ends = [*recording.starts[1:], recording.length]
    for utterance, start, end in zip(utterances, recording.starts, ends, strict=True):
        _check_piece(recording, utterance, start, Milliseconds(end - utterance.pause), voice)


def _check_piece(
    recording: Recording, utterance: Utterance, start: Milliseconds, end: Milliseconds, voice: str
) -> None:
    piece = memoryview(recording.pcm)[_place(start, recording.rate) : _place(end, recording.rate)]
    if voice != OWN_PACE and (not piece or pcm.peak(piece) * pcm.FULL < pcm.QUIET):
        raise Unavailable(say("The voice {voice} was silent at “{text}”.", voice=voice, text=utterance.text))
    words, seconds = len(utterance.text.split()), (end - start) / 1000
    if voice != OWN_PACE and not words * SHORTEST_SYLLABLE <= seconds <= words * LONGEST_SYLLABLE + SETTLING:
        raise Unavailable(
            say(
                "The voice {voice} took {seconds} seconds for the {words} words of “{text}”, which cannot be right.",
                voice=voice,
                seconds=round(seconds, 2),
                words=words,
                text=utterance.text,
            )
        )


def _place(at: Milliseconds, rate: int) -> int:
    return round(at * rate / 1000) * 2


def _joined(reasons: Sequence[Sentence]) -> Sentence | str:
    joined: Sentence | str = ""
    for reason in reasons:
        joined = say("{before}{reason} ", before=joined, reason=reason)
    return joined
