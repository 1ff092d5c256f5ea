"""The service's signing key: made on first use, kept as a secret, handed over to a new one, or thrown away when it was stolen."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from broadcaster.desk.desk import Desk
from broadcaster.errors import Refused, Unavailable
from broadcaster.files import only_one, write_whole
from broadcaster.publishing.manifest import Key, hand_over, new_key, rehearsal_key, thumbprint
from broadcaster.words import say


@dataclass(frozen=True)
class Signing:
    """The private key, and the words by which earlier keys lead receivers to it, oldest first."""

    key: Key
    handovers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return thumbprint(self.key)


def signing(desk: Desk) -> Signing:
    """The key that signs now. A trial signs with a key that everybody knows, so that the same trial gives the same files.

    Raises Unavailable where the key's file cannot be read: receivers believe no other key, so none is made in its place.
    """
    if desk.is_trial:
        return Signing(rehearsal_key())
    with only_one(desk.data / "keys.lock"):
        return _read(desk) or _keep(desk, Signing(new_key()))


def rotate(desk: Desk, at: datetime) -> Signing:
    """Sign with a new key from now on; the old one's word leads the receivers to it, also those that come back after months. Raises Refused in a trial."""
    _real(desk)
    old = signing(desk)
    with only_one(desk.data / "keys.lock"):
        new = new_key()
        return _keep(desk, Signing(new, (*old.handovers, hand_over(old.key, new, at))))


def revoke(desk: Desk, _: datetime) -> Signing:
    """Sign with a new key that nothing leads to: the old one was stolen, and what it says counts no more. Every receiver must enrol again. Raises Refused in a trial."""
    _real(desk)
    with only_one(desk.data / "keys.lock"):
        return _keep(desk, Signing(new_key()))


def console_secret(desk: Desk) -> bytes:
    """What the console signs its cookies with: made on first use. Whoever deletes it signs everybody out. Raises Unavailable."""
    path = desk.data / "keys" / "console.key"
    with only_one(desk.data / "keys.lock"):
        if not path.exists():
            write_whole(path, secrets.token_bytes(32), secret=True)
        return path.read_bytes()


def _real(desk: Desk) -> None:
    if desk.is_trial:
        raise Refused(say("A trial signs with the key of all trials; only a real data folder has one of its own."))


def _read(desk: Desk) -> Signing | None:
    path = desk.data / "keys" / "signing.json"
    try:
        said = json.loads(path.read_bytes())
        return Signing(dict(said["key"]), tuple(said["handovers"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(
            say(
                "The signing key {path} cannot be read ({reason}). Bring it back from a backup, or make a new one with “broadcaster key revoke” and enrol every receiver again.",
                path=path,
                reason=str(error),
            )
        ) from error


def _keep(desk: Desk, new: Signing) -> Signing:
    content = json.dumps({"key": dict(new.key), "handovers": list(new.handovers)}, indent=1)
    write_whole(desk.data / "keys" / "signing.json", content.encode(), secret=True)
    return new
