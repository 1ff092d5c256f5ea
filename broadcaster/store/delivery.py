"""Enrolments, receivers, play reports and operators' words, kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from broadcaster.delivery.play_report import PlayReport
from broadcaster.delivery.receivers import Enrolment, Receiver, Status
from broadcaster.store.tables import EnrolmentRow, PlayReportRow, ReceiverRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import ZONE, broadcast_day
from broadcaster.types import Sha256


def add_enrolment(session: Session, code: Sha256, new: Enrolment) -> None:
    """Keep a code that was given out, by its sha256."""
    session.add(EnrolmentRow(code=code, station=new.station, cluster=new.cluster, by=new.by, at=new.at))
    session.flush()


def enrolment(session: Session, code: Sha256) -> Enrolment | None:
    """What the code of this sha256 was given out for, or None."""
    row = session.get(EnrolmentRow, code)
    if row is None:
        return None
    used_at = row.used_at.astimezone(ZONE) if row.used_at else None
    return Enrolment(row.station, row.cluster, row.by, row.at.astimezone(ZONE), used_at)


def use_enrolment(session: Session, code: Sha256, at: datetime) -> None:
    """Keep that a code was used."""
    row = session.get(EnrolmentRow, code)
    assert row is not None  # it was read from here
    row.used_at = at
    session.add(row)
    session.flush()


def add_receiver(session: Session, new: Receiver, token: Sha256) -> None:
    """Keep a receiver with the sha256 of its token."""
    session.add(
        ReceiverRow(
            name=new.name,
            station=new.station,
            cluster=new.cluster,
            token=token,
            enrolled_at=new.enrolled_at,
            state=to_text(new.status),
        )
    )
    session.flush()


def receivers(session: Session, station: str | None = None) -> tuple[Receiver, ...]:
    """Every receiver, of one station or of all, by name; those revoked too."""
    wanted = select(ReceiverRow).order_by(col(ReceiverRow.name))
    if station:
        wanted = wanted.where(ReceiverRow.station == station)
    return tuple(_receiver(row) for row in session.exec(wanted))


def receiver_of(session: Session, token: Sha256) -> Receiver | None:
    """The receiver that holds the token of this sha256 and was not revoked, or None."""
    row = session.exec(select(ReceiverRow).where(ReceiverRow.token == token)).one_or_none()
    return _receiver(row) if row and row.revoked_at is None else None


def revoke(session: Session, names: Sequence[str], at: datetime) -> None:
    """Let the tokens of these receivers count no more."""
    for name in names:
        row = session.get(ReceiverRow, name)
        if row and row.revoked_at is None:
            row.revoked_at = at
            session.add(row)
    session.flush()


def keep_status(session: Session, name: str, status: Status, at: datetime) -> None:
    """Keep what a receiver said of itself, and that it was heard of."""
    row = session.get(ReceiverRow, name)
    assert row is not None  # its token was just checked
    row.state, row.last_seen = to_text(status), at
    session.add(row)
    session.flush()


def keep_alarm(session: Session, name: str, at: datetime | None) -> None:
    """Keep that a receiver was reported silent, or (None) that it is back."""
    row = session.get(ReceiverRow, name)
    assert row is not None  # it was read from here
    row.alarmed_at = at
    session.add(row)
    session.flush()


def known_reports(session: Session, receiver: str, ids: Sequence[str]) -> set[str]:
    """Which of `ids` this receiver has sent before."""
    rows = session.exec(
        select(PlayReportRow.id).where(PlayReportRow.receiver == receiver, col(PlayReportRow.id).in_(ids))
    )
    return set(rows)


def add_reports(session: Session, new: Sequence[PlayReport], at: datetime) -> None:
    """Keep reports, each by the broadcast day of its item."""
    session.add_all(
        PlayReportRow(
            receiver=one.receiver,
            id=one.id,
            station=one.station,
            day=broadcast_day(one.item_start),
            content=to_text(one),
            at=at,
        )
        for one in new
    )
    session.flush()


def reports(session: Session, station: str, day: date) -> tuple[PlayReport, ...]:
    """The play reports of a station's day, in the order they came."""
    rows = session.exec(
        select(PlayReportRow)
        .where(PlayReportRow.station == station, PlayReportRow.day == day)
        .order_by(col(PlayReportRow.number))
    )
    return tuple(from_text(PlayReport, row.content) for row in rows)


def _receiver(row: ReceiverRow) -> Receiver:
    bare = Receiver(row.name, row.station, row.cluster, row.enrolled_at.astimezone(ZONE))
    return replace(
        bare,
        revoked_at=row.revoked_at.astimezone(ZONE) if row.revoked_at else None,
        last_seen=row.last_seen.astimezone(ZONE) if row.last_seen else None,
        alarmed_at=row.alarmed_at.astimezone(ZONE) if row.alarmed_at else None,
        status=from_text(Status, row.state),
    )
