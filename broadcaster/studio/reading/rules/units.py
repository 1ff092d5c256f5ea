"""Numbers with units and money: one by one, in ranges, below zero, and so much for each."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

N = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
SPACED = r"[1-9]\d{0,2}(?: \d{3})+(?!\d)"
SCALES = "nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|tr"
CURRENCIES = {"$": "đô la mỹ", "€": "ơ rô", "£": "bảng anh", "¥": "yên nhật"}
PER_WORDS = (
    "người|hộ|nhân khẩu|khẩu|lao động|tháng|năm|ngày đêm|ngày|tuần|giờ|phút|giây|sào|mẫu|công|tấn|tạ|yến|lít|con|cây|suất|cháu|em|trẻ|học sinh|sinh viên|"
    "cuộc|vụ|lượt|buổi|ca|tổ|thôn|bản|xã|hội viên|đảng viên|đoàn viên|gia đình|lần|quý|chuyến|bao|thùng|gói|hộp|chai|phòng|đêm|bữa|liều|héc ta|mét|cân|ki lô|ki lô gam|"
    "dân|bộ|chiếc|cái|quyển|cuốn|kỳ|năm học|học kỳ|hợp đồng|hồ sơ|trường hợp|mũi|bệnh nhân|giường|lô|thửa|sản phẩm|mét vuông|mét khối|khối|nhà|lớp|đợt|tiết|giờ học|trang|vé|điểm|số|kw|kwh"
)
CLASSES = behind("lớp|các lớp|khối|hạng|lô|phòng|tổ|nhà|dãy|số|số nhà|căn|tòa|khu|đội|bảng")
CLASS_ROW = re.compile(r"(?<!\w)(?:lớp|hạng|lô|phòng|nhà) (?:\d{1,3}[a-zđ]\d?(?:,| và| -) ?(?:lớp )?)+$")
BEFORE_PER = rf"/(?!(?:1 )?(?:{PER_WORDS})(?!\w))"
"""A stroke that is not “for each”."""


def amount(text: str, context: Context) -> str | Asked:
    """A number as people write it: points or gaps for thousands, a comma before decimals; also 4.7, which can be nothing else."""
    text = text.replace(" ", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text):
        text = text.replace(",", ".")
    if re.fullmatch(r"[1-9]\d{0,2},000", text):
        return Asked((numbers.written(text.replace(",", "."), context.manner), numbers.written(text, context.manner)))
    if re.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})|0\.\d+", text):
        text = text.replace(".", ",")
    if re.fullmatch(r"0\d", text) and text != "00":
        text = text[1:]
    return numbers.written(text, context.manner)


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The rules for the units of this lexicon."""
    units = {key: rows[0].spoken for key, rows in lexicon.table("units").items()}
    unit = "|".join(sorted(map(re.escape, units), key=lambda key: (-len(key), key))) or r"\b\B"

    def per(found: re.Match[str]) -> str:
        if not found["per"]:
            return ""
        joint = "trên" if found["unit"] in ("mg", "µg", "g", "mmol", "ng", "km", "m", "mcg", "IU", "CFU") else "một"
        return f" {joint}{' một' if found['one'] and joint == 'trên' else ''} {units.get(found['per'], found['per'])}"

    def measured(found: re.Match[str], context: Context) -> Said:
        if (
            len(found["unit"]) == 1
            and found["unit"].isupper()
            and (context.follows(CLASSES) or CLASS_ROW.search(context.before))
        ):
            return None
        number = amount(found["number"], context)
        low = amount(found["low"], context) if found["low"] else ""
        if isinstance(number, Asked) or isinstance(low, Asked):
            return number if isinstance(number, Asked) else low
        if found["low"] and _value(found["low"]) >= _value(found["number"]) and not found["minus"]:
            return Asked()
        scale = f" {lexicon.spoken('units', found['scale']) or found['scale']}" if found["scale"] else ""
        name = units[found["unit"]]
        cold = "âm " if found["minus"] else ""
        middle = f"{low} đến " if low else ""
        return f"{cold}{middle}{number}{scale} {name}{per(found)}"

    def below_zero(found: re.Match[str], context: Context) -> Said:
        low, high = amount(found["low"], context), amount(found["high"], context)
        cold = "âm " if found["cold"] else ""
        return f"âm {low} đến {cold}{high} {units[found['unit']]}"

    def first_below_zero(found: re.Match[str], context: Context) -> Said:
        return f"âm {amount(found['low'], context)}"

    def dollars(found: re.Match[str], context: Context) -> Said:
        number = amount(found["number"], context)
        scale = f" {found['scale']}" if found["scale"] else ""
        return number if isinstance(number, Asked) else f"{number}{scale} {CURRENCIES[found['sign']]}"

    return (
        rule(
            "money",
            "in-words-beside",
            rf"(?<![\w.,/])(?P<number>{N}) ?(?:đồng|đ|vnđ|vnd) ?\((?:(?:số tiền )?(?:viết )?bằng chữ:? ?)?(?P<words>[^()\d]{{5,160}}?)[./ ]*\)",
            _repeated,
        ),
        rule(
            "money",
            "sign-before",
            rf"(?P<sign>[$€£¥]) ?(?P<number>{N})(?: (?P<scale>triệu|tỷ|nghìn))?(?![\w/]|[.,]\d)",
            dollars,
            needs="[$€£¥]",
        ),
        rule(
            "money",
            "sign-behind",
            rf"(?<![\w.,/])(?P<number>{N})(?: (?P<scale>triệu|tỷ|nghìn))? ?(?:US)?(?P<sign>[$€£¥])(?!\w)",
            dollars,
            needs="[$€£¥]",
        ),
        rule(
            "unit",
            "metres-and",
            r"(?<![\w.,/])(\d{1,2})m(\d\d)(?![\w/]|[.,]\d)",
            lambda f, c: (
                f"{numbers.cardinal(int(f[1]), c.manner)} mét {numbers.digits(f[2]) if f[2][0] == '0' else numbers.cardinal(int(f[2]), c.manner)}"
            ),
        ),
        rule(
            "money",
            "thousands",
            r"(?<![\w.,/])(?P<number>\d{1,3}(?:,5)?)[kK](?![\w/])",
            _thousands,
            ignore_case=False,
        ),
        rule(
            "coordinate",
            "degrees",
            r"(?<![\w.,/])(\d{1,3}) ?° ?(\d{1,2}) ?'(?: ?(\d{1,2}(?:[.,]\d+)?) ?(?:\"|''))? ?(N|S|E|W|B|Đ|vĩ|kinh)?(?!\w)",
            _degrees,
            needs="°",
        ),
        rule(
            "coordinate",
            "by-point",
            r"(?<![\w.,/-])(?:(\d{1,3})\.(\d{1,4}) ?[-–] ?)?(\d{1,3})\.(\d{1,4})(?= ?(?:độ|°) ?(?:vĩ|kinh|bắc|đông|n\b|e\b))",
            _by_point,
        ),
        rule(
            "unit",
            "below-zero-range",
            rf"(?<![\w.,/])-(?P<low>{N}) ?(?:-|–|đến) ?(?P<cold>-)?(?P<high>{N}) ?(?P<unit>°C|độ C|độ|oC)(?!\w)",
            below_zero,
            needs="-",
        ),
        rule(
            "unit",
            "first-below-zero",
            rf"(?<=từ )-(?P<low>{N})(?= ?(?:°C|độ C|độ|oC)? đến -?\d)",
            first_below_zero,
            needs="-",
        ),
        rule(
            "unit",
            "measured",
            rf"(?P<minus>(?<![^\s(])-(?=[\d.,]+ ?(?:°|độ|oC)))?(?<![\w.,/])(?<![\d][-–])(?:(?P<low>{N})(?: ?(?:{SCALES}))?(?: ?(?P<unit1>{unit}))? ?[-–] ?)?(?P<number>{SPACED}|{N})(?: ?(?P<scale>{SCALES}))? ?(?P<unit>{unit})(?:/(?P<one>1 ?)?(?P<per>{unit}|{PER_WORDS}))?(?![\w²³]|/\d)",
            measured,
            ignore_case=False,
        ),
        rule(
            "unit",
            "for-each",
            rf"(?<=\w)/(?:1 )?(?P<per>{PER_WORDS}|{unit})(?!\w)",
            _for_each(units),
            needs="/",
            ignore_case=False,
        ),
        rule("unit", "for-so-many", rf"(?<=[^\W\d_])/(?P<number>{N})(?= ?[^\W\d_])", _for_so_many, needs="/"),
    )


