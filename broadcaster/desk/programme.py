"""The programme's verbs: arrange, release, and a person's pin, skip, move and replace."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from broadcaster.desk.arranging import MEMORY, Arranged, Arranger, DueOn, LeadIns, Releaser, calendar, prepared
from broadcaster.desk.cores import Spread
from broadcaster.desk.desk import Desk, Person
from broadcaster.desk.fillings import Wanted, fill, names_on
from broadcaster.desk.newsroom import read_files, sample
from broadcaster.desk.sounds import reading_of, station_sounds
from broadcaster.errors import NotFound, Refused
from broadcaster.files import scratch
from broadcaster.forms import did_you_mean
from broadcaster.newsroom.approval import state_words
from broadcaster.newsroom.script import Script
from broadcaster.programme.exceptions import Action, PersonsException
from broadcaster.programme.order import Candidate, Manner, Sound
from broadcaster.programme.release import Change, ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.programme.rundown import Rundown, freeze
from broadcaster.stations.airtime import in_words
from broadcaster.stations.area import covers, lineage_on
from broadcaster.stations.station import Station
from broadcaster.store import bulletins, programme, scripts
from broadcaster.store.scripts import Standing
from broadcaster.studio.pcm import wav_length
from broadcaster.studio.speech import estimated_length
from broadcaster.timekeeping import days as days_from
from broadcaster.timekeeping import moment
from broadcaster.types import BulletinClass, Finding, Kind, Sha256, Weekday
from broadcaster.words import Sentence, say

AT_ONCE = 256
"""So many stations' lead-ins are looked up together."""


@dataclass(frozen=True)
class ReleaseReport:
    """What a release did: its number (None where nothing changed), how many station-days and items it arranged, what was found, what a
    listener will notice in days that were promised before, and how many station-days were promised for the first time."""

    number: int | None
    days: int
    items: int
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    new_days: int

    @property
    def words(self) -> Sentence:
        """What it did, for people."""
        if self.number is None:
            return say("Nothing changed since the last release.")
        count, days = len(self.changes), self.new_days
        return say("Release {number}: {count} changes, {days} new days.", number=self.number, count=count, days=days)


def arrange(
    desk: Desk, first: date, count: int, *, at: datetime, stations: Sequence[str] = (), from_nothing: bool = False
) -> tuple[Rundown, ...]:
    """The rundowns of `count` days from `first`, built on the last release; nothing is kept but the lead-ins' sound.

    `from_nothing`: without memory of any release, so that the same days and content always give the same programme (a trial's way).
    """
    chosen = [desk.workspace.station(slug) for slug in stations] or list(desk.workspace.stations.values())
    arranger = _arranger(desk, days_from(first, count), candidates_of(desk), at)
    due_on, rundowns = calendar(arranger.campaigns), list[Rundown]()
    for station, lead_ins in _with_lead_ins(desk, chosen, arranger, due_on):
        with desk.database.reading() as session:
            released = {} if from_nothing else programme.released_at(session, station.slug, *_remembered(arranger))
        rundowns += [rundown for rundown, _ in arranger.rundowns(station, lead_ins, released, due_on)]
    return tuple(rundowns)


def _remembered(arranger: Arranger) -> tuple[date, date]:
    return arranger.days[0] - MEMORY, arranger.days[-1]


def _arranger(desk: Desk, days: tuple[date, ...], candidates: tuple[Candidate, ...], at: datetime) -> Arranger:
    with desk.database.reading() as session:
        exceptions, choices = programme.exceptions(session, days[0], days[-1]), programme.choices(session)
    return Arranger(
        areas=desk.workspace.areas,
        clocks=desk.workspace.clocks,
        campaigns=tuple(desk.workspace.campaigns.values()),
        candidates=candidates,
        sounds=station_sounds(desk),
        exceptions=exceptions,
        choices=choices,
        days=days,
        settled_until=at + timedelta(minutes=desk.settings.settled_minutes),
        language=desk.settings.language,
        is_trial=desk.is_trial,
    )


def _with_lead_ins(
    desk: Desk, stations: Sequence[Station], arranger: Arranger, due_on: DueOn
) -> Iterator[tuple[Station, LeadIns]]:
    """Each station with the sound of its lead-ins, made where it is missing."""
    for number, station in enumerate(stations):
        desk.tell(say("Arranging the programme"), number, len(stations))
        if number % AT_ONCE == 0:
            together = stations[number : number + AT_ONCE]
            wanted = _wanted(desk, together, arranger.days, arranger.candidates, due_on)
            own: dict[str, dict[tuple[str, date, str, str], Sound]] = {}
            for key, sound in fill(desk, wanted).items():
                own.setdefault(key[0], {})[key] = sound
        yield station, own.get(station.slug, {})
    desk.tell(say("Arranging the programme"), len(stations), len(stations))


