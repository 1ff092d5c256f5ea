"""A storm: the real service and a real receiver, the server gone for days, an alert by stick, and the reports afterwards."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster.timekeeping import now
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
STATION = """
[[session]]
slug = "thu"
name = "Buổi thử"
start = {start}
minutes = 20
clock = "buoi-tin"
"""


def wait_for(what: Callable[[], Any], seconds: float = 30) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} seconds")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Place:
    """A workspace with its service on a port, and a receiver beside it."""

    def __init__(self, folder: Path):
        self.workspace, self.receiver, self.port = a_workspace(folder / "xa"), folder / "receiver", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {**os.environ, "BROADCASTER_LANGUAGE": "en", "BROADCASTER_PUBLIC_URL": self.url}

    def command(self, *words: object) -> Any:
        return broadcaster(*words, within=self.workspace, BROADCASTER_PUBLIC_URL=self.url)

    def start(self, *words: str, ready: Callable[[], Any]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self.running.append(process)
        wait_for(ready)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        words = ("broadcaster", "serve", "--workspace", str(self.workspace), "--port", str(self.port))
        return self.start(*words, ready=lambda: self.get("/readyz") == b"ok\n")

    def listen(self) -> subprocess.Popen[bytes]:
        words = ("broadcaster.receiver.command", "--folder", str(self.receiver), "run")
        return self.start(*words, ready=lambda: (self.receiver / "log.db").exists())

    def get(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                content: bytes = answer.read()
                return content
        except OSError:
            return b""

    def at_receiver(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "broadcaster.receiver.command", "--folder", str(self.receiver), *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def status(self) -> dict[str, Any]:
        said = self.at_receiver("status", "--json")
        found: dict[str, Any] = json.loads(said.stdout)
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    place.command("load", "--by", "Lan")
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        place.command("script", "submit", script, "--by", "Lan")
        assert place.command("script", "approve", script, "--by", "Bình").code == 0
    yield place
    for process in place.running:
        if process.poll() is None:
            process.kill()
            process.wait()


def an_alert(place: Place) -> dict[str, Any]:
    until = f"{now() + timedelta(hours=3):%Y-%m-%dT%H:%M}"
    words = (
        "--title",
        "Bão khẩn cấp",
        "--text",
        "Kính thưa bà con. Bão sắp vào.",
        "--until",
        until,
        "--every",
        "1",
        "--times",
        "1",
    )
    sent = place.command("alert", "send", "--everywhere", *words, "--by", "Lan")
    assert sent.code == 0, sent.err
    alert: dict[str, Any] = place.command("alert", "list", "--json").json[0]
    done = place.command("alert", "confirm", alert["id"], "--sound", alert["sound"][:12], "--by", "Bình")
    assert done.code == 0, done.err
    return alert


def test_a_storm_from_the_first_line_to_the_report(place: Place, tmp_path: Path) -> None:
    service = place.serve()
    line = place.command("station", "enrol", "cat-ba", "--by", "Lan").out.splitlines()[-1].split()
    enrolled = place.at_receiver("enrol", *line[3:])
    assert enrolled.returncode == 0, enrolled.stderr
    (place.receiver / "receiver.toml").write_text(f"player = {json.dumps(['sleep', '2'])}\n")
    synced = place.at_receiver("sync")
    assert synced.returncode == 0, synced.stderr
    radio = place.listen()

    # an alert over the network is heard within seconds, by the event stream
    begun = time.monotonic()
    first = an_alert(place)
    wait_for(lambda: (place.status()["last_played"] or {}).get("title") == "Bão khẩn cấp")
    took = time.monotonic() - begun
    assert took < 20

    # the server goes, the receiver stays; another alert comes by stick
    service.send_signal(signal.SIGTERM)
    service.wait(15)
    second = an_alert(place)
    packed = place.command("pack", "cat-ba", "--out", tmp_path / "usb", "--by", "Lan")
    assert packed.code == 0, packed.err
    taken = place.at_receiver("sync", "--from", str(tmp_path / "usb"))
    assert taken.returncode == 0, taken.stderr
    radio.kill()
    radio.wait()
    radio = place.listen()
    wait_for(lambda: place.status()["unsent_reports"] >= 1)

    # the server is back: everything is reported, and stands in the airings once
    place.serve()
    radio.kill()
    radio.wait()
    place.listen()
    wait_for(lambda: place.status()["unsent_reports"] == 0, 90)
    seen = place.command("station", "receivers", "--json").json
    assert seen[0]["last_seen"]
    day = f"{now():%Y-%m-%d}"
    airings = place.command("airings", "cat-ba", day, "--json").json
    alerts = [one["alert"] for one in airings if one["outcome"] == "unplanned"]
    assert sorted(set(alerts)) == sorted([first["id"], second["id"]])
    assert len(alerts) == 2
    assert place.command("doctor").code == 0

    # the stop button is heard within seconds
    place.command(
        "station",
        "silence",
        "cat-ba",
        "--until",
        f"{now() + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "--why",
        "quốc tang",
        "--by",
        "Lan",
    )
    manifest = place.receiver / "manifest.jws"
    before = manifest.read_bytes()
    place.command("station", "silence", "cat-ba", "--end", "--by", "Lan")
    wait_for(lambda: manifest.read_bytes() != before, 20)


def test_kill_9_of_the_service_in_the_middle_of_its_work(place: Place, tmp_path: Path) -> None:
    shutil.rmtree(place.workspace / "var" / "public", ignore_errors=True)
    words = ("broadcaster", "serve", "--workspace", str(place.workspace), "--port", str(place.port))
    for number in range(20):
        process = place.start(*words, ready=lambda: True)
        time.sleep(0.8 + number * 0.06)
        process.kill()
        process.wait()

    place.serve()

    assert place.command("doctor").code == 0
    assert json.loads(place.get("/stations/cat-ba/today.json"))["station"] == "cat-ba"
