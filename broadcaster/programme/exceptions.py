"""A person's exceptions to a day's programme: pin, skip, move, replace, and time kept for a live microphone. A person's word outranks every rebuild.

All come down to two: leave `target` out of a session, and let `script` (or, for `minutes`, whoever speaks) begin exactly at `start`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from broadcaster.words import Sentence, say


class Action(StrEnum):
    """ghim, bỏ, dời, thay, nói trực tiếp."""

    PIN = "pin"
    SKIP = "skip"
    MOVE = "move"
    REPLACE = "replace"
    LIVE = "live"


@dataclass(frozen=True)
class PersonsException:
    """What a person decided for one station's day, why and when.

    `session` and `target` name what is left out (a script's id); `start` and `script` what begins exactly then, `minutes` how long a person speaks live.
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
    minutes: int | None = None


def exception_words(one: PersonsException) -> Sentence:
    """What was decided, in words."""
    if one.action is Action.SKIP:
        return say("{target} is left out of {session} on {day}", target=one.target, session=one.session, day=one.day)
    if one.action is Action.PIN:
        return say("{script} begins at {start}", script=one.script, start=one.start)
    if one.action is Action.MOVE:
        return say("{script} moves to {start}", script=one.script, start=one.start)
    if one.action is Action.LIVE:
        return say("{minutes} minutes for the live microphone from {start}", minutes=one.minutes, start=one.start)
    return say("{script} takes the place of {target} at {start}", script=one.script, target=one.target, start=one.start)
