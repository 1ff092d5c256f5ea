"""Utterances (câu đọc): sentences divided by us, for a full stop before a small letter makes no pause in a voice."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadcaster.studio.reading.gate import Piece
from broadcaster.studio.reading.text import Source
from broadcaster.studio.speech import Utterance
from broadcaster.types import Milliseconds

LONGEST = 240
"""Signs of one utterance; a longer sentence is divided at its commas, else before a joining word."""
PARAGRAPH, SENTENCE, CLAUSE, BREATH = (Milliseconds(900), Milliseconds(450), Milliseconds(350), Milliseconds(150))
"""Silence after a paragraph or heading, a sentence, a clause closed by a semicolon, and a part of a sentence that is too long."""
WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[.,?!;:…()\[\]]|\n")
SIGNS = {"(": ",", ")": ",", "[": ",", "]": ",", "…": "."}
ENDS = {".": SENTENCE, "?": SENTENCE, "!": SENTENCE, ";": CLAUSE}
JOINING = (
    "và hoặc nhưng để của do tại với trong theo cho khi nếu vì từ đến là mà thì nhằm bằng về trên được các những như"
)


class Word(NamedTuple):
    """A word as spoken, the sign behind it, and the stretch of the prepared text it speaks."""

    text: str
    start: int
    end: int
    sign: str = ""


def utterances(source: Source, pieces: Sequence[Piece]) -> tuple[Utterance, ...]:
    """The pieces as utterances, none longer than LONGEST, each with the stretch of the written text it speaks."""
    found: list[Utterance] = []
    for words, pause in _sentences(pieces):
        parts = list(_parts(words))
        for number, part in enumerate(parts, 1):
            is_last = number == len(parts)
            start, end = source.span(part[0].start, part[0].end)[0], source.span(part[-1].start, part[-1].end)[1]
            text = " ".join(word.text + word.sign for word in part[:-1])
            text = f"{text} {part[-1].text}".lstrip() + (_closing(part[-1].sign) if is_last else ",")
            found.append(Utterance(text, pause if is_last else BREATH, (start, end)))
    return tuple(found)


def _closing(sign: str) -> str:
    return sign if sign in ("?", "!", ";") and sign else "."


def _sentences(pieces: Sequence[Piece]) -> Iterator[tuple[list[Word], Milliseconds]]:
    words: list[Word] = []
    held: tuple[list[Word], Milliseconds] | None = None
    for word in _words(pieces):
        if word.text == "\n":
            held = (words, PARAGRAPH) if words else (held[0], PARAGRAPH) if held else None
            words = []
            continue
        if not word.text:
            if not words:
                continue
            if word.sign in ENDS:
                words[-1] = words[-1]._replace(end=max(words[-1].end, word.end), sign=word.sign)
                if held:
                    yield held
                held, words = (words, ENDS[word.sign]), []
            elif not words[-1].sign or word.sign == ":":
                words[-1] = words[-1]._replace(sign=word.sign)
            continue
        if held:
            yield held
            held = None
        words.append(word)
    if held and words:
        yield held
        held = None
    if words or held:
        yield (words, PARAGRAPH) if words else held or ([], PARAGRAPH)


def _words(pieces: Sequence[Piece]) -> Iterator[Word]:
    """Words, signs (words without a text) and line ends, in their order."""
    for piece in pieces:
        for found in WORD_OR_SIGN.finditer(piece.said):
            start, end = (
                (piece.start, piece.end) if piece.is_token else (piece.start + found.start(), piece.start + found.end())
            )
            if found[0] == "\n":
                yield Word("\n", start, end)
            elif found[0].isalpha():
                yield Word(found[0].lower(), start, end)
            else:
                yield Word("", start, end, SIGNS.get(found[0], found[0]))


def _parts(words: list[Word]) -> Iterator[list[Word]]:
    """Parts of at most LONGEST signs, divided at the last comma that fits, else before a joining word, else behind what a rule reads."""
    while _length(words) > LONGEST:
        fitting = 1
        while _length(words[: fitting + 1]) < LONGEST:
            fitting += 1
        commas = [place + 1 for place in range(fitting) if words[place].sign]
        joints = [
            place for place in range(fitting // 3, fitting) if place and _is_joint(words[place - 1], words[place])
        ]
        whole = next((place for place in range(fitting, 0, -1) if words[place].start >= words[place - 1].end), fitting)
        cut = commas[-1] if commas and commas[-1] > fitting // 4 else joints[-1] if joints else whole
        yield words[:cut]
        words = words[cut:]
    yield words


def _is_joint(before: Word, word: Word) -> bool:
    """A joining word that is written as such, not one within what a rule reads."""
    return word.text in JOINING.split() and word.start >= before.end


def _length(words: Sequence[Word]) -> int:
    return sum(len(word.text) + len(word.sign) + 1 for word in words)
