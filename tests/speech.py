"""`python3 run speech`: writes docs/speech.md and docs/speech.png: what the reading reads right, and what the shipped bulletins measure."""

import subprocess
import tempfile
from datetime import time
from pathlib import Path

from broadcaster.desk import newsroom
from broadcaster.desk.desk import Desk, opened
from broadcaster.desk.sounds import make_for, reading_of, sound_path
from broadcaster.settings import read_settings
from broadcaster.store.tables import Birth
from broadcaster.studio.bulletin import Bulletin
from broadcaster.studio.loudness import PRESETS
from broadcaster.studio.reading import Reading, read_lexicon
from broadcaster.timekeeping import moment
from tests.bench import FIRST, ROOT, quiet
from tests.reading import VERDICTS, shares
from tests.studio.reading.lenient import GOLD

EVERY = 6
"""One of so many shipped scripts is measured in the preset horn; one of ten of these in the other presets."""
HEAD = """# How it reads and sounds

Made by `python3 run speech` (the shares alone: `python3 run reading`, with `--show` for each phrase that is not right); do not edit.
Nobody has listened with ears for these figures: they are counts, and measures of the decoded files. The voices on the network were
played by local servers in the tests, never met here.

## The reading

*Right*: said as the phrase's author, or as one of the readings that the author allows. *Asked*: not right, and a finding stops the
script until a person has settled it. *Silent*: wrong without a finding, which must not happen. `reading_gold*` and `learnt*` are what
the rules were made with; `unseen*` were written by others who saw neither rules nor tables, and no rule was changed because of them.
"""
SOUND = """
## The sound

Bulletins of shipped scripts as the offline voice espeak-ng speaks them, each MP3 decoded and measured anew by ffmpeg's `ebur128`
(true peak, mono meter). Promised: within 0.5 LU of the preset, at most −1 dBTP, no silence above 1.5 s; a file that misses one of these,
or whose decoded length is more than 60 ms from the planned one, is refused when it is made. Syllables a minute: pauses counted in.
"""
PICTURE = """
![Spectrogram of one bulletin](speech.png)

The spectrogram of the first bulletin of the table, 0 to 22 kHz: words and pauses, and nothing above 11 kHz, for espeak-ng
speaks at 22 kHz.
"""


def reading_tables() -> list[str]:
    lexicon = read_lexicon(ROOT / "content" / "lexicon")
    lines: list[str] = []
    for path in sorted(GOLD.glob("*.tsv")):
        lines += ["", f"### {path.stem}", "", f"| class | phrases | {' | '.join(VERDICTS)} |", "|---|--:|--:|--:|--:|"]
        for kind, counts in shares(path, lexicon):
            figures = " | ".join(f"{counts[name] / counts.total():.1%}" for name in VERDICTS)
            lines.append(f"| {kind} | {counts.total()} | {figures} |")
    return lines


def sound_table(preset: str, data: Path, every: int) -> tuple[list[str], Path]:
    """The table's rows of every so-manieth shipped script in this preset, and the first one's MP3."""
    settings = read_settings(ROOT).model_copy(update={"preset": preset})
    with opened(ROOT, data, settings, quiet, Birth.TRIAL) as desk:
        newsroom.load(desk, person=desk.person("run speech"), at=moment(FIRST, time(8)))
        spoken = [one.newest for one in newsroom.standings(desk) if "{" not in one.newest.script.text]
        chosen = [(one, reading_of(desk, one.script.text)) for one in spoken[::every]]
        made = make_for(desk, chosen)
        rows = [
            f"| {revision.script.id} | {preset} | {measured(desk, bulletin, reading)} |"
            for (revision, reading), bulletin in zip(chosen, made, strict=True)
        ]
        return rows, sound_path(desk, made[0].sha256)


def measured(desk: Desk, bulletin: Bulletin, reading: Reading) -> str:
    heard = desk.machines.encoder.measure(sound_path(desk, bulletin.sha256))
    words = sum(len(one.text.split()) for one in reading.utterances)
    return (
        f"{heard.loudness:.1f} | {heard.peak:.1f} | {heard.length} | "
        f"{heard.longest_silence} | {words * 60_000 / heard.length:.0f}"
    )


def spectrogram(sound: Path, program: str) -> None:
    picture = ROOT / "docs" / "speech.png"
    shown = "showspectrumpic=s=900x300:mode=combined:color=intensity:legend=0:scale=log"
    subprocess.run([program, "-v", "error", "-y", "-i", str(sound), "-lavfi", shown, str(picture)], check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows: list[str] = []
        for preset in PRESETS:
            is_first = not rows
            more, first = sound_table(preset, Path(folder) / preset, EVERY if is_first else EVERY * 10)
            rows += more
            if is_first:
                with opened(ROOT, Path(folder) / preset, read_settings(ROOT), quiet, Birth.TRIAL) as desk:
                    spectrogram(first, desk.machines.encoder.program)
    head = "| script | preset | LUFS | dBTP | length ms | longest silence ms | syllables a minute |"
    table = ["", head, "|---|---|--:|--:|--:|--:|--:|", *rows]
    text = "\n".join([HEAD.rstrip("\n"), *reading_tables(), SOUND.rstrip("\n"), *table, PICTURE.rstrip("\n"), ""])
    (ROOT / "docs" / "speech.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
