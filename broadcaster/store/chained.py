"""What the record names, as its own tables hold it now."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlmodel import Session

from broadcaster.store import airings, emergency, programme, scripts
from broadcaster.store.record import Recorded


def kept_in(session: Session) -> Mapping[Recorded, Callable[[str], object | None]]:
    """For each kind of entry, what stands under its key."""
    return {
        Recorded.APPROVAL: partial(scripts.step, session),
        Recorded.RELEASE: partial(programme.release_content, session),
        Recorded.ALERT: partial(emergency.alert_step, session),
        Recorded.AIRINGS: partial(airings.kept, session),
        Recorded.SILENCE: partial(emergency.silence, session),
    }
