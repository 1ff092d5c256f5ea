"""Microsoft's voices by edge-tts, fenced: bounded in time, asked again with patience, every piece looked at before it counts."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import aiohttp
from edge_tts import Communicate
from edge_tts.exceptions import EdgeTTSException
from edge_tts.version import __version__

from broadcaster.engines.descriptions import EDGE_VOICES
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.remote import LARGEST_ANSWER, MP3_HEADS, PACE, Failed, heard, tried
from broadcaster.studio.speech import Piece, SpokenWord, Utterance
from broadcaster.types import Milliseconds
from broadcaster.words import say

RATE = 24_000
PATIENCE = (5, 15)
"""Seconds for the connection and for each wait on an answer."""
LONGEST = 60.0
"""Seconds that one utterance may take in all."""
TICKS = 10_000
"""The service counts in ten millionths of a second: so many are a thousandth."""
_Boundary = tuple[str, float]


class EdgeVoice:
    """One of Microsoft's Vietnamese voices. Needs the network; not repeatable. One request at a time, whatever the number of threads."""

    rate = RATE
    is_offline = False
    is_repeatable = False
    is_person = False

    def __init__(
        self,
        ffmpeg: Ffmpeg,
        voice: str = "",
        sleep: Callable[[float], None] = time.sleep,
        patience: tuple[int, int] = PATIENCE,
        longest: float = LONGEST,
    ) -> None:
        """`voice` is one of EDGE_VOICES, and `sleep` is how it waits."""
        self.name = f"edge:{voice}" if voice else "edge"
        self._voice = voice or EDGE_VOICES[0]
        self.identity = f"edge:{self._voice}, edge-tts {__version__}"
        self._ffmpeg, self._sleep, self._patience, self._longest = ffmpeg, sleep, patience, longest
        self._one_at_a_time = threading.Lock()

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """Raises Unavailable with the utterance at which the service failed, and how."""
        for utterance in utterances:
            with self._one_at_a_time:
                piece = tried(self.name, utterance.text, partial(self._piece, utterance.text), self._sleep)
                self._sleep(PACE)
            yield piece

    def close(self) -> None:
        """Nothing is held."""

    def _piece(self, text: str) -> Piece:
        mp3, boundaries = self._asked(text)
        if not mp3.startswith(MP3_HEADS):
            raise Failed(say("its sound is no MP3"))
        sound, cut = heard(self._ffmpeg, mp3, text, RATE)
        return Piece(sound, _words(text, boundaries, cut))

    def _asked(self, text: str) -> tuple[bytes, list[_Boundary]]:
        try:
            return asyncio.run(asyncio.wait_for(self._streamed(text), self._longest))
        except aiohttp.ClientResponseError as error:
            is_passing = error.status == 429 or error.status >= 500
            raise Failed(say("it answered {status}", status=error.status), is_passing=is_passing) from error
        except EdgeTTSException as error:
            raise Failed(say("its answer holds no sound"), is_passing=True) from error
        except (aiohttp.ClientError, OSError) as error:
            reason = say("no connection ({reason})", reason=type(error).__name__)
            raise Failed(reason, is_passing=True) from error
        except (ValueError, KeyError, TypeError) as error:
            raise Failed(say("its answer cannot be understood"), is_passing=True) from error

    async def _streamed(self, text: str) -> tuple[bytes, list[_Boundary]]:
        connect, receive = self._patience
        asked = Communicate(
            text, self._voice, boundary="WordBoundary", connect_timeout=connect, receive_timeout=receive
        )
        mp3, boundaries = bytearray(), list[_Boundary]()
        async for event in asked.stream():
            if event["type"] == "audio":
                mp3 += event["data"]
            else:
                boundaries.append((event["text"], event["offset"] / TICKS))
            if len(mp3) > LARGEST_ANSWER:
                raise Failed(say("its answer is too large"))
        if asked.state["cumulative_audio_bytes"] != len(mp3):  # counted when the service says that it is done
            raise Failed(say("its sound was cut off"), is_passing=True)
        return bytes(mp3), boundaries


def _words(text: str, boundaries: Sequence[_Boundary], cut: Milliseconds) -> tuple[SpokenWord, ...]:
    """The words' times, or none at all where what the service marked are not exactly the words of `text`, one after the other."""
    words = [word.strip(".,?!;:") for word in text.split()]
    marked = [word.strip(" .,?!;:").casefold() for word, _ in boundaries]
    starts = [max(0, round(at) - cut) for _, at in boundaries]
    if marked != [word.casefold() for word in words] or any(left >= right for left, right in pairwise(starts)):
        return ()
    return tuple(SpokenWord(word, Milliseconds(at)) for word, at in zip(words, starts, strict=True))
