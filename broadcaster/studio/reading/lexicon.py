"""The lexicon (bảng cách đọc): tables in content/lexicon that editors change, of how to read what is not a word.

A row is: written, spoken, and a remark, parted by tabs. A remark that begins with “?” names the words beside which the row holds,
parted by commas: “trường…” must stand before it, “ban+…” right before it, “…huyện ủy” after it, others on either side. Of several rows for the same writing
the first that holds is taken; where none holds, a person is asked.

`areas/<area>.tsv` holds one area's own names and how they are said there. Its rows go before those of names.tsv in a text that is for
this area alone; a text for several is made once for all who air it, so it is read as the tables say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import people_text
from broadcaster.studio.reading.syllable import LETTERS, tones_placed
from broadcaster.words import Sentence, say

TABLES = ("abbreviations", "dotted", "documents", "organs", "foreign", "units", "names", "web")
FOLDER = "content/lexicon"
OWN = "areas"
NEAR = 28
"""Characters on each side in which a word may stand that settles an ambiguous row."""
_SPOKEN = re.compile(rf"[{LETTERS}]+(?:,? [{LETTERS}]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """How `written` is spoken, and beside which words (none: everywhere)."""

    written: str
    spoken: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    touching: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it holds only beside some words."""
        return bool(self.before or self.after or self.beside or self.touching)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def any_of(words: tuple[str, ...]) -> str:
            return "|".join(re.escape(word) + ("" if word[-1].isdecimal() else r"(?!\w)") for word in words) or r"\b\B"

        return re.compile(
            rf"(?<!\w)(?:{any_of(self.before)})(?!\w)[^.;\x00]*\x00|(?<!\w)(?:{any_of(self.touching)})[ -]?\x00|"
            rf"\x00[^.;\w]*(?:{any_of(self.after)})|(?<!\w)(?:{any_of(self.beside)})(?!\w)"
        )

    def holds(self, before: str, after: str) -> bool:
        """Whether it holds between these two stretches of text, in small letters."""
        return not self.is_open or self._pattern.search(f"{before[-NEAR:]}\x00{after[:NEAR]}") is not None


@dataclass(frozen=True)
class Lexicon:
    """All tables by name, as frozen rows."""

    tables: tuple[tuple[str, tuple[Entry, ...]], ...]

    def table(self, name: str) -> dict[str, list[Entry]]:
        """The rows of one table by what is written."""
        return self._by_name.get(name, {})

    def spoken(self, name: str, written: str) -> str | None:
        """How `written` is spoken by the first row of this table that holds everywhere."""
        return next((row.spoken for row in self.table(name).get(written, ()) if not row.is_open), None)

    def settled(self, name: str, written: str, before: str) -> str | None:
        """How `written` is spoken after `before` (in small letters), by the first row of this table that holds there."""
        return next((row.spoken for row in self.table(name).get(written, ()) if row.holds(before, "")), None)

    def with_lines(self, lines: Sequence[tuple[str, str]]) -> "Lexicon":
        """The lexicon with rows (written, spoken) laid over it: they hold everywhere, before its own. Raises BadFile for one that no voice can say."""
        return self.with_names(tuple(_row(f"{written}\t{spoken}", written) for written, spoken in lines))

    def with_names(self, rows: Sequence[Entry]) -> "Lexicon":
        """The lexicon with these names before its own."""
        return Lexicon(tuple((name, (*rows, *own) if name == "names" else own) for name, own in self.tables))

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
        return frozenset(
            word.strip(",").lower() for _, rows in self.tables for row in rows for word in row.spoken.split()
        )

    @cached_property
    def _hash(self) -> int:
        return hash(self.tables)

    def __hash__(self) -> int:
        return self._hash


def read_lexicon(folder: Path) -> Lexicon:
    """The tables in `folder`; one that is absent is empty. Raises BadFile with the line that cannot be taken."""
    return Lexicon(tuple((name, _rows(folder / f"{name}.tsv", f"{FOLDER}/{name}.tsv")) for name in TABLES))


def read_own_names(folder: Path) -> Mapping[str, tuple[Entry, ...]]:
    """Each area's own names, by its slug. Raises BadFile with the line that cannot be taken."""
    paths = sorted((folder / OWN).glob("*.tsv"))
    return {path.stem: _rows(path, f"{FOLDER}/{OWN}/{path.name}") for path in paths}


def _rows(path: Path, place: str) -> tuple[Entry, ...]:
    if not path.exists():
        return ()
    lines = enumerate(people_text(path.read_bytes(), place).split("\n"), 1)
    return tuple(_row(line, f"{place}:{number}") for number, line in lines if _is_row(line))


def _is_row(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _row(line: str, place: str) -> Entry:
    written, spoken, remark = (*(part.strip() for part in line.split("\t")), "", "")[:3]
    if not written or not spoken:
        raise BadFile(_wrong_row(place))
    if not _SPOKEN.fullmatch(spoken):
        raise BadFile(
            say(
                "{place}: “{spoken}” holds more than Vietnamese letters, spaces and commas, so no voice can say it. Write it as it is said.",
                place=place,
                spoken=spoken,
            )
        )
    words = [tones_placed(word.strip().lower()) for word in remark[1:].split(",")] if remark.startswith("?") else []
    words = [word for word in words if word.strip("…")]
    return Entry(
        written,
        spoken.lower(),
        before=tuple(word.strip("… ") for word in words if word.endswith("…") and not word.endswith("+…")),
        after=tuple(word.strip("… ") for word in words if word.startswith("…")),
        beside=tuple(word for word in words if "…" not in word),
        touching=tuple(word.removesuffix("+…") for word in words if word.endswith("+…")),
    )


def _wrong_row(place: str) -> Sentence:
    return say("{place}: a row is what is written, a tab, and what is spoken. Correct or delete it.", place=place)
