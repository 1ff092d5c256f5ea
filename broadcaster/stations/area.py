"""Areas (địa bàn): a tree of any depth whose names, parents and successors change with the law on the right day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broadcaster.types import DatedName


@dataclass(frozen=True)
class Parent:
    """The area above, and the days on which it was so (both ends included)."""

    slug: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Area:
    """A node of the tree. `successors` are the areas that took its place when its last name ended."""

    slug: str
    names: tuple[DatedName, ...]
    parents: tuple[Parent, ...] = ()
    successors: tuple[str, ...] = ()


Areas = Mapping[str, Area]
