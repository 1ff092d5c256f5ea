"""The names of letters, and how a code of letters and digits is said."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.manner import Manner

NAMES = {
    "a": "a",
    "ă": "á",
    "â": "ớ",
    "b": "bê",
    "c": "xê",
    "d": "đê",
    "đ": "đê",
    "e": "e",
    "ê": "ê",
    "f": "ép",
    "g": "gờ",
    "h": "hát",
    "i": "i",
    "j": "gi",
    "k": "ca",
    "l": "lờ",
    "m": "mờ",
    "n": "nờ",
    "o": "o",
    "ô": "ô",
    "ơ": "ơ",
    "p": "pê",
    "q": "quy",
    "r": "rờ",
    "s": "ét",
    "t": "tê",
    "u": "u",
    "ư": "ư",
    "v": "vê",
    "w": "vê kép",
    "x": "ích",
    "y": "i dài",
    "z": "dét",
}
PARTS = re.compile(r"\d+|[^\W\d_]")


def spelled(text: str) -> str:
    """The letters of `text` by their names, its digits one by one; signs are left out."""
    return " ".join(
        NAMES.get(sign) or numbers.digits(sign) for sign in text.lower() if sign in NAMES or sign.isdecimal()
    )


def code(text: str, manner: Manner) -> str:
    """A short code such as A1, 12A5 or ST25: letters by name, each run of digits as a number, or digit by digit after a zero."""
    return " ".join(
        NAMES.get(part) or (numbers.written(part, manner) if len(part) < 5 else numbers.digits(part))
        for part in PARTS.findall(text.lower())
        if part in NAMES or part.isdecimal()
    )
