"""The tables. Their rows never leave this room: its functions take and give the rooms' frozen values."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from broadcaster.newsroom.approval import Move, State
from broadcaster.programme.emergency import AlertMove, AlertState
from broadcaster.programme.exceptions import Action
from broadcaster.programme.order import Manner


def _words(members: type[StrEnum]) -> sa.Enum:
    """A column that holds an enum's values, not its members' names, and that the database itself checks."""
    return sa.Enum(
        members,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda of: [member.value for member in of],
        name=members.__name__.lower(),
    )


class Birth(StrEnum):
    """What a data folder was born as; it never changes."""

    TRIAL = "trial"
    REAL = "real"


class DataFolderRow(SQLModel, table=True):
    __tablename__ = "data_folder"
    id: int = Field(default=1, primary_key=True)
    birth: Birth = Field(sa_type=_words(Birth))


class RevisionRow(SQLModel, table=True):
    __tablename__ = "revision"
    __table_args__ = (sa.UniqueConstraint("script", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    script: str = Field(index=True)
    number: int
    content: str
    fingerprint: str
    by: str
    at: datetime
    path: str | None = None


class ApprovalStepRow(SQLModel, table=True):
    __tablename__ = "approval_step"
    __table_args__ = (sa.UniqueConstraint("script", "revision", "ordinal"),)
    id: int | None = Field(default=None, primary_key=True)
    script: str = Field(index=True)
    revision: int
    ordinal: int
    move: Move = Field(sa_type=_words(Move))
    state: State = Field(sa_type=_words(State))
    by: str
    account: str
    at: datetime
    text_sha256: str
    spoken_sha256: str
    sound_sha256: str | None = None
    why: str = ""
    is_trial: bool = False


class BulletinRow(SQLModel, table=True):
    __tablename__ = "bulletin"
    fingerprint: str = Field(primary_key=True)
    sha256: str = Field(index=True)
    content: str
    recipe: str


class SoundOrderRow(SQLModel, table=True):
    __tablename__ = "sound_order"
    fingerprint: str = Field(primary_key=True)
    recipe: str
    text: str
    voices: str


class FillingRow(SQLModel, table=True):
    __tablename__ = "filling"
    __table_args__ = (sa.UniqueConstraint("script", "revision", "names"),)
    id: int | None = Field(default=None, primary_key=True)
    script: str
    revision: int
    names: str
    text: str
    fingerprint: str


class RecordingRow(SQLModel, table=True):
    __tablename__ = "own_recording"
    script: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    sha256: str
    by: str
    at: datetime


class ExceptionRow(SQLModel, table=True):
    __tablename__ = "persons_exception"
    id: int | None = Field(default=None, primary_key=True)
    action: Action = Field(sa_type=_words(Action))
    station: str = Field(index=True)
    day: date
    by: str
    at: datetime
    why: str
    session: str | None = None
    target: str | None = None
    start: datetime | None = None
    script: str | None = None
    taken_back_by: str | None = None
    minutes: int | None = None


class ReleaseRow(SQLModel, table=True):
    __tablename__ = "release"
    number: int | None = Field(default=None, primary_key=True)
    by: str
    account: str
    at: datetime


class ReleasedDayRow(SQLModel, table=True):
    __tablename__ = "released_day"
    __table_args__ = (sa.UniqueConstraint("station", "day", "release"),)
    id: int | None = Field(default=None, primary_key=True)
    release: int = Field(foreign_key="release.number")
    station: str
    day: date
    content: str
    omissions: str


class JobRow(SQLModel, table=True):
    __tablename__ = "job"
    __table_args__ = (sa.UniqueConstraint("kind", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    run_at: datetime
    lease_until: datetime | None = None
    attempts: int = 0
    last_error: str | None = None


class EntryRow(SQLModel, table=True):
    __tablename__ = "record_entry"
    number: int = Field(primary_key=True)
    at: datetime
    kind: str
    key: str
    digest: str
    previous: str
    hash: str


class AlertRow(SQLModel, table=True):
    __tablename__ = "alert"
    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    content: str
    until: datetime


class AlertStepRow(SQLModel, table=True):
    __tablename__ = "alert_step"
    __table_args__ = (sa.UniqueConstraint("alert", "version", "ordinal"),)
    number: int | None = Field(default=None, primary_key=True)
    alert: str
    version: int
    ordinal: int
    move: AlertMove = Field(sa_type=_words(AlertMove))
    state: AlertState = Field(sa_type=_words(AlertState))
    by: str
    account: str
    at: datetime
    sound: str
    why: str = ""


class SilenceRow(SQLModel, table=True):
    __tablename__ = "silence"
    id: str = Field(primary_key=True)
    areas: str
    since: datetime
    until: datetime
    why: str
    by: str
    account: str
    ended_at: datetime | None = None
    ended_by: str = ""


class ManifestRow(SQLModel, table=True):
    __tablename__ = "manifest"
    station: str = Field(primary_key=True)
    sequence: int
    programme: str
    made_from: str
    fingerprint: str
    issued_at: datetime
    valid_until: datetime
    head: str
    key: str
    is_out: bool = False


class EnrolmentRow(SQLModel, table=True):
    __tablename__ = "enrolment"
    code: str = Field(primary_key=True)
    station: str
    cluster: str
    by: str
    at: datetime
    used_at: datetime | None = None


class ReceiverRow(SQLModel, table=True):
    __tablename__ = "receiver"
    name: str = Field(primary_key=True)
    station: str = Field(index=True)
    cluster: str
    token: str = Field(index=True)
    enrolled_at: datetime
    revoked_at: datetime | None = None
    last_seen: datetime | None = None
    state: str = "{}"
    alarmed_at: datetime | None = None


class PlayReportRow(SQLModel, table=True):
    __tablename__ = "play_report"
    __table_args__ = (sa.UniqueConstraint("receiver", "id"), sa.Index("play_report_day", "station", "day"))
    number: int | None = Field(default=None, primary_key=True)
    receiver: str
    id: str
    station: str
    day: date
    content: str
    at: datetime


class ConfirmationRow(SQLModel, table=True):
    __tablename__ = "confirmation"
    number: int | None = Field(default=None, primary_key=True)
    station: str = Field(index=True)
    day: date
    content: str
    at: datetime


class AiringsRow(SQLModel, table=True):
    __tablename__ = "airings"
    station: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    version: int = Field(primary_key=True)
    content: str
    at: datetime


class TallyRow(SQLModel, table=True):
    __tablename__ = "tally"
    station: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    stamp: int
    content: str


class LeaderRow(SQLModel, table=True):
    __tablename__ = "leader"
    duty: str = Field(primary_key=True)
    holder: str
    until: datetime


class ChoiceRow(SQLModel, table=True):
    __tablename__ = "choice"
    station: str = Field(primary_key=True)
    script: str = Field(primary_key=True)
    by: str
    at: datetime
    why: str
    is_held: bool = True
    manner: Manner = Field(default=Manner.FOLLOW, sa_type=_words(Manner))


class OfficerRow(SQLModel, table=True):
    __tablename__ = "officer"
    login: str = Field(primary_key=True)
    name: str = Field(unique=True)
    grants: str
    password: str = ""
    sessions: int = 0
    left_at: datetime | None = None


class InvitationRow(SQLModel, table=True):
    __tablename__ = "invitation"
    login: str = Field(primary_key=True)
    code: str = Field(index=True)
    by: str
    at: datetime


class LexiconLineRow(SQLModel, table=True):
    __tablename__ = "lexicon_line"
    written: str = Field(primary_key=True)
    spoken: str
    by: str
    at: datetime
