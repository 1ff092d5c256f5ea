"""A person's own recording (bản thu của người đọc): a voice like any other, for the one revision it was made for."""

from collections.abc import Sequence
from pathlib import Path

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import BadFile, Refused, Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio import pcm
from broadcaster.studio.speech import Recording, Utterance
from broadcaster.types import Milliseconds
from broadcaster.words import say

RATE = 44_100
LARGEST = 200_000_000
"""Bytes that a person's file may have."""
LONGEST = Milliseconds(3_600_000)
MARGIN = 100
"""Milliseconds; of the silence at the ends of a recording, so much is left."""


class RecordedVoice:
    """WAV, MP3 or any sound that ffmpeg reads, given for a revision; where each utterance begins is guessed by its share of words."""

    name = "recorded"
    is_offline = True
    is_repeatable = True

    def __init__(self, path: Path, ffmpeg: Ffmpeg) -> None:
        """Raises BadFile when there is no such file, Refused when it is too large."""
        try:
            size = path.stat().st_size
        except OSError as error:
            raise BadFile(
                say(
                    "There is no recording {path}: {reason}. Name a sound file.",
                    path=path,
                    reason=error.strerror or error,
                )
            ) from error
        if size > LARGEST:
            raise Refused(
                say(
                    "{path} is larger than {megabytes} MB. Give it as MP3 or FLAC.",
                    path=path,
                    megabytes=LARGEST // 1_000_000,
                )
            )
        self._path = path
        self._ffmpeg = ffmpeg
        self.identity = f"recorded {sha256_of(path)}"

    def speak(self, utterances: Sequence[Utterance]) -> Recording:
        """The whole recording, the silence at its ends cut off. Raises Unavailable when it cannot be decoded or is silent."""
        sound = self._ffmpeg.decode(self._path, RATE, longest=Milliseconds(LONGEST + 1_000))
        if len(sound) // 2 * 1000 // RATE > LONGEST:
            raise Unavailable(
                say("The recording {path} is longer than an hour. Cut it into parts.", path=self._path.name)
            )
        heard = pcm.without_ends(sound, RATE, MARGIN)
        if not heard:
            raise Unavailable(say("Nothing is heard in the recording {path}. Record it again.", path=self._path.name))
        length = len(heard) / 2 / RATE * 1000
        return Recording(heard, RATE, _guessed_starts(utterances, length))

    def close(self) -> None:
        """Nothing is held."""


def _guessed_starts(utterances: Sequence[Utterance], length: float) -> tuple[Milliseconds, ...]:
    counts = [len(utterance.text.split()) for utterance in utterances]
    whole = sum(counts) or 1
    return tuple(Milliseconds(round(length * sum(counts[:place]) / whole)) for place in range(len(counts)))
