"""What the voices on the network share: packing, asking with patience, and looking at every piece before it counts."""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

import requests

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable
from broadcaster.studio import pcm
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say

PATIENCE = (5.0, 15.0)
"""Seconds for the connection and for each wait on an answer."""
LONGEST_ANSWER = 60.0
"""Seconds that the body of one answer may take in all."""
LARGEST_ANSWER = 8_000_000
"""Bytes; a minute of WAV."""
BACK_OFF = (2.0, 5.0, 15.0)
"""Seconds to wait before each further try after 429, 5xx or a broken connection."""
PACE = 1.0
"""Seconds between two requests."""
MARGIN = 40
"""Milliseconds; of the silence that a service puts at both ends of a piece, so much is left."""
SECONDS_PER_SYLLABLE = (0.08, 0.9)
MP3_HEADS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
SOUND_HEADS = (*MP3_HEADS, b"RIFF", b"OggS", b"fLaC")
_Found = TypeVar("_Found")


class Failed(Exception):
    """One asking that failed; `is_passing` where the same asking may succeed a little later."""

    def __init__(self, reason: Sentence, *, is_passing: bool = False) -> None:
        super().__init__(str(reason))
        self.reason, self.is_passing = reason, is_passing


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it points elsewhere, and the whole body."""

    status: int
    location: str
    body: bytes


def packed(text: str, longest: int) -> list[str]:
    """`text` in pieces of at most `longest` characters: as many whole clauses as fit, a longer clause cut between words."""
    pieces: list[str] = []
    for clause in re.split(r"(?<=[.,?!;:]) ", text):
        for part in _joined(clause.split(), longest):
            if pieces and len(pieces[-1]) + 1 + len(part) <= longest:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    return pieces


def tried(voice: str, text: str, ask: Callable[[], _Found], sleep: Callable[[float], None]) -> _Found:
    """What `ask` gives, asked again after each wait of BACK_OFF while its failure may pass. Raises Unavailable naming voice and text."""
    for wait in (*BACK_OFF, None):
        try:
            return ask()
        except Failed as error:
            if wait is None or not error.is_passing:
                raise unavailable(voice, text, error.reason) from error
            sleep(wait)
    raise AssertionError


def unavailable(voice: str, text: str, reason: Sentence) -> Unavailable:
    """The error that says which voice failed at which words, and how."""
    return Unavailable(
        say(
            "The voice {voice} failed at “{text}”: {reason}. Try again later, or let another voice speak.",
            voice=voice,
            text=text,
            reason=reason,
        )
    )


def answered(
    session: requests.Session,
    request: requests.PreparedRequest,
    patience: tuple[float, float] = PATIENCE,
    longest: float = LONGEST_ANSWER,
) -> Answer:
    """The answer to `request`, certificates checked, no redirect followed, bounded in time and size.

    Raises Failed, passing for 429, 5xx and a connection that breaks or stalls.
    """
    try:
        with session.send(request, timeout=patience, verify=True, stream=True, allow_redirects=False) as answer:
            if answer.status_code == 429 or answer.status_code >= 500:
                raise Failed(say("it answered {status}", status=answer.status_code), is_passing=True)
            return Answer(answer.status_code, answer.headers.get("Location", ""), _read(answer, longest))
    except requests.RequestException as error:
        raise Failed(say("no connection ({reason})", reason=type(error).__name__), is_passing=True) from error


def heard(ffmpeg: Ffmpeg, sound: bytes, text: str, rate: int) -> tuple[bytes, Milliseconds]:
    """`sound` as PCM without its silent ends, and how much was cut off its beginning.

    Raises Failed where it cannot be decoded, nothing is heard, or it is too short or too long for `text`.
    """
    try:
        whole = ffmpeg.decode(sound, rate)
    except Unavailable as error:
        raise Failed(say("its sound cannot be decoded")) from error
    kept = pcm.heard(BytesIO(whole), rate, MARGIN)
    seconds, syllables = len(kept) / 2 / rate, len(text.split())
    shortest, longest = SECONDS_PER_SYLLABLE
    if not shortest * syllables <= seconds <= longest * syllables + 1.0:
        raise Failed(say("its sound lasts {seconds} seconds, which cannot be right", seconds=round(seconds, 2)))
    return whole[kept.start : kept.stop], Milliseconds(round(kept.start / 2 / rate * 1000))


def _joined(words: list[str], longest: int) -> list[str]:
    parts: list[str] = []
    for word in words:
        if parts and len(parts[-1]) + 1 + len(word) <= longest:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(word)
    return parts


def _read(answer: requests.Response, longest: float) -> bytes:
    # the patience of a connection begins anew with every byte, so a body that drips needs a watch of its own
    is_late = threading.Event()
    watch = threading.Timer(longest, _stop, (answer, is_late))
    watch.daemon = True
    watch.start()
    body = bytearray()
    try:
        for chunk in answer.iter_content(65_536):
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise Failed(say("its answer is too large"))
    finally:
        watch.cancel()
    if is_late.is_set():
        raise requests.exceptions.ReadTimeout
    return bytes(body)


def _stop(answer: requests.Response, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(RuntimeError, ValueError):  # it ended just now
        answer.raw.shutdown()
