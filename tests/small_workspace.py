"""A small whole workspace for tests: one plan with two clauses, two areas, one station, two campaigns, three scripts, four lead-ins."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AREAS = """
[[area]]
slug = "cat-hai"
names = [{ text = "huyện Cát Hải", until = 2025-06-30 }, { text = "đặc khu Cát Hải", since = 2025-07-01 }]

[[area]]
slug = "cat-ba"
names = [{ text = "thị trấn Cát Bà", until = 2025-06-30 }, { text = "khu vực Cát Bà", since = 2025-07-01, confirmed = false }]
parents = [{ slug = "cat-hai" }]
"""
DOCUMENTS = """
[[document]]
number = "89/QĐ-TTg"
kind = "Quyết định"
title = "phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020”"
issuer = "Thủ tướng Chính phủ"
issued = 2013-01-09
since = 2013-01-09
until = 2021-07-29
replaced_by = "1373/QĐ-TTg"
also = ["QĐ 89"]
"""
PLAN = """
number = "48/KH-UBND"
title = "Truyền thông về xã hội học tập"
issuer = "Ủy ban nhân dân huyện Cát Hải"
place = "Cát Hải"
issued = 2020-02-20
signed_by = "Hoàng Hồng Luân"
signed_as = "Phó Chủ tịch"
year = 2020
parent = "38/KH-UBND"
area = "cat-hai"

[report]
before = 2020-11-15
to = "Ủy ban nhân dân huyện"
through = "Phòng Văn hóa"

[[clause]]
id = "III.1.4"
text = "Thường xuyên phản ánh các hoạt động: Ngày Khuyến học Việt Nam 02/10."

[[clause]]
id = "III.1.5"
text = "Biểu dương mô hình học tập."

[[slip]]
clause = "III.1.4"
written = "thêm năm học mới"
remark = "Có thể là “thềm năm học mới”."
"""
STATION = """
area = "cat-ba"
names = [
  { text = "Đài Truyền thanh thị trấn Cát Bà", until = 2025-06-30 },
  { text = "Đài Truyền thanh đặc khu Cát Hải", since = 2025-07-01, confirmed = false },
]

[airtime]
confirmed = false
hours = [{ from = "05:00", to = "06:30" }, { from = "16:30", to = "19:30" }]

[[session]]
slug = "sang"
name = "Buổi sáng"
start = "05:30"
minutes = 15
clock = "ban-tin"
confirmed = false

[[session]]
slug = "chieu"
name = "Buổi chiều"
start = "17:00"
minutes = 15
clock = "ban-tin"
weekdays = ["thu-6"]
"""
CLOCK = """
name = "Bản tin"
minutes = 15

[[slot]]
kind = "nhac-hieu"
sound = "nhac-hieu"

[[slot]]
kind = "loi-dan"
script = "loi-chao"

[[slot]]
kind = "loi-dan"
script = "dot-tuyen-truyen"

[[slot]]
kinds = ["tin", "thong-bao"]
count = 3
between = "nhac-cat"
"""
CAMPAIGN = """
names = [{ text = "Ngày Khuyến học Việt Nam" }]
weight = 3
clauses = ["III.1.4"]

[[when]]
on = "10-02"
run_up = 4
after = 1
"""
COLUMN = """
names = [{ text = "Gương hiếu học" }]
weight = 1
clauses = ["III.1.5"]
column = true

[[when]]
weekdays = ["thu-2", "thu-6"]
"""
SCRIPTS = {
    "ngay-khuyen-hoc/01-khuyen-hoc.md": (
        "title: Ngày Khuyến học\ncampaign: ngay-khuyen-hoc\nkind: tin\nauthor: Lan\nclauses: [III.1.4]\nsummary: Một câu.",
        "Kính thưa bà con! Ngày 02/10 là Ngày Khuyến học Việt Nam. Mỗi gia đình dành 15 phút đọc sách cùng con.",
    ),
    "ngay-khuyen-hoc/02-trao-hoc-bong.md": (
        "title: Trao học bổng\ncampaign: ngay-khuyen-hoc\nkind: tin\nauthor: Lan\nclauses: [III.1.4]\nsummary: Một câu.",
        "Dịp này, nhiều nơi trao học bổng cho học sinh vượt khó. Một suất quà nhỏ là một lời động viên lớn.",
    ),
    "guong-hieu-hoc/01-guong.md": (
        "title: Gương hiếu học\ncampaign: guong-hieu-hoc\nkind: tin\nauthor: Lan\nclauses: [III.1.5]\nsummary: Một câu.",
        "Ở đâu có người ham học, ở đó có tương lai. Hãy kể cho con nghe về một người ham học mà nhà mình biết.",
    ),
    "loi-dan/01-loi-chao.md": (
        "title: Lời chào\nkind: loi-dan\nauthor: Lan",
        "Kính thưa quý vị và các bạn! Đây là {station}. Hôm nay là {weekday}, {day}.",
    ),
    "loi-dan/02-dot-tuyen-truyen.md": (
        "title: Đợt tuyên truyền\nkind: loi-dan\nauthor: Lan",
        "Chương trình hôm nay hưởng ứng {campaign}.",
    ),
}


def a_workspace(folder: Path) -> Path:
    """The small workspace in `folder`, with the shipped lexicon and sounds."""
    files = {
        "schedules/areas.toml": AREAS,
        "schedules/documents.toml": DOCUMENTS,
        "schedules/plans/kh-48.toml": PLAN,
        "schedules/stations/cat-ba.toml": STATION,
        "schedules/clocks/ban-tin.toml": CLOCK,
        "schedules/campaigns/ngay-khuyen-hoc.toml": CAMPAIGN,
        "schedules/campaigns/guong-hieu-hoc.toml": COLUMN,
        **{f"content/scripts/{name}": f"---\n{head}\n---\n{text}\n" for name, (head, text) in SCRIPTS.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for part in ("lexicon", "sounds"):
        shutil.copytree(ROOT / "content" / part, folder / "content" / part)
    return folder