def rehearse(desk: Desk, first: date, count: int) -> tuple[Rundown, ...]:
    """The rundowns of those days as they would be if every script of the workspace's files were approved; lengths are estimated, nothing is kept."""
    days = days_from(first, count)
    stations = list(desk.workspace.stations.values())
    candidates = tuple(
        _estimated(desk, script) for script in sorted(read_files(desk.root, "")[0], key=lambda one: one.id)
    )
    lengths: dict[str, Sound] = {}
    lead_ins = {}
    due_on = calendar(tuple(desk.workspace.campaigns.values()))
    for one in _wanted(desk, stations, days, candidates, due_on):
        if one.used is not None:
            sound = lengths.get(one.text) or _estimate(desk, one.script, one.text)
            lead_ins[(one.station, one.day, one.session, one.script.id)] = lengths[one.text] = sound
    sounds = {
        slug: Sound(Sha256(""), 0, wav_length(one.path), one.title) for slug, one in desk.workspace.sounds.items()
    }
    everything = frozenset(one.script.id for one in candidates)
    arranger = replace(
        _arranger(desk, days, candidates, moment(first, time())),
        sounds=sounds,
        exceptions=(),
        choices={station.slug: dict.fromkeys(everything, Manner.FOLLOW) for station in stations},
    )
    own: dict[str, dict[tuple[str, date, str, str], Sound]] = {}
    for key, sound in lead_ins.items():
        own.setdefault(key[0], {})[key] = sound
    return tuple(
        rundown
        for station in stations
        for rundown, _ in arranger.rundowns(station, own.get(station.slug, {}), {}, due_on)
    )


def _estimated(desk: Desk, script: Script) -> Candidate:
    return Candidate(script, 1, _estimate(desk, script, sample(script)))


def _estimate(desk: Desk, script: Script, text: str) -> Sound:
    reading = reading_of(desk, text, script.areas)
    return Sound(reading.fingerprint, 0, estimated_length(reading.utterances), script.title)


def release(
    desk: Desk,
    first: date,
    count: int,
    *,
    person: Person,
    at: datetime,
    is_dry: bool = False,
    from_nothing: bool = False,
) -> ReleaseReport:
    """Freeze the days and keep what changed since the last release, whole or not at all."""
    arranger = _arranger(desk, days_from(first, count), candidates_of(desk), at)
    stations, due_on = list(desk.workspace.stations.values()), calendar(arranger.campaigns)
    releaser = Releaser(desk.database, arranger, from_nothing=from_nothing)
    spread: Spread[tuple[Station, LeadIns], Arranged] = Spread(
        lambda task: releaser.arranged(*task), prepared, (desk.database.url, arranger, from_nothing)
    )
    number, days, items, new_days = None, 0, 0, 0
    changes: list[Change] = []
    findings: list[Finding] = []
    with scratch(
        desk.data
    ) as file:  # the days of a nation are too many to be held, and the database is not kept waiting for them
        for one in spread.done(_with_lead_ins(desk, stations, arranger, due_on)):
            file.write(one.kept)
            days, items, new_days = days + one.days, items + one.items, new_days + one.new_days
            changes += one.changes
            findings += one.findings
        if file.tell() and not is_dry:
            file.seek(0)
            with desk.database.writing() as session:
                number = programme.add_release(
                    session, programme.kept_days(file), by=person.name, account=person.account, at=at
                )
    return ReleaseReport(number, days, items, tuple(findings), tuple(changes), new_days)


def released_days(desk: Desk, station: str, first: date, count: int) -> Mapping[date, ReleasedDay]:
    """What is promised at a station on `count` days from `first`, by day."""
    with desk.database.reading() as session:
        return programme.released_at(session, station, first, first + timedelta(days=count - 1))


def exceptions_of(desk: Desk, station: str, day: date) -> tuple[PersonsException, ...]:
    """What people decided for a station's day and did not take back, in the order they did."""
    with desk.database.reading() as session:
        return tuple(one for one in programme.exceptions(session, day, day) if one.station == station)


