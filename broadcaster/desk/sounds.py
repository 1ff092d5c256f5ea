"""The studio's verbs: make the sound of what needs it. Work to be done is kept as rows first and carried by threads, so nothing is lost."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.engines.recorded import RecordedVoice
from broadcaster.errors import BadFile, BroadcasterError, Unavailable
from broadcaster.files import sha256_of, sweep, take_in
from broadcaster.newsroom.script import Revision, Script
from broadcaster.programme.order import Sound
from broadcaster.stations.station import Station
from broadcaster.store import bulletins, officers, scripts, work
from broadcaster.store.work import Job
from broadcaster.studio.bulletin import Bulletin, Order, Recipe, parts_of
from broadcaster.studio.production import produce, produce_sound, sound_recipe
from broadcaster.studio.reading import Reading
from broadcaster.studio.speech import Voice
from broadcaster.studio.voices import none_could
from broadcaster.timekeeping import now
from broadcaster.types import SOUND_KINDS, Kind, Sha256
from broadcaster.words import Sentence, say

SOUND = "sound"
"""The kind of job whose key is the fingerprint of a recipe."""
ALBUM = "Truyền thanh cơ sở"
AGAIN = timedelta(minutes=5)
ABANDONED = timedelta(hours=1)
"""How old a half-written file is when surely nobody writes it any more."""
RESTS_AFTER = 2
"""After so many bulletins in a row that a voice on the network could not speak, the others of this run do not wait for it."""


def reading_of(desk: Desk, text: str, areas: Sequence[str] = ()) -> Reading:
    """How `text` is read aloud that is for `areas` (none: for all) of this workspace."""
    with desk.database.reading() as session:
        lines = officers.lexicon_lines(session)
    return desk.machines.read(text, areas, lines)


def order_for(
    desk: Desk, script: Script, reading: Reading, recording: Sha256 | None = None, station: Station | None = None
) -> Order:
    """A script's bulletin by the preferred voice, or by a person's own recording. `station`: made for it alone."""
    names = voices_for(desk, script, station)
    bed = desk.workspace.sounds.get(desk.settings.bed) if script.kind is Kind.STUDY_REMINDER else None
    recipe = Recipe(
        utterances=reading.utterances,
        voice=f"recorded {recording}" if recording else identity(desk, names[0]),
        preset=desk.settings.preset,
        encoder=desk.machines.encoder.identity,
        title=script.title,
        bed=sha256_of(bed.path) if bed else None,
        source=recording,
        album=ALBUM,
        is_trial=desk.is_trial,
        parts=parts_of(reading.utterances, reading.text),
    )
    return Order(recipe, reading.text, names)


def voices_for(desk: Desk, script: Script, station: Station | None = None) -> tuple[str, ...]:
    """The voices that may speak a script, in order: its own, the station's where only one station's list can be meant, the settings'.

    A bulletin is made once for all who air it: where the stations of its areas have different lists, the settings' alone hold.
    """
    stations = desk.workspace.stations.values()
    local = [one for one in stations if one.area in script.areas]
    meant = [station] if station else local if len(local) == len(script.areas) > 0 else stations
    lists = {one.voices for one in meant}
    own = lists.pop() if len(lists) == 1 else ()
    return tuple(dict.fromkeys([*([script.voice] if script.voice else []), *own, *desk.settings.voices]))


def spoken_already(desk: Desk, order: Order) -> tuple[int, Bulletin] | None:
    """The first of the order's voices whose sound of it is there, by its place in the list, with the bulletin; None: nobody's is."""
    identities = [order.recipe.voice, *(identity(desk, name) for name in order.voices[1:])]
    with desk.database.reading() as session:
        for place, voice in enumerate(identities):
            made = bulletins.bulletin(session, replace(order.recipe, voice=voice).fingerprint)
            if made and sound_path(desk, made.sha256).exists():
                return place, made
    return None


def try_recording(desk: Desk, path: Path) -> None:
    """Raises BadFile or Refused where a person's recording cannot be used: no sound, too long, nothing heard in it."""
    try:
        RecordedVoice(path, desk.machines.encoder).check()
    except Unavailable as error:
        raise BadFile(
            say(
                "The recording cannot be used: {reason} Give a WAV, MP3 or FLAC file.",
                reason=error.sentence,
            )
        ) from error


