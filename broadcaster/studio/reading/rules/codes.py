"""Codes of letters and digits: plates, versions, classes, varieties, stretches of road, formulas of fertiliser."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import code, spelled
from broadcaster.studio.reading.lexicon import Lexicon
from broadcaster.studio.reading.token import Context, Rule, Said, behind, rule

VERSIONED = behind("phiên bản|bản|ios|android|windows|ver|version|python|word|excel|vneid|vssid|app|ứng dụng")
AFTER_LETTER = behind(
    "điểm|tiết|ý|mục|câu|cột|loại|nhóm|phần|vitamin|dấu|chữ|hình|dãy|lô|khu|khối|đội|tổ|bảng|hạng|cúm|cúm a|vi rút|viêm gan|gan|máu"
)
LIST_OF_LETTERS = re.compile(r"(?<!\w)(?:điểm|tiết|ý)(?: [a-zđ]\)?(?:,| và| hoặc))+ $")


GLUED = {
    "KP": "khu phố",
    "HK": "học kỳ",
    "GĐ": "giai đoạn",
    "TDP": "tổ dân phố",
    "KDC": "khu dân cư",
    "KV": "khu vực",
    "BĐ": "báo động",
    "VTV": "vê tê vê",
    "VOV": "vê ô vê",
    "CLB": "câu lạc bộ",
    "BN": "bệnh nhân",
    "SV": "sinh viên",
}
"""Abbreviations that a number is written against: KP3 is khu phố ba."""
CONCRETE = re.compile(r"(?<!\w)(?:bê tông|vữa|xi măng|mác)(?!\w)[^.;]{0,30}$")
NUMBERED = behind(
    "chương trình|nghị quyết|điều|khoản|điểm|mục|lớp|số|số nhà|đường|quốc lộ|phụ lục|biểu|mẫu|tổ|đội|xóm|thôn|quyết định|hình|bảng"
)
ROW_OF_GROUPS = behind(
    "tổ|các tổ|lớp|các lớp|thôn|các thôn|khu|xóm|đội|khối|tháng|tiết|bài|cụm|tuần|npk|cấp|giật cấp|ấp|mũi|đợt|lứa|ca|điều|phòng|các khu|các xóm|các khối"
)


def _plate(found: re.Match[str], context: Context) -> Said:
    return f"{numbers.digits(found[1])} {spelled(found[2])} {numbers.digits(found[3])}"


def _registration(found: re.Match[str], context: Context) -> Said:
    return spelled(found[0])


def _version(found: re.Match[str], context: Context) -> Said:
    return " chấm ".join(numbers.cardinal(int(part), context.manner) for part in found[0].split("."))


def _two_part_version(found: re.Match[str], context: Context) -> Said:
    return _version(found, context) if context.follows(VERSIONED) else None


def _kilometre(found: re.Match[str], context: Context) -> Said:
    said = f"ki lô mét {'số ' if found['so'] else ''}{numbers.written(found['km'], context.manner)}"
    return f"{said} cộng {numbers.cardinal(int(found['m']), context.manner)}" if found["m"] else said


def _sequence(found: re.Match[str], context: Context) -> Said:
    parts = re.split(r" ?[-–+] ?", found[0])
    return " ".join(numbers.cardinal(int(part), context.manner) for part in parts)


def _letters_and_digits(found: re.Match[str], context: Context) -> Said:
    letters, digits, more = found["letters"], found["digits"], found["more"] or ""
    word = GLUED.get(letters) or context.lexicon.spoken("names", letters)
    word = word or (context.lexicon.spoken("foreign", letters.lower()) if len(letters) > 2 else None)
    if not word and len(letters) > 3:
        return None
    return " ".join(filter(None, (word or spelled(letters), code(digits, context.manner), code(more, context.manner))))


def _bed(found: re.Match[str], context: Context) -> Said:
    """Beton M250 is of mác two hundred and fifty."""
    return f"mác {numbers.cardinal(int(found[1]), context.manner)}" if CONCRETE.search(context.before) else None


def _medals(found: re.Match[str], context: Context) -> Said:
    """“3HCV”: a number written against an abbreviation that has one reading."""
    word = context.lexicon.spoken("abbreviations", found[2])
    return f"{numbers.cardinal(int(found[1]), context.manner)} {word}" if word else None


def _formulation(found: re.Match[str], context: Context) -> Said:
    """A pesticide's 800WG, 50EC: how much, and how it is made."""
    return f"{numbers.cardinal(int(found[1]), context.manner)} {spelled(found[2])}"


