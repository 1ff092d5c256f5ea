"""The signed manifest: the receiver's truth about its station, as JWS (RFC 7515, flattened JSON) with EdDSA over Ed25519 (RFC 8037).

Whoever holds the service's public key can read one, from the network or from a USB stick. It names each day's published list by its
sha256, so that the signature holds for the lists too, and an alert is a small file. What is unsigned, for another station, older than
what is held, or expired is refused whole, and so are lists that cross the airtime wall.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.registry import HeaderParameter

from broadcaster.errors import Refused
from broadcaster.files import sha256
from broadcaster.stations.airtime import Airtime, Hours, in_words
from broadcaster.timekeeping import ZONE, broadcast_day
from broadcaster.types import Kind, Milliseconds, Sha256
from broadcaster.words import say

_ALGORITHM = "EdDSA"


class _Rules(jws.JWSRegistry):
    """What a JWS of ours may hold: EdDSA alone, by the name of RFC 8037 (RFC 9864 has a newer one, which fewer tools know)."""

    max_header_length = 64 * 1024
    max_payload_length = 32 * 1024 * 1024

    def get_alg(self, name: str) -> Any:
        if name != _ALGORITHM:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


_REGISTRY = _Rules({"handovers": HeaderParameter("The words of earlier keys, each naming the next one", "list[str]")})
Key = Mapping[str, str]
"""A JWK (RFC 7517) of an Ed25519 key; with `d` it is private."""


@dataclass(frozen=True)
class ManifestFile:
    """A sound to be held: its address, size in bytes and length."""

    sha256: Sha256
    size: int
    length: Milliseconds
    url: str


@dataclass(frozen=True)
class ManifestDay:
    """A day's list (`stations/<slug>/<day>.json`): its address, content and size in bytes."""

    day: date
    sha256: Sha256
    size: int
    url: str


@dataclass(frozen=True)
class ManifestItem:
    """One item to be heard from `start` on. A relay has no `file`, but the `url` of its source."""

    start: datetime
    length: Milliseconds
    kind: Kind
    title: str
    file: ManifestFile | None = None
    url: str = ""

    @property
    def end(self) -> datetime:
        return self.start + timedelta(milliseconds=self.length)


@dataclass(frozen=True)
class ManifestAlert:
    """A khẩn cấp bulletin in force: at once from `since` on, again every `every_minutes`, at most `times` times, never after `until`.

    Alone it may cross the wall. A new `version` of the same alert is played as if it were new.
    """

    id: str
    version: int
    title: str
    file: ManifestFile
    since: datetime
    until: datetime
    every_minutes: int
    times: int


@dataclass(frozen=True)
class Silence:
    """The stop button: from `since` to `until` nothing sounds, alerts that were sent after it apart."""

    id: str
    since: datetime
    until: datetime
    why: str

    def holds_at(self, instant: datetime) -> bool:
        return self.since <= instant < self.until


@dataclass(frozen=True)
class Manifest:
    """All that a station's receivers must know until `valid_until`. `items`, in order of time, are not in it but in the lists of its
    `days` (`with_lists`); `head` is the newest entry of the service's record, so that a record rewritten later would be noticed."""

    station: str
    name: str
    sequence: int
    issued_at: datetime
    valid_until: datetime
    airtime: Airtime
    days: tuple[ManifestDay, ...]
    items: tuple[ManifestItem, ...] = ()
    alerts: tuple[ManifestAlert, ...] = ()
    silences: tuple[Silence, ...] = ()
    head: str = ""
    is_trial: bool = False

    def files(self) -> dict[Sha256, ManifestFile]:
        """Every sound that it names: alerts first, then in order of time."""
        wanted = (*(one.file for one in self.alerts), *(one.file for one in self.items))
        return {file.sha256: file for file in wanted if file}

    @property
    def fingerprint(self) -> Sha256:
        """Of what it says: when it was issued, by which number, and at which head of the record does not count."""
        return fingerprint_of(programme_text(self), orders_text(self.alerts, self.silences))


@dataclass(frozen=True)
class Issue:
    """When and by which number a manifest is put out, and the head of the service's record then."""

    sequence: int
    issued_at: datetime
    valid_until: datetime
    head: str


@dataclass(frozen=True)
class Trust:
    """What a receiver believes: its station, the service's public key, and the number of the newest manifest that it took."""

    station: str
    key: Key
    sequence: int = 0


def new_key() -> Key:
    """A new private key."""
    return _strings(OKPKey.generate_key("Ed25519", {"alg": _ALGORITHM, "use": "sig"}).as_dict(private=True))


def rehearsal_key() -> Key:
    """The private key of every trial. It is no secret: what it signs is marked as a rehearsal, and no real data folder uses it."""
    seed = base64.urlsafe_b64encode(hashlib.sha256(b"rehearsal").digest()).decode().rstrip("=")
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"rehearsal").digest())
    x = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "alg": _ALGORITHM, "use": "sig", "x": x, "d": seed}


