"""The operator's pages: receivers and what is wrong with them, an operator's word, the stop button, and emergency bulletins."""

from datetime import datetime, timedelta

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import FormData

from broadcaster.desk import delivery, emergency, gaps, reporting
from broadcaster.desk.emergency import Draft
from broadcaster.desk.sounds import reading_of
from broadcaster.errors import BroadcasterError, NotFound, Refused
from broadcaster.newsroom.approval import HEARD
from broadcaster.programme.emergency import AlertMove, StandingAlert
from broadcaster.stations.officer import Ability
from broadcaster.studio.reading import stretches
from broadcaster.timekeeping import day_from_text, hour_from_text, moment_from_text
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import say

SIGNED_IN, OPERATES, ALERTS = {"x-who": "officer"}, {"x-who": Ability.OPERATES.value}, {"x-who": Ability.ALERTS.value}
LASTS = timedelta(hours=2)
"""How long an alert or a silence holds that is not given another end."""


def add_operating(api: APIRouter, console: Console) -> None:
    known, operates = Depends(console.visit()), Depends(console.visit(Ability.OPERATES))
    alerts = Depends(console.visit(Ability.ALERTS))

    @api.get("/operate", openapi_extra=SIGNED_IN, summary="Receivers, the stop button, an operator's word")
    def operate(visit: Visit = known) -> Response:
        desk, stations = visit.desk, visit.desk.workspace.stations
        conditions = delivery.conditions(desk, visit.at)
        return visit.page(
            "operate.html",
            receivers=[
                (one, [found for found in conditions if found.place == one.name]) for one in delivery.receivers(desk)
            ],
            gaps=gaps.gaps(desk, visit.at),
            silences=emergency.silences(desk, visit.at),
            own=[one for one in stations.values() if visit.may(Ability.OPERATES, [one.area])],
            areas=visit.areas(Ability.OPERATES),
            until=visit.at + LASTS,
            may=visit.may,
        )

    @api.post("/operate/silence", openapi_extra=OPERATES, summary="The stop button: an area stays still")
    def silence(visit: Visit = operates) -> Response:
        area = visit.said("area")
        visit.needs(Ability.OPERATES, [area])
        order = emergency.silence(visit.desk, area, _until(visit), visit.said("why"), person=visit.person, at=visit.at)
        return visit.on("/operate", say("Every receiver there stays still until {until}.", until=order.until))

    @api.post("/operate/sound", openapi_extra=OPERATES, summary="Let a silenced area sound again")
    def sound(visit: Visit = operates) -> Response:
        area = visit.said("area")
        visit.needs(Ability.OPERATES, [area])
        emergency.end_silence(visit.desk, area, person=visit.person, at=visit.at)
        return visit.on("/operate", say("The silence is over."))

    @api.post("/operate/enrol", openapi_extra=OPERATES, summary="The one line to paste at a new receiver")
    def enrol(visit: Visit = operates) -> Response:
        station, _, cluster = visit.said("cluster").partition("/")
        visit.needs(Ability.OPERATES, [visit.desk.workspace.station(station).area])
        line = delivery.enrol(visit.desk, station, cluster or None, person=visit.person, at=visit.at)
        return visit.page("enrolled.html", line=line)

    @api.get(
        "/operate/{station}/{day}", openapi_extra=SIGNED_IN, summary="What became of a day; an operator's word about it"
    )
    def day_of(station: str, day: str, visit: Visit = known) -> Response:
        found, on = visit.desk.workspace.station(station), day_from_text(day)
        return visit.page(
            "airings.html",
            station=found,
            day=on,
            airings=reporting.airings_of(visit.desk, station, on, visit.at),
            may=visit.may(Ability.OPERATES, [found.area]),
        )

    @api.post("/operate/{station}/{day}", openapi_extra=OPERATES, summary="An operator's word: it was aired, or missed")
    def confirm(station: str, day: str, visit: Visit = operates) -> Response:
        visit.needs(Ability.OPERATES, [visit.desk.workspace.station(station).area])
        first, last = visit.said("first"), visit.said("last")
        reporting.confirm(
            visit.desk,
            station,
            day_from_text(day),
            person=visit.person,
            at=visit.at,
            cluster=visit.said("cluster") or None,
            first=hour_from_text(first) if first else None,
            last=hour_from_text(last) if last else None,
            is_missed=visit.said("outcome") == "missed",
            note=visit.said("note"),
        )
        return visit.on(f"/operate/{station}/{day}", say("Your word is kept."))

    @api.get("/alerts", openapi_extra=ALERTS, summary="Emergency bulletins, and an empty one")
    def all_alerts(visit: Visit = alerts) -> Response:
        return _listed(visit, _empty(visit))

    @api.post("/alerts", openapi_extra=ALERTS, summary="Send an alert, or its next version, to a second person")
    def send(visit: Visit = alerts) -> Response:
        id = visit.said("alert")
        try:
            draft = _drafted(visit)
            visit.needs(Ability.ALERTS, draft.areas)
            if id:
                _may_change(visit, id)
                made = emergency.update(visit.desk, id, draft, person=visit.person, at=visit.at)
            else:
                made = emergency.send(visit.desk, draft, person=visit.person, at=visit.at)
        except BroadcasterError as error:
            return _listed(visit, visit.form, error)
        return visit.on(f"/alerts/{made.alert.id}", say("Made. A second person listens to it and confirms it."))

    @api.get("/alerts/{id}", openapi_extra=ALERTS, summary="An alert with its sound and its moves")
    def one(id: str, visit: Visit = alerts) -> Response:
        versions = emergency.versions(visit.desk, id)
        newest = versions[-1]
        return visit.page(
            "alert.html",
            versions=versions,
            newest=newest,
            heard=newest.alert.sound[:HEARD],
            stretches=stretches(reading_of(visit.desk, newest.alert.text, newest.alert.areas), newest.alert.text),
            is_own=newest.steps[0].by == visit.who.name and not visit.desk.settings.alert_by_one,
            may=visit.may(Ability.ALERTS, newest.alert.areas),
            typed=_again(visit, newest),
            areas=visit.areas(Ability.ALERTS) | {one: visit.area_name(one) for one in newest.alert.areas},
            everywhere=not visit.who.areas(Ability.ALERTS),
            is_over=visit.at >= newest.alert.until,
        )

    @api.post("/alerts/{id}/{move}", openapi_extra=ALERTS, summary="Confirm, cancel or review an alert")
    def moved(id: str, move: str, visit: Visit = alerts) -> Response:
        if move not in (AlertMove.CONFIRM, AlertMove.CANCEL, AlertMove.REVIEW):
            raise NotFound(say("There is nothing at this address."))
        _may_change(visit, id)
        if move == AlertMove.CONFIRM and visit.said("version") != str(_newest(visit, id).alert.version):
            raise Refused(say("This alert has a newer version than the one you looked at. Look at it first."))
        emergency.move(
            visit.desk,
            id,
            AlertMove(move),
            person=visit.person,
            at=visit.at,
            heard=visit.said("sound"),
            why=visit.said("why"),
        )
        answer = {
            AlertMove.CONFIRM: say("Confirmed. The receivers are told now."),
            AlertMove.CANCEL: say("Cancelled. The receivers are told now."),
            AlertMove.REVIEW: say("The review is kept."),
        }[AlertMove(move)]
        return visit.on(f"/alerts/{id}", answer)


