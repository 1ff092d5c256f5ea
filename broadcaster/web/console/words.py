"""What the console's pages say beside their own words: templates, and values as people read them."""

from collections.abc import Mapping
from functools import cache
from textwrap import shorten
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from broadcaster.newsroom.approval import state_words
from broadcaster.programme.emergency import move_words
from broadcaster.programme.emergency import state_words as alert_words
from broadcaster.publishing.phrases import phrases
from broadcaster.publishing.plain import plain
from broadcaster.reporting.airing import Outcome
from broadcaster.reporting.document import evidence_words, outcome_words, reason_words
from broadcaster.stations.officer import Ability, ability_words
from broadcaster.timekeeping import ZONE, hour
from broadcaster.types import BulletinClass, Weight
from broadcaster.words import Sentence, say, shown


def rendered(template: str, language: str, values: Mapping[str, Any]) -> bytes:
    """A page in `language`; every text that is not a sentence of our own is escaped."""
    words = phrases(language)
    return (
        _templates()
        .get_template(template)
        .render({"language": language, "w": words, **values})
        .encode("utf-8", "replace")
    )


def class_words(which: BulletinClass) -> Sentence:
    """A bulletin's class in words."""
    return {
        BulletinClass.ORDINARY: say("ordinary"),
        BulletinClass.PRIORITY: say("priority"),
        BulletinClass.EMERGENCY: say("emergency"),
    }[which]


def weight_words(weight: Weight) -> Sentence:
    """What a finding asks for."""
    return {Weight.BLOCKING: say("must be settled"), Weight.TO_WEIGH: say("to weigh"), Weight.NOTE: say("note")}[weight]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("broadcaster.web.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_final,
    )
    environment.globals |= {
        "say": _said,
        "Ability": Ability,
        "state_words": state_words,
        "alert_words": alert_words,
        "alert_move_words": move_words,
        "outcomes": tuple(Outcome),
        "ability_words": ability_words,
        "class_words": class_words,
        "weight_words": weight_words,
        "outcome_words": outcome_words,
        "evidence_words": evidence_words,
        "reason_words": reason_words,
    }
    environment.filters |= {
        "hour": hour,
        "seconds": lambda instant: f"{instant.astimezone(ZONE):%H:%M:%S}",
        "local": lambda instant: f"{instant.astimezone(ZONE):%Y-%m-%dT%H:%M}",
        "short_day": lambda day: f"{day:%d/%m}",
        "short": _short,
        "grouped": _grouped,
    }
    return environment


def grouped(number: int, language: str) -> str:
    """A number with its thousands parted: 285.236 in Vietnamese, 285,236 in English."""
    return f"{number:,}".replace(",", "." if language == "vi" else ",")


@pass_context
def _grouped(context: Context, number: int) -> str:
    return grouped(number, context["language"])


def _short(text: str, most: int = 60) -> str:
    return shorten(plain(text), most, placeholder="…")


@pass_context
def _said(context: Context, text: str, /, **values: object) -> str:
    """`say` in a template, in the page's language."""
    return Sentence(text, tuple(sorted(values.items()))).into(context["language"])


@pass_context
def _final(context: Context, value: object) -> object:
    """Text that reaches a page is plain, sentences and days are in the page's language."""
    if hasattr(value, "__html__"):
        return value
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int | float) or value is None:
        return "" if value is None else value
    return plain(shown(value, context["language"]))
