"""The embedded voice: espeak-ng in worker processes of its own, fenced, repeatable, offline."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

import espeakng_loader

from broadcaster.engines.espeak_worker import read_message, write_message
from broadcaster.errors import Unavailable
from broadcaster.files import sha256_of
from broadcaster.studio.speech import Piece, SpokenWord, Utterance, check_speakable
from broadcaster.types import Milliseconds
from broadcaster.words import say

PACE = 135
"""espeak's words a minute; in Vietnamese about 200 syllables, which suits a horn."""
RATE = 22_050
PATIENCE = 30.0
"""Seconds after which a worker that does not answer is taken for dead; an utterance takes a few thousandths."""
VOICE_FILE = Path(__file__).with_name("espeak_vi_level")
"""The northern voice with `flutter 0` and `roughness 0` (which would make every second glottal cycle weaker, counted over all
utterances): the same text gives the same bytes, in any order."""
_WORKER = Path(__file__).with_name("espeak_worker.py")


class EspeakVoice:
    """espeak-ng 1.52 from the `espeakng-loader` wheel, as many workers as asked (default: one for each core), started when needed.

    May be used by many threads at once; each bulletin keeps one worker.
    """

    name = "espeak"
    rate = RATE
    is_offline = True
    is_repeatable = True
    is_person = False

    def __init__(self, workers: int | None = None, pace: int = PACE) -> None:
        """Starts one worker at once, to know the version. Raises Unavailable when the library cannot start."""
        self._pace = pace
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range((workers or os.cpu_count() or 1) - 1):
            self._idle.put(None)
        first = _Worker(pace)
        self.identity = f"espeak-ng {first.version}, {sha256_of(VOICE_FILE)[:12]}, {pace}"
        self._idle.put(first)

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        """Each utterance by the same worker. Raises Unavailable with the utterance that failed."""
        check_speakable(self.name, utterances)
        worker = self._idle.get()
        try:
            for utterance in utterances:
                worker, sound, heard = self._one(worker, utterance.text)
                yield Piece(
                    sound,
                    tuple(SpokenWord(utterance.text[at : at + length], Milliseconds(ms)) for at, length, ms in heard),
                )
        except BaseException:
            _put_down(worker)
            worker = None
            raise
        finally:
            self._idle.put(worker)

    @property
    def pids(self) -> tuple[int, ...]:
        """The idle workers' process numbers."""
        return tuple(worker.process.pid for worker in self._idle.queue if worker)

    def close(self) -> None:
        """End the idle workers; those that are speaking end with this process. Whoever speaks after it starts one anew."""
        with self._idle.mutex:
            ended = list(self._idle.queue)
            self._idle.queue[:] = [None] * len(ended)
        for worker in ended:
            _put_down(worker)

    def _one(self, worker: "_Worker | None", text: str) -> "tuple[_Worker, bytes, list[tuple[int, int, int]]]":
        for _ in range(2):
            worker = worker or _Worker(self._pace)
            answer = worker.ask(text)
            if answer is not None:
                return worker, *answer
            _put_down(worker)
            worker = None
        raise Unavailable(
            say(
                "The voice espeak fell silent twice at “{text}”. Put it in other words, or choose another voice.",
                text=text,
            )
        )


class _Worker:
    """One process and its two pipes."""

    def __init__(self, pace: int) -> None:
        where = [espeakng_loader.get_library_path(), espeakng_loader.get_data_path(), str(VOICE_FILE), str(pace)]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_WORKER), *where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        greeting = self._answer()
        said = json.loads(greeting) if greeting else {"reason": "it ended while starting"}
        if "version" not in said:
            self.end()
            raise Unavailable(
                say(
                    "The voice espeak cannot start: {reason}. Install the package espeakng-loader again.",
                    reason=said["reason"],
                )
            )
        self.version: str = said["version"]

    def ask(self, text: str) -> tuple[bytes, list[tuple[int, int, int]]] | None:
        """Sound and words' times, or None when the process died or gave no sound."""
        try:
            write_message(_pipe(self.process.stdin), text.encode())
        except OSError:
            return None
        answer = self._answer()
        if answer is None:
            return None
        head, _, pcm = answer.partition(b"\n")
        said = json.loads(head)
        return (pcm, said["words"]) if pcm and "words" in said else None

    def end(self) -> None:
        """Close the pipes and take the process out of the world."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:
                continue  # closing flushes what the dead process did not take
        self.process.wait()

    def _answer(self) -> bytes | None:
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            return read_message(_pipe(self.process.stdout))
        finally:
            watch.cancel()


def _pipe(pipe: IO[bytes] | None) -> BinaryIO:
    return cast(BinaryIO, pipe)


def _put_down(worker: _Worker | None) -> None:
    if worker is not None:
        worker.end()
