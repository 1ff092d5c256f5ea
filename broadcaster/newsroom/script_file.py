"""The script file: front matter of one `key: value` a line between two lines of `---`, then plain text."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from broadcaster.errors import BadFile
from broadcaster.forms import did_you_mean, people_text
from broadcaster.newsroom.script import Script
from broadcaster.types import SCRIPT_KINDS, BulletinClass, Kind
from broadcaster.words import say

LARGEST = 100_000
"""Bytes; an hour of speech is about 70,000."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("station", "area", "day", "weekday", "session", "campaign")
KEYS = [
    "id",
    "title",
    "campaign",
    "kind",
    "class",
    "areas",
    "author",
    "lang",
    "clauses",
    "audience",
    "sources",
    "not_before",
    "expires",
    "voice",
    "summary",
]

Choice = TypeVar("Choice", bound=StrEnum)


def parse(content: bytes, place: str, default_id: str = "", default_author: str = "") -> Script:
    """The script that `content` holds. Raises BadFile naming `place` (a file's path) and the line; nothing is guessed or repaired."""
    text = _text(content, place)
    where, body_line, body = _split(text, place)

    def one(key: str) -> str:
        return where[key][1] if key in where else ""

    kind = _choice(where, "kind", Kind, place) or Kind.NEWS
    if kind not in SCRIPT_KINDS or "kind" not in where:
        raise BadFile(
            say(
                "{place}: a script needs “kind”, one of {kinds}.",
                place=_at(place, where["kind"][0] if "kind" in where else 1),
                kinds=tuple(SCRIPT_KINDS),
            )
        )
    if not one("title"):
        raise BadFile(
            say(
                "{place}: a script needs a “title”. Add a line such as “title: Một cuốn sách cho mỗi ngày”.",
                place=place,
            )
        )
    script_id = one("id") or default_id
    if not SLUG.fullmatch(script_id) or len(script_id) > 80:
        raise BadFile(
            say(
                "{place}: “{id}” cannot be a script's id. Use small letters without tones, digits and hyphens, for example mot-cuon-sach.",
                place=_at(place, where["id"][0] if "id" in where else 1),
                id=script_id,
            )
        )
    _placeholders(kind, body, body_line, place)
    return Script(
        id=script_id,
        title=one("title"),
        kind=kind,
        text=body,
        campaign=one("campaign") or None,
        bulletin_class=_choice(where, "class", BulletinClass, place) or BulletinClass.ORDINARY,
        areas=_many(one("areas")),
        author=one("author") or default_author,
        lang=one("lang") or "vi",
        clauses=_many(one("clauses")),
        audience=_many(one("audience")),
        sources=_many(one("sources")),
        not_before=_day(where, "not_before", place),
        expires=_day(where, "expires", place),
        voice=one("voice") or None,
        summary=one("summary"),
    )


def write(script: Script) -> str:
    """`script` as a file that `parse` reads back to the same script."""
    values: list[tuple[str, object]] = [
        ("id", script.id),
        ("title", _quoted(script.title)),
        ("campaign", script.campaign),
        ("kind", script.kind),
        ("class", script.bulletin_class),
        ("areas", _listed(script.areas)),
        ("author", _quoted(script.author)),
        ("lang", script.lang),
        ("clauses", _listed(script.clauses)),
        ("audience", _listed(script.audience)),
        ("sources", _listed(script.sources)),
        ("not_before", script.not_before),
        ("expires", script.expires),
        ("voice", script.voice),
        ("summary", _quoted(script.summary)),
    ]
    return "\n".join(["---", *(f"{key}: {value}" for key, value in values if value), "---", script.text, ""])


def line_of(text: str, offset: int) -> int:
    """The line, counted from 1, on which the character at `offset` of a script's text stands."""
    return text.count("\n", 0, offset) + 1


def first_line(text: str) -> int:
    """The line of a script's file, counted from 1, on which the text to be spoken begins."""
    return _split(text, "")[1]


def _text(content: bytes, place: str) -> str:
    if len(content) > LARGEST:
        raise BadFile(
            say(
                "{place} has {size} bytes; a script has at most {largest}, about an hour of speech. Divide it into several scripts.",
                place=place,
                size=len(content),
                largest=LARGEST,
            )
        )
    text = people_text(content, place)
    if not text.strip():
        raise BadFile(say("{place} is empty. Write the front matter and the text, then add it again.", place=place))
    return text


