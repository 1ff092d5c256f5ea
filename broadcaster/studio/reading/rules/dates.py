"""Dates and their ranges: full, without a year, months, quarters, school years, terms of office."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.token import Context, Rule, rule

D = r"(?:0?[1-9]|[12]\d|3[01])"
M = r"(?:0?[1-9]|1[0-2])"
Y = r"(?:1\d|20)\d\d"
FRACTION_AFTER = re.compile(
    r"\s*(số|tổng|diện tích|dân số|chiều|quãng|thời gian|đại biểu|hộ|thành viên|khối lượng|khoản|giá trị|nhân|người|thôn|xã|phường|tỉnh|quả|cốc|thìa|lượng)\b",
    re.IGNORECASE,
)

ADDRESS_BEFORE = re.compile(
    r"(số nhà|số|ngõ|ngách|hẻm|kiệt|tờ|thửa|tỷ lệ|tỉ lệ|đạt|chiếm|hơn|quá|gần|khoảng)\s*$", re.IGNORECASE
)


def day(text: str, manner: Manner) -> str:
    """A day of the month; the first ten with mùng, in the north."""
    value = int(text)
    return (
        f"mùng {numbers.cardinal(value, manner)}"
        if value <= 10 and manner.has_mung
        else numbers.cardinal(value, manner)
    )


def month(text: str, manner: Manner) -> str:
    """A month: the fourth is tư."""
    return "tư" if int(text) == 4 else numbers.cardinal(int(text), manner)


def year(text: str, manner: Manner) -> str:
    return numbers.cardinal(int(text), manner)


def _mung(text: str, before: str, manner: Manner) -> str:
    """A day after “mùng” or “rằm” does not get a second one."""
    return (
        numbers.cardinal(int(text), manner)
        if re.search(r"(mùng|mồng|rằm)\s*$", before, re.IGNORECASE)
        else day(text, manner)
    )


def _full(found: re.Match[str], context: Context) -> str:
    m = context.manner
    return f"{_mung(found[1], context.before, m)} tháng {month(found[2], m)} năm {year(found[3], m)}"


def _day_month(found: re.Match[str], context: Context) -> str | None:
    if FRACTION_AFTER.match(context.after) or ADDRESS_BEFORE.search(context.before):
        return None
    return f"{_mung(found[1], context.before, context.manner)} tháng {month(found[2], context.manner)}"


def _day_range(found: re.Match[str], context: Context) -> str:
    m = context.manner
    said = f"{day(found[1], m)} đến {day(found[2], m)} tháng {month(found[3], m)}"
    return f"{said} năm {year(found[4], m)}" if found[4] else said


def _spelled(found: re.Match[str], context: Context) -> str:
    m = context.manner
    said = f"ngày {_mung(found[1], '', m)} tháng {month(found[2], m)}"
    return f"{said} năm {year(found[3], m)}" if found[3] else said


RULES: tuple[Rule, ...] = (
    rule("range", "days-of-a-month", rf"(?<![\d/])({D}) ?[-–] ?({D})/({M})(?:/({Y}))?(?![\d/])", _day_range),
    rule(
        "date",
        "full",
        rf"(?<![\d/])({D})([/.-]){M}\2{Y}(?![\d/])".replace(f"{M}\\2{Y}", rf"(?P<month>{M})\2(?P<year>{Y})"),
        lambda f, c: (
            f"{_mung(f[1], c.before, c.manner)} tháng {month(f['month'], c.manner)} năm {year(f['year'], c.manner)}"
        ),
    ),
    rule("date", "spelled", rf"ngày ({D}) tháng ({M})(?: năm ({Y}))?(?!\d)", _spelled),
    rule(
        "date",
        "month-and-year",
        rf"tháng ({M}) ?[/-] ?({Y})(?!\d)",
        lambda f, c: f"tháng {month(f[1], c.manner)} năm {year(f[2], c.manner)}",
    ),
    rule("date", "month", rf"tháng ({M})(?![\d/,.]\d)(?!\d)", lambda f, c: f"tháng {month(f[1], c.manner)}"),
    rule(
        "date",
        "quarter",
        rf"quý ([IV]{{1,3}}|[1-4]) ?/ ?({Y})",
        lambda f, c: (
            f"quý {numbers.cardinal(numbers.roman(f[1].upper()) or int(f[1]), c.manner)} năm {year(f[2], c.manner)}"
        ),
    ),
    rule(
        "range",
        "years",
        rf"(?<![\d/])({Y}) ?[-–] ?({Y})(?![\d/])",
        lambda f, c: f"{year(f[1], c.manner)} đến {year(f[2], c.manner)}",
    ),
    rule("date", "day-and-month", rf"(?<![\d/,.])({D})/({M})(?![\d/])", _day_month),
    rule("date", "day-and-month-by-hyphen", rf"(?<=ngày )({D})-({M})(?![\d/-])", _day_month),
    rule(
        "date",
        "mung",
        r"(?<!\w)(mùng|mồng) (\d{1,2})(?![\d/])",
        lambda f, c: f"{f[1]} {numbers.cardinal(int(f[2]), c.manner)}",
    ),
    rule(
        "date",
        "day",
        rf"(?<!\w)ngày ({D})(?![\d/.,]\d)(?!\d)(?! (?:đêm|công|làm việc|người))",
        lambda f, c: f"ngày {day(f[1], c.manner)}",
    ),
    rule("date", "year", rf"(?<!\w)năm ({Y})(?!\d)", lambda f, c: f"năm {year(f[1], c.manner)}"),
)
