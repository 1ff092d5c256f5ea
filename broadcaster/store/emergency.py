"""Alerts with their record, and silences, kept."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from broadcaster.programme.emergency import Alert, AlertStep, SilenceOrder, StandingAlert
from broadcaster.store import record
from broadcaster.store.record import Recorded
from broadcaster.store.tables import AlertRow, AlertStepRow, SilenceRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256


def alerts(session: Session, *, after: datetime | None = None) -> tuple[StandingAlert, ...]:
    """Every version of every alert, by id and version; with `after`, those whose time was not over by then."""
    wanted = select(AlertRow).order_by(col(AlertRow.id), col(AlertRow.version))
    if after:
        wanted = wanted.where(AlertRow.until > after)
    rows = session.exec(wanted).all()
    steps: dict[tuple[str, int], list[AlertStep]] = {}
    ids = {row.id for row in rows}
    for step in session.exec(
        select(AlertStepRow).where(col(AlertStepRow.alert).in_(ids)).order_by(col(AlertStepRow.ordinal))
    ):
        steps.setdefault((step.alert, step.version), []).append(_step(step))
    return tuple(StandingAlert(from_text(Alert, row.content), tuple(steps[row.id, row.version])) for row in rows)


def versions(session: Session, alert: str) -> tuple[StandingAlert, ...]:
    """All versions of one alert, oldest first."""
    return tuple(one for one in alerts(session) if one.alert.id == alert)


def add_alert(session: Session, new: Alert, first: AlertStep) -> None:
    """Keep a version with its first step."""
    session.add(AlertRow(id=new.id, version=new.version, content=to_text(new), until=new.until))
    session.flush()
    add_step(session, first)


def add_step(session: Session, step: AlertStep) -> None:
    """Append to an alert's record, and to the chained one."""
    ordinal = session.exec(
        select(func.count())
        .select_from(AlertStepRow)
        .where(AlertStepRow.alert == step.alert, AlertStepRow.version == step.version)
    ).one()
    session.add(
        AlertStepRow(
            alert=step.alert,
            version=step.version,
            ordinal=ordinal,
            move=step.move,
            state=step.state,
            by=step.by,
            account=step.account,
            at=step.at,
            sound=step.sound,
            why=step.why,
        )
    )
    session.flush()
    record.append(session, Recorded.ALERT, f"{step.alert}/{step.version}/{ordinal}", step, step.at)


def alert_step(session: Session, key: str) -> AlertStep | None:
    """The step that the record names so, or None."""
    alert, version, ordinal = key.rsplit("/", 2)
    row = session.exec(
        select(AlertStepRow).where(
            AlertStepRow.alert == alert, AlertStepRow.version == int(version), AlertStepRow.ordinal == int(ordinal)
        )
    ).one_or_none()
    return _step(row) if row else None


def newest_step(session: Session) -> tuple[int, int]:
    """Two numbers that change with each step of an alert, and with each silence given or ended."""
    steps = session.exec(select(func.max(AlertStepRow.number))).one() or 0
    given, ended = session.exec(select(func.count(col(SilenceRow.id)), func.count(col(SilenceRow.ended_at)))).one()
    return steps, given + ended


def silences(session: Session, *, after: datetime | None = None) -> tuple[SilenceOrder, ...]:
    """Every silence, oldest first; with `after`, those that were not over by then."""
    rows = session.exec(select(SilenceRow).order_by(col(SilenceRow.since), col(SilenceRow.id)))
    found = [_silence(row) for row in rows]
    return tuple(one for one in found if after is None or one.end > after)


def add_silence(session: Session, new: SilenceOrder) -> None:
    """Keep a silence, and chain it."""
    session.add(
        SilenceRow(
            id=new.id,
            areas=to_text(new.areas),
            since=new.since,
            until=new.until,
            why=new.why,
            by=new.by,
            account=new.account,
        )
    )
    session.flush()
    record.append(session, Recorded.SILENCE, new.id, new, new.since)


def end_silence(session: Session, order: SilenceOrder, *, by: str, at: datetime) -> SilenceOrder:
    """Let a silence end at `at`."""
    row = session.get(SilenceRow, order.id)
    assert row is not None  # it was read from here
    row.ended_at, row.ended_by = at, by
    session.add(row)
    session.flush()
    ended = _silence(row)
    record.append(session, Recorded.SILENCE, f"{order.id}/ended", ended, at)
    return ended


def silence(session: Session, key: str) -> SilenceOrder | None:
    """The silence that the record names so, as it was given or as it was ended; None where it is gone."""
    id, _, ended = key.partition("/")
    row = session.get(SilenceRow, id)
    if row is None:
        return None
    return _silence(row) if ended else replace(_silence(row), ended_at=None, ended_by="")


def _step(row: AlertStepRow) -> AlertStep:
    return AlertStep(
        row.alert,
        row.version,
        row.move,
        row.state,
        row.by,
        row.account,
        row.at.astimezone(ZONE),
        Sha256(row.sound),
        row.why,
    )


def _silence(row: SilenceRow) -> SilenceOrder:
    return SilenceOrder(
        row.id,
        tuple(from_text(list, row.areas)),
        row.since.astimezone(ZONE),
        row.until.astimezone(ZONE),
        row.why,
        row.by,
        row.account,
        row.ended_at.astimezone(ZONE) if row.ended_at else None,
        row.ended_by,
    )
