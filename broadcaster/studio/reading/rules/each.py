"""So much for each: strokes that are said “một” or “trên”, told from strokes between two things of a kind."""

import re

from broadcaster.studio.reading.rules.amounts import N, amount
from broadcaster.studio.reading.token import Asked, Context, Rule, Said, Says, rule

PER_WORDS = (
    "căn|chục|xuất|bình|can|xô|cốc|thìa|tuýp|lọ|viên|ống|máy|xe|tàu|trục|mặt hàng|cặp|đôi|rổ|mớ|bó|quả|đơn vị|thuê bao|tài khoản|hành khách|tín chỉ|phiên|mâm|bàn|"
    "phụ nữ|người lớn|trẻ em|mẻ|lứa|ngày công|ô|cột|trạm|tổ hợp tác|mét dài|khóm|bụi|gốc|luống|ao|lồng|bè|chuồng|đàn|ổ|hố|cành|bông|hecta|nhóm|đội|khu|chi hội|cụm|trường|phiếu|môn|câu|bài|tiết học|khách|đầu người|"
    "người|hộ|nhân khẩu|khẩu|lao động|tháng|năm|ngày đêm|ngày|tuần|giờ|phút|giây|sào|mẫu|công|tấn|tạ|yến|lít|con|cây|suất|cháu|em|trẻ|học sinh|sinh viên|"
    "cuộc|vụ|lượt|buổi|ca|tổ|thôn|bản|xã|hội viên|đảng viên|đoàn viên|gia đình|lần|quý|chuyến|bao|thùng|gói|hộp|chai|phòng|đêm|bữa|liều|héc ta|mét|cân|ki lô|ki lô gam|"
    "dân|bộ|chiếc|cái|quyển|cuốn|kỳ|năm học|học kỳ|hợp đồng|hồ sơ|trường hợp|mũi|bệnh nhân|giường|lô|thửa|sản phẩm|mét vuông|mét khối|khối|nhà|lớp|đợt|tiết|giờ học|trang|vé|điểm|số|kw|kwh"
)
SHORT = {
    "HS": "học sinh",
    "hs": "học sinh",
    "SV": "sinh viên",
    "ng": "người",
    "ĐV": "đoàn viên",
    "HV": "hội viên",
    "cp": "cổ phiếu",
    "ngđ": "ngày đêm",
    "NCT": "người cao tuổi",
    "LĐ": "lao động",
    "NK": "nhân khẩu",
    "hv": "hội viên",
}
"""Abbreviations of those who pay or get so much each."""
PRICED = re.compile(
    r"\d[^.;:!?]{0,12}(?:đồng|triệu|nghìn|ngàn|tỷ|tỉ|kg|lít|%|tạ|tấn|[\dm]đ|(?<!\w)đ|vnđ|vnd|(?<=[\d ])tr|\dk)$"
)
CHAINED = re.compile(rf"(?:\d|giá|mức|lương|suất)[^.;:!?]{{0,40}}/(?:{PER_WORDS})$")
"""So much for each of this, and for each of that: “mức lương/người/năm”."""
AREAS = "thôn|xóm|bản|ấp|tổ|tổ dân phố|xã|phường|thị trấn|khu|khu phố|quận|huyện"
AREA_BEFORE = re.compile(rf"(?<!\w)(?:{AREAS})$")
BEFORE_PER = rf"/(?!(?:1 )?(?:{PER_WORDS})(?!\w))"
"""A stroke that is not “for each”."""


def rules(units: dict[str, str], unit: str) -> tuple[Rule, ...]:
    """The rules for these units, `unit` being the pattern of them all."""
    return (
        rule(
            "unit",
            "for-each",
            rf"(?<=\w)/(?:1 )?(?P<per>{PER_WORDS}|{unit}|{'|'.join(SHORT)})(?!\w)",
            _for_each(units),
            needs="/",
            ignore_case=False,
        ),
        rule("unit", "for-so-many", rf"(?<=[^\W\d_])/(?P<number>{N})(?= [^\W\d_])", _for_so_many, needs=r"\d /"),
        rule(
            "unit",
            "for-each-of-a-price",
            r"(?<=[^\W\d_])(?: ?/ ?)(?=[^\W\d_])",
            lambda f, c: " một " if PRICED.search(c.before) else None,
            needs="/",
        ),
        rule("unit", "for-each-or-both", r"(?<=[^\W\d_])/(?P<word>[^\W\d_]+)", _one_or_both, needs="/"),
    )


def _for_each(units: dict[str, str]) -> Says:
    def says(found: re.Match[str], context: Context) -> Said:
        if _among_areas(found, context):
            return None
        chained = CHAINED.search(context.before)
        counted = (
            chained
            or re.search(r"\d[^.;:!?]{0,28}$", context.before)
            or re.search(r"(?:đồng|triệu|nghìn|lần|suất|mức|giá)[^.;:!?]{0,12}$", context.before)
        )
        per = SHORT.get(found["per"]) or units.get(found["per"], found["per"])
        return f" một {per}" if counted else None

    return says


def _among_areas(found: re.Match[str], context: Context) -> bool:
    """“12 thôn/xã” names two kinds of places."""
    return re.fullmatch(AREAS, found["per"]) is not None and AREA_BEFORE.search(context.before) is not None


def _one_or_both(found: re.Match[str], context: Context) -> Said:
    """“7 dảnh/khóm”: so many for each, most likely, but a person must say so."""
    if (
        not re.search(r"(?<!\w)\d(?:[\d.,]*\d)? ?[^\W\d_]+$", context.before)
        or AREA_BEFORE.search(context.before)
        or context.text[context.start - 1].isupper()
        or found["word"][:2].isupper()
        or context.after.startswith("/")
    ):
        return None
    return Asked((f" một {found['word']}", f", {found['word']}"))


def _for_so_many(found: re.Match[str], context: Context) -> Said:
    number = amount(found["number"], context)
    return number if isinstance(number, Asked) else f" trên {number}"
