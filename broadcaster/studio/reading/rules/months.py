"""Months, quarters and years, one by one and in ranges; days of the week are with the hours."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.rules.days import END, START, M, Y, month
from broadcaster.studio.reading.rules.nouns import CALLED, TIMES_A_DAY, TO_SCALE
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, behind, rule

QUARTER = r"IV|I{1,3}|[1-4]"
YEAR_BEFORE = behind(
    "năm|năm học|giai đoạn|nhiệm kỳ|niên khóa|từ|thời kỳ|khóa|các năm|niên vụ|vụ|mùa|khoá|học kỳ|hai năm|niên độ"
)
OF_A_YEAR = behind(
    "thông tư|liên tịch|nghị định|nghị quyết|quyết định|chỉ thị|luật số|kế hoạch|công văn|kết luận|quy định|hướng dẫn|quý|đợt|kỳ|số|lần|tập|học kỳ|vụ|khóa|kỳ họp|phiên|tuần|lớp|bản tin số"
)
"""Words whose number stands before a year: “đợt 2/2020” is no month."""
VARIETY = behind("lúa|giống|giống lúa|gạo|ngô|mạ|lạc|xe|máy|loại")
WHEN = behind("hết|trong|đầu|cuối|giữa|đến|từ|sang|doanh thu|báo cáo|kết quả|sơ kết|tổng kết|thuế|kê khai|gdp|vào")
TOWN_AHEAD = re.compile(r",? ?(?:tp|thành phố|hcm|hồ chí minh)(?!\w)")
WARD_BEFORE = re.compile(r"(?<!\w)(?:p\.|p|phường|đường|phố)(?: ?[^\W_]+){1,4}, ?$")
MONTH_BEFORE = behind("tháng|các tháng|từ tháng|đến tháng")


def _year(text: str, context: Context) -> str:
    return numbers.cardinal(int(text), context.manner)


def _month_and_year(found: re.Match[str], context: Context) -> Said:
    if context.follows(TO_SCALE):
        return None
    if context.follows(OF_A_YEAR):
        number = found["m"]
        said = numbers.digits(number) if number[0] == "0" else numbers.cardinal(int(number), context.manner)
        return f"{said} năm {_year(found['y'], context)}"
    lead = "" if context.follows(MONTH_BEFORE) else "tháng "
    return f"{lead}{month(found['m'], context.manner)} năm {_year(found['y'], context)}"


def _months_of_two_years(found: re.Match[str], context: Context) -> Said:
    lead = "" if context.follows(MONTH_BEFORE) else "tháng "
    first, last = (
        f"{month(found[f'm{number}'], context.manner)} năm {_year(found[f'y{number}'], context)}" for number in (1, 2)
    )
    return f"{lead}{first} đến tháng {last}"


def _months(found: re.Match[str], context: Context) -> Said:
    """Every number in a row of months is said as a month."""
    if (context.follows(CALLED) and context.precedes(TIMES_A_DAY)) or context.precedes(
        re.compile(r" ?(?:lần|buổi|kỳ)(?!\w)")
    ):
        return None
    said = re.sub(r" ?[-–] ?", " đến ", found["rest"])
    said = re.sub(r"\d+", lambda one: month(one[0], context.manner), said)
    year = f" năm {_year(found['y'], context)}" if found["y"] else ""
    return f"{found['word']} {said}{year}"


def _short(found: re.Match[str], context: Context) -> Said:
    said = f"tháng {month(found['m'], context.manner)}"
    return f"{said} năm {_year(found['y'], context)}" if found["y"] else said


def _quarter(found: re.Match[str], context: Context) -> Said:
    def one(number: re.Match[str]) -> str:
        value = numbers.roman(number[0].upper()) or int(number[0])
        return numbers.cardinal(value, context.manner)

    said = re.sub(r" ?[-–] ?", " đến ", re.sub(r" ?[+&] ?", " và ", found["which"]))
    said = re.sub(r"[IViv]+(?!\w)|\d", one, said)
    year = f" năm {_year(found['y'], context)}" if found["y"] else ""
    return f"quý {said}{year}"


def _quarter_in_short(found: re.Match[str], context: Context) -> Said:
    """Q3/2025 is a quarter; Q3 alone may be one, or a district, or a variety."""
    value = numbers.cardinal(numbers.roman(found["which"]) or int(found["which"]), context.manner)
    if found["y"]:
        return f"quý {value} năm {_year(found['y'], context)}"
    if context.follows(VARIETY):
        return None
    if context.follows(WHEN):
        return f"quý {value}"
    is_place = TOWN_AHEAD.match(context.after) or WARD_BEFORE.search(context.before)
    return f"quận {value}" if is_place else Asked((f"quý {value}", f"quận {value}", f"quy {value}"))


def _months_in_short(found: re.Match[str], context: Context) -> Said:
    """6T/2025 and “9T đầu năm”: so many months."""
    said = f"{numbers.cardinal(int(found['n']), context.manner)} tháng"
    return f"{said} năm {_year(found['y'], context)}" if found["y"] else said


def _years(found: re.Match[str], context: Context) -> Said:
    if int(found[1]) >= int(found[2]):
        return Asked()
    return f"{_year(found[1], context)} đến {_year(found[2], context)}"


def _school_year(found: re.Match[str], context: Context) -> Said:
    if not context.follows(YEAR_BEFORE) or int(found[2]) != int(found[1]) + 1:
        return None
    return f"{_year(found[1], context)} đến {_year(found[2], context)}"


def _short_end(found: re.Match[str], context: Context) -> Said:
    if not context.follows(YEAR_BEFORE):
        return None
    end = int(found[1][:2] + found[2])
    return f"{_year(found[1], context)} đến {numbers.cardinal(end, context.manner)}" if end > int(found[1]) else Asked()


def _season(found: re.Match[str], context: Context) -> Said:
    """2025/26: from a year to the next."""
    end = int(found[1]) + 1
    return (
        f"{_year(found[1], context)} đến {numbers.cardinal(end, context.manner)}"
        if end % 100 == int(found[2])
        else None
    )


RULES: tuple[Rule, ...] = (
    rule(
        "abbr",
        "born",
        r"(?<!\w)(?:SN|sn|[Ss]\.)(?=:? ?(?:19|20)\d\d(?!\d))",
        lambda f, c: "sinh năm",
        ignore_case=False,
        needs=r"\d [sS]",
    ),
    rule(
        "date",
        "months-of-a-year",
        rf"(?<!\w)(?P<word>tháng) (?P<rest>{M}(?:(?:, ?| và | ?[-–+] ?){M})+)/(?P<y>{Y}){END}",
        _months,
        needs=r"\d /",
    ),
    rule(
        "range",
        "months-of-two-years",
        rf"{START}(?P<m1>{M})/(?P<y1>{Y}) ?[-–] ?(?P<m2>{M})/(?P<y2>{Y}){END}",
        _months_of_two_years,
        needs=r"\d / [-–]",
    ),
    rule("date", "month-and-year", rf"{START}(?P<m>{M}) ?/ ?(?P<y>(?:19|20)\d\d){END}", _month_and_year, needs=r"\d /"),
    rule(
        "date", "month-hyphen-year", rf"(?<=tháng )(?P<m>{M}) ?[-.] ?(?P<y>{Y}){END}", _month_and_year, needs=r"\d [-.]"
    ),
    rule(
        "date",
        "months",
        rf"(?<!\w)(?P<word>tháng) (?P<rest>{M}(?![\d/])(?:(?:, ?| và | ?[-–+] ?)(?:tháng )?{M}(?![\d/]|[.,]\d| [^\W\d_]))*)(?:/(?P<y>{Y}))?{END}",
        _months,
    ),
    rule(
        "date",
        "month-in-short",
        rf"(?<!\w)T(?P<m>0?[1-9]|1[0-2])[/.](?P<y>{Y}){END}",
        _short,
        ignore_case=False,
        needs=r"\d T",
    ),
    rule(
        "date",
        "month-in-short-alone",
        r"(?<!\w)T(?P<m>1|8|9|1[0-2])(?P<y>)(?![\w/.])",
        _short,
        ignore_case=False,
        needs=r"\d T",
    ),
    rule(
        "date",
        "quarter",
        rf"(?<!\w)quý (?P<which>(?:{QUARTER})(?:(?:, ?| và | ?[-–+&] ?)(?:{QUARTER})(?!\w))*)(?!\w)(?: ?[-/] ?(?P<y>{Y}))?{END}",
        _quarter,
        needs="",
        words=("quý",),
    ),
    rule(
        "date",
        "quarter-in-short",
        rf"(?<![\w.,/-])Q(?P<which>{QUARTER})(?:(?: ?[-/] ?| năm )(?P<y>{Y}))?(?![\w/.-])",
        _quarter_in_short,
        needs=r"\d|[IV] Q",
        ignore_case=False,
    ),
    rule(
        "date",
        "months-in-short",
        rf"(?<![\w.,/-])(?P<n>[1-9]|1[01])T(?:(?: ?[-/] ?| năm )(?P<y>{Y})(?![\w/])|(?= (?:đầu|cuối) năm))",
        _months_in_short,
        ignore_case=False,
        needs=r"\d T",
    ),
    rule(
        "date",
        "months-of-a-term",
        r"(?<=[hH]ạn )(\d{1,2})T(?![\w/.])",
        lambda f, c: f"{numbers.cardinal(int(f[1]), c.manner)} tháng",
        ignore_case=False,
        needs=r"\d T ạ",
    ),
    rule("range", "years", rf"{START}({Y}) ?[-–] ?({Y}){END}", _years, needs=r"\d [-–]"),
    rule("range", "school-year", rf"{START}({Y})/({Y}){END}", _school_year, needs=r"\d /"),
    rule("range", "season", rf"{START}({Y})/(\d\d){END}", _season, needs=r"\d /"),
    rule("range", "years-in-short", rf"{START}({Y}) ?[-–] ?(\d\d){END}", _short_end, needs=r"\d [-–]"),
)
