"""A station's day while it is being filled: what was taken, what each campaign still needs, and why a script may not be aired."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache

from broadcaster.newsroom.script import Script
from broadcaster.planning.campaign import Due, Phase
from broadcaster.programme.clock import Slot
from broadcaster.programme.items import Omission, RundownSession
from broadcaster.programme.order import Candidate, DayOrder
from broadcaster.programme.rotation import DAY, FREE_TO_REPEAT, WEEK, aired, asks_for, is_urgent
from broadcaster.programme.shares import Shares
from broadcaster.stations.station import Accepts, SessionRule
from broadcaster.types import BulletinClass, Finding, Kind, Milliseconds, Weekday
from broadcaster.words import Sentence, say


class Day:
    """One day being filled: what has been taken so far."""

    def __init__(self, order: DayOrder):
        self.order = order
        self.due = {due.campaign: due for due in order.due.get(order.day, ())}
        self.shares = Shares.counted(order.day, order.due, order.past)
        self.candidates = {candidate.script.id: candidate for candidate in order.candidates}
        self.aired = aired(order)
        self.is_own_day = Weekday.of(order.day) in order.station.own_weekdays
        """Whether the station airs its own new programmes today, and not only repeats."""
        self.rules = rules(order)
        self.taken: set[str] = set()
        self.passed_over: dict[str, Sentence] = {}
        """Why a script that may be aired was not taken so far."""
        self._asked_for: dict[tuple[Kind, ...], list[Candidate]] = {}
        self.findings: list[Finding] = []
        self.kept = {session.slug: session for session in order.previous.sessions} if order.previous else {}
        self.promised = {item.script for session in self.kept.values() for item in session.items if item.script}
        self.refused = {id: reason for id, one in self.candidates.items() if (reason := self._refusal(one))}
        """Why a script may not be aired at all this day; nothing that is taken changes it."""
        self._allowed = [one for one in order.candidates if one.script.id not in self.refused]

    def asked_for(self, slot: Slot) -> list[Candidate]:
        """The candidates that a slot asks for and that may be aired this day, in order: the same for all slots of its kinds."""
        if slot.kinds not in self._asked_for:
            asked = [one for one in self._allowed if asks_for(slot, one.script)]
            self._asked_for[slot.kinds] = asked if self.is_own_day else [one for one in asked if self._is_repeat(one)]
        return self._asked_for[slot.kinds]

    def _is_repeat(self, candidate: Candidate) -> bool:
        """Whether it may be aired on a day of repeats; why not is kept."""
        script = candidate.script
        if is_urgent(script) or script.kind in FREE_TO_REPEAT or self.aired.in_week(script.id):
            return True
        self.passed_over[script.id] = say(
            "on this day the station only repeats; its own programmes are on {weekdays}",
            weekdays=self.order.station.own_weekdays,
        )
        return False

    def left_out(self, rule: SessionRule) -> frozenset[str]:
        """The scripts that a person left out of a session."""
        return frozenset(one.target for one in self.order.exceptions if one.session == rule.slug and one.target)

    @cached_property
    def turn(self) -> Mapping[str, tuple[str, str]]:
        """The scripts that may be aired, by what sorts those that were aired least lately first."""
        return {one.script.id: self.aired.order(one.script.id) for one in self._allowed}

    def take(self, candidate: Candidate, length: Milliseconds) -> None:
        self.taken.add(candidate.script.id)
        if candidate.script.campaign in self.due:
            self.shares = self.shares.given(candidate.script.campaign or "", length)

    def _refusal(self, candidate: Candidate) -> Sentence | None:
        script, day = candidate.script, self.order.day
        if script.bulletin_class is BulletinClass.EMERGENCY:
            return say(
                "“khẩn cấp” in a script gives no right to the air: only an alert that a second person confirmed does"
            )
        if candidate.sound is None:
            return candidate.standing
        if script.not_before and day < script.not_before:
            return say("not valid before {day}", day=script.not_before)
        if script.expires and script.expires < day:
            return say("expired after {day}", day=script.expires)
        if script.areas and not set(script.areas) & set(self.order.lineage):
            return say("meant for another area: {areas}", areas=script.areas)
        if self._waits_for_a_choice(script):
            return say(
                "nobody at the station has chosen it; “broadcaster choose {station} {script}” does",
                station=self.order.station.slug,
                script=script.id,
            )
        if script.campaign and script.campaign not in self.due:
            return _not_due(script.campaign)
        if script.kind in FREE_TO_REPEAT:
            return None
        times, most = self.aired.in_week(script.id), self.order.station.times_a_week
        if times >= most:
            return say("already aired {count} times within seven days", count=times)
        due = self.due.get(script.campaign or "")
        if due and due.phase is Phase.RUN_UP and most > 1 and times >= most - 1:
            return say("kept for the day itself, having been aired {count} times within seven days", count=times)
        return None if is_urgent(script) or self._begins_today(due) else self._too_soon(script)

    def is_own(self, script: Script) -> bool:
        """Whether a script is the station's own, made for its very area."""
        return self.order.station.area in script.areas

    def _waits_for_a_choice(self, script: Script) -> bool:
        """Whether the station wants to be asked for what comes from elsewhere, and nobody has chosen this."""
        return (
            self.order.station.accepts is Accepts.ASK
            and script.bulletin_class is BulletinClass.ORDINARY
            and not self.is_own(script)
            and script.id not in self.order.choices
        )

    def _begins_today(self, due: Due | None) -> bool:
        """Whether this is the first day of a campaign itself, after its run-up: everything of it may be aired then."""
        before = self.order.due.get(self.order.day - DAY, ())
        return bool(due and due.phase is Phase.ON) and not any(
            one.campaign == due.campaign and one.phase is Phase.ON for one in before if due
        )

    def _too_soon(self, script: Script) -> Sentence | None:
        """A script's airings of a week are spread over it."""
        last = self.aired.last(script.id)
        rest = WEEK.days // self.order.station.times_a_week
        if last and self.is_own_day and (self.order.day - last.date()).days < rest:
            return _spread_out(last.date())
        return None

    def omissions(self, sessions: Sequence[RundownSession]) -> tuple[Omission, ...]:
        on_air = {item.script for session in sessions for item in session.items}
        return tuple(
            Omission(candidate.script.id, candidate.script.title, self._reason(candidate))
            for candidate in self.order.candidates
            if candidate.script.id not in on_air and candidate.script.kind is not Kind.LEAD_IN
        )

    def _reason(self, candidate: Candidate) -> Sentence:
        script = candidate.script
        for one in self.order.exceptions:
            if one.target == script.id:
                return say("{by} left it out: {why}", by=one.by, why=one.why)
        return self.refused.get(script.id) or self.passed_over.get(script.id) or self._no_place(script)

    def _no_place(self, script: Script) -> Sentence:
        return _no_place(script.kind, any(asks_for(one, script) for one in self._open))

    @cached_property
    def _open(self) -> tuple[Slot, ...]:
        """Of the slots that scripts are chosen for today, one for each set of kinds."""
        slots = (slot for rule in self.rules for slot in self.order.clocks[rule.clock].slots if slot.is_open)
        return tuple({slot.kinds: slot for slot in slots}.values())


def rules(order: DayOrder) -> list[SessionRule]:
    """The sessions that the station's file states for this weekday, in order."""
    today = [rule for rule in order.station.sessions if Weekday.of(order.day) in rule.weekdays]
    return sorted(today, key=lambda rule: rule.start)


@cache
def _not_due(campaign: str) -> Sentence:
    return say("its campaign, {campaign}, is not due on this day", campaign=campaign)


@lru_cache
def _spread_out(day: date) -> Sentence:
    return say("aired on {day}; its airings of a week are spread over it", day=day)


@cache
def _no_place(kind: Kind, is_asked_for: bool) -> Sentence:
    if is_asked_for:
        return say("the places for its kind ({kind}) went to scripts whose turn came first", kind=kind)
    return say("no session of this day asks for its kind ({kind})", kind=kind)
