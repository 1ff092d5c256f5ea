"""Tokens: each stretch of text that is not said as it is written, with the rule that reads it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.manner import Manner


@dataclass(frozen=True)
class Token:
    """`raw` at `start`–`end` of the text is said as `spoken`, by `rule` of the class `kind`; `spoken` None: a person must be asked."""

    kind: str
    start: int
    end: int
    raw: str
    spoken: str | None
    rule: str


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside its match: the text on both sides, how things are said, and the lexicon."""

    before: str
    after: str
    manner: Manner
    lexicon: Lexicon


Says = Callable[[re.Match[str], Context], str | None]
"""How a match is said; "" says nothing at all; None: this rule does not read it, a later one may."""


@dataclass(frozen=True)
class Rule:
    """One way of reading: the class of its tokens, its name, what it finds and how that is said."""

    kind: str
    name: str
    pattern: re.Pattern[str]
    says: Says


def rule(kind: str, name: str, pattern: str, says: Says, *, ignore_case: bool = True) -> Rule:
    """A rule from its pattern's text."""
    return Rule(kind, name, re.compile(pattern, re.IGNORECASE if ignore_case else 0), says)
