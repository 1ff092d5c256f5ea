"""A moment of the whole database as lines of JSON, the same for every kind of database, and the way back into an empty one."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from broadcaster.errors import BadFile, Refused
from broadcaster.store import tables  # noqa: F401 -- so that the tables are known
from broadcaster.store.database import LATEST, Database
from broadcaster.words import say

BATCH = 500


def lines(database: Database) -> Iterator[bytes]:
    """Every row of every table at one moment, parents before children: one JSON array a line, [table, {column: value}]."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield _line(["", {"version": LATEST}])
            for table in SQLModel.metadata.sorted_tables:
                keys = list(table.primary_key.columns)
                for row in connection.execute(sa.select(table).order_by(*keys)).mappings():
                    yield _line([table.name, {name: _plain(value) for name, value in row.items()}])


def fill(database: Database, said: Iterable[bytes]) -> int:
    """Put the rows back into an empty database, whole or not at all; how many. Raises BadFile (not such lines), Refused (not empty)."""
    known = {table.name: table for table in SQLModel.metadata.sorted_tables}
    count = 0
    with database.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table in known.values():
            if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar():
                raise Refused(say("The database is not empty. Restore into a new data folder."))
        waiting: dict[str, list[dict[str, Any]]] = {}
        try:
            for line in said:
                name, row = json.loads(line)
                if name == "":
                    _known_version(row["version"])
                    continue
                waiting.setdefault(name, []).append(_values(known[name], row))
                count += 1
                if len(waiting[name]) >= BATCH:
                    connection.execute(sa.insert(known[name]), waiting.pop(name))
            for name, rows in waiting.items():
                connection.execute(sa.insert(known[name]), rows)
        except (ValueError, KeyError, TypeError, sa.exc.IntegrityError) as error:
            raise BadFile(say("The backup's rows cannot be read: {reason}.", reason=str(error)[:200])) from error
        if connection.dialect.name == "postgresql":
            _counters(connection)
    return count


def _known_version(version: str) -> None:
    if version != LATEST:
        raise BadFile(
            say(
                "The backup was made at migration {version}, and this program stands at {latest}. Restore it with the program of that time, then update.",
                version=version,
                latest=LATEST,
            )
        )


def _values(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    values = {}
    for name, value in row.items():
        kind = table.columns[name].type
        kind = getattr(kind, "impl", kind)
        if value is not None and isinstance(kind, sa.DateTime):
            value = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, sa.Date):
            value = date.fromisoformat(value)
        values[name] = value
    return values


def _counters(connection: sa.Connection) -> None:
    """After rows with their own numbers, let the next number be a new one."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.primary_key.columns:
            if (
                isinstance(column.type, sa.Integer)
                and column.autoincrement is not False
                and len(table.primary_key.columns) == 1
            ):
                sequence = connection.execute(
                    sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
                ).scalar()
                if sequence:
                    top = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
                    connection.execute(sa.select(sa.func.setval(sequence, top, False)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _line(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
