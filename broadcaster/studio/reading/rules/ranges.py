"""Ranges of plain numbers, and what stands between a word and a number in them."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.amounts import SCALES, N, amount
from broadcaster.studio.reading.rules.days import exists
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

NUMBERED = behind(
    "báo động|mức|từ|khoảng|tuổi|độ tuổi|lớp|khối|cấp|giật cấp|số|trang|điều|khoản|bài|tổ|thôn|khu|xóm|tuần|tiết|loại|hạng|mức|bậc|tập|đội|ấp|khu phố|tầng|dãy|"
    "lứa|các lứa|đợt|các đợt|khóa|trà|các tổ|các thôn|các xóm|các lớp|các khối|câu|chương|điểm|vòng|lượt|giai đoạn|quý|nhóm|hơn|gần|chừng|tối đa|ga|km|mạnh cấp|gió cấp|sóng cao|cao|thứ tự|kỳ|tiếp|còn"
)


def _range(found: re.Match[str], context: Context) -> Said:
    if re.search(r"\d ?[-–] ?$", context.before):
        return None
    low, high = amount(found["low"], context), amount(found["high"], context)
    if isinstance(low, Asked) or isinstance(high, Asked):
        return Asked()
    scale = found["scale"] or ""
    same_scale = not scale or re.match(rf" ?{scale}(?!\w)", context.after) is not None
    said = f"{low}{'' if same_scale else f' {scale}'} đến {high}"
    has_noun = bool(re.match(r" ?[^\W\d_]", context.after))
    if (
        not scale
        and _number(found["low"]) >= _number(found["high"])
        and not re.match(rf" ?(?:{SCALES})", context.after)
    ):
        return Asked()
    if has_noun and not context.precedes(re.compile(r" ?(?:và|của|hoặc|thì|là|tại|ở)(?!\w)")):
        return said
    return said if context.follows(NUMBERED) or not _may_be_day(found) else Asked((said, _as_day(found, context)))


def _number(text: str) -> float:
    text = re.sub(r"\.(?=\d{3}(?!\d))", "", text)
    return float(text.replace(",", ".")) if text.count(".") + text.count(",") < 2 else 0.0


def _may_be_day(found: re.Match[str]) -> bool:
    low, high = found["low"], found["high"]
    return low.isdecimal() and high.isdecimal() and 0 < int(low) <= 31 and 0 < int(high) <= 12 and exists(low, high)


def _as_day(found: re.Match[str], context: Context) -> str:
    return f"{numbers.cardinal(int(found['low']), context.manner)} tháng {numbers.cardinal(int(found['high']), context.manner)}"


def _below(found: re.Match[str], context: Context) -> Said:
    """“6 - <12” is from six to less than twelve."""
    low, high = amount(found["low"], context), amount(found["high"], context)
    return Asked() if isinstance(low, Asked) or isinstance(high, Asked) else f"{low} đến dưới {high}"


RULES: tuple[Rule, ...] = (
    rule(
        "range",
        "to-less-than",
        rf"(?<![\w.,/-])(?P<low>{N}) ?[-–] ?< ?(?P<high>{N})(?![\w/]|[.,-]\d)",
        _below,
        needs=r"\d <",
    ),
    rule(
        "range", "to-less-than-so-much", r"(?<=[\w%]) ?[-–] ?< ?(?=\d)", lambda f, c: " đến dưới ", needs=r"\d < [-–]"
    ),
    rule(
        "range", "to-words", r"(?<=\d) ?[-–] ?(?=(?:dưới|hết|cận|gần|trên) \d)", lambda f, c: " đến ", needs=r"\d [-–]"
    ),
    rule(
        "range",
        "numbers",
        rf"(?<![\w.,/-])(?P<low>{N})(?: (?P<scale>{SCALES}))? ?[-–] ?(?P<high>{N})(?![\w/]|[.,-]\d| ?[-–] ?\d)",
        _range,
        needs=r"\d [-–]",
    ),
)
