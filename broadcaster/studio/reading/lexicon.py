"""The lexicon (bảng cách đọc): tables in content/lexicon that editors change, of how to read what is not a word.

A row is: written, spoken, and where it holds (empty: everywhere), separated by tabs. A row whose remark begins with “?” is ambiguous:
it holds only beside the words that follow the sign, and elsewhere a person is asked.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import people_text
from broadcaster.words import say

TABLES = ("abbreviations", "dotted", "documents", "organs", "foreign", "units", "names")


@dataclass(frozen=True)
class Entry:
    """How `written` is spoken; `beside` are words one of which must stand near it for an ambiguous one (empty: none needed)."""

    written: str
    spoken: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """All tables by name, as frozen rows."""

    tables: tuple[tuple[str, tuple[Entry, ...]], ...]

    def table(self, name: str) -> dict[str, list[Entry]]:
        """The rows of one table by what is written."""
        return self._by_name.get(name, {})

    @cached_property
    def _by_name(self) -> dict[str, dict[str, list[Entry]]]:
        found: dict[str, dict[str, list[Entry]]] = {}
        for name, rows in self.tables:
            for row in rows:
                found.setdefault(name, {}).setdefault(row.written, []).append(row)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a reading: what may be spoken although it is no Vietnamese syllable."""
        return frozenset(word for _, rows in self.tables for row in rows for word in row.spoken.split())

    def pattern(self, *names: str, ignore_case: bool = False) -> re.Pattern[str] | None:
        """What finds any row of these tables as a word of its own, the longest first; None where they are empty."""
        written = sorted({key for name in names for key in self.table(name)}, key=lambda key: (-len(key), key))
        if not written:
            return None
        return re.compile(
            rf"(?<![\w&]){'(?:' + '|'.join(map(re.escape, written)) + ')'}(?![\w&])",
            re.IGNORECASE if ignore_case else 0,
        )


def read_lexicon(folder: Path) -> Lexicon:
    """The tables in `folder`; one that is absent is empty. Raises BadFile with the line that cannot be taken."""
    return Lexicon(tuple((name, _rows(folder / f"{name}.tsv")) for name in TABLES))


def _rows(path: Path) -> tuple[Entry, ...]:
    if not path.exists():
        return ()
    rows = []
    for number, line in enumerate(people_text(path.read_bytes(), f"content/lexicon/{path.name}").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        written, *rest = line.split("\t")
        if not rest or not rest[0].strip() or not written.strip():
            raise BadFile(
                say(
                    "{place}: a row is what is written, a tab, and what is spoken. Correct or delete it.",
                    place=f"content/lexicon/{path.name}:{number}",
                )
            )
        remark = rest[1] if len(rest) > 1 else ""
        beside = tuple(remark[1:].split(",")) if remark.startswith("?") else ()
        rows.append(Entry(written.strip(), rest[0].strip(), tuple(word.strip() for word in beside if word.strip())))
    return tuple(rows)
