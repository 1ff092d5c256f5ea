"""Signs at the head of a line: bullets, numbers and letters of lists, the stroke that ends a document."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import NAMES
from broadcaster.studio.reading.syllable import CAPITALS
from broadcaster.studio.reading.token import Context, Rule, Said, rule


def _letter(found: re.Match[str], context: Context) -> Said:
    name = NAMES.get(found["letter"].lower())
    return f"{name}," if name else None


def _section(found: re.Match[str], context: Context) -> Said:
    parts = found["number"].strip(".").split(".")
    return " chấm ".join(numbers.cardinal(int(part), context.manner) for part in parts) + ","


def _roman(found: re.Match[str], context: Context) -> Said:
    value = numbers.roman(found["roman"])
    return f"{numbers.cardinal(value, context.manner)}," if value else None


RULES: tuple[Rule, ...] = (
    rule(
        "list",
        "end-of-document",
        r"[.;,]?[ ]*\.?/[ ]?\.+(?=\s|\Z)|[.;,][ ]*/(?=\s*\Z)",
        lambda found, context: ".",
        needs="/",
    ),
    rule(
        "list",
        "bullet",
        r"(?m)^[ ]*(?:[-+*•–] +|[-+*•–](?=[^\W\d_\"])|•)",
        lambda found, context: "",
        needs="[-+*•–]",
        ignore_case=False,
    ),
    rule(
        "roman",
        "heading",
        r"(?m)^[ ]*(?:\"?)(?P<roman>[IVXL]{1,6})(?:[.)]|/(?= )|\.\)| ?[-–](?= ))[ ]*(?=\S)",
        _roman,
        needs="[IVXL]",
        ignore_case=False,
    ),
    rule(
        "list",
        "letter",
        r"(?m)^[ ]*\(?(?P<letter>[a-xzđ])(?:\)\.?|[./](?= ))[ ]*(?=\S)",
        _letter,
        needs=r"[).]|/",
        ignore_case=False,
    ),
    rule(
        "list",
        "capital",
        r"(?m)^[ ]*(?P<letter>[A-HĐ])(?:\)|[./](?= ))[ ]*(?=\S)",
        _letter,
        needs=r"[).]|/",
        ignore_case=False,
    ),
    rule(
        "list",
        "section",
        r"(?m)^[ ]*(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?:\.|\)|\.\))?[ ]+(?=[^\W\d_])(?!độ |%)",
        _section,
    ),
    rule(
        "list",
        "number",
        r"(?m)^[ ]*(?:\((?P<n2>\d{1,2})\)|(?P<number>\d{1,2})(?:[.)]|\.\)|/(?= )))[ ]*(?=[^\W\d_\"(])",
        lambda f, c: f"{numbers.cardinal(int(f['number'] or f['n2']), c.manner)},",
    ),
    rule(
        "list",
        "number-within",
        rf"(?<=[;.] )(\d{{1,2}})/ (?=[{CAPITALS}])",
        lambda f, c: f"{numbers.cardinal(int(f[1]), c.manner)}, ",
        needs="/",
        ignore_case=False,
    ),
)
