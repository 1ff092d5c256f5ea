"""Play reports from outside: what is taken, and what is refused in a sentence."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.delivery.play_report import Heard, PlayReport, read_play_report
from broadcaster.errors import Refused
from broadcaster.timekeeping import ZONE
from broadcaster.types import Sha256

AT = datetime(2026, 11, 24, 12, tzinfo=ZONE)
GOOD: dict[str, Any] = {
    "id": "cat-ba-1:17",
    "station": "cat-ba",
    "receiver": "cat-ba-1",
    "item_start": "2026-11-24T05:00:00+07:00",
    "sha256": "a" * 64,
    "started_at": "2026-11-24T05:00:00.120+07:00",
    "ended_at": "2026-11-24T05:01:00+07:00",
    "outcome": "aired",
    "reason": "",
    "clock_offset_ms": -40,
    "volume": 80,
    "unknown": "is ignored",
}


def taken(said: object) -> PlayReport:
    return read_play_report(said, receiver="cat-ba-1", station="cat-ba", at=AT)


def test_a_good_one_is_taken() -> None:
    assert taken(GOOD) == PlayReport(
        id="cat-ba-1:17",
        station="cat-ba",
        receiver="cat-ba-1",
        item_start=datetime(2026, 11, 24, 5, tzinfo=ZONE),
        sha256=Sha256("a" * 64),
        started_at=datetime(2026, 11, 24, 5, 0, 0, 120_000, tzinfo=ZONE),
        ended_at=datetime(2026, 11, 24, 5, 1, tzinfo=ZONE),
        outcome=Heard.AIRED,
        clock_offset_ms=-40,
        volume=80,
    )


def test_what_was_missed_has_no_times() -> None:
    missed = taken({**GOOD, "outcome": "missed", "started_at": None, "ended_at": None, "reason": "mất điện"})

    assert (missed.outcome, missed.started_at, missed.reason) == (Heard.MISSED, None, "mất điện")


@pytest.mark.parametrize(
    "wrong",
    [
        {"station": "phu-long"},
        {"receiver": "cat-ba-2"},
        {"id": ""},
        {"id": None},
        {"id": "a" * 65},
        {"id": "../x"},
        {"id": 7},
        {"outcome": "played"},
        {"outcome": ["aired"]},
        {"outcome": None},
        {"started_at": None},
        {"started_at": "2026-11-24T05:00:00"},
        {"started_at": "hôm nay"},
        {"started_at": "9" * 4000},
        {"ended_at": "2026-11-24T04:00:00+07:00"},
        {"item_start": None},
        {"item_start": "1970-01-01T00:00:00+00:00"},
        {"item_start": "2026-11-26T05:00:00+07:00"},
        {"item_start": "0001-01-01T00:00:00+14:00"},
        {"sha256": "A" * 64},
        {"sha256": 5},
        {"reason": "x" * 501},
        {"reason": "a\nb"},
        {"reason": "\ud800"},
        {"reason": {"a": 1}},
        {"clock_offset_ms": True},
        {"clock_offset_ms": 1.5},
        {"clock_offset_ms": 10**30},
        {"volume": "80"},
        {"alert": "a b"},
    ],
)
def test_a_bad_one_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        taken({**GOOD, **wrong})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(JSON)
def test_whatever_is_sent_is_taken_or_refused(said: object) -> None:
    with pytest.raises(Refused):
        taken(said)


@given(st.sampled_from(sorted(GOOD)), JSON)
def test_whatever_stands_in_a_field_is_taken_or_refused(key: str, value: object) -> None:
    try:
        report = taken({**GOOD, key: value})
    except Refused:
        return

    assert report.item_start <= AT + timedelta(days=1)
