"""Durable intent: work to be done is a row, claimed with a lease; who carries it may lose, delay or repeat it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from broadcaster.store.tables import JobRow, LeaderRow
from broadcaster.timekeeping import ZONE

LEASE = timedelta(minutes=10)
"""How long a claimed job is nobody else's."""


@dataclass(frozen=True)
class Job:
    """A piece of work that was claimed: `attempt` fences it, for a later claim has a higher one."""

    kind: str
    key: str
    attempt: int


def intend(session: Session, kind: str, keys: Iterable[str], at: datetime) -> None:
    """Let each of `keys` be done; what is already intended stays as it is."""
    wanted = sorted(set(keys))
    known = set(session.exec(select(JobRow.key).where(JobRow.kind == kind, col(JobRow.key).in_(wanted))))
    session.add_all(JobRow(kind=kind, key=key, run_at=at) for key in wanted if key not in known)
    session.flush()


def claim(session: Session, kind: str, at: datetime, *, limit: int = 1000) -> tuple[Job, ...]:
    """Up to `limit` jobs that are due and nobody's, now leased to the caller."""
    rows = session.exec(
        select(JobRow)
        .where(
            JobRow.kind == kind,
            JobRow.run_at <= at,
            sa.or_(col(JobRow.lease_until).is_(None), col(JobRow.lease_until) < at),
        )
        .order_by(col(JobRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    return _leased(session, rows, at)


def take_over(session: Session, kind: str, keys: Iterable[str], at: datetime) -> tuple[Job, ...]:
    """Claim `keys` whoever holds them: for a verb that a person waits for. What another still carries is fenced off, not lost."""
    rows = session.exec(
        select(JobRow).where(JobRow.kind == kind, col(JobRow.key).in_(sorted(set(keys)))).order_by(col(JobRow.id))
    ).all()
    return _leased(session, rows, at)


def pending(session: Session, kind: str) -> tuple[str, ...]:
    """The keys of all work of this kind that is still to be done."""
    return tuple(session.exec(select(JobRow.key).where(JobRow.kind == kind).order_by(col(JobRow.id))))


def done(session: Session, job: Job) -> bool:
    """Take the row away with what the job changed. False where somebody claimed it anew: then change nothing."""
    row = _held(session, job)
    if row is None:
        return False
    session.delete(row)
    return True


def failed(session: Session, job: Job, why: str, *, again_at: datetime) -> None:
    """Give the job back, to be tried again at `again_at`."""
    row = _held(session, job)
    if row is not None:
        row.lease_until, row.last_error, row.run_at = None, why, again_at
        session.add(row)


def failures(session: Session, kind: str) -> tuple[str, ...]:
    """Why work of this kind that is still to be done could not be done, each reason once."""
    rows = session.exec(select(JobRow.last_error).where(JobRow.kind == kind).order_by(col(JobRow.id)))
    return tuple(dict.fromkeys(why for why in rows if why))


def _held(session: Session, job: Job) -> JobRow | None:
    return session.exec(
        select(JobRow).where(JobRow.kind == job.kind, JobRow.key == job.key, JobRow.attempts == job.attempt)
    ).one_or_none()


def _leased(session: Session, rows: Sequence[JobRow], at: datetime) -> tuple[Job, ...]:
    for row in rows:
        row.lease_until = at + LEASE
        row.attempts += 1
        session.add(row)
    session.flush()
    return tuple(Job(row.kind, row.key, row.attempts) for row in rows)


def lead(session: Session, duty: str, holder: str, at: datetime, *, until: datetime) -> bool:
    """Whether `holder` leads in this duty until then: nobody does, it does already, or whoever did has not renewed in time."""
    row = session.get(LeaderRow, duty)
    if row and row.holder != holder and row.until.astimezone(ZONE) > at:
        return False
    session.merge(LeaderRow(duty=duty, holder=holder, until=until))
    session.flush()
    return True


def led_until(session: Session, duty: str) -> datetime | None:
    """Until when somebody leads in this duty, or None where nobody ever did."""
    row = session.get(LeaderRow, duty)
    return row.until.astimezone(ZONE) if row else None


def resign(session: Session, duty: str, holder: str) -> None:
    """Let another lead at once, where one leads whose name begins with `holder`."""
    row = session.get(LeaderRow, duty)
    if row and row.holder.startswith(holder):
        session.delete(row)
    session.flush()
