"""The verb `produce`: the sound of every script that needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from broadcaster.desk import newsroom, sounds
from broadcaster.desk.desk import Desk
from broadcaster.errors import Refused
from broadcaster.newsroom.approval import State
from broadcaster.newsroom.script import Revision
from broadcaster.store import bulletins, scripts
from broadcaster.store.scripts import Standing
from broadcaster.studio.bulletin import Bulletin
from broadcaster.studio.reading import Reading
from broadcaster.types import Finding, Kind, Weight
from broadcaster.words import say


@dataclass(frozen=True)
class ProduceReport:
    """What `produce` did: the scripts whose sound was made now, those whose sound was there, and what stood in the way of others."""

    made: tuple[str, ...]
    there: tuple[str, ...]
    findings: tuple[Finding, ...]


def produce(
    desk: Desk, script_ids: Sequence[str] = (), *, days: Sequence[date] = (), is_dry: bool = False
) -> ProduceReport:
    """Make what is missing: drafts and submitted revisions that can be read, approved sounds that were lost, what an earlier run began.

    `days`: only scripts that may air on one of them. A script with blocking findings of its reading is left, and named.
    """
    if not is_dry:
        sounds.carry_left_over(desk)
        sounds.station_sounds(desk)
    wanted = [newsroom.standing_of(desk, one) for one in script_ids] or newsroom.standings(desk)
    chosen = [one for one in wanted if not days or any(one.newest.script.may_air_on(day) for day in days)]
    findings: list[Finding] = []
    ready = []
    for one in chosen:
        if one.newest.script.kind is Kind.LEAD_IN or one.state not in (State.DRAFT, State.SUBMITTED):
            continue
        reading = sounds.reading_of(desk, one.newest.script.text)
        blocking = [finding for finding in reading.findings if finding.weight is Weight.BLOCKING]
        findings += [
            Finding(one_of.weight, one_of.kind, f"{one.newest.script.id}:{one_of.place}", one_of.sentence)
            for one_of in blocking
        ]
        if not blocking:
            ready.append((one.newest, reading))
    there = _there(desk, ready)
    missing = [(revision, reading) for revision, reading in ready if revision.script.id not in there]
    lost = _lost(desk, chosen)
    if not is_dry:
        sounds.make_for(desk, missing)
        _remake(desk, lost)
    made = [revision.script.id for revision, _ in missing] + [one.newest.script.id for one in lost]
    return ProduceReport(tuple(made), tuple(sorted(there)), tuple(findings))


def _there(desk: Desk, ready: Sequence[tuple[Revision, Reading]]) -> set[str]:
    with desk.database.reading() as session:
        found = {
            revision.script.id: bulletins.bulletin(
                session,
                sounds.recipe_for(
                    desk, revision.script, reading, scripts.own_recording(session, revision.script.id, revision.number)
                ).fingerprint,
            )
            for revision, reading in ready
        }
    return {script for script, made in found.items() if made and sounds.sound_path(desk, made.sha256).exists()}


def _lost(desk: Desk, standings: Sequence[Standing]) -> list[Standing]:
    return [
        one
        for one in standings
        if one.approval and one.approval.bound.sound and not sounds.sound_path(desk, one.approval.bound.sound).exists()
    ]


def _remake(desk: Desk, lost: Sequence[Standing]) -> None:
    """Make approved sounds anew from their own recipes: the same recipe by a repeatable voice gives the same file, or it is refused."""
    for one in lost:
        assert one.approval is not None  # `_lost` gives only these
        sound = one.approval.bound.sound
        with desk.database.reading() as session:
            kept = bulletins.by_sound(session, sound) if sound else None
        made: Bulletin | None = (
            sounds.make_all(desk, say("Making lost sounds anew"), [(kept[1], one.newest.script.text)])[0]
            if kept
            else None
        )
        if made is None or made.sha256 != sound:
            raise Refused(
                say(
                    "The approved sound of “{script}” is lost and cannot be made exactly as it was. Restore it from a backup, or edit the script and have it approved anew.",
                    script=one.newest.script.id,
                )
            )
