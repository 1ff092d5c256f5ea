"""Reading aloud: written text to utterances, or findings where it would have to be guessed. It fails closed."""

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from broadcaster.files import sha256
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.rules import all_rules
from broadcaster.studio.reading.syllable import is_syllable
from broadcaster.studio.reading.token import Context, Rule, Token
from broadcaster.studio.speech import Utterance
from broadcaster.types import Finding, Milliseconds, Sha256, Weight
from broadcaster.words import say

LONGEST = 220
"""Characters of one utterance; a longer sentence is divided at its commas."""
PAUSES = {".": 450, "!": 450, "?": 450, ";": 350, ":": 300, ",": 200, "\n": 800}
PAUSES_WITHIN = 120
ALIKE = str.maketrans(
    {
        "“": " ",
        "”": " ",
        '"': " ",
        "‘": " ",
        "’": " ",
        "«": " ",
        "»": " ",
        "(": ",",
        ")": ",",
        "…": ".",
        "\u00a0": " ",
        "\t": " ",
    }
)
ENDS = (".", "!", "?", ";")
PART = re.compile(r"\n\s*|[^\n]+?(?:[.!?;]+(?=\s|$)|(?=\n)|$)")
"""A stretch up to the end of a sentence, or the end of a paragraph."""
WORD = re.compile(r"[^\W\d_]+")
HYPHEN = re.compile(r"(?<=\w)\s?[-–—]\s?(?=\w)|\s[-–—]\s")
SPEAKABLE = re.compile(r"[^\W\d_]+(?:[ ,.?!;:]+[^\W\d_]+)*[ .?!;:,]*")


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
    """Read `text`. What no rule reads and no syllable table knows is a blocking finding with its place, line and column."""
    manner = manner or Manner()
    text = unicodedata.normalize("NFC", text)
    tokens = _tokens(text, _rules(lexicon), Context("", "", manner, lexicon))
    pieces = _pieces(text, tokens)
    findings = tuple(_finding(text, piece) for piece in pieces if piece.is_open) + tuple(
        finding for piece in pieces if not piece.is_open for finding in _strange(text, piece, lexicon)
    )
    return Reading(text, tuple(token for token in tokens if token.spoken is not None), _utterances(pieces), findings)


def is_speakable(text: str) -> bool:
    """Whether a voice may be given `text`: words of letters alone, parted by spaces and `. , ? ! ; :`, beginning with a word."""
    return bool(SPEAKABLE.fullmatch(text))


@dataclass(frozen=True)
class _Piece:
    """A stretch of the text and what is said for it."""

    said: str
    start: int
    end: int
    is_token: bool
    is_open: bool = False


@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    return all_rules(lexicon)


def _tokens(text: str, rules: tuple[Rule, ...], context: Context) -> list[Token]:
    taken = bytearray(len(text))
    tokens = []
    for rule in rules:
        for found in rule.pattern.finditer(text):
            start, end = found.span()
            if start == end or any(taken[start:end]):
                continue
            spoken = rule.says(
                found, Context(text[max(0, start - 40) : start], text[end : end + 60], context.manner, context.lexicon)
            )
            if spoken is None and rule.kind != "electronic":
                continue
            taken[start:end] = b"\x01" * (end - start)
            tokens.append(Token(rule.kind, start, end, found[0], spoken, rule.name))
    return sorted(tokens, key=lambda token: token.start)


def _pieces(text: str, tokens: list[Token]) -> list[_Piece]:
    pieces, at = [], 0
    for token in [*tokens, Token("", len(text), len(text), "", "", "")]:
        if at < token.start:
            plain = HYPHEN.sub(lambda found: " " * len(found[0]), text[at : token.start].translate(ALIKE))
            pieces.append(_Piece(plain, at, token.start, is_token=False))
        if token.start < token.end:
            pieces.append(
                _Piece(token.spoken or "", token.start, token.end, is_token=True, is_open=token.spoken is None)
            )
        at = token.end
    return pieces


