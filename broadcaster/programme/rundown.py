"""The rundown (trình tự chương trình): one station's day, every item with its time and its because, every omission with its reason.

Pure: the same order gives the same rundown. The rules are those of docs/decisions.md, "How a day is filled".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from broadcaster.newsroom.script import Script
from broadcaster.planning.campaign import Due, Phase
from broadcaster.programme.clock import BroadcastClock, Slot
from broadcaster.programme.exceptions import PersonsException
from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.programme.shares import Shares
from broadcaster.stations.station import SessionRule, Station
from broadcaster.timekeeping import moment
from broadcaster.types import SCRIPT_KINDS, BulletinClass, Finding, Kind, Milliseconds, Sha256, Weekday, Weight
from broadcaster.words import Sentence, say

FREE_TO_REPEAT = (Kind.STUDY_REMINDER, Kind.LEAD_IN)
"""Kinds that may sound more than once a day and more often than the station's times a week."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Sound:
    """A finished file that can be put on air: its name, size in bytes and length."""

    sha256: Sha256
    size: int
    length: Milliseconds
    title: str


@dataclass(frozen=True)
class Candidate:
    """A script that might be aired: its approved revision and sound, or, where it has none, the state it is in."""

    script: Script
    revision: int | None = None
    sound: Sound | None = None
    standing: Sentence = field(default_factory=lambda: say("not approved"))


@dataclass(frozen=True)
class DayOrder:
    """All that decides one station's day.

    `due` holds the campaigns due here on `day` and on every day of `past` (at least the last six days, and back to the first day of
    every due campaign's window). `lead_ins` are the day's fillings by (session, script), `sounds` the station's own by name.
    `previous` is the last release of this day; sessions that begin before `settled_until` keep what it promised.
    """

    station: Station
    day: date
    name: str
    area_name: str
    lineage: tuple[str, ...]
    clocks: Mapping[str, BroadcastClock]
    due: Mapping[date, tuple[Due, ...]]
    candidates: tuple[Candidate, ...]
    lead_ins: Mapping[tuple[str, str], Sound]
    sounds: Mapping[str, Sound]
    past: tuple[ReleasedDay, ...] = ()
    previous: ReleasedDay | None = None
    exceptions: tuple[PersonsException, ...] = ()
    settled_until: datetime | None = None
    is_trial: bool = False


@dataclass(frozen=True)
class RundownItem:
    """One item with its time and its because; `because` is a text where an earlier release already promised it."""

    start: datetime
    sound: Sound | None
    length: Milliseconds
    kind: Kind
    title: str
    because: Sentence | str
    script: str | None = None
    revision: int | None = None
    campaign: str | None = None
    url: str | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(milliseconds=self.length)


@dataclass(frozen=True)
class RundownSession:
    """One session's items in order; no two overlap, none leaves `start`–`end`."""

    rule: SessionRule
    start: datetime
    end: datetime
    items: tuple[RundownItem, ...]


@dataclass(frozen=True)
class Omission:
    """A script that is not on air this day, and the reason."""

    script: str
    title: str
    reason: Sentence


@dataclass(frozen=True)
class Rundown:
    """A station's day."""

    order: DayOrder
    sessions: tuple[RundownSession, ...]
    omissions: tuple[Omission, ...]
    findings: tuple[Finding, ...]


def build(order: DayOrder) -> Rundown:
    """The day's rundown. It stays inside each session, repeats no script within the day (reminders apart), and changes as little
    of `order.previous` as it can."""
    day = _Day(order)
    sessions = tuple(day.session(rule) for rule in _rules(order))
    return Rundown(order, sessions, day.omissions(sessions), tuple(day.findings))


def freeze(rundown: Rundown, language: str) -> ReleasedDay:
    """The rundown as it is promised, its becauses in words of `language`; a session that stays silent is not promised."""
    order = rundown.order
    return ReleasedDay(
        station=order.station.slug,
        name=order.name,
        area_name=order.area_name,
        day=order.day,
        campaigns=tuple((due.campaign, due.name) for due in order.due.get(order.day, ())),
        sessions=tuple(
            ReleasedSession(
                session.rule.slug,
                session.rule.name,
                session.start,
                session.end,
                tuple(_released(item, language) for item in session.items),
                session.rule.is_confirmed,
            )
            for session in rundown.sessions
            if session.items
        ),
        is_trial=order.is_trial,
    )


def _released(item: RundownItem, language: str) -> ReleasedItem:
    return ReleasedItem(
        start=item.start,
        length=item.length,
        kind=item.kind,
        title=item.title,
        because=item.because if isinstance(item.because, str) else item.because.into(language),
        sha256=item.sound.sha256 if item.sound else None,
        size=item.sound.size if item.sound else 0,
        url=item.url,
        campaign=item.campaign,
        script=item.script,
        revision=item.revision,
    )


