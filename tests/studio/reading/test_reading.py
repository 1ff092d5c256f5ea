"""Written Vietnamese is read as an announcer says it, or a person is asked; it is never guessed, and nothing is left over."""

import pytest

from broadcaster.studio.reading import Lexicon, Manner, read_aloud, read_lexicon
from broadcaster.types import Weight
from tests.small_workspace import ROOT

LEXICON = read_lexicon(ROOT / "content/lexicon")
SIGNS = "0123456789/-–.,:;%°()“”\"'@&+*#\n\t ABCĐUBNDVxyzđâăêôơưáàảãạ±²‰€"


def spoken(text: str, manner: Manner | None = None) -> str:
    return read_aloud(text, LEXICON, manner).spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Quyết định số 89/QĐ-TTg ngày 09/01/2013 của Thủ tướng Chính phủ",
            "quyết định số tám mươi chín ngày mùng chín tháng một năm hai nghìn không trăm mười ba của thủ tướng chính phủ.",
        ),
        ("từ ngày 01-07/10", "từ ngày mùng một đến mùng bảy tháng mười."),
        ("2/3 số hộ, ngày 2/3", "hai phần ba số hộ, ngày mùng hai tháng ba."),
        ("lúc 5h30 và 17h", "lúc năm giờ ba mươi và mười bảy giờ."),
        ("1.005 hộ, 98,5%", "một nghìn không trăm linh năm hộ, chín mươi tám phẩy năm phần trăm."),
        ("mùng 8 tháng Ba, rằm tháng Tám", "mùng tám tháng ba, rằm tháng tám."),
        ("đầu tháng 10, cả nước; tháng 11-12", "đầu tháng mười, cả nước; tháng mười một đến mười hai."),
        ("Ngày Quốc tế Xóa mù chữ 8/9", "ngày quốc tế xóa mù chữ mùng tám tháng chín."),
        ("giai đoạn 2021-2030", "giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm ba mươi."),
    ],
)
def test_reading_of(text: str, said: str) -> None:
    assert spoken(text) == said


def test_south_says_ngan_and_le_and_no_mung() -> None:
    assert spoken("ngày 02/10, 1.005 hộ", Manner.of("south")) == "ngày hai tháng mười, một ngàn không trăm lẻ năm hộ."


@pytest.mark.parametrize("text", ["dùng Astra", "họp online", "XYZQ", "5/7/9/11", "bão số 3¾", "ngày 31/2", "giá ☺"])
def test_what_would_be_guessed_is_a_finding_with_its_place(text: str) -> None:
    findings = read_aloud(f"Xin chào.\nBà con {text}", Lexicon(())).findings

    assert findings
    assert {finding.weight for finding in findings} == {Weight.BLOCKING}
    assert {finding.place.split(":")[0] for finding in findings} == {"2"}
    assert all(finding.span and finding.span[0] >= len("Xin chào.\n") for finding in findings)


def test_each_utterance_points_at_the_sentence_it_speaks() -> None:
    text = "Kính thưa bà con! Ngày 20/11 là ngày vui.\n\nUBND xã mời bà con; 5h30 có mặt."

    utterances = read_aloud(text, LEXICON).utterances

    assert [(text[slice(*one.span)], one.text, one.pause) for one in utterances] == [
        ("Kính thưa bà con!", "kính thưa bà con!", 450),
        ("Ngày 20/11 là ngày vui.", "ngày hai mươi tháng mười một là ngày vui.", 900),
        ("UBND xã mời bà con;", "ủy ban nhân dân xã mời bà con;", 350),
        ("5h30 có mặt.", "năm giờ ba mươi có mặt.", 450),
    ]


def test_tokens_say_which_rule_read_them() -> None:
    tokens = read_aloud("UBND họp ngày 02/10/2026", LEXICON).tokens

    assert [(token.kind, token.rule, token.raw) for token in tokens] == [
        ("abbr", "abbreviations", "UBND"),
        ("date", "full", "02/10/2026"),
    ]
