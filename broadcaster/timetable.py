"""The timetable (lịch vận hành): when the service does its work by itself. APScheduler is only the clock; each job is one verb."""

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from broadcaster.desk.desk import Desk
from broadcaster.desk.keeping import Seen, night, resign, tick
from broadcaster.errors import BroadcasterError
from broadcaster.files import alone
from broadcaster.timekeeping import ZONE, now
from broadcaster.words import Sentence

EVERY = 20
"""Seconds between two looks at the clock."""
AT_NIGHT = 2
"""The hour in which the night's work is done."""
log = logging.getLogger(__name__)


@contextmanager
def running(desk: Desk, folder: Path) -> Iterator[None]:
    """Look at once, then keep everything up to the moment for as long as the block lasts."""
    timetable = Timetable(desk, folder)
    with alone(desk.data / "serve.lock") as is_alone:
        if is_alone:  # whoever led from this data folder before is dead, however it died
            resign(desk, timetable.place)
        timetable.look()
        yield from _ticking(timetable)


def _ticking(timetable: "Timetable") -> Iterator[None]:
    scheduler = BackgroundScheduler(timezone=ZONE)
    scheduler.add_job(
        timetable.look, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.add_job(timetable.night, "cron", hour=AT_NIGHT, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
        with suppress(BroadcasterError):
            resign(timetable.desk, timetable.holder)


class Timetable:
    """What a service does by itself; `holder` names this process among others at the same database, and begins with its `place`."""

    def __init__(self, desk: Desk, folder: Path):
        self.desk, self._folder, self._seen = desk, folder, Seen()
        self.place = f"{socket.gethostname()}:{desk.data.resolve()}:"
        self.holder = f"{self.place}{os.getpid()}:{secrets.token_hex(4)}"

    def look(self) -> None:
        """One look at the clock."""
        try:
            self._seen, said = tick(self.desk, self._folder, now(), self._seen, self.holder)
            self._tell(said)
        except BroadcasterError as error:  # said, and tried again at the next look
            log.error("%s", error.sentence.into(self.desk.settings.language))

    def night(self) -> None:
        """One night's work."""
        try:
            self._tell(night(self.desk, now(), self.holder))
        except BroadcasterError as error:
            log.error("%s", error.sentence.into(self.desk.settings.language))

    def _tell(self, said: tuple[Sentence, ...]) -> None:
        for one in said:
            log.info("%s", one.into(self.desk.settings.language))
