"""A person's exceptions to a day's programme: pin, skip, move, replace. A person's word outranks every rebuild.

All four come down to two: leave `target` out of a session, and let `script` begin exactly at `start`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Action(StrEnum):
    """ghim, bỏ, dời, thay."""

    PIN = "pin"
    SKIP = "skip"
    MOVE = "move"
    REPLACE = "replace"


@dataclass(frozen=True)
class PersonsException:
    """What a person decided for one station's day, why and when.

    `session` and `target` name what is left out (a script's id); `start` and `script` what begins exactly then.
    """

    action: Action
    station: str
    day: date
    by: str
    at: datetime
    why: str
    session: str | None = None
    target: str | None = None
    start: datetime | None = None
    script: str | None = None
