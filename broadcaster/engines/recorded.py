"""A person's own recording (bản thu của người đọc): a voice like any other, for the one revision it was made for."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import BadFile, Refused, Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio import pcm
from broadcaster.studio.speech import Piece, Utterance
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
    rate = RATE
    is_offline = True
    is_repeatable = True
    is_person = True

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

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """The whole recording without its silent ends, cut by share of words. Raises Unavailable when it cannot be decoded or is silent."""
        with tempfile.TemporaryFile() as sound:
            for part in _shares(utterances, self._decoded(sound)):
                sound.seek(part.start)
                yield Piece(sound.read(len(part)))

    def check(self) -> None:
        """Raises Unavailable when the recording cannot be decoded, is silent or longer than LONGEST."""
        with tempfile.TemporaryFile() as sound:
            self._decoded(sound)

    def close(self) -> None:
        """Nothing is held."""

    def _decoded(self, sound: BinaryIO) -> range:
        """Decode the recording into `sound`; the bytes of it that are heard."""
        self._ffmpeg.decode_into(sound, self._path, RATE, longest=Milliseconds(LONGEST + 1_000))
        if sound.tell() // 2 * 1000 // RATE > LONGEST:
            raise Unavailable(
                say("The recording {path} is longer than an hour. Cut it into parts.", path=self._path.name)
            )
        kept = pcm.heard(sound, RATE, MARGIN)
        if not kept:
            raise Unavailable(say("Nothing is heard in the recording {path}. Record it again.", path=self._path.name))
        return kept


def _shares(utterances: Sequence[Utterance], kept: range) -> Iterator[range]:
    """The bytes of each utterance: as much of the whole as it has of the words."""
    counts = [len(utterance.text.split()) for utterance in utterances]
    ends = [kept.start + len(kept) * said // (2 * sum(counts)) * 2 for said in accumulate(counts)]
    return (range(start, end) for start, end in pairwise([kept.start, *ends]))
