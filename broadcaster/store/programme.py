"""Releases with their days and omissions, and people's exceptions, kept."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from broadcaster.programme.exceptions import PersonsException
from broadcaster.programme.order import Manner
from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.outline import DayOutline
from broadcaster.store import record
from broadcaster.store.record import InPieces, Recorded
from broadcaster.store.tables import ChoiceRow, EntryRow, ExceptionRow, ReleasedDayRow, ReleaseRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind

BATCH = 500
"""So many rows go to the database, or come from it, at a time."""


def released(session: Session, first: date, last: date) -> Mapping[tuple[str, date], ReleasedDay]:
    """The latest release of every station-day from `first` to `last`, by station and day, in order."""
    rows = session.exec(_newest(first, last))
    return {(row.station, row.day): from_text(ReleasedDay, row.content) for row in rows}


def starts_of(session: Session, script: str, first: date, last: date) -> Sequence[tuple[str, datetime]]:
    """Where and when a script starts in the latest releases from `first` to `last`: station and start, in order of station and day.

    The days are looked through as they are kept, not made into values: a greeting stands in every one of them."""
    rows = session.exec(_newest(first, last).where(col(ReleasedDayRow.content).contains(script, autoescape=True)))
    return [
        (row.station, datetime.fromisoformat(item["start"]))
        for row in rows
        for one in json.loads(row.content)["sessions"]
        for item in one["items"]
        if item["script"] == script
    ]


def _newest(first: date, last: date) -> SelectOfScalar[ReleasedDayRow]:
    return (
        select(ReleasedDayRow)
        .where(col(ReleasedDayRow.id).in_(_newest_rows(first, last)))
        .order_by(col(ReleasedDayRow.station), col(ReleasedDayRow.day))
    )


def _newest_rows(first: date, last: date) -> SelectOfScalar[int | None]:
    return (
        select(func.max(ReleasedDayRow.id))
        .where(ReleasedDayRow.day >= first, ReleasedDayRow.day <= last)
        .group_by(col(ReleasedDayRow.station), col(ReleasedDayRow.day))
    )


def released_at(session: Session, station: str, first: date, last: date) -> Mapping[date, ReleasedDay]:
    """The same for one station, by day."""
    rows = _newest_rows(first, last).where(ReleasedDayRow.station == station)
    contents = session.exec(select(ReleasedDayRow.content).where(col(ReleasedDayRow.id).in_(rows))).all()
    return {one.day: one for one in sorted(_days(contents), key=lambda one: one.day)}


@dataclass(frozen=True)
class KeptDay:
    """A station's released day; `texts` are the two that its row holds, of what was promised and of what was left out, as the record chains them: JSON in one line."""

    station: str
    day: date
    texts: bytes

    def line(self) -> bytes:
        """A line of text, for a file on the way."""
        return b"%s\t%s\t%s\n" % (self.station.encode(), self.day.isoformat().encode(), self.texts)


def kept_day(day: ReleasedDay, left_out: tuple[tuple[str, str, str], ...]) -> KeptDay:
    """A day with its omissions (script, title, reason in words) as its row will hold them."""
    return KeptDay(day.station, day.day, to_text((to_text(day), to_text(left_out))).encode())


def kept_days(lines: Iterable[bytes]) -> Iterator[KeptDay]:
    """The days that were written as lines."""
    for line in lines:
        station, day, texts = line[:-1].split(b"\t")
        yield KeptDay(station.decode(), date.fromisoformat(day.decode()), texts)


@dataclass(frozen=True)
class NamedDay:
    """A station-day without its content. `name` comes from the record: whatever is released anew has another."""

    row: int
    day: date
    name: str


def named(
    session: Session, first: date, last: date, *, station: str | None = None
) -> Mapping[str, tuple[NamedDay, ...]]:
    """The latest release of every station-day (or of one station's) from `first` to `last` by its name alone, by station, in order."""
    connection, row = session.connection(), ReleasedDayRow
    recorded = sa.select(col(EntryRow.key), col(EntryRow.hash)).where(col(EntryRow.kind) == Recorded.RELEASE)
    hashes = {int(number): hash[:16] for number, hash in connection.execute(recorded)}
    rows = connection.execute(
        sa.select(col(row.station), col(row.day), func.max(col(row.id)), func.max(col(row.release)))
        .where(col(row.day) >= first, col(row.day) <= last, *([col(row.station) == station] if station else ()))
        .group_by(col(row.station), col(row.day))
        .order_by(col(row.station), col(row.day))
    )
    found: dict[str, list[NamedDay]] = {}
    for station, day, number, release in rows:
        found.setdefault(station, []).append(NamedDay(number or 0, day, hashes.get(release, f"row {number}")))
    return {station: tuple(days) for station, days in found.items()}


