"""The emergency's verbs: send, update, confirm, cancel and review an alert; silence an area and let it sound again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcaster.desk import manifests, newsroom, sounds
from broadcaster.desk.desk import Desk, Person
from broadcaster.errors import NotFound, Refused
from broadcaster.forms import did_you_mean
from broadcaster.newsroom.script import Revision, Script
from broadcaster.programme.emergency import (
    Alert,
    AlertMove,
    AlertStep,
    SilenceOrder,
    StandingAlert,
    decide_alert,
    sent,
    silenced,
)
from broadcaster.store import emergency
from broadcaster.types import BulletinClass, Kind, Milliseconds, Sha256, Weight
from broadcaster.words import say

LONGEST = Milliseconds(300_000)
"""An alert that takes longer than five minutes to say is not heard to its end."""


@dataclass(frozen=True)
class Draft:
    """What a person wants to be heard at once: where (no area: everywhere), until when, how often."""

    title: str
    text: str
    areas: tuple[str, ...]
    until: datetime
    every_minutes: int = 10
    times: int = 3
    source: str = ""


def send(desk: Desk, draft: Draft, *, person: Person, at: datetime, is_dry: bool = False) -> StandingAlert:
    """A new alert, waiting for a second person: its text is read and its sound made. Raises Refused where anything of it would be guessed."""
    return _sent(desk, draft, f"khan-cap-{at:%Y%m%d-%H%M%S}", 1, person=person, at=at, is_dry=is_dry)


def update(
    desk: Desk, alert_id: str, draft: Draft, *, person: Person, at: datetime, is_dry: bool = False
) -> StandingAlert:
    """The next version of an alert, waiting for a second person; until then the one in force goes on."""
    before = versions(desk, alert_id)[-1]
    return _sent(desk, draft, alert_id, before.alert.version + 1, person=person, at=at, is_dry=is_dry)


def _sent(
    desk: Desk, draft: Draft, id: str, version: int, *, person: Person, at: datetime, is_dry: bool
) -> StandingAlert:
    _known(desk, draft.areas)
    bare = _alert(draft, id, version, Sha256(""), 0, Milliseconds(0))
    sent(bare, by=person.name, account=person.account, at=at)
    script = Script(id, draft.title, Kind.NOTICE, draft.text, bulletin_class=BulletinClass.EMERGENCY, areas=draft.areas)
    reading = sounds.reading_of(desk, draft.text, draft.areas)
    found = newsroom.findings_of(desk, Revision(script, version, person.name, at), reading, (at.date(),))
    blocking = [one for one in found if one.weight is Weight.BLOCKING]
    if blocking:
        raise Refused(say("The alert cannot be sent as it stands: {finding}", finding=blocking[0].sentence))
    made = sounds.make_all(desk, say("Reading the alert aloud"), [sounds.order_for(desk, script, reading)])[0]
    if made.length > LONGEST:
        raise Refused(say("The alert takes {seconds} seconds to say. Make it shorter.", seconds=made.length // 1000))
    alert = _alert(draft, id, version, made.sha256, made.size, made.length)
    step = sent(alert, by=person.name, account=person.account, at=at)
    if not is_dry:
        with desk.database.writing() as session:
            emergency.add_alert(session, alert, step)
    return StandingAlert(alert, (step,))


def _alert(draft: Draft, id: str, version: int, sound: Sha256, size: int, length: Milliseconds) -> Alert:
    return Alert(
        id=id,
        version=version,
        title=draft.title.strip(),
        text=draft.text.strip(),
        areas=draft.areas,
        until=draft.until,
        every_minutes=draft.every_minutes,
        times=draft.times,
        sound=sound,
        size=size,
        length=length,
        source=draft.source,
    )


def move(
    desk: Desk,
    alert_id: str,
    wanted: AlertMove,
    *,
    person: Person,
    at: datetime,
    heard: str = "",
    why: str = "",
    is_dry: bool = False,
) -> AlertStep:
    """Confirm, cancel or review the newest version of an alert (a cancellation ends the others too); the receivers are told at once."""
    with desk.database.writing() as session:
        standings = emergency.versions(session, alert_id)
        if not standings:
            raise _unknown(alert_id)
        chosen = standings[-1]
        step = decide_alert(
            chosen,
            wanted,
            by=person.name,
            account=person.account,
            at=at,
            alone=desk.settings.alert_by_one,
            heard=heard,
            why=why,
        )
        if is_dry:
            return step
        emergency.add_step(session, step)
        if wanted is AlertMove.CANCEL:
            for one in standings[:-1]:
                if one.holds_at(at):
                    earlier = decide_alert(one, wanted, by=person.name, account=person.account, at=at, why=why)
                    emergency.add_step(session, earlier)
    if wanted is not AlertMove.REVIEW:
        manifests.renew(desk, desk.public_folder, at, orders_only=True)
    return step


def alerts(desk: Desk) -> tuple[StandingAlert, ...]:
    """Every version of every alert, by id and version."""
    with desk.database.reading() as session:
        return emergency.alerts(session)


def versions(desk: Desk, alert_id: str) -> tuple[StandingAlert, ...]:
    """All versions of one alert, oldest first. Raises NotFound."""
    with desk.database.reading() as session:
        found = emergency.versions(session, alert_id)
    if not found:
        raise _unknown(alert_id)
    return found


def silence(
    desk: Desk, area: str, until: datetime, why: str, *, person: Person, at: datetime, is_dry: bool = False
) -> SilenceOrder:
    """The stop button: every receiver in `area` stays still until then; they are told at once, and obey offline too. Raises Refused, NotFound."""
    areas = _known(desk, (area,))
    order = silenced(SilenceOrder(secrets.token_hex(6), areas, at, until, why.strip(), person.name, person.account))
    if not is_dry:
        with desk.database.writing() as session:
            emergency.add_silence(session, order)
        manifests.renew(desk, desk.public_folder, at, orders_only=True)
    return order


def end_silence(
    desk: Desk, area: str, *, person: Person, at: datetime, is_dry: bool = False
) -> tuple[SilenceOrder, ...]:
    """Let an area sound again: the silences that were given for exactly it end now. Raises NotFound where there is none."""
    areas = _known(desk, (area,))
    with desk.database.writing() as session:
        holding = [one for one in emergency.silences(session, after=at) if one.areas == areas]
        if not holding:
            raise NotFound(say("No silence holds for “{area}”.", area=area))
        if is_dry:
            return tuple(holding)
        ended = tuple(emergency.end_silence(session, one, by=person.name, at=at) for one in holding)
    manifests.renew(desk, desk.public_folder, at, orders_only=True)
    return ended


def silences(desk: Desk, at: datetime) -> tuple[SilenceOrder, ...]:
    """The silences that hold at `at`."""
    with desk.database.reading() as session:
        return emergency.silences(session, after=at)


def _known(desk: Desk, areas: Sequence[str]) -> tuple[str, ...]:
    known = desk.workspace.areas
    for area in areas:
        if area not in known:
            raise NotFound(
                say(
                    "There is no {what} “{slug}”.{hint}",
                    what=say("area"),
                    slug=area,
                    hint=did_you_mean(area, list(known)),
                )
            )
    return tuple(areas)


def _unknown(alert_id: str) -> NotFound:
    return NotFound(say("There is no alert “{id}”. “broadcaster alert list” names them.", id=alert_id))
