"""How the parts of the tree are rendered: in this process while they are few, on all cores when they are many."""

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_context

from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.disk import Made, Task
from broadcaster.publishing.edition import Edition, StationCard
from broadcaster.publishing.tree import Stations
from broadcaster.store import programme
from broadcaster.store.database import Database

FEW = 64
"""So many stations are rendered before other processes are worth their start."""


@dataclass(frozen=True)
class StationWork:
    """A station to be rendered from those rows of the released days, and the scripts that it carries. Small, so that it can be sent to another process."""

    renderer: "Renderer"
    card: StationCard
    rows: tuple[int, ...]
    carried: tuple[str, ...]

    def __call__(self, names: Sequence[str]) -> Mapping[str, Made]:
        return self.renderer.made(self, names)


class Renderer:
    """Renders stations of one edition; of their days it reads one station's at a time."""

    def __init__(self, database: Database, edition: Edition, withdrawn: Collection[str]):
        self.database, self.edition, self.withdrawn = database, edition, withdrawn
        self._stations = Stations(edition)

    def made(self, work: StationWork, names: Sequence[str]) -> dict[str, Made]:
        """The named pieces of a station."""
        with self.database.reading() as session:
            days = programme.days_in(session, work.rows)
        days = tuple(without(self.withdrawn, day, self.edition.moment) for day in days)
        return self._stations.made(work.card, days, work.carried, names)

    def __reduce__(self) -> tuple[object, ...]:
        return _here, ()


def without(withdrawn: Collection[str], day: ReleasedDay, moment: datetime) -> ReleasedDay:
    """A released day as it may still be put out: what was withdrawn since and is yet to come leaves at once, without waiting for a release."""
    if not any(item.script in withdrawn for one in day.sessions for item in one.items):
        return day
    sessions = tuple(
        replace(one, items=tuple(item for item in one.items if item.script not in withdrawn or item.start <= moment))
        for one in day.sessions
    )
    return replace(day, sessions=sessions)


def carried_out(renderer: Renderer, tasks: Iterable[Task]) -> Iterator[Mapping[str, Made]]:
    """Each task's result in order. What is no station's is rendered here."""
    waiting = iter(tasks)
    first = list(islice(waiting, FEW))
    cores = os.cpu_count() or 1
    if len(first) < FEW or cores == 1:
        yield from (make(names) for make, names in chain(first, waiting))
        return
    given = (renderer.database.url, renderer.edition, renderer.withdrawn)
    with ProcessPoolExecutor(cores, get_context("spawn"), _prepare, given) as pool:
        ahead: deque[tuple[Task, Future[Mapping[str, Made]] | None]] = deque()
        for make, names in chain(first, waiting):
            there = pool.submit(make, names) if isinstance(make, StationWork) else None
            ahead.append(((make, names), there))
            if len(ahead) > 4 * cores:
                yield _result(*ahead.popleft())
        while ahead:
            yield _result(*ahead.popleft())


def _result(task: Task, there: Future[Mapping[str, Made]] | None) -> Mapping[str, Made]:
    make, names = task
    return there.result() if there else make(names)


_renderers: list[Renderer] = []
"""The renderer of a process that was started to render; empty in any other."""


def _prepare(url: str, edition: Edition, withdrawn: Collection[str]) -> None:
    _renderers.append(Renderer(Database(url, only_look=True), edition, withdrawn))


def _here() -> Renderer:
    return _renderers[0]
