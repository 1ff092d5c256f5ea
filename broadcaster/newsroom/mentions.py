"""Where a text names something, and whether the sentence speaks of the past, when an old name or document may rightly be named.

The rule for editors. A name of another time may stand in a sentence that

- says so beside it: “huyện Cát Hải cũ”, “thị trấn Cát Bà trước đây”, “huyện Cát Hải, nay là đặc khu Cát Hải”;
- says so before it, without a colon, a semicolon, “nay” or “hiện tại” between: “trước đây là huyện Cát Hải”, “đổi tên từ Ngày Sách Việt Nam”;
- or dates itself: it gives a day, month or year (“ngày 20/02/2020”, “tháng 4 năm 2020”, “năm 2020”, “trước ngày 01/7/2025”) on which the name held,
  and all days that it gives are over on the day of airing.

A document that is not in force may be cited where the sentence says before it that something replaces or ends it
(“thay thế Quyết định 89/QĐ-TTg”), or after it that it has ended (“… đã hết hiệu lực”). A date says nothing of that: every citation has one.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from broadcaster.types import DatedName

PAST_BEFORE = re.compile(
    r"\b(trước đây|trước kia|tên (gọi )?cũ|tiền thân|nguyên là|từng (là|thuộc|mang tên|có tên|gọi là)|(đổi|chuyển) (tên )?từ|"
    r"thay thế|thay cho|khi đó|hồi đó|hồi ấy|ngày ấy|năm xưa|thời đó|trước khi (trở thành|sắp xếp|sáp nhập|đổi tên))\b"
    r"(?!.*([;:]|\bnay\b|\bhiện tại\b))|\b(sáp nhập|hợp nhất|sắp xếp|giải thể)\s+(\w+\s+){0,2}$",
    re.IGNORECASE | re.DOTALL,
)
PAST_AFTER = re.compile(
    r"[\s,(“”\"]*(cũ\b|(\w+\s+){0,2}?(trước đây|trước kia|khi đó|hồi đó|ngày ấy|năm xưa|nay là|nay thuộc|đổi (tên )?thành|chuyển thành|"
    r"trở thành (đặc khu|xã|phường|thị trấn|thị xã|thành phố|khu vực)|sáp nhập|hợp nhất|giải thể|kết thúc hoạt động)\b)",
    re.IGNORECASE,
)
ENDED_BEFORE = re.compile(r"\b(thay thế|thay cho|bãi bỏ|trước đây|trước kia|kế thừa|tiếp nối)\b", re.IGNORECASE)
ENDED_AFTER = re.compile(
    r"\b((được|bị) (thay thế|thay bằng|bãi bỏ)|hết hiệu lực|không còn hiệu lực|đã kết thúc|trước đây|trước kia)\b|^\s*\(?cũ\b",
    re.IGNORECASE,
)
TO_COME = re.compile(
    r"\b(có hiệu lực (thi hành )?(kể )?từ|sẽ (có hiệu lực|thay thế|được ban hành)|dự kiến|dự thảo)\b", re.IGNORECASE
)
DATED = re.compile(
    r"(?P<before>\btrước\s+)?(?:"
    r"(?:ngày\s+)?\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})\b(?![/-])|"
    r"ngày\s+(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})\b|"
    r"tháng\s+(?P<m3>\d{1,2})(?:\s+năm\s+|/)(?P<y3>\d{4})\b|"
    r"năm\s+(?P<y4>\d{4})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """One of the sought names, as `name`, at `start`–`end` of `sentence`; `span` is where that lies in the whole text."""

    name: str
    sentence: str
    start: int
    end: int
    span: tuple[int, int]


def mentions(text: str, names: Collection[str]) -> Iterator[Mention]:
    """Where `text` holds one of `names`, whatever their capitals and line breaks; of names within names only the longest."""
    pattern, meant = _sought(tuple(sorted(names)))
    for begin, sentence in _sentences(text) if meant else ():
        for found in pattern.finditer(sentence):
            name = meant.get(_plain(found[0]))  # None: İ, which the pattern takes for an i
            if name is not None:
                span = (begin + found.start(), begin + found.end())
                yield Mention(name, sentence, found.start(), found.end(), span)


def of_the_past(mention: Mention, names: Collection[DatedName], day: date) -> bool:
    """Whether the sentence says, for a hearer on `day`, that it means a time when one of `names` held (the rule above)."""
    before, after = mention.sentence[: mention.start], mention.sentence[mention.end :]
    if PAST_BEFORE.search(before) or PAST_AFTER.match(after):
        return True
    dated = list(_days(mention.sentence))
    return (
        bool(dated)
        and all(last < day for _, last in dated)
        and any(_holds_within(name, first, last) for name in names for first, last in dated)
    )


def as_ended(mention: Mention) -> bool:
    """Whether the sentence says of a document that it has been replaced or has ended."""
    return bool(
        ENDED_BEFORE.search(mention.sentence[: mention.start]) or ENDED_AFTER.search(mention.sentence[mention.end :])
    )


def as_coming(mention: Mention) -> bool:
    """Whether the sentence says of a document that it is not yet in force."""
    return bool(TO_COME.search(mention.sentence))


@lru_cache(maxsize=16)
def _sought(names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    longest_first = sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(_way(name) for name in longest_first), re.IGNORECASE)
    return pattern, {_plain(name): name for name in longest_first}


def _way(name: str) -> str:
    """Whole words only; a document's number also never as a part of a longer one, as 89/QĐ-TTg is of 1089/QĐ-TTg."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    if any(sign.isdigit() for sign in name):
        return rf"(?<![\w/]){words}(?![\w/]|-\w)"
    return rf"(?<!\w){words}(?!\w)"


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for found in re.finditer(r"(?<=[.!?…])[\s”\"]+(?=\S)|\n\s*\n|\n\s*(?=[-•])", text):
        yield begin, text[begin : found.start()]
        begin = found.end()
    yield begin, text[begin:]


def _days(sentence: str) -> Iterator[tuple[date, date]]:
    """The stretches of days that the sentence names; of “trước ngày …” the day before."""
    for found in DATED.finditer(sentence):
        year = int(found["y"] or found["y2"] or found["y3"] or found["y4"])
        month = int(found["m"] or found["m2"] or found["m3"] or 0)
        day = int(found["d"] or found["d2"] or 0)
        try:
            first = date(year, month or 1, day or 1)
            following = first if day else date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
        except ValueError:
            continue
        if found["before"]:
            yield first - timedelta(days=1), first - timedelta(days=1)
        else:
            yield first, first if day else following - timedelta(days=1)


def _holds_within(name: DatedName, first: date, last: date) -> bool:
    return (name.since is None or name.since <= last) and (name.until is None or first <= name.until)
