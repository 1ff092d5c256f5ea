"""Headings and list markers: Roman numerals, (1), a), dashes at the head of a line."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.token import Context, Rule, rule

AFTER_KEYWORD = r"lần thứ|khóa|thế kỷ|quý|chương|phần|mục|đại hội|cấp|khu vực|báo động|quân khu|hạng|loại|giai đoạn|kỳ|tập|đợt|quân đoàn|vùng|thời kỳ"


def _heading(found: re.Match[str], context: Context) -> str | None:
    value = numbers.roman(found[1])
    return numbers.cardinal(value, context.manner) + "," if value else None


def _roman(found: re.Match[str], context: Context) -> str | None:
    value = numbers.roman(found[2])
    if value is None:
        return None
    said = (
        numbers.ordinal(value, context.manner)
        if found[1].lower() == "lần thứ"
        else numbers.cardinal(value, context.manner)
    )
    return f"{found[1]} {said}"


RULES: tuple[Rule, ...] = (
    rule("list", "end-of-document", r"\.?\s*/\s*\.(?=\s*$)", lambda found, context: "."),
    rule("list", "bullet", r"(?m)^[ \t]*[-+*•–][ \t]+", lambda found, context: ""),
    rule("roman", "heading", r"(?m)^[ \t]*([IVXL]{1,6})[./)][ \t]+(?=\S)", _heading, ignore_case=False),
    rule("roman", "after-keyword", rf"(?<!\w)({AFTER_KEYWORD}) ([IVXL]{{1,7}})(?!\w)", _roman),
)
