"""Short forms of address before a name: “a. Tuấn”, “c. Hoa”, “ô./b.”; told from the letters of a list by what stands beside them."""

import re

from broadcaster.studio.reading.letters import NAMES
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

TITLES = {"a": "anh", "b": "bà", "c": "chị", "e": "em", "ô": "ông"}
NAME = rf"[{CAPITALS}][{SMALL}]+(?: [{CAPITALS}][{SMALL}]*)*"
CONTACT = behind(
    "liên hệ|liên hệ với|lh|gặp|gọi|gọi cho|hỏi|alo|báo|báo cho|báo với|mời|kính mời|kính gửi|gửi|nhờ|của|cho|cùng|với|nhà|gia đình|hộ|quán|"
    "zalo|sđt|đt|cảm ơn|thay|thăm|do|tang|chúc mừng|kèm theo|vợ chồng|vợ|chồng|con|cạnh nhà|đại lý|tiệm|cửa hàng|xe của|ruộng|đất"
)
ROW_BEFORE = re.compile(
    rf"(?<!\w)(?:[Aa]nh|[Cc]hị|[ÔôCc]ông|[Bb]à|[Ôô]ng|[Cc]ô|[Cc]hú|[Bb]ác|[Ee]m|[Cc]ụ|[Đđ]/c|[abceôABCEÔ]\.) ?{NAME}(?: \([^)]*\))?(?:,| và| hoặc| -| –| &|/| \+|, và) ?$"
)
CALLED = re.compile(rf"{NAME}(?: ?\([^)\n]*\))?[ :,–-]*(?:(?i:sđt|đt|zalo|số|điện thoại)[ :.]*)?\(?(?:0|\+84)\d")
"""A name with its phone."""
FULL = re.compile(
    rf"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đào|Mai|Lương|Hà|Lò|Vàng|Giàng|Hà|Cao|Tạ|Châu|Thạch|Sơn|Kim) [{CAPITALS}][{SMALL}]+"
)
LETTERED = behind(
    "điểm|mục|khoản|tiết|ý|phần|câu|nhóm|loại|lớp|khối|tổ|lô|khu|dãy|tòa|đáp án|vitamin|gan|cúm|bảng|hạng|đội|nhà|hình|cột|văn|thị"
)
"""Before a letter that is none of a person."""
ALONE = re.compile(rf"{NAME}(?= *(?:[,;.(–-]|$))")
"""A name, or a word, with nothing after it."""
LISTED = re.compile(r"(?:^|[;:.]) *$")
"""Where the letter of a list may stand."""


def _title(found: re.Match[str], context: Context) -> Said:
    """A title where somebody is met, called or named with others; where a list may go on, the letter; else it is asked."""
    letter = found["letter"].lower()
    if letter != "ô" and context.follows(LETTERED) and not CALLED.match(context.text, context.end):
        return None
    left = context.text[max(0, context.start - 64) : context.start].rpartition("\n")[2]
    title = f"{TITLES[letter]} "
    if CALLED.match(context.text, context.end) or context.follows(CONTACT) or ROW_BEFORE.search(left):
        return title
    if letter == "ô":
        return (
            title if re.search(r"(?:^|[,;:(]) *$", left) or FULL.match(context.text, context.end) else Asked((title,))
        )
    if found["letter"].isupper():
        return None
    if not LISTED.search(left):
        return Asked((title, NAMES[letter]))
    if FULL.match(context.text, context.end) or (left and ALONE.match(context.text, context.end)):
        return Asked((f"{NAMES[letter]},", title))
    return f"{NAMES[letter]}, " if left.strip() else None


RULES: tuple[Rule, ...] = (
    rule(
        "abbr",
        "of-both",
        r"(?<![\w.])(?:[ÔôOo]\. ?/ ?[Bb]\.?|[Ôô]/[Bb]\.|[Ôô]\.[Bb]\.)(?![\w])",
        lambda f, c: "ông bà",
        needs=r"[ÔôOo]\.|/[Bb]",
        ignore_case=False,
    ),
    rule(
        "abbr",
        "sir",
        r"(?<![\w./-])[Ôô]\. ?(?=(?:bà|trưởng|phó|chủ|bí thư|giám đốc|hiệu trưởng)(?!\w)|[A-ZĐ]{2})",
        lambda f, c: "ông ",
        needs=r"[Ôô]\.",
        ignore_case=False,
    ),
    rule(
        "abbr",
        "of-both-young",
        r"(?<![\w.])[Aa]\. ?/ ?[Cc]\.?(?!\w)",
        lambda f, c: "anh chị",
        needs=r"[Aa] \. /",
        ignore_case=False,
    ),
    rule(
        "abbr",
        "title",
        rf"(?<![\w./-])(?P<letter>[abceôABCÔ])\. ?(?=[{CAPITALS}][{SMALL}])",
        _title,
        needs=r"[abceôABCÔ]\.",
        ignore_case=False,
    ),
)
