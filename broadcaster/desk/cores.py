"""Work of the same kind on all cores: in this process while it is little, in others, started afresh, when it is much."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
FEW = 500
"""So many tasks are done here before other processes are worth their start, which takes each of them seconds."""
AHEAD = 4
"""So many tasks wait for each core, so that few results are held at a time."""


class Spread(Generic[Task, Result]):
    """How tasks are done: `here`, or by what `prepare(*given)` makes in another process, where they may be sent there."""

    def __init__(
        self,
        here: Callable[[Task], Result],
        prepare: Callable[..., Callable[[Task], Result]],
        given: tuple[object, ...],
    ):
        self.here, self.prepare, self.given = here, prepare, given

    def done(self, tasks: Iterable[Task], *, may_leave: Callable[[Task], bool] = lambda _: True) -> Iterator[Result]:
        """The results in the order of the tasks."""
        waiting, cores = iter(tasks), os.cpu_count() or 1
        first = list(islice(waiting, FEW))
        if len(first) < FEW or cores == 1:
            yield from map(self.here, chain(first, waiting))
            return
        with ProcessPoolExecutor(cores, get_context("spawn"), _begin, (self.prepare, self.given)) as pool:
            begun: deque[tuple[Task, Future[Result] | None]] = deque()
            for task in chain(first, waiting):
                begun.append((task, pool.submit(_do, task) if may_leave(task) else None))
                if len(begun) > AHEAD * cores:
                    yield self._result(*begun.popleft())
            while begun:
                yield self._result(*begun.popleft())

    def _result(self, task: Task, there: "Future[Result] | None") -> Result:
        return there.result() if there else self.here(task)


_workers: list[Callable[[Any], Any]] = []
"""What does the tasks of this process, where it was started for them; empty in any other."""


def _begin(prepare: Callable[..., Callable[[Any], Any]], given: tuple[object, ...]) -> None:
    _workers.append(prepare(*given))


def _do(task: Any) -> Any:
    return _workers[0](task)
