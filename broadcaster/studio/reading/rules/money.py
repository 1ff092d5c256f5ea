"""Money: sums repeated in words, signs of currencies, thousands in short."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.amounts import N, amount
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, behind, rule

NO_MONEY = ahead("đồng|lượt|người|view|like|follow|bình luận|cổ động viên|thành viên|bước|pixel")
DISTANCE = behind("chạy|chạy bộ|cự ly|cự li|đi bộ|đạp xe|giải chạy|đường chạy|bơi|chặng")
PRICE = behind("giá|vé|phí|mất|bán|mua|chỉ|còn|thu|nộp|đóng|góp|ủng hộ|tiền|quỹ|suất|từ|đến|tăng|giảm|thêm|trả|gồm|là")
PRICED_LINE = re.compile(r"\d ?(?:đ|đồng)(?!\w)|(?<!\w)(?:giá|vé|phí|tiền|bán)(?!\w)")
SCALE_OF = {"k": "nghìn", "tr": "triệu", "triệu": "triệu", "tỷ": "tỷ", "tỉ": "tỷ"}
SCALED = re.compile(
    r"(?P<whole>\d+(?:[.,]\d+)?)(?P<scale>k|tr|triệu|tỷ|tỉ)(?:(?P<rest>\d{1,3})(?P<thousands>k)?)?$", re.IGNORECASE
)
SHORT = r"\d{1,4}(?:tr|triệu|tỷ|tỉ)\d{1,3}k?"
SCALE = r"\d{1,4}(?:[.,]\d{1,2})?(?:k|tr|tỷ|tỉ)"
CURRENCIES = {"$": "đô la mỹ", "€": "ơ rô", "£": "bảng anh", "¥": "yên nhật"}


def _dollars(found: re.Match[str], context: Context) -> Said:
    number = amount(found["number"], context)
    scale = f" {found['scale']}" if found["scale"] else ""
    return number if isinstance(number, Asked) else f"{number}{scale} {CURRENCIES[found['sign']]}"


def _thousands(found: re.Match[str], context: Context) -> Said:
    if context.follows(DISTANCE):
        low = f"{numbers.written(found['low'], context.manner)} đến " if found["low"] else ""
        return f"{low}{numbers.written(found['number'], context.manner)} ki lô mét"
    is_small = int(found["number"].partition(",")[0]) < 10
    is_price = context.follows(PRICE) or context.after.startswith("/") or PRICED_LINE.search(context.before)
    if is_small and (found[0].endswith("K") or not is_price):
        return None
    said = f"{numbers.written(found['number'], context.manner)} {context.manner.thousand}"
    low = f"{numbers.written(found['low'], context.manner)} đến " if found["low"] else ""
    return f"{low}{said}{'' if context.precedes(NO_MONEY) else ' đồng'}"


def _short(found: re.Match[str], context: Context) -> Said:
    """1tr2, 3tr500k, 500k-1tr5: what stands behind the word of scale is its next part."""
    high = _sum(found["high"], context)
    low = found["low"]
    said = high
    if low:
        lowest = (
            _sum(low, context)
            if low[-1].isalpha() or SCALED.search(low)
            else _scaled_alike(low, found["high"], context)
        )
        said = f"{lowest} đến {high}"
    return f"{said}{'' if found['unit'] is None and context.precedes(NO_MONEY) else ' đồng'}"


def _sum(text: str, context: Context) -> str:
    found = SCALED.match(text)
    if not found:
        return str(amount(text, context))
    said = f"{amount(found['whole'], context)} {SCALE_OF[found['scale'].lower()]}"
    if not found["rest"]:
        return said.replace("nghìn", context.manner.thousand)
    rest = int(found["rest"].ljust(3, "0") if not found["thousands"] else found["rest"])
    below = "triệu" if found["scale"].lower() in ("tỷ", "tỉ") else context.manner.thousand
    return f"{said} {numbers.cardinal(rest, context.manner)} {below}" if rest else said


def _scaled_alike(low: str, high: str, context: Context) -> str:
    """1-1tr5 is from one million."""
    found = SCALED.match(high)
    return f"{amount(low, context)} {SCALE_OF[found['scale'].lower()]}" if found else str(amount(low, context))


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


RULES: tuple[Rule, ...] = (
    rule(
        "money",
        "in-words-beside",
        rf"(?<![\w.,/])(?P<number>{N}) ?(?:đồng|đ|vnđ|vnd) ?\((?:(?:số tiền )?(?:viết )?bằng chữ:? ?)?(?P<words>[^()\d]{{5,160}}?)[./ ]*\)",
        _repeated,
        needs=r"\d \(",
    ),
    rule(
        "money",
        "sign-before",
        rf"(?<!\w)(?:US ?)?(?P<sign>[$€£¥]) ?(?P<number>{N})(?: (?P<scale>triệu|tỷ|nghìn))?(?![\w/]|[.,]\d)",
        _dollars,
        needs="[$€£¥]",
    ),
    rule(
        "money",
        "sign-behind",
        rf"(?<![\w.,/])(?P<number>{N})(?: (?P<scale>triệu|tỷ|nghìn))? ?(?:US)?(?P<sign>[$€£¥])(?!\w)",
        _dollars,
        needs="[$€£¥]",
    ),
    rule(
        "money",
        "in-short-from-and-to",
        rf"(?<![\w.,/-])(?P<low>{SHORT}|{SCALE}) ?[-–] ?(?P<high>{SCALE})(?P<unit> ?(?:đồng|đ|vnđ)(?!\w))?(?!\w)",
        _short,
        needs=r"\d [-–] [kKrRỷỉ]",
    ),
    rule(
        "money",
        "in-short",
        rf"(?<![\w.,/-])(?:(?P<low>{SHORT}|{SCALE}|\d{{1,3}}) ?[-–] ?)?(?P<high>{SHORT})(?P<unit> ?(?:đồng|đ|vnđ)(?!\w))?(?!\w)",
        _short,
        needs=r"\d [rRỷỉ]",
    ),
    rule(
        "money",
        "thousands",
        r"(?<![\w.,/])(?:(?P<low>\d{1,3}) ?[kK]? ?[-–] ?)?(?P<number>\d{1,3}(?:,5)?)[kK](?!\w)",
        _thousands,
        ignore_case=False,
        needs=r"\d [kK]",
    ),
)
