"""How the parts of the tree are rendered: each from the rows of one station alone, many of them on all cores."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from broadcaster.desk.cores import Spread
from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.disk import Made, Task
from broadcaster.publishing.edition import Edition, StationCard
from broadcaster.publishing.tree import Stations
from broadcaster.store import programme
from broadcaster.store.database import Database


@dataclass(frozen=True)
class StationRows:
    """A station, the rows of its released days, and the scripts that it carries: small enough to be sent to another process."""

    card: StationCard
    rows: tuple[int, ...]
    carried: tuple[str, ...]


class Renderer:
    """Renders stations of one edition; of their days it holds one station's at a time."""

    def __init__(self, database: Database, edition: Edition, withdrawn: Collection[str]):
        self.database, self.edition, self.withdrawn = database, edition, withdrawn
        self._stations = Stations(edition)

    def made(self, of: StationRows, names: Sequence[str]) -> Mapping[str, Made]:
        """The named pieces of a station."""
        with self.database.reading() as session:
            days = programme.days_in(session, of.rows)
        days = tuple(without(self.withdrawn, day, self.edition.moment) for day in days)
        return self._stations.made(of.card, days, of.carried, names)

    def each(self, tasks: Iterable[Task]) -> Iterator[Mapping[str, Made]]:
        """The tasks of a run over the tree, on all cores where they are many; what is no station's is rendered here."""
        spread: Spread[Task, Mapping[str, Made]] = Spread(
            _carried_out, _prepared, (self.database.url, self.edition, self.withdrawn)
        )
        return spread.done(tasks, may_leave=lambda task: isinstance(task[0], StationTask))


@dataclass(frozen=True)
class StationTask:
    """How a station's part is made. In another process the renderer is the one that was prepared there."""

    of: StationRows
    renderer: Renderer

    def __call__(self, names: Sequence[str]) -> Mapping[str, Made]:
        return self.renderer.made(self.of, names)

    def __reduce__(self) -> tuple[type[StationRows], tuple[object, ...]]:
        return StationRows, (self.of.card, self.of.rows, self.of.carried)


def _carried_out(task: Task) -> Mapping[str, Made]:
    make, names = task
    return make(names)


def _prepared(url: str, edition: Edition, withdrawn: Collection[str]) -> Callable[[Any], Mapping[str, Made]]:
    """The same in another process, where a station's task arrives as its rows."""
    renderer = Renderer(Database(url, only_look=True), edition, withdrawn)
    return lambda task: renderer.made(*task)


def without(withdrawn: Collection[str], day: ReleasedDay, moment: datetime) -> ReleasedDay:
    """A released day as it may still be put out: what was withdrawn since and is yet to come leaves at once, without waiting for a release."""
    if not any(item.script in withdrawn for one in day.sessions for item in one.items):
        return day
    sessions = tuple(
        replace(one, items=tuple(item for item in one.items if item.script not in withdrawn or item.start <= moment))
        for one in day.sessions
    )
    return replace(day, sessions=sessions)
