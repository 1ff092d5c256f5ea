"""The receiver's own log (SQLite): each planned item and each playing of an alert is one row, kept until the service has it, and after."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from broadcaster.errors import Unavailable
from broadcaster.files import sha256
from broadcaster.publishing.manifest import ManifestAlert, ManifestItem, Silence
from broadcaster.receiver.due import Played, Reason, key
from broadcaster.timekeeping import ZONE
from broadcaster.words import say

TABLES = """
CREATE TABLE IF NOT EXISTS play (
  key TEXT PRIMARY KEY, item_start TEXT NOT NULL, planned_end TEXT NOT NULL, title TEXT NOT NULL, sha256 TEXT,
  alert TEXT, version INTEGER, started_at TEXT, ended_at TEXT, outcome TEXT, reason TEXT NOT NULL DEFAULT '',
  offset_ms INTEGER, volume INTEGER, answered TEXT);
CREATE INDEX IF NOT EXISTS play_start ON play (item_start);
CREATE INDEX IF NOT EXISTS play_unsent ON play (answered) WHERE answered IS NULL;
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
ASKED_FOR = timedelta(days=20)
"""How far back from the newest row anything can still be due: a manifest holds for eight days."""
KEEPS = timedelta(days=400)
"""How long what the service has answered is kept here too."""


@dataclass(frozen=True)
class Row:
    """What became of one item or one playing of an alert."""

    title: str
    item_start: str
    started_at: str | None
    outcome: str | None
    reason: str


