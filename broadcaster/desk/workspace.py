"""The workspace: the folder with `content/` and `schedules/`, found, and its schedules read anew by each verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from broadcaster.errors import BadFile, NotFound, WrongUsage
from broadcaster.forms import did_you_mean
from broadcaster.planning.campaign import Campaign, read_campaign
from broadcaster.planning.document import Document, read_documents
from broadcaster.planning.plan import Plan, read_plan
from broadcaster.programme.clock import BroadcastClock, read_clock
from broadcaster.stations.area import Areas, read_areas
from broadcaster.stations.station import Station, read_station
from broadcaster.studio.reading import read_lexicon, read_own_names
from broadcaster.studio.sounds import StationSound, read_sounds
from broadcaster.words import Sentence, say

Read = TypeVar("Read")


@dataclass(frozen=True, eq=False)
class Workspace:
    """What people wrote in `schedules/` and `content/sounds/`, each by its slug, in order of slug."""

    root: Path
    plans: Mapping[str, Plan]
    campaigns: Mapping[str, Campaign]
    documents: tuple[Document, ...]
    areas: Areas
    clocks: Mapping[str, BroadcastClock]
    stations: Mapping[str, Station]
    sounds: Mapping[str, StationSound]

    def station(self, slug: str) -> Station:
        """The station of this slug. Raises NotFound with what may have been meant."""
        return _one(self.stations, slug, say("There is no station “{slug}”.", slug=slug))

    def campaign(self, slug: str) -> Campaign:
        """The campaign of this slug. Raises NotFound with what may have been meant."""
        return _one(self.campaigns, slug, say("There is no campaign “{slug}”.", slug=slug))


def find(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `content/` and `schedules/`, or None."""
    return next((folder for folder in (start, *start.parents) if _is_workspace(folder)), None)


def chosen(start: Path, named: Path | None) -> Path:
    """The workspace that is named, or the one that `start` lies in. Raises WrongUsage where there is none."""
    if named is not None:
        if not _is_workspace(named):
            raise WrongUsage(
                say(
                    "{folder} is no workspace: it has no folders content and schedules. Make one with “broadcaster init {folder}”.",
                    folder=named,
                )
            )
        return named.resolve()
    found = find(start.resolve())
    if found is None:
        raise WrongUsage(
            say(
                "There is no workspace here: no folder from here upwards holds content and schedules. Go into one, name it with --workspace, or make one with “broadcaster init DIR”."
            )
        )
    return found


def packaged() -> Path:
    """The workspace that comes with the program: the real one of huyện Cát Hải."""
    inside = Path(__file__).parents[1] / "workspace"
    return inside if _is_workspace(inside) else Path(__file__).parents[2]


def read_workspace(root: Path) -> Workspace:
    """All schedules of the workspace. Raises BadFile for the first file that cannot be taken."""
    schedules = root / "schedules"
    clocks = _each(schedules / "clocks", lambda path: read_clock(path, root))
    areas = read_areas(schedules / "areas.toml", root)
    return Workspace(
        root=root,
        plans=_each(schedules / "plans", lambda path: read_plan(path, root)),
        campaigns=_each(schedules / "campaigns", lambda path: read_campaign(path, root)),
        documents=read_documents(schedules / "documents.toml", root),
        areas=areas,
        clocks=clocks,
        stations=_each(schedules / "stations", lambda path: read_station(path, root, areas, clocks)),
        sounds=read_sounds(root / "content" / "sounds", root),
    )


def script_files(root: Path) -> tuple[Path, ...]:
    """All script files of the workspace, in order of their paths."""
    return tuple(sorted((root / "content" / "scripts").rglob("*.md")))


def unreadable(root: Path) -> tuple[BadFile, ...]:
    """What is wrong with every schedule that cannot be taken, so that all are shown at once."""
    schedules = root / "schedules"
    wrong: list[BadFile] = []
    areas: Areas = {}
    clocks: Mapping[str, BroadcastClock] = {}
    try:
        areas = read_areas(schedules / "areas.toml", root)
    except BadFile as error:
        wrong.append(error)
    readers: list[tuple[str, Callable[[Path], object]]] = [
        ("clocks", lambda path: read_clock(path, root)),
        ("plans", lambda path: read_plan(path, root)),
        ("campaigns", lambda path: read_campaign(path, root)),
    ]
    for folder, read in readers:
        wrong += _wrong(schedules / folder, read)
    if not wrong:
        clocks = _each(schedules / "clocks", lambda path: read_clock(path, root))
        wrong += _wrong(schedules / "stations", lambda path: read_station(path, root, areas, clocks))
    tables: tuple[Callable[[], object], ...] = (
        lambda: read_documents(schedules / "documents.toml", root),
        lambda: read_sounds(root / "content" / "sounds", root),
        lambda: read_lexicon(root / "content" / "lexicon"),
        lambda: read_own_names(root / "content" / "lexicon"),
    )
    for read_all in tables:
        try:
            read_all()
        except BadFile as error:
            wrong.append(error)
    return tuple(wrong)


def _wrong(folder: Path, read: Callable[[Path], object]) -> list[BadFile]:
    wrong = []
    for path in sorted(folder.glob("*.toml")):
        try:
            read(path)
        except BadFile as error:
            wrong.append(error)
    return wrong


def _each(folder: Path, read: Callable[[Path], Read]) -> Mapping[str, Read]:
    return {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}


def _one(things: Mapping[str, Read], slug: str, otherwise: Sentence) -> Read:
    if slug not in things:
        raise NotFound(say("{what}{hint}", what=otherwise, hint=did_you_mean(slug, sorted(things))))
    return things[slug]


def _is_workspace(folder: Path) -> bool:
    return (folder / "content").is_dir() and (folder / "schedules").is_dir()
