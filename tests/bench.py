"""`python3 run bench`: medians and ratios, never bare seconds alone. Everything in temporary folders; `python3 run bench lists nation` runs those alone."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from broadcaster.desk import demo, newsroom, programme, publishing, studio
from broadcaster.desk.desk import Desk, opened
from broadcaster.desk.sounds import reading_of
from broadcaster.files import scratch
from broadcaster.settings import read_settings
from broadcaster.store.tables import Birth
from broadcaster.studio import loudness, mix
from broadcaster.studio.loudness import PRESETS
from broadcaster.studio.mix import Labels
from broadcaster.studio.speech import Utterance
from broadcaster.studio.voices import speak_with
from broadcaster.timekeeping import days as days_from
from broadcaster.timekeeping import moment, now
from broadcaster.words import Sentence
from tests.bench_console import bench_console
from tests.bench_service import approve_all, bench_lists, bench_nation, bench_reports, timed

ROOT = Path(__file__).resolve().parents[1]
FIRST = date(2026, 1, 1)
RUNS = 3
HORN = PRESETS["horn"]
Result = TypeVar("Result")


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    return statistics.median(timed(work) for _ in range(runs))


def show(what: str, text: str) -> None:
    sys.stdout.write(f"{what:<58} {text}\n")
    sys.stdout.flush()


def quiet(_: Sentence, __: int, ___: int) -> None:
    """A bench shows its figures, not its progress."""


def bare_chain(desk: Desk, readings: list[tuple[Utterance, ...]], folder: Path, threads: int) -> None:
    """The same text by hand: the voice alone, and one ffmpeg call a script; nothing mixed, measured or kept."""
    voice, program = desk.machines.voice("espeak"), desk.machines.encoder.program

    def one(number: int) -> None:
        sound = b"".join(piece.pcm for piece in voice.speak(readings[number]))
        order = [
            str(program),
            "-v",
            "error",
            "-y",
            "-f",
            "s16le",
            "-ar",
            str(voice.rate),
            "-ac",
            "1",
            "-i",
            "-",
            "-b:a",
            "64k",
            "-ar",
            "44100",
            str(folder / f"{number}.mp3"),
        ]
        subprocess.run(order, input=sound, check=True)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, range(len(readings))))


def fresh(data: Path) -> Desk:
    """A trial desk in a new folder with the shipped scripts loaded."""
    desk = Desk(ROOT, data, read_settings(ROOT), quiet)
    desk.database.born(Birth.TRIAL)
    newsroom.load(desk, person=desk.person(demo.EDITOR), at=moment(FIRST, now().time().min))
    return desk


@contextmanager
def one_core() -> Iterator[None]:
    """Hold this process and those it starts on one core, where the system can."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def bench_one_core(folder: Path) -> None:
    """As a small machine does it. One run: the ratio is within it."""
    with one_core():
        desk = fresh(folder / "one-core")
        readings = [
            reading_of(desk, one.newest.script.text).utterances
            for one in newsroom.standings(desk)
            if "{" not in one.newest.script.text
        ]
        (folder / "bare-one-core").mkdir()
        bare = timed(partial(bare_chain, desk, readings, folder / "bare-one-core", 1))
        ours = timed(partial(studio.produce, desk))
        desk.close()
    show("produce on one core", f"{ours:.1f} s; the bare chain on one core {bare:.1f} s; ratio {ours / bare:.2f}")


