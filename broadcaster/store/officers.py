"""Officers, their passwords' hashes and invitations, kept; and the lines that pages lay over the lexicon."""

from datetime import datetime

from sqlmodel import Session, col, select

from broadcaster.stations.officer import Grant, Invitation, Officer
from broadcaster.store.tables import InvitationRow, LexiconLineRow, OfficerRow
from broadcaster.store.values import from_text, to_text
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256


def officers(session: Session) -> tuple[Officer, ...]:
    """Everybody, by login; those who left too."""
    return tuple(_officer(row) for row in session.exec(select(OfficerRow).order_by(col(OfficerRow.login))))


def officer(session: Session, login: str) -> Officer | None:
    """The one of this login, or None."""
    row = session.get(OfficerRow, login)
    return _officer(row) if row else None


def password(session: Session, login: str) -> str:
    """The hash of the password of this login; empty where there is none."""
    row = session.get(OfficerRow, login)
    return row.password if row else ""


def keep(session: Session, new: Officer) -> None:
    """Keep an officer, new or changed; the password stays as it is."""
    row = session.get(OfficerRow, new.login) or OfficerRow(login=new.login, name=new.name, grants="")
    row.name, row.grants, row.sessions, row.left_at = new.name, to_text(new.grants), new.sessions, new.left_at
    session.add(row)
    session.flush()


def keep_password(session: Session, login: str, hashed: str) -> None:
    """Keep the hash of a newly chosen password; an empty one: they cannot sign in until they choose another."""
    row = session.get(OfficerRow, login)
    assert row is not None  # it was read from here
    row.password = hashed
    session.add(row)
    session.flush()


def keep_invitation(session: Session, new: Invitation, code: Sha256) -> None:
    """Keep an invitation in place of an earlier one for the same login."""
    row = session.get(InvitationRow, new.login) or InvitationRow(login=new.login, code="", by="", at=new.at)
    row.code, row.by, row.at = code, new.by, new.at
    session.add(row)
    session.flush()


def invitation(session: Session, code: Sha256) -> Invitation | None:
    """What the code of this sha256 was given out for, or None."""
    row = session.exec(select(InvitationRow).where(InvitationRow.code == code)).one_or_none()
    return Invitation(row.login, row.by, row.at.astimezone(ZONE)) if row else None


def end_invitation(session: Session, login: str) -> None:
    """An invitation that was used, or whose officer left, counts no more."""
    row = session.get(InvitationRow, login)
    if row:
        session.delete(row)
        session.flush()


def lexicon_lines(session: Session) -> tuple[tuple[str, str], ...]:
    """What pages laid over the lexicon: written and spoken, by what is written."""
    rows = session.exec(select(LexiconLineRow).order_by(col(LexiconLineRow.written)))
    return tuple((row.written, row.spoken) for row in rows)


def keep_lexicon_line(session: Session, written: str, spoken: str, by: str, at: datetime) -> None:
    """Keep how something is read from now on; an empty `spoken` lets the lexicon's own tables speak again."""
    row = session.get(LexiconLineRow, written)
    if not spoken:
        if row:
            session.delete(row)
            session.flush()
        return
    row = row or LexiconLineRow(written=written, spoken="", by="", at=at)
    row.spoken, row.by, row.at = spoken, by, at
    session.add(row)
    session.flush()


def _officer(row: OfficerRow) -> Officer:
    return Officer(
        row.login,
        row.name,
        from_text(tuple[Grant, ...], row.grants),
        row.sessions,
        bool(row.password),
        row.left_at.astimezone(ZONE) if row.left_at else None,
    )
