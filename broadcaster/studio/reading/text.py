"""The door of the reading: letters composed, odd spaces, dashes and quotes mapped, Markdown taken off; every sign keeps its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from broadcaster.studio.reading.syllable import SMALL

MARKS = "\u0300-\u036f"
ODD = re.compile(rf"[^\x20-\x7e\n\u00c0-\u00d6\u00d8-\u00ef\u00f1-\u00ff\u0102-\u1ef9]|[{MARKS}]|[\u00d0\u00f0\u0189]")
"""What may need mapping; most texts hold none."""
CLUSTER = re.compile(rf".[{MARKS}]*|\n", re.DOTALL)
ODD_CLUSTER = re.compile(rf".[{MARKS}]+|{ODD.pattern}", re.DOTALL)
ALIKE = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
    **dict.fromkeys(
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "",
    ),
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c", "\n"),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63", "-"),
    **dict.fromkeys("\u2012\u2013\u2014\u2015", "–"),
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛′´ˈʼ", "'"),
    **dict.fromkeys("•●▪■◦‣·∙⁃➢➤►▶✓✔◆❖", "•"),
    **dict.fromkeys("Ðð", "Đ"),
    "\u0189": "Đ",
    "º": "°",
    "⁰": "°",
    "˚": "°",
    "₫": "đ",
    "⁄": "/",
    "∕": "/",
    "\r": "",
    "ð": "đ",
    "℃": "°C",
    "㎡": "m²",
    "㎥": "m³",
    "½": " 1/2",
    "¼": " 1/4",
    "¾": " 3/4",
    "⅓": " 1/3",
    "⅔": " 2/3",
    "μ": "µ",
    "×": "×",
}
MARKDOWN = (
    (re.compile(r"(?m)^ {0,3}(?:[-*_] ?){3,}$"), ""),
    (re.compile(r"(?m)^ *\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:?)? *$"), ""),
    (re.compile(r"(?m)^ {0,3}#{1,6}[ ]+"), ""),
    (re.compile(r"(?m)^ {0,3}(?:> +)+(?!\d)"), ""),
    (re.compile(r"(?m)^ *\| *| *\| *$"), ""),
    (re.compile(r" +\| +"), ", "),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), None),
    (re.compile(r"(\*{1,3})(?=[^\s*])([^\n]*?[^\s*])\1(?!\*)"), None),
    (re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^\n]*?[^\s_])\1(?!\w)"), None),
    (re.compile(r"(`+)([^`\n]+)\1"), None),
    (re.compile(r"(?m)(?:  |\\)$|<br ?/?>"), ""),
    (re.compile(r"\\(?=[-\\`*_{}\[\]()#+.!|>])"), ""),
)
"""What Markdown writes for the eye, and what stays of it; None: its last group."""
HAS_MARKDOWN = re.compile(r"[#*_`|>\\]|\]\(|(?m:^ {0,3}-[- ]*-$)|  $")
SOFT_END = re.compile(rf"(?<![.!?:;])\n(?=[ ]*[{SMALL}](?![).]))")
"""A line that goes on in the next one: no sign ends it, and a small letter follows that marks no item of a list."""


@dataclass(frozen=True)
class Source:
    """The text as rules see it, and where each of its signs stands in the text as written (None: in the same place)."""

    written: str
    text: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the written text that `start`–`end` stands for."""
        if self.places is None or start >= end:
            return (start, end) if self.places is None else (self.places[start], self.places[start])
        return self.places[start], self.places[end - 1] + _width(self.written, self.places[end - 1])


def prepare(written: str) -> Source:
    """The written text, ready for the rules. It never fails: what nothing maps stays for the gate to find."""
    text: str = written
    places: Sequence[int] | None = None
    if ODD.search(written):
        text, places = _mapped(written)
    if HAS_MARKDOWN.search(text):
        for pattern, kept in MARKDOWN:
            text, places = _replaced(text, places, pattern, kept)
    if SOFT_END.search(text) and "|" not in text:
        text = SOFT_END.sub(" ", text)
    return Source(written, text, places)


def _mapped(written: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for found in ODD_CLUSTER.finditer(written):
        start, mapped = found.start(), _alike(found[0])
        parts += [written[at:start], mapped]
        places += [*range(at, start), *[start] * len(mapped)]
        at = found.end()
    return "".join([*parts, written[at:]]), [*places, *range(at, len(written) + 1)]


def _alike(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(_alike_one(sign) for sign in composed)


def _alike_one(sign: str) -> str:
    if sign in ALIKE:
        return ALIKE[sign]
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    return sign


def _replaced(
    text: str, places: Sequence[int] | None, pattern: re.Pattern[str], kept: str | None
) -> tuple[str, Sequence[int] | None]:
    """`text` with every match replaced, and the places of what is left."""
    if not pattern.search(text):
        return text, places
    old = places if places is not None else range(len(text) + 1)
    parts: list[str] = []
    new: list[int] = []
    at = 0
    for found in pattern.finditer(text):
        last = found.re.groups
        start, end = (found.start(last), found.end(last)) if kept is None else (found.end(), found.end())
        parts += [text[at : found.start()], kept or "", text[start:end]]
        new += [*old[at : found.start()], *[old[found.start()]] * len(kept or ""), *old[start:end]]
        at = found.end()
    return "".join([*parts, text[at:]]), [*new, *old[at:]]


def _width(written: str, start: int) -> int:
    """How many signs of the written text one letter takes: its marks belong to it."""
    found = CLUSTER.match(written, start)
    return len(found[0]) if found else 1
