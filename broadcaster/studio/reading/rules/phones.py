"""Numbers that are said digit by digit: phones, hotlines, accounts, tax codes, identity cards."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import spelled
from broadcaster.studio.reading.rules.nouns import COUNTED
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, rule

CALLED = re.compile(
    r"(?<!\w)(gọi|bấm|trung tâm|điện thoại|đường dây nóng|đường dây|tổng đài|liên hệ|hotline|zalo|sđt|đtdđ|đt|tel|fax|di động|cứu hỏa|chữa cháy|pccc|cnch|pccc&cnch|csgt|cấp cứu|"
    r"cảnh sát(?: \w+){0,3}|công an|máy|nhắn tin|soạn tin|gửi|đầu số|báo|số máy|nhánh|máy lẻ|số nội bộ|nội bộ|hoặc|khẩn cấp|cổng|phản ánh|cứu nạn|cứu hộ|bảo vệ trẻ em)(?!\w)[^\d.;!?]{0,28}$"
)
CODED = re.compile(
    r"(?<!\w)(stk|tk|số tài khoản|tài khoản(?: \w+){0,3}|mã số thuế|mst|mã số(?: \w+){0,3}|mã(?: \w+){0,3}|cccd|cmnd|căn cước(?: công dân)?|chứng minh nhân dân|số thẻ|otp|mã pin|"
    r"số sổ|số hiệu|mã vạch|id|số báo danh|sbd|số danh bộ|số hợp đồng|số cccd|số cmnd|imei|số định danh(?: \w+){0,2}|hộ chiếu|số seri|seri)(?!\w)(?: (?:số|là|của [^\d.;]{1,20}))?[ :]*$"
)
EXTENSION = re.compile(r"(?:máy lẻ|nhánh|nội bộ)[ :]*$")
SHORT = {"111", "112", "113", "114", "115", "116", "117", "118", "119", "1022", "1080", "1088", "1089", "1055", "1068"}
IN_A_LINE = re.compile(r"(?<!\w)(?:tổng đài|đường dây nóng|hotline|số điện thoại|gọi|số khẩn cấp)(?!\w).*$")
NEIGHBOUR = re.compile(
    r"(?<!\d)(?:11\d|10\d\d)(?:,| hoặc| và| -|;| /)? ?$|(?:0|\+84|1[89]00)[\d .()-]{7,14}\d(?:,| hoặc| và| -|;| /)? ?$"
)


def _digits(found: re.Match[str], context: Context) -> Said:
    return ("cộng " if "+" in found[0] else "") + numbers.digits(found[0])


def _phone(found: re.Match[str], context: Context) -> Said:
    count = sum(sign.isdecimal() for sign in found[0])
    if found[0].startswith(("1800", "1900")):
        return _digits(found, context) if 8 <= count <= 10 else None
    return _digits(found, context) if 9 <= count <= 13 else None


def _short(found: re.Match[str], context: Context) -> Said:
    number = found[0]
    is_near = CALLED.search(context.before) or NEIGHBOUR.search(context.before)
    if not is_near and not (number in SHORT and IN_A_LINE.search(context.before)):
        return None
    if number in SHORT:
        return None if context.precedes(COUNTED) else numbers.digits(number)
    is_line = (
        len(number) >= 6
        or EXTENSION.search(context.before) is not None
        or (len(number) >= 4 and context.before.rstrip(" :").endswith(("đầu số", "gửi", "tổng đài", "số", "nóng")))
    )
    return numbers.digits(number) if is_line and not context.precedes(COUNTED) else None


def _grouped(found: re.Match[str], context: Context) -> Said:
    """3.888.999 after “gọi” may be a phone without its area, or a sum."""
    if not CALLED.search(context.before) or context.precedes(COUNTED):
        return None
    return Asked((numbers.digits(found[0]), numbers.written(found[0], context.manner)))


def _coded(found: re.Match[str], context: Context) -> Said:
    return numbers.digits(found[0]) if CODED.search(context.before) else None


def _mixed(found: re.Match[str], context: Context) -> Said:
    return spelled(found[0]) if CODED.search(context.before) else None


def _long(found: re.Match[str], context: Context) -> Said:
    if len(found[0]) >= 9:
        return numbers.digits(found[0])
    return Asked((numbers.digits(found[0]), numbers.cardinal(int(found[0]), context.manner)))


RULES: tuple[Rule, ...] = (
    rule(
        "digits",
        "code-of-letters-and-digits",
        r"(?<![\w.,/-])(?=[\w./-]*\d)(?=[\d./-]*[A-ZĐ])[A-ZĐ\d]+(?:[./-][A-ZĐ\d]+)*(?![\w/])",
        _mixed,
        ignore_case=False,
        needs=r"\d [A-ZĐ]",
    ),
    rule("digits", "code", r"(?<![\d.,/])(?:\d{3,}|\d{1,2}(?=-\d{3}))(?:[ .-]\d+)*(?![\d/])", _coded),
    rule(
        "phone",
        "phone",
        r"(?<![\d.,/+])(?:\(\+?84[-. ]?\d{0,3}\)[ .-]{0,2}|\+84[ .-]?|\(0\d{1,4}\)[ .-]{0,2}|0(?=\d)|1[89]00[ .-]?)\d+(?:[ .-]\d+){0,5}(?![\d/]|,\d)",
        _phone,
    ),
    rule(
        "phone",
        "short",
        r"(?<![\d.,/(-])(?:\d{3,8}|\d{2,4}(?:[ .]\d{3,4}){1,3})(?![\d/%]|[.,-]\d| ?[-–] ?\d| ?(?:đ|đồng|vnđ|k|triệu|nghìn|ngàn|tỷ)(?!\w))",
        _short,
    ),
    rule(
        "phone",
        "grouped",
        r"(?<![\w.,/-])[2-8]\.\d{3}\.\d{3}(?![\d/%]|[.,-]\d| ?(?:đồng|đ|vnđ|vnd|usd|triệu)(?!\w))",
        _grouped,
        needs=r"\d \.",
    ),
    rule("digits", "groups-of-four", r"(?<![\d.,/])\d{4}(?: \d{4}){2,4}(?![\d/])", _digits),
    rule("digits", "identity", r"(?<![\d.,/])0\d{8,13}(?![\d.,/])", _digits),
    rule(
        "digits",
        "long",
        r"(?<![\d.,/])\d{7,}(?![\d.,/]|[ ]?(?:đ|đồng|vnđ|vnd|usd|người|hộ|cử tri|lượt|ha|m2|m3|tấn|kg)\b)",
        _long,
    ),
)