def colliding(desk: Desk, station: Station, day: date, standings: Iterable[Standing]) -> tuple[Script, ...]:
    """Of all scripts' `standings`, the priority bulletins that may air at a station on `day` and of which nobody said which goes first: its own, and some from elsewhere."""
    lineage = set(lineage_on(desk.workspace.areas, station.area, day))
    with desk.database.reading() as session:
        chosen = programme.choices(session).get(station.slug, {})
    priority = [
        one
        for one in (standing.on_air.script for standing in standings if standing.on_air)
        if one.bulletin_class is BulletinClass.PRIORITY
        and one.may_air_on(day)
        and (not one.areas or set(one.areas) & lineage)
    ]
    is_settled = any(one.id in chosen for one in priority)
    origins = {station.area in one.areas for one in priority}
    return () if is_settled or len(origins) < 2 else tuple(priority)


def promised(desk: Desk, script: str, at: datetime, count: int) -> tuple[tuple[str, datetime], ...]:
    """When and where a script is promised within `count` days after `at`: station and start, in order of time."""
    with desk.database.reading() as session:
        found = programme.starts_of(session, script, at.date(), at.date() + timedelta(days=count - 1))
    return tuple(sorted((one for one in found if one[1] > at), key=lambda one: (one[1], one[0])))


def next_sessions(desk: Desk, script: Script, at: datetime) -> tuple[tuple[str, datetime], ...]:
    """The first session at each station that a script is for, of those that may still take it: station and start, in order of time."""
    settled = at + timedelta(minutes=desk.settings.settled_minutes)
    first: dict[str, datetime] = {}
    for station in desk.workspace.stations.values():
        for day in days_from(at.date(), desk.settings.days_ahead + 1):
            starts = [
                start
                for rule in station.sessions
                if Weekday.of(day) in rule.weekdays and (start := moment(day, rule.start)) >= settled
            ]
            if starts and script.may_air_on(day) and covers(desk.workspace.areas, script.areas, station.area, day):
                first[station.slug] = min(starts)
                break
    return tuple(sorted(first.items(), key=lambda one: (one[1], one[0])))


def candidates_of(desk: Desk) -> tuple[Candidate, ...]:
    """Every script with its approved sound, or with the state that keeps it off the air."""
    with desk.database.reading() as session:
        standings = scripts.standings(session)
        made = bulletins.all_by_sound(session)
    return tuple(_candidate(desk, one, made) for one in standings)


def _candidate(desk: Desk, one: Standing, made: Mapping[Sha256, object]) -> Candidate:
    if one.on_air is None or one.approval is None:
        return Candidate(
            one.newest.script, standing=say("its newest revision is {state}", state=state_words(one.state))
        )
    script, sound = one.on_air.script, one.approval.bound.sound
    if script.kind is Kind.LEAD_IN:
        return Candidate(script, one.on_air.number)
    found = made.get(sound) if sound else None
    if sound is None or not isinstance(found, tuple) or not (desk.sound_folder / f"{sound}.mp3").exists():
        return Candidate(
            script,
            one.on_air.number,
            standing=say("its approved sound is missing from the data folder; run “broadcaster produce”"),
        )
    bulletin = found[0]
    return Candidate(script, one.on_air.number, Sound(sound, bulletin.size, bulletin.length, script.title))


def _wanted(
    desk: Desk, stations: Sequence[Station], days: Sequence[date], candidates: Sequence[Candidate], due_on: DueOn
) -> list[Wanted]:
    """The lead-ins that the clocks of these days name, each with the names valid then."""
    approved = {
        one.script.id: one for one in candidates if one.script.kind is Kind.LEAD_IN and one.revision is not None
    }
    wanted = []
    for station in stations:
        for day in days:
            lineage = lineage_on(desk.workspace.areas, station.area, day)
            due = due_on(day, lineage)
            for rule in station.sessions:
                names = names_on(desk.workspace, station, rule, day, due)
                wanted += [
                    Wanted(station.slug, day, rule.slug, candidate.script, candidate.revision or 0, names)
                    for lead_in in desk.workspace.clocks[rule.clock].lead_ins
                    if (candidate := approved.get(lead_in)) and candidate.script.may_air_on(day)
                ]
    return wanted