def _rules(order: DayOrder) -> list[SessionRule]:
    today = [rule for rule in order.station.sessions if Weekday.of(order.day) in rule.weekdays]
    return sorted(today, key=lambda rule: rule.start)


class _Day:
    """One day being filled: what has been taken so far."""

    def __init__(self, order: DayOrder):
        self.order = order
        self.due = {due.campaign: due for due in order.due.get(order.day, ())}
        self.shares = Shares.counted(order.day, order.due, order.past)
        self.candidates = {candidate.script.id: candidate for candidate in order.candidates}
        self.aired = _aired(order)
        self.taken: set[str] = set()
        self.refusals: dict[str, Sentence] = {}
        self.findings: list[Finding] = []
        self.kept = {session.slug: session for session in order.previous.sessions} if order.previous else {}
        self.promised = {item.script for session in self.kept.values() for item in session.items if item.script}

    def session(self, rule: SessionRule) -> RundownSession:
        start = moment(self.order.day, rule.start)
        end = start + timedelta(minutes=rule.minutes)
        promised = self.kept.get(rule.slug)
        if promised and promised.start == start and self.order.settled_until and start < self.order.settled_until:
            return RundownSession(rule, start, end, self._settled(rule, promised))
        return RundownSession(rule, start, end, _Session(self, rule, start, end).filled())

    def _settled(self, rule: SessionRule, promised: ReleasedSession) -> tuple[RundownItem, ...]:
        items = tuple(_kept(item) for item in promised.items if not self._must_go(rule, item))
        self.taken |= {item.script for item in items if item.script}
        return items

    def _must_go(self, rule: SessionRule, item: ReleasedItem) -> bool:
        """Close to air only a skip and a withdrawal still change anything."""
        if item.script is None or item.kind is Kind.LEAD_IN:
            return False
        candidate = self.candidates.get(item.script)
        return candidate is None or candidate.sound is None or self.left_out(rule, item.script) is not None

    def left_out(self, rule: SessionRule, script: str) -> PersonsException | None:
        return next((one for one in self.order.exceptions if one.session == rule.slug and one.target == script), None)

    def take(self, candidate: Candidate, length: Milliseconds) -> None:
        self.taken.add(candidate.script.id)
        if candidate.script.campaign in self.due:
            self.shares = self.shares.given(candidate.script.campaign or "", length)

    def refusal(self, candidate: Candidate) -> Sentence | None:
        """Why `candidate` may not be aired at all this day, or None."""
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
        if script.campaign and script.campaign not in self.due:
            return say("its campaign, {campaign}, is not due on this day", campaign=script.campaign)
        if script.kind in FREE_TO_REPEAT:
            return None
        times, most = self.aired.in_week(script.id), self.order.station.times_a_week
        if times >= most:
            return say("already aired {count} times within seven days", count=times)
        due = self.due.get(script.campaign or "")
        if due and due.phase is Phase.RUN_UP and most > 1 and times >= most - 1:
            return say("kept for the day itself, having been aired {count} times within seven days", count=times)
        return None if _is_urgent(script) or self._begins_today(due) else self._too_soon(script)

    @property
    def is_own_day(self) -> bool:
        """Whether the station airs its own new programmes today, and not only repeats."""
        return Weekday.of(self.order.day) in self.order.station.own_weekdays

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
            return say("aired on {day}; its airings of a week are spread over it", day=last.date())
        return None

    def omissions(self, sessions: Sequence[RundownSession]) -> tuple[Omission, ...]:
        on_air = {item.script for session in sessions for item in session.items}
        return tuple(
            Omission(candidate.script.id, candidate.script.title, self._reason(candidate))
            for candidate in self.order.candidates
            if candidate.script.id not in on_air and candidate.script.kind is not Kind.LEAD_IN
        )

    def _reason(self, candidate: Candidate) -> Sentence:
        skipped = next((one for one in self.order.exceptions if one.target == candidate.script.id), None)
        if skipped:
            return say("{by} left it out: {why}", by=skipped.by, why=skipped.why)
        return self.refusal(candidate) or self.refusals.get(candidate.script.id) or self._no_place(candidate.script)

    def _no_place(self, script: Script) -> Sentence:
        slots = [slot for rule in _rules(self.order) for slot in self.order.clocks[rule.clock].slots if slot.is_open]
        if any(_asks_for(slot, script) for slot in slots):
            return say("the places for its kind ({kind}) went to scripts whose turn came first", kind=script.kind)
        return say("no session of this day asks for its kind ({kind})", kind=script.kind)


