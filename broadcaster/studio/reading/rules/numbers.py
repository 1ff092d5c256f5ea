"""Numbers with what they count: phones, units, money, percent, ranges, fractions, ordinals; and numbers left over."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.token import Context, Rule, rule

N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
CALLED = r"(?:gọi|bấm|điện thoại|đường dây nóng|tổng đài|liên hệ|hotline|zalo|sđt|máy|đt)[^\d.;!?]{0,24}"


def _said(text: str, context: Context) -> str:
    return numbers.written(text.lstrip("0") if re.fullmatch(r"0\d", text) and text != "00" else text, context.manner)


def phones() -> tuple[Rule, ...]:
    """Phone and account numbers, digit by digit."""
    return (
        rule(
            "phone",
            "phone",
            r"(?<![\d.,/])(?:\(?0(?=[\d ().-]{8})|\(?\+84|1[89]00 ?(?=\d\d))[\d ().-]{2,16}\d(?!\d)",
            lambda f, c: ("cộng " if "+" in f[0] else "") + numbers.digits(f[0]),
        ),
        rule(
            "phone",
            "short",
            rf"(?<!\w)({CALLED})(1\d\d\d?)(?![\d./%]|,\d|\s?[\w%])",
            lambda f, c: f"{f[1]}{numbers.digits(f[2])}",
        ),
        rule("digits", "long", r"(?<![\d.,/])\d{9,}(?![\d.,/])", lambda f, c: numbers.digits(f[0])),
    )


def with_units(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Numbers beside a unit of the lexicon, with percent, in ranges and fractions, after thứ."""
    units = {key: rows[0].spoken for key, rows in lexicon.table("units").items()}
    unit = "|".join(sorted(map(re.escape, units), key=lambda key: -len(key))) or r"\b\B"

    def measured(found: re.Match[str], context: Context) -> str:
        low = f"{_said(found['low'], context)} đến " if found["low"] else ""
        minus = "âm " if found["minus"] else ""
        per = f" {'một' if found['unit'] in ('đồng', 'đ') else 'trên'} {units[found['per']]}" if found["per"] else ""
        return f"{minus}{low}{_said(found['number'], context)} {units[found['unit']]}{per}"

    return (
        rule(
            "coordinate",
            "by-point",
            r"(?<!\d)(\d{1,3})\.(\d{1,4})(?= độ (?:vĩ|kinh))",
            lambda f, c: numbers.written(f"{f[1]},{f[2]}", c.manner),
        ),
        rule(
            "unit",
            "measured",
            rf"(?P<minus>(?<=\s)[-−])?(?<![\d.,/])(?:(?P<low>{N})(?: ?(?:{unit}))? ?[-–] ?)?(?P<number>{N}) ?(?P<unit>{unit})(?:/(?P<per>{unit}))?(?![\w/²³])",
            measured,
            ignore_case=False,
        ),
        rule(
            "ordinal",
            "ordinal",
            r"(?<!\w)(lần thứ|thứ) (\d{1,3})(?!\d)",
            lambda f, c: f"{f[1]} {numbers.ordinal(int(f[2]), c.manner)}",
        ),
        rule(
            "range",
            "numbers",
            rf"(?<![\d.,/-])({N}) ?[-–] ?({N})(?![\d/-])(?= ?[\w])",
            lambda f, c: f"{_said(f[1], c)} đến {_said(f[2], c)}",
        ),
        rule("fraction", "fraction", r"(?<![\d.,/])(\d{1,3})/(\d{1,3})(?![\d/])", _fraction),
    )


def _fraction(found: re.Match[str], context: Context) -> str | None:
    low, high = int(found[1]), int(found[2])
    if low >= high or high == 0:
        return None
    word = (
        "phần"
        if high <= 10 and not re.match(r"\s*(khoản|đại biểu|hộ|thôn|xã|phường|tỉnh|thành viên)", context.after)
        else "trên"
    )
    return f"{numbers.cardinal(low, context.manner)} {word} {numbers.cardinal(high, context.manner)}"


def _leading_zero(found: re.Match[str], context: Context) -> str:
    return (
        numbers.cardinal(int(found[0]), context.manner)
        if re.match(r" [a-zà-ỹđ]", context.after)
        else numbers.digits(found[0])
    )


LEFT_OVER: tuple[Rule, ...] = (
    rule("cardinal", "leading-zero", r"(?<![\d.,/\w-])0\d(?![\d.,/\w-])", _leading_zero),
    rule(
        "cardinal",
        "number",
        rf"(?<![\d.,/\w-])(?:{N})(?![\d/\w-])(?![.,]\d)",
        lambda f, c: numbers.written(f[0], c.manner),
    ),
)
