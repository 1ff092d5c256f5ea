"""Stations (đài truyền thanh cấp xã) with their sessions and clusters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from broadcaster.errors import BadFile
from broadcaster.forms import Form, read_form
from broadcaster.stations.airtime import Airtime, Hours, in_words
from broadcaster.stations.area import Areas, named_tables
from broadcaster.types import DatedName, Finding, Weekday, Weight
from broadcaster.words import say

DAY = 24 * 60
"""Minutes of a day."""


class ClusterKind(StrEnum):
    """How a cluster is reached. FM and wired clusters cannot report what they played."""

    IP = "ip"
    FM = "fm"
    WIRED = "huu-tuyen"


@dataclass(frozen=True)
class Cluster:
    """Loudspeakers on one pole or roof with one receiver (cụm loa)."""

    slug: str
    name: str
    kind: ClusterKind
    is_confirmed: bool = True


@dataclass(frozen=True)
class Relay:
    """A higher station's programme carried at a fixed time inside a session (tiếp âm); it is never moved."""

    source: str
    url: str
    start: time
    minutes: int
    until: date | None = None


@dataclass(frozen=True)
class SessionRule:
    """A session (buổi phát thanh) as the station's file states it: on which weekdays, from when, at most how long, by which clock."""

    slug: str
    name: str
    start: time
    minutes: int
    clock: str
    weekdays: tuple[Weekday, ...] = tuple(Weekday)
    relays: tuple[Relay, ...] = ()
    is_confirmed: bool = True


class Accepts(StrEnum):
    """What of the ordinary bulletins of others a station carries: all, or only what a person there chose."""

    ALL = "all"
    ASK = "ask"


@dataclass(frozen=True)
class Station:
    """A commune's own station. `operators` are the bodies that run it, each with its days."""

    slug: str
    area: str
    names: tuple[DatedName, ...]
    airtime: Airtime
    sessions: tuple[SessionRule, ...]
    clusters: tuple[Cluster, ...] = ()
    operators: tuple[DatedName, ...] = ()
    accepts: Accepts = Accepts.ALL
    times_a_week: int = 3
    own_weekdays: tuple[Weekday, ...] = tuple(Weekday)
    voices: tuple[str, ...] = ()


def read_station(path: Path, root: Path, areas: Areas, clocks: Collection[str]) -> Station:
    """The station in the file at `path`. Raises BadFile: a session outside the allowed hours, two at once, an unknown area or clock."""
    form = read_form(path, root)
    airtime = _airtime(form.form("airtime"))
    tables = form.forms("session", once="slug")
    station = Station(
        slug=form.slug_from_file(),
        area=form.known("area", areas, say("area")),
        names=named_tables(form, "names"),
        airtime=airtime,
        sessions=tuple(_session(one, airtime, clocks) for one in tables),
        clusters=tuple(_cluster(one) for one in form.forms("cluster", once="slug")),
        operators=named_tables(form, "operators"),
        accepts=form.choice("accepts", Accepts, default=Accepts.ALL),
        times_a_week=form.whole("times_a_week", default=3, least=1, most=7),
        own_weekdays=form.choices("own_weekdays", Weekday) or tuple(Weekday),
        voices=form.texts("voices"),
    )
    form.done()
    if not station.names:
        raise BadFile(say("{place}: it has no name. Add “names”.", place=form.place))
    _none_at_once(station.sessions, tables)
    return station


def station_findings(station: Station, days: Sequence[date]) -> tuple[Finding, ...]:
    """What a person must see of a station on `days`: a relay whose source has ended by then."""
    return tuple(
        Finding(
            Weight.TO_WEIGH,
            "relay",
            f"schedules/stations/{station.slug}.toml",
            say(
                "The relay of {source} in the session “{name}” ended on {until}, so on {day} its minutes stand empty. Name another source, or take it out.",
                source=relay.source,
                name=rule.name,
                until=relay.until,
                day=day,
            ),
        )
        for rule in station.sessions
        for relay in rule.relays
        if relay.until and (day := next((one for one in days if one > relay.until), None))
    )


