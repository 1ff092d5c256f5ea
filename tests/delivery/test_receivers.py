"""Receivers: their codes, what they say of themselves, and what a person is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from broadcaster.delivery.receivers import (
    CODE_LIVES,
    Enrolment,
    Receiver,
    Status,
    condition,
    hashed,
    new_code,
    new_token,
    read_status,
    usable,
)
from broadcaster.errors import Refused
from broadcaster.timekeeping import ZONE

AT = datetime(2026, 11, 24, 12, tzinfo=ZONE)
RECEIVER = Receiver("cat-ba-1", "cat-ba", "cat-ba-1", AT - timedelta(days=9), last_seen=AT, status=Status(sequence=7))
GIVEN = Enrolment("cat-ba", "cat-ba-1", "Lan", AT)


def test_codes_and_tokens_are_long_and_never_the_same() -> None:
    assert len({new_code() for _ in range(100)} | {new_token() for _ in range(100)}) == 200
    assert (len(new_code()), len(new_token()), len(hashed(new_code()))) == (26, 43, 64)


def test_a_code_is_used_once_and_within_a_day() -> None:
    assert usable(GIVEN, AT + timedelta(hours=23)) == GIVEN
    for enrolment, at in (
        (None, AT),
        (replace(GIVEN, used_at=AT), AT),
        (GIVEN, AT + CODE_LIVES),
        (GIVEN, AT - timedelta(seconds=1)),
    ):
        with pytest.raises(Refused, match="new line"):
            usable(enrolment, at)


def test_a_status_takes_what_is_right_in_it() -> None:
    said = {
        "version": "0.1.0\n",
        "sequence": 7,
        "last_played": {"start": "2026-11-24T05:00:00+07:00", "title": "Tin"},
        "clock_offset_ms": True,
        "disk_free": "viele",
        "stopped": "yes",
        "faults": ["Thiếu tệp", 5, "x" * 999],
    }

    status = read_status(said)

    assert status == Status(
        version="0.1.0",
        sequence=7,
        last_played_at="2026-11-24T05:00:00+07:00",
        last_played="Tin",
        disk_free=0,
        faults=("Thiếu tệp", "", "x" * 300),
    )
    with pytest.raises(Refused):
        read_status([])


@pytest.mark.parametrize(
    ("receiver", "words"),
    [
        (replace(RECEIVER, last_seen=AT - timedelta(minutes=31)), "last heard of"),
        (replace(RECEIVER, last_seen=None), "never heard of"),
        (replace(RECEIVER, status=Status(sequence=7, clock_offset_ms=-61_000)), "-61 seconds off"),
        (replace(RECEIVER, status=Status(sequence=7, disk_free=5_000_000)), "5 MB left"),
        (replace(RECEIVER, status=Status(sequence=3)), "holds manifest 3"),
        (replace(RECEIVER, status=Status(sequence=7, is_stopped=True)), "stopped on the spot"),
    ],
)
def test_what_a_person_must_see(receiver: Receiver, words: str) -> None:
    (finding,) = condition(receiver, 7, AT)

    assert words in str(finding.sentence)


def test_a_healthy_one_says_nothing() -> None:
    assert condition(RECEIVER, 7, AT) == ()
    assert condition(replace(RECEIVER, status=Status(sequence=1), revoked_at=AT), 7, AT) == ()
