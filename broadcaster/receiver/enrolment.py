"""Enrolment: a one-time code becomes this receiver's identity, with the service's key pinned."""

from broadcaster.errors import Refused
from broadcaster.publishing.manifest import Trust, thumbprint
from broadcaster.receiver import VERSION, service
from broadcaster.receiver.home import Home, Identity
from broadcaster.words import say


def enrol(home: Home, url: str, code: str) -> Identity:
    """Become a receiver of the service at `url`. `code` is the secret and the name of the key, joined by a dot.

    Log and sound stay; what an earlier service said counts no more. Raises WrongUsage, Refused, Unavailable.
    """
    url = url.rstrip("/")
    service.check_address(url)
    secret, _, name = code.strip().partition(".")
    if not secret or not name:
        raise Refused(say("The code is not whole. Paste the whole line that “broadcaster station enrol” printed."))
    said = service.post(f"{url}/api/receivers/enrol", {"code": secret, "version": VERSION})
    try:
        key = {str(one): str(value) for one, value in said["key"].items()}
        identity = Identity(
            said["receiver"], said["cluster"], url, said["token"], said["manifest"], Trust(said["station"], key)
        )
        is_ours = thumbprint(key) == name
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refused(service.portal(url)) from error
    if not is_ours:
        raise Refused(
            say("The service shows another key than the line names. Somebody may stand in between; nothing was kept.")
        )
    home.forget_manifest()
    home.keep_identity(identity)
    return identity
