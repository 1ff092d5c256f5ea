"""The verb that keeps every station's signed manifest, and the list of alerts, as they must be at this moment."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.desk.keys import signing
from broadcaster.files import link, only_one, write_whole
from broadcaster.programme.emergency import SilenceOrder, StandingAlert, in_force
from broadcaster.publishing import address, disk, schedule
from broadcaster.publishing.manifest import (
    Issue,
    Manifest,
    ManifestAlert,
    ManifestDay,
    ManifestFile,
    Signer,
    Silence,
    fingerprint_of,
    orders_text,
    programme_text,
)
from broadcaster.publishing.tree import key_of
from broadcaster.stations.area import covers, name_on
from broadcaster.stations.station import Station
from broadcaster.store import emergency, record
from broadcaster.store import manifests as kept
from broadcaster.store.manifests import Issued
from broadcaster.timekeeping import ZONE, broadcast_day, moment
from broadcaster.types import Sha256
from broadcaster.types import name_on as dated_name_on

NUMBERED_FROM = datetime(2020, 1, 1, tzinfo=ZONE)
"""Numbers grow with the minutes since then, so that those given out after an old backup was restored are higher than any before it."""
VALID = timedelta(days=8)
"""How long a manifest is to be believed at least: the week ahead, and a day to come back. It is signed anew when half of it is over."""


AT_ONCE = 256
"""So many manifests are numbered and written together: the first ones need not wait for the last, and few are held in memory."""


@dataclass(frozen=True)
class _Said:
    """What a station's manifest is to say of its days, as `programme_text` gives it; a name of what that is made from; and until when at least it holds."""

    programme: str
    made_from: str
    last_day: date | None


@dataclass(frozen=True)
class _Orders:
    """What holds for stations beside their schedules."""

    alerts: tuple[StandingAlert, ...]
    silences: tuple[SilenceOrder, ...]
    head: str


def renew(
    desk: Desk, folder: Path, at: datetime, *, last: date | None = None, orders_only: bool = False
) -> Mapping[str, int]:
    """Write the manifests that say something new, or half of whose time is over: each such station with its new number.

    They name the lists that lie in the tree in `folder`, of the days from `at` to `last` (as many as are kept ahead). `orders_only`: for
    alerts and silences, which cannot wait; what was said of the days is said again. Sound of alerts is put into the tree before a
    manifest names it. A number is kept before its manifest is seen, so that no other one ever bears it.
    """
    last = last or broadcast_day(at) + timedelta(days=desk.settings.days_ahead)
    with only_one(desk.data / "manifests.lock"):
        orders, before = _fetch(desk, at)
        for one in orders.alerts:
            _put_out(desk, folder, one)
        key, parts = signing(desk), {} if orders_only else disk.part_keys(folder)
        work = _Work(desk, folder, at, last, orders_only, orders, Signer(key.key, key.handovers), key.name, parts)
        new: dict[str, int] = {}
        stations = list(desk.workspace.stations.values())
        for begin in range(0, len(stations), AT_ONCE):
            new |= work.renewed(stations[begin : begin + AT_ONCE], before)
        _list_alerts(desk, folder, orders.alerts, at)
    return new