def days_in(session: Session, rows: Sequence[int]) -> tuple[ReleasedDay, ...]:
    """The released days of these rows, in order of day."""
    return tuple(_days(_contents(session, rows)))


def _days(contents: Iterable[str]) -> Iterator[ReleasedDay]:
    return (from_text(ReleasedDay, content) for content in contents)


def outlines_in(session: Session, rows: Sequence[int]) -> Iterator[DayOutline]:
    """The released days of these rows in few words, without making the whole of them, in the order of the rows."""
    for begin in range(0, len(rows), BATCH):
        together = rows[begin : begin + BATCH]
        row = ReleasedDayRow
        query = sa.select(col(row.id), col(row.content)).where(col(row.id).in_(together))
        contents = {found.id: found.content for found in session.connection().execute(query)}
        for id in together:
            yield _outline(json.loads(contents.pop(id)))


def _contents(session: Session, rows: Sequence[int]) -> Sequence[str]:
    found = select(ReleasedDayRow.content).where(col(ReleasedDayRow.id).in_(rows)).order_by(col(ReleasedDayRow.day))
    return session.exec(found).all()


def _outline(said: Any) -> DayOutline:
    return DayOutline(
        date.fromisoformat(said["day"]),
        tuple((_seconds(one["start"]), _seconds(one["end"]), one["name"]) for one in said["sessions"]),
        tuple(
            (_seconds(item["start"]), item["script"], Kind(item["kind"]))
            for one in said["sessions"]
            for item in one["items"]
            if item["script"]
        ),
    )


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def span(session: Session) -> tuple[date, date] | None:
    """The first and the last day that was ever released, or None."""
    first, last = session.exec(select(func.min(ReleasedDayRow.day), func.max(ReleasedDayRow.day))).one()
    return (first, last) if first and last else None


def newest(session: Session) -> int:
    """The number of the newest release; 0 before the first."""
    return session.exec(select(func.max(ReleaseRow.number))).one() or 0


def newest_exception(session: Session) -> tuple[int, int]:
    """Two numbers that change with each exception that is made or taken back."""
    made, undone = session.exec(
        select(func.count(col(ExceptionRow.id)), func.count(col(ExceptionRow.taken_back_by)))
    ).one()
    return made, undone


def newest_at(session: Session) -> datetime | None:
    """When the newest release or exception was made; None before the first."""
    newest = (session.exec(select(func.max(column))).one() for column in (ReleaseRow.at, ExceptionRow.at))
    return max((at.astimezone(ZONE) for at in newest if at), default=None)


def omitted(session: Session, station: str, day: date) -> tuple[tuple[str, str, str], ...]:
    """What the latest release of a station-day left out: (script, title, reason in words)."""
    row = session.exec(
        select(ReleasedDayRow)
        .where(ReleasedDayRow.station == station, ReleasedDayRow.day == day)
        .order_by(col(ReleasedDayRow.id).desc())
    ).first()
    return from_text(tuple[tuple[str, str, str], ...], row.omissions) if row else ()


def add_release(
    session: Session,
    days: Iterable[KeptDay],
    *,
    by: str,
    account: str,
    at: datetime,
) -> int:
    """Keep the days as one new release; its number."""
    release = ReleaseRow(by=by, account=account, at=at)
    session.add(release)
    session.flush()
    assert release.number is not None  # the database gave it
    kept = InPieces(_pieces(to_text((by, account)), _keep(session, release.number, days)))
    record.append(session, Recorded.RELEASE, str(release.number), kept, at)
    return release.number


def _keep(session: Session, release: int, days: Iterable[KeptDay]) -> Iterator[bytes]:
    """Keep each day as a row of the release on its way into the record."""
    waiting = iter(days)
    while together := list(islice(waiting, BATCH)):
        rows = []
        for day in together:
            content, omissions = json.loads(day.texts)
            row = {"release": release, "station": day.station, "day": day.day}
            rows.append({**row, "content": content, "omissions": omissions})
        session.connection().execute(sa.insert(ReleasedDayRow), rows)
        yield from (day.texts for day in together)