def _split(text: str, place: str) -> tuple[dict[str, tuple[int, str]], int, str]:
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise BadFile(
            say(
                "{place}: a script begins with its front matter between two lines of “---”. See docs/formats.md for an example.",
                place=_at(place, 1),
            )
        )
    end = [line.strip() for line in lines[1:]].index("---") + 1
    fields: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines[1:end], 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = line.partition(":")
        key = key.strip()
        if not colon:
            raise BadFile(
                say("{place}: “{line}” is not of the form “key: value”.", place=_at(place, number), line=line.strip())
            )
        if key not in KEYS:
            raise BadFile(
                say(
                    "{place}: a script has no key “{key}”.{hint} It has {keys}.",
                    place=_at(place, number),
                    key=key,
                    hint=did_you_mean(key, KEYS),
                    keys=tuple(KEYS),
                )
            )
        if key in fields:
            raise BadFile(
                say(
                    "{place}: “{key}” stands here a second time. Keep one of the two lines.",
                    place=_at(place, number),
                    key=key,
                )
            )
        fields[key] = (number, _plain(value))
    body = "\n".join(line.rstrip() for line in lines[end + 1 :]).strip("\n")
    if not body.strip():
        raise BadFile(
            say(
                "{place}: below the front matter there is no text to be read aloud. Write it and add the script again.",
                place=place,
            )
        )
    first = next(number for number, line in enumerate(lines[end + 1 :], end + 2) if line.strip())
    return fields, first, body


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return value
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if quoted else re.sub(r"(^|\s)#.*", "", value).strip()


def _quoted(value: str) -> str:
    return f'"{value}"' if "#" in value or (value[:1] == value[-1:] == '"') else value


def _many(value: str) -> tuple[str, ...]:
    inside = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    members = re.findall(r'\s*"([^"]*)"\s*|([^,]+)', inside)
    return tuple(member for quoted, plain in members if (member := (quoted or plain).strip()))


def _listed(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]" if values else ""


def _day(fields: Mapping[str, tuple[int, str]], key: str, place: str) -> date | None:
    if key not in fields or not fields[key][1]:
        return None
    line, text = fields[key]
    return _taken(
        date.fromisoformat,
        text,
        BadFile(
            say(
                "{place}: “{text}” is not a day. Write it as year-month-day, for example 2026-05-02.",
                place=_at(place, line),
                text=text,
            )
        ),
    )


def _choice(fields: Mapping[str, tuple[int, str]], key: str, choices: type[Choice], place: str) -> Choice | None:
    if key not in fields or not fields[key][1]:
        return None
    line, text = fields[key]
    return _taken(
        choices,
        text,
        BadFile(
            say(
                "{place}: “{text}” is not a possible “{key}”.{hint} Possible are {choices}.",
                place=_at(place, line),
                text=text,
                key=key,
                hint=did_you_mean(text, [str(choice) for choice in choices]),
                choices=tuple(str(choice) for choice in choices),
            )
        ),
    )


Taken = TypeVar("Taken")


def _taken(take: Callable[[str], Taken], text: str, otherwise: BadFile) -> Taken:
    try:
        return take(text)
    except ValueError as error:
        raise otherwise from error


def _placeholders(kind: Kind, body: str, first_line: int, place: str) -> None:
    for found in PLACEHOLDER.finditer(body):
        where = _at(place, first_line + line_of(body, found.start()) - 1)
        if kind is not Kind.LEAD_IN:
            raise BadFile(
                say(
                    "{place}: only a lead-in (kind: loi-dan) may hold placeholders such as “{found}”.",
                    place=where,
                    found=found[0],
                )
            )
        if found[1] not in PLACEHOLDERS:
            raise BadFile(
                say(
                    "{place}: there is no placeholder “{found}”. There are {known}.",
                    place=where,
                    found=found[0],
                    known=PLACEHOLDERS,
                )
            )


def _at(place: str, line: int) -> str:
    return f"{place}:{line}"