class Log:
    """The log at `path`. One process writes at a time; each change is one transaction that outlives a power cut."""

    def __init__(self, path: Path):
        """Raises Unavailable where it cannot be opened."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._played: Played | None = None
        try:
            self._database = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode = WAL", "synchronous = FULL"):
                self._database.execute(f"PRAGMA {pragma}")
            self._database.executescript(TABLES)
        except sqlite3.Error as error:
            raise Unavailable(
                say(
                    "The log {path} cannot be used: {reason}. Move the file away; a new one is begun.",
                    path=path,
                    reason=str(error),
                )
            ) from error

    def close(self) -> None:
        self._database.close()

    def begin(self, what: ManifestItem | ManifestAlert, at: datetime, volume: int) -> str:
        """Keep, before any sound, that something begins; its key. What was begun before a power cut goes on under the same key."""
        with self._writing():
            if isinstance(what, ManifestItem):
                name, start, end, alert, version = key(what), what.start, what.end, None, None
                digest = what.file.sha256 if what.file else None
            else:
                number = len(self.played().alerts[what.id, what.version]) if self._begun(what) else 0
                name, start, end = f"alert {what.id} {what.version} {number}", at, what.until
                alert, version, digest = what.id, what.version, what.file.sha256
            self._database.execute(
                "INSERT OR IGNORE INTO play (key, item_start, planned_end, title, sha256, alert, version, started_at, volume)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (name, _text(start), _text(end), what.title, digest, alert, version, _text(at), volume),
            )
        return name

    def is_open(self, name: str) -> bool:
        """Whether something was begun under this key and is not settled: before a power cut."""
        row = self._database.execute("SELECT 1 FROM play WHERE key = ? AND outcome IS NULL", (name,)).fetchone()
        return row is not None

    def pause(self, name: str, at: datetime) -> None:
        """Keep until when something was heard that may go on; it is not settled."""
        with self._writing():
            self._database.execute(
                "UPDATE play SET ended_at = max(?, started_at) WHERE key = ? AND outcome IS NULL", (_text(at), name)
            )

    def end(self, name: str, at: datetime, outcome: str, reason: str = "", offset_ms: int | None = None) -> None:
        """Settle what was begun. It is settled once: a second word changes nothing."""
        with self._writing():
            self._database.execute(
                "UPDATE play SET ended_at = max(?, started_at), outcome = ?, reason = ?, offset_ms = ? WHERE key = ? AND outcome IS NULL",
                (_text(at), outcome, reason, offset_ms, name),
            )

    def miss(self, missed: Sequence[tuple[ManifestItem, Reason]]) -> None:
        """Settle items that were not heard; what was begun already becomes a part that was heard."""
        with self._writing():
            for item, reason in missed:
                digest = item.file.sha256 if item.file else None
                self._database.execute(
                    "INSERT OR IGNORE INTO play (key, item_start, planned_end, title, sha256, outcome, reason) VALUES (?, ?, ?, ?, ?, 'missed', ?)",
                    (key(item), _text(item.start), _text(item.end), item.title, digest, reason.value),
                )
                self._database.execute(
                    "UPDATE play SET outcome = 'partial', reason = ?, ended_at = min(planned_end, max(started_at, coalesce(ended_at, ?)))"
                    " WHERE key = ? AND outcome IS NULL",
                    (reason.value, self.recall("seen") or _text(item.end), key(item)),
                )

    def close_begun(self, at: datetime) -> None:
        """After a power cut: a part was heard of whatever was on air then and is over by now, and of every alert. What is old and answered goes."""
        with self._writing():
            self._database.execute(
                "DELETE FROM play WHERE answered IS NOT NULL AND item_start < ?", (_text(at - KEEPS),)
            )
            self._database.execute(
                "UPDATE play SET outcome = 'partial', reason = ?, ended_at = min(planned_end, max(started_at, coalesce(ended_at, ?)))"
                " WHERE outcome IS NULL AND (alert IS NOT NULL OR planned_end <= ?)",
                (Reason.OFF.value, self.recall("seen") or "", _text(at)),
            )

    def played(self) -> Played:
        """What is settled of the last weeks, and when each alert was begun; asked anew only after something was written here."""
        if self._played:
            return self._played
        newest = self._database.execute("SELECT max(item_start) FROM play").fetchone()[0]
        since = _text(datetime.fromisoformat(newest) - ASKED_FOR) if newest else ""
        alerts: dict[tuple[str, int], tuple[datetime, ...]] = {}
        for alert, version, started in self._database.execute(
            "SELECT alert, version, started_at FROM play WHERE alert IS NOT NULL AND item_start >= ? ORDER BY started_at",
            (since,),
        ):
            alerts[alert, version] = (*alerts.get((alert, version), ()), datetime.fromisoformat(started))
        rows = self._database.execute(
            "SELECT key FROM play WHERE outcome IS NOT NULL AND alert IS NULL AND item_start >= ?", (since,)
        )
        self._played = Played(frozenset(row[0] for row in rows), alerts)
        return self._played

    def last(self) -> Row | None:
        """What sounded last."""
        rows = self._rows("WHERE started_at IS NOT NULL ORDER BY started_at DESC LIMIT 1")
        return rows[0] if rows else None

    def rows(self) -> tuple[Row, ...]:
        """Everything, in order of its planned time."""
        return self._rows("ORDER BY item_start, key")

    def unsent(self, limit: int, receiver: str, station: str) -> list[dict[str, Any]]:
        """Up to `limit` play reports that the service has not answered yet, oldest first."""
        rows = self._database.execute(
            "SELECT key, item_start, sha256, started_at, ended_at, outcome, reason, offset_ms, volume, alert FROM play"
            " WHERE answered IS NULL AND outcome IS NOT NULL ORDER BY item_start, key LIMIT ?",
            (limit,),
        )
        return [
            {
                "id": sha256(row[0].encode())[:32],
                "station": station,
                "receiver": receiver,
                "item_start": row[1],
                "sha256": row[2],
                "started_at": row[3],
                "ended_at": row[4],
                "outcome": row[5],
                "reason": row[6],
                "clock_offset_ms": row[7],
                "volume": row[8],
                "alert": row[9],
            }
            for row in rows
        ]

    def waiting(self) -> int:
        """How many play reports the service has not answered yet."""
        query = "SELECT count(*) FROM play WHERE answered IS NULL AND outcome IS NOT NULL"
        count: int = self._database.execute(query).fetchone()[0]
        return count

    def answered(self, answers: Sequence[tuple[str, str]]) -> None:
        """Keep what the service said of reports: (id, `accepted`, `duplicate` or the reason why not). They are not sent again."""
        wanted = dict(answers)
        with self._writing():
            names = [row[0] for row in self._database.execute("SELECT key FROM play WHERE answered IS NULL")]
            for name in names:
                if (answer := wanted.get(sha256(name.encode())[:32])) is not None:
                    self._database.execute("UPDATE play SET answered = ? WHERE key = ?", (answer, name))

    def remember(self, name: str, value: str) -> None:
        """Keep a small thing of the receiver's own."""
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def recall(self, name: str) -> str | None:
        row = self._database.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def stop(self) -> Silence | None:
        """The order that was given on the spot, over or not."""
        said = self.recall("stop")
        if not said:
            return None
        since, until = (datetime.fromisoformat(one) for one in json.loads(said))
        return Silence("stop", since, until, "")

    def keep_stop(self, since: datetime, until: datetime) -> None:
        self.remember("stop", json.dumps([_text(since), _text(until)]))

    def last_seen(self) -> datetime | None:
        said = self.recall("seen")
        return datetime.fromisoformat(said) if said else None

    def see(self, at: datetime) -> None:
        """Keep that the receiver lived at `at`."""
        self.remember("seen", _text(at))

    def _begun(self, alert: ManifestAlert) -> bool:
        return (alert.id, alert.version) in self.played().alerts

    def _rows(self, order: str) -> tuple[Row, ...]:
        query = f"SELECT title, item_start, started_at, outcome, reason FROM play {order}"
        return tuple(Row(*row) for row in self._database.execute(query))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._database.in_transaction:
            yield
            return
        self._played = None
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
        self._played = None


def _text(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="milliseconds")
