"""Addresses and roads: numbers of houses with strokes, roads by class and number, wards and towns."""

import re

from broadcaster.studio.reading.letters import NAMES, code
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, behind, rule

HOUSE_BEFORE = behind("số nhà|ngõ|ngách|hẻm|kiệt|số|địa chỉ|đ/c|nhà số|sn|nhà|tại")
FLAT_BEFORE = behind("căn hộ|căn|lô|ô|liền kề|biệt thự|shophouse|lô đất|ô đất|lô số|các lô|nhà liền kề|ki ốt")
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
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
"""“Số 05/2025” is of a year."""
CLASS_BEFORE = behind("lớp|các lớp")
CLASS_ROW = re.compile(r"(?<!\w)lớp [\w/]{1,5}(?:(?:,| và| -) ?(?:lớp )?[\w/]{1,5})*(?:,| và| -) (?:lớp )?$")
ON_THE_ROAD = behind("cao tốc|tuyến|đường|trên|nút giao|qua|vào|ra|lên|từ|dọc|đường bộ")
PROVINCE = re.compile(
    r"(?:an giang|bà rịa|bạc liêu|bắc (?:giang|kạn|ninh)|bến tre|bình (?:dương|định|phước|thuận)|cà mau|cao bằng|đắk|đăk|đắc|điện biên|đồng (?:nai|tháp)|"
    r"gia lai|hà (?:giang|nam|tĩnh|tây)|hải dương|hậu giang|hòa bình|hưng yên|khánh hòa|kiên giang|kon tum|lai châu|lạng sơn|lào cai|lâm đồng|long an|nam định|"
    r"nghệ an|ninh (?:bình|thuận)|phú (?:thọ|yên)|quảng (?:bình|nam|ngãi|ninh|trị)|sóc trăng|sơn la|tây ninh|thái (?:bình|nguyên)|thanh h[óo]|thừa thiên|"
    r"tiền giang|trà vinh|tuyên quang|vĩnh (?:long|phúc)|yên bái)"
)
NAMED_BEFORE = re.compile(rf"(?:^|[\s(])[{CAPITALS}][{SMALL}]+ $")
HOUSES = re.compile(
    r"(?<!\w)(?:nhà|tòa|toà|chung cư|căn hộ|lô|ô|khu|block|tầng|dãy|mẫu|tờ khai|biểu|mã|hồ sơ|cột|giống|máy|tủ|phòng)(?!\w)[^.;]{0,24}$"
)
"""Words near a CT2 that is no motorway."""


def _house(found: re.Match[str], context: Context) -> Said:
    parts = found[0].split("/")
    if len(parts) == 2 and YEAR.fullmatch(parts[1]) and not context.precedes(STREET_AHEAD):
        return None
    is_house = context.precedes(STREET_AHEAD) or (
        context.follows(HOUSE_BEFORE)
        and (not context.follows(behind("tại|nhà")) or len(parts) > 2 or not parts[-1].isdecimal())
    )
    if context.follows(CLASS_BEFORE) or (CLASS_ROW.search(context.before) and len(parts) == 2):
        is_house = True
    if not is_house:
        return None
    return " trên ".join(_part(part, context) for part in parts)


def _part(part: str, context: Context) -> str:
    return code(part, context.manner)


def _road(found: re.Match[str], context: Context) -> Said:
    """A road by its class, which is not said twice; CT2 of a house is no motorway."""
    if context.follows(behind("mã|mã số|mã thẻ")):
        return code(found[0], context.manner)
    name, number = ROADS[found["class"]], code(found["number"], context.manner)
    is_said = context.follows(behind(f"{name}|đường {name}"))
    if found["class"] == "CT" and not (
        is_said or context.follows(ON_THE_ROAD) or re.search("[.]|^0", found["sep"] + found["number"])
    ):
        letters = f"xê tê {number}"
        return letters if HOUSES.search(context.before) else Asked((letters, f"{name} {number}"))
    if name.startswith("đường ") and context.follows(behind("đường")):
        name = name.removeprefix("đường ")
    return number if is_said else f"{name} {number}"


def _province(found: re.Match[str], context: Context) -> Said:
    """“T. Sóc Trăng” is a province; after a person's name “T.” is the letter that hides another."""
    if PROVINCE.match(context.after):
        return "tỉnh "
    return (
        None if NAMED_BEFORE.search(context.text[max(0, context.start - 24) : context.start]) else Asked(("tỉnh", "tê"))
    )


def _hidden(found: re.Match[str], context: Context) -> Said:
    """“Nguyễn Văn H.”: the letter that hides a name, at the end of a sentence or not."""
    return NAMES[found["letter"].lower()] + ("." if re.match(rf" [{CAPITALS}]|$", context.text[context.end :]) else "")


RULES: tuple[Rule, ...] = (
    rule(
        "letter",
        "hidden-name",
        r"(?:(?<=(?:Văn|Thị|Đức|Hữu) )|(?<=(?:Đình|Xuân) ))(?P<letter>[A-ZĐ])\.(?![\w.]| ?[A-ZĐ](?:\.|(?!\w)))",
        _hidden,
        ignore_case=False,
        needs=r"[A-ZĐ]\.",
    ),
    rule(
        "address",
        "province",
        rf"(?<![\w.])T\. ?(?=[{CAPITALS}][{SMALL}])",
        _province,
        ignore_case=False,
        needs=r"T\.",
    ),
    rule(
        "address",
        "road",
        r"(?<!\w)(?P<class>QL|TL|ĐT|HL|ĐH|ĐX|CT)(?P<sep>[. -]{0,2})(?P<number>\d{1,3}[A-ZĐ]?(?:-\d)?)(?![\w/]|[.,]\d| \d{3})",
        _road,
        ignore_case=False,
        needs=r"\d [QTĐHC] [LTHX]",
    ),
    rule(
        "address",
        "house",
        r"(?<![\w.,/])\d{1,4}[A-ZĐ]?\d?(?:/\d{1,4}[A-ZĐ]?\d?){1,3}(?![\w/]|[.,]\d|-\w)",
        _house,
        needs=r"\d /",
    ),
    rule(
        "address",
        "flat",
        r"(?<!\w)[A-Z]{1,3}\d{0,2}[-.]\d{2,4}[A-Z]?(?!\w|[.,-]\d)",
        lambda f, c: code(f[0], c.manner) if c.follows(FLAT_BEFORE) else None,
        ignore_case=False,
        needs=r"\d [A-Z] [-.]",
    ),
    rule(
        "address",
        "room",
        r"(?<!\w)P\. ?(\d{3})(?!\w)",
        lambda f, c: f"phòng {code(f[1], c.manner)}",
        ignore_case=False,
        needs=r"\d P",
    ),
)
