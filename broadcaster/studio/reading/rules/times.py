"""Hours of the day and their ranges."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.token import Context, Rule, rule

H = r"(?:[01]?\d|2[0-4])"
MM = r"[0-5]\d"


def _hour(hour: str, minute: str | None, context: Context) -> str:
    said = f"{numbers.cardinal(int(hour), context.manner)} giờ"
    if not minute or minute == "00":
        return said
    rest = (
        f"không {numbers.cardinal(int(minute), context.manner)}"
        if minute.startswith("0")
        else numbers.cardinal(int(minute), context.manner)
    )
    return f"{said} {rest}"


def _range(found: re.Match[str], context: Context) -> str:
    return f"{_hour(found[1], found[2], context)} đến {_hour(found[3], found[4], context)}"


RULES: tuple[Rule, ...] = (
    rule(
        "time",
        "round-the-clock",
        r"(?<!\d)24/24(?: ?(?:giờ|h))?(?!\w)",
        lambda f, c: "hai mươi tư trên hai mươi tư giờ",
    ),
    rule("time", "all-week", r"(?<!\d)24/7(?!\d)", lambda f, c: "hai mươi tư trên bảy"),
    rule(
        "time",
        "to-the-second",
        rf"(?<![\d.,])({H}) ?(?:h|g|giờ) ?({MM}|\d) ?(?:phút|’|′|') ?({MM}|\d) ?giây",
        lambda f, c: (
            f"{_hour(f[1], None, c)} {numbers.cardinal(int(f[2]), c.manner)} phút {numbers.cardinal(int(f[3]), c.manner)} giây"
        ),
    ),
    rule(
        "range",
        "weekdays",
        r"(?<!\w)(thứ) (\d) ?[-–] ?(thứ) (\d)(?!\d)",
        lambda f, c: f"{f[1]} {numbers.ordinal(int(f[2]), c.manner)} đến {f[3]} {numbers.ordinal(int(f[4]), c.manner)}",
    ),
    rule(
        "time",
        "range",
        rf"(?<!\d)({H}) ?(?:h|g|giờ|:) ?({MM})? ?(?:phút)? ?[-–] ?({H}) ?(?:h|g|giờ|:) ?({MM})?(?![\dA-Za-zđ])",
        _range,
    ),
    rule(
        "time",
        "hour-and-minute",
        rf"(?<![\d.,])({H}) ?(?:h|g|:) ?({MM})(?![\d:])(?:\s?(?:phút|’|′|'))?",
        lambda f, c: _hour(f[1], f[2], c),
    ),
    rule("time", "hour", rf"(?<![\d.,])({H}) ?h(?!\w)", lambda f, c: _hour(f[1], None, c)),
    rule(
        "time",
        "hour-and-minute-in-words",
        r"(?<!\d)(\d{1,2}) giờ (\d{1,2})(?: phút)?(?!\d)",
        lambda f, c: _hour(f[1], f[2], c) + (" phút" if f[0].endswith("phút") else ""),
    ),
)
