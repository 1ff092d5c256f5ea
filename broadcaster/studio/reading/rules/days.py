"""Days of the month, mùng among them: how they are said, and where they stand with words instead of strokes."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.manner import Manner
from broadcaster.studio.reading.rules.nouns import CALLED, PLACES, TIMES_A_DAY, WAYS
from broadcaster.studio.reading.token import Context, Rule, Said, behind, rule

D = r"(?:0?[1-9]|[12]\d|3[01])"
M = r"(?:0?[1-9]|1[0-2])"
Y = r"(?:1\d|20|21)\d\d"
START = r"(?<![\w/.,+-])"
END = r"(?![\w/]|[.,-]\d)"
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MUNG = behind("mùng|mồng|rằm|ngày mùng|ngày mồng")


def day(text: str, manner: Manner, *, has_mung: bool = True) -> str:
    """A day of the month; the first ten with mùng, in the north."""
    said = numbers.cardinal(int(text), manner)
    return f"mùng {said}" if has_mung and manner.has_mung and int(text) <= 10 else said


def month(text: str, manner: Manner) -> str:
    """A month: the fourth is tư."""
    return "tư" if int(text) == 4 else numbers.cardinal(int(text), manner)


def date(
    found: re.Match[str],
    context: Context,
    day_group: str,
    month_group: str,
    year_group: str = "",
    *,
    is_first: bool = True,
) -> str:
    """A day with its month, and its year where there is one."""
    m = context.manner
    is_named = is_first and (context.follows(MUNG) or (context.follows(PLACES) and not context.follows(WAYS)))
    said = f"{day(found[day_group], m, has_mung=not is_named)} tháng {month(found[month_group], m)}"
    year = found[year_group] if year_group else None
    return f"{said} năm {numbers.cardinal(int(year), m)}" if year else said


def exists(day_text: str, month_text: str) -> bool:
    """Whether a month has this day."""
    return int(day_text) <= LONGEST_MONTHS[int(month_text) - 1]


def _spelled(found: re.Match[str], context: Context) -> Said:
    m = context.manner
    has_mung = not context.follows(MUNG) and context.follows(behind("ngày|sáng|chiều|tối|trưa|đêm|hôm|từ|đến|và"))
    said = f"{day(found['d'], m, has_mung=has_mung)} tháng {month(found['m'], m)}"
    year = found["y"] or found["y2"]
    return f"{said} năm {numbers.cardinal(int(year), m)}" if year else said


def _spelled_range(found: re.Match[str], context: Context) -> Said:
    m = context.manner
    first = day(found["d1"], m, has_mung=not context.follows(MUNG))
    return f"{first} đến {day(found['d2'], m)}"


def _mung(found: re.Match[str], context: Context) -> Said:
    def one(number: re.Match[str]) -> str:
        return numbers.cardinal(int(number[0]), context.manner)

    said = re.sub(r" ?[-–] ?(?:mùng |mồng )?", " đến mùng ", found["days"])
    said = re.sub(r"\d+", one, said)
    return f"{found['mung']} {said}"


def _day(found: re.Match[str], context: Context) -> Said:
    is_counted = context.follows(CALLED) or context.precedes(TIMES_A_DAY)
    return f"{found['word']} {day(found['d'], context.manner, has_mung=not is_counted)}"


RULES: tuple[Rule, ...] = (
    rule(
        "range",
        "days-spelled",
        rf"{START}(?P<d1>{D}) ?[-–] ?(?P<d2>{D})(?= tháng (?:\d|giêng|chạp|này|tới|âm lịch|\w+ âm lịch))",
        _spelled_range,
        needs=r"\d [-–]",
    ),
    rule(
        "date",
        "spelled",
        rf"{START}(?P<d>{D}) tháng (?P<m>{M})(?: năm (?P<y>{Y})|[/-](?P<y2>{Y}))?(?![\w/]|[.,-]\d|(?: ?[-–] ?\d))",
        _spelled,
    ),
    rule(
        "date",
        "mung",
        r"(?<!\w)(?P<mung>mùng|mồng) (?P<days>\d{1,2}(?:(?:, ?| và | ?[-–] ?)(?:mùng |mồng )?\d{1,2}(?![\w/.]))*)(?![\w/]|[.,]\d)",
        _mung,
        needs=r"\d [ùồÙỒ]",
    ),
    rule("range", "days", rf"(?<=ngày ){START}(?P<d1>{D}) ?[-–] ?(?P<d2>{D}){END}", _spelled_range, needs=r"\d [-–]"),
    rule("date", "day", rf"(?<!\w)(?P<word>ngày) (?P<d>{D}){END}(?! ?[-–] ?\d)", _day),
)
