"""Reading the tables that people write: strict, with the file and line of whatever is wrong, and a guess at what was meant."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from broadcaster.errors import BadFile
from broadcaster.words import Sentence, say

LARGEST = 1_000_000
"""Bytes that a table may have."""
YEARS = range(1900, 2101)
"""Years that a day may lie in; another is a slip of the hand, and the lunar calendar reaches no further."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
HEADER = re.compile(r"(?m)^[ \t]*\[{1,2}[\w.\- \"']+\]{1,2}[ \t]*(#.*)?$")
TOKEN = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]')
Choice = TypeVar("Choice", bound=StrEnum)
Span = tuple[int, int]
_MISSING: Any = object()


def did_you_mean(word: str, known: Iterable[str]) -> Sentence:
    """“ Did you mean …?” with the nearest of `known`, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say(" Did you mean “{near}”?", near=near[0]) if near else say("")


def read_form(path: Path, root: Path | None = None) -> "Form":
    """The table in the file at `path`, shown to people relative to `root`. Raises BadFile, also where the file is absent."""
    shown = path.relative_to(root).as_posix() if root and path.is_relative_to(root) else str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(say("{file} cannot be read: {reason}.", file=shown, reason=error.strerror)) from error
    text = people_text(content, shown)
    try:
        return Form(tomllib.loads(text), shown, text, stem=path.stem)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of 5,000 digits
        line = re.search(r"line (\d+)", str(error))
        raise BadFile(
            say(
                "{file} is not a table that can be read: {reason}. Correct that line and try again.",
                file=f"{shown}:{line[1]}" if line else shown,
                reason=str(error),
            )
        ) from error


class Form:
    """One table; what is asked for is ticked off, and `done` refuses what was never asked for.

    Each way of asking raises BadFile with file, line and table where the value is missing or is of another kind.
    """

    def __init__(
        self, table: Mapping[str, Any], file: str, text: str, *, stem: str, inside: str = "", span: Span | None = None
    ):
        self._table, self._file, self._text, self._stem, self._inside = table, file, text, stem, inside
        self._span = span or (0, len(text))
        self._asked: set[str] = set()

    @property
    def place(self) -> str:
        """The file; of a table within it also its line and which one it is: `schedules/areas.toml:7 [area 2]`."""
        return self._place(self._span[0]) if self._inside else self._file

    def at(self, key: str) -> str:
        """The file and line of `key`, or of its table where the key is not there."""
        found = self._find(key)
        return self._place(found.end()) if found else self.place

    def slug_from_file(self) -> str:
        """The file's own name, which must be a slug."""
        return self._slug(self._stem, "")

    def has(self, key: str) -> bool:
        """Whether the key is there; asking so does not tick it off."""
        return key in self._table

    def text(self, key: str, default: str = _MISSING) -> str:
        """A text; without `default` it must be there and not be blank."""
        text = self._clean(self._typed(key, str, say("text in quotes"), default), key)
        if default is _MISSING and not text.strip():
            raise self._wrong(key, say("text in quotes, and not empty"))
        return text

    def slug(self, key: str, default: str = _MISSING) -> str:
        """A name for machines: small letters without tones, digits, hyphens; so no path can enter."""
        value = self.text(key, default)
        return value if value == default else self._slug(value, key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        found = self._typed(key, list, say("a list of texts in square brackets"), [])
        if not all(isinstance(one, str) and one.strip() for one in found):
            raise self._wrong(key, say("a list of texts in square brackets"))
        return tuple(self._clean(one, key) for one in found)

    def known(self, key: str, known: Collection[str], what: Sentence) -> str:
        """A text that is one of `known`; `what` names their kind to people."""
        text = self.text(key)
        if text not in known:
            raise BadFile(
                say(
                    "{place}: there is no {what} “{slug}”.{hint}",
                    place=self.at(key),
                    what=what,
                    slug=text,
                    hint=did_you_mean(text, known),
                )
            )
        return text

    def slugs(self, key: str) -> tuple[str, ...]:
        """A list of names for machines; absent is empty."""
        return tuple(self._slug(one, key) for one in self.texts(key))

    def day(self, key: str) -> date:
        """A TOML day, without quotes, in one of `YEARS`."""
        found: date = self._typed(key, date, say("a day such as 2026-10-02, without quotes"))
        if isinstance(found, datetime):
            raise self._wrong(key, say("a day such as 2026-10-02, without quotes"))
        if found.year not in YEARS:
            raise self._wrong(key, say("a day of the years {first} to {last}", first=YEARS[0], last=YEARS[-1]))
        return found

    def day_or_none(self, key: str) -> date | None:
        """A day, or None where the key is absent."""
        return self.day(key) if self._here(key) else None

    def hour(self, key: str) -> time:
        """An hour of the day, written "05:30"."""
        text = self.text(key)
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
            raise self._wrong(key, say('an hour such as "05:30"'))
        return time.fromisoformat(text)

    def whole(self, key: str, default: int = _MISSING, *, least: int = 0, most: int = 100_000) -> int:
        """A whole number from `least` to `most`; true and false are none."""
        wanted = say("a whole number from {least} to {most}", least=least, most=most)
        found: int = self._typed(key, int, wanted, default)
        if self.has(key) and (isinstance(found, bool) or not least <= found <= most):
            raise self._wrong(key, wanted)
        return found

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        """true or false."""
        return bool(self._typed(key, bool, say("true or false"), default))

    def choice(self, key: str, choices: type[Choice], default: Choice = _MISSING) -> Choice:
        """One of the enum's words."""
        if default is not _MISSING and not self._here(key):
            return default
        return self._chosen(self.text(key), key, choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """A list of the enum's words, each once; absent is empty, but an empty list is refused, for nobody can tell what it means."""
        chosen = tuple(dict.fromkeys(self._chosen(one, key, choices) for one in self.texts(key)))
        if self.has(key) and not chosen:
            raise self._wrong(key, say("a list with one word at least, or left out"))
        return chosen

    def forms(self, key: str, *, once: str = "") -> tuple["Form", ...]:
        """The tables under `[[key]]`, or in a list of inline ones; absent is empty. No two may have the same text under `once`."""
        found = self._typed(key, list, say("tables, each under [[{key}]]", key=key), [])
        if not all(isinstance(one, dict) for one in found):
            raise self._wrong(key, say("tables, each under [[{key}]]", key=key))
        spans = self._spans(key, 2)
        where = spans if len(spans) == len(found) else [self._span] * len(found)
        below = tuple(
            self._below(one, f"{key} {number}", span)
            for number, (one, span) in enumerate(zip(found, where, strict=True), 1)
        )
        seen: set[str] = set()
        for form in below if once else ():
            form._once(once, seen)
        return below

    def form(self, key: str) -> "Form":
        """The table under `[key]`."""
        table = self._typed(key, dict, say("a table under [{key}]", key=key))
        return self._below(table, key, next(iter(self._spans(key, 1)), self._span))

    def done(self) -> None:
        """Raises BadFile for a key that nobody asked for: a misspelt one would otherwise be silently ignored."""
        for key in self._table:
            if key not in self._asked:
                raise self._no_such(key, sorted(self._asked))

    def _here(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._table

    def _typed(self, key: str, kind: type[Any], wanted: Sentence, default: Any = _MISSING) -> Any:
        if not self._here(key):
            if default is _MISSING:
                misspelt = difflib.get_close_matches(
                    key, [one for one in self._table if one not in self._asked], 1, 0.8
                )
                if misspelt:
                    raise self._no_such(misspelt[0], [key])
                raise BadFile(
                    say(
                        "{place}: the key “{key}” is missing. Add it: {wanted}.",
                        place=self.place,
                        key=key,
                        wanted=wanted,
                    )
                )
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
        if not SLUG.fullmatch(text) or len(text) > LONGEST_SLUG:
            raise BadFile(
                say(
                    "{place}: “{text}” cannot be a name in a file. Use small letters without tones, digits and hyphens.",
                    place=self.at(key) if key else self.place,
                    text=text,
                )
            )
        return text

    def _once(self, key: str, seen: set[str]) -> None:
        text = self.text(key)
        if text in seen:
            raise BadFile(
                say(
                    "{place}: “{text}” stands here a second time. Keep one, or name one of them otherwise.",
                    place=self.at(key),
                    text=text,
                )
            )
        seen.add(text)

    def _clean(self, text: str, key: str) -> str:
        """TOML's escapes could still bring in what the file itself may not hold."""
        if not unicodedata.is_normalized("NFC", text) or unseen(text):
            raise self._wrong(key, say("text without signs that cannot be seen or read"))
        return text

    def _no_such(self, key: str, known: Iterable[str]) -> BadFile:
        return BadFile(
            say(
                "{place}: there is no key “{key}” here.{hint}",
                place=self.at(key),
                key=key,
                hint=did_you_mean(key, known),
            )
        )

    def _wrong(self, key: str, wanted: Sentence) -> BadFile:
        return BadFile(say("{place}: “{key}” must be {wanted}.", place=self.at(key), key=key, wanted=wanted))

    def _below(self, table: Mapping[str, Any], name: str, span: Span) -> "Form":
        inside = f"{self._inside}.{name}" if self._inside else name
        return Form(table, self._file, self._text, stem=self._stem, inside=inside, span=span)

    def _place(self, offset: int) -> str:
        where = f"{self._file}:{self._text.count(chr(10), 0, offset) + 1}"
        return f"{where} [{self._inside}]" if self._inside else where

    def _find(self, key: str) -> re.Match[str] | None:
        """Where `key` stands: at a line's beginning before the next header, in an inline table, or as a header itself."""
        begin, end = self._span
        header = HEADER.search(self._text, begin, end)
        own = header.start() if header else end
        word = rf"[\"']?{re.escape(key)}[\"']?[ \t]*"
        return (
            re.compile(rf"(?m)^[ \t]*{word}(?=[=.])").search(self._text, begin, own)
            or re.compile(rf"[{{,][ \t\n]*{word}(?==)").search(self._text, begin, own)
            or re.compile(rf"(?m)^[ \t]*\[+[ \t]*{self._path()}{word}\]+").search(self._text, begin, end)
        )

    def _spans(self, key: str, level: int) -> list[Span]:
        """Where the tables under `key` stand: from their headers on, or their inline braces at `level` brackets' depth."""
        begin, end = self._span
        word = rf"[ \t]*{self._path()}{re.escape(key)}[ \t]*"
        header = re.compile(rf"(?m)^[ \t]*{re.escape('[' * level)}{word}{re.escape(']' * level)}")
        starts = [found.end() for found in header.finditer(self._text, begin, end)]
        if starts:
            return list(zip(starts, [*starts[1:], end], strict=True))
        found = self._find(key)
        return list(_braces(self._text, found.end(), end, level)) if found else []

    def _path(self) -> str:
        names = re.sub(r" \d+", "", self._inside)
        return "".join(rf"{re.escape(name)}[ \t]*\.[ \t]*" for name in names.split(".") if name)


def _braces(text: str, begin: int, end: int, level: int) -> Iterator[Span]:
    """The stretches in braces that lie `level` brackets deep in the value that begins after `begin`."""
    depth, start = 0, begin
    for token in TOKEN.finditer(text, begin, end):
        if token[0] in ("{", "["):
            depth += 1
            start = token.start() if depth == level else start
        elif token[0] in ("}", "]"):
            depth -= 1
            if depth == level - 1 and token[0] == "}":
                yield start, token.end()
            if depth <= 0:
                return


def unseen(text: str) -> str | None:
    """The first sign in `text` that no person sees and no voice reads (control, bidirectional, zero-width), or None."""
    if text.isprintable():
        return None
    return next(
        (
            sign
            for sign in text
            if sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        ),
        None,
    )


def people_text(content: bytes, shown: str) -> str:
    """The text of a file that people wrote: UTF-8, NFC, without signs that nobody sees; its line ends are LF. Raises BadFile with the line."""
    if len(content) > LARGEST:
        raise BadFile(say("{file} has more than {largest} bytes. Is it the right file?", file=shown, largest=LARGEST))
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(
            say(
                "{place} is not UTF-8 text. Open it in your editor and save it again with the encoding UTF-8.",
                place=f"{shown}:{line}",
            )
        ) from error
    for number, written in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", written):
            raise BadFile(
                say(
                    "{place}: the letters are decomposed (NFD). Save the file in the form NFC (letters with their tones in one piece).",
                    place=f"{shown}:{number}",
                )
            )
        if sign := unseen(written):
            raise BadFile(
                say(
                    "{place}: a sign that cannot be seen or read (U+{code}) stands in the text. Delete it and save the file again.",
                    place=f"{shown}:{number}",
                    code=f"{ord(sign):04X}",
                )
            )
    return text
