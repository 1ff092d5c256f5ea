"""From utterances to an accepted bulletin: speak, mix, encode, measure, and again until it is as loud as promised."""

import os
import re
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from broadcaster.errors import BadFile, Unavailable
from broadcaster.files import BESIDE, scratch, sha256_of
from broadcaster.studio import loudness, mix
from broadcaster.studio.bulletin import Bulletin, Cue, Recipe
from broadcaster.studio.loudness import LONGEST_SILENCE, PRESETS, Measured, Preset
from broadcaster.studio.mix import Chapter, Encoder, Labels, Mix
from broadcaster.studio.speech import Recording, SpokenWord, Utterance, Voice
from broadcaster.studio.voices import speak_with
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say

TRIES = 4
SAME_LENGTH = 60
"""Milliseconds that the decoded length may differ from the planned one."""
SHORTEST_CUE = 1_500
"""Milliseconds under which a clause is shown together with its neighbour."""
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
    """The stretches of the written text and when they are heard; utterances of one stretch share a cue.

    Where the voice knows the times of its words, and a stretch has as many clauses written as spoken, each clause is a cue.
    """
    ends = [*recording.starts[1:], recording.length]
    timed = _timed(utterances, recording)
    cues: list[list[Cue]] = []
    last_span: tuple[int, int] | None = None
    words: list[SpokenWord] = []
    for utterance, spoken, start, end in zip(utterances, timed, recording.starts, ends, strict=True):
        heard_until = Milliseconds(head + max(start, end - utterance.pause))
        if utterance.span == last_span and last_span != (0, 0):
            whole = Cue(cues[-1][0].start, heard_until, text[slice(*utterance.span)].strip())
            words += spoken
            cues[-1] = _clauses(whole, words, head)
        else:
            written = text[slice(*utterance.span)].strip() or utterance.text
            words = list(spoken)
            cues.append(_clauses(Cue(Milliseconds(head + start), heard_until, written), words, head))
        last_span = utterance.span
    return tuple(cue for of_a_stretch in cues for cue in of_a_stretch)


def _timed(utterances: Sequence[Utterance], recording: Recording) -> list[list[SpokenWord]]:
    """The words of each utterance with the signs behind them and their times; nothing where the voice did not time them all."""
    sent = [one.text.split() for one in utterances]
    if sum(map(len, sent)) != len(recording.words):
        return [[] for _ in utterances]
    times = iter(recording.words)
    return [[SpokenWord(word, next(times).start) for word in words] for words in sent]


def _clauses(whole: Cue, words: Sequence[SpokenWord], head: Milliseconds) -> list[Cue]:
    """The cue in its clauses, none shorter than SHORTEST_CUE; in one piece where written and spoken ones do not answer each other."""
    written = re.split(r"(?<=[,;:]) +", whole.text)
    begun = [right for left, right in pairwise(words) if left.text[-1] in ",;:"]
    if len(written) != len(begun) + 1:
        return [whole]
    starts = [whole.start, *(Milliseconds(head + word.start) for word in begun)]
    cues: list[Cue] = []
    for clause, start, end in zip(written, starts, [*starts[1:], whole.end], strict=True):
        if cues and min(cues[-1].end - cues[-1].start, end - start) < SHORTEST_CUE:
            cues[-1] = Cue(cues[-1].start, end, f"{cues[-1].text} {clause}")
        else:
            cues.append(Cue(start, end, clause))
    return cues


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
