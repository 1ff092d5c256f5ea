"""Document numbers: “Quyết định số 89/QĐ-TTg” is read briefly on air, its code left out where its issuer is named beside it."""

import re

from broadcaster.studio.reading import numbers
from broadcaster.studio.reading.letters import NAMES, code, spelled
from broadcaster.studio.reading.manner import DocumentManner
from broadcaster.studio.reading.token import Context, Rule, Said, Spelled, behind, rule

PART = r"[A-ZĐƯ][A-ZĐƯa-zđ]{0,17}(?:\d{1,2}(?!\d))?"
CODE = rf"{PART}(?: ?[-–&/] ?{PART}){{0,4}}"
ISSUED = re.compile(
    r"[ ,]*\(?(?:(?:được )?(?:ký|ban hành|công bố) ?)?(?:(?:ngày|năm) [\d/.\- –]{3,12}(?:tháng \d{1,2}(?: năm \d{4})?)? ?)?[ ,]*(?:của|do)\b"
)
"""The issuer is named behind the number, so the code adds nothing for the ear."""
STANDARDS = {
    "QCVN": "quy chuẩn việt nam",
    "TCVN": "tiêu chuẩn việt nam",
    "TCXDVN": "tiêu chuẩn xây dựng việt nam",
    "QCĐP": "quy chuẩn địa phương",
    "TCCS": "tiêu chuẩn cơ sở",
}
FORM_BEFORE = behind("mẫu|mẫu số|biểu|biểu mẫu|tờ khai|theo mẫu|phiếu")
FORM_PARTS = {"TK": "tờ khai", "SDDPNN": "sử dụng đất phi nông nghiệp", "CNKD": "cá nhân kinh doanh"}
DOCUMENT_BEFORE = re.compile(
    r"(?:quyết định|nghị định|nghị quyết|thông tư|liên tịch|chỉ thị|kế hoạch|công văn|công điện|thông báo|báo cáo|tờ trình|hướng dẫn|chương trình|"
    r"kết luận|quy định|quy chế|luật|pháp lệnh|sắc lệnh|văn bản|hợp nhất|giấy mời|đề án|lệnh|hợp đồng|biên bản|giấy phép|bản án|phương án|danh sách|qđ|nđ|nq|tt|kh|cv|ct|tb|số)(?: số)?:? ?$"
)
OF_A_LAW = re.compile(r",? ?(?:đ\.? ?\d|điều \d|luật(?!\w)|bộ luật|blhs|blds|nđ \d|nghị định|hiến pháp)")
PART_OF_A_LAW = re.compile(r"(?<!\w)(?:điểm [a-zđ]|khoản \d{1,2}|k\.? ?\d{1,2}),? ?$")
"""What stands beside a clause or an article in short."""
FIRM = behind(
    "nghị định|nghị quyết|thông tư|liên tịch|quyết định|luật|pháp lệnh|chỉ thị|nđ|nq|qđ|tt|ttlt|nđ-cp|nghị định số|nđ số|nq số|qđ số"
)
"""Documents that are never of a month."""
FILED_BEFORE = re.compile(r"(?<!\w)lưu:? ?(?:vt|vp|hồ sơ)(?!\w)[^.]{0,24}[,;] ?$")
"""What is left of a document in the office, and with whom."""


def _number(text: str, context: Context) -> str:
    return numbers.digits(text) if text.startswith("0") else numbers.cardinal(int(text), context.manner)


def _document(found: re.Match[str], context: Context) -> Said:
    said = f"{'số ' if found['so'] else ''}{_number(found['number'], context)}"
    if found["year"]:
        said += f" năm {numbers.cardinal(int(found['year']), context.manner)}"
    is_issued = ISSUED.match(context.after) and not _is_of_a_subject(found["code"], context)
    if context.manner.documents is DocumentManner.BRIEF and is_issued:
        return said
    return _with_code(said, found["code"], context)