def release_content(session: Session, key: str) -> InPieces | None:
    """What the record chains of a release: who made it by which account, and each of its days with what it left out; None where it is gone.

    It is the text of (by, account, ((content, omissions), …)), a day at a time.
    """
    row = session.get(ReleaseRow, int(key))
    if row is None:
        return None
    days = (
        sa.select(col(ReleasedDayRow.content), col(ReleasedDayRow.omissions))
        .where(col(ReleasedDayRow.release) == row.number)
        .order_by(col(ReleasedDayRow.id))
    )
    found = session.connection().execute(days, execution_options={"yield_per": BATCH})
    return InPieces(_pieces(to_text((row.by, row.account)), (to_text(tuple(one)).encode() for one in found)))


def _pieces(head: str, days: Iterable[bytes]) -> Iterator[bytes]:
    yield f"{head[:-1]},[".encode()
    for number, day in enumerate(days):
        if number:
            yield b","
        yield day
    yield b"]]"


def release_of(session: Session, station: str, day: date) -> tuple[int, str, datetime] | None:
    """The number, person and moment of the latest release of a station-day, or None."""
    row = session.exec(
        select(ReleaseRow)
        .join(ReleasedDayRow, col(ReleasedDayRow.release) == ReleaseRow.number)
        .where(ReleasedDayRow.station == station, ReleasedDayRow.day == day)
        .order_by(col(ReleaseRow.number).desc())
    ).first()
    return (row.number or 0, row.by, row.at.astimezone(ZONE)) if row else None


def exceptions(session: Session, first: date, last: date) -> tuple[PersonsException, ...]:
    """People's exceptions from `first` to `last` that were not taken back, in the order they were made."""
    rows = session.exec(
        select(ExceptionRow)
        .where(ExceptionRow.day >= first, ExceptionRow.day <= last, col(ExceptionRow.taken_back_by).is_(None))
        .order_by(col(ExceptionRow.id))
    )
    return tuple(_exception(row) for row in rows)


def add_exception(session: Session, new: PersonsException) -> None:
    """Keep a person's exception."""
    session.add(
        ExceptionRow(
            action=new.action,
            station=new.station,
            day=new.day,
            by=new.by,
            at=new.at,
            why=new.why,
            session=new.session,
            target=new.target,
            start=new.start,
            script=new.script,
            minutes=new.minutes,
        )
    )
    session.flush()


def choices(session: Session) -> Mapping[str, Mapping[str, Manner]]:
    """The scripts that were chosen at each station, and how."""
    chosen: dict[str, dict[str, Manner]] = {}
    rows = select(ChoiceRow).where(col(ChoiceRow.is_held)).order_by(col(ChoiceRow.station), col(ChoiceRow.script))
    for row in session.exec(rows):
        chosen.setdefault(row.station, {})[row.script] = row.manner
    return chosen


def choose(
    session: Session, station: str, script: str, *, by: str, at: datetime, why: str, is_held: bool, manner: Manner
) -> None:
    """Keep that a script was chosen at a station, and how, or (not held) that it is no more."""
    session.merge(ChoiceRow(station=station, script=script, by=by, at=at, why=why, is_held=is_held, manner=manner))
    session.flush()


def newest_choice(session: Session) -> datetime | None:
    """When the newest choice was made or taken back; None before the first."""
    at = session.exec(select(func.max(ChoiceRow.at))).one()
    return at.astimezone(ZONE) if at else None


def take_back(session: Session, station: str, day: date, *, by: str) -> PersonsException | None:
    """Mark the newest exception of a station-day as taken back, and give it; None where there is none."""
    row = session.exec(
        select(ExceptionRow)
        .where(ExceptionRow.station == station, ExceptionRow.day == day, col(ExceptionRow.taken_back_by).is_(None))
        .order_by(col(ExceptionRow.id).desc())
    ).first()
    if row is None:
        return None
    row.taken_back_by = by
    session.add(row)
    return _exception(row)


def _exception(row: ExceptionRow) -> PersonsException:
    return PersonsException(
        action=row.action,
        station=row.station,
        day=row.day,
        by=row.by,
        at=row.at.astimezone(ZONE),
        why=row.why,
        session=row.session,
        target=row.target,
        start=row.start.astimezone(ZONE) if row.start else None,
        script=row.script,
        minutes=row.minutes,
    )
