"""The gate: what is left after all rules must be Vietnamese words and their signs; everything else becomes a finding."""

import re
from dataclasses import dataclass, replace

from broadcaster.forms import did_you_mean
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.likeliest import likeliest
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.syllable import is_syllable
from broadcaster.studio.reading.text import Source
from broadcaster.studio.reading.token import Asked, Spelled, Token
from broadcaster.types import Finding, Weight
from broadcaster.words import Sentence, say

CHUNK = re.compile(r"[^\s,.?!;:…()\[\]{}\"]+")
"""What stands between spaces and signs that are said as pauses or not at all."""
AROUND = "'-–"
"""Signs that may stand at the edge of a word and are not said."""
INSIDE = re.compile(r"[-–']")
LONGEST_CODE = 4


@dataclass(frozen=True)
class Piece:
    """A stretch of the text and what is said for it: a token's words, or the text itself."""

    said: str
    start: int
    end: int
    is_token: bool = False


def is_sayable(word: str, known: frozenset[str]) -> bool:
    """Whether a voice can say `word` as Vietnamese."""
    return is_syllable(word) or word.lower() in known


def check(source: Source, piece: Piece, lexicon: Lexicon, manner: Manner) -> tuple[list[Piece], list[Finding]]:
    """The piece, what cannot be said with certainty parted from it as it is most likely said, and a finding for each such thing."""
    if piece.is_token:
        if all(is_sayable(word, lexicon.words) for word in CHUNK.findall(piece.said)):
            return [piece], []
        likely = replace(piece, said=likeliest(piece.said, manner))
        return [likely], [_unread(source, piece.start, piece.end, lexicon)]
    pieces: list[Piece] = []
    findings: list[Finding] = []
    said, at = piece.said, 0
    for found in CHUNK.finditer(piece.said):
        raw = found[0]
        if is_syllable(raw) and not (raw.isupper() and _is_code(source, piece, found)):
            continue
        start = piece.start + found.start()
        if raw in ("-", "–") and source.text[start + 1 : start + 2].isdecimal():
            findings.append(_unread(source, start, start + 2, lexicon))
            continue
        words = INSIDE.split(raw.strip(AROUND))
        is_known = not raw.strip(AROUND) or all(is_sayable(word, lexicon.words) for word in words if word)
        if is_known and not (raw.isupper() and len(words) == 1 and _is_code(source, piece, found)):
            said = said[: found.start()] + INSIDE.sub(" ", raw) + said[found.end() :]
            continue
        asked = _shouted if is_known else _unread
        findings.append(asked(source, start, start + len(raw), lexicon))
        pieces.append(Piece(said[at : found.start()], piece.start + at, start))
        pieces.append(Piece(likeliest(raw, manner), start, start + len(raw), is_token=True))
        at = found.end()
    return [*pieces, Piece(said[at:], piece.start + at, piece.end)], findings


def ask(source: Source, token: Token, lexicon: Lexicon) -> Finding:
    """The finding of a token that a person should see."""
    if isinstance(token.asked, Spelled):
        sentence = say(
            "“{raw}” is read letter by letter. If it is said otherwise, write it out, or add a line to content/lexicon/{table}.tsv.",
            raw=_raw(source, token.start, token.end),
            table=token.asked.table,
        )
        return _finding(source, token.start, token.end, Weight.TO_WEIGH, "spelled", sentence)
    ways = token.asked.ways if isinstance(token.asked, Asked) else ()
    if not ways:
        return _unread(source, token.start, token.end, lexicon)
    sentence = say(
        "“{raw}” can be read in more than one way: {ways}. Write out the one that is meant.",
        raw=_raw(source, token.start, token.end),
        ways=" / ".join(dict.fromkeys(ways)),
    )
    return _finding(source, token.start, token.end, Weight.BLOCKING, "ambiguous", sentence)


def _is_code(source: Source, piece: Piece, found: re.Match[str]) -> bool:
    """A short word in capitals without any mark, among words in small letters: a syllable by chance, most likely an abbreviation."""
    raw = found[0]
    if not 2 <= len(raw) <= LONGEST_CODE or not raw.replace("Đ", "D").isascii():
        return False
    start, end = piece.start + found.start(), piece.start + found.end()
    line_start = source.text.rfind("\n", 0, start) + 1
    line_end = source.text.find("\n", end)
    before = re.findall(r"[^\W\d_]+", source.text[max(line_start, start - 24) : start])
    after = re.findall(r"[^\W\d_]+", source.text[end : line_end if line_end >= 0 else end + 24][:24])
    beside = [*before[-1:], *after[:1]]
    return bool(beside) and not any(word.isupper() and len(word) > 1 and is_syllable(word) for word in beside)


def _shouted(source: Source, start: int, end: int, lexicon: Lexicon) -> Finding:
    raw = _raw(source, start, end)
    sentence = say(
        "“{raw}” may be an abbreviation or a word in capitals. Write it out, in small letters if it is a word, or add a line to content/lexicon/{table}.tsv.",
        raw=raw,
        table="abbreviations",
    )
    return _finding(source, start, end, Weight.BLOCKING, "ambiguous", sentence)


def _unread(source: Source, start: int, end: int, lexicon: Lexicon) -> Finding:
    raw = _raw(source, start, end)
    if not any(sign.isalpha() for sign in raw):
        sentence = say("“{raw}” cannot be read with certainty. Write it out in words.", raw=raw)
        return _finding(source, start, end, Weight.BLOCKING, "unread", sentence)
    table = "abbreviations" if raw.isupper() else "names" if raw[:1].isupper() else "foreign"
    sentence = say(
        "“{raw}” cannot be read with certainty, perhaps “{likely}”. Write it out as it is said, or add a line to content/lexicon/{table}.tsv.{hint}",
        raw=raw,
        likely=likeliest(raw, Manner()),
        table=table,
        hint=_hint(raw, lexicon, table),
    )
    return _finding(source, start, end, Weight.BLOCKING, "unread", sentence)


def _hint(raw: str, lexicon: Lexicon, table: str) -> Sentence:
    """What was perhaps meant: for letters only."""
    if not raw.isalpha():
        return say("")
    return did_you_mean(raw.upper() if table == "abbreviations" else raw, lexicon.table(table))


def _raw(source: Source, start: int, end: int) -> str:
    return source.written[slice(*source.span(start, end))].strip()


def _finding(source: Source, start: int, end: int, weight: Weight, kind: str, sentence: Sentence) -> Finding:
    span = source.span(start, end)
    line = source.written.count("\n", 0, span[0]) + 1
    column = span[0] - source.written.rfind("\n", 0, span[0])
    return Finding(weight, kind, f"{line}:{column}", sentence, span)
