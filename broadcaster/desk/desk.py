"""The desk: what every verb needs at hand. Verbs fetch, decide, act, keep, tell; the rules are in the rooms."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from broadcaster.desk.machines import Machines
from broadcaster.desk.workspace import Workspace, read_workspace
from broadcaster.errors import Refused
from broadcaster.settings import Settings, account
from broadcaster.store.database import Database, url_of
from broadcaster.store.tables import Birth as Birth
from broadcaster.words import Sentence, say

Tell = Callable[[Sentence, int, int], None]
"""How a verb says where it is: what it is doing, how many are done, of how many."""


@dataclass(frozen=True)
class Person:
    """Who acts, and the machine's account that acts for them."""

    name: str
    account: str


class Desk:
    """One workspace with one data folder, opened."""

    def __init__(self, root: Path, data: Path, settings: Settings, tell: Tell):
        self.root, self.data, self.settings, self.tell = root, data, settings, tell
        data.mkdir(parents=True, exist_ok=True)
        self.machines = Machines(root, data, settings)
        self.database = Database(url_of(data, settings.database_url))

    @cached_property
    def workspace(self) -> Workspace:
        """The schedules as they stand when a verb first asks."""
        return read_workspace(self.root)

    def written_at(self) -> float:
        """When a person last changed a file of the schedules: seconds since the epoch."""
        paths = (self.root / "schedules").rglob("*")
        return max((path.stat().st_mtime for path in paths), default=0.0)

    def look_again(self) -> None:
        """Read the schedules anew when a verb next asks."""
        self.__dict__.pop("workspace", None)

    @property
    def sound_folder(self) -> Path:
        """Where finished MP3s lie, each named by its sha256."""
        return self.data / "sound"

    @property
    def public_folder(self) -> Path:
        return self.data / "public"

    @cached_property
    def is_trial(self) -> bool:
        return self.database.birth() is Birth.TRIAL

    def person(self, name: str | None) -> Person:
        """The one who acts. Raises Refused where nobody is named."""
        if not name or not name.strip():
            raise Refused(say("Nobody is named. Say who acts with --by NAME, or set BROADCASTER_USER."))
        return Person(unicodedata.normalize("NFC", name.strip()), account())

    def close(self) -> None:
        self.machines.close()
        self.database.close()


@contextmanager
def opened(root: Path, data: Path, settings: Settings, tell: Tell, birth: Birth = Birth.REAL) -> Iterator[Desk]:
    """The desk, its data folder made where there is none. Raises Refused where the folder was born otherwise."""
    desk = Desk(root, data, settings, tell)
    try:
        if birth is Birth.TRIAL or desk.database.birth() is None:
            desk.database.born(birth)
        yield desk
    finally:
        desk.close()
