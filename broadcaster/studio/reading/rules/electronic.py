"""Addresses of mail and web: known parts as people say them, unknown parts letter by letter, which a person should see."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import spelled
from broadcaster.studio.reading.token import Context, Rule, Said, Spelled, rule

SIGNS = {".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo", "+": "cộng"}
ENDS = "vn|com|net|org|info|edu|gov|io|asia|biz|tv|me|app|dev|top|xyz|online"
PARTS = re.compile(r"[a-z]+|\d+|[.@_/+-]")
OWN = re.compile(r"[\w.@/+-]+")


def _address(found: re.Match[str], context: Context) -> Said:
    text = re.sub(r"^(?:https?|ftp)://", "", found[0].lower()).rstrip("/")
    if not OWN.fullmatch(text) or not text.isascii():
        return None
    known = True
    said = []
    for part in PARTS.findall(text):
        reading = SIGNS.get(part) or context.lexicon.spoken("web", part)
        if reading is None:
            reading = numbers.digits(part) if part.isdecimal() else spelled(part)
            known &= part.isdecimal()
        said.append(reading)
    return " ".join(said) if known else Spelled(" ".join(said), "web")


RULES: tuple[Rule, ...] = (
    rule("electronic", "mail", r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _address, needs="@"),
    rule("electronic", "web-with-scheme", r"(?<!\w)(?:https?|ftp)://[^\s,;()\"']*[^\s,;()\"'.]", _address, needs="/"),
    rule(
        "electronic",
        "web",
        rf"(?<![\w.@-])(?:www\.)?[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*\.(?:{ENDS})(?![\w@-]|\.\w)(?:/[\w./-]*[\w/])?",
        _address,
        needs=r"\.\w",
    ),
)
