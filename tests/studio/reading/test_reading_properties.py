"""What holds for any text: no crash, nothing unspeakable without a finding, reading twice equals reading once."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.studio.reading import Lexicon, Manner, is_speakable, read_aloud
from tests.studio.reading.lenient import phrases

WRITTEN = [phrase.written for name in ("reading_gold.tsv", "reading_gold_2.tsv") for phrase in phrases(name)]
SIGNS = "0123456789.,-–/:;()'\"%°²³&+*#@hgđ$ \nIVXABCĐmTQKn"
FIELD = st.one_of(st.sampled_from(WRITTEN), st.text(SIGNS, max_size=14), st.text(max_size=8))
TEXTS = st.lists(FIELD, max_size=5).flatmap(
    lambda parts: st.sampled_from([" ", "\n", "", ". "]).map(lambda glue: glue.join(parts))
)
MANNERS = st.sampled_from([Manner(), Manner.of("south")])


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=400, deadline=None)
@given(TEXTS, MANNERS)
def test_any_text_is_spoken_or_found_fault_with(lexicon: Lexicon, text: str, manner: Manner) -> None:
    reading = read_aloud(text, lexicon, manner)

    assert [one.text for one in reading.utterances if not is_speakable(one.text, lexicon) or len(one.text) > 250] == []
    assert reading.findings or reading.utterances or not re.search(r"\w", text)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_span_lies_within_the_written_text(lexicon: Lexicon, text: str) -> None:
    reading = read_aloud(text, lexicon)

    spans = [one.span for one in reading.findings if one.span] + [one.span for one in reading.utterances]
    assert [span for span in spans if not 0 <= span[0] <= span[1] <= len(text)] == []
    assert [token for token in reading.tokens if text[token.start : token.end] != token.raw] == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_reading_what_was_read_gives_the_same_words(lexicon: Lexicon, text: str) -> None:
    once = read_aloud(text, lexicon)

    twice = read_aloud(once.spoken, lexicon)

    assert twice.findings == ()
    if (
        not once.findings
    ):  # a guess that a person is asked about may hold a word that is read, such as “ha” after a number
        assert words(twice.spoken) == words(once.spoken)
