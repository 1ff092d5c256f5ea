"""The newsroom's moves: one table, two persons, and an approval bound to exactly what was read and heard."""

from dataclasses import replace
from datetime import datetime

import pytest

from broadcaster.errors import Refused
from broadcaster.newsroom.approval import MOVES, ApprovalStep, Bound, Move, State, decide, same_person, state
from broadcaster.newsroom.script import Revision, Script
from broadcaster.timekeeping import ZONE
from broadcaster.types import Finding, Kind, Sha256, Weight
from broadcaster.words import say

AT = datetime(2026, 10, 1, 8, 0, tzinfo=ZONE)
HEARD = Bound(Sha256("1" * 64), Sha256("2" * 64), Sha256("3" * 64))


def a_revision(author: str = "Lan", by: str = "Lan") -> Revision:
    return Revision(Script("cat-nuoc", "Cắt nước", Kind.NOTICE, "Chiều nay cắt nước.", author=author), 1, by, AT)


def made(
    move: Move, steps: list[ApprovalStep], by: str, bound: Bound = HEARD, why: str = "", **more: object
) -> list[ApprovalStep]:
    step = decide(a_revision(), steps, move, by=by, account="lan", at=AT, bound=bound, why=why, **more)  # type: ignore[arg-type]  # as `decide` says
    return [*steps, step]


def test_draft_is_submitted_approved_and_withdrawn() -> None:
    steps = made(Move.SUBMIT, [], "Lan")
    steps = made(Move.APPROVE, steps, "Minh")
    steps = made(Move.WITHDRAW, steps, "Minh", why="Đã có nước")

    assert [(step.ordinal, step.state, step.by) for step in steps] == [
        (1, State.SUBMITTED, "Lan"),
        (2, State.APPROVED, "Minh"),
        (3, State.WITHDRAWN, "Minh"),
    ]


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_move_outside_the_table_is_refused(before: State, move: Move) -> None:
    steps = (
        [] if before is State.DRAFT else [ApprovalStep("cat-nuoc", 1, 1, Move.SUBMIT, before, "Lan", "lan", AT, HEARD)]
    )

    if (before, move) in MOVES:
        assert state(made(move, steps, "Minh", why="vì vậy")) is MOVES[before, move]
    else:
        with pytest.raises(Refused):
            made(move, steps, "Minh", why="vì vậy")


@pytest.mark.parametrize("name", ["Lan", "lan", " LAN ", "Ｌａｎ"])
def test_author_cannot_approve_however_the_name_is_spelt(name: str) -> None:
    steps = made(Move.SUBMIT, [], "Lan")

    with pytest.raises(Refused, match="cannot approve"):
        made(Move.APPROVE, steps, name)


def test_who_added_it_for_another_cannot_approve_either() -> None:
    revision = a_revision(author="Lan", by="Minh")
    submitted = decide(revision, [], Move.SUBMIT, by="Lan", account="x", at=AT, bound=HEARD)

    with pytest.raises(Refused, match="Minh wrote, added or spoke"):
        decide(revision, [submitted], Move.APPROVE, by="Minh", account="x", at=AT, bound=HEARD)


@pytest.mark.parametrize("part", ["text", "spoken", "sound"])
def test_approval_is_refused_when_anything_differs_from_what_was_submitted(part: str) -> None:
    steps = made(Move.SUBMIT, [], "Lan")

    with pytest.raises(Refused, match="no longer the one that was submitted"):
        made(Move.APPROVE, steps, "Minh", bound=replace(HEARD, **{part: Sha256("f" * 64)}))


def test_submission_is_refused_with_the_first_blocking_finding() -> None:
    finding = Finding(Weight.BLOCKING, "unread", "cat-nuoc:3", say("“17g30” cannot be read."))

    with pytest.raises(Refused, match="cat-nuoc:3"):
        made(Move.SUBMIT, [], "Lan", findings=[finding])


def test_findings_to_weigh_do_not_stop_a_submission() -> None:
    finding = Finding(Weight.TO_WEIGH, "today", "cat-nuoc:1", say("“hôm nay” airs on several days."))

    assert state(made(Move.SUBMIT, [], "Lan", findings=[finding])) is State.SUBMITTED


@pytest.mark.parametrize("move", [Move.RETURN, Move.WITHDRAW])
def test_return_and_withdrawal_need_a_reason(move: Move) -> None:
    steps = made(Move.SUBMIT, [], "Lan")
    if move is Move.WITHDRAW:
        steps = made(Move.APPROVE, steps, "Minh")

    with pytest.raises(Refused, match="--why"):
        made(move, steps, "Minh", why="  ")


def test_nobody_named_is_refused() -> None:
    with pytest.raises(Refused, match="--by"):
        made(Move.SUBMIT, [], " ")


def test_vietnamese_names_are_compared_whole() -> None:
    assert same_person("Nguyễn  Thị Lan", "nguyễn thị lan")
    assert not same_person("Lân", "Lan")
