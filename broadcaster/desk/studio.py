"""The verb `produce`: the sound of every script that needs it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.desk import newsroom, sounds
from broadcaster.desk.desk import Desk
from broadcaster.errors import Refused
from broadcaster.newsroom.approval import State
from broadcaster.newsroom.script import Revision
from broadcaster.store import bulletins
from broadcaster.store.scripts import Standing
from broadcaster.studio.bulletin import Bulletin, Order
from broadcaster.studio.reading import Reading
from broadcaster.timekeeping import now
from broadcaster.types import Finding, Kind, Sha256, Weight
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
    """Make what is missing: drafts that can be read, submitted and approved sounds that were lost, what an earlier run began.

    What a stand-in voice speaks is tried anew by the preferred one, until it is approved. `days`: only scripts that may air on
    one of them. A script with blocking findings of its reading is left, and named.
    """
    if not is_dry:
        sounds.carry_left_over(desk)
        sounds.station_sounds(desk)
    wanted = [newsroom.standing_of(desk, one) for one in script_ids] or newsroom.standings(desk)
    chosen = [
        one
        for one in wanted
        if one.newest.script.kind is not Kind.LEAD_IN
        and (not days or any(one.newest.script.may_air_on(day) for day in days))
    ]
    ready, findings = _ready(desk, [one.newest for one in chosen if one.state is State.DRAFT])
    orders = sounds.orders_for(desk, ready)
    before = [sounds.spoken_already(desk, order) for order in orders]
    lost = _lost(desk, chosen)
    submitted = [one for one in chosen if one.state is State.SUBMITTED]
    stood_in = _stood_in(desk, submitted)
    if is_dry:
        made = [one.script.id for (one, _), spoken in zip(ready, before, strict=True) if not spoken or spoken[0] > 0]
        made += [one.newest.script.id for one, _, _ in stood_in]
    else:
        now_there = sounds.make_all(desk, say("Reading scripts aloud"), orders)
        made = [
            one.script.id
            for (one, _), spoken, sound in zip(ready, before, now_there, strict=True)
            if not spoken or spoken[1].sha256 != sound.sha256
        ]
        _remake(desk, lost)
        made += _renew(desk, stood_in)
    made += [revision.script.id for revision, _ in lost]
    there = {one.script.id for one, _ in ready} | {one.newest.script.id for one in submitted}
    return ProduceReport(tuple(made), tuple(sorted(there - set(made))), tuple(findings))


def made_already(desk: Desk, revision: Revision) -> Bulletin | None:
    """The sound of a revision as it would be read now, where it was made; nothing is made."""
    if revision.script.kind is Kind.LEAD_IN:
        return None
    reading = sounds.reading_of(desk, revision.script.text, revision.script.areas)
    (order,) = sounds.orders_for(desk, [(revision, reading)])
    spoken = sounds.spoken_already(desk, order)
    return spoken[1] if spoken else None


def _ready(desk: Desk, revisions: Sequence[Revision]) -> tuple[list[tuple[Revision, Reading]], list[Finding]]:
    """Those whose reading is without blocking findings, and the blocking findings of the others."""
    ready, findings = [], []
    for revision in revisions:
        reading = sounds.reading_of(desk, revision.script.text, revision.script.areas)
        blocking = [finding for finding in reading.findings if finding.weight is Weight.BLOCKING]
        findings += [replace(finding, place=f"{revision.script.id}:{finding.place}") for finding in blocking]
        if not blocking:
            ready.append((revision, reading))
    return ready, findings


def _lost(desk: Desk, standings: Sequence[Standing]) -> list[tuple[Revision, Sha256]]:
    """The revisions on air or submitted whose sound's file is gone, with that sound."""
    bound = [(one.on_air, one.approval) for one in standings if one.on_air and one.approval]
    bound += [(one.newest, one.steps[-1]) for one in standings if one.state is State.SUBMITTED]
    return [
        (revision, step.bound.sound)
        for revision, step in bound
        if step.bound.sound and not sounds.sound_path(desk, step.bound.sound).exists()
    ]


def _remake(desk: Desk, lost: Sequence[tuple[Revision, Sha256]]) -> None:
    """Make lost sounds anew from their own recipes: the same recipe by a repeatable voice gives the same file, or it is refused."""
    for revision, sound in lost:
        with desk.database.reading() as session:
            kept = bulletins.by_sound(session, sound)
        name = sounds.name_of(desk, kept[1].voice) if kept and not kept[1].source else None
        orders = [Order(kept[1], revision.script.text, (name,) if name else ())] if kept else []
        made = sounds.make_all(desk, say("Making lost sounds anew"), orders)
        if [bulletin.sha256 for bulletin in made] != [sound]:
            raise Refused(
                say(
                    "The sound of “{script}” that was submitted or approved is lost and cannot be made exactly as it was. Restore it from a backup, or edit the script and have it approved anew.",
                    script=revision.script.id,
                )
            )


def _stood_in(desk: Desk, submitted: Sequence[Standing]) -> list[tuple[Standing, Bulletin, Order]]:
    """Of what is submitted: that which a stand-in spoke, with its bulletin and the order that the preferred voice may carry out now."""
    found = []
    for one in submitted:
        sound = one.steps[-1].bound.sound
        with desk.database.reading() as session:
            kept = bulletins.by_sound(session, sound) if sound else None
        if kept and kept[0].stood_in:
            names = sounds.voices_for(desk, one.newest.script)
            recipe = replace(kept[1], voice=sounds.identity(desk, names[0]))
            found.append((one, kept[0], Order(recipe, one.newest.script.text, names)))
    return found


def _renew(desk: Desk, stood_in: Sequence[tuple[Standing, Bulletin, Order]]) -> list[str]:
    """Let the preferred voice speak what a stand-in had, and bind what is submitted to the new sound; the scripts where it could."""
    made = sounds.make_all(desk, say("Making anew what a stand-in voice spoke"), [order for _, _, order in stood_in])
    renewed = []
    for (one, before, _), bulletin in zip(stood_in, made, strict=True):
        if bulletin.sha256 == before.sha256:
            continue
        with suppress(Refused):  # somebody approved or returned it at this moment, and what he heard stays
            newsroom.renew(desk, one.newest, bulletin, instead_of=before, at=now())
            renewed.append(one.newest.script.id)
    return renewed