def _newest(visit: Visit, id: str) -> StandingAlert:
    return emergency.versions(visit.desk, id)[-1]


def _may_change(visit: Visit, id: str) -> None:
    """Who changes an alert may do so wherever its newest version, or one that is heard now, reaches."""
    versions = emergency.versions(visit.desk, id)
    for one in versions:
        if one is versions[-1] or one.holds_at(visit.at):
            visit.needs(Ability.ALERTS, one.alert.areas)


def _until(visit: Visit) -> datetime:
    """The end that a form names: as `datetime-local` gives it."""
    return moment_from_text(visit.said("until"), visit.at)


def _drafted(visit: Visit) -> Draft:
    every, times = visit.said("every"), visit.said("times")
    if not (every.isdecimal() and times.isdecimal() and len(every) < 6 and len(times) < 6):
        raise Refused(say("An alert is repeated 1 to 1000 times, every 1 to 1440 minutes."))
    return Draft(
        visit.said("title"), visit.said("text"), visit.all_said("areas"), _until(visit), int(every), int(times)
    )


def _again(visit: Visit, newest: StandingAlert) -> FormData:
    """The form of an alert's next version, as it is before anything is changed."""
    alert = newest.alert
    until = max(alert.until, visit.at + LASTS)
    said = [("title", alert.title), ("text", alert.text), ("until", f"{until:%Y-%m-%dT%H:%M}")]
    rhythm = [("every", str(alert.every_minutes)), ("times", str(alert.times)), ("alert", alert.id)]
    return FormData([*said, *rhythm, *(("areas", one) for one in alert.areas)])


def _empty(visit: Visit) -> FormData:
    """The form of a new alert, as it is before anything is typed."""
    own = [("areas", one) for one in visit.who.areas(Ability.ALERTS)]
    return FormData([("until", f"{visit.at + LASTS:%Y-%m-%dT%H:%M}"), ("every", "10"), ("times", "3"), *own])


def _listed(visit: Visit, typed: FormData, wrong: BroadcasterError | None = None) -> Response:
    newest: dict[str, StandingAlert] = {one.alert.id: one for one in emergency.alerts(visit.desk)}
    return visit.page(
        "alerts.html",
        409 if wrong else 200,
        found=sorted(newest.values(), key=lambda one: one.steps[0].at, reverse=True),
        typed=typed,
        wrong=wrong.sentence if wrong else None,
        areas=visit.areas(Ability.ALERTS),
        everywhere=not visit.who.areas(Ability.ALERTS),
    )
