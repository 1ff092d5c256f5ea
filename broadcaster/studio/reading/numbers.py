"""Numbers as Vietnamese says them, and back: mốt, tư, lăm, linh; nghìn or ngàn by region."""

from broadcaster.studio.reading.manner import Manner

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
AFTER_TENS = {0: "", 1: "mốt", 4: "tư", 5: "lăm"}
BILLION, MILLION, THOUSAND = 10**9, 10**6, 10**3
SCALES = {"tỷ": BILLION, "triệu": MILLION, "nghìn": THOUSAND, "ngàn": THOUSAND}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
TENS_ROMAN = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")
ONES_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_UNITS = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def cardinal(number: int, manner: Manner) -> str:
    """A whole number; a negative one is said with “âm”."""
    if number < 0:
        return f"âm {cardinal(-number, manner)}"
    return " ".join(_words(number, manner, is_first=True)) or DIGITS[0]


def digits(text: str) -> str:
    """The digits in `text` one by one, as phone numbers are said."""
    return " ".join(DIGITS[int(sign)] for sign in text if sign.isdecimal())


def written(text: str, manner: Manner) -> str:
    """A number as written with points for thousands and a decimal comma: 1.250.000; 98,5. A leading zero is said digit by digit."""
    whole, _, part = text.replace(".", "").partition(",")
    said = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole), manner)
    return f"{said} phẩy {decimals(part, manner)}" if part.strip("0") else said


def decimals(part: str, manner: Manner) -> str:
    """What stands after the comma: two or three digits as a number, others and those that begin with a zero one by one."""
    if 2 <= len(part) <= 3 and not part.startswith("0"):
        return cardinal(int(part), manner)
    return digits(part)


def ordinal(number: int, manner: Manner) -> str:
    """After thứ or lần thứ: nhất, hai, ba, tư …"""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, manner)


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral below 90, or None."""
    value = 0
    for sign, after in zip(text, f"{text[1:]} ", strict=False):
        one = ROMAN.get(sign, 0)
        value += -one if one < ROMAN.get(after, 0) else one
    return value if 0 < value < 90 and as_roman(value) == text else None


def as_roman(number: int) -> str:
    """A number from 1 to 89 in Roman numerals."""
    return TENS_ROMAN[number // 10] + ONES_ROMAN[number % 10]


def parse(said: str) -> int:
    """The number that `cardinal` said in either region's words. Raises ValueError for words that say none."""
    total = group = tens = 0
    for word in said.split():
        if word in SCALES:
            scale = SCALES[word]
            total = (total + group + tens) * scale if scale == BILLION else total + (group + tens) * scale
            group = tens = 0
        elif word == "trăm":
            group, tens = tens * 100, 0
        elif word == "mười":
            tens = 10
        elif word == "mươi":
            tens *= 10
        elif word in _UNITS:
            tens += _UNITS[word]
        elif word not in ("linh", "lẻ"):
            raise ValueError(said)
    number = total + group + tens
    if said not in (cardinal(number, Manner()), cardinal(number, Manner.of("south"))):
        raise ValueError(said)
    return number


def _words(number: int, manner: Manner, *, is_first: bool) -> list[str]:
    words: list[str] = []
    for scale, name in ((BILLION, "tỷ"), (MILLION, "triệu"), (THOUSAND, manner.thousand)):
        if number >= scale:
            high, number = divmod(number, scale)
            part = _words if scale == BILLION else _group
            words += [*part(high, manner, is_first=is_first), name]
            is_first = False
    return words + (_group(number, manner, is_first=is_first) if number else [])


def _group(number: int, manner: Manner, *, is_first: bool) -> list[str]:
    """Three digits; inside a longer number “không trăm” is said."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or not is_first else []
    if tens == 0:
        return words + ([manner.odd, DIGITS[ones]] if ones and words else [DIGITS[ones]] if ones else [])
    if tens == 1:
        return [*words, "mười", *([] if ones == 0 else ["lăm" if ones == 5 else DIGITS[ones]])]
    last = AFTER_TENS.get(ones, DIGITS[ones])
    return [*words, DIGITS[tens], "mươi", *([last] if last else [])]
