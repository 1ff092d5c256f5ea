"""Alerts and silences: who may do what when, and what is in force."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from broadcaster.errors import Refused
from broadcaster.programme.emergency import (
    Alert,
    AlertMove,
    AlertState,
    SilenceOrder,
    StandingAlert,
    decide_alert,
    in_force,
    sent,
    silenced,
)
from broadcaster.timekeeping import ZONE
from broadcaster.types import Milliseconds, Sha256

AT = datetime(2026, 11, 24, 12, tzinfo=ZONE)
ALERT = Alert(
    id="khan-cap-1",
    version=1,
    title="Bão",
    text="Bão sắp vào.",
    areas=("cat-ba",),
    until=AT + timedelta(hours=6),
    every_minutes=10,
    times=3,
    sound=Sha256("ab" * 32),
    size=1000,
    length=Milliseconds(9000),
)
DRAFT = StandingAlert(ALERT, (sent(ALERT, by="Lan", account="máy", at=AT),))


def moved(
    standing: StandingAlert, move: AlertMove, *, by: str = "Bình", at: datetime = AT, why: str = ""
) -> StandingAlert:
    step = decide_alert(standing, move, by=by, account="máy", at=at, heard="ab" * 6, why=why)
    return StandingAlert(standing.alert, (*standing.steps, step))


IN_FORCE = moved(DRAFT, AlertMove.CONFIRM)
CANCELLED = moved(IN_FORCE, AlertMove.CANCEL, why="bão tan")


def test_an_alert_waits_for_a_second_person() -> None:
    assert (DRAFT.state, in_force([DRAFT], AT)) == (AlertState.DRAFT, ())
    assert (IN_FORCE.state, in_force([IN_FORCE], AT)) == (AlertState.IN_FORCE, (IN_FORCE,))


def test_who_sent_it_does_not_confirm_it_unless_nobody_else_can() -> None:
    with pytest.raises(Refused, match="second person"):
        decide_alert(DRAFT, AlertMove.CONFIRM, by="Lan", account="máy", at=AT, heard="ab" * 6)

    step = decide_alert(DRAFT, AlertMove.CONFIRM, by="Lan", account="máy", at=AT, heard="ab" * 6, alone=True)

    assert step.state is AlertState.IN_FORCE


@pytest.mark.parametrize("heard", ["", "cd", "ab" * 32 + "a"])
def test_what_was_not_heard_is_not_confirmed(heard: str) -> None:
    with pytest.raises(Refused, match="Listen to the sound first"):
        decide_alert(DRAFT, AlertMove.CONFIRM, by="Bình", account="máy", at=AT, heard=heard)


@pytest.mark.parametrize(
    ("standing", "move"),
    [
        (IN_FORCE, AlertMove.CONFIRM),
        (CANCELLED, AlertMove.CONFIRM),
        (CANCELLED, AlertMove.CANCEL),
        (DRAFT, AlertMove.REVIEW),
        (DRAFT, AlertMove.SEND),
        (moved(DRAFT, AlertMove.CANCEL, why="nhầm"), AlertMove.REVIEW),
    ],
)
def test_moves_outside_the_table_are_refused(standing: StandingAlert, move: AlertMove) -> None:
    with pytest.raises(Refused):
        moved(standing, move, why="vì")


def test_after_its_time_it_is_neither_confirmed_nor_heard() -> None:
    late = AT + timedelta(hours=6)

    with pytest.raises(Refused, match="Send it anew"):
        moved(DRAFT, AlertMove.CONFIRM, at=late)
    assert in_force([IN_FORCE], late) == ()


@pytest.mark.parametrize("move", [AlertMove.CANCEL, AlertMove.REVIEW])
def test_ending_and_reviewing_say_why(move: AlertMove) -> None:
    with pytest.raises(Refused, match="--why"):
        moved(IN_FORCE, move, why=" ")


def test_an_update_takes_over_once_it_is_confirmed() -> None:
    newer = replace(ALERT, version=2, text="Bão đã vào.")
    draft = StandingAlert(newer, (sent(newer, by="Lan", account="máy", at=AT),))

    assert in_force([IN_FORCE, draft], AT) == (IN_FORCE,)
    assert in_force([IN_FORCE, moved(draft, AlertMove.CONFIRM)], AT) == (moved(draft, AlertMove.CONFIRM),)


def test_a_cancelled_newer_version_brings_no_older_one_back() -> None:
    newer = replace(ALERT, version=2)
    gone = moved(moved(StandingAlert(newer, DRAFT.steps), AlertMove.CONFIRM), AlertMove.CANCEL, why="tan")

    assert in_force([IN_FORCE, gone], AT) == ()


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (replace(ALERT, until=AT), "over already"),
        (replace(ALERT, until=AT + timedelta(days=8)), "seven days"),
        (replace(ALERT, text=" "), "title and a text"),
        (replace(ALERT, times=0), "1 to 1000"),
        (replace(ALERT, every_minutes=0), "1 to 1000"),
    ],
)
def test_what_cannot_be_sent(alert: Alert, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sent(alert, by="Lan", account="máy", at=AT)


def test_a_silence_says_why_and_ends() -> None:
    order = SilenceOrder("s", ("cat-ba",), AT, AT + timedelta(hours=2), "quốc tang", "Lan", "máy")

    assert silenced(order).end == AT + timedelta(hours=2)
    assert replace(order, ended_at=AT + timedelta(hours=1)).end == AT + timedelta(hours=1)
    for wrong in (replace(order, why=""), replace(order, until=AT), replace(order, until=AT + timedelta(days=30))):
        with pytest.raises(Refused):
            silenced(wrong)


def test_a_sound_is_named_by_enough_letters() -> None:
    with pytest.raises(Refused, match="Listen to the sound first"):
        decide_alert(DRAFT, AlertMove.CONFIRM, by="Bình", account="máy", at=AT, heard="abab")
