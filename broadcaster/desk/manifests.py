"""The verb that keeps every station's signed manifest, and the list of alerts, as they must be at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.desk.keys import Signing, signing
from broadcaster.files import link, only_one, write_whole
from broadcaster.programme.emergency import SilenceOrder, StandingAlert, in_force
from broadcaster.programme.release import ReleasedDay, ReleasedItem
from broadcaster.publishing import address, schedule
from broadcaster.publishing.manifest import Manifest, ManifestAlert, ManifestFile, ManifestItem, Silence, sign
from broadcaster.stations.area import covers, name_on
from broadcaster.stations.station import Station
from broadcaster.store import emergency, record
from broadcaster.store import manifests as kept
from broadcaster.store.manifests import Issued
from broadcaster.timekeeping import broadcast_day, moment
from broadcaster.types import name_on as dated_name_on

VALID = timedelta(days=8)
"""How long a manifest is to be believed at least: the week ahead, and a day to come back. It is signed anew when half of it is over."""


@dataclass(frozen=True)
class _Orders:
    """What holds for stations beside their schedules."""

    alerts: tuple[StandingAlert, ...]
    silences: tuple[SilenceOrder, ...]
    head: str


def renew(desk: Desk, folder: Path, days: Mapping[str, Sequence[ReleasedDay]], at: datetime) -> Mapping[str, int]:
    """Write the manifests that say something new, or half of whose time is over: each such station with its new number.

    `days` are each station's released days from `at`'s on. Sound of alerts is put into the tree before a manifest names it.
    A number is kept before its manifest is seen, so that no other one ever bears it.
    """
    with only_one(desk.data / "manifests.lock"):
        orders, before = _fetch(desk, at)
        for one in orders.alerts:
            _put_out(desk, folder, one)
        key = signing(desk)
        wanted, new = {}, {}
        for station in desk.workspace.stations.values():
            slug, own = station.slug, days.get(station.slug, ())
            said = compose(desk, station, own, orders.alerts, orders.silences, at)
            last = before.get(slug)
            if last is None or last.fingerprint != said.fingerprint or at >= last.renew_at or last.key != key.name:
                until = max([at + VALID, *(moment(one.day, time()) + timedelta(days=1) for one in own)])
                sequence = (last.sequence if last else 0) + 1
                last = new[slug] = Issued(sequence, said.fingerprint, at, until, orders.head, key.name)
            if not last.is_out or not _path(folder, slug).exists():
                wanted[slug] = _numbered(said, last)
        _write(desk, folder, key, wanted, new)
        _list_alerts(desk, folder, orders.alerts, at)
    return {slug: issued.sequence for slug, issued in new.items()}


def _write(desk: Desk, folder: Path, key: Signing, wanted: Mapping[str, Manifest], new: Mapping[str, Issued]) -> None:
    if not wanted:
        return
    with desk.database.writing() as session:
        kept.issue(session, new)
    for slug, manifest in wanted.items():
        write_whole(_path(folder, slug), sign(manifest, key.key, key.handovers), synced=False)
    with desk.database.writing() as session:
        kept.are_out(session, wanted)


def _path(folder: Path, station: str) -> Path:
    return folder / address.station(station, "manifest.jws")


def _fetch(desk: Desk, at: datetime) -> tuple[_Orders, Mapping[str, Issued]]:
    with desk.database.reading() as session:
        standing = in_force(emergency.alerts(session, after=at), at)
        orders = _Orders(standing, emergency.silences(session, after=at), record.head(session))
        return orders, kept.issued(session)


def _put_out(desk: Desk, folder: Path, one: StandingAlert) -> None:
    path = folder / address.audio(one.alert.sound)
    if not path.exists():
        link(desk.sound_folder / f"{one.alert.sound}.mp3", path)


def _numbered(said: Manifest, issued: Issued) -> Manifest:
    return replace(
        said,
        sequence=issued.sequence,
        issued_at=issued.issued_at,
        valid_until=issued.valid_until,
        head=issued.head,
    )


def compose(
    desk: Desk,
    station: Station,
    days: Sequence[ReleasedDay],
    alerts: Sequence[StandingAlert],
    silences: Sequence[SilenceOrder],
    at: datetime,
) -> Manifest:
    """What a station's receivers must know at `at`, not yet numbered."""
    today = broadcast_day(at)
    areas, url = desk.workspace.areas, desk.settings.public_url
    name = dated_name_on(station.names, today) or name_on(areas, station.area, today)
    return Manifest(
        station=station.slug,
        name=name.text if name else station.slug,
        sequence=0,
        issued_at=at,
        valid_until=at,
        airtime=station.airtime,
        days=tuple(one.day for one in days),
        items=tuple(_item(item, url) for one in days for each in one.sessions for item in each.items),
        alerts=tuple(_alert(one, url) for one in alerts if covers(areas, one.alert.areas, station.area, today)),
        silences=tuple(
            Silence(one.id, one.since, one.end, one.why)
            for one in silences
            if covers(areas, one.areas, station.area, today)
        ),
        is_trial=desk.is_trial,
    )


def _item(item: ReleasedItem, url: str) -> ManifestItem:
    file = None
    if item.sha256:
        file = ManifestFile(item.sha256, item.size, item.length, address.absolute(url, address.audio(item.sha256)))
    return ManifestItem(item.start, item.length, item.kind, item.title, file, item.url or "" if file is None else "")


def _alert(one: StandingAlert, url: str) -> ManifestAlert:
    alert = one.alert
    assert one.confirmed_at is not None  # it is in force
    return ManifestAlert(
        alert.id,
        alert.version,
        alert.title,
        ManifestFile(alert.sound, alert.size, alert.length, address.absolute(url, address.audio(alert.sound))),
        one.confirmed_at,
        alert.until,
        alert.every_minutes,
        alert.times,
    )


def _list_alerts(desk: Desk, folder: Path, alerts: Sequence[StandingAlert], at: datetime) -> None:
    """`alerts/current.json`: what is in force, for pages and portals."""
    url, areas = desk.settings.public_url, desk.workspace.areas
    listed = [
        {
            "id": one.alert.id,
            "version": one.alert.version,
            "title": one.alert.title,
            "text": one.alert.text,
            "areas": [
                name.text if (name := name_on(areas, area, broadcast_day(at))) else area for area in one.alert.areas
            ],
            "since": schedule.local(one.confirmed_at or at),
            "until": schedule.local(one.alert.until),
            "url": address.absolute(url, address.audio(one.alert.sound)),
            "sha256": one.alert.sound,
            "size": one.alert.size,
            "length_ms": one.alert.length,
            **({"rehearsal": True} if desk.is_trial else {}),
        }
        for one in alerts
    ]
    path, content = folder / "alerts" / "current.json", schedule.encoded(listed)
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def newest(desk: Desk) -> Mapping[str, int]:
    """The number of each station's newest manifest that receivers can read."""
    with desk.database.reading() as session:
        return {station: one.sequence for station, one in kept.issued(session).items() if one.is_out}
