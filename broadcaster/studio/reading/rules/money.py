"""Money: sums repeated in words, signs of currencies, thousands in short."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.amounts import N, amount
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, rule

NO_MONEY = ahead("đồng|lượt|người|view|like|follow|bình luận|cổ động viên|thành viên|bước|pixel")
CURRENCIES = {"$": "đô la mỹ", "€": "ơ rô", "£": "bảng anh", "¥": "yên nhật"}


def _dollars(found: re.Match[str], context: Context) -> Said:
    number = amount(found["number"], context)
    scale = f" {found['scale']}" if found["scale"] else ""
    return number if isinstance(number, Asked) else f"{number}{scale} {CURRENCIES[found['sign']]}"


def _thousands(found: re.Match[str], context: Context) -> Said:
    if int(found["number"].partition(",")[0]) < 10:
        return None
    said = f"{numbers.written(found['number'], context.manner)} {context.manner.thousand}"
    low = f"{numbers.written(found['low'], context.manner)} đến " if found["low"] else ""
    return f"{low}{said}{'' if context.precedes(NO_MONEY) else ' đồng'}"


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
    ),
    rule(
        "money",
        "sign-before",
        rf"(?P<sign>[$€£¥]) ?(?P<number>{N})(?: (?P<scale>triệu|tỷ|nghìn))?(?![\w/]|[.,]\d)",
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
        "thousands",
        r"(?<![\w.,/])(?:(?P<low>\d{1,3}) ?[kK]? ?[-–] ?)?(?P<number>\d{1,3}(?:,5)?)[kK](?!\w)",
        _thousands,
        ignore_case=False,
    ),
)
