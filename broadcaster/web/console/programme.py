"""The programme's pages: the week ahead with its gaps, a station's day with its becauses, one item with its trace and its moves, a release."""

from collections.abc import Iterable
from datetime import time

from fastapi import APIRouter, Depends, Response

from broadcaster.desk import newsroom, programme, tracing
from broadcaster.desk.newsroom import Standing
from broadcaster.desk.week import week
from broadcaster.errors import NotFound, Refused
from broadcaster.programme.exceptions import Action, exception_words
from broadcaster.programme.order import Manner
from broadcaster.programme.release import ReleasedItem
from broadcaster.stations.officer import Ability
from broadcaster.stations.station import Station
from broadcaster.timekeeping import broadcast_day, day_from_text, moment
from broadcaster.types import SCRIPT_KINDS, Kind
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import say

SIGNED_IN, OPERATES = {"x-who": "officer"}, {"x-who": Ability.OPERATES.value}
SHOWN = 24
"""Stations whose week one page shows."""
MOST = 400
"""Scripts, or names of stations, that one list holds."""


def add_programme(api: APIRouter, console: Console) -> None:
    known, operates = Depends(console.visit()), Depends(console.visit(Ability.OPERATES))

    @api.get("/programme", openapi_extra=SIGNED_IN, summary="The week ahead at every station, with its gaps")
    def overview(visit: Visit = known) -> Response:
        slugs = _stations(visit)
        days = week(visit.desk, broadcast_day(visit.at), visit.desk.settings.days_ahead + 1, slugs[:SHOWN])
        stations = {slug: [one for one in days if one.station == slug] for slug in slugs[:SHOWN]}
        return visit.page("programme.html", stations=stations, others=slugs[SHOWN:MOST])

    @api.get("/programme/release", openapi_extra=OPERATES, summary="What a release would change")
    def differences(visit: Visit = operates) -> Response:
        return visit.page("release.html", report=_release(visit, is_dry=True))

    @api.post("/programme/release", openapi_extra=OPERATES, summary="Release the days ahead")
    def release(visit: Visit = operates) -> Response:
        visit.needs(Ability.OPERATES, [one.area for one in visit.desk.workspace.stations.values()])
        return visit.on("/programme", _release(visit).words)

    @api.get(
        "/programme/{station}/{day}", openapi_extra=SIGNED_IN, summary="A station's day, each item with its because"
    )
    def one_day(station: str, day: str, visit: Visit = known) -> Response:
        found, on = visit.desk.workspace.station(station), day_from_text(day)
        omissions = tracing.omitted(visit.desk, station, on)
        days = week(visit.desk, broadcast_day(visit.at), visit.desk.settings.days_ahead + 1, [station])
        standings = newsroom.standings(visit.desk)
        return visit.page(
            "day.html",
            station=found,
            day=on,
            days=days,
            released=programme.released_days(visit.desk, station, on, 1).get(on),
            omissions=omissions,
            exceptions=[(one, exception_words(one)) for one in programme.exceptions_of(visit.desk, station, on)],
            colliding=programme.colliding(visit.desk, found, on, standings),
            scripts=_airable(standings),
            may=visit.may(Ability.OPERATES, [found.area]) and on >= broadcast_day(visit.at),
            is_quiet=_is_quiet,
        )

    @api.get("/programme/{station}/{day}/{hour}", openapi_extra=SIGNED_IN, summary="One item: its trace and its moves")
    def one_item(station: str, day: str, hour: str, visit: Visit = known) -> Response:
        found, start = visit.desk.workspace.station(station), moment(day_from_text(day), _hour(hour))
        trace = tracing.trace(visit.desk, station, start, known_at=visit.at)
        return visit.page(
            "item.html",
            station=found,
            day=start.date(),
            hour=hour,
            trace=trace,
            told=list(tracing.told(trace)),
            scripts=_airable(newsroom.standings(visit.desk)),
            may=visit.may(Ability.OPERATES, [found.area]) and start > visit.at and trace.item.script is not None,
        )

    @api.post(
        "/programme/{station}/{day}/undo", openapi_extra=OPERATES, summary="Take back the newest exception of a day"
    )
    def undo(station: str, day: str, visit: Visit = operates) -> Response:
        _operated(visit, station)
        undone = programme.take_back(visit.desk, station, day_from_text(day), person=visit.person)
        return visit.on(f"/programme/{station}/{day}", say("Taken back: {what}.", what=exception_words(undone)))

    @api.post(
        "/programme/{station}/{day}/choose", openapi_extra=OPERATES, summary="Settle which priority bulletin goes first"
    )
    def choose(station: str, day: str, visit: Visit = operates) -> Response:
        _operated(visit, station)
        programme.choose(
            visit.desk,
            station,
            visit.said("script"),
            person=visit.person,
            at=visit.at,
            why=visit.said("why"),
            manner=Manner.OVERRIDE if visit.said("manner") == Manner.OVERRIDE else Manner.FOLLOW,
        )
        return visit.on(f"/programme/{station}/{day}", say("The choice is kept. The schedule follows within a minute."))

    @api.post(
        "/programme/{station}/{day}/{action}",
        openapi_extra=OPERATES,
        summary="Pin, skip, move, replace, or keep time for the microphone",
    )
    def but(station: str, day: str, action: str, visit: Visit = operates) -> Response:
        _operated(visit, station)
        if action not in list(Action):
            raise NotFound(say("There is nothing at this address."))
        minutes = visit.said("minutes")
        made = programme.except_from(
            visit.desk,
            Action(action),
            station,
            day_from_text(day),
            _hour(visit.said("hour")),
            person=visit.person,
            at=visit.at,
            why=visit.said("why"),
            script=visit.said("script") or None,
            to=_hour(visit.said("to")) if action == Action.MOVE else None,
            minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else None,
        )
        return visit.on(
            f"/programme/{station}/{day}",
            say("Kept: {what}. The schedule follows within a minute.", what=exception_words(made)),
        )


def _release(visit: Visit, *, is_dry: bool = False) -> programme.ReleaseReport:
    days = visit.desk.settings.days_ahead + 1
    return programme.release(visit.desk, broadcast_day(visit.at), days, person=visit.person, at=visit.at, is_dry=is_dry)


def _operated(visit: Visit, station: str) -> Station:
    found = visit.desk.workspace.station(station)
    visit.needs(Ability.OPERATES, [found.area])
    return found


def _stations(visit: Visit) -> list[str]:
    """All stations, those that somebody operates first."""
    stations = visit.desk.workspace.stations
    return sorted(stations, key=lambda slug: not visit.may(Ability.OPERATES, [stations[slug].area]))


def _airable(standings: Iterable[Standing]) -> list[tuple[str, str]]:
    """What may be put on air by hand: id and title, newest approval first."""
    found = [(one.approval.at, one.on_air.script) for one in standings if one.on_air and one.approval]
    spoken = [(at, script) for at, script in found if script.kind is not Kind.LEAD_IN]
    newest = sorted(spoken, key=lambda one: one[0], reverse=True)
    return [(script.id, script.title) for _, script in newest][:MOST]


def _is_quiet(item: ReleasedItem) -> bool:
    """Whether an item only frames what people tune in for."""
    return item.kind not in (Kind.RELAY, Kind.LIVE) and (item.kind not in SCRIPT_KINDS or item.kind is Kind.LEAD_IN)


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            say("“{text}” is not an hour. Write it as hours:minutes, for example 05:30.", text=text)
        ) from error
