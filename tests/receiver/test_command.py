"""The receiver as it is used: its commands, a real player, what is heard at which second, and a power cut at any moment."""

import json
import math
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from broadcaster.files import sha256
from broadcaster.publishing.manifest import Manifest, ManifestFile, ManifestItem, Silence, Trust, new_key, public
from broadcaster.receiver.home import Home, Identity
from broadcaster.receiver.player import FFPLAY, MPV
from broadcaster.receiver.player import play as start_player
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.timekeeping import now
from broadcaster.types import Kind, Milliseconds
from tests.receiver.builders import KEY, publish
from tests.receiver.fake_service import FakeService, fake_service
from tests.receiver.tape import RATE

ROOT = Path(__file__).resolve().parents[2]
ALL_DAY = Airtime((Hours(hour(0), hour(23, 59, 59)),))


def receiver(folder: Path, *words: str) -> tuple[int, str, str]:
    run = subprocess.run(
        [sys.executable, "-m", "broadcaster.receiver.command", "--folder", str(folder), *words],
        capture_output=True, text=True, cwd=ROOT, env=environment(), check=False,
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr


def environment() -> dict[str, str]:
    return {**os.environ, "BROADCASTER_LANGUAGE": "en", "SDL_AUDIODRIVER": "dummy"}


def running(folder: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "broadcaster.receiver.command", "--folder", str(folder), "run"]
    return subprocess.Popen(words, cwd=ROOT, env=environment(), text=True, stderr=subprocess.DEVNULL)


def tone(folder: Path, pitch: int, seconds: float) -> bytes:
    """An MP3 of one tone."""
    path = folder / f"{pitch}.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(24_000)
        samples = (round(12_000 * math.sin(2 * math.pi * pitch * n / 24_000)) for n in range(round(24_000 * seconds)))
        out.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    mp3 = path.with_suffix(".mp3")
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(path), "-b:a", "64k", str(mp3)], check=True)
    return mp3.read_bytes()


def item(service: FakeService, start: datetime, content: bytes, seconds: float, title: str) -> ManifestItem:
    digest, length = sha256(content), Milliseconds(round(seconds * 1000))
    service.files[f"/audio/{digest}.mp3"] = content
    file = ManifestFile(digest, len(content), length, f"{service.url}/audio/{digest}.mp3")
    return ManifestItem(start, length, Kind.NEWS, title, file)


def manifest(sequence: int, *items: ManifestItem, silences: tuple[Silence, ...] = ()) -> Manifest:
    at = now()
    return Manifest("cat-ba", "Đài", sequence, at, at + timedelta(days=8), ALL_DAY, (), items, silences=silences)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[FakeService]:
    with fake_service() as service:
        home = Home(tmp_path / "receiver")
        trust = Trust("cat-ba", public(KEY))
        home.keep_identity(Identity("cat-ba-1", "cat-ba-1", service.url, "token", f"{service.url}/m", trust))
        service.answers["/api/status"] = lambda _: (200, {"now": now().isoformat()})
        service.answers["/api/play-reports"] = lambda said: (
            200,
            {"results": [{"id": one["id"], "result": "accepted"} for one in said]},
        )
        yield service


def loudest(tape: bytes, start: float, seconds: float, pitches: tuple[int, ...]) -> int:
    """Which of `pitches` is heard there; 0 where it is still."""
    samples = struct.unpack(f"<{round(seconds * RATE)}h", tape[2 * round(start * RATE) :][: 2 * round(seconds * RATE)])
    power = {
        pitch: abs(
            sum(
                one * complex(math.cos(angle), math.sin(angle))
                for n, one in enumerate(samples)
                for angle in [2 * math.pi * pitch * n / RATE]
            )
        )
        for pitch in pitches
    }
    best = max(power, key=lambda pitch: power[pitch])
    return best if power[best] > 1000 * len(samples) else 0


def test_what_is_heard_is_the_right_tone_at_the_right_second(tmp_path: Path, service: FakeService) -> None:
    folder, pitches = tmp_path / "receiver", (440, 880, 1320)
    sounds = [tone(tmp_path, pitch, 2) for pitch in pitches]
    origin = now() + timedelta(seconds=4)
    items = [item(service, origin + timedelta(seconds=2 * n), one, 2, f"Tin {n}") for n, one in enumerate(sounds)]
    last = item(service, origin + timedelta(seconds=9), sounds[0], 2, "Tin cuối")
    publish(service, manifest(1, *items, last), KEY)
    tape = tmp_path / f"{origin.timestamp()}.raw"
    tape.write_bytes(bytes(2 * RATE * 20))
    player = [sys.executable, str(Path(__file__).with_name("tape.py")), str(tape), get_ffmpeg_exe(), "{seek}", "{file}"]
    (folder / "receiver.toml").write_text(f"player = {json.dumps(player)}\n")

    process = running(folder)
    time.sleep((origin - now()).total_seconds() + 7)
    silence = Silence("s", now(), now() + timedelta(hours=1), "thử")
    publish(service, manifest(2, *items, last, silences=(silence,)), KEY)
    assert receiver(folder, "sync")[0] == 0
    time.sleep((origin - now()).total_seconds() + 11.5)
    process.terminate()
    process.wait(10)

    heard = tape.read_bytes()
    assert [loudest(heard, 2 * n + 0.7, 1.0, pitches) for n in range(3)] == list(pitches)
    begins = [
        next(n / 50 for n in range(100) if loudest(heard, 2 * place + n / 50, 0.02, (pitch,)))
        for place, pitch in enumerate(pitches)
    ]
    assert max(begins) < 0.7
    status = json.loads(receiver(folder, "status", "--json")[1])
    assert status["last_played"]["title"] == "Tin 2"


