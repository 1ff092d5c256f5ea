"""The timetable (lịch vận hành): when the service does its work by itself. APScheduler is only the clock; each job is one verb."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from broadcaster.desk.desk import Desk
from broadcaster.desk.keeping import Seen, keep
from broadcaster.errors import BroadcasterError
from broadcaster.timekeeping import now

EVERY = 20
"""Seconds between two looks at the clock."""
log = logging.getLogger(__name__)


@contextmanager
def running(desk: Desk, folder: Path) -> Iterator[None]:
    """Publish at once, then keep the tree in `folder` up to the moment for as long as the block lasts."""
    tick = Tick(desk, folder)
    tick()
    scheduler = BackgroundScheduler()
    scheduler.add_job(tick, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()


class Tick:
    """One look at the clock; what was published last is remembered from one to the next."""

    def __init__(self, desk: Desk, folder: Path):
        self._desk, self._folder = desk, folder
        self._seen: Seen | None = None

    def __call__(self) -> None:
        try:
            self._seen, _ = keep(self._desk, self._folder, now(), self._seen)
        except BroadcasterError as error:  # said, and tried again at the next tick
            log.error("%s", error.sentence.into(self._desk.settings.language))
