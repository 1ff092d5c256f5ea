"""The likeliest reading of what a person is asked about: always something that a voice can say, in place of a gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.studio.reading import Lexicon, Manner, is_speakable, read_aloud
from broadcaster.studio.reading.likeliest import likeliest
from broadcaster.types import Weight


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("AQI", "a quy i"),
        ("HP-90456-TS", "hát pê chín mươi nghìn bốn trăm năm mươi sáu tê ét"),
        ("A12-08", "a mười hai không tám"),
        ("Potter", "pót tơ"),
        ("Victor", "vích tô"),
        ("ѫ", ""),
    ],
)
def test_letters_by_name_digits_as_codes_foreign_words_by_their_sound(raw: str, said: str) -> None:
    assert likeliest(raw, Manner()) == said


@given(st.text(max_size=20))
def test_it_can_always_be_said(raw: str) -> None:
    said = likeliest(raw, Manner())

    assert not said or is_speakable(said)


def test_it_stands_in_the_sentence_and_the_person_is_still_asked(lexicon: Lexicon) -> None:
    reading = read_aloud("Kể chuyện Potter cho bà con.", lexicon)

    assert reading.spoken == "kể chuyện pót tơ cho bà con."
    assert [(one.kind, one.weight) for one in reading.findings] == [("unread", Weight.BLOCKING)]
    assert "“pót tơ”" in str(reading.findings[0].sentence)
