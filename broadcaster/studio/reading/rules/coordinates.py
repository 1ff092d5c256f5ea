"""Places on the map, and heights of people: degrees, minutes and seconds; metres and the rest."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.token import Context, Rule, Said, rule

SIDES = {
    "n": "vĩ bắc",
    "s": "vĩ nam",
    "e": "kinh đông",
    "w": "kinh tây",
    "b": "bắc",
    "đ": "đông",
    "vĩ": "vĩ",
    "kinh": "kinh",
}


PROTEIN_BEFORE = re.compile(r"(?<!\w)(?:mắm|đạm)(?!\w)[^.;]{0,40}$")


def _by_point(found: re.Match[str], context: Context) -> Said:
    high = numbers.written(f"{found[3]},{found[4]}", context.manner)
    return f"{numbers.written(f'{found[1]},{found[2]}', context.manner)} đến {high}" if found[1] else high


def _degrees(found: re.Match[str], context: Context) -> Said:
    said = (
        f"{numbers.cardinal(int(found[1]), context.manner)} độ {numbers.cardinal(int(found[2]), context.manner)} phút"
    )
    if found[3]:
        said += f" {numbers.written(found[3].replace('.', ','), context.manner)} giây"
    return f"{said} {SIDES[found[4].lower()]}" if found[4] else said


def _metres(found: re.Match[str], context: Context) -> Said:
    rest = numbers.digits(found[2]) if found[2].startswith("0") else numbers.cardinal(int(found[2]), context.manner)
    return f"{numbers.cardinal(int(found[1]), context.manner)} mét {rest}"


def _with_side(found: re.Match[str], context: Context) -> Said:
    """Degrees north; but 35°N of a fish sauce is its protein."""
    if found[2] == "N" and PROTEIN_BEFORE.search(context.before):
        return f"{numbers.written(found[1].replace('.', ','), context.manner)} độ đạm"
    return f"{numbers.written(found[1].replace('.', ','), context.manner)} độ {SIDES[found[2].lower()]}"


RULES: tuple[Rule, ...] = (
    rule(
        "coordinate",
        "with-side",
        r"(?:(?<=[NSEW])[-–]|(?<![\w.,/-]))(\d{1,3}(?:[.,]\d{1,4})?) ?° ?([NSEW])(?!\w)",
        _with_side,
        needs="°",
    ),
    rule("unit", "metres-and", r"(?<![\w.,/])(\d{1,2})m(\d\d)(?![\w/]|[.,]\d)", _metres),
    rule(
        "coordinate",
        "degrees",
        r"(?<![\w.,/])(\d{1,3}) ?° ?(\d{1,2}) ?'(?: ?(\d{1,2}(?:[.,]\d+)?) ?(?:\"|''))? ?(N|S|E|W|B|Đ|vĩ|kinh)?(?!\w)",
        _degrees,
        needs="°",
    ),
    rule(
        "coordinate",
        "by-point",
        r"(?<![\w.,/-])(?:(\d{1,3})\.(\d{1,4}) ?[-–] ?)?(\d{1,3})\.(\d{1,4})(?= ?(?:độ|°) ?(?:vĩ|kinh|bắc|đông|n\b|e\b))",
        _by_point,
    ),
)
