"""A text beside its reading: every letter once, differences and questions marked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.studio.reading import Manner, read_aloud, read_lexicon, stretches
from tests.small_workspace import ROOT

LEXICON = read_lexicon(ROOT / "content" / "lexicon")


def test_what_is_said_otherwise_and_what_is_asked_stand_apart() -> None:
    text = "Họp lúc 8 giờ tại UBND xã, mang theo Zyqx."

    found = stretches(read_aloud(text, LEXICON, Manner()), text)

    assert [(one.written, one.spoken) for one in found if one.spoken and not one.finding] == [
        ("8 giờ", "tám giờ"),
        ("UBND", "ủy ban nhân dân"),
    ]
    assert [(one.written, one.spoken) for one in found if one.finding] == [("Zyqx", "di")]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Họp", "8h30", "21/4", "UBND", "5-6", "Zyqx", "@", "%", "50.000đ", "\n", "  "])))
def test_joined_they_are_the_text(words: list[str]) -> None:
    text = " ".join(words)

    found = stretches(read_aloud(text, LEXICON, Manner()), text)

    assert "".join(one.written for one in found) == text
    assert [one.start for one in found] == [sum(len(each.written) for each in found[:at]) for at in range(len(found))]
