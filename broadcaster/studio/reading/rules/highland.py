"""Names of the highlands: H'Nhi, K'Brêh and Krêl, whose first consonant is said with “ờ”, and whose last may be written otherwise."""

import re

from broadcaster.studio.reading.syllable import CAPITALS, SMALL, is_syllable
from broadcaster.studio.reading.token import Context, Rule, Said, behind, rule

FIRST = {
    "h": "hờ",
    "k": "cờ",
    "m": "mơ",
    "r": "rờ",
    "b": "bờ",
    "p": "pờ",
    "g": "gờ",
    "t": "tờ",
    "s": "xờ",
    "n": "nờ",
    "d": "đờ",
    "đ": "đờ",
    "c": "cờ",
    "l": "lờ",
}
PLACE_BEFORE = behind("ea|ia|đắk|đăk|đak|cư|chư|krông|kon|plei|buôn|bon|đạ|làng|xã|thôn|y|dân tộc|người|suối|thác|hồ")
SHARP = str.maketrans("aăâeêioôơuư", "áắấéếíóốớúứ")


def _apostrophe(found: re.Match[str], context: Context) -> Said:
    first, rest = FIRST.get(found[1].lower()), _said(found[2].lower())
    return f"{first} {rest}" if first and rest else None


def _cluster(found: re.Match[str], context: Context) -> Said:
    if not context.follows(PLACE_BEFORE) or is_syllable(found[0]):
        return None
    return _said(found[0].lower()) or None


def _said(word: str) -> str:
    """In Vietnamese syllables, or "" where that is not sure."""
    whole = _closed(word)
    if whole:
        return whole
    rest = _closed(word[1:])
    return f"{FIRST[word[0]]} {rest}" if rest and word[0] in FIRST and word[1] in "rlđghjnmkvb" else ""


def _closed(word: str) -> str:
    """The syllable; its last k is a c, its last h is not heard."""
    if is_syllable(word):
        return word
    word = f"{word[:-1]}c" if word.endswith("k") else word.removesuffix("h") if word[-2:] not in ("nh", "ch") else word
    if is_syllable(word):
        return word
    sharp = re.sub(r"[aăâeêioôơuư](?=[ptc]|ch$)", lambda one: one[0].translate(SHARP), word)
    return sharp if len(word) > 1 and is_syllable(sharp) else ""


RULES: tuple[Rule, ...] = (
    rule(
        "name",
        "apostrophe",
        rf"(?<![\w'])([{CAPITALS}])'([{CAPITALS}{SMALL}][{SMALL}]{{1,6}})(?![\w'])",
        _apostrophe,
        needs="'",
        ignore_case=False,
    ),
    rule(
        "name",
        "cluster",
        rf"(?<=[{SMALL}Y] )[BDĐGHKMPRSTC][{SMALL}]{{2,6}}(?![\w'])",
        _cluster,
        needs="[BDĐGHKMPRSTC]",
        ignore_case=False,
    ),
)