def _is_of_a_subject(code: str, context: Context) -> bool:
    """“BB-VPHC” ends in what it is about, which no issuer behind it says again."""
    last = re.split(r" ?[-–/] ?", code)[-1].rstrip("0123456789")
    table = context.lexicon.table
    return last in table("abbreviations") and last not in table("organs") and last not in table("documents")


def _with_code(said: str, code: str, context: Context) -> Said:
    words, unknown = _code(code, context)
    return Spelled(f"{said} {words}", "organs") if unknown else f"{said} {words}"


def _code(code: str, context: Context) -> tuple[str, bool]:
    """The code in words, part by part; and whether a part is in no table, so that it had to be spelled."""
    said: list[str] = []
    unknown = False
    for part in re.split(r" ?[-–/] ?", code):
        base = part.rstrip("0123456789")
        words = None
        if context.manner.documents is not DocumentManner.LETTERS:
            tables = ("documents", "organs", "abbreviations") if not said else ("organs", "abbreviations", "documents")
            words = next(filter(None, (context.lexicon.settled(name, base, context.before) for name in tables)), None)
            unknown |= words is None
        number = part[len(base) :]
        session = " khóa " if words and base.endswith("QH") else " "
        said.append((words or spelled(base)) + (session + numbers.written(number, context.manner) if number else ""))
    return " ".join(said), unknown


def _standard(found: re.Match[str], context: Context) -> Said:
    words = STANDARDS[found["name"]]
    lead = words if not context.before.rstrip().endswith(words.split(" việt")[0]) else "việt nam"
    said = f"{lead} {_number(found['number'], context)}"
    if found["part"]:
        said += f" gạch ngang {_number(found['part'], context)}"
    if found["year"]:
        said += f" năm {numbers.cardinal(int(found['year']), context.manner)}"
    return _with_code(said, found["code"], context) if found["code"] else said


def _iso(found: re.Match[str], context: Context) -> Said:
    year = f" năm {numbers.cardinal(int(found['year']), context.manner)}" if found["year"] else ""
    return f"i sô {numbers.cardinal(int(found['number']), context.manner)}{year}"


def _form(found: re.Match[str], context: Context) -> Said:
    """Form 01/TK-SDDPNN: a declaration, and of what; short codes by their letters."""
    said = [numbers.digits(found["number"])]
    unknown = False
    for part in found["code"].split("-"):
        words = FORM_PARTS.get(part) or (context.lexicon.spoken("abbreviations", part) if len(part) > 2 else None)
        unknown |= words is None and len(part) > 4
        said.append(words or " ".join(NAMES[sign] for sign in part.lower() if sign in NAMES))
    spoken = found["lead"] + " ".join(said)
    return Spelled(spoken, "abbreviations") if unknown else spoken


def _coded_form(found: re.Match[str], context: Context) -> Said:
    letters = code(found[0], context.manner)
    return letters if context.follows(FORM_BEFORE) else None


def _document_or_not(found: re.Match[str], context: Context) -> Said:
    """A code has a known kind or organ, or the words before it say that this is a document."""
    if not found["so"] and re.search(r"\d ?$", context.before):
        return None
    code = found["code"]
    base = re.split(r" ?[-–/&] ?", code)[0].rstrip("0123456789")
    known = any(context.lexicon.spoken(table, base) for table in ("documents", "organs"))
    named = found["so"] or DOCUMENT_BEFORE.search(context.before)
    if not (named or (known and ("-" in code or "/" in code or found["year"] or base != code))):
        return None
    return _document(found, context)


def _kind_in_short(found: re.Match[str], context: Context) -> Said:
    return context.lexicon.spoken("documents", found[0])


def _of_a_year(found: re.Match[str], context: Context) -> Said:
    """“NĐ 100/2019”: a number, and the year it is of."""
    if not context.follows(FIRM):
        return None
    return f"{_number(found['number'], context)} năm {numbers.cardinal(int(found['year']), context.manner)}"