def make_for(desk: Desk, revisions: Sequence[tuple[Revision, Reading]]) -> tuple[Bulletin, ...]:
    """The bulletins of these revisions; those that are there are not made again."""
    return make_all(desk, say("Reading scripts aloud"), orders_for(desk, revisions))


def orders_for(desk: Desk, revisions: Sequence[tuple[Revision, Reading]]) -> list[Order]:
    """What each of these revisions' sound is made from."""
    with desk.database.reading() as session:
        recordings = [scripts.own_recording(session, one.script.id, one.number) for one, _ in revisions]
    return [
        order_for(desk, one.script, reading, recording)
        for (one, reading), recording in zip(revisions, recordings, strict=True)
    ]


def make_all(desk: Desk, what: Sentence, orders: Sequence[Order]) -> tuple[Bulletin, ...]:
    """The bulletin of every order, in their order; what the preferred voice has spoken already is not made again.

    Raises the first failure, after all others were carried out: its intent stays, and the next run tries it again.
    """
    with desk.database.reading() as session:
        known = {one.recipe.fingerprint: bulletins.bulletin(session, one.recipe.fingerprint) for one in orders}
    there = {key: made for key, made in known.items() if made and sound_path(desk, made.sha256).exists()}
    wanted = {one.recipe.fingerprint: one for one in orders if one.recipe.fingerprint not in there}
    if wanted:
        with desk.database.writing() as session:
            for order in wanted.values():
                bulletins.keep_order(session, order)
            work.intend(session, SOUND, wanted, now())
        there |= carry(desk, what, list(wanted))
    return tuple(there[one.recipe.fingerprint] for one in orders)


def carry_left_over(desk: Desk) -> int:
    """Carry out the sound that an earlier run intended and did not finish; how many."""
    with desk.database.reading() as session:
        keys = work.pending(session, SOUND)
    return len(carry(desk, say("Finishing what an earlier run began"), [Sha256(key) for key in keys])) if keys else 0


def carry(desk: Desk, what: Sentence, keys: Sequence[Sha256]) -> dict[Sha256, Bulletin]:
    """Make these ordered sounds with a thread for each core; bulletins by the order's fingerprint."""
    with desk.database.writing() as session:
        jobs = work.take_over(session, SOUND, keys, now())
    sweep(desk.sound_folder, now() - ABANDONED)
    made: dict[Sha256, Bulletin] = {}
    failures: list[BroadcasterError] = []
    desk.tell(what, 0, len(jobs))
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        for job, result in zip(jobs, threads.map(lambda job: _carried(desk, job), jobs), strict=True):
            if isinstance(result, BroadcasterError):
                failures.append(result)
            else:
                made[Sha256(job.key)] = result
            desk.tell(what, len(made) + len(failures), len(jobs))
    if failures:
        raise failures[0]
    return made


def sound_path(desk: Desk, sha256: Sha256) -> Path:
    """Where the MP3 of this sha256 lies."""
    return desk.sound_folder / f"{sha256}.mp3"


def station_sounds(desk: Desk) -> Mapping[str, Sound]:
    """The station's own sounds (signature tune, ident, sting), made once each, by name."""
    own = {slug: one for slug, one in desk.workspace.sounds.items() if one.kind in SOUND_KINDS}
    orders = [
        Order(
            sound_recipe(
                one.path, one.title, desk.settings.preset, desk.machines.encoder, album=ALBUM, is_trial=desk.is_trial
            ),
            str(one.path.relative_to(desk.root)),
        )
        for one in own.values()
    ]
    made = make_all(desk, say("Preparing the station's own sounds"), orders)
    return {slug: Sound(one.sha256, one.size, one.length, own[slug].title) for slug, one in zip(own, made, strict=True)}