def _strange(text: str, piece: _Piece, lexicon: Lexicon) -> list[Finding]:
    """What is left in a piece that could only be guessed: signs, digits, words that are no Vietnamese."""
    findings = []
    known = lexicon.words if piece.is_token else frozenset[str]()
    for found in re.finditer(r"[^\s,.?!;:]+", piece.said):
        if piece.is_token:
            if WORD.fullmatch(found[0]) and (is_syllable(found[0]) or found[0].lower() in known):
                continue
            span = (piece.start, piece.end)
        else:
            if WORD.fullmatch(found[0]) and is_syllable(found[0]):
                continue
            span = (piece.start + found.start(), piece.start + found.end())
        findings.append(_unread(text, span))
    return findings


def _finding(text: str, piece: _Piece) -> Finding:
    return _unread(text, (piece.start, piece.end))


def _unread(text: str, span: tuple[int, int]) -> Finding:
    line, column = text.count("\n", 0, span[0]) + 1, span[0] - (text.rfind("\n", 0, span[0]) + 1) + 1
    raw = text[slice(*span)]
    table = "abbreviations" if raw.isupper() else "names" if raw[:1].isupper() else "foreign"
    sentence = say(
        "“{raw}” cannot be read with certainty. Write it out as it is said, or add a line to content/lexicon/{table}.tsv.",
        raw=raw,
        table=table,
    )
    return Finding(Weight.BLOCKING, "unread", f"{line}:{column}", sentence, span)


def _utterances(pieces: list[_Piece]) -> tuple[Utterance, ...]:
    """Sentences divided by us, for a full stop before a small letter makes no pause in a voice; paragraphs pause longer."""
    utterances: list[Utterance] = []
    sentence = _Sentence()
    for piece in pieces:
        if piece.is_token:
            sentence.add(f" {piece.said} ", piece.start, piece.end)
            continue
        for part in PART.finditer(piece.said):
            if "\n" in part[0]:
                utterances += sentence.ended("\n")
                if utterances:
                    utterances[-1] = replace(utterances[-1], pause=Milliseconds(PAUSES["\n"]))
                continue
            sentence.add(part[0], piece.start + part.start(), piece.start + part.end())
            if part[0].rstrip()[-1:] in ENDS:
                utterances += sentence.ended(part[0].rstrip()[-1])
    return (*utterances, *sentence.ended("\n"))


class _Sentence:
    """A sentence being gathered, and the stretch of the text that it comes from."""

    def __init__(self) -> None:
        self.said, self.start, self.end = "", -1, -1

    def add(self, said: str, start: int, end: int) -> None:
        self.said += said
        if said.strip() and self.start < 0:
            is_plain = end - start == len(said)  # then blanks before the first word can be passed over
            self.start = start + (len(said) - len(said.lstrip()) if is_plain else 0)
        if said.strip():
            self.end = end

    def ended(self, end: str) -> list[Utterance]:
        """The utterances of the sentence, which begins anew."""
        clean, span = _clean(self.said), (self.start, self.end)
        self.said, self.start, self.end = "", -1, -1
        if not clean:
            return []
        parts = _divided(clean)
        pauses = [*([PAUSES_WITHIN] * (len(parts) - 1)), PAUSES[end]]
        return [Utterance(part, Milliseconds(pause), span) for part, pause in zip(parts, pauses, strict=True)]


def _clean(said: str) -> str:
    """Words parted by single spaces, at most one sign behind a word, and one sign that ends it all; "" where there is no word."""
    text, end = "", "."
    for part in re.findall(r"[^\W\d_]+|[,.?!;:]", said.lower()):
        if part.isalpha():
            text += f" {part}" if text else part
            end = "."
        else:
            end = part if part in "?!" else end
            text = text.rstrip(",.?!;:") + part if text else ""
    return text.rstrip(",.?!;:") + end if text else ""


def _divided(text: str) -> list[str]:
    parts: list[str] = []
    for clause in re.split(r"(?<=[,;:]) ", text):
        if parts and len(parts[-1]) + len(clause) < LONGEST:
            parts[-1] += f" {clause}"
        else:
            parts.append(clause)
    return parts