@dataclass(frozen=True)
class _Work:
    """What one renewal of manifests needs at hand; `parts` are the keys of the tree's parts, none where they are not known."""

    desk: Desk
    folder: Path
    at: datetime
    last: date
    orders_only: bool
    orders: _Orders
    signer: Signer
    key: str
    parts: Mapping[str, str]

    def renewed(self, stations: Sequence[Station], before: Mapping[str, Issued]) -> dict[str, int]:
        """Renew the manifests of some stations; those of them with a new number."""
        new: dict[str, Issued] = {}
        wanted: dict[str, tuple[Issued, str]] = {}
        same: dict[str, str] = {}
        for station in stations:
            slug, last = station.slug, before.get(station.slug)
            orders, said = self._orders_text(station.area), self._said(station, last)
            fingerprint = fingerprint_of(said.programme, orders)
            if last is None or last.fingerprint != fingerprint or self.at >= last.renew_at or last.key != self.key:
                last = new[slug] = self._issued(said, fingerprint, last)
            elif last.made_from != said.made_from:
                same[slug] = said.made_from
            if not last.is_out or not _path(self.folder, slug).exists():
                wanted[slug] = (last, orders)
        if wanted or same:
            with self.desk.database.writing() as session:
                kept.issue(session, new)
                kept.say_the_same(session, same)
            with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
                list(threads.map(lambda slug: self._put(slug, *wanted[slug]), wanted))
            with self.desk.database.writing() as session:
                kept.are_out(session, wanted)
        return {slug: issued.sequence for slug, issued in new.items()}

    def _said(self, station: Station, last: Issued | None) -> _Said:
        """What is said of a station's days: what was said last while all that decides it is the same, else what lies in the tree."""
        known = None
        if last and last.made_from:
            known = _Said(last.programme, last.made_from, broadcast_day(last.valid_until))
        part = f"stations/{station.slug}"
        if known and (self.orders_only or known.made_from == self._made_from(station, self.parts.get(part, ""))):
            return known
        left = disk.left(self.folder, part)
        if left is None:  # nothing was published, or the part is being written: then it is looked at again
            return known or _Said(self._programme(station, ()), "", None)
        days = self._days(station.slug, left.files)
        return _Said(
            self._programme(station, days),
            self._made_from(station, left.key),
            days[-1].day + timedelta(days=1) if days else None,
        )

    def _made_from(self, station: Station, part: str) -> str:
        """A name of all that decides what is said of a station's days."""
        today = broadcast_day(self.at)
        return key_of(part, self._programme(station, ()), today, self.last) if part else ""

    def _days(self, slug: str, files: Mapping[str, disk.Mark]) -> list[ManifestDay]:
        url, days = self.desk.settings.public_url, []
        for number in range((self.last - broadcast_day(self.at)).days + 1):
            day = broadcast_day(self.at) + timedelta(days=number)
            path = address.day(slug, day, "json")
            if mark := files.get(path):
                days.append(ManifestDay(day, mark.sha256, mark.size, address.absolute(url, path)))
        return days

    def _programme(self, station: Station, days: Sequence[ManifestDay]) -> str:
        today = broadcast_day(self.at)
        name = dated_name_on(station.names, today) or name_on(self.desk.workspace.areas, station.area, today)
        return programme_text(
            Manifest(
                station=station.slug,
                name=name.text if name else station.slug,
                sequence=0,
                issued_at=self.at,
                valid_until=self.at,
                airtime=station.airtime,
                days=tuple(days),
                is_trial=self.desk.is_trial,
            )
        )

    def _issued(self, said: _Said, fingerprint: Sha256, last: Issued | None) -> Issued:
        until = max(self.at + VALID, moment(said.last_day, time())) if said.last_day else self.at + VALID
        number = max((last.sequence if last else 0) + 1, (self.at - NUMBERED_FROM) // timedelta(minutes=1))
        head, key = self.orders.head, self.key
        return Issued(number, said.programme, said.made_from, fingerprint, self.at, until, head, key)

    def _put(self, slug: str, issued: Issued, orders: str) -> None:
        issue = Issue(issued.sequence, issued.issued_at, issued.valid_until, issued.head)
        write_whole(_path(self.folder, slug), self.signer.signed(issued.programme, orders, issue), synced=False)

    def _orders_text(self, area: str) -> str:
        """What a station there is ordered past its schedule; made once for all that are ordered the same."""
        areas, url, today = self.desk.workspace.areas, self.desk.settings.public_url, broadcast_day(self.at)
        alerts = tuple(one for one in self.orders.alerts if covers(areas, one.alert.areas, area, today))
        silences = tuple(one for one in self.orders.silences if covers(areas, one.areas, area, today))
        return _orders_text(alerts, silences, url)


@lru_cache(maxsize=AT_ONCE)
def _orders_text(alerts: Sequence[StandingAlert], silences: Sequence[SilenceOrder], url: str) -> str:
    return orders_text(
        [_alert(one, url) for one in alerts], [Silence(one.id, one.since, one.end, one.why) for one in silences]
    )


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
