"""The receiver's other thread: it syncs, reports, tells how it is, and listens for haste. The loudspeakers never wait for it."""

import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from broadcaster.errors import BroadcasterError
from broadcaster.receiver import service
from broadcaster.receiver.home import Home
from broadcaster.receiver.log import Log
from broadcaster.receiver.sync import pause, report, sync, tell_status
from broadcaster.words import Sentence

SILENCE = 45.0
"""Seconds without a line after which the line to the service counts as broken."""


class Carrier:
    """Works until it is closed. What it brings is put into `news`: ("manifest", None), ("offset", ms) or ("faults", sentences)."""

    def __init__(self, home: Home, clock: Callable[[], datetime], status: Callable[[], dict[str, Any]]):
        self.news: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._home, self._clock, self._status = home, clock, status
        self._haste, self._closed = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=one, name=one.__name__, daemon=True) for one in (self._carry, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End at the next chance; what is under way may be broken off, for everything is whole or not there."""
        self._closed.set()
        self._haste.set()
        self._threads[0].join(2)

    def _carry(self) -> None:
        log, etag, failures = Log(self._home.log_path), "", 0
        while not self._closed.is_set():
            self._haste.clear()
            done, etag = sync(self._home, self._clock(), etag)
            faults: list[Sentence] = list(done.faults)
            if done.is_new or done.fetched:
                self.news.put(("manifest", None))
            try:
                self.news.put(("offset", tell_status(self._home, self._status(), self._clock)))
                report(self._home, log)
            except BroadcasterError as error:
                faults.append(error.sentence)
            self.news.put(("faults", tuple(faults)))
            log.remember("synced", self._clock().isoformat() if not faults else log.recall("synced") or "")
            failures = failures + 1 if faults else 0
            self._haste.wait(pause(self._home.identity().name, failures))
        log.close()

    def _listen(self) -> None:
        failures = 0
        while not self._closed.is_set():
            identity = self._home.identity()
            try:
                for line in service.lines(f"{identity.url}/api/events", identity.token, SILENCE):
                    failures = 0
                    if line.startswith("event:"):
                        self._haste.set()
                    if self._closed.is_set():
                        return
            except BroadcasterError:
                failures += 1
            self._closed.wait(min(pause(identity.name, failures) / 10, 60))


def ticks() -> float:
    """Seconds that only go forwards."""
    return time.monotonic()
