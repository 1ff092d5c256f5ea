"""Reading aloud: written text to utterances, or findings where it would have to be guessed. It fails closed."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from broadcaster.files import sha256
from broadcaster.studio.reading.gate import Piece, ask, check, is_sayable
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.likeliest import likeliest
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.rules import all_rules
from broadcaster.studio.reading.text import Source, prepare
from broadcaster.studio.reading.token import Asked, Context, Rule, Spelled, Token
from broadcaster.studio.reading.utterances import utterances
from broadcaster.studio.speech import Utterance, may_be_spoken
from broadcaster.types import Finding, Sha256

LINE = re.compile(r".+\n?|\n")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """How a text is said: its tokens, its utterances as spoken, and what a person must settle first."""

    text: str
    tokens: tuple[Token, ...]
    utterances: tuple[Utterance, ...]
    findings: tuple[Finding, ...]

    @property
    def spoken(self) -> str:
        """All that is said, as one line."""
        return " ".join(utterance.text for utterance in self.utterances)

    @property
    def fingerprint(self) -> Sha256:
        """The sha256 of the utterances as spoken."""
        return sha256(json.dumps([utterance.text for utterance in self.utterances], ensure_ascii=False).encode())


def read_aloud(text: str, lexicon: Lexicon, manner: Manner | None = None) -> Reading:
    """Read `text`; every span points into it. It never raises.

    What no rule reads and no table knows is a blocking finding “unread”, what can be read in several ways “ambiguous”, each with its
    place (line:column); what was said letter by letter is “spelled”, to weigh. In place of what is asked about stands the likeliest
    reading, so that a person sees the whole sentence. Reading what was read without a finding gives the same words.
    """
    source = prepare(text)
    manner = manner or Manner()
    tokens = _tokens(source.text, _rules(lexicon), manner, lexicon)
    pieces: list[Piece] = []
    findings: list[Finding] = []
    for piece in _pieces(source.text, tokens):
        kept, strange = check(source, piece, lexicon, manner)
        pieces += kept
        findings += strange
    findings += [ask(source, token, lexicon) for token in tokens if token.asked]
    findings.sort(key=lambda finding: finding.span or (0, 0))
    placed = tuple(_placed(source, token) for token in tokens)
    return Reading(text, placed, utterances(source, pieces), tuple(findings))


def is_speakable(text: str, lexicon: Lexicon | None = None) -> bool:
    """Whether a voice may be given `text`: possible Vietnamese syllables or words of the lexicon's readings, signs only after words."""
    known = lexicon.words if lexicon else frozenset[str]()
    return may_be_spoken(text) and all(is_sayable(word, known) for word in WORD.findall(text))


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    return all_rules(lexicon)


def _tokens(text: str, rules: Sequence[Rule], manner: Manner, lexicon: Lexicon) -> list[Token]:
    """The tokens of all rules in their order; a stretch that one rule has read is closed to later ones."""
    taken = bytearray(len(text))
    tokens: list[Token] = []
    whole, lines = Lines([(0, text)]), Lines([(found.start(), found[0]) for found in LINE.finditer(text)])
    for rule in rules:
        for first, last in (whole if rule.is_whole else lines).worth_trying(rule):
            _apply(rule, text, (first, last), taken, tokens, manner, lexicon)
    return sorted(tokens, key=lambda token: token.start)


class Lines:
    """A text in lines, or whole. What a rule needs is looked for once in each."""

    def __init__(self, lines: Sequence[tuple[int, str]]):
        """Each with its place in the text."""
        self._lines = lines
        self._words = [frozenset(WORD.findall(text.lower())) for _, text in lines]
        self._known: dict[tuple[str, ...], list[int]] = {(): list(range(len(lines)))}

    def worth_trying(self, rule: Rule) -> Iterator[tuple[int, int]]:
        """Start and end of those that hold all signs, and any of the words, that the rule needs."""
        for number in self._holding(rule.needs):
            if not rule.words or not rule.words.isdisjoint(self._words[number]):
                start, text = self._lines[number]
                yield start, start + len(text)

    def _holding(self, needs: tuple[str, ...]) -> list[int]:
        if needs not in self._known:
            found = _sign(needs[-1]).search
            self._known[needs] = [one for one in self._holding(needs[:-1]) if found(self._lines[one][1])]
        return self._known[needs]


_sign = cache(re.compile)


def _apply(
    rule: Rule,
    text: str,
    within: tuple[int, int],
    taken: bytearray,
    tokens: list[Token],
    manner: Manner,
    lexicon: Lexicon,
) -> None:
    at, last = within
    while found := rule.pattern.search(text, at, last):
        start, end = found.span()
        at = max(end, start + 1)
        if start == end or taken.find(1, start, end) >= 0:
            at = start + 1
            continue
        said = rule.says(found, Context(text, start, end, manner, lexicon))
        if said is None:
            at = start + 1
            continue
        taken[start:end] = b"\x01" * (end - start)
        asked = None if isinstance(said, str) else said
        tokens.append(Token(rule.kind, start, end, found[0], _spoken(said, found[0], manner), rule.name, asked))


def _spoken(said: str | Asked | Spelled, raw: str, manner: Manner) -> str:
    if isinstance(said, Asked):
        return said.ways[0] if said.ways else likeliest(raw, manner)
    return said if isinstance(said, str) else said.spoken


def _pieces(text: str, tokens: Sequence[Token]) -> list[Piece]:
    pieces, at = [], 0
    for token in tokens:
        if at < token.start:
            pieces.append(Piece(text[at : token.start], at, token.start))
        pieces.append(Piece(token.spoken, token.start, token.end, is_token=True))
        at = token.end
    return [*pieces, Piece(text[at:], at, len(text))] if at < len(text) else pieces


def _placed(source: Source, token: Token) -> Token:
    """The token with its place and words in the text as written."""
    start, end = source.span(token.start, token.end)
    return Token(token.kind, start, end, source.written[start:end], token.spoken.strip(" ,"), token.rule, token.asked)