def public(key: Key) -> Key:
    """The public half of `key`."""
    return {name: value for name, value in key.items() if name != "d"}


def thumbprint(key: Key) -> str:
    """The key's name: its thumbprint (RFC 7638), 43 characters."""
    return OKPKey.import_key(dict(public(key))).thumbprint()


def hand_over(old: Key, new: Key, at: datetime) -> str:
    """The old key's word that the new one speaks for the service from now on (JWS, compact)."""
    said = json.dumps({"next_key": public(new), "issued_at": at.isoformat()}).encode()
    return jws.serialize_compact(
        {"alg": _ALGORITHM, "kid": thumbprint(old)}, said, OKPKey.import_key(dict(old)), registry=_REGISTRY
    )


def sign(manifest: Manifest, key: Key, handovers: Sequence[str] = ()) -> bytes:
    """The manifest as it is put out, signed by `key`; `handovers` lead receivers that know an earlier key to this one, oldest first."""
    issue = Issue(manifest.sequence, manifest.issued_at, manifest.valid_until, manifest.head)
    return Signer(key, handovers).signed(
        programme_text(manifest), orders_text(manifest.alerts, manifest.silences), issue
    )


class Signer:
    """Signs manifests from their parts; the key is read once for all."""

    def __init__(self, key: Key, handovers: Sequence[str] = ()):
        self._key = OKPKey.import_key(dict(key))
        protected = {"alg": _ALGORITHM, "kid": thumbprint(key), **({"handovers": list(handovers)} if handovers else {})}
        self._protected = _encoded(json.dumps(protected, separators=(",", ":")).encode())

    def signed(self, programme: str, orders: str, issue: Issue) -> bytes:
        """The manifest that says this, as it is put out: flattened JSON (RFC 7515, 7.2.2), its signing input put together here."""
        payload = _encoded(f"{{{programme},{_members(_issue(issue))},{orders}}}".encode())
        signature = _REGISTRY.get_alg(_ALGORITHM).sign(f"{self._protected}.{payload}".encode(), self._key)
        return (
            f'{{"protected":"{self._protected}","payload":"{payload}","signature":"{_encoded(signature)}"}}\n'.encode()
        )


def programme_text(manifest: Manifest) -> str:
    """What a manifest says of the station and its days: the members of a JSON object, without its braces."""
    return _members(
        {
            "station": manifest.station,
            "name": manifest.name,
            "timezone": ZONE.key,
            **({"rehearsal": True} if manifest.is_trial else {}),
            "airtime": [{"from": f"{one.start:%H:%M}", "to": f"{one.end:%H:%M}"} for one in manifest.airtime.hours],
            "days": [
                {"day": one.day.isoformat(), "sha256": one.sha256, "size": one.size, "url": one.url}
                for one in manifest.days
            ],
        }
    )


def orders_text(alerts: Sequence[ManifestAlert], silences: Sequence[Silence]) -> str:
    """What a manifest orders past every schedule: the members of a JSON object, without its braces."""
    return _members(
        {
            "alerts": [
                {
                    "id": one.id,
                    "version": one.version,
                    "title": one.title,
                    "since": one.since.isoformat(),
                    "until": one.until.isoformat(),
                    "every_minutes": one.every_minutes,
                    "times": one.times,
                    **_file(one.file),
                }
                for one in alerts
            ],
            "silences": [
                {"id": one.id, "since": one.since.isoformat(), "until": one.until.isoformat(), "why": one.why}
                for one in silences
            ],
        }
    )


def fingerprint_of(programme: str, orders: str) -> Sha256:
    """The fingerprint of a manifest that says this of its days, and orders this."""
    return sha256(f"{programme},{orders}".encode())


def read(content: bytes, trust: Trust, at: datetime) -> tuple[Manifest, Trust]:
    """The manifest in `content`, and what is believed from now on. Raises Refused with the reason; then nothing of it counts.

    The same number is taken again only with the same content (the caller compares fingerprints of what it holds).
    """
    try:
        signed = json.loads(content)
        key = _led_to(_header(signed["protected"]), trust.key)
        found = jws.deserialize_json(signed, OKPKey.import_key(dict(key)), registry=_REGISTRY)
        manifest = _manifest(json.loads(found.payload or b""))
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(
            say("The manifest is not signed by the service that this receiver was enrolled at. It is not used.")
        ) from error
    _acceptable(manifest, trust, at)
    return manifest, Trust(trust.station, key, manifest.sequence)


