"""How the service is: whether it can work now, and the figures that a monitor watches."""

from collections.abc import Mapping
from datetime import datetime

from broadcaster.desk import delivery, gaps
from broadcaster.desk.desk import Desk
from broadcaster.desk.keeping import DUTY
from broadcaster.desk.sounds import SOUND
from broadcaster.errors import BroadcasterError
from broadcaster.files import free_room
from broadcaster.store import emergency, manifests, programme, record, work
from broadcaster.timekeeping import broadcast_day
from broadcaster.types import Weight
from broadcaster.words import Sentence, say


def not_ready(desk: Desk, at: datetime) -> Sentence | None:
    """Why the service cannot do its work now; None where it can."""
    try:
        with desk.database.reading() as session:
            led = work.led_until(session, DUTY)
    except BroadcasterError as error:
        return error.sentence
    if led is None or led < at:
        return say("Nobody keeps the timetable. Look at the service's log.")
    if not (desk.public_folder / "index.html").exists():
        return say("Nothing is published yet.")
    return None


def figures(desk: Desk, at: datetime) -> Mapping[str, float]:
    """What a monitor watches, by name: counts, bytes, seconds."""
    enrolled = delivery.receivers(desk)
    found = gaps.gaps(desk, at)
    with desk.database.reading() as session:
        span, issued = programme.span(session), manifests.issued(session)
        led, pending = work.led_until(session, DUTY), work.pending(session, SOUND)
        alerts = [one for one in emergency.alerts(session, after=at) if one.holds_at(at)]
        entries = record.head(session).partition(":")[0]
    oldest = min((one.valid_until for one in issued.values()), default=at)
    return {
        "stations": len(desk.workspace.stations),
        "receivers": len(enrolled),
        "receivers_silent": sum(one.is_silent_at(at) for one in enrolled),
        "sessions_without_content": sum(one.weight is Weight.TO_WEIGH for one in found),
        "sounds_lost": sum(one.weight is Weight.BLOCKING for one in found),
        "sounds_pending": len(pending),
        "alerts_in_force": len(alerts),
        "days_released_ahead": (span[1] - broadcast_day(at)).days if span else 0,
        "manifest_valid_seconds": (oldest - at).total_seconds(),
        "timetable_led_seconds": (led - at).total_seconds() if led else -1,
        "record_entries": int(entries or 0),
        "disk_free_bytes": free_room(desk.data),
    }
