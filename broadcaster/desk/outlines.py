"""The outlines of every station's days as the last publication left them: a file of the data folder that may be lost, for it is made again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from broadcaster.files import write_whole
from broadcaster.publishing.outline import Outline

FILE = "outlines.json"
Firsts = Mapping[str, int]
"""When a station airs each script for the first time, in seconds since the epoch."""


@dataclass(frozen=True)
class Kept:
    """The outline of each station; and of the days before `past_until`, which the tree shows no more, when each station first aired each script."""

    outlines: Mapping[str, Outline] = field(default_factory=dict)
    past: Mapping[str, Firsts] = field(default_factory=dict)
    past_until: date | None = None


def read(data: Path) -> Kept:
    """What was kept; nothing where the file is not there or cannot be read."""
    try:
        said = json.loads((data / FILE).read_bytes())
        scripts = said["scripts"]
        return Kept(
            {slug: _outline(row, scripts) for slug, row in said["stations"].items()},
            {slug: _firsts(row, scripts) for slug, row in said["past"].items()},
            date.fromisoformat(said["past_until"]) if said["past_until"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Kept()


def keep(data: Path, new: Kept) -> None:
    """Keep it for the next publication."""
    known = new.outlines.values()
    named = chain((one.first for one in known), (one.ahead for one in known), new.past.values())
    scripts = list(dict.fromkeys(chain.from_iterable(named)))
    place = {script: number for number, script in enumerate(scripts)}.__getitem__
    said = {
        "scripts": scripts,
        "stations": {slug: _row(one, place) for slug, one in new.outlines.items()},
        "past": {slug: _placed(one, place) for slug, one in new.past.items()},
        "past_until": new.past_until.isoformat() if new.past_until else None,
    }
    write_whole(data / FILE, json.dumps(said).encode(), synced=False)


def _row(one: Outline, place: Callable[[str], int]) -> list[object]:
    """Scripts by their places in one list of all, because thousands of stations air the same ones."""
    day = one.first_day.isoformat() if one.first_day else None
    ahead = sorted(map(place, one.ahead))
    return [one.named, one.since, one.until, day, one.today, _placed(one.first, place), ahead]


def _placed(firsts: Firsts, place: Callable[[str], int]) -> list[list[int]]:
    return [list(map(place, firsts)), list(firsts.values())]


def _firsts(row: list[list[int]], scripts: list[str]) -> dict[str, int]:
    places, starts = row
    return dict(zip(map(scripts.__getitem__, places), starts, strict=True))


def _outline(row: list[Any], scripts: list[str]) -> Outline:
    named, since, until, day, today, first, ahead = row
    return Outline(
        named,
        since,
        until,
        date.fromisoformat(day) if day else None,
        tuple((start, end, name) for start, end, name in today),
        _firsts(first, scripts),
        frozenset(scripts[place] for place in ahead),
    )
