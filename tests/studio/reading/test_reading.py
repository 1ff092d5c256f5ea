"""Written Vietnamese is read as an announcer says it, or a person is asked; it is never guessed, and nothing is left over."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.studio.reading import Lexicon, Manner, is_speakable, read_aloud, read_lexicon
from broadcaster.studio.reading.numbers import as_roman, cardinal, parse, roman
from broadcaster.studio.reading.syllable import is_syllable
from broadcaster.types import Weight
from tests.small_workspace import ROOT
from tests.studio.reading.leniently import is_right

LEXICON = read_lexicon(ROOT / "content/lexicon")
SIGNS = "0123456789/-–.,:;%°()“”\"'@&+*#\n\t ABCĐUBNDVxyzđâăêôơưáàảãạ±²‰€"


def gold(name: str) -> list[tuple[str, str, str, str]]:
    lines = (ROOT / "tests/golden/reading" / name).read_text("utf-8").splitlines()
    rows = [(line + "\t\t\t").split("\t")[:4] for line in lines if line.strip()]
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def spoken(text: str, manner: Manner | None = None) -> str:
    return read_aloud(text, LEXICON, manner).spoken


@pytest.mark.parametrize(("name", "least"), [("reading_gold.tsv", 109), ("reading_gold_2.tsv", 198)])
def test_phrases_of_the_field_are_right_or_asked_about_but_never_silently_wrong(name: str, least: int) -> None:
    right, silent = 0, []
    for text, best, _, also in gold(name):
        reading = read_aloud(text, LEXICON)
        if is_right(reading.spoken, best, also):
            right += 1
        elif not reading.findings:
            silent.append((text, reading.spoken))

    assert silent == []
    assert right >= least


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


@given(st.integers(0, 10**12))
def test_number_read_and_parsed_back_is_the_number(number: int) -> None:
    assert parse(cardinal(number, Manner())) == number
    assert parse(cardinal(number, Manner.of("south"))) == number


@given(st.integers(1, 89))
def test_roman_numeral_and_back(number: int) -> None:
    assert roman(as_roman(number)) == number


@given(st.text(alphabet=SIGNS, max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_text_ends_in_words_alone_or_in_findings(text: str) -> None:
    reading = read_aloud(text, LEXICON)

    for utterance in reading.utterances:
        assert is_speakable(utterance.text), utterance.text
        assert not re.search(r"[^\w ,.?!;:]|[\d_]", utterance.text)
        assert 0 <= utterance.span[0] < utterance.span[1] <= len(text)


@given(st.text(alphabet=SIGNS, max_size=60))
@settings(max_examples=200, deadline=None)
def test_reading_twice_is_reading_once(text: str) -> None:
    once = read_aloud(text, LEXICON)
    if not once.findings and once.utterances:
        again = read_aloud(once.spoken, LEXICON)

        assert again.spoken.replace(",", "").split() == once.spoken.replace(",", "").split()


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "khuỷu",
        "quốc",
        "giếng",
        "gì",
        "xoèn",
        "thuở",
        "yêu",
        "huỳnh",
        "quyết",
        "ngoằn",
        "đắc",
        "chếch",
        "oái",
    ],
)
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["online", "astra", "cắm-pu", "tat", "thep", "ngi", "kan", "nge", "ghan", "zalo", "covid", "qu", "đđ"]
)
def test_what_is_no_syllable_is_not(word: str) -> None:
    assert not is_syllable(word)


def test_broken_lexicon_row_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "foreign.tsv").write_text("internet\tin tơ nét\nonline\n", "utf-8")

    with pytest.raises(Exception, match=r"content/lexicon/foreign.tsv:2"):
        read_lexicon(tmp_path)
