"""Signs at the head of a line: bullets, numbers and letters of lists, the stroke that ends a document."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import NAMES
from broadcaster.studio.reading.syllable import CAPITALS
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, rule


def _letter(found: re.Match[str], context: Context) -> Said:
    name = NAMES.get(found["letter"].lower())
    return f"{name}," if name else None


def _letter_within(found: re.Match[str], context: Context) -> Said:
    name = NAMES.get(found["letter"] or found["letter2"])
    return f"{name}, " if name else None


def _section(found: re.Match[str], context: Context) -> Said:
    parts = found["number"].strip(".").split(".")
    return " chấm ".join(numbers.cardinal(int(part), context.manner) for part in parts) + ","


def _roman(found: re.Match[str], context: Context) -> Said:
    value = numbers.roman(found["roman"])
    return f"{numbers.cardinal(value, context.manner)}," if value else None


RULES: tuple[Rule, ...] = (
    rule(
        "list",
        "blank",
        r"(?<=ngày)[ ]*[.…]+(?= *(?:tháng|/))|(?<=tháng)(?:[ ]+[.…]+|…|[.…]{2,})(?= *(?:năm|/))|(?<=số)[ :]*[.…]+(?= */)",
        lambda found, context: Asked(),
        needs=r"(?i:ngày|tháng|số)[:\x20]*[.…]",
    ),
    rule(
        "list",
        "end-of-document",
        r"[.;,]?[ ]*\.?/[ ]?\.+(?=\s|\Z)|[.;,][ ]*/(?=\s*\Z)",
        lambda found, context: ".",
        needs=r"/\x20?\.|[.;,]\x20*/",
        is_whole=True,
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
        rf"(?m)^[ ]*(?P<letter>[A-HĐ])(?:\)|[./](?= )|[-–](?= [{CAPITALS}]{{2}}))[ ]*(?=\S)",
        _letter,
        needs=r"[-–).]|/",
        ignore_case=False,
    ),
    rule(
        "list",
        "letter-within",
        r"(?<=[;:,.] )(?:\((?P<letter>[a-eghđ])\)|(?P<letter2>[b-eghđ])\))[ ]+(?=[^\W\d_])",
        _letter_within,
        needs=r"\)",
        ignore_case=False,
    ),
    rule(
        "list",
        "small-roman",
        r"(?m)(?:^|(?<=[;:.,] ))\(?(?P<roman>ii|iii|iv|vi{1,3}|ix|i(?=\)(?s:.*)\bii\)))\)[ ]+(?=\S)",
        lambda f, c: f"{numbers.cardinal(numbers.roman(f['roman'].upper()) or 0, c.manner)}, ",
        needs=r"\)",
        ignore_case=False,
        is_whole=True,
    ),
    rule(
        "list",
        "section",
        r"(?m)^[ ]*(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?:\.|\)|\.\))?[ ]+(?=[^\W\d_])(?!độ |%|(?:ha|kg|g|km|m|cm|mm|m2|m3|tấn|tạ|triệu|tỷ|tỉ|nghìn|lít|điểm|lần|người|hộ|tuổi|sào|mẫu)(?!\w))",
        _section,
        needs=r"\d \.",
    ),
    rule(
        "list",
        "number",
        r"(?m)^[ ]*(?:\((?P<n2>\d{1,2})\)|(?P<number>\d{1,2})(?:[.)]|\.\)|/(?= )))[ ]*(?=[^\W\d_\"(])",
        lambda f, c: f"{numbers.cardinal(int(f['number'] or f['n2']), c.manner)},",
    ),
    rule("list", "bullet-within", r"(?<=[;:.] )[+•] (?=[^\W\d_])", lambda f, c: "", needs=r"[+•]"),
    rule(
        "list",
        "number-within",
        rf"(?<=[;.] )(\d{{1,2}})/ (?=[{CAPITALS}])",
        lambda f, c: f"{numbers.cardinal(int(f[1]), c.manner)}, ",
        needs=r"\d /",
        ignore_case=False,
    ),
)