def except_from(
    desk: Desk,
    action: Action,
    station: str,
    day: date,
    hour: time,
    *,
    person: Person,
    at: datetime,
    why: str,
    script: str | None = None,
    to: time | None = None,
    minutes: int | None = None,
    is_dry: bool = False,
) -> PersonsException:
    """Keep a person's exception: `pin` a script to `hour`, `skip`, `move` or `replace` what is on air at `hour`, or keep `minutes` from `hour` for a live microphone.

    Raises Refused where no session is then, nothing is on air then, the script cannot be aired, or no reason is given; NotFound for an unknown one.
    """
    if not why.strip():
        raise Refused(say("An exception needs its reason: say it with --why “…”."))
    known = desk.workspace.station(station)
    held = None if action in (Action.PIN, Action.LIVE) else _on_air(desk, known, day, hour, at)
    start = None
    if action is Action.LIVE:
        start, script = _inside(known, day, hour, minutes or 1), None
    elif action in (Action.PIN, Action.MOVE):
        start = _inside(known, day, to or hour)
    elif action is Action.REPLACE and held:
        start = held[1].start
    if action is Action.MOVE and held:
        script = held[1].script
    if script is not None:
        _can_be_aired(desk, script)
    new = PersonsException(
        action,
        station,
        day,
        person.name,
        at,
        why.strip(),
        held[0].slug if held else None,
        held[1].script if held else None,
        start,
        script,
        (minutes or 1) if action is Action.LIVE else None,
    )
    if not is_dry:
        with desk.database.writing() as session:
            programme.add_exception(session, new)
    return new


def choose(
    desk: Desk,
    station: str,
    script: str,
    *,
    person: Person,
    at: datetime,
    why: str,
    manner: Manner = Manner.FOLLOW,
    is_held: bool = True,
    is_dry: bool = False,
) -> None:
    """Keep a choice made at a station: to carry a bulletin that it is asked for, or which of colliding priority bulletins goes first,
    and whether the other then follows it or gives way.

    Raises NotFound, and Refused where no reason is given.
    """
    desk.workspace.station(station)
    if not why.strip():
        raise Refused(say("Say why with --why “…”."))
    with desk.database.writing() as session:
        if scripts.standing(session, script) is None:
            known = [one.newest.script.id for one in scripts.standings(session)]
            raise NotFound(say("There is no script “{script}”.{hint}", script=script, hint=did_you_mean(script, known)))
        if not is_dry:
            programme.choose(
                session, station, script, by=person.name, at=at, why=why.strip(), is_held=is_held, manner=manner
            )


def take_back(desk: Desk, station: str, day: date, *, person: Person, is_dry: bool = False) -> PersonsException:
    """Undo the newest exception of a station's day. Raises NotFound where there is none."""
    desk.workspace.station(station)
    with desk.database.writing() as session:
        undone = programme.take_back(session, station, day, by=person.name)
        if is_dry:
            session.rollback()
    if undone is None:
        raise NotFound(say("There is no exception for {station} on {day}.", station=station, day=day))
    return undone


def _on_air(desk: Desk, station: Station, day: date, hour: time, at: datetime) -> tuple[ReleasedSession, ReleasedItem]:
    """The script on air at that minute, by the last release or, where there is none, by the rundown as it would be."""
    with desk.database.reading() as session:
        found = programme.released(session, day, day).get((station.slug, day))
    if found is None:
        built = arrange(desk, day, 1, at=at, stations=[station.slug])
        found = freeze(built[0], desk.settings.language) if built else None
    minute = moment(day, hour)
    for one in found.sessions if found else ():
        for item in one.items:
            if item.start < minute + timedelta(minutes=1) and minute < item.end and item.script:
                return one, item
    raise NotFound(
        say(
            "No script is on air at {station} on {day} at {hour}. “broadcaster rundown {station} {day}” shows the day.",
            station=station.slug,
            day=day,
            hour=hour,
        )
    )


def _inside(station: Station, day: date, hour: time, minutes: int = 0) -> datetime:
    start = moment(day, hour)
    weekday = Weekday.of(day)
    for rule in station.sessions:
        begin = moment(day, rule.start)
        end = begin + timedelta(minutes=rule.minutes)
        if weekday in rule.weekdays and begin <= start < end and start + timedelta(minutes=minutes) <= end:
            return start
    raise Refused(
        say(
            "{station} has no session on {day} at {words}; outside its sessions nothing may sound. Choose a minute inside one.",
            station=station.slug,
            day=day,
            words=in_words(hour),
        )
    )


def _can_be_aired(desk: Desk, script: str) -> None:
    candidates = {one.script.id: one for one in candidates_of(desk)}
    if script not in candidates:
        raise NotFound(
            say("There is no script “{script}”.{hint}", script=script, hint=did_you_mean(script, sorted(candidates)))
        )
    if candidates[script].sound is None:
        raise Refused(say("“{script}” cannot be aired: {reason}.", script=script, reason=candidates[script].standing))
