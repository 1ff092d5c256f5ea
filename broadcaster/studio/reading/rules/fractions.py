"""Shares, scales and scores: told apart by the words beside them."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.nouns import COUNTED, COUNTED_WORDS, OF_A_WHOLE, SHARE_BEFORE, TO_SCALE
from broadcaster.studio.reading.token import Context, Rule, Said, ahead, behind, rule

SCORE_BEFORE = behind(
    "thắng|thua|hòa|hoà|tỷ số|tỉ số|dẫn|dẫn trước|gỡ hòa|với kết quả|kết quả|chung cuộc|đè bẹp|cầm hòa|hạ|thắng đậm|thắng sát nút|thua ngược|luân lưu"
)
SCORE_NEAR = re.compile(
    r"(?<!\w)(?:thắng|thua|hòa|tỷ số|tỉ số|dẫn trước|trận đấu|chung kết|bán kết|tứ kết|kết quả|hiệp|séc|set|ván)(?!\w)[^.;]{0,40}$"
)
ELECTED = re.compile(
    r"(?<!\w)(?:bầu|trúng cử|có mặt|vắng mặt|dự họp|tham dự|tham gia|biểu quyết|đồng ý|hạng|bậc|loại|thương binh|bệnh binh)(?!\w)[^.;\d]{0,20}$"
)
"""Before so many of so many persons, and before ranks."""
SIGHT = re.compile(r"(?<!\w)(?<!thời )(?<!địa )(?<!cao )điểm $|(?<!\w)(?:thị lực|mắt (?:trái|phải))(?!\w)[^.;]{0,30}$")
EASY = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))
OF_MANY = ahead(
    "đảng viên|hội viên|đoàn viên|thành viên|cử tri|công dân|hộ|phụ nữ|thanh niên|cán bộ|gia đình|thời gian"
)
"""Those who are many: a third of them, where “2/3 thôn” is two of three."""
PRESENT = re.compile(
    r" (?:ủy viên|đại biểu|thành viên|đồng chí|phiếu)(?:(?! số)[^.;,]){0,24} (?:có mặt|dự|dự họp|đồng ý|tán thành|nhất trí|biểu quyết)(?!\w)"
)
"""So many of so many who were there, or agreed."""
SCHOOLING = re.compile(r"(?<!\w)(?:trình độ|văn hóa|học vấn|học hết|tốt nghiệp|lớp|tđvh|tđhv)(?: là|:| hết| lớp)* ?$")
PER_DOSE = behind("huyết áp|thị lực|mắt")


def _share(found: re.Match[str], context: Context) -> Said:
    low, high = (int(found[key].replace(".", "")) for key in ("low", "high"))
    if high == 0:
        return None
    parts = (
        low < high <= 10
        and not ELECTED.search(context.before)
        and not SIGHT.search(context.before)
        and not context.follows(TO_SCALE)
        and not context.follows(PER_DOSE)
    )
    if context.precedes(COUNTED) and not context.precedes(OF_A_WHOLE):
        parts = parts and (low, high) in EASY and context.precedes(OF_MANY)
    if PRESENT.match(context.after):
        parts = False
    if parts and high == 4:
        return f"{numbers.cardinal(low, context.manner)} phần tư"
    said = (numbers.cardinal(number, context.manner) for number in (low, high))
    return (" phần " if parts else " trên ").join(said)


def _known_share(found: re.Match[str], context: Context) -> Said:
    is_share = (
        context.precedes(COUNTED)
        or context.precedes(OF_A_WHOLE)
        or context.follows(SHARE_BEFORE)
        or context.follows(TO_SCALE)
    )
    low, high = (int(found[key].replace(".", "")) for key in ("low", "high"))
    is_plain = context.follows(PER_DOSE) or high > 12 or low == high or context.precedes(re.compile(r" ?mmhg"))
    return _share(found, context) if is_share or is_plain or low < high else None


def _schooling(found: re.Match[str], context: Context) -> Said:
    """“Trình độ văn hóa 12/12”: so many classes of all there are."""
    if not SCHOOLING.search(context.before) or int(found["low"]) > int(found["high"]):
        return None
    return " trên ".join(numbers.cardinal(int(found[key]), context.manner) for key in ("low", "high"))


def _score(found: re.Match[str], context: Context) -> Said:
    if not context.follows(SCORE_BEFORE) and not SCORE_NEAR.search(context.before):
        return None
    if not context.follows(SCORE_BEFORE) and context.precedes(COUNTED):
        return None
    return f"{numbers.cardinal(int(found[1]), context.manner)} {numbers.cardinal(int(found[2]), context.manner)}"


SCORES: tuple[Rule, ...] = (
    rule(
        "score",
        "score",
        r"(?<![\w.,/-])(\d{1,2}) ?[-–] ?(\d{1,2})(?![\w/%]|[.,-]\d| ?(?:%|độ|kg|triệu))",
        _score,
        needs=r"\d [-–]",
    ),
    rule(
        "fraction",
        "schooling",
        r"(?<![\w.,/-])(?P<low>\d{1,2})/(?P<high>10|12)(?![\w/%]|[.,-]\d)",
        _schooling,
        needs=r"\d /",
    ),
)


def _pressure(found: re.Match[str], context: Context) -> Said:
    high, low = (numbers.cardinal(int(found[number]), context.manner) for number in (1, 2))
    return f"{high} trên {low} mi li mét thủy ngân"


def _mark(found: re.Match[str], context: Context) -> Said:
    return " trên ".join(numbers.written(part, context.manner) for part in found[0].split("/"))


RULES: tuple[Rule, ...] = (
    rule("fraction", "pressure", r"(?<![\w.,/-])(\d{2,3})/(\d{2,3}) ?mmHg(?!\w)", _pressure, needs=r"\d / H"),
    rule("fraction", "mark-of-few", r"(?<![\w.,/-])\d{1,3},\d{1,2}/\d{1,3}(?= điểm(?!\w))", _mark, needs=r"\d / ,"),
    rule(
        "fraction", "mark", r"(?<![\w.,/-])\d{1,3},\d{1,2}/(?:10|20|30|50|100)(?!\w|[.,/-]\d)", _mark, needs=r"\d / ,"
    ),
    rule(
        "fraction",
        "of-many",
        r"(?<![\w.,/-])\d{1,4}(?:,\d{1,2})?/\d{1,3}(?:\.\d{3})+(?!\w|[.,/-]\d)",
        _mark,
        needs=r"\d / \.",
    ),
    rule(
        "fraction",
        "of-so-many",
        rf"(?<![\w.,/])(?P<low>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,5}})/(?P<high>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,5}})(?= (?:{COUNTED_WORDS})(?!\w))",
        _share,
        needs=r"\d /",
    ),
    rule(
        "fraction",
        "share",
        r"(?<![\w.,/])(?P<low>\d{1,3}(?:\.\d{3})+|\d{1,5})/(?P<high>\d{1,3}(?:\.\d{3})+|\d{1,5})(?![\w/]|[.,]\d|-\d)",
        _known_share,
        needs=r"\d /",
    ),
)