def with_lists(manifest: Manifest, lists: Mapping[Sha256, bytes]) -> Manifest:
    """The manifest with the items of its days, from their lists by sha256. Raises Refused where a list is not there, is not the one that is
    named, or lets something sound outside the airtime wall; then none of them counts."""
    items = tuple(item for one in manifest.days for item in _items(one, manifest.station, lists.get(one.sha256, b"")))
    if crossing := next((item for item in items if not _inside(item, manifest.airtime)), None):
        raise Refused(
            say(
                "The manifest lets “{title}” sound at {words} on {day}, outside the hours in which this station may sound. It is not used.",
                title=crossing.title,
                words=in_words(crossing.start.astimezone(ZONE).time()),
                day=broadcast_day(crossing.start),
            )
        )
    return replace(manifest, items=tuple(sorted(items, key=lambda item: item.start)))


def _items(named: ManifestDay, station: str, content: bytes) -> list[ManifestItem]:
    """What is to be heard of a day's list; where a person speaks live, the receiver stays silent."""
    try:
        said = json.loads(content)
        if sha256(content) != named.sha256 or (said["station"], said["day"]) != (station, named.day.isoformat()):
            raise ValueError
        return [_read_item(one) for session in said["sessions"] for one in session["items"] if "url" in one]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(say("{url} is not the list that the manifest names. It is not used.", url=named.url)) from error


def _inside(item: ManifestItem, airtime: Airtime) -> bool:
    start, end = item.start.astimezone(ZONE), item.end.astimezone(ZONE)
    return start.date() == end.date() and airtime.allows(start.time(), end.time())


def _acceptable(manifest: Manifest, trust: Trust, at: datetime) -> None:
    if manifest.station != trust.station:
        raise Refused(
            say(
                "The manifest is for “{theirs}”, and this receiver belongs to “{ours}”. It is not used.",
                theirs=manifest.station,
                ours=trust.station,
            )
        )
    if manifest.sequence < trust.sequence:
        raise Refused(
            say(
                "The manifest is number {number}, older than number {held} that this receiver holds. It is not used.",
                number=manifest.sequence,
                held=trust.sequence,
            )
        )
    if manifest.valid_until <= at:
        raise Refused(
            say("The manifest was valid until {until} and has expired. It is not used.", until=manifest.valid_until)
        )


def _header(segment: str) -> Mapping[str, Any]:
    """The protected header of a JWS, before anything of it is believed."""
    said: Mapping[str, Any] = json.loads(_decoded(segment))
    return said


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def _led_to(headers: Mapping[str, Any], held: Key) -> Key:
    """The key that signed, reached from the one that is held by the words of earlier keys. Raises JoseError where no word leads there."""
    for word in headers.get("handovers", ()):
        if thumbprint(held) == headers["kid"]:
            break
        if _header(word.partition(".")[0])["kid"] == thumbprint(held):
            said = jws.deserialize_compact(word, OKPKey.import_key(dict(held)), registry=_REGISTRY)
            held = _strings(json.loads(said.payload)["next_key"])
    return held


def _strings(key: Mapping[str, Any]) -> Key:
    return {str(name): str(value) for name, value in key.items()}


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "sequence": issue.sequence,
        "issued_at": issue.issued_at.isoformat(),
        "valid_until": issue.valid_until.isoformat(),
        "record_head": issue.head,
    }


def _members(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))[1:-1]


def _file(file: ManifestFile) -> dict[str, Any]:
    return {"length_ms": file.length, "sha256": file.sha256, "size": file.size, "url": file.url}


def _manifest(said: Mapping[str, Any]) -> Manifest:
    return Manifest(
        station=said["station"],
        name=said["name"],
        sequence=int(said["sequence"]),
        issued_at=_instant(said["issued_at"]),
        valid_until=_instant(said["valid_until"]),
        airtime=Airtime(
            tuple(Hours(time.fromisoformat(one["from"]), time.fromisoformat(one["to"])) for one in said["airtime"])
        ),
        days=tuple(
            ManifestDay(date.fromisoformat(one["day"]), Sha256(one["sha256"]), int(one["size"]), one["url"])
            for one in said["days"]
        ),
        alerts=tuple(
            ManifestAlert(
                one["id"],
                int(one["version"]),
                one["title"],
                _read_file(one),
                _instant(one["since"]),
                _instant(one["until"]),
                int(one["every_minutes"]),
                int(one["times"]),
            )
            for one in said["alerts"]
        ),
        silences=tuple(
            Silence(one["id"], _instant(one["since"]), _instant(one["until"]), one["why"]) for one in said["silences"]
        ),
        head=said["record_head"],
        is_trial=bool(said.get("rehearsal", False)),
    )


def _read_item(said: Mapping[str, Any]) -> ManifestItem:
    file = _read_file(said) if "sha256" in said else None
    length, kind = Milliseconds(int(said["length_ms"])), Kind(said["kind"])
    return ManifestItem(_instant(said["start"]), length, kind, said["title"], file, "" if file else said["url"])


def _read_file(said: Mapping[str, Any]) -> ManifestFile:
    return ManifestFile(Sha256(said["sha256"]), int(said["size"]), Milliseconds(int(said["length_ms"])), said["url"])


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(ZONE)
