"""Numbers with units: one by one, in ranges, below zero, in dimensions."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.rules import coordinates, each, money
from broadcaster.studio.reading.rules.amounts import SCALE_NAMES, SCALES, SPACED, N, amount, value
from broadcaster.studio.reading.rules.each import PER_WORDS
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, behind, rule

CLASSES = behind("lớp|các lớp|khối|hạng|lô|phòng|tổ|nhà|dãy|số|số nhà|căn|tòa|khu|đội|bảng")
CLASS_ROW = re.compile(r"(?<!\w)(?:lớp|hạng|lô|phòng|nhà) (?:\d{1,3}[a-zđ]\d?(?:,| và| -) ?(?:lớp )?)+$")
ALONE = "kg|km|m2|m²|m3|m³|ml|mm|cm|kWh|kW|MW|km2|km²|mg|USD|VNĐ"
A_FEW = behind("mỗi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|triệu|vài|mấy|nhiều|số|trên")
MARKED = re.compile(r"(?<!\w)(?:điểm|điểm chuẩn|tổng điểm|thủ khoa|á khoa)(?!\w)[^.;]{0,24}$")
"""Words before a “đ” that is a mark (điểm), no money."""
LOADED = re.compile(r"(?<!\w)(?:xe|chở|tải|tải trọng|trọng tải|cầu|hàng hóa)(?!\w)[^.;]{0,30}$")
AGED = re.compile(
    r"(?<!\w)(?:cụ|ông|bà|cháu|bé|trẻ|em|anh|chị|người|nam|nữ|công dân|tuổi|thọ|hội viên|phụ nữ|thanh niên|học sinh|sinh viên|đảng viên|"
    r"chú|cô|bác|mẹ|bố|trai|gái)(?!\w)"
)
HEAVY = re.compile(
    r"(?<!\w)(?:xe|tải|tải trọng|trọng tải|cầu|tàu|hàng hóa|nặng|hàng|gạo|xi măng|đá|cát|phân|thóc|lúa|chở|sản lượng|ngô|rác|máy)(?!\w)"
)
IN_BRACKETS = re.compile(rf"(?<!\w)[{CAPITALS}][{SMALL}]* ?[(,] ?$")
AND_MORE = ahead("trở lên|trở xuống|đến|hoặc hơn")
PRINTED = re.compile(r"(?<!\w)(?:nxb|nhà xuất bản|sách|khổ)(?!\w)[^;]{0,50}$")
FAMILIES = (
    "gam tạ tấn yến",
    "mét",
    "lít",
    "vuông ta sào mẫu công",
    "đồng nghìn triệu tỷ mỹ",
    "giờ phút giây tuổi",
    "xê độ",
    "khối",
)
"""Units of one kind, by the last word of their names."""
QUOTED = re.compile(r"(?:^|[\s(])'[^']*$")
"""Behind an opening sign of quotation a single stroke closes it."""
OF_A_MATCH = behind("phút|phút thứ|các phút")
"""Of a match it is said “phút 43”, though written with a stroke."""
EACH_WITH_ITS_UNIT = re.compile(r"\d ?c?m ?[x×*]")
TALL = re.compile(
    r"(?<!\w)(?:sâu|cao|dày|dài|ngập|mực nước|dâng|lùi|cách|vượt|đường kính)(?: (?:sâu|cao|lên|tới|đến|khoảng|gần|hơn|trên|dưới|là|còn|đạt|thêm|nhau|chừng|tối thiểu|tối đa|ít nhất|từ))*:? ?$"
)
OF_A_CHILD = re.compile(
    r"(?<!\w)(?:trẻ|em|bé|cháu|người|khách)(?!\w)[^.;\d]{0,24}(?:[<>≤≥]|dưới|trên|từ|đến|cao|chưa|hơn|quá) ?$"
)
WIDE = re.compile(
    r"(?<!\w)(?:đường|ngõ|hẻm|cầu|mương|kênh|rãnh|cống|lối|cửa|mặt đường|luống|hào)(?!\w)[^.;\d]{0,24}rộng (?:\w+ )?$"
)
BROAD = behind("rộng|rộng khoảng|rộng hơn|rộng gần")
SPACIOUS = re.compile(
    r"(?<!\w)(?:phòng|nhà|chuồng|ao|bể|sân|lán|bếp|đất|vườn|quán|ki ốt|gian|lều|trại|kho|thửa|diện tích|bảng|pano|pa nô)(?!\w)[^.;\d]{0,28}$"
)
OF_DATA = re.compile(r"(?<!\w)(?:gb|mb|ổ cứng|dung lượng|lưu trữ|dữ liệu|bộ nhớ|ssd|hdd|máy chủ|icloud|drive)(?!\w)")
"""Words beside a TB that is no wounded soldier (thương binh) and no announcement."""
MEASURED = ("mg", "µg", "mcg", "g", "mmol", "ng", "km", "m", "IU", "CFU", "mm")
"""Units of measuring: so much “trên” each; of others it is said “một”."""


def _speed(found: re.Match[str], context: Context) -> Said:
    """So fast where so much was allowed."""
    driven, allowed = (numbers.cardinal(int(found[number]), context.manner) for number in (1, 2))
    return f"{driven} trên {allowed} ki lô mét trên giờ"


def _tonnes(found: re.Match[str], context: Context) -> Said:
    number = amount(found[1], context)
    is_load = LOADED.search(context.before) is not None and not context.follows(CLASSES)
    return f"{number} tấn" if is_load and isinstance(number, str) else None


def _years_or_tonnes(found: re.Match[str], context: Context) -> Said:
    """“80t” is of a person or of a load; where neither stands beside it, it is asked."""
    number = numbers.cardinal(int(found["number"]), context.manner)
    if found["low"]:
        number = f"{numbers.cardinal(int(found['low']), context.manner)} đến {number}"
    loads, ages = (max((one.start() for one in words.finditer(context.before)), default=-1) for words in (HEAVY, AGED))
    if loads > ages:
        return f"{number} tấn"
    is_age = ages >= 0 or IN_BRACKETS.search(context.text[: context.start]) or context.precedes(AND_MORE)
    return f"{number} tuổi" if is_age else Asked((f"{number} tuổi", f"{number} tấn"))


def _lines(found: re.Match[str], context: Context) -> Said:
    """22/0,4kV: from one voltage to another."""
    first, second = (numbers.written(found[number], context.manner) for number in (1, 2))
    return f"{first} trên {second} ki lô vôn"


def _is_mark(number: str, context: Context) -> bool:
    """“9,5đ” and “8đ” are marks: nothing costs so little; “38đ” only after a word of marks."""
    if re.fullmatch(r"\d{1,3}[.,]\d{1,2}|[1-9]|10", number):
        return True
    return value(number) < 1000 and MARKED.search(context.before) is not None


def _family(name: str) -> str:
    """What a unit measures; from metres to kilometres is a range, from volts to ampere hours is none."""
    last = name.split()[-1]
    return next((family for family in FAMILIES if last in family.split()), name)


def _metres_and_tenths(found: re.Match[str], context: Context) -> Said:
    """“Sâu 1m2” is one metre and twenty; of what is broad it may be square metres."""
    low = f"{_metres(found['low'], context)} đến " if found["low"] else ""
    said = f"{low}{_metres(found['high'], context)}"
    if len(found["metres"]) == 1 and (
        TALL.search(context.before) or OF_A_CHILD.search(context.before) or WIDE.search(context.before)
    ):
        return said
    if not TALL.search(context.before) and (not context.follows(BROAD) or SPACIOUS.search(context.before)):
        return None
    name = "vuông" if found["high"].endswith("2") else "khối"
    return Asked((said, f"{numbers.cardinal(int(found['metres']), context.manner)} mét {name}"))


def _metres(text: str, context: Context) -> str:
    return " mét ".join(numbers.cardinal(int(part), context.manner) for part in text.split("m") if part)


def _pages(found: re.Match[str], context: Context) -> Said:
    return f"{numbers.cardinal(int(found[1]), context.manner)} trang" if PRINTED.search(context.before) else None


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The rules for the units of this lexicon."""
    units = {key: rows[0].spoken for key, rows in lexicon.table("units").items()}
    unit = "|".join(sorted(map(re.escape, units), key=lambda key: (-len(key), key))) or r"\b\B"

    def per(found: re.Match[str], context: Context) -> str:
        if not found["per"]:
            return ""
        joint = "trên" if found["unit"] in MEASURED and found["per"] in units else "một"
        many = (found["many"] or "").strip()
        if many and (joint == "trên" or many != "1"):
            joint = f"trên {numbers.cardinal(int(many), context.manner)}"
        return f" {joint} {units.get(found['per'], found['per'])}"

    def measured(found: re.Match[str], context: Context) -> Said:
        if (
            len(found["unit"]) == 1
            and found["unit"].isupper()
            and (context.follows(CLASSES) or CLASS_ROW.search(context.before))
        ):
            return None
        if found["unit"] == "TB" and not OF_DATA.search(f"{context.before} {context.after}"):
            return None
        if found["unit"] == "'" and QUOTED.search(context.before):
            return None
        number = amount(found["number"], context)
        low = amount(found["low"], context) if found["low"] else ""
        if isinstance(number, Asked) or isinstance(low, Asked):
            return number if isinstance(number, Asked) else low
        is_same = found["scale1"] in (None, found["scale"]) and found["unit1"] in (None, found["unit"])
        if found["low"] and is_same and value(found["low"]) >= value(found["number"]) and not found["minus"]:
            return Asked()
        if found["unit1"] and found["low"] and _family(units[found["unit1"]]) != _family(units[found["unit"]]):
            return Asked()
        if not is_same:
            low += f" {SCALE_NAMES.get(found['scale1'], found['scale1'])}" if found["scale1"] else ""
            low += f" {units[found['unit1']]}" if found["unit1"] else ""
        scale = f" {SCALE_NAMES.get(found['scale'], found['scale'])}" if found["scale"] else ""
        is_mark = found["unit"] == "đ" and not scale and _is_mark(found["number"], context)
        name = "điểm" if is_mark else units[found["unit"]]
        if found["unit"] == "'" and context.follows(OF_A_MATCH):
            name = ""
        cold = "âm " if found["minus"] else ""
        middle = f"{low} đến " if low else ""
        return f"{cold}{middle}{number}{scale} {name}{per(found, context)}".rstrip()

    def below_zero(found: re.Match[str], context: Context) -> Said:
        low, high = amount(found["low"], context), amount(found["high"], context)
        cold = "âm " if found["cold"] else ""
        return f"âm {low} đến {cold}{high} {units[found['unit']]}"

    def first_below_zero(found: re.Match[str], context: Context) -> Said:
        return f"âm {amount(found['low'], context)}"

    def times(found: re.Match[str], context: Context) -> Said:
        parts = [amount(part, context) for part in re.split(r"(?: ?c?m)? ?[x×*] ?", found["numbers"])]
        name = f" {units[found['unit']]}" if found["unit"] else ""
        if found["unit"] and EACH_WITH_ITS_UNIT.search(found["numbers"]):
            parts = [part if isinstance(part, Asked) else f"{part}{name}" for part in parts]
            name = ""
        return None if any(isinstance(part, Asked) for part in parts) else " nhân ".join(map(str, parts)) + name

    def after_a_share(found: re.Match[str], context: Context) -> Said:
        return f" {units[found['unit']]}" if re.search(r"\d/\d+$", context.before) else None

    def alone(found: re.Match[str], context: Context) -> Said:
        return units.get(found[0]) if context.follows(A_FEW) else None

    return (
        *money.RULES,
        *coordinates.RULES,
        rule("unit", "speed", r"(?<![\w.,/])(\d{2,3})/(\d{2,3}) ?km/h(?!\w)", _speed, needs=r"\d / k"),
        rule("unit", "tonnes", rf"(?<![\w.,/-])({N}) ?T(?!\w)", _tonnes, ignore_case=False, needs=r"\d T"),
        rule(
            "unit",
            "lines",
            r"(?:(?<=VA)[-–/]|(?<![\w.,/-]))(\d{1,3})/(\d{1,3}(?:,\d{1,2})?) ?kV(?!\w)",
            _lines,
            needs=r"\d / V",
        ),
        rule(
            "unit",
            "years-or-tonnes",
            r"(?<![\w.,/-])(?:(?P<low>\d{1,3})t? ?[-–] ?)?(?P<number>\d{1,3})t(?!\w)",
            _years_or_tonnes,
            ignore_case=False,
            needs=r"\d t",
        ),
        rule(
            "unit",
            "metres-and-tenths",
            r"(?<![\w.,/-])(?:(?P<low>\d{1,2}m\d) ?[-–] ?)?(?P<high>(?P<metres>\d{1,2})m[23])(?![\w/]|[.,]\d)",
            _metres_and_tenths,
            needs=r"\d m",
            ignore_case=False,
        ),
        rule("unit", "pages", r"(?<![\w.,/-])(\d{2,4}) ?tr\.(?= *$)", _pages, needs=r"\d t \."),
        rule(
            "unit",
            "below-zero-range",
            rf"(?<![\w.,/])-(?P<low>{N}) ?(?:-|–|đến) ?(?P<cold>-)?(?P<high>{N}) ?(?P<unit>°C|độ C|độ|oC)(?!\w)",
            below_zero,
            needs=r"\d -",
        ),
        rule(
            "unit",
            "first-below-zero",
            rf"(?<=từ )-(?P<low>{N})(?= ?(?:°C|độ C|độ|oC)? đến -?\d)",
            first_below_zero,
            needs=r"\d -",
        ),
        rule(
            "unit",
            "dimensions",
            rf"(?<![\w.,/])(?P<numbers>{N}(?:(?: ?(?:m|cm))? ?[x×*] ?{N}){{1,3}})(?: ?(?P<unit>{unit}))?(?![\w²³/])",
            times,
            needs=r"\d [x×*]",
            ignore_case=False,
        ),
        rule(
            "unit",
            "measured",
            rf"(?P<minus>(?<![^\s(])-(?=[\d.,]+ ?(?:°|độ|oC|%)))?(?<![\w.,/])(?<![\d][-–])(?:(?P<low>{N})(?: ?(?P<scale1>{SCALES}))?(?: ?(?P<unit1>{unit}))? ?[-–] ?)?(?P<number>{SPACED}|{N})(?: ?(?P<scale>{SCALES}))? ?(?P<unit>{unit})(?:/(?P<many>\d+ ?)?(?P<per>{unit}|{PER_WORDS}))?(?![\w²³]|/\d|/c(?!\w))",
            measured,
            ignore_case=False,
        ),
        *each.rules(units, unit),
        rule(
            "unit",
            "after-a-share",
            rf"(?<=\d) ?(?P<unit>{unit})(?![\w²³])",
            after_a_share,
            needs=r"\d /",
            ignore_case=False,
        ),
        rule(
            "unit",
            "alone",
            rf"(?<![\w/])(?:{ALONE})(?![\w²³/])",
            lambda f, c: units.get(f[0]),
            needs="",
            words=ALONE.split("|"),
            ignore_case=False,
        ),
        rule("unit", "sign-alone", r"(?<![\w/])(?:°C|%|‰)(?![\w²³/])", lambda f, c: units.get(f[0]), needs="[%‰°]"),
        rule(
            "unit",
            "alone-after-a-word",
            r"(?<=[^\W\d_] )(?:ha|m)(?!\w)",
            alone,
            needs="",
            words=("ha", "m"),
            ignore_case=False,
        ),
    )
