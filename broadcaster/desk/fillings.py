"""Lead-ins filled with the names valid on a day: only those a release needs are made, each once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from broadcaster.desk.desk import Desk
from broadcaster.desk.sounds import make_all, order_for, reading_of
from broadcaster.desk.workspace import Workspace
from broadcaster.errors import Refused
from broadcaster.newsroom.script import Script
from broadcaster.newsroom.script_file import PLACEHOLDER
from broadcaster.planning.campaign import Due
from broadcaster.programme.order import Sound
from broadcaster.stations.area import name_on
from broadcaster.stations.station import SessionRule, Station
from broadcaster.store import bulletins
from broadcaster.types import Weekday, Weight
from broadcaster.types import name_on as dated_name_on
from broadcaster.words import say

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Wanted:
    """A lead-in that a session's clock names, and the names valid on its day (a placeholder without a name is absent)."""

    station: str
    day: date
    session: str
    script: Script
    revision: int
    names: Mapping[str, str]

    @property
    def used(self) -> dict[str, str] | None:
        """The names that this lead-in asks for, or None where one of them is not there today: it is then left out."""
        asked = PLACEHOLDER.findall(self.script.text)
        return {one: self.names[one] for one in sorted(asked)} if set(asked) <= set(self.names) else None

    @property
    def text(self) -> str:
        """The template with its names in place."""
        return PLACEHOLDER.sub(lambda found: self.names[found[1]], self.script.text)


def names_on(
    workspace: Workspace, station: Station, rule: SessionRule, day: date, due: Sequence[Due]
) -> Mapping[str, str]:
    """What stands in each placeholder at this station, in this session, on this day, as it is to be said."""
    name, area = dated_name_on(station.names, day), name_on(workspace.areas, station.area, day)
    campaign = next((one for one in due if not workspace.campaigns[one.campaign].is_column), None)
    values = {
        "station": (name.spoken or name.text) if name else None,
        "area": (area.spoken or area.text) if area else None,
        "day": f"ngày {day.day} tháng {day.month} năm {day.year}",
        "weekday": WEEKDAYS[list(Weekday).index(Weekday.of(day))],
        "session": rule.name,
        "campaign": campaign.spoken if campaign else None,
    }
    return {key: value for key, value in values.items() if value}


def fill(desk: Desk, wanted: Sequence[Wanted]) -> Mapping[tuple[str, date, str, str], Sound]:
    """The sound of each that can be filled, by station, day, session and lead-in. Raises Refused where a filling cannot be read aloud."""
    fillable = [(one, used) for one in wanted if (used := one.used) is not None]
    known: dict[tuple[str, int, str], Sound] = {}
    missing: dict[tuple[str, int, str], Wanted] = {}
    with desk.database.reading() as session:
        for one, used in fillable:
            key = (one.script.id, one.revision, str(used))
            if key in known or key in missing:
                continue
            fingerprint = bulletins.filling(session, one.script.id, one.revision, used)
            made = bulletins.bulletin(session, fingerprint) if fingerprint else None
            if made and (desk.sound_folder / f"{made.sha256}.mp3").exists():
                known[key] = Sound(made.sha256, made.size, made.length, one.script.title)
            else:
                missing[key] = one
    known |= _made(desk, missing)
    return {
        (one.station, one.day, one.session, one.script.id): known[(one.script.id, one.revision, str(used))]
        for one, used in fillable
    }


def _own_station(desk: Desk, wanted: Wanted) -> Station | None:
    """The station that alone will air this filling, because it names it; None: others may air it too."""
    return desk.workspace.stations[wanted.station] if "station" in (wanted.used or {}) else None


def _made(desk: Desk, missing: Mapping[tuple[str, int, str], Wanted]) -> dict[tuple[str, int, str], Sound]:
    if not missing:
        return {}
    orders = {}
    for key, one in missing.items():
        station = _own_station(desk, one)
        reading = reading_of(desk, one.text, (station.area,) if station else ())
        wrong = next((finding for finding in reading.findings if finding.weight is Weight.BLOCKING), None)
        if wrong:
            raise Refused(
                say(
                    "The lead-in “{script}”, filled for {station} on {day}, cannot be read aloud: {finding}",
                    script=one.script.id,
                    station=one.station,
                    day=one.day,
                    finding=wrong.sentence,
                )
            )
        orders[key] = order_for(desk, one.script, reading, station=station)
    bulletins_made = make_all(desk, say("Reading lead-ins aloud"), list(orders.values()))
    with desk.database.writing() as session:
        for one, made in zip(missing.values(), bulletins_made, strict=True):
            bulletins.keep_filling(session, one.script.id, one.revision, one.used or {}, one.text, made)
    return {
        key: Sound(made.sha256, made.size, made.length, one.script.title)
        for (key, one), made in zip(missing.items(), bulletins_made, strict=True)
    }
