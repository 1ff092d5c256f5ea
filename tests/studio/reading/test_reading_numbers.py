"""Numbers said and understood again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.studio.reading import Manner, is_speakable, numbers

SOUTH = Manner.of("south")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_000_005, "một triệu không trăm linh năm"),
        (12_045_678_900, "mười hai tỷ không trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm"),
        (10**12, "một nghìn tỷ"),
        (-3, "âm ba"),
    ],
)
def test_a_cardinal_is_said_as_in_the_north(number: int, said: str) -> None:
    assert numbers.cardinal(number, Manner()) == said


def test_the_south_says_ngan_and_le() -> None:
    assert numbers.cardinal(1_105, SOUTH) == "một ngàn một trăm lẻ năm"


@given(st.integers(0, 10**12), st.sampled_from([Manner(), SOUTH]))
def test_what_was_said_is_the_number_again(number: int, manner: Manner) -> None:
    said = numbers.cardinal(number, manner)

    assert (numbers.parse(said), is_speakable(said)) == (number, True)


@pytest.mark.parametrize("words", ["năm năm", "hai mươi một", "học", "linh", "trăm", "một nghìn linh năm"])
def test_words_that_say_no_number_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=words or "^$"):
        numbers.parse(words)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("98,5", "chín mươi tám phẩy năm"),
        ("0,35", "không phẩy ba mươi lăm"),
        ("3,05", "ba phẩy không năm"),
        ("3,0", "ba"),
        ("1.250.000", "một triệu hai trăm năm mươi nghìn"),
        ("06", "không sáu"),
    ],
)
def test_written_numbers_follow_vietnamese_points_and_commas(written: str, said: str) -> None:
    assert numbers.written(written, Manner()) == said


@given(st.integers(1, 89))
def test_roman_numerals_are_read_back(number: int) -> None:
    assert numbers.roman(numbers.as_roman(number)) == number


@pytest.mark.parametrize("text", ["IIII", "VX", "IC", "ABC", ""])
def test_what_is_no_roman_numeral_has_no_value(text: str) -> None:
    assert numbers.roman(text) is None
