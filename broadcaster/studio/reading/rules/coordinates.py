"""Places on the map, and heights of people: degrees, minutes and seconds; metres and the rest."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.token import Context, Rule, Said, rule

SIDES = {
    "n": "vĩ bắc",
    "s": "vĩ nam",
    "e": "kinh đông",
    "w": "kinh tây",
    "b": "vĩ bắc",
    "đ": "kinh đông",
    "vĩ": "vĩ",
    "kinh": "kinh",
}


DEGREES = r"\d{1,3}(?:[.,]\d{1,4})?"
AFTER = r"(?:(?<=[NSEWBĐ])(?P<dash> ?[-–] ?)|(?<![\w.,/-]))"
"""A dash between north and east is a pause."""
PROTEIN_BEFORE = re.compile(r"(?<!\w)(?:mắm|đạm)(?!\w)[^.;]{0,40}$")


def _by_point(found: re.Match[str], context: Context) -> Said:
    high = numbers.written(f"{found[3]},{found[4]}", context.manner)
    return f"{numbers.written(f'{found[1]},{found[2]}', context.manner)} đến {high}" if found[1] else high


def _degrees(found: re.Match[str], context: Context) -> Said:
    said = f"{_number(found['d'], context)} độ {_number(found['m'], context)} phút"
    if found["s"]:
        said += f" {_number(found['s'], context)} giây"
    pause = _joint(found, context)
    return f"{pause}{said} {SIDES[found['side'].lower()]}" if found["side"] else f"{pause}{said}"


def _number(text: str, context: Context) -> str:
    return numbers.written(re.sub(r"^0+(?=\d)", "", text).replace(".", ","), context.manner)


def _joint(found: re.Match[str], context: Context) -> str:
    """From north to north is a range, between north and east a dash is a pause."""
    if not found["dash"]:
        return ""
    is_same = context.text[context.start - 1].lower() == (found["side"] or "").lower()
    return " đến " if is_same else ", "


def _metres(found: re.Match[str], context: Context) -> Said:
    rest = numbers.digits(found[2]) if found[2].startswith("0") else numbers.cardinal(int(found[2]), context.manner)
    return f"{numbers.cardinal(int(found[1]), context.manner)} mét {rest}"


def _with_side(found: re.Match[str], context: Context) -> Said:
    """Degrees north; but 35°N of a fish sauce is its protein."""
    said = _number(found["number"], context)
    if found["side"] == "N" and PROTEIN_BEFORE.search(context.before):
        return f"{said} độ đạm"
    low = f"{_number(found['low'], context)} đến " if found["low"] else ""
    return f"{_joint(found, context)}{low}{said} độ {SIDES[found['side'].lower()]}"


def _by_letter(found: re.Match[str], context: Context) -> Said:
    """12,00N-15,50N: degrees without their sign, known by their comma."""
    said = f"{_number(found['number'], context)} độ {SIDES[found['side'].lower()]}"
    if not found["low"]:
        return said
    joint = " đến " if found["low_side"] == found["side"] else ", "
    return f"{_number(found['low'], context)} độ {SIDES[found['low_side'].lower()]}{joint}{said}"


def _pair(found: re.Match[str], context: Context) -> Said:
    """20,5N-108,2E: north and east, without the sign of degrees."""
    return f"{_number(found[1], context)} độ vĩ bắc, {_number(found[2], context)} độ kinh đông"


RULES: tuple[Rule, ...] = (
    rule(
        "coordinate",
        "with-side",
        rf"{AFTER}(?:(?P<low>{DEGREES}) ?[-–] ?)?(?P<number>{DEGREES}) ?° ?(?P<side>[NSEWBĐ])(?!\w)",
        _with_side,
        needs="°",
    ),
    rule(
        "coordinate",
        "pair",
        rf"(?<![\w.,/-])({DEGREES}) ?N ?[-–;,/]? ?({DEGREES}) ?E(?!\w)",
        _pair,
        needs=r"\d N E",
        ignore_case=False,
    ),
    rule(
        "coordinate",
        "by-letter",
        r"(?<![\w.,/-])(?:(?P<low>\d{1,3}[.,]\d{1,2}) ?(?P<low_side>[NE]) ?[-–] ?)?(?P<number>\d{1,3}[.,]\d{1,2}) ?(?P<side>[NE])(?!\w)",
        _by_letter,
        needs=r"\d [NE] [.,]",
        ignore_case=False,
    ),
    rule("unit", "metres-and", r"(?<![\w.,/])(\d{1,2})m(\d\d|[14-9])(?![\w/]|[.,]\d)", _metres, needs=r"\d m"),
    rule(
        "coordinate",
        "degrees",
        rf"{AFTER}(?P<d>\d{{1,3}}) ?° ?(?P<m>\d{{1,2}}(?:[.,]\d{{1,3}})?) ?'(?: ?(?P<s>\d{{1,2}}(?:[.,]\d+)?) ?(?:\"|''))? ?(?P<side>N|S|E|W|B|Đ|vĩ|kinh)?(?!\w)",
        _degrees,
        needs="°",
    ),
    rule(
        "coordinate",
        "by-point",
        r"(?<![\w.,/-])(?:(\d{1,3})\.(\d{1,4}) ?[-–] ?)?(\d{1,3})\.(\d{1,4})(?= ?(?:độ|°) ?(?:vĩ|kinh|bắc|đông|n\b|e\b))",
        _by_point,
        needs=r"\d \.",
    ),
)
