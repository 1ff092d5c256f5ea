"""The script file: what is taken, what is refused with a sentence that says where and what next."""

import unicodedata
from datetime import date

import pytest

from broadcaster.errors import BadFile
from broadcaster.newsroom.script import Script
from broadcaster.newsroom.script_file import LARGEST, parse, write
from broadcaster.types import BulletinClass, Kind

WHOLE = """---
id: mot-cuon-sach-moi-ngay
title: Một cuốn sách cho mỗi ngày
campaign: ngay-sach
kind: bai            # tin | bai
class: uu-tien
areas: [cat-ba, "gia-luan"]
author: Lan
lang: vi
clauses: [III.1.4]
audience: [hoc-sinh, nhan-dan]
sources: ["QĐ 1862/QĐ-TTg ngày 04/11/2021", "Kế hoạch 48, huyện"]
not_before: 2026-04-15
expires: 2026-05-02
voice: espeak
summary: Một câu cho cổng thông tin.
---

Kính thưa quý vị và các bạn!

Hôm nay chúng ta nói về sách.
"""
SCRIPT = Script(
    id="mot-cuon-sach-moi-ngay",
    title="Một cuốn sách cho mỗi ngày",
    kind=Kind.FEATURE,
    text="Kính thưa quý vị và các bạn!\n\nHôm nay chúng ta nói về sách.",
    campaign="ngay-sach",
    bulletin_class=BulletinClass.PRIORITY,
    areas=("cat-ba", "gia-luan"),
    author="Lan",
    clauses=("III.1.4",),
    audience=("hoc-sinh", "nhan-dan"),
    sources=("QĐ 1862/QĐ-TTg ngày 04/11/2021", "Kế hoạch 48, huyện"),
    not_before=date(2026, 4, 15),
    expires=date(2026, 5, 2),
    voice="espeak",
    summary="Một câu cho cổng thông tin.",
)


def test_whole_file_is_taken() -> None:
    assert parse(WHOLE.encode(), "01-mot.md") == SCRIPT


def test_written_file_is_read_back_to_the_same_script() -> None:
    assert parse(write(SCRIPT).encode(), "01-mot.md") == SCRIPT


def test_windows_line_ends_and_byte_order_mark_change_nothing() -> None:
    assert parse(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(), "01-mot.md") == SCRIPT


def test_file_name_and_person_stand_in_for_id_and_author() -> None:
    script = parse(
        "---\ntitle: Cắt nước\nkind: thong-bao\n---\nChiều nay cắt nước.".encode(), "x.md", "cat-nuoc", "Minh"
    )

    assert (script.id, script.author, script.campaign) == ("cat-nuoc", "Minh", None)


def spoilt(old: str, new: str) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new).encode()


NFD = unicodedata.normalize("NFD", "Hôm nay")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"x" * (LARGEST + 1), "about an hour of speech"),
        ("Tiếng Việt".encode("utf-16"), "not UTF-8"),
        ("---\ntitle: Sách\nkind: tin\n---\nĐọc sách là một việc hay.".encode("cp1258", "replace"), "not UTF-8"),
        (spoilt("Hôm nay", NFD), "x.md:21: the letters are decomposed"),
        (spoilt("Hôm nay", "Hôm\x07 nay"), "U+0007"),
        (spoilt("Hôm nay", "Hôm\u202e nay"), "U+202E"),
        (spoilt("title: Một cuốn sách cho mỗi ngày", "title: Một\u2028cuốn"), "U+2028"),
        (spoilt("title:", "titel:"), "Did you mean “title”"),
        (spoilt("kind: bai", "kind: bài"), "“bài” is not a possible “kind”"),
        (spoilt("kind: bai", "kind: nhac-hieu"), "a script needs “kind”"),
        (spoilt("class: uu-tien", "class: gap"), "x.md:6"),
        (spoilt("expires: 2026-05-02", "expires: 02/05/2026"), "x.md:14: “02/05/2026” is not a day"),
        (spoilt("id: mot-cuon-sach-moi-ngay", "id: ../../etc/passwd"), "cannot be a script's id"),
        (spoilt("author: Lan", "author Lan"), "key: value"),
        (spoilt("lang: vi", "author: Minh"), "a second time"),
        (spoilt("Hôm nay", "Hôm nay {day}"), "only a lead-in"),
        (b"Khong co dau", "front matter"),
        ("---\ntitle: Sách\nkind: tin\n---\n \n".encode(), "no text to be read aloud"),
    ],
)
def test_bad_file_is_refused_with_what_where_and_what_next(content: bytes, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        parse(content, "x.md", "x")

    assert said in str(refused.value)
    assert str(refused.value).startswith("x.md")


def test_unknown_placeholder_of_a_lead_in_is_refused() -> None:
    with pytest.raises(BadFile, match=r"there is no placeholder “\{tinh\}”"):
        parse("---\ntitle: Lời chào\nkind: loi-dan\n---\nĐây là {station}, {tinh}.".encode(), "x.md", "loi-chao")
