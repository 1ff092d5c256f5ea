"""What is left: bare numbers, single letters, signs between words."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import NAMES, spelled
from broadcaster.studio.reading.rules.amounts import SPACED, N, amount
from broadcaster.studio.reading.rules.each import BEFORE_PER
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, behind, rule

SERIAL = behind(
    "đề án|chỉ thị|nghị quyết|nghị định|quyết định|thông tư|kế hoạch|chương trình|công văn|công điện|mẫu|số|biểu|biểu mẫu|phụ lục|kết luận|quy định|hướng dẫn|dự án|phương án|lô|thửa|mã|thông báo|nq|kh|qđ|ct|nđ|đa|kl|hd"
)
SECTION = behind("mục|bảng|hình|điểm|tiểu mục|phần|chương|bài|tiết|biểu|phụ lục|sơ đồ|biểu đồ")
SIGNS = {
    "&": "và",
    "+": "cộng",
    "=": "bằng",
    "≥": "lớn hơn hoặc bằng",
    "≤": "nhỏ hơn hoặc bằng",
    ">": "lớn hơn",
    "<": "nhỏ hơn",
    "~": "khoảng",
    "≈": "khoảng",
    "±": "cộng trừ",
}
COUNTED_BEFORE = re.compile(r"(?<!\d )\d[\d.,]* ?[^\d.,;:!?()]{1,16}$")
FROM_BEFORE = re.compile(r"(?<!\w)từ (?!\w+ đến )[^,.;:\d–-]{2,28}$")
NAME_AHEAD = re.compile(rf"(?:tỉnh |huyện |xã |tháng |thứ )?[{CAPITALS}][{SMALL}]")
TIME_BEFORE = re.compile(
    r"(?:\d ?(?:h|giờ)|\d[h:]\d\d|(?:ngày|mùng|mồng) \d[\d/.]*(?: tết)?|\d/\d{1,2}(?:/\d{4})?|tháng (?:\d+|giêng|chạp)(?:/\d{4})?|năm \d+|"
    r"thứ (?:hai|ba|tư|năm|sáu|bảy)(?: \(.*\))?)$"
)
TIME_AHEAD = re.compile(
    r"\d{1,2} ?(?:h|giờ)|\d\d?:\d\d|\d{1,2}/\d|(?:ngày|tháng|năm|mùng|mồng) \d|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|\d{1,2} tháng|(?:ngày )?\d{1,2}/"
)
MEASURED = ahead("điểm|phần trăm|lần|độ|độ richter|người|con|nghìn|tuổi|trẻ")
MARKED = re.compile(
    r"(?<!\w)(?:điểm|điểm chuẩn|trung bình|bình quân|hệ số|magnitude|ph|độ ph|nồng độ|chỉ số|thị lực)(?: là|:| đạt)* ?$"
)
"""Beside these a point is a decimal comma."""
CHAIN = re.compile(r"(?P<lead>(?:đến )?từ) (?P<chain>[^\W\d_]+(?:-[^\W\d_]+)*)$", re.IGNORECASE)
"""Words joined by hyphens alone, right after “từ”."""
AGE_BEFORE = re.compile(r"(?<!\w)từ \d{1,3} ?(?:ngày|tuần|tháng|năm)?(?: tuổi)?$")
AGE_AHEAD = re.compile(r"\d{1,3} ?(?:ngày|tuần|tháng|năm)? ?(?:tuổi)?")
FROM_SO_MUCH = re.compile(r"(?<!\w)từ \d[\d.,]* ?[^\W\d_]{1,6}(?: [^\W\d_]{1,6})?$")
MATCH_BEFORE = re.compile(r"(?<!\w)(?:kết quả|trận|tỷ số|tỉ số|gặp|bán kết|chung kết|tứ kết|cặp)(?!\w)[^.;]*$")
"""Between two who play against each other a dash is a pause."""
KIND_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{1,8}) ?(?:\d[\d.,+]*|(?<= )[ivx]{1,4})$")
RATED = re.compile(r"(?<!\w)(?:ocop|khách sạn|xếp hạng|hạng|chuẩn|đạt|sản phẩm)(?!\w)[^.;]{0,16}\d$")
ACCOUNT_BEFORE = re.compile(
    r"(?<!\w)(?:tài khoản|stk|số tk|tk|chuyển khoản|ck|mã số|mã|số thẻ|cccd|căn cước)(?!\w)[^.;\d]{0,40}$"
)
PHONE_AHEAD = re.compile(r"\(?[0+]\d{2}|1[89]00")
NOUN_AHEAD = re.compile(r" [^\W\d_]")


def _zero(found: re.Match[str], context: Context) -> Said:
    if context.follows(SERIAL) or not (NOUN_AHEAD.match(context.after) or len(found[0]) == 2):
        return numbers.digits(found[0])
    return numbers.cardinal(int(found[0]), context.manner)


def _gaps(found: re.Match[str], context: Context) -> Said:
    return numbers.written(found[0].replace(" ", "."), context.manner) if NOUN_AHEAD.match(context.after) else Asked()


def _account(found: re.Match[str], context: Context) -> Said:
    """Digits in groups that are no thousands: of an account one by one, else asked."""
    if re.fullmatch(SPACED, found[0]):
        return None
    if ACCOUNT_BEFORE.search(context.before):
        return numbers.digits(found[0])
    return Asked((numbers.digits(found[0]),)) if found[0].count(" ") > 1 else None


def _number(found: re.Match[str], context: Context) -> Said:
    text = found[0]
    if "." in text and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        whole, _, part = text.partition(".")
        if (len(whole) > 1 and whole[0] == "0") or len(part) > 4 or "," in part or _may_be_day(whole, part, context):
            return Asked()
        sign = "phẩy" if context.precedes(MEASURED) or MARKED.search(context.before) else "chấm"
        return f"{numbers.cardinal(int(whole), context.manner)} {sign} {numbers.decimals(part, context.manner)}"
    return amount(text, context)


def _may_be_day(whole: str, part: str, context: Context) -> bool:
    """10.10 and 2.09 may be days; 4.7 and 2.1 hardly are, without a word of time before them."""
    is_month = part in ("10", "11", "12") or (part[0] == "0" and len(part) == 2 and part != "00")
    return is_month and 0 < int(whole) <= 31 and not context.follows(SECTION)


def _initials(found: re.Match[str], context: Context) -> Said:
    ends = found[0].endswith(".") and not context.after.strip()
    return spelled(found[0]) + ("." if ends else "")


def _letter(found: re.Match[str], context: Context) -> Said:
    return "y" if found[0] == "Y" else NAMES.get(found[0].lower())


def _is_stretch(context: Context) -> bool:
    """From one time to another, or from one numbered thing to another of its kind: “tổ 1 - tổ 5”."""
    if MATCH_BEFORE.search(context.before):
        return False
    if context.text[context.start : context.end].strip() != context.text[context.start : context.end] and (
        TIME_BEFORE.search(context.before) and TIME_AHEAD.match(context.after)
    ):
        return True
    kind = KIND_BEFORE.search(context.before)
    return (
        kind is not None and re.match(rf" ?{re.escape(kind[1])} ?(?:\d|[ivx]{{1,4}}(?!\w))", context.after) is not None
    )


def _chained(context: Context) -> str:
    """After “từ”: “name” for Buôn-Ma-Thuột, “asked” for two words that may be one name or two, "" for anything else."""
    left = context.text[max(0, context.start - 64) : context.start].rpartition("\n")[2]
    found = CHAIN.search(left)
    if not found:
        return ""
    right = re.match(r"\S*", context.text[context.end : context.end + 64])
    count = found["chain"].count("-") + (right[0].count("-") if right else 0) + 2
    return "name" if count > 2 or found["lead"].lower().startswith("đến") else "asked"


def _between_words(found: re.Match[str], context: Context) -> Said:
    """Between names after “từ” it is said đến, else it is a pause, or nothing where no space stands beside it."""
    if " " not in found[0] and (chained := _chained(context)):
        return " " if chained == "name" else Asked((" đến ", " "))
    if AGE_BEFORE.search(context.before) and AGE_AHEAD.match(context.after):
        return " đến "
    if FROM_BEFORE.search(context.before) and NAME_AHEAD.match(context.text, context.end):
        return " đến "
    if _is_stretch(context):
        return " đến "
    return ", " if " " in found[0] else " "


def _dash(found: re.Match[str], context: Context) -> Said:
    """A dash before a number, after another number with its noun: up to, or just a pause."""
    if _is_stretch(context) or FROM_SO_MUCH.search(context.before):
        return " đến "
    if (
        COUNTED_BEFORE.search(context.before)
        and not context.before.endswith(("bắc", "đông"))
        and not PHONE_AHEAD.match(context.after)
    ):
        return Asked(("đến", ","))
    return ", "


def _sign(found: re.Match[str], context: Context) -> Said:
    return f" {SIGNS[found[1]]} "


def _stars(found: re.Match[str], context: Context) -> Said:
    return " sao" if RATED.search(context.before) else None


INITIALS: tuple[Rule, ...] = (
    rule(
        "letter",
        "initials",
        r"(?<![\w.])(?:[A-ZĐ]\. ?){1,4}(?:[A-ZĐ](?!\w)\.?|(?<=[A-ZĐ]\.[A-ZĐ]\.)(?!\w))",
        _initials,
        needs=r"[A-ZĐ]\.",
        ignore_case=False,
    ),
)
RULES: tuple[Rule, ...] = (
    rule("unit", "stars", r"(?<=\d) ?(?:\*|sao)(?!\w)", _stars, needs=r"\d [*s]"),
    rule("ordinal", "crossroads", r"(?<=ngã )4(?!\w|[.,]\d)", lambda f, c: "tư", needs=r"4 ã"),
    rule(
        "unit",
        "diameter",
        r"(?<!\w)[ØøΦφ] ?(\d{1,4})(?![\w/]|[.,-]\d)",
        lambda f, c: f"phi {numbers.cardinal(int(f[1]), c.manner)}",
        needs=r"\d [ØøΦφ]",
    ),
    rule(
        "digits",
        "account",
        r"(?<![\w.,/-])(?<!\d )\d{2,6}(?: \d{2,6}){1,5}(?![\w/]|[.,-]\d| \d)",
        _account,
        needs=r"\d",
    ),
    rule("cardinal", "gaps", rf"(?<![\w.,/-]){SPACED}(?!\w|{BEFORE_PER}|[.,]\d| \d)", _gaps),
    rule("cardinal", "leading-zero", r"(?<![\w,/-])(?<!\d\.)0\d{1,5}(?![\w/%]|[.,]\d|-\d)", _zero, needs=r"0"),
    rule("cardinal", "number", rf"(?<![\w,/-])(?<!\d\.)(?:{N})(?!\w|{BEFORE_PER}|[.,]\d|-\d)", _number),
    rule("unit", "sign", r"(?:(?<=\w) ?|(?<=[\s(])|^)([&+=≥≤<>~≈±]) ?(?=[\w])", _sign, needs="[&+=≥≤<>~≈±]"),
    rule(
        "letter",
        "capital",
        r"(?<![\w.&/-])[A-ZĐÂÊÔƠƯĂ](?![\w&'/-]|\.\w)",
        _letter,
        needs="",
        words="abcdefghijklmnopqrstuvwxyzđâêôơưă",
        ignore_case=False,
    ),
    rule("unit", "times", r"(?<=[\w%²³]) [x×] (?=\d|rộng|dài|cao|dày|sâu)", lambda f, c: " nhân ", needs=r"\d [x×]"),
    rule("hyphen", "all-of-them", r"(?<=[^\W\d_])/(?=[^\W\d_]|\d+[A-ZĐ](?!\w))", lambda f, c: ", ", needs="/"),
    rule(
        "hyphen",
        "between-words",
        r"(?<=[\w).,\"%²³]) ?[-–] ?(?=[^\W\d_\"(])",
        _between_words,
        needs="[-–]",
    ),
    rule("hyphen", "before-a-number", r"(?<=[\w)\"%²³]) [-–] (?=\d)", _dash, needs=r"\d [-–]"),
)
