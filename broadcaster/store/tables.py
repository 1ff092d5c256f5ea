"""The tables. Their rows never leave this room: its functions take and give the rooms' frozen values."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from broadcaster.newsroom.approval import Move, State
from broadcaster.programme.exceptions import Action


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