def _glued(found: re.Match[str], context: Context) -> Said:
    """Letters and digits that touch, or with a hyphen; with a space between they are two things."""
    return None if " " in found[0] else _letters_and_digits(found, context)


def _range_of_codes(found: re.Match[str], context: Context) -> Said:
    """Classes 6A-6D, hamlets 7B-7C."""
    first, last = (code(found[number], context.manner) for number in (1, 2))
    return f"{first} đến {last}" if context.follows(ROW_OF_GROUPS) and found[1] < found[2] else None


def _by_point(found: re.Match[str], context: Context) -> Said:
    """A feeder E5.9, a room A1.02."""
    return " chấm ".join(code(part, context.manner) for part in found[0].split("."))


def _digits_and_letters(found: re.Match[str], context: Context) -> Said:
    whole, comma, rest = found[0].rpartition(",")
    if not comma:
        return code(found[0], context.manner)
    part = rest.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
    return (
        f"{numbers.written(f'{whole},{part}', context.manner)} {spelled(rest[len(part) :])}"
        if part.isdecimal()
        else None
    )


def _numbered(found: re.Match[str], context: Context) -> Said:
    return code(found[0], context.manner) if context.follows(NUMBERED) else None


def _row(found: re.Match[str], context: Context) -> Said:
    return ", ".join(numbers.cardinal(int(part), context.manner) for part in found[0].split(","))


def _row_of_two(found: re.Match[str], context: Context) -> Said:
    first, second = found[0].split(",")
    return _row(found, context) if int(first) < int(second) and context.follows(ROW_OF_GROUPS) else None


def _plus(found: re.Match[str], context: Context) -> Said:
    return _sequence(found, context) if context.follows(ROW_OF_GROUPS) else None


def _small_letter(found: re.Match[str], context: Context) -> Said:
    if not context.follows(AFTER_LETTER) and not LIST_OF_LETTERS.search(context.before):
        return None
    return "dê" if found[0] == "d" else spelled(found[0])


