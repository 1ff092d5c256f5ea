"""Khẩn cấp: alerts with their moves as a table, and silences. Both go to the receivers past every schedule.

Thông tư 39/2020/TT-BTTTT: an emergency bulletin is played at once. Here a second person confirms it first, unless the settings let one alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from broadcaster.errors import Refused
from broadcaster.newsroom.approval import HEARD
from broadcaster.types import Milliseconds, Sha256
from broadcaster.words import Sentence, say

LONGEST = timedelta(days=7)
"""No alert and no silence holds longer than a receiver's week; who needs more renews it."""
MOST_TIMES = 1000


class AlertState(StrEnum):
    """Where one version of an alert stands: chờ xác nhận, đang phát, đã hủy. That its time is over is no state, but the clock's word."""

    DRAFT = "draft"
    IN_FORCE = "in-force"
    CANCELLED = "cancelled"


class AlertMove(StrEnum):
    """What is done to one version of an alert: gửi, xác nhận, hủy, hậu kiểm. An update is the sending of the next version."""

    SEND = "send"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    REVIEW = "review"


MOVES = {
    (None, AlertMove.SEND): AlertState.DRAFT,
    (AlertState.DRAFT, AlertMove.CONFIRM): AlertState.IN_FORCE,
    (AlertState.DRAFT, AlertMove.CANCEL): AlertState.CANCELLED,
    (AlertState.IN_FORCE, AlertMove.CANCEL): AlertState.CANCELLED,
    (AlertState.IN_FORCE, AlertMove.REVIEW): AlertState.IN_FORCE,
    (AlertState.CANCELLED, AlertMove.REVIEW): AlertState.CANCELLED,
}


@dataclass(frozen=True)
class Alert:
    """One version of an alert: what is said where (`areas`; none: everywhere), until when, how often.

    `sound` is the MP3 that is heard, `size` its bytes. `source` names the message that it was read from, where there is one.
    """

    id: str
    version: int
    title: str
    text: str
    areas: tuple[str, ...]
    until: datetime
    every_minutes: int
    times: int
    sound: Sha256
    size: int
    length: Milliseconds
    source: str = ""


@dataclass(frozen=True)
class AlertStep:
    """One line of an alert's record; it is never changed."""

    alert: str
    version: int
    move: AlertMove
    state: AlertState
    by: str
    account: str
    at: datetime
    sound: Sha256
    why: str = ""


@dataclass(frozen=True)
class StandingAlert:
    """One version of an alert with its steps, in order."""

    alert: Alert
    steps: tuple[AlertStep, ...]

    @property
    def state(self) -> AlertState:
        return self.steps[-1].state

    @property
    def confirmed_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.move is AlertMove.CONFIRM), None)

    @property
    def ended_at(self) -> datetime | None:
        """When it was cancelled; None where it was not, however long its time is over."""
        return next((step.at for step in self.steps if step.move is AlertMove.CANCEL), None)

    def holds_at(self, instant: datetime) -> bool:
        """Whether it is to be heard then."""
        return self.state is AlertState.IN_FORCE and instant < self.alert.until


@dataclass(frozen=True)
class SilenceOrder:
    """The stop button (lệnh ngừng phát): receivers in `areas` (none: everywhere) stay still from `since` until `until`, or until it was ended."""

    id: str
    areas: tuple[str, ...]
    since: datetime
    until: datetime
    why: str
    by: str
    account: str
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def end(self) -> datetime:
        return min(self.until, self.ended_at or self.until)


def decide_alert(
    standing: StandingAlert,
    move: AlertMove,
    *,
    by: str,
    account: str,
    at: datetime,
    alone: bool = False,
    heard: str = "",
    why: str = "",
) -> AlertStep:
    """The step that `move` makes of an alert that was sent. Raises Refused, with the reason, where the table or a rule forbids it.

    Who sent it does not confirm it, unless `alone` (the setting `alert_by_one`); `heard` is how the sha256 of the sound begins that
    the second person listened to. A cancellation and a review say why.
    """
    alert = standing.alert
    after = MOVES.get((standing.state, move))
    if after is None or (move is AlertMove.REVIEW and standing.confirmed_at is None):
        raise Refused(
            say("Alert “{id}” is {state}; that cannot be done.", id=alert.id, state=state_words(standing.state))
        )
    if move is AlertMove.CONFIRM:
        if at >= alert.until:
            raise Refused(say("Alert “{id}” was to end at {until}. Send it anew.", id=alert.id, until=alert.until))
        if by == standing.steps[0].by and not alone:
            raise Refused(
                say(
                    "{by} sent alert “{id}”; a second person confirms it. Where nobody else can, set alert_by_one = true.",
                    by=by,
                    id=alert.id,
                )
            )
        if len(heard) < HEARD or not alert.sound.startswith(heard):
            raise Refused(
                say(
                    "Listen to the sound first, then confirm what was heard: --sound {sound}.",
                    sound=alert.sound[:12],
                )
            )
    if move in (AlertMove.CANCEL, AlertMove.REVIEW) and not why.strip():
        raise Refused(say("Say why with --why “…”."))
    return AlertStep(alert.id, alert.version, move, after, by, account, at, alert.sound, why.strip())


def sent(alert: Alert, *, by: str, account: str, at: datetime) -> AlertStep:
    """The first step of a version. Raises Refused: a time that is over or too long, no text, a rhythm that cannot be."""
    _lasting(at, alert.until)
    if not alert.title.strip() or not alert.text.strip():
        raise Refused(say("An alert needs a title and a text."))
    if not 1 <= alert.times <= MOST_TIMES or not 1 <= alert.every_minutes <= 24 * 60:
        raise Refused(say("An alert is repeated 1 to 1000 times, every 1 to 1440 minutes."))
    return AlertStep(alert.id, alert.version, AlertMove.SEND, AlertState.DRAFT, by, account, at, alert.sound)


def silenced(order: SilenceOrder) -> SilenceOrder:
    """The order, if it may be given. Raises Refused: no reason, a time that is over or too long."""
    if not order.why.strip():
        raise Refused(say("Say why with --why “…”."))
    _lasting(order.since, order.until)
    return order


def in_force(standings: Sequence[StandingAlert], at: datetime) -> tuple[StandingAlert, ...]:
    """The alerts that are to be heard at `at`: of each its newest confirmed version, and none that was cancelled, oldest first."""
    newest: dict[str, StandingAlert] = {}
    for one in sorted(standings, key=lambda one: (one.alert.id, one.alert.version)):
        if one.confirmed_at is not None:
            newest[one.alert.id] = one
    holding = [one for one in newest.values() if one.holds_at(at)]
    return tuple(sorted(holding, key=lambda one: (one.confirmed_at or at, one.alert.id)))


def state_words(state: AlertState) -> Sentence:
    """An alert's state in words."""
    return {
        AlertState.DRAFT: say("waiting for a second person"),
        AlertState.IN_FORCE: say("in force"),
        AlertState.CANCELLED: say("cancelled"),
    }[state]


def move_words(move: AlertMove) -> Sentence:
    """What was done to an alert, in words."""
    return {
        AlertMove.SEND: say("sent"),
        AlertMove.CONFIRM: say("confirmed"),
        AlertMove.CANCEL: say("cancelled"),
        AlertMove.REVIEW: say("reviewed"),
    }[move]


def _lasting(since: datetime, until: datetime) -> None:
    if until <= since:
        raise Refused(say("{until} is over already. Name a time to come with --until.", until=until))
    if until - since > LONGEST:
        raise Refused(
            say("{until} is more than seven days away. Name an earlier time; it can be renewed.", until=until)
        )
