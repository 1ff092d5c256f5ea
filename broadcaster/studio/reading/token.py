"""Tokens: each stretch of text that is not said as it is written, with the rule that reads it; and what a rule may look at."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.syllable import tones_placed

SEEN = 64
"""Characters of the line that a rule may see on each side of its match."""
_OPENERS = str.maketrans("(\"'[/*", "      ")


@dataclass(frozen=True)
class Asked:
    """A person must say how it is meant: the ways in which it could be read, the likeliest first, as far as they are known."""

    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spelled:
    """Said letter by letter, for want of something better: sure to be understood, and worth a person's look."""

    spoken: str
    table: str


Said = str | Asked | Spelled | None
"""How a match is said; "" says nothing at all; None: this rule does not read it, a later one may."""


@dataclass(frozen=True)
class Token:
    """`raw` at `start`–`end` of the written text is said as `spoken`, by `rule` of the class `kind`; `asked`: only so if a person agrees."""

    kind: str
    start: int
    end: int
    raw: str
    spoken: str
    rule: str
    asked: Asked | Spelled | None = None


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside its match: the line on both sides, how things are said, and the lexicon."""

    text: str
    start: int
    end: int
    manner: Manner
    lexicon: Lexicon

    @cached_property
    def before(self) -> str:
        """The line before the match, in small letters."""
        return tones_placed(self.text[max(0, self.start - SEEN) : self.start].rpartition("\n")[2].lower())

    @cached_property
    def after(self) -> str:
        """The line after the match, in small letters."""
        return tones_placed(self.text[self.end : self.end + SEEN].partition("\n")[0].lower())

    def follows(self, words: tuple[str, ...]) -> bool:
        """Whether one of `words` (made by `behind`) stands right before the match."""
        return (" " + self.before.translate(_OPENERS)).rstrip(" ").endswith(words)

    def precedes(self, words: re.Pattern[str]) -> bool:
        """Whether one of `words` (made by `ahead`) stands right after the match."""
        return words.match(self.after) is not None


def behind(words: str) -> tuple[str, ...]:
    """Words parted by | for `Context.follows`."""
    return tuple(f" {word}" for word in words.split("|"))


def ahead(words: str) -> re.Pattern[str]:
    """Words parted by | for `Context.precedes`."""
    return re.compile(rf" ?(?:{words})(?!\w)")


Says = Callable[[re.Match[str], Context], Said]


@dataclass(frozen=True)
class Rule:
    """One way of reading: the class of its tokens, its name, what it finds and how that is said.

    It finds within a line, unless it `is_whole`. `needs` are regular expressions of one sign and `words` are words in small letters: in
    a line (or text) that lacks one of the signs, or all of the words, the rule is not tried.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    says: Says
    needs: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    is_whole: bool = False


def rule(
    kind: str,
    name: str,
    pattern: str,
    says: Says,
    *,
    needs: str = r"\d",
    words: Iterable[str] = (),
    ignore_case: bool = True,
    is_whole: bool = False,
) -> Rule:
    """A rule from its pattern's text; most need a digit. Several needs are parted by spaces; `words` are all that it can begin with."""
    flags = re.IGNORECASE if ignore_case else 0
    return Rule(
        kind,
        name,
        re.compile(pattern, flags),
        says,
        tuple(needs.split()),
        frozenset(one.lower() for one in words),
        is_whole,
    )
