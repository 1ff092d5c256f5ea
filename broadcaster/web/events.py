"""Who listens for changes: one look at the database a second for all of them, and a line to each whose station changed."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from starlette.concurrency import run_in_threadpool

from broadcaster.desk.desk import Desk
from broadcaster.desk.manifests import newest
from broadcaster.errors import BroadcasterError

EVERY = 1.0
"""Seconds between two looks."""
ALIVE = 15.0
"""Seconds after which a listener hears that the line still stands."""


class Watch:
    """The newest manifests of all stations, looked at for as long as somebody listens."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._now: Mapping[str, int] = {}
        self._changed: asyncio.Event | None = None
        self._listeners = 0
        self._looking: asyncio.Task[None] | None = None

    async def of(self, station: str) -> AsyncGenerator[int | None, None]:
        """The number of the station's newest manifest, at once and whenever it changes; None every 15 seconds without a change."""
        self._listeners += 1
        try:
            if self._looking is None or self._looking.done():
                await self._look()
                self._looking = asyncio.create_task(self._look_on())
            known = None
            while True:
                if (number := self._now.get(station, 0)) != known:
                    known = number
                    yield number
                assert self._changed is not None  # somebody looks
                try:
                    await asyncio.wait_for(self._changed.wait(), ALIVE)
                except TimeoutError:
                    yield None
        finally:
            self._listeners -= 1

    async def _look_on(self) -> None:
        while self._listeners:
            await asyncio.sleep(EVERY)
            await self._look()

    async def _look(self) -> None:
        self._changed = self._changed or asyncio.Event()
        try:
            found = await run_in_threadpool(newest, self._desk)
        except BroadcasterError:
            return  # the database is away; it is looked at again in a second
        if found != self._now:
            self._now, told = found, self._changed
            self._changed = asyncio.Event()
            told.set()