def _carried(desk: Desk, job: Job) -> Bulletin | BroadcasterError:
    """One job carried out; a failure is kept with the job and given back, so that one of many stops no other."""
    with desk.database.reading() as session:
        order = bulletins.order(session, Sha256(job.key))
        there = bulletins.bulletin(session, Sha256(job.key))
    if order is None:
        return there or Unavailable(
            say("A sound that was ordered is neither there nor described any more. Run “broadcaster produce”.")
        )
    try:
        made, path = _made(desk, order)
    except BroadcasterError as error:
        with desk.database.writing() as session:
            work.failed(session, job, str(error), again_at=now() + AGAIN)
        return error
    if path:
        take_in(path, sound_path(desk, made.sha256))
    with desk.database.writing() as session:
        known = bulletins.bulletin(session, made.fingerprint)
        if known and known.sha256 == made.sha256:
            made = known  # a lost file made anew: what was kept of it still holds
        bulletins.keep(session, made, replace(order.recipe, voice=made.voice))
        bulletins.drop_order(session, Sha256(job.key))
        work.done(session, job)
    return made


def _made(desk: Desk, order: Order) -> tuple[Bulletin, Path | None]:
    """The bulletin, and its file where it was made now: a stand-in that spoke it before does not speak it again."""
    encoder, workdir, recipe = desk.machines.encoder, desk.sound_folder, order.recipe
    failed = desk.machines.failed_in_a_row
    if not recipe.utterances:
        produced = produce_sound(desk.root / order.text, recipe, encoder, workdir)
        return produced.bulletin, produced.path
    bed = next(
        (one.path for one in desk.workspace.sounds.values() if recipe.bed and sha256_of(one.path) == recipe.bed), None
    )
    if recipe.source:
        person = RecordedVoice(desk.data / "recordings" / recipe.source, encoder)
        produced = produce(recipe, order.text, [person], encoder, workdir, bed)
        return produced.bulletin, produced.path
    place, before = spoken_already(desk, order) or (len(order.voices), None)
    voices, reasons = _ready(desk, order.voices[:place])
    if not voices:
        if before is None:
            raise none_could(reasons)
        return before, None
    try:
        produced = produce(recipe, order.text, voices, encoder, workdir, bed)
    except Unavailable:
        failed.update(voice.name for voice in voices)
        if before is None:
            raise
        return before, None
    failed.update(voice.name for voice in voices[: len(produced.reasons)])
    failed[voices[len(produced.reasons)].name] = 0
    why = " ".join(reason.into(desk.settings.language) for reason in (*reasons, *produced.reasons))
    return replace(produced.bulletin, stood_in=why), produced.path


def _ready(desk: Desk, names: Sequence[str]) -> tuple[list[Voice], list[Sentence]]:
    """The voices of these names that can start and do not rest, and why the others cannot."""
    voices, reasons = [], []
    for name in names:
        try:
            voice = desk.machines.voice(name)
        except Unavailable as error:
            reasons.append(error.sentence)
            continue
        if not voice.is_offline and desk.machines.failed_in_a_row[name] >= RESTS_AFTER:
            reasons.append(say("The voice {voice} failed several times in a row and was not asked again.", voice=name))
        else:
            voices.append(voice)
    return voices, reasons


def name_of(desk: Desk, wanted: str) -> str | None:
    """The voice that speaks in exactly this way, or None; voices are started one after the other until it is found."""
    ready = (one.name for one in desk.machines.voices_there() if one.is_ready)
    return next((name for name in ready if identity(desk, name) == wanted), None)


def identity(desk: Desk, name: str) -> str:
    """The identity of a voice, or its bare name while it cannot start."""
    try:
        return desk.machines.voice(name).identity
    except Unavailable:
        return name
