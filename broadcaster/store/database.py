"""The database: SQLite in the data folder, or any that `database_url` names; opened, brought up to date, and asked in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlmodel import Session

from broadcaster.errors import Refused, Unavailable
from broadcaster.store.tables import Birth, DataFolderRow
from broadcaster.words import Sentence, say

LATEST = "0007"
"""The migration that the tables of this version stand at."""
SQLITE_FILE = "broadcaster.db"
"""The file of the embedded database in the data folder."""
BUSY = 30.0
"""Seconds that a writer waits for another."""


class Database:
    """The open database of one data folder. Reading sees one moment; writing is whole or not at all, one writer at a time."""

    def __init__(self, url: str, *, only_look: bool = False):
        """Raises Unavailable when it cannot be opened or brought up to date. `only_look`: it stays as it is, and writing fails."""
        self.url = url
        self.engine = _engine(url, only_look=only_look)
        with _said(url):
            version = self.version()
            if version and version > LATEST:
                raise Unavailable(
                    say(
                        "The database stands at migration {version}, and this program knows them up to {latest}. Use the newer program, or bring back the backup that was made before it.",
                        version=version,
                        latest=LATEST,
                    )
                )
            if version != LATEST and not only_look:
                self._bring_up_to_date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with _said(self.url), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any error. No speech, ffmpeg or network inside."""
        with (
            _said(self.url),
            self.engine.connect().execution_options(writes=True) as connection,
            Session(connection) as session,
        ):
            yield session
            session.commit()

    def born(self, birth: Birth) -> None:
        """Let a new data folder be a trial or a real one. Raises Refused where it was born the other."""
        with self.writing() as session:
            row = session.get(DataFolderRow, 1)
            if row is None:
                session.add(DataFolderRow(birth=birth))
            elif row.birth is not birth:
                raise Refused(_other_birth(row.birth))

    def birth(self) -> Birth | None:
        """What the folder was born as; None before its first use."""
        with self.reading() as session:
            row = session.get(DataFolderRow, 1)
            return row.birth if row else None

    def faults(self) -> tuple[Sentence, ...]:
        """What is wrong with the embedded database's file, read through; of a server's database nothing is known here."""
        if self.engine.dialect.name != "sqlite":
            return ()
        with _said(self.url), self.engine.connect() as connection:
            said = connection.execute(sa.text("PRAGMA quick_check(3)")).scalars().all()
        return tuple(
            say(
                "The database is damaged: {fault}. Stop all commands and bring back the newest backup.",
                fault=" ".join(one.split()),
            )
            for one in said
            if one != "ok"
        )

    def close(self) -> None:
        self.engine.dispose()

    def version(self) -> str | None:
        """The migration that the tables stand at; None before the first."""
        with _said(self.url), self.engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()

    def _bring_up_to_date(self) -> None:
        from alembic import command  # noqa: PLC0415 -- slow import, needed once in a database's life
        from alembic.config import Config  # noqa: PLC0415 -- as above

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(48)"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def url_of(data: Path, database_url: str) -> str:
    """The address that the settings name, or of the embedded database's file in the data folder."""
    return database_url or f"sqlite:///{data / SQLITE_FILE}"


def look(url: str) -> Database | None:
    """The database to be looked at: nothing is made, nothing brought up to date. None where an embedded one has no file yet."""
    if url.startswith("sqlite") and not Path(sa.make_url(url).database or "").exists():
        return None
    return Database(url, only_look=True)


def _engine(url: str, *, only_look: bool) -> sa.Engine:
    if not url.startswith("sqlite"):
        options = {"postgresql_readonly": True} if only_look else {}
        return sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), execution_options=options)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY})
    pragmas = ("query_only = ON",) if only_look else ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A deferred BEGIN that reads and then writes fails under load; the lock is taken at once instead.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


@contextmanager
def _said(url: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "UNIQUE" not in str(error.orig).upper():
            raise
        raise Refused(
            say("Somebody else did the same at the same moment. Look again, and repeat it if it is still needed.")
        ) from error
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise
        raise Unavailable(
            say(
                "The database {url} cannot be used: {reason}. See that it is there, that the disk is not full and that you may write to it, then try again.",
                url=sa.engine.make_url(url).render_as_string(hide_password=True),
                reason=str(error.orig).strip(),
            )
        ) from error


def _other_birth(birth: Birth) -> Any:
    if birth is Birth.TRIAL:
        return say(
            "This data folder is a trial one, made by “demo”: its approvals count for nothing real. Choose another folder with --data."
        )
    return say("This data folder is a real one, so no trial may be run in it. Choose another folder with --data.")
