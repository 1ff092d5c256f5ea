"""Addresses and roads: numbers of houses with strokes, roads by class and number, wards and towns."""

import re

from broadcaster.studio.reading.letters import code
from broadcaster.studio.reading.token import Context, Rule, Said, ahead, behind, rule

HOUSE_BEFORE = behind("số nhà|ngõ|ngách|hẻm|kiệt|số|địa chỉ|đ/c|nhà số|sn|nhà|tại")
STREET_AHEAD = ahead("đường|phố|ngõ|ngách|hẻm|kiệt|quốc lộ|đại lộ|tổ dân phố|khu phố")
ROADS = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "HL": "hương lộ",
    "ĐH": "đường huyện",
    "ĐX": "đường xã",
    "CT": "cao tốc",
}
CLASS_BEFORE = behind("lớp|các lớp")


def _house(found: re.Match[str], context: Context) -> Said:
    parts = found[0].split("/")
    is_house = context.precedes(STREET_AHEAD) or (
        context.follows(HOUSE_BEFORE)
        and (not context.follows(behind("tại|nhà")) or len(parts) > 2 or not parts[-1].isdecimal())
    )
    if context.follows(CLASS_BEFORE):
        is_house = True
    if not is_house:
        return None
    return " trên ".join(_part(part, context) for part in parts)


def _part(part: str, context: Context) -> str:
    return code(part, context.manner)


def _road(found: re.Match[str], context: Context) -> Said:
    return f"{ROADS[found[1]]} {code(found[2], context.manner)}"


RULES: tuple[Rule, ...] = (
    rule(
        "address",
        "road",
        r"(?<!\w)(QL|TL|ĐT|HL|ĐH|ĐX|CT)[. -]{0,2}(\d{1,3}[A-ZĐ]?(?:-\d)?)(?![\w/]|[.,]\d| \d{3})",
        _road,
        ignore_case=False,
    ),
    rule(
        "address",
        "house",
        r"(?<![\w.,/])\d{1,4}[A-ZĐ]?\d?(?:/\d{1,4}[A-ZĐ]?\d?){1,3}(?![\w/]|[.,]\d|-\w)",
        _house,
        needs="/",
    ),
    rule(
        "address",
        "flat",
        r"(?<=căn hộ )[A-Z]{1,2}\d{0,2}[-.]\d{2,4}(?!\w|[.,-]\d)",
        lambda f, c: code(f[0], c.manner),
        ignore_case=False,
    ),
    rule(
        "address", "room", r"(?<!\w)P\. ?(\d{3})(?!\w)", lambda f, c: f"phòng {code(f[1], c.manner)}", ignore_case=False
    ),
)