BOATS: tuple[Rule, ...] = (
    rule(
        "plate",
        "fishing-boat",
        r"(?<![\w.,/-])[A-ZĐ]{1,3}[agh]?[- .]?\d{4,5}[- .]?TS(?!\w)",
        _registration,
        ignore_case=False,
        needs=r"\d T S",
    ),
)
"""Boats come before documents: NĐ of a boat is no decree."""
PLATE = r"\d{2} ?[-]?[A-ZĐ]{1,2}\d?[- .]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?!\d)"
CALLED_PLATES = {
    "BS": "biển số",
    "BKS": "biển kiểm soát",
    "BSX": "biển số xe",
    "BX": "biển xe",
    "BKX": "biển kiểm soát xe",
}
PLATES: tuple[Rule, ...] = (
    rule(
        "plate",
        "called-a-plate",
        rf"(?<!\w)(BSX|BS|BKS|BX|BKX)\.?(?=[ :]*(?:số |là |xe |mô tô |ô tô )?[:]? ?{PLATE})",
        lambda f, c: CALLED_PLATES[f[1]],
        ignore_case=False,
        needs=r"\d B",
    ),
    rule(
        "plate",
        "plate",
        r"(?<![\w.,/])(\d{2}) ?[-]?([A-ZĐ]{1,2}\d?)[- .]{1,3}(\d{3}\.?\d{2}|\d{4})(?![\w.]\d|\w)",
        _plate,
        ignore_case=False,
        needs=r"\d [A-ZĐ]",
    ),
    rule(
        "address",
        "kilometre",
        r"(?<![\w/])km ?(?P<so>số ?)?(?P<km>\d\.\d{3}(?=\+)|\d{1,4}(?:,\d{1,3})?)(?: ?\+ ?(?P<m>\d{1,3}))?(?![\w/]|[.,]\d)",
        _kilometre,
        needs=r"\d [kK]",
    ),
    rule(
        "sequence",
        "formula-by-points",
        r"(?<=NPK )\d{1,2}(?:\.\d{1,2}){2}(?!\w|[.,-]\d)",
        lambda f, c: " ".join(numbers.cardinal(int(part), c.manner) for part in f[0].split(".")),
        ignore_case=False,
        needs=r"K \.",
    ),
    rule("version", "version", r"(?<![\w.,/])\d{1,3}(?:\.\d{1,2}){2,4}(?![\w/]|[.,]\d)", _version, needs=r"\d \."),
    rule("version", "two-parts", r"(?<![\w.,/])\d{1,2}\.\d{1,2}(?![\w/]|[.,]\d)", _two_part_version, needs=r"\d \."),
)


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Codes that are no plate, after everything that has a unit or a day was read."""
    return (
        rule(
            "sequence",
            "formula",
            r"(?<![\w.,/-])\d{1,2}(?: ?[-–] ?\d{1,2}){2,4}(?!\w|[.,-]\d)",
            _sequence,
            needs=r"\d [-–]",
        ),
        rule("sequence", "row", r"(?<![\w.,/-])\d{1,2}(?:,\d{1,2}){2,9}(?![\w/]|[.,-]\d)", _row, needs=r"\d ,"),
        rule("sequence", "row-of-two", r"(?<![\w.,/-])\d{1,2},\d{1,2}(?![\w/%]|[.,-]\d)", _row_of_two, needs=r"\d ,"),
        rule("sequence", "plus", r"(?<![\w.,/-])\d{1,3}(?: ?\+ ?\d{1,3})+(?![\w/]|[.,-]\d)", _plus, needs=r"\d \+"),
        rule(
            "letter",
            "virus",
            r"(?<!\w)A/H(\d)N(\d)(?!\w)",
            lambda f, c: f"a hát {numbers.digits(f[1])} nờ {numbers.digits(f[2])}",
            ignore_case=False,
            needs=r"\d / H N",
        ),
        rule(
            "letter",
            "range-of-codes",
            r"(?<![\w.,/-])(\d{1,2}[A-ZĐ]\d?) ?[-–] ?(\d{1,2}[A-ZĐ]\d?)(?![\w/]|[.,-]\d)",
            _range_of_codes,
            needs=r"\d [A-ZĐ] [-–]",
            ignore_case=False,
        ),
        rule("unit", "concrete", r"(?<!\w)M ?(\d{2,3})(?![\w/]|[.,]\d)", _bed, needs=r"\d M", ignore_case=False),
        rule(
            "letter",
            "formulation",
            r"(?<![\w.,/-])(\d{1,3}) ?(WG|WP|EC|SC|SL|GR|WDG|EW|OD|FS|DD)(?![\w/-])",
            _formulation,
            needs=r"\d [WESGOFD]",
            ignore_case=False,
        ),
        rule(
            "abbr",
            "digits-and-abbreviation",
            r"(?<![\w.,/-])(\d{1,3})([A-ZĐ]{3,6})(?![\w/-])",
            _medals,
            ignore_case=False,
            needs=r"\d [A-ZĐ]",
        ),
        rule(
            "letter",
            "letters-and-digits-by-point",
            r"(?<![\w.,/-])(?:\d{3}[- ]?)?[A-ZĐ]{1,2}\d{1,3}\.\d{1,3}(?![\w/]|[.,]\d|-\d)",
            _by_point,
            ignore_case=False,
            needs=r"\d \. [A-ZĐ]",
        ),
        rule(
            "letter",
            "letters-and-digits",
            r"(?<![\w.,/])(?P<letters>[A-ZĐƯ]{1,6}|[A-Z][a-z]{2,9}(?=-))[- ]?(?:(?<=[A-ZĐƯ])|(?<=-))(?P<digits>\d{1,4})(?P<more>[A-ZĐ]\d{0,2})?(?![\w/]|[.,]\d|-\d)",
            _glued,
            ignore_case=False,
            needs=r"\d [A-ZĐƯ]",
        ),
        rule(
            "letter",
            "number-and-small-letter",
            r"(?<![\w.,/-])\d{1,3}[a-dđ](?![\w/]|[.,]\d)",
            _numbered,
            ignore_case=False,
            needs=r"\d [a-dđ]",
        ),
        rule(
            "letter",
            "digits-and-letters",
            r"(?<![\w.,])(?:\d+,)?\d{1,3}[A-ZĐ](?:\d{1,2})?(?!\w|/(?!\d+[A-ZĐ]|[a-z])|[.,]\d)",
            _digits_and_letters,
            ignore_case=False,
            needs=r"\d [A-ZĐ]",
        ),
        rule(
            "letter",
            "small",
            r"(?<![\w.,])[bcdđghklmnpqrstvx](?![\w.'])",
            _small_letter,
            needs="",
            words="bcdđghklmnpqrstvx",
            ignore_case=False,
        ),
    )
