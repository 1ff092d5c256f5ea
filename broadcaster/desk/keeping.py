"""The verbs that the timetable calls: one look at the clock, and one night. Each finds what is missing and does it once.

Nothing here remembers what must be done: what is missing shows in the tables. `Seen` only saves looking twice at what did not change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.desk import (
    backup,
    delivery,
    manifests,
    newsroom,
    programme,
    publishing,
    reporting,
    retention,
    sounds,
    studio,
)
from broadcaster.desk.desk import Desk
from broadcaster.errors import BroadcasterError, Unavailable
from broadcaster.programme.emergency import in_force
from broadcaster.store import emergency, scripts, work
from broadcaster.store import programme as kept
from broadcaster.timekeeping import broadcast_day
from broadcaster.words import Sentence, say

DUTY = "timetable"
LEADS = timedelta(seconds=90)
"""How long a service that fell silent still keeps another from leading."""
BACK = timedelta(days=1)
"""A clock that stands so far before what was done last is not believed."""
REMINDS = 30
"""Days before and after its last day on which a report is reminded of."""
SERVICE = "broadcaster serve"
"""The name in which the service acts."""


@dataclass(frozen=True)
class Seen:
    """What the last look was made from: two equal ones would do nothing new."""

    programme: tuple[object, ...] = ()
    tree: tuple[object, ...] = ()
    orders: tuple[object, ...] = ()


Said = Seen | Sentence
"""What a part of a look tells: a line for the log, or what the next look need not look at again."""


def tick(desk: Desk, folder: Path, at: datetime, before: Seen, holder: str) -> tuple[Seen, tuple[Sentence, ...]]:
    """One look: make sound that is missing, arrange and release the days ahead, publish, tell the receivers; and what is worth a line in the log.

    What one part cannot do stops no other; it is said, and done at the next look. Does nothing where another service leads.
    """
    with desk.database.writing() as session:
        if not work.lead(session, DUTY, holder, at, until=at + LEADS):
            return before, ()
    said: list[Sentence] = []
    seen = before
    for part in (_programme, _tree, _orders, _receivers, _airings):
        for one in _carried_out(part(desk, folder, at, seen)):
            if isinstance(one, Seen):
                seen = one
            else:
                said.append(one)
    return seen, tuple(said)


def _carried_out(part: Iterator[Said]) -> Iterator[Said]:
    """What a part tells, and in what sentence it failed: what one cannot do stops no other."""
    try:
        yield from part
    except BroadcasterError as error:
        yield error.sentence


def resign(desk: Desk, holder: str) -> None:
    """Let another service lead at once."""
    with desk.database.writing() as session:
        work.resign(session, DUTY, holder)


def _programme(desk: Desk, _: Path, at: datetime, before: Seen) -> Iterator[Said]:
    """Release the days ahead anew when an approval, an exception, a file or a day came."""
    with desk.database.reading() as session:
        newest = (scripts.newest_at(session), kept.newest_at(session))
        seen = (
            scripts.newest_step(session),
            kept.newest_exception(session),
            kept.newest_choice(session),
            broadcast_day(at),
            desk.written_at(),
        )
    last = max((one for one in newest if one), default=at)
    if at < last - BACK:
        raise Unavailable(
            say(
                "The clock stands at {at}, before what was done last at {last}. Nothing is planned until it is set.",
                at=at,
                last=last,
            )
        )
    if seen == before.programme:
        return
    desk.look_again()
    if made := sounds.carry_left_over(desk):
        yield say("{count} sounds were made that an earlier run had left.", count=made)
    report = _release(desk, at)
    if report.number:
        yield report.words
    yield replace(before, programme=seen)


def _release(desk: Desk, at: datetime) -> programme.ReleaseReport:
    """Release the days ahead; lead-ins whose sound is missing are made by it."""
    days = desk.settings.days_ahead + 1
    return programme.release(desk, broadcast_day(at), days, person=desk.person(SERVICE), at=at)


def _tree(desk: Desk, folder: Path, at: datetime, before: Seen) -> Iterator[Said]:
    """Publish anew when a release or an approval came, a broadcast day began, or a session passed; at first and once a day every file of
    the tree is looked at."""
    today = broadcast_day(at)
    with desk.database.reading() as session:
        days = kept.released(session, today, today).values()
        newest = (kept.newest(session), scripts.newest_step(session))
    passed = {one.start for day in days for one in day.sessions if one.items and one.items[-1].end <= at}
    seen = (*newest, today, len(passed))
    if seen == before.tree:
        return
    is_quick = before.tree != () and before.tree[2] == today
    try:
        written = publishing.publish(desk, folder, moment=at, is_quick=is_quick)
    except Unavailable as error:  # a promised sound is missing: make it, then publish whole
        yield error.sentence
        studio.produce(desk)
        _release(desk, at)
        written = publishing.publish(desk, folder, moment=at)
    yield say("The tree was published: {count} files changed.", count=len(written.changed))
    yield replace(before, tree=seen)


def _orders(desk: Desk, folder: Path, at: datetime, before: Seen) -> Iterator[Said]:
    """Sign the manifests anew when an alert or a silence came or ended, and once an hour, for those half of whose time is over."""
    with desk.database.reading() as session:
        holding = in_force(emergency.alerts(session, after=at), at)
        silences = emergency.silences(session, after=at)
    seen = (
        tuple((one.alert.id, one.alert.version) for one in holding),
        tuple(one.id for one in silences),
        at.replace(minute=0, second=0, microsecond=0),
    )
    if seen == before.orders:
        return
    renewed = manifests.renew(desk, folder, at)
    if renewed:
        yield say("{count} manifests were signed.", count=len(renewed))
    yield replace(before, orders=seen)


def _receivers(desk: Desk, _: Path, at: datetime, before: Seen) -> Iterator[Said]:
    """One alarm for each receiver that fell silent, and one note when it is back."""
    for receiver, is_silent in delivery.notice_silence(desk, at):
        if is_silent:
            yield say(
                "ALARM: the receiver {name} of {station} is silent.", name=receiver.name, station=receiver.station
            )
        else:
            yield say("The receiver {name} of {station} is back.", name=receiver.name, station=receiver.station)


def _airings(desk: Desk, _: Path, at: datetime, before: Seen) -> Iterator[Said]:
    """Reconcile what is over and what came back since."""
    if count := reporting.keep_airings(desk, at):
        reporting.keep_tallies(desk)
        yield say("{count} station days were reconciled.", count=count)


def night(desk: Desk, at: datetime, holder: str) -> tuple[Sentence, ...]:
    """What is done once a night: take in changed scripts, make sound that is missing, back up, let go of old sound, remind of reports that are due."""
    with desk.database.writing() as session:
        if not work.lead(session, DUTY, holder, at, until=at + LEADS):
            return ()
    parts = (_load, _heal, _count, _back_up, _let_go, _remind)
    return tuple(one for part in parts for one in _carried_out(part(desk, at)) if isinstance(one, Sentence))


def _load(desk: Desk, at: datetime) -> Iterator[Said]:
    for finding in newsroom.load(desk, person=desk.person(SERVICE), at=at).findings:
        yield finding.sentence


def _heal(desk: Desk, at: datetime) -> Iterator[Said]:
    if healed := studio.produce(desk).made:
        yield say("{count} sounds that were missing were made.", count=len(healed))


def _count(desk: Desk, at: datetime) -> Iterator[Said]:
    if count := reporting.keep_tallies(desk):
        yield say("{count} station months were counted anew.", count=count)


def _back_up(desk: Desk, at: datetime) -> Iterator[Said]:
    if made := backup.nightly(desk, at):
        yield say("The backup {file} was made.", file=made.path)


def _let_go(desk: Desk, at: datetime) -> Iterator[Said]:
    if count := retention.let_go(desk, at):
        yield say("{count} sounds were let go of, older than the retention settings keep.", count=count)


def _remind(desk: Desk, at: datetime) -> Iterator[Said]:
    """Reports that are due within a month, or late by less than one."""
    today = broadcast_day(at)
    for plan in desk.workspace.plans.values():
        if abs((plan.report_before - today).days) <= REMINDS:
            yield say("Plan {number}: the report is due before {day}.", number=plan.number, day=plan.report_before)
