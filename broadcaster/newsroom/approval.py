"""Approval: the moves of a revision as a table, who may make them, and what an approval is bound to.

What is not in `MOVES` is refused and changes nothing. Every step is kept for ever; a revision's state is that of its last step.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadcaster.errors import Refused
from broadcaster.newsroom.script import Revision
from broadcaster.types import Finding, Sha256, Weight
from broadcaster.words import Sentence, say


class State(StrEnum):
    """Where a revision stands: bản nháp, chờ duyệt, đã duyệt, trả lại, thu hồi."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What is done to a revision: gửi duyệt, làm lại tiếng, duyệt, trả lại, thu hồi.

    RENEW is the service's own: the preferred voice is back and has spoken what a stand-in had, before anybody approved it.
    """

    SUBMIT = "submit"
    RENEW = "renew"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


MOVES = {
    (State.DRAFT, Move.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Move.RENEW): State.SUBMITTED,
    (State.SUBMITTED, Move.APPROVE): State.APPROVED,
    (State.SUBMITTED, Move.RETURN): State.RETURNED,
    (State.APPROVED, Move.WITHDRAW): State.WITHDRAWN,
}


HEARD = 12
"""Letters of a sound's sha256 that name it well enough."""


@dataclass(frozen=True)
class Bound:
    """What was read and heard: the sha256 of the script, of its utterances as spoken, and of the MP3.

    A lead-in has no sound of its own: it is approved as a template, and `sound` is None.
    """

    text: Sha256
    spoken: Sha256
    sound: Sha256 | None


@dataclass(frozen=True)
class ApprovalStep:
    """One line of the approval record (nhật ký phê duyệt): who, what, when, why, and bound to what.

    `account` is the machine's account that acted for `by`. `is_trial`: made by `demo`, good for a rehearsal only.
    """

    script: str
    revision: int
    ordinal: int
    move: Move
    state: State
    by: str
    account: str
    at: datetime
    bound: Bound
    why: str = ""
    is_trial: bool = False


def state(steps: Sequence[ApprovalStep]) -> State:
    """The state that `steps`, all of one revision and in order, lead to."""
    return steps[-1].state if steps else State.DRAFT


def decide(
    revision: Revision,
    steps: Sequence[ApprovalStep],
    move: Move,
    *,
    by: str,
    account: str,
    at: datetime,
    bound: Bound,
    findings: Sequence[Finding] = (),
    heard: str = "",
    hands: Collection[str] = (),
    why: str = "",
    is_trial: bool = False,
) -> ApprovalStep:
    """The step that `move` makes. Raises Refused, with the reason, where the table or a rule forbids it.

    The author approves nothing of his own (Huế, QĐ 29/2021), and neither does anybody of `hands`, who had a hand in it since it was last approved; nothing with blocking findings is submitted; what is approved
    is exactly what was submitted: the same text, reading and sound; a return and a withdrawal say why. `heard` is how the sha256
    of the sound begins that the approver listened to: it must be named where the sound was made anew after it was submitted.
    """
    before = state(steps)
    after = MOVES.get((before, move))
    if after is None:
        raise Refused(
            say(
                "Revision {number} of “{script}” is {state}, so it cannot be {move}.",
                number=revision.number,
                script=revision.script.id,
                state=state_words(before),
                move=_done(move),
            )
        )
    if not by.strip():
        raise Refused(say("Nobody is named. Say who acts with --by NAME, or set BROADCASTER_USER."))
    if move is Move.SUBMIT:
        _free_of_blocking(revision, findings)
    if move is Move.APPROVE:
        _another_person(revision, hands, by)
        _same_as_submitted(revision, steps[-1].bound, bound)
        _heard(revision, steps[-1], heard)
    if move in (Move.RETURN, Move.WITHDRAW) and not why.strip():
        raise Refused(say("A return or a withdrawal needs its reason: say it with --why “…”."))
    return ApprovalStep(
        revision.script.id, revision.number, len(steps) + 1, move, after, by, account, at, bound, why, is_trial
    )


def same_person(one: str, other: str) -> bool:
    """Whether two names name one person, however they are spelt."""
    return _folded(one) == _folded(other)


def state_words(which: State) -> Sentence:
    """A state in words for people."""
    return {
        State.DRAFT: say("a draft"),
        State.SUBMITTED: say("submitted"),
        State.APPROVED: say("approved"),
        State.RETURNED: say("returned"),
        State.WITHDRAWN: say("withdrawn"),
    }[which]


def _done(move: Move) -> Sentence:
    return {
        Move.SUBMIT: say("submitted"),
        Move.RENEW: say("made anew"),
        Move.APPROVE: say("approved"),
        Move.RETURN: say("returned"),
        Move.WITHDRAW: say("withdrawn"),
    }[move]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _free_of_blocking(revision: Revision, findings: Sequence[Finding]) -> None:
    blocking = [finding for finding in findings if finding.weight is Weight.BLOCKING]
    if blocking:
        raise Refused(
            say(
                "“{script}” has {count} findings that must be settled before it is submitted. The first, at {place}: {finding}",
                script=revision.script.id,
                count=len(blocking),
                place=blocking[0].place,
                finding=blocking[0].sentence,
            )
        )


def _another_person(revision: Revision, hands: Collection[str], by: str) -> None:
    for own in (revision.script.author, revision.by, *hands):
        if own and same_person(own, by):
            raise Refused(
                say(
                    "{by} wrote, added or spoke “{script}” and so cannot approve it. Ask a second person to.",
                    by=by,
                    script=revision.script.id,
                )
            )


def _heard(revision: Revision, last: ApprovalStep, heard: str) -> None:
    sound = last.bound.sound or ""
    if (heard or last.move is Move.RENEW) and (len(heard) < HEARD or not sound.startswith(heard)):
        raise Refused(
            say(
                "The sound of “{script}” was made anew at {at}: {why}. Listen to it, then approve it with --sound {sound}.",
                script=revision.script.id,
                at=last.at,
                why=last.why,
                sound=sound[:HEARD],
            )
            if last.move is Move.RENEW
            else say(
                "The sound of “{script}” is {sound}, not {heard}. Listen to it before you approve it.",
                script=revision.script.id,
                sound=sound[:HEARD],
                heard=heard,
            )
        )


def _same_as_submitted(revision: Revision, submitted: Bound, found: Bound) -> None:
    for what, one, other in (
        (say("text"), submitted.text, found.text),
        (say("reading"), submitted.spoken, found.spoken),
        (say("sound"), submitted.sound, found.sound),
    ):
        if one != other:
            raise Refused(
                say(
                    "The {what} of “{script}” is no longer the one that was submitted, so it cannot be approved. Return it, and submit it again.",
                    what=what,
                    script=revision.script.id,
                )
            )
