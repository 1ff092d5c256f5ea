"""Seeing that it is right, without ears: the shipped scripts as the embedded voice speaks them."""

from itertools import pairwise
from pathlib import Path

import pytest

from broadcaster.engines.espeak import EspeakVoice
from broadcaster.studio.reading import Lexicon, read_aloud, read_lexicon
from broadcaster.studio.speech import Utterance
from tests.engines.phonemes import phonemes

CONTENT = Path(__file__).parents[2] / "content"
SLOWEST_WORD = 850
"""Milliseconds from word to word; only letters that are spelled take longer."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(CONTENT / "lexicon")


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> dict[str, tuple[Utterance, ...]]:
    texts = {path.stem: path.read_text("utf-8").split("---", 2)[2] for path in (CONTENT / "scripts").rglob("*.md")}
    return {name: read_aloud(text, lexicon).utterances for name, text in texts.items() if "{" not in text}


def test_no_word_of_a_script_is_said_in_english(shipped: dict[str, tuple[Utterance, ...]]) -> None:
    said = [utterance.text for utterances in shipped.values() for utterance in utterances]

    foreign = [text for text, sounds in zip(said, phonemes(said), strict=True) if "(" in sounds]

    assert foreign == []


def test_no_reading_of_the_lexicon_is_said_in_english(lexicon: Lexicon) -> None:
    said = sorted({entry.spoken for _, rows in lexicon.tables for entry in rows})

    foreign = [text for text, sounds in zip(said, phonemes(said), strict=True) if "(" in sounds]

    assert foreign == []


def test_a_word_of_another_language_would_be_found() -> None:
    assert "(en)" in phonemes(["xin chào online"])[0]


def test_every_word_is_said_at_a_pace_that_suits_a_horn(
    shipped: dict[str, tuple[Utterance, ...]], espeak: EspeakVoice
) -> None:
    for name, utterances in shipped.items():
        pieces = list(espeak.speak(utterances))
        sent = [word for utterance in utterances for word in utterance.text.split()]
        words = [word for piece in pieces for word in piece.words]
        gaps = [
            right.start - left.start
            for text, (left, right) in zip(sent, pairwise(words), strict=False)
            if text.isalpha()  # no sign behind it, which is a pause
        ]
        minutes = sum(len(piece.pcm) for piece in pieces) / 2 / espeak.rate / 60

        assert [word.text for word in words] == [text.strip(",.;?!:") for text in sent], name
        assert max(gaps, default=0) < SLOWEST_WORD, name
        assert 170 <= len(words) / minutes <= 260, name
        assert all(len(piece.pcm) > 0 for piece in pieces), name
