"""Google's voice by gTTS, fenced: certificates checked, every request bounded and paced, every piece looked at before it counts."""

import base64
import binascii
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import requests
from gtts import gTTS
from gtts.version import __version__

from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable
from broadcaster.studio import pcm
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.words import Sentence, say

RATE = 24_000
LONGEST_PIECE = 100
"""Characters that the service takes at a time."""
PATIENCE = (5.0, 15.0)
"""Seconds for the connection and for each wait on an answer."""
LARGEST_ANSWER = 2_000_000
PACE = 1.0
"""Seconds between two requests."""
BACK_OFF = (2.0, 5.0, 15.0)
"""Seconds to wait before each further try after 429, 5xx or a broken connection."""
MARGIN = 40
"""Milliseconds; of the silence that the service puts at both ends of a piece, so much is left."""
SECONDS_PER_SYLLABLE = (0.08, 0.9)
_SOUND = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')
_BEGUN = b'jQ1olc","['
_MP3_HEADS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")


class GttsVoice:
    """Google's Vietnamese voice. Needs the network; not repeatable. One request at a time, whatever the number of threads."""

    name = "gtts"
    identity = f"gtts {__version__}, vi"
    rate = RATE
    is_offline = False
    is_repeatable = False
    is_person = False

    def __init__(
        self,
        ffmpeg: Ffmpeg,
        address: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
        patience: tuple[float, float] = PATIENCE,
    ) -> None:
        """`address` takes the place of the service's own (scheme and host), and `sleep` is how it waits."""
        self._ffmpeg = ffmpeg
        self._address = address
        self._sleep = sleep
        self._patience = patience
        self._session = requests.Session()
        self._one_at_a_time = threading.Lock()

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """Raises Unavailable with the utterance at which the service failed, and how."""
        for utterance in utterances:
            yield Piece(b"".join(self._piece(text) for text in packed(utterance.text)))

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def _piece(self, text: str) -> bytes:
        with self._one_at_a_time:
            mp3 = self._fetch(text)
            self._sleep(PACE)
        if not mp3.startswith(_MP3_HEADS):
            raise _failed(text, say("its sound is no MP3"))
        try:
            sound = pcm.without_ends(self._ffmpeg.decode(mp3, RATE), RATE, MARGIN)
        except Unavailable as error:
            raise _failed(text, say("its sound cannot be decoded")) from error
        seconds, syllables = len(sound) / 2 / RATE, len(text.split())
        shortest, longest = SECONDS_PER_SYLLABLE
        if not shortest * syllables <= seconds <= longest * syllables + 1.0:
            raise _failed(
                text, say("its sound lasts {seconds} seconds, which cannot be right", seconds=round(seconds, 2))
            )
        return sound

    def _fetch(self, text: str) -> bytes:
        for wait in (*BACK_OFF, None):
            try:
                return self._ask(text)
            except _Passing as passing:
                if wait is None:
                    raise _failed(text, passing.reason) from passing
                self._sleep(wait)
        raise AssertionError

    def _ask(self, text: str) -> bytes:
        request = self._request(text)
        try:
            with self._session.send(
                request, timeout=self._patience, verify=True, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code == 429 or answer.status_code >= 500:
                    raise _Passing(say("it answered {status}", status=answer.status_code))
                if answer.status_code != 200:
                    raise _failed(text, say("it answered {status}", status=answer.status_code))
                page = _read(answer)
        except requests.RequestException as error:
            raise _Passing(say("no connection ({reason})", reason=type(error).__name__)) from error
        found = _SOUND.search(page.decode("utf-8", "replace"))
        if not found and _BEGUN in page:
            raise _Passing(say("its sound was cut off"))
        if not found:
            raise _failed(text, say("its answer holds no sound"))
        try:
            return base64.b64decode(found[1], validate=True)
        except binascii.Error as error:
            raise _Passing(say("its sound was cut off")) from error

    def _request(self, text: str) -> requests.PreparedRequest:
        # gTTS sends without checking certificates, so only its packing of the request is used
        speech = gTTS(text, lang="vi", lang_check=False, pre_processor_funcs=[])
        request = cast(requests.PreparedRequest, speech._prepare_requests()[0])
        if self._address and request.url:
            request.url = self._address + "/" + request.url.split("/", 3)[3]
        return request


def packed(text: str) -> list[str]:
    """`text` in pieces of at most LONGEST_PIECE characters: as many whole clauses as fit, a longer clause cut between words."""
    pieces: list[str] = []
    for clause in re.split(r"(?<=[.,?!;:]) ", text):
        for part in _words_packed(clause):
            if pieces and len(pieces[-1]) + 1 + len(part) <= LONGEST_PIECE:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    return pieces


def _words_packed(clause: str) -> list[str]:
    parts: list[str] = []
    for word in clause.split():
        if parts and len(parts[-1]) + 1 + len(word) <= LONGEST_PIECE:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(word)
    return parts


class _Passing(Exception):
    """A failure that may pass by itself."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _read(answer: requests.Response) -> bytes:
    page = b""
    for chunk in answer.iter_content(65_536):
        page += chunk
        if len(page) > LARGEST_ANSWER:
            raise requests.exceptions.ContentDecodingError
    return page


def _failed(text: str, reason: Sentence) -> Unavailable:
    return Unavailable(
        say(
            "Google's voice failed at “{text}”: {reason}. Try again later, or let another voice speak.",
            text=text,
            reason=reason,
        )
    )
