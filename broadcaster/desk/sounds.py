"""The studio's verbs: make the sound of what needs it. Work to be done is kept as rows first and carried by threads, so nothing is lost."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from broadcaster.desk.desk import Desk
from broadcaster.engines.choose import VOICES, voice_named
from broadcaster.engines.recorded import RecordedVoice
from broadcaster.errors import BadFile, BroadcasterError, Unavailable
from broadcaster.files import sha256_of, sweep, take_in
from broadcaster.newsroom.script import Revision, Script
from broadcaster.programme.order import Sound
from broadcaster.store import bulletins, scripts, work
from broadcaster.store.work import Job
from broadcaster.studio.bulletin import Bulletin, Recipe, parts_of
from broadcaster.studio.production import Produced, produce, produce_sound, sound_recipe
from broadcaster.studio.reading import Reading
from broadcaster.studio.speech import Voice
from broadcaster.timekeeping import now
from broadcaster.types import SOUND_KINDS, Kind, Sha256
from broadcaster.words import Sentence, say

SOUND = "sound"
"""The kind of job whose key is the fingerprint of a recipe."""
ALBUM = "Truyền thanh cơ sở"
AGAIN = timedelta(minutes=5)
ABANDONED = timedelta(hours=1)
"""How old a half-written file is when surely nobody writes it any more."""

Order = tuple[Recipe, str]
"""What a sound is made from, and the written text that its utterances' spans point into."""


def reading_of(desk: Desk, text: str) -> Reading:
    """How `text` is read aloud in this workspace."""
    return desk.machines.read(text)


def recipe_for(desk: Desk, script: Script, reading: Reading, recording: Sha256 | None = None) -> Recipe:
    """The recipe of a script's bulletin by the preferred voice, or by a person's own recording."""
    name = voices_for(desk, script)[0]
    bed = desk.workspace.sounds.get(desk.settings.bed) if script.kind is Kind.STUDY_REMINDER else None
    return Recipe(
        utterances=reading.utterances,
        voice=f"recorded {recording}" if recording else desk.machines.voice(name).identity,
        preset=desk.settings.preset,
        encoder=desk.machines.encoder.identity,
        title=script.title,
        bed=sha256_of(bed.path) if bed else None,
        source=recording,
        album=ALBUM,
        is_trial=desk.is_trial,
        parts=parts_of(reading.utterances, reading.text),
    )


def voices_for(desk: Desk, script: Script) -> tuple[str, ...]:
    """The voices that may speak a script, in order: its own, then the settings'."""
    return tuple(dict.fromkeys([*([script.voice] if script.voice else []), *desk.settings.voices]))


def known_voice(desk: Desk, name: str) -> None:
    """Raises WrongUsage for a voice that nobody has."""
    voice_named(name, desk.machines.encoder).close()


def try_recording(desk: Desk, path: Path) -> None:
    """Raises BadFile or Refused where a person's recording cannot be used: no sound, too long, nothing heard in it."""
    try:
        RecordedVoice(path, desk.machines.encoder).check()
    except Unavailable as error:
        raise BadFile(
            say(
                "{path} cannot be used as a recording: {reason} Give a WAV, MP3 or FLAC file.",
                path=path,
                reason=error.sentence,
            )
        ) from error


def make_for(desk: Desk, revisions: Sequence[tuple[Revision, Reading]]) -> tuple[Bulletin, ...]:
    """The bulletins of these revisions; those that are there are not made again."""
    with desk.database.reading() as session:
        recordings = [scripts.own_recording(session, one.script.id, one.number) for one, _ in revisions]
    orders = [
        (recipe_for(desk, one.script, reading, recording), one.script.text)
        for (one, reading), recording in zip(revisions, recordings, strict=True)
    ]
    return make_all(desk, say("Reading scripts aloud"), orders)


def make_all(desk: Desk, what: Sentence, orders: Sequence[Order]) -> tuple[Bulletin, ...]:
    """The bulletin of every order, in their order; what is there already is not made again.

    Raises the first failure, after all others were carried out: its intent stays, and the next run tries it again.
    """
    with desk.database.reading() as session:
        known = {recipe.fingerprint: bulletins.bulletin(session, recipe.fingerprint) for recipe, _ in orders}
    there = {key: made for key, made in known.items() if made and sound_path(desk, made.sha256).exists()}
    wanted = {recipe.fingerprint: (recipe, text) for recipe, text in orders if recipe.fingerprint not in there}
    if wanted:
        with desk.database.writing() as session:
            for recipe, text in wanted.values():
                bulletins.keep_order(session, recipe, text)
            work.intend(session, SOUND, wanted, now())
        there |= carry(desk, what, list(wanted))
    return tuple(there[recipe.fingerprint] for recipe, _ in orders)


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
        (
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
    recipe, text = order
    try:
        produced = _produced(desk, recipe, text)
    except BroadcasterError as error:
        with desk.database.writing() as session:
            work.failed(session, job, str(error), again_at=now() + AGAIN)
        return error
    take_in(produced.path, sound_path(desk, produced.bulletin.sha256))
    with desk.database.writing() as session:
        bulletins.keep(session, produced.bulletin, replace(recipe, voice=produced.bulletin.voice))
        bulletins.drop_order(session, Sha256(job.key))
        work.done(session, job)
    return produced.bulletin


def _produced(desk: Desk, recipe: Recipe, text: str) -> Produced:
    encoder, workdir = desk.machines.encoder, desk.sound_folder
    if not recipe.utterances:
        return produce_sound(desk.root / text, recipe, encoder, workdir)
    bed = next(
        (one.path for one in desk.workspace.sounds.values() if recipe.bed and sha256_of(one.path) == recipe.bed), None
    )
    return produce(recipe, text, _speakers(desk, recipe), encoder, workdir, bed)


def _speakers(desk: Desk, recipe: Recipe) -> Sequence[Voice]:
    if recipe.source:
        return [RecordedVoice(desk.data / "recordings" / recipe.source, desk.machines.encoder)]
    chosen = [desk.machines.voice(name) for name in desk.settings.voices]
    if recipe.voice in {voice.identity for voice in chosen}:
        return sorted(chosen, key=lambda voice: voice.identity != recipe.voice)
    own = [voice for name in VOICES if (voice := desk.machines.voice(name)).identity == recipe.voice]
    return [*own, *chosen]
