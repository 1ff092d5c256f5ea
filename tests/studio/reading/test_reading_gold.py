"""Phrases of the field, each with its best reading: a sample that rules must hold for, class by class."""

from itertools import chain

import pytest

from broadcaster.studio.reading import Lexicon, read_aloud
from tests.studio.reading.lenient import GOLD, Phrase, phrases

PHRASES = list(chain(phrases("reading_gold.tsv"), phrases("reading_gold_2.tsv")))


@pytest.mark.parametrize("kind", sorted({phrase.kind for phrase in PHRASES}))
def test_phrases_of_a_class_are_read_as_announcers_say_them(kind: str, lexicon: Lexicon) -> None:
    of_kind = [phrase for phrase in PHRASES if phrase.kind == kind]

    wrong = {
        phrase.written: said
        for phrase in of_kind
        if not phrase.is_said_by(said := read_aloud(phrase.written, lexicon).spoken)
    }

    assert wrong == {}


def test_no_phrase_is_left_to_a_person(lexicon: Lexicon) -> None:
    blocked = [
        phrase.written
        for phrase in PHRASES
        if any(one.kind != "spelled" for one in read_aloud(phrase.written, lexicon).findings)
    ]

    assert blocked == []


@pytest.mark.parametrize("name", sorted(path.name for path in GOLD.glob("learnt*.tsv")))
def test_what_was_learnt_stays_learnt(name: str, lexicon: Lexicon) -> None:
    known = phrases(name)

    right = [phrase for phrase in known if phrase.is_said_by(read_aloud(phrase.written, lexicon).spoken)]

    assert len(right) >= 0.99 * len(known)


def test_a_wrong_reading_is_told_from_a_right_one() -> None:
    phrase = Phrase("từ 3-5 tuổi", "từ ba đến năm tuổi", "range", "từ ba (đến|tới) năm tuổi")

    assert [phrase.is_said_by(said) for said in ("Từ ba tới năm tuổi.", "từ ba tháng năm tuổi")] == [True, False]
