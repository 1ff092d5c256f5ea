"""Which sounds are needed still: what may not be lost, and what retention may not delete."""

from datetime import date, datetime

from sqlmodel import Session

from broadcaster.newsroom.approval import State
from broadcaster.store import bulletins, emergency, programme, scripts
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Sha256


def needed_sounds(session: Session, since: datetime) -> frozenset[Sha256]:
    """The sounds of all released days from `since` on, of what is approved or submitted, of alerts since then, and the stations' own."""
    released = programme.released(session, broadcast_day(since), date.max)
    needed = {item.sha256 for day in released.values() for one in day.sessions for item in one.items}
    needed |= {one.alert.sound for one in emergency.alerts(session, after=since)}
    for standing in scripts.standings(session):
        if standing.approval:
            needed.add(standing.approval.bound.sound)
        if standing.state is State.SUBMITTED:
            needed.add(standing.steps[-1].bound.sound)
    own = {sha256 for sha256, (_, recipe) in bulletins.all_by_sound(session).items() if not recipe.utterances}
    return frozenset(one for one in needed | own if one is not None)
