"""Plain text: the last fence before every rendering."""

import pytest

from broadcaster.publishing.plain import one_line, paragraphs, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hải Phòng", "Hải Phòng"),
        ("Ha\u0309i Pho\u0300ng", "Hải Phòng"),
        ("a\x00b\x08c\ud800d\ufffee", "abcde"),
        ("a\u200bb\u202ec\u2066d\ufefff\u00adg", "abcdfg"),
        ("a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"),
        ("một\thai 😀", "một\thai 😀"),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_one_line_has_single_spaces() -> None:
    assert one_line("  Kính thưa \u2028\n quý\tvị\u00a0 ") == "Kính thưa quý vị"


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("Một\nhai.\n \nBa.\n\n\n") == ("Một hai.", "Ba.")
