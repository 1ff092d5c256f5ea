"""Possible Vietnamese syllables, and what only looks like them."""

import pytest

from broadcaster.studio.reading.syllable import is_syllable

POSSIBLE = (
    "nghiêng giếng gì gìn quốc quỳnh quýt quyết khuỷu thuở ngoằn ngoèo giặt gia ghế kỹ quý qua quắt yêu yếm ý ỷ uyên uống ươn nguyệt khuya boong "
    "hòa hoà thủy thuỷ huỵch ngoáy khoét uể oải hươu rượu bướu tuyển xuất nguệch ngoạc tiếng việt giữ giường xướng cũng đẹp pin ĐẸP ka kao"
)
IMPOSSIBLE = (
    "online facebook gas hot chat lăk đắk cat mat bac nghanh gế ngề cinh cê qen astra sport yagi fan wifi zen á̀ c3 đ1"
)


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_a_vietnamese_word_is_possible(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", IMPOSSIBLE.split())
def test_onset_rime_and_tone_must_go_together(word: str) -> None:
    assert not is_syllable(word)
