"""The verbs between the service and its receivers: enrol, take play reports and statuses, and notice who fell silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcaster.delivery.play_report import PlayReport, read_play_report
from broadcaster.delivery.receivers import (
    Enrolment,
    Receiver,
    condition,
    hashed,
    new_code,
    new_token,
    read_status,
    usable,
)
from broadcaster.desk.desk import Desk, Person
from broadcaster.desk.keys import signing
from broadcaster.desk.reporting import RECONCILE, when_over
from broadcaster.errors import NotFound, Refused
from broadcaster.forms import did_you_mean
from broadcaster.publishing import address
from broadcaster.publishing.manifest import Key, public
from broadcaster.store import delivery, work
from broadcaster.store import manifests as kept_manifests
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Finding
from broadcaster.words import say


@dataclass(frozen=True)
class Line:
    """The one line to paste at the receiver."""

    station: str
    cluster: str
    command: str


@dataclass(frozen=True)
class Enrolled:
    """What an enrolled receiver is told: who it is, its token, and the public key to believe."""

    receiver: Receiver
    token: str
    key: Key
    manifest: str


@dataclass(frozen=True)
class Taken:
    """What became of one record of a batch: accepted, duplicate, or rejected with the reason."""

    id: str | None
    result: str
    reason: str = ""


def enrol(desk: Desk, station: str, cluster: str | None, *, person: Person, at: datetime, is_dry: bool = False) -> Line:
    """A one-time code for a receiver of `cluster` (where the station has several, one must be named), with the key's name. Raises NotFound, Refused."""
    known = desk.workspace.station(station)
    clusters = [one.slug for one in known.clusters]
    if cluster is None and len(clusters) > 1:
        raise Refused(
            say(
                "{station} has several clusters: {clusters}. Say which with --cluster.",
                station=station,
                clusters=clusters,
            )
        )
    chosen = cluster or (clusters[0] if clusters else station)
    if clusters and chosen not in clusters:
        raise NotFound(
            say(
                "There is no {what} “{slug}”.{hint}",
                what=say("cluster"),
                slug=chosen,
                hint=did_you_mean(chosen, clusters),
            )
        )
    code = new_code()
    if not is_dry:
        with desk.database.writing() as session:
            delivery.add_enrolment(session, hashed(code), Enrolment(station, chosen, person.name, at))
    command = f"broadcaster receiver enrol {desk.settings.public_url} {code}.{signing(desk).name}"
    return Line(station, chosen, command)


def use_code(desk: Desk, code: str, *, at: datetime) -> Enrolled:
    """Make a receiver of whoever brings a fresh code. An earlier receiver of the same cluster counts no more. Raises Refused."""
    token = new_token()
    with desk.database.writing() as session:
        given = usable(delivery.enrolment(session, hashed(code)), at)
        delivery.use_enrolment(session, hashed(code), at)
        before = [one for one in delivery.receivers(session, given.station) if one.cluster == given.cluster]
        delivery.revoke(session, [one.name for one in before], at)
        name = given.cluster if not before else f"{given.cluster}-{len(before) + 1}"
        receiver = Receiver(name, given.station, given.cluster, at)
        delivery.add_receiver(session, receiver, hashed(token))
    path = address.station(given.station, "manifest.jws")
    return Enrolled(receiver, token, public(signing(desk).key), address.absolute(desk.settings.public_url, path))


def who(desk: Desk, token: str) -> Receiver | None:
    """The receiver that this token belongs to, or None."""
    with desk.database.reading() as session:
        return delivery.receiver_of(session, hashed(token))


def take_reports(desk: Desk, receiver: Receiver, said: Sequence[object], *, at: datetime) -> tuple[Taken, ...]:
    """Keep what can be kept of a batch, in one transaction; each record is answered by itself, in order."""
    read: list[PlayReport | Taken] = []
    language = desk.settings.language
    for one in said:
        try:
            read.append(read_play_report(one, receiver=receiver.name, station=receiver.station, at=at))
        except Refused as refused:
            id = one.get("id") if isinstance(one, dict) else None
            read.append(Taken(id if isinstance(id, str) else None, "rejected", refused.sentence.into(language)))
    new: dict[str, PlayReport] = {}
    with desk.database.writing() as session:
        ids = [one.id for one in read if isinstance(one, PlayReport)]
        known = delivery.known_reports(session, receiver.name, ids)
        answers = []
        for one in read:
            if isinstance(one, Taken):
                answers.append(one)
            elif one.id in known or one.id in new:
                answers.append(Taken(one.id, "duplicate"))
            else:
                new[one.id] = one
                answers.append(Taken(one.id, "accepted"))
        delivery.add_reports(session, list(new.values()), at)
        for day in {broadcast_day(one.item_start) for one in new.values()}:
            work.intend(session, RECONCILE, [f"{receiver.station} {day}"], when_over(day, at))
    return tuple(answers)


def take_status(desk: Desk, receiver: Receiver, said: object, *, at: datetime) -> None:
    """Keep what a receiver says of itself. Raises Refused."""
    status = read_status(said)
    with desk.database.writing() as session:
        delivery.keep_status(session, receiver.name, status, at)


def receivers(desk: Desk, station: str | None = None) -> tuple[Receiver, ...]:
    """The receivers that are enrolled, of one station or of all."""
    with desk.database.reading() as session:
        return tuple(one for one in delivery.receivers(session, station) if one.revoked_at is None)


def conditions(desk: Desk, at: datetime) -> tuple[Finding, ...]:
    """What a person must see of the receivers."""
    with desk.database.reading() as session:
        enrolled, newest = delivery.receivers(session), kept_manifests.fetched_by_now(session, at)
    return tuple(finding for one in enrolled for finding in condition(one, newest.get(one.station, 0), at))


def notice_silence(desk: Desk, at: datetime) -> tuple[tuple[Receiver, bool], ...]:
    """Receivers that fell silent since the last look (True), and those that are back (False): each is told once."""
    with desk.database.writing() as session:
        changed = [
            (one, one.is_silent_at(at))
            for one in delivery.receivers(session)
            if one.revoked_at is None and one.is_silent_at(at) != (one.alarmed_at is not None)
        ]
        for one, is_silent in changed:
            delivery.keep_alarm(session, one.name, at if is_silent else None)
    return tuple(changed)