def test_what_sync_refuses_while_it_runs_is_in_the_status(tmp_path: Path, service: FakeService) -> None:
    folder = tmp_path / "receiver"
    (folder / "receiver.toml").write_text(f"player = {json.dumps(['sleep', '1'])}\n")
    publish(service, manifest(1), new_key())

    process = running(folder)
    for _ in range(100):
        time.sleep(0.1)
        faults = json.loads(receiver(folder, "status", "--json")[1])["faults"]
        if any("not signed by the service" in one for one in faults):
            break
    process.terminate()
    process.wait(10)

    assert any("not signed by the service" in one for one in faults)


@pytest.mark.parametrize("player", [MPV, FFPLAY], ids=lambda one: one[0])
def test_a_real_player_plays_as_long_as_it_should_and_can_be_stopped(tmp_path: Path, player: tuple[str, ...]) -> None:
    if not shutil.which(player[0]):
        pytest.skip(f"{player[0]} is not installed")
    arguments = [*player[:-1], "--ao=null", player[-1]] if player is MPV else list(player)
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    file = tmp_path / "tone.mp3"
    file.write_bytes(tone(tmp_path, 440, 3))

    begun = time.monotonic()
    sounding = start_player(arguments, str(file), timedelta(seconds=1), 80)
    while sounding.is_on() and time.monotonic() - begun < 10:
        time.sleep(0.02)
    took = time.monotonic() - begun
    again = start_player(arguments, str(file), timedelta(0), 80)
    time.sleep(0.5)
    again.stop()

    assert 1.5 < took < 4.5
    assert not again.is_on()


def test_enrol_sync_status_stop_in_words(tmp_path: Path, service: FakeService) -> None:
    folder = tmp_path / "receiver"
    sound = tone(tmp_path, 440, 2)
    publish(service, manifest(3, item(service, now() + timedelta(hours=1), sound, 2, "Tin chiều")), KEY)

    synced, stopped, status = (receiver(folder, *words) for words in (("sync",), ("stop", "--hours", "2"), ("status",)))
    ended, again = receiver(folder, "stop", "--end"), json.loads(receiver(folder, "status", "--json")[1])
    nobody, wrong = receiver(tmp_path / "new", "status"), receiver(folder, "stop", "--until", "25:00")

    assert synced[:2] == (0, "Manifest 3, 1 days; 1 sounds came, 0 are missing.\n")
    assert "STOPPED on the spot" in status[1]
    assert "Tin chiều" in status[1]
    assert (stopped[0], ended[0], again["stopped"], again["held_days"]) == (0, 0, False, 1)
    assert (nobody[0], "not enrolled" in nobody[2]) == (1, True)
    assert (wrong[0], "25:00" in wrong[2]) == (2, True)


def test_it_needs_the_standard_library_and_the_jws_library_alone(tmp_path: Path) -> None:
    code = """
import sys
allowed = sys.stdlib_module_names | {"broadcaster", "joserfc", "cryptography", "_cffi_backend", "cffi"}
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in allowed and not name.startswith("_sysconfigdata"):
            raise ImportError(name)
sys.meta_path.insert(0, Wall())
import broadcaster.receiver.command as command
for name in ("home", "due", "run", "sync", "service", "player", "log", "clock", "carrier", "enrolment"):
    __import__(f"broadcaster.receiver.{name}")
sys.exit(command.alone(["receiver", "--folder", sys.argv[1], "status"]))
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        check=False,
    )

    assert (run.returncode, "not enrolled" in run.stderr) == (1, True)


@pytest.mark.journey
def test_power_cuts_at_random_moments_lose_nothing_and_repeat_nothing(tmp_path: Path, service: FakeService) -> None:
    folder, chance = tmp_path / "receiver", random.Random(48)
    (folder / "receiver.toml").write_text(f"player = {json.dumps(['sleep', '0.8'])}\n")
    begin = now() + timedelta(seconds=2)
    items = [item(service, begin + timedelta(seconds=n), f"tin {n}".encode(), 0.8, f"Tin {n}") for n in range(90)]
    publish(service, manifest(1, *items), KEY)
    assert receiver(folder, "sync")[0] == 0

    cuts = 0
    while now() < items[-1].end + timedelta(seconds=1):
        process = running(folder)
        time.sleep(chance.uniform(0.05, 2.0))
        process.kill()
        process.communicate()
        cuts += 1
    process = running(folder)
    time.sleep(3)
    process.terminate()
    process.communicate()

    with sqlite3.connect(folder / "log.db") as log:
        rows: list[Any] = log.execute("SELECT title, outcome, answered FROM play ORDER BY item_start").fetchall()
        assert log.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert cuts > 20
    assert [row[0] for row in rows] == [one.title for one in items]
    assert {row[1] for row in rows} <= {"aired", "late", "partial", "missed"}
    assert sum(row[1] == "aired" for row in rows) > 5
    assert len(service.posted) > 0
