"""One espeak-ng in a process of its own: utterances come in by standard input, sound and words' times go out by standard output.

Run by `engines/espeak.py` as a plain file with the standard library alone, so it starts in a few hundredths of a second. It
ends when its standard input is closed, also by the death of the parent. One message is four bytes of length and that many bytes.
The first answer is a greeting in JSON; each request is an utterance in UTF-8, each answer a JSON head, a line feed, and PCM.
"""

import ctypes
import json
import os
import sys
from array import array
from pathlib import Path
from typing import BinaryIO

SYNCHRONOUS = 2
BUFFER = 60_000
"""Milliseconds of sound handed over at once; an utterance is shorter."""
NEVER_EXIT = 0x8000
RATE, VOLUME = 1, 2
LOUDNESS = 80
"""Of espeak's 100, at which its loudest vowels are cut off."""
UTF8 = 1
WORD = 1
QUIET = 60
"""Samples as small as this are silence at the ends of an utterance."""
HEAD, TAIL = 0.010, 0.030
"""Seconds of the ends' silence that are left."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The library, with one voice file at one pace. Raises OSError or ValueError with a plain reason when it cannot start."""

    def __init__(self, library: str, data: str, voice_file: str, words_a_minute: int) -> None:
        folder, home = Path(voice_file).parent, str(Path(data).parent)
        os.chdir(folder)  # espeak-ng cuts the path of a voice file at 60 characters, and that of its data at 160
        home = min(home, os.path.relpath(home), key=len)
        self.library = ctypes.CDLL(library)
        self.rate = int(self.library.espeak_Initialize(SYNCHRONOUS, BUFFER, home.encode(), NEVER_EXIT))
        if self.rate <= 0:
            raise ValueError(f"espeak-ng found no data in {data}")
        if self.library.espeak_ng_SetVoiceByFile(Path(voice_file).name.encode()) != 0:
            raise ValueError(f"espeak-ng does not take the voice file {voice_file}")
        self.library.espeak_SetParameter(RATE, words_a_minute, 0)
        self.library.espeak_SetParameter(VOLUME, LOUDNESS, 0)
        self.library.espeak_Info.restype = ctypes.c_char_p
        self.version: str = self.library.espeak_Info(None).decode().split()[0]
        self._pieces: list[bytes] = []
        self._words: list[tuple[int, int, int]] = []
        self._callback = _Callback(self._take)
        self.library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str) -> tuple[bytes, list[tuple[int, int, int]]]:
        """PCM without the silence at its ends, and (place in the text, length, milliseconds) of each word."""
        self._pieces.clear()
        self._words.clear()
        raw = text.encode() + b"\0"
        size = ctypes.c_size_t(len(raw))
        if self.library.espeak_Synth(raw, size, ctypes.c_uint(0), 0, ctypes.c_uint(0), ctypes.c_uint(UTF8), None, None):
            raise ValueError("espeak-ng refused the utterance")
        return trimmed(b"".join(self._pieces), self._words, self.rate)

    def _take(self, wave: int | None, count: int, events: "ctypes._Pointer[_Event]") -> int:
        if wave and count:
            self._pieces.append(ctypes.string_at(wave, count * 2))
        place = 0
        while events[place].type:
            event = events[place]
            if event.type == WORD:
                self._words.append((event.text_position - 1, event.length, event.audio_position))
            place += 1
        return 0


def trimmed(pcm: bytes, words: list[tuple[int, int, int]], rate: int) -> tuple[bytes, list[tuple[int, int, int]]]:
    """`pcm` with at most HEAD and TAIL seconds of silence at its ends, and the words' times moved with it."""
    samples = array("h", pcm)
    first = next((place for place, sample in enumerate(samples) if abs(sample) > QUIET), None)
    if first is None:
        return b"", []
    last = next(place for place in range(len(samples) - 1, -1, -1) if abs(samples[place]) > QUIET)
    start = max(0, first - round(HEAD * rate))
    end = min(len(samples), last + 1 + round(TAIL * rate))
    moved = round(start / rate * 1000)
    return pcm[start * 2 : end * 2], [(place, length, max(0, at - moved)) for place, length, at in words]


def read_message(pipe: BinaryIO) -> bytes | None:
    """The next message, or None when the other side is gone."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    body = pipe.read(size)
    return body if len(body) == size else None


def write_message(pipe: BinaryIO, body: bytes) -> None:
    """Send one message. Raises BrokenPipeError when the other side is gone."""
    pipe.write(len(body).to_bytes(4, "big"))
    pipe.write(body)
    pipe.flush()


def work(library: str, data: str, voice_file: str, words_a_minute: str) -> None:
    """Greet, then answer each utterance until the parent is gone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints must not stand among the answers
    try:
        espeak = Espeak(library, data, voice_file, int(words_a_minute))
    except (OSError, ValueError) as error:
        write_message(answers, json.dumps({"reason": str(error)}).encode())
        return
    write_message(answers, json.dumps({"version": espeak.version, "rate": espeak.rate}).encode())
    while (request := read_message(sys.stdin.buffer)) is not None:
        try:
            pcm, words = espeak.speak(request.decode())
        except ValueError as error:
            write_message(answers, json.dumps({"reason": str(error)}).encode() + b"\n")
            continue
        write_message(answers, json.dumps({"words": words}).encode() + b"\n" + pcm)


if __name__ == "__main__":
    work(*sys.argv[1:5])