def _clause(found: re.Match[str], context: Context) -> Said:
    """“Điểm a K5 Đ6”: a clause of an article, where other parts of a law stand beside it."""
    is_part = OF_A_LAW.match(context.after) or PART_OF_A_LAW.search(context.before)
    if not is_part:
        return None
    return f"{'khoản' if found[1] == 'K' else 'điều'} {numbers.cardinal(int(found[2]), context.manner)}"


def _filed(found: re.Match[str], context: Context) -> Said:
    """“Lưu: VT, KT”: who keeps the document is an organ."""
    return context.lexicon.settled("organs", found[0], context.before) if FILED_BEFORE.search(context.before) else None


RULES: tuple[Rule, ...] = (
    rule(
        "abbr",
        "filed",
        r"(?<![\w./&-])[A-ZĐƯ][A-ZĐƯa-zđ&]{1,8}(?![\w/&-])",
        _filed,
        needs="[lL] [vV]",
        ignore_case=False,
    ),
    rule(
        "docnum",
        "kind-in-short",
        r"(?<![\w/-])(?:(?:QĐ|NQ|NĐ|TTLT|CTr|TTr|KL|HD|NQLT|CTHĐ)(?= (?:số:? ?)?\d)|(?:KH|TB|BC|CV|CT|TT|CĐ|PA|ĐA|GM)(?= (?:số:? ?\d|\d{1,5}[-/])))",
        _kind_in_short,
        needs=r"[A-ZĐ] \d",
        ignore_case=False,
    ),
    rule(
        "docnum",
        "standard",
        rf"(?<!\w)(?P<name>{'|'.join(STANDARDS)})[ :]*(?P<number>\d{{1,5}})(?:-(?P<part>\d{{1,2}}))?(?: ?[:/] ?(?P<year>(?:19|20)\d\d))?(?:/(?P<code>[A-ZĐ]{{2,12}}))?(?![\w/])",
        _standard,
        ignore_case=False,
        needs=r"\d C",
    ),
    rule(
        "docnum",
        "iso",
        r"(?<!\w)ISO(?:/IEC)? ?(?P<number>\d{4,5})(?:[:-](?P<year>(?:19|20)\d\d))?(?!\w)",
        _iso,
        ignore_case=False,
        needs=r"\d I",
    ),
    rule(
        "docnum",
        "numbered",
        rf"(?P<so>(?<!\w)(?i:số):? ?)?(?<![\d/.,-])(?P<number>\d{{1,5}})(?: ?/ ?(?P<year>(?:19|20)\d\d))? ?[/-] ?(?P<code>{CODE})(?![\w/]|-\w)",
        _document_or_not,
        needs=r"\d [-/] [A-ZĐ]",
        ignore_case=False,
    ),
    rule(
        "docnum",
        "clause",
        r"(?<![\w./-])(K|Đ)\.? ?(\d{1,3})(?![\w/]|[.,-]\d)",
        _clause,
        ignore_case=False,
        needs=r"\d [KĐ]",
    ),
    rule(
        "docnum",
        "of-a-year",
        r"(?<![\w.,/-])(?P<number>\d{1,5}) ?/ ?(?P<year>(?:19|20)\d\d)(?![\w/]|[.,-]\d)",
        _of_a_year,
        needs=r"\d /",
    ),
    rule(
        "docnum",
        "form",
        r"(?P<lead>(?<!\w)(?:mẫu|biểu|tờ khai) (?:số )?)(?P<number>\d{1,2})[/-](?P<code>[A-ZĐ]{1,8}(?:-[A-ZĐ]{1,8})?)(?![\w/])",
        _form,
        needs=r"\d [-/] [A-ZĐ]",
    ),
    rule(
        "docnum",
        "coded-form",
        r"(?<![\w.,/-])[A-ZĐ]{1,3}\d{1,3}[a-z]?(?:-[A-ZĐ]{1,4})?(?![\w/]|[.,]\d)",
        _coded_form,
        ignore_case=False,
        needs=r"\d [A-ZĐ] [ẫểờế]",
    ),
)
