"""Hours of the day, their ranges, minutes and seconds; days of the week in short."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.days import D, M, Y, date, exists, month
from broadcaster.studio.reading.rules.fractions import SCORE_BEFORE
from broadcaster.studio.reading.rules.nouns import COUNTED
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

H = r"(?:[01]?\d|2[0-4])"
MM = r"[0-5]\d"
MARK = r"(?: ?(?:phút|ph|p|')(?!\w))"
START = r"(?<![\w.,:/])"
END = r"(?![\w/]|:\d|[.,]\d)"
CLOCK_BEFORE = behind(
    "lúc|từ|đến|tới|hồi|khoảng|trước|sau|vào|và|khung giờ|giờ|sáng|trưa|chiều|tối|đêm|hôm|họp|cúp|mở cửa|phát|đúng|kể từ|bắt đầu|,|-|–|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
)
PART_OF_DAY = re.compile(
    r" ?(?:sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm|hằng ngày|hàng ngày|cùng ngày|thứ|chủ nhật|đến|tới)(?!\w)"
)
STRETCH_BEFORE = re.compile(r"(?:lúc|hồi|từ) \d{1,2}[gh](?:\d\d)? ?(?:đến|tới|-|–) ?$")
OF_DAY = re.compile(r" ?(?:sáng|trưa|chiều|tối|đêm|khuya)(?!\w)")
RATIO_BEFORE = behind("tỷ lệ|tỉ lệ|bản đồ|tỷ số|tỉ số|kết quả|pha|pha loãng|trộn|hòa loãng|nồng độ|hiệp một|hiệp hai")
SCORED = behind("tỷ số|tỉ số|kết quả")
WEEK_BEFORE = behind("công dân|sáng|chiều|tối|hằng tuần|hàng tuần|vào|các ngày|ngày|từ|đến|và|,|lịch|mỗi|trừ|cả|-|–|(")
DAY_AHEAD = re.compile(r",? ?\(?(?:ngày )?\d{1,2}[/.-]\d{1,2}(?!\d)")
WEEKDAYS = re.compile(r"(?<!\w)(?:t[2-7]|cn)(?!\w)")


def hour(hours: str, minutes: str | None, context: Context, *, is_marked: bool = False) -> str:
    """An hour with its minutes; “00” minutes are not said, “05” is không năm."""
    said = f"{numbers.cardinal(int(hours), context.manner)} giờ"
    if not minutes or minutes == "00":
        return said
    zero = "không " if minutes.startswith("0") and not is_marked else ""
    return f"{said} {zero}{numbers.cardinal(int(minutes), context.manner)}{' phút' if is_marked else ''}"


def _range(found: re.Match[str], context: Context) -> Said:
    if (
        found["u2"] in ("g", "G")
        and not found["m2"]
        and not (found["m1"] or context.follows(CLOCK_BEFORE) or OF_DAY.match(context.after))
    ):
        return None
    if found["u2"] == ":" and not (found["m2"] and found["u1"]):
        return None
    first = (
        hour(found["h1"], found["m1"], context, is_marked=found["p1"] == "phút")
        if found["u1"]
        else numbers.cardinal(int(found["h1"]), context.manner)
    )
    return f"{first} đến {hour(found['h2'], found['m2'], context, is_marked=found['p2'] == 'phút')}"


def _moment(found: re.Match[str], context: Context) -> Said:
    if found["unit"] == "giờ" and (context.precedes(COUNTED) or context.after.startswith(("-", "–", " -", " –"))):
        return None
    if found["unit"] == ":" and (context.follows(RATIO_BEFORE) or context.follows(SCORE_BEFORE)):
        return None
    return hour(found["h"], found["m"], context, is_marked=(found["mark"] or "").strip() == "phút")


def _to_the_second(found: re.Match[str], context: Context) -> Said:
    if PROPORTION.search(context.before) and found[0].count(":") == 2:
        return " ".join(numbers.cardinal(int(found[key]), context.manner) for key in ("h", "m", "s"))
    minutes, seconds = (numbers.cardinal(int(found[key]), context.manner) for key in ("m", "s"))
    return f"{hour(found['h'], None, context)} {minutes} phút {seconds} giây"


PROPORTION = re.compile(r"(?:tỷ lệ|tỉ lệ|công thức|n:p:k|npk)[^.;]{0,24}$")
"""Before so many parts of each, which look like an hour."""
UNTIL_BEFORE = re.compile(r"\d ?(?:h|g|giờ|:\d\d|[hg]\d\d)[^,.;\d]{0,3}(?:sáng|trưa|chiều|tối|đêm)$")
INCHES = re.compile(r"(?<!\w)(?:ti ?vi|tv|màn hình|ống|đường kính|laptop|máy tính|bánh|lốp|inch)(?!\w)[^.;]{0,30}$")
RUNNING = re.compile(
    r"(?<!\w)(?:chạy|bơi|hết|thành tích|kỷ lục|phút|giây|thời gian|thời lượng|về đích|cự ly)(?!\w)[^.;]{0,30}$"
)
MACHINES = behind(
    "bơm|trạm bơm|tổ máy|cống|kênh|mương|tầng|khu|giếng|mba|máy biến áp|máy|lộ|trạm|đường dây|nhà|tòa|cột|xe|ga"
)
"""Words before a T2 that is no day of the week."""


def _bare_hour(found: re.Match[str], context: Context) -> Said:
    """“5g” is an hour only after “lúc”, beside a part of the day, or at the end of a stretch of hours; else it is a weight."""
    if found["unit"] in "gG":
        is_day = context.follows(CLOCK_BEFORE) and PART_OF_DAY.match(context.after) is not None
        if not (
            is_day
            or OF_DAY.match(context.after)
            or context.follows(behind("lúc|hồi|từ"))
            or STRETCH_BEFORE.search(context.before)
        ):
            return None
    return hour(found["h"], None, context)


def _ratio(found: re.Match[str], context: Context) -> Said:
    low, high = (numbers.written(found[key], context.manner) for key in (1, 2))
    if context.follows(SCORED) or context.follows(SCORE_BEFORE):
        return f"{low} {high}"
    return f"{low} trên {high}" if context.follows(RATIO_BEFORE) else None


def _of_a_day(found: re.Match[str], context: Context) -> Said:
    """13h/10/9 is an hour of a day."""
    if not exists(found["d"], found["m"]):
        return None
    return f"{hour(found['h'], found['mm'], context)} ngày {date(found, context, 'd', 'm', 'y')}"


def _minutes_and_seconds(found: re.Match[str], context: Context) -> Said:
    minutes, seconds = (numbers.cardinal(int(found[key]), context.manner) for key in ("m", "s"))
    return f"{minutes} phút {seconds} giây"


def _seconds(found: re.Match[str], context: Context) -> Said:
    """Two strokes are seconds; the closing sign of a quotation is none, and of a pipe or a screen it is inches."""
    line = context.text[: context.start].rpartition("\n")[2]
    is_closing = found["sign"] == '"' and line.count('"') % 2 == 1
    if is_closing and not INCHES.search(context.before):
        return None
    number = numbers.written(found["s"], context.manner)
    more = f" {numbers.written(found['more'], context.manner)}" if found["more"] else ""
    if found["sign"] == '"' and INCHES.search(context.before):
        return Asked((f"{number} inh", number)) if is_closing else f"{number} inh"
    is_sure = found["sign"] == "''" or RUNNING.search(context.before) is not None
    return f"{number} giây{more}" if is_sure else Asked((f"{number} giây{more}", f"{number} inh"))


def _round(found: re.Match[str], context: Context) -> Said:
    return (
        "hai mươi tư trên hai mươi tư giờ" if found["h"] or "h" in found[0].lower() else "hai mươi tư trên hai mươi tư"
    )


def _weekday(found: re.Match[str], context: Context) -> Said:
    if context.follows(MACHINES):
        return f"tê {numbers.cardinal(int(found[1]), context.manner)}" if found[0] != "CN" else None
    if found[0] != "CN" and context.follows(behind("rằm|đầu|cuối|giữa|hết")):
        return f"tháng {month(found[1], context.manner)}"
    is_list = (
        DAY_AHEAD.match(context.after) or WEEKDAYS.search(context.before[-14:]) or WEEKDAYS.search(context.after[:12])
    )
    said = "chủ nhật" if found[0] == "CN" else f"thứ {numbers.ordinal(int(found[1]), context.manner)}"
    if is_list or (found[0] != "CN" and context.follows(WEEK_BEFORE)):
        return said
    return None if found[0] == "CN" else Asked((said, f"tháng {numbers.ordinal(int(found[1]), context.manner)}"))


def _weekdays_in_short(found: re.Match[str], context: Context) -> Said:
    last = f"thứ {numbers.ordinal(int(found[2]), context.manner)}" if found[2] else "chủ nhật"
    return f"thứ {numbers.ordinal(int(found[1]), context.manner)} đến {last}"


def _weekdays(found: re.Match[str], context: Context) -> Said:
    def one(day: re.Match[str]) -> str:
        return f"thứ {numbers.ordinal(int(day[1]), context.manner)}"

    said = re.sub(r"(?:thứ )?(\d)", one, found[0], flags=re.IGNORECASE)
    said = re.sub("CN", "chủ nhật", said, flags=re.IGNORECASE)
    joint = " đến " if len(re.findall("[-–]", said)) == 1 else ", "
    return re.sub(r" ?[-–] ?", joint, said)


def _row_of_weekdays(found: re.Match[str], context: Context) -> Said:
    """T2-4-6: three days, not from one to another."""
    return ", ".join(
        "chủ nhật" if day == "CN" else f"thứ {numbers.ordinal(int(day), context.manner)}"
        for day in re.findall(r"\d|CN", found[0])
    )


def _until(found: re.Match[str], context: Context) -> Said:
    """“5h chiều-9h tối” is from one hour to another."""
    return " đến " if UNTIL_BEFORE.search(context.before) else None


RULES: tuple[Rule, ...] = (
    rule(
        "range",
        "parts-of-a-day",
        r"(?<=[^\W\d_]) ?[-–] ?(?=\d{1,2} ?(?:[hg](?![^\W\d_])|giờ|:\d\d))",
        _until,
        needs=r"\d [-–]",
    ),
    rule("time", "round-the-clock", r"(?<!\d)24 ?h? ?/ ?24(?P<h> ?(?:giờ|h))?(?!\w)", _round, needs=r"\d /"),
    rule(
        "time",
        "all-week",
        r"(?<![\d/])(?:24/7|7/7)(?![\d/])(?! ngày)",
        lambda f, c: "hai mươi tư trên bảy" if f[0] == "24/7" else "bảy trên bảy",
        needs=r"\d /",
    ),
    rule(
        "range",
        "weekdays",
        r"(?<!\w)thứ [2-7](?:(?:, ?| và | ?[-–] ?| đến )(?:thứ )?[2-7](?![\d.,]*\d))+(?= *(?:$|[.,;:)\n]|hằng|hàng|trong|và|của|tuần|mỗi))|"
        r"(?<!\w)thứ [2-7](?: ?[-–] ?(?:thứ )?[2-7]){1,5}(?! ?(?:tháng|giờ|h|g|năm|phút)(?!\w))(?![\w/:,]|[.-]\d)|"
        r"(?<!\w)thứ [2-7] ?[-–] ?(?:CN|chủ nhật)(?!\w)",
        _weekdays,
        needs=r"\d ứ",
    ),
    rule(
        "date",
        "row-of-weekdays",
        r"(?<!\w)T[2-6](?:(?: ?[-–] ?(?:T?[3-7]|CN)){2,5}|(?:, ?(?:T?[3-7]|CN)){2,5})(?![\w/]|[.,-]\d| ?[-–] ?(?:T?\d|CN))",
        _row_of_weekdays,
        needs=r"\d T [-–,]",
        ignore_case=False,
    ),
    rule(
        "range",
        "weekdays-in-short",
        r"(?<!\w)T([2-6]) ?[-–] ?(?:T([3-7])|(CN))(?![\w/])",
        _weekdays_in_short,
        needs=r"\d T",
        ignore_case=False,
    ),
    rule("date", "weekday", r"(?<!\w)T([2-7])(?![\w/.])", _weekday, ignore_case=False, needs=r"\d T"),
    rule("date", "sunday", r"(?<!\w)CN(?![\w.])", _weekday, needs="CN", ignore_case=False),
    rule(
        "time",
        "of-a-day",
        rf"{START}(?P<h>{H})h(?P<mm>{MM})?'?/(?P<d>{D})/(?P<m>{M})(?:/(?P<y>{Y}))?{END}",
        _of_a_day,
        needs=r"\d / [hH]",
    ),
    rule(
        "time",
        "minutes-and-seconds",
        r"(?<![\w.,:/°])(?<!° )(?P<m>\d{1,3})' ?(?P<s>[0-5]?\d)(?:''|\")?(?![\w/'\"]|[.,]\d)",
        _minutes_and_seconds,
        needs=r"\d '",
    ),
    rule(
        "time",
        "seconds",
        r"(?<![\w.,:/°'])(?P<s>\d{1,3}(?:,\d{1,2})?)(?P<sign>''|\")(?P<more>\d{1,2})?(?![\w/'\"])",
        _seconds,
        needs=r"\d [\x27\"]",
    ),
    rule(
        "time",
        "to-the-second",
        rf"{START}(?P<h>{H}) ?(?:h|g|giờ|:(?! )) ?(?P<m>[0-5]?\d) ?(?:phút|'|:|p|m) ?(?P<s>[0-5]?\d) ?(?:giây|s|\")?{END}",
        _to_the_second,
        needs=r"\d [hHgG:]",
    ),
    rule(
        "range",
        "hours",
        rf"{START}(?P<h1>{H})(?: ?(?P<u1>h|g|giờ|:(?! )) ?(?P<m1>{MM})?(?P<p1>(?<=\d) ?(?:phút|ph|p|'))?)? ?[-–] ?(?P<h2>{H}) ?(?P<u2>h|g|giờ|:(?! )) ?(?P<m2>{MM}(?!\d))?(?:(?<=\d) ?(?P<p2>phút|ph|p|'))?{END}(?!-\d)",
        _range,
        needs=r"\d [-–]",
    ),
    rule(
        "time",
        "hour-and-minute",
        rf"{START}(?P<h>{H}) ?(?P<unit>h|g|:(?! )) ?(?P<m>{MM})(?P<mark>{MARK})?{END}",
        _moment,
        needs=r"\d [hHgG:]",
    ),
    rule(
        "time",
        "hour-and-few-minutes",
        rf"{START}(?P<h>{H})(?P<unit>h)(?P<m>\d)(?P<mark>{MARK})?{END}",
        _moment,
        needs=r"\d [hH]",
    ),
    rule(
        "time",
        "hour-in-words",
        rf"{START}(?P<h>{H}) (?P<unit>giờ) (?P<m>{MM}|\d)(?P<mark>{MARK})?{END}",
        _moment,
        needs=r"\d [iI]",
    ),
    rule("time", "hour", rf"{START}(?P<h>{H}) ?(?P<unit>h|g){END}", _bare_hour, needs=r"\d [hHgG]"),
    rule("score", "ratio", r"(?<![\w.,:/])(\d{1,3}) ?: ?(\d[\d.]*)(?![\w:/])", _ratio, needs=r"\d :"),
)
