"""Plain text for machines: cleaned again at the last moment, whatever was let through when it was saved."""

import re
import unicodedata
from functools import lru_cache

_FORBIDDEN = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0 forbids them, or they are control characters
    "|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"  # zero width, or turning the way of writing
)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")
REMEMBERED = 20_000
"""So many texts are remembered as they were cleaned, or written: thousands of stations speak of the same things."""


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """`text` in NFC, with LF for every kind of line break, without what XML forbids and what cannot be seen."""
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


@lru_cache(maxsize=REMEMBERED)
def one_line(text: str) -> str:
    """`plain(text)` on one line, with single spaces and none at its ends."""
    return _SPACES.sub(" ", plain(text)).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of `text` (a blank line between them), each on one line, empty ones left out."""
    return tuple(line for part in re.split(r"\n\s*\n", plain(text)) if (line := one_line(part)))
