"""The rundown (trình tự chương trình): one station's day, every item with its time and its because, every omission with its reason.

Pure: the same order gives the same rundown. The rules are those of docs/decisions.md, "How a day is filled".
"""

from dataclasses import dataclass

from broadcaster.programme.day import Day
from broadcaster.programme.items import Omission, RundownItem, RundownSession
from broadcaster.programme.order import DayOrder
from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.programme.session import session_of
from broadcaster.types import Finding
from broadcaster.words import in_words


@dataclass(frozen=True)
class Rundown:
    """A station's day."""

    order: DayOrder
    sessions: tuple[RundownSession, ...]
    omissions: tuple[Omission, ...]
    findings: tuple[Finding, ...]


def build(order: DayOrder) -> Rundown:
    """The day's rundown. It stays inside each session, repeats no script within the day (reminders apart), and changes as little
    of `order.previous` as it can."""
    day = Day(order)
    sessions = tuple(session_of(day, rule) for rule in day.rules)
    return Rundown(order, sessions, day.omissions(sessions), tuple(day.findings))


def freeze(rundown: Rundown, language: str) -> ReleasedDay:
    """The rundown as it is promised, its becauses in words of `language`; a session that stays silent is not promised."""
    order = rundown.order
    return ReleasedDay(
        station=order.station.slug,
        name=order.name,
        area_name=order.area_name,
        day=order.day,
        campaigns=tuple((due.campaign, due.name) for due in order.due.get(order.day, ())),
        sessions=tuple(
            ReleasedSession(
                session.rule.slug,
                session.rule.name,
                session.start,
                session.end,
                tuple(_released(item, language) for item in session.items),
                session.rule.is_confirmed,
            )
            for session in rundown.sessions
            if session.items
        ),
        is_trial=order.is_trial,
    )


def omitted(rundown: Rundown, language: str) -> tuple[tuple[str, str, str], ...]:
    """What the day leaves out: script, title, and the reason in words of `language`."""
    return tuple((one.script, one.title, in_words(one.reason, language)) for one in rundown.omissions)


def _released(item: RundownItem, language: str) -> ReleasedItem:
    return ReleasedItem(
        start=item.start,
        length=item.length,
        kind=item.kind,
        title=item.title,
        because=item.because if isinstance(item.because, str) else in_words(item.because, language),
        sha256=item.sound.sha256 if item.sound else None,
        size=item.sound.size if item.sound else 0,
        url=item.url,
        campaign=item.campaign,
        script=item.script,
        revision=item.revision,
    )