def _for_each(units: dict[str, str]):  # type: ignore[no-untyped-def]  # a Says
    def says(found: re.Match[str], context: Context) -> Said:
        counted = re.search(r"\d[^.;:!?]{0,28}$", context.before) or re.search(
            r"(?:đồng|triệu|nghìn|lần|suất|mức|giá)[^.;:!?]{0,12}$", context.before
        )
        return f" một {units.get(found['per'], found['per'])}" if counted else None

    return says


def _for_so_many(found: re.Match[str], context: Context) -> Said:
    number = amount(found["number"], context)
    return number if isinstance(number, Asked) else f" trên {number}"


def _thousands(found: re.Match[str], context: Context) -> Said:
    if int(found["number"].partition(",")[0]) < 10:
        return None
    return f"{numbers.written(found['number'], context.manner)} {context.manner.thousand} đồng"


def _repeated(found: re.Match[str], context: Context) -> Said:
    """Words in brackets that say the same sum again are not said twice."""
    number = amount(found["number"], context)
    if isinstance(number, Asked):
        return None
    said = f"{number} đồng"
    return said if _folded(found["words"]) == _folded(said) else None


def _folded(text: str) -> str:
    text = re.sub(r"[^\w ]|chẵn", "", text.lower())
    text = (
        text.replace("ngàn", "nghìn")
        .replace("lẻ", "linh")
        .replace("tỉ", "tỷ")
        .replace("linh bốn", "linh tư")
        .replace("mươi bốn", "mươi tư")
    )
    return "".join(text.split())


def _value(text: str) -> float:
    text = re.sub(r"[ .](?=\d{3}(?!\d))", "", text)
    return float(text.replace(",", ".").replace(" ", "")) if text.count(",") + text.count(".") < 2 else 0.0


def _by_point(found: re.Match[str], context: Context) -> Said:
    high = numbers.written(f"{found[3]},{found[4]}", context.manner)
    return f"{numbers.written(f'{found[1]},{found[2]}', context.manner)} đến {high}" if found[1] else high


def _degrees(found: re.Match[str], context: Context) -> Said:
    sides = {
        "n": "vĩ bắc",
        "s": "vĩ nam",
        "e": "kinh đông",
        "w": "kinh tây",
        "b": "bắc",
        "đ": "đông",
        "vĩ": "vĩ",
        "kinh": "kinh",
    }
    said = (
        f"{numbers.cardinal(int(found[1]), context.manner)} độ {numbers.cardinal(int(found[2]), context.manner)} phút"
    )
    if found[3]:
        said += f" {numbers.written(found[3].replace('.', ','), context.manner)} giây"
    return f"{said} {sides[found[4].lower()]}" if found[4] else said
