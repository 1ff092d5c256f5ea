"""Numbers as Vietnamese says them, and back: mốt, tư, lăm, linh; nghìn or ngàn by region."""

from broadcaster.studio.reading.manner import Manner

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def cardinal(number: int, manner: Manner) -> str:
    """A whole number from 0 upwards; a negative one is said with “âm”."""
    if number < 0:
        return f"âm {cardinal(-number, manner)}"
    return " ".join(_words(number, manner, is_first=True)) or DIGITS[0]


def digits(text: str) -> str:
    """Digit by digit, as phone numbers are said."""
    return " ".join(DIGITS[int(sign)] for sign in text if sign.isdigit())


def written(text: str, manner: Manner) -> str:
    """A number as written with Vietnamese points and comma: 1.250.000; 98,5; a leading zero is said digit by digit."""
    whole, comma, part = text.replace(".", "").partition(",")
    said = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole), manner)
    if not comma or not part.strip("0"):
        return said
    return f"{said} phẩy {decimals(part, manner)}"


def decimals(part: str, manner: Manner) -> str:
    """What stands after the comma: two digits as a number, others one by one."""
    if len(part) == 2 and not part.startswith("0"):
        return cardinal(int(part), manner)
    if len(part) == 3 and not part.startswith("0"):
        return cardinal(int(part), manner)
    return digits(part)


def ordinal(number: int, manner: Manner) -> str:
    """After thứ or lần thứ: nhất, hai, ba, tư …"""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, manner)


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral below 90, or None."""
    value = 0
    for sign, after in zip(text, [*text[1:], ""], strict=True):
        one = ROMAN.get(sign, 0)
        value += -one if after and one < ROMAN.get(after, 0) else one
    return value if 0 < value < 90 and as_roman(value) == text else None


def as_roman(number: int) -> str:
    """A number below 90 in Roman numerals."""
    tens, ones = divmod(number, 10)
    return ("X" * tens if tens < 4 else "XL" if tens == 4 else "L" + "X" * (tens - 5)) + (
        "",
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
    )[ones]


def parse(said: str) -> int:
    """The number that `cardinal` said. Raises ValueError for words that say none."""
    total = group = tens = 0
    for word in said.split():
        if word in ("linh", "lẻ"):
            continue
        if word in ("tỷ", "triệu", "nghìn", "ngàn"):
            scale = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}[word]
            total = (total + group + tens) * scale if scale == 10**9 else total + (group + tens) * scale
            group = tens = 0
        elif word == "trăm":
            group, tens = tens * 100, 0
        elif word == "mười":
            tens = 10
        elif word == "mươi":
            tens *= 10
        else:
            tens += _UNITS[word] if word in _UNITS else _fail(word)
    return total + group + tens


_UNITS = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def _fail(word: str) -> int:
    raise ValueError(word)


def _words(number: int, manner: Manner, *, is_first: bool) -> list[str]:
    words: list[str] = []
    for scale, name in SCALES:
        if number >= scale:
            high, number = divmod(number, scale)
            words += (
                _words(high, manner, is_first=is_first) if scale == 10**9 else _group(high, manner, is_first=is_first)
            )
            words.append(manner.thousand if name == "nghìn" else name)
            is_first = False
    return words + (_group(number, manner, is_first=is_first) if number else [])


def _group(number: int, manner: Manner, *, is_first: bool) -> list[str]:
    """Three digits; inside a longer number “không trăm” is said."""
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or not is_first else []
    tens, ones = divmod(rest, 10)
    if tens == 0 and ones and words:
        return [*words, manner.odd, DIGITS[ones]]
    if tens == 1:
        return [*words, "mười", *([] if not ones else ["lăm" if ones == 5 else DIGITS[ones]])]
    if tens > 1:
        said = {0: [], 1: ["mốt"], 4: ["tư"], 5: ["lăm"]}.get(ones, [DIGITS[ones]])
        return [*words, DIGITS[tens], "mươi", *said]
    return words + ([DIGITS[ones]] if ones else [])
