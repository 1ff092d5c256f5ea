"""The outlines of every station's days as the last publication left them: a file of the data folder that may be lost, for it is made again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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
    places: dict[str, int] = {}
    stations = {slug: _row(one, places) for slug, one in new.outlines.items()}
    past = {slug: _placed(one, places) for slug, one in new.past.items()}
    until = new.past_until.isoformat() if new.past_until else None
    said = {"scripts": [*places], "stations": stations, "past": past, "past_until": until}
    write_whole(data / FILE, json.dumps(said).encode(), synced=False)


def _row(one: Outline, places: dict[str, int]) -> list[object]:
    """Scripts by their places in one list of all, because thousands of stations air the same ones."""
    first = _placed(one.first, places)
    ahead = sorted(_place(script, places) for script in one.ahead)
    day = one.first_day.isoformat() if one.first_day else None
    return [one.named, one.since, one.until, day, one.today, first, ahead]


def _placed(firsts: Firsts, places: dict[str, int]) -> list[int]:
    return [number for script, start in firsts.items() for number in (_place(script, places), start)]


def _firsts(row: list[int], scripts: list[str]) -> dict[str, int]:
    return {scripts[place]: start for place, start in zip(row[::2], row[1::2], strict=True)}


def _place(script: str, places: dict[str, int]) -> int:
    return places.setdefault(script, len(places))


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
