"""Documents are in force from their first day to their last, and no two are cited alike."""

from datetime import date
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.planning.document import Document, read_documents

FILE = """[[document]]
number = "89/QĐ-TTg"
kind = "Quyết định"
title = "phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020”"
issuer = "Thủ tướng Chính phủ"
issued = 2013-01-09
since = 2013-01-09
until = 2021-07-29
replaced_by = "1373/QĐ-TTg"
also = ["QĐ 89/QĐ-TTg", "QĐ 89"]

[[document]]
number = "822/NCĐQG-XHHT"
kind = "Công văn"
title = "hướng dẫn triển khai Đề án"
issuer = "Ban Chỉ đạo quốc gia"
"""


def read(folder: Path, text: str) -> tuple[Document, ...]:
    path = folder / "documents.toml"
    path.write_text(text, "utf-8")
    return read_documents(path, folder)


def test_documents_are_read_whole(tmp_path: Path) -> None:
    assert read(tmp_path, FILE) == (
        Document(
            number="89/QĐ-TTg",
            kind="Quyết định",
            title="phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020”",
            issuer="Thủ tướng Chính phủ",
            issued=date(2013, 1, 9),
            since=date(2013, 1, 9),
            until=date(2021, 7, 29),
            replaced_by="1373/QĐ-TTg",
            also=("QĐ 89/QĐ-TTg", "QĐ 89"),
        ),
        Document(
            "822/NCĐQG-XHHT",
            "Công văn",
            "hướng dẫn triển khai Đề án",
            "Ban Chỉ đạo quốc gia",
            None,
            None,
            None,
            None,
            (),
        ),
    )


@pytest.mark.parametrize(
    ("day", "is_in_force"),
    [
        (date(2013, 1, 8), False),
        (date(2013, 1, 9), True),
        (date(2021, 7, 29), True),
        (date(2021, 7, 30), False),
    ],
)
def test_document_is_in_force_from_its_first_day_to_its_last(tmp_path: Path, day: date, is_in_force: bool) -> None:
    superseded, without_days = read(tmp_path, FILE)

    assert (superseded.is_in_force_on(day), without_days.is_in_force_on(day)) == (is_in_force, True)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('"822/NCĐQG-XHHT"', '"89/QĐ-TTg"', ":13 [document 2]: “89/QĐ-TTg” stands here a second time. Keep one, or name one of them otherwise."),
        ("until = 2021-07-29\n", "", ":8 [document 1]: 89/QĐ-TTg has a successor, so it needs “until”, its last day in force."),
        ("until = 2021-07-29", "until = 2012-07-29", ":7 [document 1]: “since” comes before “until”."),
        ('issuer = "Ban Chỉ đạo quốc gia"', 'issuer = "Ban Chỉ đạo quốc gia"\nalso = ["qđ 89"]', ":17 [document 2]: “qđ 89” may mean 89/QĐ-TTg or 822/NCĐQG-XHHT. Leave it out of “also” of one of them."),
    ],
)  # fmt: skip
def test_contradiction_is_refused_with_its_line(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    with pytest.raises(BadFile) as raised:
        read(tmp_path, FILE.replace(old, new, 1))

    assert str(raised.value) == f"documents.toml{wanted}"