def _airtime(form: Form) -> Airtime:
    tables = form.forms("hours")
    stretches = sorted(_hours(one) for one in tables)
    joined: list[Hours] = []
    for hours in stretches:
        if joined and hours.start <= joined[-1].end:
            joined[-1] = Hours(joined[-1].start, max(joined[-1].end, hours.end))
        else:
            joined.append(hours)
    airtime = Airtime(tuple(joined), form.flag("confirmed", default=True))
    form.done()
    if not joined:
        raise BadFile(say("{place}: it names no hours in which the station may sound. Add “hours”.", place=form.place))
    return airtime


def _hours(form: Form) -> Hours:
    hours = Hours(form.hour("from"), form.hour("to"))
    form.done()
    if hours.start >= hours.end:
        raise BadFile(
            say(
                "{place}: allowed hours begin before they end, on one day; {start} to {end} do not.",
                place=form.place,
                start=hours.start,
                end=hours.end,
            )
        )
    return hours


def _session(form: Form, airtime: Airtime, clocks: Collection[str]) -> SessionRule:
    relays = form.forms("relays")
    rule = SessionRule(
        slug=form.slug("slug"),
        name=form.text("name"),
        start=form.hour("start"),
        minutes=form.whole("minutes", least=1, most=DAY - 1),
        clock=form.known("clock", clocks, say("broadcast clock")),
        weekdays=form.choices("weekdays", Weekday) or tuple(Weekday),
        relays=tuple(_relay(one) for one in relays),
        is_confirmed=form.flag("confirmed", default=True),
    )
    form.done()
    end = _minutes(rule.start) + rule.minutes
    if end >= DAY or not airtime.allows(rule.start, time(*divmod(end, 60))):
        raise BadFile(
            say(
                "{place}: the session “{name}”, {minutes} minutes from {words} ({start}), reaches outside the hours in which this station may sound. Move it inside them, or change [airtime].",
                place=form.at("start"),
                name=rule.name,
                minutes=rule.minutes,
                words=in_words(rule.start),
                start=rule.start,
            )
        )
    _relays_fit(rule, relays)
    return rule


def _relays_fit(rule: SessionRule, tables: Sequence[Form]) -> None:
    for number, relay in enumerate(rule.relays):
        begins, ends = _minutes(relay.start), _minutes(relay.start) + relay.minutes
        if begins < _minutes(rule.start) or _minutes(rule.start) + rule.minutes < ends:
            raise BadFile(
                say(
                    "{place}: the relay at {start} does not lie inside its session.",
                    place=tables[number].at("start"),
                    start=relay.start,
                )
            )
        if any(
            begins < _minutes(other.start) + other.minutes and _minutes(other.start) < ends
            for other in rule.relays[:number]
        ):
            raise BadFile(
                say(
                    "{place}: the relay at {start} overlaps another one of its session.",
                    place=tables[number].at("start"),
                    start=relay.start,
                )
            )


def _relay(form: Form) -> Relay:
    relay = Relay(
        form.text("source"),
        form.text("url"),
        form.hour("start"),
        form.whole("minutes", least=1),
        form.day_or_none("until"),
    )
    form.done()
    if not relay.url.startswith(("http://", "https://")) or not all("!" <= sign <= "~" for sign in relay.url):
        raise BadFile(
            say("{place}: “{url}” is not an address that a player can open.", place=form.at("url"), url=relay.url)
        )
    return relay


def _cluster(form: Form) -> Cluster:
    cluster = Cluster(
        form.slug("slug"), form.text("name"), form.choice("kind", ClusterKind), form.flag("confirmed", default=True)
    )
    form.done()
    return cluster


def _none_at_once(sessions: Sequence[SessionRule], tables: Sequence[Form]) -> None:
    for number, one in enumerate(sessions):
        for other in sessions[:number]:
            at_once = (
                _minutes(one.start) < _minutes(other.start) + other.minutes
                and _minutes(other.start) < _minutes(one.start) + one.minutes
            )
            if at_once and set(one.weekdays) & set(other.weekdays):
                raise BadFile(
                    say(
                        "{place}: the sessions “{one}” and “{other}” overlap. Move one of them, or give it other weekdays.",
                        place=tables[number].at("start"),
                        one=other.name,
                        other=one.name,
                    )
                )


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
