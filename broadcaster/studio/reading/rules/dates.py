"""Dates with strokes, points and hyphens, and their ranges; by the words beside them told from shares, scores and numbers."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules import days
from broadcaster.studio.reading.rules.days import END, MUNG, START, D, M, Y, date, day, exists, month
from broadcaster.studio.reading.rules.nouns import (
    COUNTED,
    DAY_BEFORE,
    OF_A_WHOLE,
    PLACES,
    SHARE_BEFORE,
    TO_SCALE,
    WAYS,
)
from broadcaster.studio.reading.syllable import CAPITALS, SMALL
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, ahead, behind, rule

KNOWN_DAYS = (
    "8-9 5-6 9-1 3-2 14-2 27-2 8-3 20-3 26-3 10-3 21-4 23-4 25-4 30-4 1-5 7-5 15-5 19-5 1-6 5-6 28-6 27-7 28-7 19-8 2-9 5-9 1-10 2-10 10-10 14-10 15-10 "
    "20-10 9-11 18-11 20-11 1-12 22-12 10-12 24-12 25-12 26-12 31-12 1-1"
)
"""Days of the year that everybody knows: “Quốc khánh 2-9” is no score."""
ROW_BEFORE = re.compile(
    rf"(?:ngày|từ|sáng|chiều|tối|đêm|lễ|nghỉ|đợt|dịp|hạn|mừng|kỷ niệm)[ {SMALL}]{{0,14}} \d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{4}})?(?:,| và| đến| hoặc| ?[-–]|, và) ?(?:ngày )?$"
)
DAYS_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|đợt|từ) \d{1,2}(?:(?:,| và| &| đến|, và| ?[-–]) ?\d{1,2})*(?:,| và| &|, và| đến) $"
)
LUNAR_AHEAD = ahead(
    r"âm lịch|âl|al|dương lịch|\(?âm lịch\)?|hằng năm|hàng năm|năm nay|năm sau|năm ngoái|tới|này|vừa qua|hàng năm"
)
EVERY_MONTH = ahead(
    "hàng tháng|hằng tháng|mỗi tháng|của tháng|trong tháng|tháng|đầu tháng|cuối tháng|các tháng|hàng quý|hằng quý"
)
DEADLINE = re.compile(
    r"(?<!\w)(?:hạn|hạn chót|thời hạn|chậm nhất|muộn nhất|trễ nhất|hạn cuối|xong|hoàn thành|nộp|chốt|đăng ký|trình|báo cáo)(?!\w)[^.;]{0,40}(?<!\w)(?:là|:|chót|cuối|cùng|nhất|hạn|trước|vào) ?$|"
    r"(?<!\w)(?:chậm|muộn|trễ) nhất:? ?$"
)
"""Where a day is asked for."""
AT_ITS_END = re.compile(r" *(?:$|[.,;)!?]|(?:phải|để|sẽ|theo|tại|cho|về|và|nếu|bà con|các|mới|thì|qua|xã|ubnd)(?!\w))")
TO_ANOTHER_DAY = re.compile(
    r" ?(?:đến|tới|-|–) (?:hết )?(?:ngày )?(?:(?:1[3-9]|2\d|3[01])[-/]\d{1,2}(?![\w/%]|[.,]\d)|\d{1,2}[-/]\d{1,2}(?= *(?:$|[.;,)])))"
)
THIS_YEAR = ahead("hằng năm|hàng năm|năm nay|năm sau|năm ngoái|tới|này|vừa qua")
NAMED_BEFORE = re.compile(rf"\w[,]? [{CAPITALS}][{SMALL}]+ +$")
NAMED_DAY_BEFORE = re.compile(rf"(?:Ngày|Tết|Lễ|Quốc khánh|Quốc tế) [{CAPITALS}][^.;\d]{{2,70}}$")
ROW_OF_DAYS = re.compile(r"(?:ngày|lễ|nghỉ|sáng|chiều|tối|đêm)[^.;]{0,24}$")
WEEKDAY_BEFORE = re.compile(
    r"(?<!\w)(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?:sáng|trưa|chiều|tối|đêm|ngày) (?:mai|nay|qua|kia)|hôm nay|hôm qua)[ ,]*\(?(?:ngày )?$"
)
SHARE_AHEAD = re.compile(rf" ?(?:đến|tới|-|–|hoặc|và) \d{{1,2}}/\d{{1,2}}{OF_A_WHOLE.pattern}")
AGES = ahead("tuổi|tháng tuổi|ngày tuổi|tuần tuổi")
BORN = behind("sinh|sinh ngày|sn|mất|mất ngày|từ trần|hy sinh|hy sinh ngày|nhập ngũ|ngày sinh")
SINCE = behind("từ|kể từ|đến|trước|sau|vào|đến hết|tính đến")
"""Before a day; a share is hardly of so many parts as there are months from the sixth on."""
CLAUSE = ahead("giá|lương|mức|tiền|học sinh|nhân dân|nước|lao động|nhân viên|thu nhập|chi phí|ngân sách")
"""Words of a whole that as often begin what happens from a day on: “từ 1/3 giá vé tăng”."""
OLDEST, NEWEST = 45, (15, 35)
"""Years of two digits: from 45 on they are of the last century; those about our time are of ours, but for births and deaths."""
HEADED = re.compile(
    r"(?<!\w)(?:hạn(?: chót| cuối| cuối cùng| nộp| đăng ký)?|bù|(?:đợt|lần|buổi|ca|vòng|nhóm|thôn|tổ|xóm|khu|lớp|khối) \d[\d, và–-]*:|thời hạn|thời gian|ngày(?: cấp| họp| nộp| thi| khám| tiêm)?|sinh|khai mạc|bế mạc|khởi công|khai giảng|trước|xong trước)[: ]+$"
)
"""Heads of a line before a day: “Hạn: 5/10”."""
NUMBERED = behind(
    "nhánh|trạm biến áp|tba|cột|lộ|tủ|km|căn|tờ|thửa|lô|ki ốt|phòng|giường|bài|trang|mức|kỳ|câu|mã|hộp|quyển"
)
"""Before these two numbers are hardly a day."""
RANKED = behind("bậc|hạng|loại|thương binh|bệnh binh|mất sức|thương tật")
RANKED_ROW = re.compile(
    r"(?<!\w)(?:hạng|loại|thương binh|bệnh binh) \d/\d(?:(?:,| và| hoặc) (?:hạng )?\d/\d)*(?:,| và| hoặc) (?:hạng )?$"
)
OF_SIGHT = re.compile(
    r"(?<!\w)(?<!thời )(?<!địa )(?<!cao )(?<!giao )(?<!trọng )điểm $|(?<!\w)thị lực(?!\w)(?:(?!ngày|sáng|chiều)[^.;])*$|(?<!\w)mắt (?:trái|phải)(?: còn| chỉ| đạt| là|:)* ?$"
)
"""What is measured by so many of ten."""


def _full(found: re.Match[str], context: Context) -> Said:
    return date(found, context, "d", "m", "y") if exists(found["d"], found["m"]) else Asked()


def _short_year(found: re.Match[str], context: Context) -> Said:
    if not exists(found["d"], found["m"]) or not context.follows(DAY_BEFORE):
        return None
    said = date(found, context, "d", "m")
    century = _century(int(found["y"]), is_birth=context.follows(BORN))
    if century:
        return f"{said} năm {numbers.cardinal(century + int(found['y']), context.manner)}"
    return Asked(
        tuple(f"{said} năm {numbers.cardinal(century + int(found['y']), context.manner)}" for century in (2000, 1900))
    )


def _century(year: int, *, is_birth: bool) -> int:
    """The century of a year of two digits, where it can be no other; else 0."""
    if year >= OLDEST:
        return 1900
    return 2000 if NEWEST[0] <= year <= NEWEST[1] and not is_birth else 0


def _two_dates(found: re.Match[str], context: Context) -> Said:
    if not (exists(found["d1"], found["m1"]) and exists(found["d2"], found["m2"])):
        return Asked()
    first = date(found, context, "d1", "m1", "y1")
    return f"{first} đến {date(found, context, 'd2', 'm2', 'y2', is_first=False)}"


def _days_of_a_month(found: re.Match[str], context: Context) -> Said:
    m = context.manner
    if context.follows(behind("thứ")) and 2 <= int(found["d1"]) <= 7 and exists(found["d2"], found["m"]):
        return f"{numbers.ordinal(int(found['d1']), m)}, {date(found, context, 'd2', 'm', 'y', is_first=False)}"
    if int(found["d1"]) >= int(found["d2"]) or not exists(found["d2"], found["m"]):
        return Asked()
    first = day(found["d1"], m, has_mung=not context.follows(MUNG))
    said = f"{first} đến {day(found['d2'], m)} tháng {month(found['m'], m)}"
    return f"{said} năm {numbers.cardinal(int(found['y']), m)}" if found["y"] else said


def _day_of_coming_month(found: re.Match[str], context: Context) -> Said:
    if not context.follows(
        behind("ngày|từ|các ngày|những ngày|mùng|mồng|đợt|hai ngày|sáng|chiều|tối|đêm")
    ) and not DAYS_BEFORE.search(context.before):
        return None
    return day(found["d"], context.manner, has_mung=not context.follows(MUNG))


def _row(found: re.Match[str], context: Context) -> Said:
    days = [day(one, context.manner) for one in found["days"].split(",")]
    return f"{', '.join(days)} tháng {month(found['m'], context.manner)}"


def _slashed(found: re.Match[str], context: Context) -> Said:
    low, high = int(found["d"]), int(found["m"])
    if not exists(found["d"], found["m"]) or context.follows(TO_SCALE):
        return None
    if OF_SIGHT.search(context.before):
        return None
    if context.follows(NUMBERED):
        return Asked(
            (
                f"{numbers.cardinal(low, context.manner)} trên {numbers.cardinal(high, context.manner)}",
                date(found, context, "d", "m"),
            )
        )
    if context.follows(RANKED) or RANKED_ROW.search(context.before):
        return (
            f"{numbers.cardinal(low, context.manner)} trên {numbers.cardinal(high, context.manner)}"
            if high <= 4
            else None
        )
    if not _is_day(found, context, low, high):
        is_share = (
            SHARE_AHEAD.match(context.after)
            or context.precedes(OF_A_WHOLE)
            or context.precedes(COUNTED)
            or context.follows(SHARE_BEFORE)
        )
        return (
            None
            if is_share and not (context.follows(SINCE) and context.precedes(CLAUSE))
            else Asked(
                (
                    date(found, context, "d", "m"),
                    f"{numbers.cardinal(low, context.manner)} phần {numbers.cardinal(high, context.manner)}",
                )
            )
        )
    return date(found, context, "d", "m")


def _is_day(found: re.Match[str], context: Context, low: int, high: int) -> bool:
    """Days come after words of time or names, have a leading zero, or are no share (30/4); shares have their whole behind them."""
    is_counted = (
        context.precedes(COUNTED) or context.precedes(OF_A_WHOLE) or SHARE_AHEAD.match(context.after) is not None
    )
    if context.follows(behind("so với")) and not is_counted:
        return True
    if is_counted and ROW_BEFORE.search(context.before) and not ROW_OF_DAYS.search(context.before):
        return False
    if WEEKDAY_BEFORE.search(context.before) or (HEADED.search(context.before) and not is_counted):
        return True
    if context.follows(PLACES) or context.precedes(LUNAR_AHEAD) or ROW_BEFORE.search(context.before):
        return True
    if DAYS_BEFORE.search(context.before):
        return True
    if context.follows(DAY_BEFORE):
        sure = behind(
            "ngày|sáng|trưa|chiều|tối|đêm|lễ|kỷ niệm|mùng|mồng|mừng|hạn|dịp|hôm|nghỉ|tết|quốc khánh|các ngày|rạng sáng"
        )
        is_no_share = high > 5 and context.follows(SINCE) and not context.precedes(COUNTED)
        return not is_counted or context.follows(sure) or is_no_share
    if context.follows(SHARE_BEFORE) and (is_counted or not _is_written_as_day(found)):
        return False
    if _is_written_as_day(found) and not is_counted:
        return True
    if low > high and not (is_counted and context.follows(SHARE_BEFORE)):
        return not context.precedes(COUNTED)
    if is_counted:
        return False
    is_named = _is_named(context)
    return is_named or (f"{low}-{high}" in KNOWN_DAYS.split() and low == high)


def _is_named(context: Context) -> bool:
    """A name before it, or “Ngày Quốc tế Xóa mù chữ”."""
    before = context.text[max(0, context.start - 80) : context.start]
    return NAMED_BEFORE.search(before) is not None or NAMED_DAY_BEFORE.search(before) is not None


def _is_written_as_day(found: re.Match[str]) -> bool:
    return found["d"].startswith("0") or found["m"].startswith("0")


def _hyphened(found: re.Match[str], context: Context) -> Said:
    """“2-9” and “2.3” are days only where a word of time, or a name before a well-known day, says so."""
    if not exists(found["d"], found["m"]) or context.precedes(AGES):
        return None
    low, high = int(found["d"]), int(found["m"])
    sure = behind(
        "ngày|sáng|trưa|chiều|tối|đêm|hôm|lễ|kỷ niệm|mừng|dịp|nghỉ|nghỉ lễ|quốc khánh|mùng|mồng|rạng sáng|ngày lễ|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
    )
    if context.follows(PLACES) and not context.follows(WAYS):
        return date(found, context, "d", "m")
    if WEEKDAY_BEFORE.search(context.before) or (HEADED.search(context.before) and found["sep"] == "."):
        return date(found, context, "d", "m")
    if (
        context.follows(behind("các ngày|những ngày|hai ngày|ba ngày|trong ngày"))
        and found["sep"] == "-"
        and low < high
    ):
        return None
    if found["sep"] == "-" and low < high <= 10 and context.follows(MUNG):
        if context.precedes(EVERY_MONTH) or context.precedes(ahead("tết|giêng|âm lịch tháng")):
            return None
        if not context.precedes(THIS_YEAR) and f"{low}-{high}" not in KNOWN_DAYS.split():
            said = numbers.cardinal(low, context.manner), numbers.cardinal(high, context.manner)
            return Asked((f"{said[0]} đến mùng {said[1]}", date(found, context, "d", "m")))
    if low > high and context.precedes(LUNAR_AHEAD) and not context.precedes(COUNTED):
        return date(found, context, "d", "m")
    is_due = DEADLINE.search(context.before) and (low > high or AT_ITS_END.match(context.after))
    if is_due or (found["sep"] == "-" and context.follows(SINCE) and TO_ANOTHER_DAY.match(context.after)):
        return date(found, context, "d", "m")
    if found["sep"] == "-" and low < high and context.follows(behind("ngày")):
        if context.precedes(EVERY_MONTH):
            return None
        if context.precedes(LUNAR_AHEAD) and not context.precedes(THIS_YEAR):
            return Asked(
                (
                    f"{day(found['d'], context.manner)} đến {day(found['m'], context.manner)}",
                    date(found, context, "d", "m"),
                )
            )
    if context.follows(sure) or (ROW_BEFORE.search(context.before) is not None):
        is_range = (
            found["sep"] in "-–"
            and low < high
            and context.follows(behind("ngày|mùng|mồng"))
            and context.precedes(ahead("tháng|tết|âm lịch tháng"))
        )
        return None if is_range else date(found, context, "d", "m")
    if found["sep"] == "-" and low > high and context.follows(DAY_BEFORE) and not context.precedes(COUNTED):
        return date(found, context, "d", "m")
    is_named = _is_named(context)
    if f"{low}-{high}" in KNOWN_DAYS.split() and is_named and not context.precedes(COUNTED):
        is_day = found["sep"] == "-" or NAMED_DAY_BEFORE.search(
            context.text[max(0, context.start - 80) : context.start]
        )
        return date(found, context, "d", "m") if is_day else None
    return None


def _iso(found: re.Match[str], context: Context) -> Said:
    return date(found, context, "d", "m", "y") if exists(found["d"], found["m"]) else Asked()


RULES: tuple[Rule, ...] = (
    rule("date", "iso", rf"{START}(?P<y>{Y})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2]\d|3[01]){END}", _iso, needs=r"\d -"),
    rule(
        "range",
        "two-dates",
        rf"{START}(?P<d1>{D})(?P<s1>[/.])(?P<m1>{M})(?:(?P=s1)(?P<y1>{Y}))? ?[-–] ?(?P<d2>{D})(?P=s1)(?P<m2>{M})(?:(?P=s1)(?P<y2>{Y}))?{END}",
        _two_dates,
        needs=r"\d [-–] [/.]",
    ),
    rule(
        "range",
        "two-dates-by-hyphens",
        rf"{START}(?P<d1>{D})-(?P<m1>{M})-(?P<y1>{Y}) ?[-–] ?(?P<d2>{D})-(?P<m2>{M})-(?P<y2>{Y}){END}",
        _two_dates,
        needs=r"\d -",
    ),
    rule(
        "range",
        "days-of-a-month",
        rf"{START}(?P<d1>{D}) ?[-–] ?(?P<d2>{D})(?:/(?P<m>{M})(?:/(?P<y>{Y}))?){END}",
        _days_of_a_month,
        needs=r"\d [-–]",
    ),
    rule(
        "date",
        "full",
        rf"{START}(?P<d>{D}) ?(?P<sep>[/.-]) ?(?P<m>{M}) ?(?P=sep) ?(?P<y>{Y}){END}",
        _full,
        needs=r"\d [/.-]",
    ),
    rule(
        "date",
        "short-year",
        rf"{START}(?P<d>{D})(?P<sep>[/.-])(?P<m>{M})(?P=sep)(?P<y>\d\d){END}",
        _short_year,
        needs=r"\d [/.-]",
    ),
    rule(
        "date",
        "day-of-coming-month",
        rf"{START}(?P<d>{D})(?=(?:, ?{D})*(?: (?:đến|tới|và|hoặc|&) |, ?)(?:hết )?(?:ngày |sáng |chiều |tối |đêm |rạng sáng )?{D}(?:[/.-]{M}(?![\d%]|,\d)|, {D} và))",
        _day_of_coming_month,
    ),
    rule("date", "row", rf"(?<=ngày )(?P<days>{D}(?:,{D})+)/(?P<m>{M}){END}", _row, needs=r"\d , /"),
    rule(
        "date", "slashed", rf"{START}(?P<d>{D})(?P<sep>/)(?P<m>{M}){END}(?! ?(?:mmhg|%|đ\b))", _slashed, needs=r"\d /"
    ),
    rule(
        "date",
        "hyphened",
        rf"{START}(?P<d>{D})(?P<sep>[.-])(?P<m>{M}){END}(?! ?(?:%|(?:độ|m|km|ha|kg|triệu|tỷ|tấn|tạ)\b))",
        _hyphened,
        needs=r"\d [.-]",
    ),
    *days.RULES,
)
