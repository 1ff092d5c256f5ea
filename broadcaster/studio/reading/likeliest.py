"""What a person is asked about, as it is most likely said: letters by name, digits as codes, foreign words by their sound."""

import re
import unicodedata

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import spelled
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.syllable import is_syllable

PART = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
LONGEST_SPELLED = 5
"""Capitals up to so many are most likely spelled; longer ones are most likely a word."""
ALIKE = (
    *(
        ("tch", "ch"),
        ("sch", "sh"),
        ("ck", "k"),
        ("ph", "f"),
        ("igh", "ai"),
        ("gh", "g"),
        ("oo", "u"),
        ("ee", "i"),
        ("ea", "i"),
    ),
    *(
        ("tion", "sân"),
        ("ou", "u"),
        ("ow", "ô"),
        ("oa", "ô"),
        ("ai", "ây"),
        ("ay", "ây"),
        ("ei", "ây"),
        ("ey", "i"),
        ("ew", "iu"),
    ),
    *(("qu", "kw"), ("wh", "w"), ("ci", "si"), ("ce", "se"), ("cy", "si"), ("x", "ks"), ("y", "i")),
)
"""Spellings of other languages, and what they sound like; in this order."""
UNIT = re.compile(r"(?P<consonants>[^aeiouâăêôơưi]*)(?P<vowels>(?:ây|iu|ai|[aeiouâăêôơư])?)")
ONSETS = {
    "ch": "ch",
    "sh": "s",
    "th": "th",
    "f": "ph",
    "kh": "kh",
    "d": "đ",
    "k": "c",
    "j": "gi",
    "s": "x",
    "z": "d",
    "p": "p",
    "w": "u",
}
CODAS = {
    "b": "p",
    "p": "p",
    "f": "p",
    "v": "p",
    "d": "t",
    "t": "t",
    "s": "t",
    "z": "t",
    "th": "t",
    "sh": "t",
    "ch": "t",
    "j": "t",
} | {"k": "c", "c": "c", "g": "c", "m": "m", "n": "n", "ng": "ng", "l": "n", "r": ""}
CONSONANT = re.compile(r"ch|sh|th|kh|ng(?![aeiou])|[a-zđ]")
SHARP = str.maketrans("aeiouâăêôơư", "áéíóúấắếốớứ")


def likeliest(raw: str, manner: Manner) -> str:
    """The likeliest reading of `raw`, which no rule reads, in words that a voice can say; "" where nothing can be said for it."""
    return " ".join(filter(None, (_part(part, manner) for part in PART.findall(raw))))


def _part(part: str, manner: Manner) -> str:
    if part[0].isdecimal():
        return numbers.digits(part) if part[0] == "0" or len(part) > 6 else numbers.written(part, manner)
    if part.isupper() and len(part) <= LONGEST_SPELLED:
        return spelled(part)
    return part.lower() if is_syllable(part) else by_sound(part) or spelled(part)


def by_sound(word: str) -> str:
    """A foreign word in Vietnamese syllables, as clerks respell it: “Potter” pót tơ; "" where that does not go."""
    low = unicodedata.normalize("NFD", word.lower())
    low = "".join(sign for sign in low if sign.isascii() and sign.isalpha())
    low = re.sub(r"(?<=[^aeiou])e$", "", re.sub(r"er$", "ơ", low)) if len(low) > 3 else low
    for written, sound in ALIKE:
        low = low.replace(written, sound)
    said: list[str] = []
    for found in UNIT.finditer(low):
        consonants, vowels = CONSONANT.findall(found["consonants"]), found["vowels"]
        if len(consonants) > 1 and consonants[0] == "r" and said:
            consonants.pop(0)
        if said and consonants and (len(consonants) > 1 or not vowels):
            said[-1] = _closed(said[-1], consonants.pop(0))
        while consonants and said and not vowels and consonants[-1] in ("s", "t", "d", "h", "k"):
            consonants.pop()
        onset = consonants.pop() if consonants and vowels else ""
        said += [f"{ONSETS.get(one, one)}ờ" for one in consonants]
        if vowels:
            said.append(_onset(onset, vowels) + vowels)
    said = [re.sub("e$", "ê", re.sub("o$", "ô", syllable)) for syllable in said]
    return " ".join(said) if said and all(map(is_syllable, said)) else ""


def _onset(consonant: str, vowels: str) -> str:
    if consonant == "k":
        return "k" if vowels[0] in "eêi" else "c"
    if consonant == "g":
        return "gh" if vowels[0] in "eêi" else "g"
    return ONSETS.get(consonant, consonant)


def _closed(syllable: str, consonant: str) -> str:
    """The syllable with its coda, and the tone that a stop needs; as it is, where the two do not go together."""
    coda = CODAS.get(consonant, "")
    if syllable.endswith("i"):
        coda = {"c": "ch", "ng": "nh"}.get(coda, coda)
    closed = (syllable.translate(SHARP) if coda in ("p", "t", "c", "ch") else syllable) + coda
    return closed if is_syllable(closed) else syllable
