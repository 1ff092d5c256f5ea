"""The verb that the timetable calls: keep the published tree as it is to be seen at this moment."""

from datetime import datetime
from pathlib import Path

from broadcaster.desk import publishing
from broadcaster.desk.desk import Desk
from broadcaster.publishing.tree import Written
from broadcaster.store import programme, scripts
from broadcaster.timekeeping import broadcast_day

Seen = tuple[object, ...]
"""What the tree was last made from: two equal ones would give the same tree."""


def keep(desk: Desk, folder: Path, at: datetime, before: Seen | None) -> tuple[Seen, Written | None]:
    """Publish anew when a release or an approval came, a broadcast day began, or an item had its airing since `before`; else do nothing."""
    seen = _seen(desk, at)
    return (seen, None) if seen == before else (seen, publishing.publish(desk, folder, moment=at))


def _seen(desk: Desk, at: datetime) -> Seen:
    today = broadcast_day(at)
    with desk.database.reading() as session:
        days = programme.released(session, today, today).values()
        newest = (programme.newest(session), scripts.newest_step(session))
    begun = sum(item.start <= at for day in days for one in day.sessions for item in one.items)
    return (*newest, today, begun)
