"""Document numbers: “Quyết định số 89/QĐ-TTg” is read briefly on air, its code left out where kind or issuer are named."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.manner import DocumentManner
from broadcaster.studio.reading.token import Context, Rule, rule

CODE = r"[A-ZĐ][A-ZĐa-zđ]{0,7}(?:\d{1,2})?(?:[-–&][A-ZĐ][A-ZĐa-zđ&]{0,11}\d{0,2}){0,3}"
KINDS = (
    "quyết định|nghị định|nghị quyết|thông tư|thông tư liên tịch|chỉ thị|kế hoạch|công văn|công điện|thông báo|báo cáo|tờ trình|hướng dẫn|"
    "chương trình|kết luận|quy định|quy chế|luật|pháp lệnh|sắc lệnh|văn bản|giấy mời|đề án|lệnh"
)

ISSUED = re.compile(
    r"[ ,]*(?:(?:ký |ban hành )?ngày [\d/.\- ]{3,10}(?:tháng \d+ năm \d+)? ?)?của\b|[ ,]*năm \d{4} của\b|[ ,]*do\b"
)
"""The issuer is named behind the number, so the code adds nothing for the ear."""


def _document(found: re.Match[str], context: Context) -> str | None:
    number = (
        numbers.digits(found["number"])
        if found["number"].startswith("0")
        else numbers.cardinal(int(found["number"]), context.manner)
    )
    said = f"{found['kind'] or ''}{'số ' if found['so'] else ''}{number}"
    if found["year"]:
        said += f" năm {numbers.cardinal(int(found['year']), context.manner)}"
    if context.manner.documents is DocumentManner.BRIEF and found["kind"] and ISSUED.match(context.after):
        return said
    code = _code(found["code"], context)
    return None if code is None else f"{said} {code}"


def _code(code: str, context: Context) -> str | None:
    """The code in words, part by part; None where a part is in no table."""
    said = []
    for part in re.split(r"[-–]", code):
        base, session = re.fullmatch(r"(.*?)(\d*)", part).groups()  # type: ignore[union-attr]  # it matches any text
        rows = (
            context.lexicon.table("organs").get(base)
            or context.lexicon.table("documents").get(base)
            or context.lexicon.table("abbreviations").get(base)
        )
        if not rows:
            return None
        said.append(rows[0].spoken + (f" khóa {numbers.cardinal(int(session), context.manner)}" if session else ""))
    return " ".join(said)


RULES: tuple[Rule, ...] = (
    rule(
        "document",
        "numbered",
        rf"(?P<kind>(?<!\w)(?i:{KINDS}) )?(?P<so>(?i:số) ?:? ?)?(?<![\d/])(?P<number>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))? ?[/-] ?(?P<code>{CODE})(?![\w/-])",
        _document,
        ignore_case=False,
    ),
)
