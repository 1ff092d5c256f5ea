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
from broadcaster.engines.remote import (
    MP3_HEADS,
    PACE,
    PATIENCE,
    Failed,
    answered,
    heard,
    packed,
    tried,
    unavailable,
)
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.words import say

RATE = 24_000
LONGEST_PIECE = 100
"""Characters that the service takes at a time."""
_SOUND = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')
_BEGUN = b'jQ1olc","['


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
            yield Piece(b"".join(self._part(text) for text in packed(utterance.text, LONGEST_PIECE)))

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def _part(self, text: str) -> bytes:
        with self._one_at_a_time:
            mp3 = tried(self.name, text, lambda: self._asked(text), self._sleep)
            self._sleep(PACE)
        try:
            if not mp3.startswith(MP3_HEADS):
                raise Failed(say("its sound is no MP3"))
            return heard(self._ffmpeg, mp3, text, RATE)[0]
        except Failed as error:
            raise unavailable(self.name, text, error.reason) from error

    def _asked(self, text: str) -> bytes:
        answer = answered(self._session, self._request(text), self._patience)
        if answer.status != 200:
            raise Failed(say("it answered {status}", status=answer.status))
        found = _SOUND.search(answer.body.decode("utf-8", "replace"))
        if not found and _BEGUN in answer.body:
            raise Failed(say("its sound was cut off"), is_passing=True)
        if not found:
            raise Failed(say("its answer holds no sound"))
        try:
            return base64.b64decode(found[1], validate=True)
        except binascii.Error as error:
            raise Failed(say("its sound was cut off"), is_passing=True) from error

    def _request(self, text: str) -> requests.PreparedRequest:
        # gTTS sends without checking certificates, so only its packing of the request is used
        speech = gTTS(text, lang="vi", lang_check=False, pre_processor_funcs=[])
        request = cast(requests.PreparedRequest, speech._prepare_requests()[0])
        if self._address and request.url:
            request.url = self._address + "/" + request.url.split("/", 3)[3]
        return request
