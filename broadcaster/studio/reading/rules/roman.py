"""Roman numerals: after the words they number, in rows and ranges, and where they can be nothing else; ordinals after thứ."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import spelled
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

KEYWORDS = (
    "ck|hiệp|mũi|kì|học kì|kỳ họp|ca|thì|xếp loại|tầng|đại hội đảng|lần thứ|thứ|khóa|khoá|thế kỷ|tk|hk|chương|phần|mục|đại hội|trung ương|cấp|khu vực|báo động|báo động cấp|quân khu|hạng|loại|giai đoạn|kỳ|học kỳ|tập|đợt|quân đoàn|vùng|thời kỳ|"
    "bậc|vòng|nhóm|phụ lục|độ|lần|hội nghị|trung ương đảng|quý|mức|tiểu đoàn|đại đội|trung đoàn|sư đoàn|chuyên khoa|cụm|điều|tiểu mục|phân khu|lớp|trường cấp|giải|"
    "kỳ họp thứ|ga|bđ|ii|phẩm|nhóm đất|vụ|quyển|bài|tiết|trục|tuyến|khối|kiểu|thông tư|biểu|mẫu|huân chương lao động hạng|pháp lệnh|đảng bộ|công trình cấp|đô thị loại"
)
HIGH = behind("lần thứ|thứ|khóa|khoá|đại hội|thế kỷ|chương|phần|mục|kỳ họp|trung ương")
"""Words whose numerals may hold an L; beside others it is a size, or of a name."""
SIZED = re.compile(
    r"(?<!\w)(?:cỡ|size|sai|sz|áo|quần|váy|mũ|giày|dép|ủng|găng|bỉm|tã|đồng phục|trang phục|bảo hộ|khẩu trang|trứng|kích cỡ)(?!\w)[^.;]*$"
)
STAGED = behind(
    "độ|loại|giai đoạn|nhóm|hạng|cấp|mức|kỳ|bậc|type|týp|typ|lớp|phân độ|khu|vùng|tiểu vùng|điều|phụ lục|mục"
)
GLUED = {
    "HK": "học kỳ",
    "BĐ": "báo động",
    "KV": "khu vực",
    "QK": "quân khu",
    "ĐH": "đại hội",
}
AFTER = behind(KEYWORDS)
ONE = r"[IVXL]{1,7}"
SHOUTED = re.compile(rf" [{CAPITALS}]{{2,}}")
ROW_BEFORE = re.compile(rf"(?<!\w)(?:{KEYWORDS}) (?:[ivxl]+[a-d]?(?:, ?| và | ?[-–+&] ?|, và | hoặc | đến ))+$")


def _numeral(found: re.Match[str], context: Context) -> Said:
    value = numbers.roman(found[0])
    if value is None:
        return None
    if "L" in found[0] and not context.follows(HIGH):
        return _size_or_number(found, context, value)
    if context.follows(AFTER) or ROW_BEFORE.search(context.before):
        is_ordinal = context.follows(behind("lần thứ|thứ"))
        return (numbers.ordinal if is_ordinal else numbers.cardinal)(value, context.manner)
    if len(found[0]) == 1:
        return _alone(found, context)
    if set(found[0]) == {"X"}:
        return Asked((numbers.cardinal(value, context.manner), spelled(found[0])))
    if found[0] in ("VI", "XI", "LI") and (_among_capitals(found, context) or SHOUTED.match(context.text, context.end)):
        return None
    return numbers.cardinal(value, context.manner)


def _size_or_number(found: re.Match[str], context: Context, value: int) -> Said:
    """L and XL are sizes; after a word of numbers they may be fifty and forty."""
    if SIZED.search(context.before):
        return spelled(found[0])
    if not context.follows(AFTER):
        return None if len(found[0]) == 1 or _among_capitals(found, context) else Asked((spelled(found[0]),))
    return Asked((spelled(found[0]), numbers.cardinal(value, context.manner)))


def _size(found: re.Match[str], context: Context) -> Said:
    """2XL, XXL, XS: no numeral is written so."""
    return spelled(found[0]) if found[0] != "XS" or SIZED.search(context.before) else None


def _staged(found: re.Match[str], context: Context) -> Said:
    """Stage IVb, class IIB: a numeral with a letter of its own."""
    value = numbers.roman(found[1])
    is_row = context.follows(STAGED) or ROW_BEFORE.search(context.before)
    return f"{numbers.cardinal(value, context.manner)} {spelled(found[2])}" if value and is_row else None


def _both(found: re.Match[str], context: Context) -> Said:
    first, last = numbers.roman(found[1]), numbers.roman(found[2])
    if not first or not last or not context.follows(AFTER):
        return None
    return f"{numbers.cardinal(first, context.manner)} và {numbers.cardinal(last, context.manner)}"


def _alone(found: re.Match[str], context: Context) -> Said:
    """A single I, V, X that no word before it explains: a number, or a letter."""
    if (
        found[0] in "L"
        or _among_capitals(found, context)
        or re.match(r"[.&-]", context.text[context.end : context.end + 1])
    ):
        return None
    return Asked((numbers.cardinal(numbers.roman(found[0]) or 0, context.manner),)) if found[0] in "IVX" else None


def _among_capitals(found: re.Match[str], context: Context) -> bool:
    line = (
        context.text[max(0, context.start - 24) : context.start].rpartition("\n")[2]
        + context.text[context.end : context.end + 24].partition("\n")[0]
    )
    return not re.search(rf"[{SMALL}]", line)


def _of_a_year(found: re.Match[str], context: Context) -> Said:
    value = numbers.roman(found[1])
    if value is None or not context.follows(AFTER):
        return None
    return f"{numbers.cardinal(value, context.manner)} năm {numbers.cardinal(int(found[2]), context.manner)}"


def _section(found: re.Match[str], context: Context) -> Said:
    value = numbers.roman(found[1])
    if value is None or not context.follows(AFTER):
        return None
    return f"{numbers.cardinal(value, context.manner)} chấm {numbers.cardinal(int(found[2]), context.manner)}"


def _range(found: re.Match[str], context: Context) -> Said:
    first, last = numbers.roman(found[1]), numbers.roman(found[2])
    if not first or not last or first >= last or not context.follows(AFTER):
        return None
    return f"{numbers.cardinal(first, context.manner)} đến {numbers.cardinal(last, context.manner)}"


def _ordinal(found: re.Match[str], context: Context) -> Said:
    return f"{found[1]} {numbers.ordinal(int(found[2]), context.manner)}"


def _glued(found: re.Match[str], context: Context) -> Said:
    """HKI, BĐIII: an abbreviation with its numeral written against it."""
    return f"{GLUED[found[1]]} {numbers.cardinal(numbers.roman(found[2]) or 0, context.manner)}"


RULES: tuple[Rule, ...] = (
    rule(
        "roman",
        "glued",
        rf"(?<![\w.,/])({'|'.join(GLUED)})(III|II|I|IV|V)(?![\w])",
        _glued,
        needs="[IV]",
        ignore_case=False,
    ),
    rule("letter", "size", r"(?<![\w.,&-])(?:X{2,4}L|[2-6]XL|XS)(?![\w&])", _size, needs="X", ignore_case=False),
    rule(
        "roman",
        "staged",
        r"(?<![\w.,&-])(II|III|IV|VI{1,3}|IX|I(?=[abAB])|V(?=[abc])|X(?=[abc]))([a-dA-D])(?![\w&])",
        _staged,
        needs="[IVX]",
        ignore_case=False,
    ),
    rule(
        "roman",
        "both",
        r"(?<![\w.,/-])([IVX]{1,5}) ?[+&] ?([IVX]{1,5})(?![\w/])",
        _both,
        needs="[IVX] [+&]",
        ignore_case=False,
    ),
    rule("ordinal", "ordinal", r"(?<!\w)(thứ) (\d{1,3})(?!\w|[.,]\d)", _ordinal, needs=r"\d ứ"),
    rule(
        "roman",
        "of-a-year",
        rf"(?<![\w.,/-])({ONE}) ?[/-] ?((?:19|20)\d\d)(?![\w/])",
        _of_a_year,
        ignore_case=False,
        needs=r"\d [IVXL]",
    ),
    rule(
        "roman",
        "section",
        rf"(?<![\w.,/-])({ONE})\.(\d{{1,2}})(?!\w|[.,]\d)",
        _section,
        ignore_case=False,
        needs=r"\d [IVXL] \.",
    ),
    rule("roman", "range", rf"(?<![\w.,/-])({ONE}) ?[-–] ?({ONE})(?![\w/])", _range, needs="[IVXL]", ignore_case=False),
    rule(
        "roman", "numeral", rf"(?<![\w.,/&-]){ONE}(?![\w&]|/\w|-\w|\.\w)", _numeral, needs="[IVXL]", ignore_case=False
    ),
)