class _Session:
    """One session being filled, from its beginning to its end; `now` is where the next item may start."""

    def __init__(self, day: _Day, rule: SessionRule, start: datetime, end: datetime):
        self.day, self.rule, self.start, self.end = day, rule, start, end
        self.slots = day.order.clocks[rule.clock].slots
        self.items: list[RundownItem] = []
        self.sting: RundownItem | None = None
        self.now = start
        self.waiting = sorted([*self._relays(), *self._pinned()], key=lambda item: item.start)
        self.earlier = [item for item in self._earlier() if item.script]

    def filled(self) -> tuple[RundownItem, ...]:
        for place, slot in enumerate(self.slots):
            if slot.at is not None:
                self.now = max(self.now, self.start + slot.at)
            if slot.sound:
                self._put_sound(slot.sound, slot.kinds[0])
            elif slot.script:
                self._put_lead_in(slot.script)
            else:
                self._fill(slot, self._limit(place))
        for item in self.waiting:
            self._put_waiting(item)
        if not any(_is_content(item) for item in self.items):
            self._find(
                "empty",
                say(
                    "Nothing is left to be aired in the session at {start}, so it stays silent.",
                    start=self.start.time(),
                ),
                Weight.NOTE,
            )
            return ()
        return tuple(sorted(self.items, key=lambda item: item.start))

    def _relays(self) -> list[RundownItem]:
        day = self.day.order.day
        return [
            RundownItem(
                moment(day, relay.start),
                None,
                Milliseconds(relay.minutes * 60_000),
                Kind.RELAY,
                relay.source,
                say("the station relays {source} at this fixed time", source=relay.source),
                url=relay.url,
            )
            for relay in self.rule.relays
            if relay.until is None or day <= relay.until
        ]

    def _pinned(self) -> list[RundownItem]:
        return [item for one in self.day.order.exceptions if (item := self._pin(one)) is not None]

    def _pin(self, one: PersonsException) -> RundownItem | None:
        if one.start is None or one.script is None or not self.start <= one.start < self.end:
            return None
        candidate = self.day.candidates.get(one.script)
        reason = say("the script is not there") if candidate is None else self.day.refusal(candidate)
        if candidate is None or candidate.sound is None or reason is not None:
            self._find(
                "exception",
                say(
                    "{by} set “{script}” at {start}, but it cannot be aired: {reason}",
                    by=one.by,
                    script=one.script,
                    start=one.start.time(),
                    reason=reason,
                ),
            )
            return None
        if one.start + timedelta(milliseconds=candidate.sound.length) > self.end:
            self._find(
                "overrun",
                say(
                    "“{script}”, set at {start}, would not end before the session does.",
                    script=one.script,
                    start=one.start.time(),
                ),
            )
            return None
        self.day.take(candidate, candidate.sound.length)
        return self._item(candidate, one.start, say("{by} set it here: {why}", by=one.by, why=one.why))

    def _earlier(self) -> tuple[ReleasedItem, ...]:
        promised = self.day.kept.get(self.rule.slug)
        return promised.items if promised else ()

    def _limit(self, place: int) -> datetime:
        """Until when scripts of the slot at `place` may last: what must still follow has its room."""
        needed = timedelta()
        for slot in self.slots[place + 1 :]:
            if slot.at is not None:
                return min(self.end, self.start + slot.at) - needed
            needed += self._needed(slot)
        return self.end - needed

    def _needed(self, slot: Slot) -> timedelta:
        if Kind.STING in slot.kinds:
            return timedelta()
        sound = self.day.order.sounds.get(slot.sound or "") or self.day.order.lead_ins.get(
            (self.rule.slug, slot.script or "")
        )
        return _whole(sound.length) if sound else timedelta()

    def _put_sound(self, name: str, kind: Kind) -> None:
        sound = self.day.order.sounds.get(name)
        if sound is None:
            self._find(
                "no-sound",
                say(
                    "The sound “{name}” is not there. Put it into content/sounds, or take it out of the clock.",
                    name=name,
                ),
                Weight.BLOCKING,
            )
            return
        item = RundownItem(
            self.now,
            sound,
            sound.length,
            kind,
            sound.title,
            say(
                "it belongs to this place of the broadcast clock “{clock}”",
                clock=self.day.order.clocks[self.rule.clock].name,
            ),
        )
        if kind is Kind.STING:
            self.sting = item
        else:
            self._put_mandatory(item)

    def _put_lead_in(self, script: str) -> None:
        filling = self.day.order.lead_ins.get((self.rule.slug, script))
        skipped = self.day.left_out(self.rule, script)
        if filling is None or skipped:
            return
        candidate = self.day.candidates.get(script)
        because = say(
            "a lead-in of the broadcast clock “{clock}”, filled with the names valid on the day",
            clock=self.day.order.clocks[self.rule.clock].name,
        )
        self._put_mandatory(
            RundownItem(
                self.now,
                filling,
                filling.length,
                Kind.LEAD_IN,
                filling.title,
                because,
                script,
                candidate.revision if candidate else None,
            )
        )

    def _put_mandatory(self, item: RundownItem) -> None:
        self._make_way(item.length)
        item = replace(item, start=self.now)
        if item.end > self.end:
            self._find(
                "overrun",
                say(
                    "“{title}” does not fit into the session at {start} any more.",
                    title=item.title,
                    start=self.start.time(),
                ),
            )
            return
        self._put(item)

    def _make_way(self, length: Milliseconds) -> None:
        """Let relays and pinned items that would be run into go first."""
        while self.waiting and self.waiting[0].start < self.now + timedelta(milliseconds=length):
            self._put_waiting(self.waiting.pop(0))

    def _put_waiting(self, item: RundownItem) -> None:
        if item.start < self.now and self.items and item.start < self.items[-1].end:
            self._find(
                "overrun",
                say(
                    "“{title}” could not begin at {start}: another item is still on air.",
                    title=item.title,
                    start=item.start.time(),
                ),
            )
            return
        self._put(item)

    def _put(self, item: RundownItem) -> None:
        self.items.append(item)
        self.now = max(self.now, item.start + _whole(item.length))

    def _fill(self, slot: Slot, limit: datetime) -> None:
        between = self.day.order.sounds.get(slot.between or "")
        placed = 0
        while placed < slot.count:
            gap = self._gap(between if placed else None)
            picked = self._pick(slot, limit, gap)
            if picked is None:
                if not self._let_next_waiting_go(limit):
                    return
                continue
            candidate, because = picked
            self._separate(between if placed else None)
            sound = candidate.sound
            assert sound is not None  # `_pick` gives only what can sound
            self._put(self._item(candidate, self.now, because))
            self.day.take(candidate, sound.length)
            placed += 1

    def _gap(self, between: Sound | None) -> timedelta:
        """The room that a sting before the next item takes."""
        sting = between or (self.sting.sound if self.sting else None)
        return _whole(sting.length) if sting and any(_is_content(item) for item in self.items) else timedelta()

    def _separate(self, between: Sound | None) -> None:
        """A sting separates two items: without one before it and one after it, it is left out."""
        waiting, self.sting = self.sting, None
        if not any(_is_content(item) for item in self.items):
            return
        if between:
            self._put(
                RundownItem(
                    self.now,
                    between,
                    between.length,
                    Kind.STING,
                    between.title,
                    say("between two items of the same slot"),
                )
            )
        elif waiting:
            self._put(replace(waiting, start=self.now))

    def _let_next_waiting_go(self, limit: datetime) -> bool:
        """When nothing fits before the next relay or pinned item, that goes first and the rest after it."""
        if not self.waiting or self.waiting[0].end > limit:
            return False
        self._put_waiting(self.waiting.pop(0))
        return True

    def _pick(self, slot: Slot, limit: datetime, gap: timedelta) -> tuple[Candidate, Sentence | str] | None:
        barrier = min([limit, *(item.start for item in self.waiting)])
        room = barrier - self.now - gap
        fitting = []
        for candidate in self._admitted(slot):
            sound = candidate.sound
            assert sound is not None  # refused otherwise
            if timedelta(milliseconds=sound.length) <= room:
                fitting.append(candidate)
            else:
                self.day.refusals.setdefault(
                    candidate.script.id, say("no room left in the session at {start}", start=self.start.time())
                )
        return self._urgent(fitting) or self._promised(fitting) or self._by_share(fitting)

    def _admitted(self, slot: Slot) -> list[Candidate]:
        found = []
        for candidate in self.day.order.candidates:
            script = candidate.script
            if not _asks_for(slot, script) or script.id in self.day.taken or self.day.refusal(candidate):
                continue
            if self.day.left_out(self.rule, script.id):
                continue
            if (
                not self.day.is_own_day
                and not _is_urgent(script)
                and script.kind not in FREE_TO_REPEAT
                and not self.day.aired.in_week(script.id)
            ):
                self.day.refusals.setdefault(
                    script.id,
                    say(
                        "on this day the station only repeats; its own programmes are on {weekdays}",
                        weekdays=self.day.order.station.own_weekdays,
                    ),
                )
                continue
            found.append(candidate)
        return found

    def _urgent(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        urgent = [candidate for candidate in fitting if _is_urgent(candidate.script)]
        if not urgent:
            return None
        chosen = min(
            urgent,
            key=lambda one: (
                one.script.bulletin_class is not BulletinClass.PRIORITY,
                *self.day.aired.order(one.script.id),
            ),
        )
        if chosen.script.bulletin_class is BulletinClass.PRIORITY:
            return chosen, say("a priority bulletin takes the next session with room")
        return chosen, say("a notice takes the next session with room")

    def _promised(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        ready = {candidate.script.id: candidate for candidate in fitting}
        for item in self.earlier:
            if item.script in ready:
                return ready[item.script], item.because
        return None

    def _by_share(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        free = [one for one in fitting if one.script.id not in self.day.promised] or list(fitting)
        if not free:
            return None
        chosen = min(
            free, key=lambda one: (self.day.shares.need(one.script.campaign), *self.day.aired.order(one.script.id))
        )
        return chosen, self._because(chosen.script)

    def _because(self, script: Script) -> Sentence:
        due = self.day.due.get(script.campaign or "")
        last = self.day.aired.last(script.id)
        rotation = (
            say("it was aired least lately, on {day}", day=last.date())
            if last
            else say("it has not been aired here yet")
        )
        if due is None:
            return say("it belongs to no campaign and {rotation}", rotation=rotation)
        return say(
            "{campaign} ({first} to {last}) has had the smallest part of its share here; of its scripts {rotation}",
            campaign=due.name,
            first=due.first,
            last=due.last,
            rotation=rotation,
        )

    def _item(self, candidate: Candidate, start: datetime, because: Sentence | str) -> RundownItem:
        sound, script = candidate.sound, candidate.script
        assert sound is not None  # only what can sound is put on air
        is_repeat = not self.day.is_own_day and self.day.aired.in_week(script.id) > 0
        return RundownItem(
            start,
            sound,
            sound.length,
            script.kind,
            f"{script.title} (phát lại)" if is_repeat else script.title,
            because,
            script.id,
            candidate.revision,
            script.campaign,
        )

    def _find(self, kind: str, sentence: Sentence, weight: Weight = Weight.TO_WEIGH) -> None:
        place = f"{self.day.order.station.slug} {self.start:%Y-%m-%d %H:%M}"
        self.day.findings.append(Finding(weight, kind, place, sentence))


@dataclass(frozen=True)
class _Aired:
    """When each script was last on air here, and how often within the seven days that end today."""

    latest: Mapping[str, datetime]
    counts: Mapping[str, int]

    def last(self, script: str) -> datetime | None:
        return self.latest.get(script)

    def in_week(self, script: str) -> int:
        return self.counts.get(script, 0)

    def order(self, script: str) -> tuple[str, str]:
        """Sorts what was aired least lately first, ties by id."""
        last = self.last(script)
        return (last.isoformat() if last else "", script)


def _aired(order: DayOrder) -> _Aired:
    latest: dict[str, datetime] = {}
    counts: dict[str, int] = {}
    for past in order.past:
        for session in past.sessions:
            for item in session.items:
                if item.script is None:
                    continue
                latest[item.script] = max(item.start, latest.get(item.script, item.start))
                if order.day - past.day < WEEK:
                    counts[item.script] = counts.get(item.script, 0) + 1
    return _Aired(latest, counts)


def _is_content(item: RundownItem) -> bool:
    """Whether people tune in for it: a script or a relay, and not what frames them."""
    return item.kind is Kind.RELAY or (item.kind in SCRIPT_KINDS and item.kind is not Kind.LEAD_IN)


def _asks_for(slot: Slot, script: Script) -> bool:
    if script.bulletin_class is BulletinClass.PRIORITY and set(slot.kinds) != {Kind.STUDY_REMINDER}:
        return script.kind is not Kind.LEAD_IN
    return script.kind in slot.kinds


def _is_urgent(script: Script) -> bool:
    return script.bulletin_class is BulletinClass.PRIORITY or script.kind is Kind.NOTICE


def _kept(item: ReleasedItem) -> RundownItem:
    sound = Sound(item.sha256, item.size, item.length, item.title) if item.sha256 else None
    return RundownItem(
        item.start,
        sound,
        item.length,
        item.kind,
        item.title,
        item.because,
        item.script,
        item.revision,
        item.campaign,
        item.url,
    )


def _whole(length: Milliseconds) -> timedelta:
    """`length` up to the next whole second: items begin on whole seconds."""
    return timedelta(seconds=-(-length // 1000))
