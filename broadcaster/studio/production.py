"""From utterances to an accepted bulletin: speak, mix, encode, measure, and again until it is as loud as promised."""

import os
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from broadcaster.errors import BadFile, Unavailable
from broadcaster.files import BESIDE, scratch, sha256_of
from broadcaster.studio import loudness, mix
from broadcaster.studio.bulletin import Bulletin, Cue, Recipe
from broadcaster.studio.loudness import LONGEST_SILENCE, PRESETS, Measured, Preset
from broadcaster.studio.mix import Chapter, Encoder, Labels, Mix
from broadcaster.studio.speech import Recording, Utterance, Voice
from broadcaster.studio.voices import speak_with
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say

TRIES = 4
SAME_LENGTH = 60
"""Milliseconds that the decoded length may differ from the planned one."""
TRIAL = "bản duyệt thử"
"""The comment in every file made on trial."""


@dataclass(frozen=True)
class Produced:
    """A bulletin, its finished MP3 in a temporary file (to be taken in by `files.take_in`), and why other voices did not speak."""

    bulletin: Bulletin
    path: Path
    reasons: tuple[Sentence, ...] = ()


def produce(
    recipe: Recipe, text: str, voices: Sequence[Voice], encoder: Encoder, workdir: Path, bed: Path | None = None
) -> Produced:
    """Speak `recipe.utterances` with the first of `voices` that can, over `bed`, and encode it, accepted.

    `text` is the written text that the utterances' spans point into. The bulletin's voice, and the voice and encoder of the recipe
    it is named by, are those that were used. Raises Unavailable when no voice can speak or the sound cannot be brought to its
    preset; nothing is left behind then.
    """
    utterances = _ending_at_once(recipe.utterances)
    with scratch(workdir) as file:
        spoken = speak_with(voices, utterances, file)
        used = replace(recipe, voice=spoken.voice.identity)
        layers = mix.of_speech(spoken.recording, bed)
        cues = cues_of(utterances, spoken.recording, text, layers.head)
        chapters = tuple(
            Chapter(Milliseconds(layers.head + spoken.recording.starts[part.first] if part.first else 0), part.title)
            for part in recipe.parts
        )
        bulletin, finished = _finished(layers, used, encoder, workdir, cues, chapters)
    return Produced(bulletin, finished, spoken.reasons)


def produce_sound(wav: Path, recipe: Recipe, encoder: Encoder, workdir: Path) -> Produced:
    """A station's own sound from its WAV file, at its preset's loudness. Raises BadFile when it is no WAV file, Unavailable."""
    with scratch(workdir) as file:
        try:
            layers = mix.of_sound(wav, file)
        except (OSError, EOFError, wave.Error) as error:
            raise BadFile(
                say(
                    "{path} is not a WAV file that can be read: {reason}. Put a whole WAV file there.",
                    path=wav,
                    reason=error,
                )
            ) from error
        return Produced(*_finished(layers, recipe, encoder, workdir))


def sound_recipe(
    wav: Path, title: str, preset: str, encoder: Encoder, *, album: str = "", is_trial: bool = False
) -> Recipe:
    """The recipe of a station's own sound: the file's fingerprint stands for what is heard."""
    return Recipe((), "", preset, encoder.identity, title, source=sha256_of(wav), album=album, is_trial=is_trial)


def cues_of(utterances: Sequence[Utterance], recording: Recording, text: str, head: Milliseconds) -> tuple[Cue, ...]:
    """The stretches of the written text and when they are heard; utterances of one stretch share a cue."""
    ends = [*recording.starts[1:], recording.length]
    cues: list[Cue] = []
    last_span: tuple[int, int] | None = None
    for utterance, start, end in zip(utterances, recording.starts, ends, strict=True):
        heard_until = Milliseconds(head + max(start, end - utterance.pause))
        if utterance.span == last_span and last_span != (0, 0):
            cues[-1] = replace(cues[-1], end=heard_until)
        else:
            written = text[slice(*utterance.span)].strip() or utterance.text
            cues.append(Cue(Milliseconds(head + start), heard_until, written))
        last_span = utterance.span
    return tuple(cues)


def _ending_at_once(utterances: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """Without the pause after the last: what follows a bulletin is the programme's matter."""
    return (*utterances[:-1], *(replace(last, pause=Milliseconds(0)) for last in utterances[-1:]))


def _finished(
    layers: Mix,
    recipe: Recipe,
    encoder: Encoder,
    workdir: Path,
    cues: tuple[Cue, ...] = (),
    chapters: tuple[Chapter, ...] = (),
) -> tuple[Bulletin, Path]:
    preset = PRESETS[recipe.preset]
    labels = Labels(recipe.title, recipe.album, comment=TRIAL if recipe.is_trial else "", chapters=chapters)
    handle, name = tempfile.mkstemp(prefix=BESIDE, suffix=".mp3", dir=workdir)
    os.close(handle)
    path = Path(name)
    try:
        measured = _accepted(layers, preset, labels, encoder, path)
        _check(measured, layers, recipe)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    bulletin = Bulletin(
        fingerprint=replace(recipe, encoder=encoder.identity).fingerprint,
        sha256=sha256_of(path),
        size=path.stat().st_size,
        length=measured.length,
        loudness=measured.loudness,
        peak=measured.peak,
        voice=recipe.voice,
        cues=cues,
    )
    return bulletin, path


def _accepted(layers: Mix, preset: Preset, labels: Labels, encoder: Encoder, path: Path) -> Measured:
    levels = loudness.first_levels(layers.slices(), preset)
    for _ in range(TRIES):
        measured = encoder.encode(layers, levels, labels, path)
        if loudness.is_accepted(measured, preset):
            return measured
        levels = loudness.next_levels(levels, measured, preset)
    raise Unavailable(
        say(
            "“{title}” came to {loudness} LUFS with peaks of {peak} dBTP instead of {target} LUFS, in {tries} tries. Listen to it: it may be too short.",
            title=labels.title,
            loudness=measured.loudness,
            peak=measured.peak,
            target=preset.target,
            tries=TRIES,
        )
    )


def _check(measured: Measured, layers: Mix, recipe: Recipe) -> None:
    if abs(measured.length - layers.length) > SAME_LENGTH:
        raise Unavailable(
            say(
                "“{title}” was planned to last {planned} ms, and its file lasts {measured} ms. Make it again.",
                title=recipe.title,
                planned=layers.length,
                measured=measured.length,
            )
        )
    if recipe.utterances and measured.longest_silence > LONGEST_SILENCE:
        raise Unavailable(
            say(
                "“{title}” is silent for {silence} ms inside, and {longest} ms are the most. Shorten the pauses, or give the recording again.",
                title=recipe.title,
                silence=measured.longest_silence,
                longest=LONGEST_SILENCE,
            )
        )
