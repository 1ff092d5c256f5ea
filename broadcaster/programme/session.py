"""A session filled from its broadcast clock, from its beginning to its end."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from broadcaster.newsroom.script import Script
from broadcaster.programme.clock import Slot
from broadcaster.programme.day import Day
from broadcaster.programme.exceptions import PersonsException
from broadcaster.programme.items import RundownItem, RundownSession, is_content, kept, whole
from broadcaster.programme.order import Candidate, Manner, Sound
from broadcaster.programme.release import ReleasedItem, ReleasedSession
from broadcaster.programme.rotation import is_urgent
from broadcaster.stations.station import SessionRule
from broadcaster.timekeeping import moment
from broadcaster.types import BulletinClass, Finding, Kind, Milliseconds, Weight
from broadcaster.words import Sentence, say

LIVE_TITLE = "Nói trực tiếp"


def session_of(day: Day, rule: SessionRule) -> RundownSession:
    """One session: as an earlier release promised it where it is close to air or over, else filled from its clock."""
    start = moment(day.order.day, rule.start)
    end = start + timedelta(minutes=rule.minutes)
    promised = day.kept.get(rule.slug)
    until = day.order.settled_until
    if promised and promised.start == start and until and start < until:
        return RundownSession(rule, start, end, _settled(day, rule, promised))
    return RundownSession(rule, start, end, _Filling(day, rule, start, end).filled())


def _settled(day: Day, rule: SessionRule, promised: ReleasedSession) -> tuple[RundownItem, ...]:
    left_out = day.left_out(rule)
    items = tuple(kept(item) for item in promised.items if not _must_go(day, left_out, item))
    day.taken |= {item.script for item in items if item.script}
    return items


def _must_go(day: Day, left_out: Set[str], item: ReleasedItem) -> bool:
    """Close to air only a skip and a withdrawal still change anything."""
    if item.script is None or item.kind is Kind.LEAD_IN:
        return False
    candidate = day.candidates.get(item.script)
    return candidate is None or candidate.sound is None or item.script in left_out


class _Filling:
    """One session being filled, from its beginning to its end; `now` is where the next item may start."""

    def __init__(self, day: Day, rule: SessionRule, start: datetime, end: datetime):
        self.day, self.rule, self.start, self.end = day, rule, start, end
        self.slots = day.order.clocks[rule.clock].slots
        self.left_out = day.left_out(rule)
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
        if not any(is_content(item) for item in self.items):
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
        if one.start is None or not self.start <= one.start < self.end:
            return None
        if one.minutes is not None:
            return self._live(one, one.start, one.minutes)
        if one.script is None:
            return None
        candidate = self.day.candidates.get(one.script)
        reason = say("the script is not there") if candidate is None else self.day.refused.get(one.script)
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

    def _live(self, one: PersonsException, start: datetime, minutes: int) -> RundownItem | None:
        """Time in which the receivers stay silent and a person speaks."""
        if start + timedelta(minutes=minutes) > self.end:
            self._find(
                "overrun",
                say("The live microphone at {start} would not end before the session does.", start=start.time()),
            )
            return None
        because = say("{by} speaks live: {why}", by=one.by, why=one.why)
        return RundownItem(start, None, Milliseconds(minutes * 60_000), Kind.LIVE, LIVE_TITLE, because)

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
        return whole(sound.length) if sound else timedelta()

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
        if filling is None or script in self.left_out:
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
        self.now = max(self.now, item.start + whole(item.length))

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
        return whole(sting.length) if sting and any(is_content(item) for item in self.items) else timedelta()

    def _separate(self, between: Sound | None) -> None:
        """A sting separates two items: without one before it and one after it, it is left out."""
        waiting, self.sting = self.sting, None
        if not any(is_content(item) for item in self.items):
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
        room = (barrier - self.now - gap) // timedelta(milliseconds=1)
        fitting = []
        for candidate in self.day.asked_for(slot):
            sound, script = candidate.sound, candidate.script.id
            assert sound is not None  # refused otherwise
            if script in self.day.taken or script in self.left_out:
                continue
            if sound.length <= room:
                fitting.append(candidate)
            elif script not in self.day.passed_over:
                self.day.passed_over[script] = say("no room left in the session at {start}", start=self.start.time())
        if waiting := self._colliding(fitting):
            fitting = [one for one in fitting if one.script.id not in waiting]
        return self._urgent(fitting) or self._promised(fitting) or self._by_share(fitting)

    def _urgent(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        urgent = [candidate for candidate in fitting if is_urgent(candidate.script)]
        if not urgent:
            return None
        chosen = min(
            urgent,
            key=lambda one: (
                one.script.bulletin_class is not BulletinClass.PRIORITY,
                one.script.id not in self.day.order.choices,
                self.day.turn[one.script.id],
            ),
        )
        if chosen.script.bulletin_class is BulletinClass.PRIORITY:
            return chosen, say("a priority bulletin takes the next session with room")
        return chosen, say("a notice takes the next session with room")

    def _colliding(self, fitting: Sequence[Candidate]) -> frozenset[str]:
        """Priority bulletins of which one is the station's own and one comes from elsewhere: a person there decides which goes first, and
        until then all of them wait (Thông tư 39/2020/TT-BTTTT leaves the order to the commune). Those that another one overrides wait too."""
        priority = [one.script for one in fitting if one.script.bulletin_class is BulletinClass.PRIORITY]
        if not priority:
            return frozenset()
        overridden = self._overridden(priority)
        ids = frozenset(one.id for one in priority) - overridden
        if len({self.day.is_own(one) for one in priority}) < 2 or ids & self.day.order.choices.keys():
            return overridden
        if not ids & self.day.passed_over.keys():
            self._find(
                "collision",
                say(
                    "Priority bulletins collide: {scripts}. Say which goes first with “broadcaster choose {station} SCRIPT”.",
                    scripts=sorted(ids),
                    station=self.day.order.station.slug,
                ),
            )
        for id in ids:
            self.day.passed_over[id] = say(
                "it waits for a person at the station to say which priority bulletin goes first"
            )
        return ids

    def _overridden(self, priority: Sequence[Script]) -> frozenset[str]:
        """Of these priority bulletins, those that one of the other origin was chosen over."""
        overriding = [
            candidate.script
            for id, manner in self.day.order.choices.items()
            if manner is Manner.OVERRIDE
            and (candidate := self.day.candidates.get(id))
            and candidate.script.bulletin_class is BulletinClass.PRIORITY
            and id not in self.day.refused
        ]
        found = {
            one.id: other.title
            for other in overriding
            for one in priority
            if self.day.is_own(one) is not self.day.is_own(other) and one.id not in self.day.order.choices
        }
        for id, title in found.items():
            self.day.passed_over[id] = say("a person at the station chose “{title}” over it", title=title)
        return frozenset(found)

    def _promised(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        if self.earlier:
            ready = {candidate.script.id: candidate for candidate in fitting}
            for item in self.earlier:
                if item.script in ready:
                    return ready[item.script], item.because
        return None

    def _by_share(self, fitting: Sequence[Candidate]) -> tuple[Candidate, Sentence | str] | None:
        free = [one for one in fitting if one.script.id not in self.day.promised] or list(fitting)
        if not free:
            return None
        need = {campaign: self.day.shares.need(campaign) for campaign in {one.script.campaign for one in free}}
        chosen = min(free, key=lambda one: (need[one.script.campaign], self.day.turn[one.script.id]))
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
