"""Sentences for people: English ids in code, Vietnamese where people read (`locale/vi.po`).

A sentence is a frozen value, so that rooms can state one without knowing who will read it, and in which language;
the door that shows it says `sentence.into("vi")`.
"""

import gettext
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Sentence:
    """An English sentence with `{placeholders}` and what stands in them."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def into(self, language: str) -> str:
        """The sentence in `language` (`vi` or `en`), its days and hours written as people of that language write them."""
        text = _catalogue(language)(self.text) if self.text else ""  # gettext's empty id is the catalogue's own header
        return text.format(**{key: shown(value, language) for key, value in self.values})

    def __str__(self) -> str:
        return self.into("en")


@lru_cache(maxsize=10_000)
def in_words(sentence: Sentence, language: str) -> str:
    """`sentence.into(language)`, where the same few are said thousands of times; its values must be hashable."""
    return sentence.into(language)


def say(text: str, /, **values: object) -> Sentence:
    """The sentence `text`, a literal that the catalogue is made from, with `values` for its placeholders."""
    return Sentence(text, tuple(sorted(values.items())))


def shown(value: object, language: str) -> str:
    """A placeholder's value as people read it: 02/10/2020 and 05:30 in Vietnamese, ISO days in English."""
    if isinstance(value, Sentence):
        return value.into(language)
    if isinstance(value, datetime):
        return f"{value:%H:%M} {shown(value.date(), language)}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if language == "vi" else value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list):
        return ", ".join(shown(one, language) for one in value)
    return str(value)


@cache
def _catalogue(language: str) -> Callable[[str], str]:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("broadcaster", folder, languages=[language], fallback=language == "en").gettext


def speak_through_click(language: str) -> None:
    """Let click's own words (Usage, Options, its errors) come from the same catalogue."""
    gettext.bindtextdomain("broadcaster", str(Path(__file__).parent / "locale"))
    gettext.textdomain("broadcaster")
    os.environ["LANGUAGE"] = language
