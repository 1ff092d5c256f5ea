"""Reading the tables that people write: strict, with the file and line of whatever is wrong, and a guess at what was meant."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from broadcaster.errors import BadFile
from broadcaster.words import Sentence, say

LARGEST = 1_000_000
"""Bytes that a table may have."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Choice = TypeVar("Choice", bound=StrEnum)
_MISSING: Any = object()


def did_you_mean(word: str, known: Iterable[str]) -> Sentence:
    """“ Did you mean …?” with the nearest of `known`, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say(" Did you mean “{near}”?", near=near[0]) if near else say("")


def read_form(path: Path, root: Path | None = None) -> "Form":
    """The table in the file at `path`, shown to people relative to `root`. Raises BadFile, or NotFound's sentence as BadFile where it is absent."""
    shown = path.relative_to(root).as_posix() if root and path.is_relative_to(root) else str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(say("{file} cannot be read: {reason}.", file=shown, reason=error.strerror)) from error
    text = _text(content, shown)
    try:
        return Form(tomllib.loads(text), shown, text, stem=path.stem)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(say("{file} is not a table that can be read: {reason}. Correct that line and try again.", file=shown, reason=str(error))) from error


class Form:
    """One table; what is asked for is ticked off, and `done` refuses what was never asked for."""

    def __init__(self, table: Mapping[str, Any], file: str, text: str, *, stem: str, inside: str = ""):
        self._table, self._file, self._text, self._stem, self._inside = table, file, text, stem, inside
        self._asked: set[str] = set()

    @property
    def place(self) -> str:
        """The file, and which of its tables."""
        return f"{self._file} [{self._inside}]" if self._inside else self._file

    def slug_from_file(self) -> str:
        """The file's own name, which must be a slug."""
        return self._slug(self._stem, "")

    def has(self, key: str) -> bool:
        return key in self._table

    def text(self, key: str, default: str = _MISSING) -> str:
        return self._typed(key, str, say("text in quotes"), default)

    def slug(self, key: str, default: str = _MISSING) -> str:
        value = self.text(key, default)
        return value if value == default else self._slug(value, key)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._typed(key, list, say("a list of texts in square brackets"), [])
        if not all(isinstance(one, str) for one in found):
            raise self._wrong(key, say("a list of texts in square brackets"))
        return tuple(found)

    def slugs(self, key: str) -> tuple[str, ...]:
        return tuple(self._slug(one, key) for one in self.texts(key))

    def day(self, key: str) -> date:
        found = self._typed(key, date, say("a day such as 2026-10-02, without quotes"))
        if isinstance(found, datetime):
            raise self._wrong(key, say("a day such as 2026-10-02, without quotes"))
        return found

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self._here(key) else None

    def hour(self, key: str) -> time:
        text = self.text(key)
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
            raise self._wrong(key, say("an hour such as \"05:30\""))
        return time.fromisoformat(text)

    def whole(self, key: str, default: int = _MISSING) -> int:
        found = self._typed(key, int, say("a whole number"), default)
        if isinstance(found, bool):
            raise self._wrong(key, say("a whole number"))
        return found

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        return self._typed(key, bool, say("true or false"), default)

    def choice(self, key: str, choices: type[Choice], default: Choice = _MISSING) -> Choice:
        if default is not _MISSING and not self._here(key):
            return default
        return self._chosen(self.text(key), key, choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        return tuple(self._chosen(one, key, choices) for one in self.texts(key))

    def forms(self, key: str) -> tuple["Form", ...]:
        found = self._typed(key, list, say("tables, each under [[{key}]]", key=key), [])
        if not all(isinstance(one, dict) for one in found):
            raise self._wrong(key, say("tables, each under [[{key}]]", key=key))
        return tuple(self._below(one, f"{key} {number}") for number, one in enumerate(found, 1))

    def form(self, key: str) -> "Form":
        return self._below(self._typed(key, dict, say("a table under [{key}]", key=key)), key)

    def done(self) -> None:
        """Raises BadFile for a key that nobody asked for: a misspelt one would otherwise be silently ignored."""
        for key in self._table:
            if key not in self._asked:
                raise BadFile(
                    say("{place}: there is no key “{key}” here.{hint}", place=self.at(key), key=key, hint=did_you_mean(key, self._asked))
                )

    def at(self, key: str) -> str:
        """The file and, as near as can be told, the line of `key`."""
        name = self._inside.split(" ")[0].rsplit(".", 1)[-1]
        number = int(self._inside.rsplit(" ", 1)[-1]) if self._inside.rsplit(" ", 1)[-1].isdigit() else 1
        heads = [found.end() for found in re.finditer(rf"(?m)^\s*\[+{re.escape(name)}\]+", self._text)] if name else [0]
        start = heads[number - 1] if number <= len(heads) else 0
        found = re.compile(rf"(?m)^\s*{re.escape(key)}\s*=|[{{,]\s*{re.escape(key)}\s*=").search(self._text, start)
        where = f"{self._file}:{self._text.count(chr(10), 0, found.start() + (found[0][0] == chr(10))) + 1}" if found else self._file
        return f"{where} [{self._inside}]" if self._inside else where

    def _here(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._table

    def _typed(self, key: str, kind: type[Any], wanted: Sentence, default: Any = _MISSING) -> Any:
        if not self._here(key):
            if default is _MISSING:
                raise BadFile(say("{place}: the key “{key}” is missing. Add it: {wanted}.", place=self.place, key=key, wanted=wanted))
            return default
        if not isinstance(self._table[key], kind):
            raise self._wrong(key, wanted)
        return self._table[key]

    def _chosen(self, text: str, key: str, choices: type[Choice]) -> Choice:
        known = [str(choice) for choice in choices]
        if text not in known:
            raise BadFile(
                say(
                    "{place}: “{text}” is not a possible “{key}”.{hint} Possible are {known}.",
                    place=self.at(key),
                    text=text,
                    key=key,
                    hint=did_you_mean(text, known),
                    known=tuple(known),
                )
            )
        return choices(text)

    def _slug(self, text: str, key: str) -> str:
        if not SLUG.fullmatch(text):
            raise BadFile(
                say("{place}: “{text}” cannot be a name in a file. Use small letters without tones, digits and hyphens.", place=self.at(key) if key else self.place, text=text)
            )
        return text

    def _wrong(self, key: str, wanted: Sentence) -> BadFile:
        return BadFile(say("{place}: “{key}” must be {wanted}.", place=self.at(key), key=key, wanted=wanted))

    def _below(self, table: Mapping[str, Any], name: str) -> "Form":
        inside = f"{self._inside}.{name}" if self._inside else name
        return Form(table, self._file, self._text, stem=self._stem, inside=inside)


def _text(content: bytes, shown: str) -> str:
    if len(content) > LARGEST:
        raise BadFile(say("{file} has {size} bytes; {largest} are the most. Is it the right file?", file=shown, size=len(content), largest=LARGEST))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(say("{place} is not UTF-8 text. Open it in your editor and save it again with the encoding UTF-8.", place=f"{shown}:{line}")) from error
    for number, line_text in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line_text):
            raise BadFile(
                say("{place}: the letters are decomposed (NFD). Save the file in the form NFC (letters with their tones in one piece).", place=f"{shown}:{number}")
            )
    return text