def bench_steps(folder: Path) -> None:
    """Each step of production alone, on one core, over every third shipped script: seconds of sound for a second of work."""
    spent: dict[str, float] = {}

    def step(name: str, work: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        made = work()
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
        return made

    seconds = 0.0
    with one_core():
        desk = fresh(folder / "steps")
        voice, encoder = desk.machines.voice("espeak"), desk.machines.encoder
        texts = [one.newest.script.text for one in newsroom.standings(desk) if "{" not in one.newest.script.text][::3]
        for text in texts:
            reading = step("reading", partial(reading_of, desk, text))
            with scratch(folder) as file:
                spoken = step("speech", partial(speak_with, [voice], reading.utterances, file))
                layers = mix.of_speech(spoken.recording, None)
                estimate = step("estimate of the loudness", lambda: loudness.first_levels(layers.slices(), HORN))  # noqa: B023 -- called at once
                path = folder / "step.mp3"
                step(
                    "mix, limit, encode, decode, measure",
                    partial(encoder.encode, layers, estimate, Labels("", ""), path),
                )
                heard = step("of it: decode, measure (again, alone)", partial(encoder.measure, path))
                seconds += heard.length / 1000
        desk.close()
    show("steps on one core, seconds of sound", f"{seconds:.0f}")
    for name, took in spent.items():
        show(f"  {name}", f"{took:6.2f} s; {seconds / took:7.0f} times as fast as it sounds")


def bench_produce(folder: Path) -> None:
    ours, bare, both, again, seconds = [], [], [], [], 0.0
    for run in range(RUNS):
        desk = fresh(folder / f"produce-{run}")
        scripts = [one.newest.script for one in newsroom.standings(desk)]
        readings = [reading_of(desk, script.text).utterances for script in scripts if "{" not in script.text]
        (folder / f"bare-{run}").mkdir()
        bare.append(timed(partial(bare_chain, desk, readings, folder / f"bare-{run}", 1)))
        both.append(timed(partial(bare_chain, desk, readings, folder / f"bare-{run}", 2)))
        ours.append(timed(partial(studio.produce, desk)))
        again.append(timed(partial(studio.produce, desk)))
        seconds = sum(path.stat().st_size for path in desk.sound_folder.glob("*.mp3")) * 8 / 64_000
        desk.close()
    show(
        "produce all shipped scripts, two threads",
        f"{statistics.median(ours):.1f} s for {seconds / 60:.0f} min of sound",
    )
    for name, other in (("one thread", bare), ("two threads", both)):
        ratios = [one / theirs for one, theirs in zip(ours, other, strict=True)]
        show(f"the bare chain on the same text, {name}", f"{statistics.median(other):.1f} s")
        show(
            f"produce / bare chain in {name}", f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        )
    show("produce again, nothing changed (the verb)", f"{statistics.median(again):.2f} s")


def bench_year(folder: Path) -> None:
    data = folder / "year"
    desk = fresh(data)
    days = days_from(FIRST, 365)
    approve_all(desk, days, now())
    eve = moment(FIRST, now().time().min)
    lead_ins = timed(lambda: programme.arrange(desk, FIRST, 365, at=eve, from_nothing=True))
    build = timed(
        lambda: programme.release(desk, FIRST, 365, person=desk.person(demo.APPROVER), at=eve, from_nothing=True)
    )
    publish = timed(lambda: publishing.publish(desk, data / "public", moment=eve))
    again = timed(lambda: publishing.publish(desk, data / "public", moment=eve))
    desk.close()
    show(
        "build and release 12 stations × 365 days",
        f"{build:.1f} s = {build / 4380 * 1000:.1f} ms a station-day (first with lead-ins to make: {lead_ins:.0f} s)",
    )
    show(
        "publish 12 stations × 365 days",
        f"{publish:.1f} s = {publish / 4380 * 1000:.1f} ms a station-day; again, nothing changed: {again:.1f} s",
    )
    show("most memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def bench_help() -> None:
    def ask(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    help_, bare = median(ask("-m", "broadcaster", "--help"), 9), median(ask("-c", "import click"), 9)
    show("broadcaster --help", f"{help_:.2f} s, {help_ / bare:.1f} × python with click alone")


def bench_reading() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(ROOT, Path(folder), read_settings(ROOT), quiet, Birth.TRIAL) as desk,
    ):
        texts = [
            path.read_text("utf-8").split("---", 2)[2]
            for path in sorted((ROOT / "content" / "scripts").rglob("*.md"))
            if "loi-dan" not in path.parts
        ]
        desk.machines.read(texts[0])
        sentences = sum(text.count(".") + text.count("!") + text.count("?") for text in texts)
        spent = [timed(lambda: [desk.machines.read(text) for text in texts]) for _ in range(15)]
        bare = [timed(a_million_steps) for _ in range(15)]
        show(
            "reading the shipped scripts, sentences a second",
            f"{sentences / statistics.median(spent):.0f}, at best {sentences / min(spent):.0f}; "
            f"a million steps of an empty loop take {statistics.median(bare) * 1000:.0f} ms here, at best {min(bare) * 1000:.0f}",
        )


def a_million_steps() -> None:
    """How quick this machine is just now."""
    for _ in range(1_000_000):
        pass


def in_a_folder(bench: Callable[[Path], None]) -> Callable[[], None]:
    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            bench(Path(folder))

    return run


BENCHES: dict[str, Callable[[], None]] = {
    "help": bench_help,
    "reading": bench_reading,
    "produce": in_a_folder(bench_produce),
    "core": in_a_folder(bench_one_core),
    "steps": in_a_folder(bench_steps),
    "year": in_a_folder(bench_year),
    "lists": in_a_folder(partial(bench_lists, show=show)),
    "reports": in_a_folder(partial(bench_reports, show=show)),
    "console": in_a_folder(partial(bench_console, show=show)),
    "nation": in_a_folder(partial(bench_nation, show=show)),
}


def main() -> None:
    """Those that are named, or all; what holds a process on one core only where the system can."""
    for name in sys.argv[1:] or BENCHES:
        if name in ("core", "steps") and not hasattr(os, "sched_setaffinity"):
            continue
        BENCHES[name]()


if __name__ == "__main__":
    main()
