"""The service's part of `python3 run bench`: lists beside nginx, play reports, an alert to every manifest, many stations."""

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from broadcaster.delivery.receivers import Receiver
from broadcaster.desk import delivery, demo, emergency, newsroom, programme, publishing
from broadcaster.desk.delivery import enrol, use_code
from broadcaster.desk.desk import Desk
from broadcaster.desk.emergency import Draft
from broadcaster.files import sha256
from broadcaster.newsroom.approval import Move, State
from broadcaster.programme.emergency import AlertMove
from broadcaster.settings import read_settings
from broadcaster.store import programme as kept
from broadcaster.store.tables import Birth
from broadcaster.timekeeping import broadcast_day, now

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS, SECONDS = 32, 5
STATIONS = int(os.environ.get("BENCH_STATIONS", "332"))
"""Of the nation's 3,321, so that a bench ends within minutes; BENCH_STATIONS=3321 takes them all."""
Show = Callable[[str, str], None]
NGINX = """daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}} http {{ access_log off; types {{ application/json json; }} etag on; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen 127.0.0.1:{port}; root {root}; }} }}"""


def bench_lists(folder: Path, show: Show) -> None:
    """The same 4.5 kB list from us and from nginx, whole and as 304, one after the other in one run."""
    if not shutil.which("wrk") or not shutil.which("nginx"):
        show("lists a second", "wrk and nginx are needed and not installed")
        return
    root = folder / "tree"
    (root / "stations").mkdir(parents=True)
    (root / "stations" / "today.json").write_bytes(json.dumps({"x": "y" * 4480}).encode())
    ours, theirs = free_port(), free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=theirs, root=root))
    serve = f"from pathlib import Path; from broadcaster.web.serve import serve; serve(Path({str(root)!r}), '127.0.0.1', {ours})"
    commands = {
        "broadcaster": (ours, [sys.executable, "-c", serve]),
        "nginx": (theirs, ["nginx", "-c", str(folder / "nginx.conf")]),
    }
    for name, (port, command) in commands.items():
        with running(command, port) as process:
            url = f"http://127.0.0.1:{port}/stations/today.json"
            tag = subprocess.run(["curl", "-sI", url], capture_output=True, text=True, check=True).stdout
            etag = re.search(r"(?i)^etag: (.*)$", tag, re.MULTILINE)
            for what, header in (("lists", []), ("304s", ["-H", f"If-None-Match: {etag[1].strip() if etag else ''}"])):
                said = subprocess.run(
                    ["wrk", f"-c{CONNECTIONS}", "-t1", f"-d{SECONDS}", "--latency", *header, url],
                    capture_output=True, text=True, check=True,
                ).stdout  # fmt: skip
                rate, late = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+(\S+)", said)
                assert rate
                assert late
                memory = resident(process.pid)
                show(
                    f"{what} a second at {CONNECTIONS} connections, {name}",
                    f"{float(rate[1]):.0f}, p99 {late[1]}, {memory:.0f} MB",
                )


def bench_reports(folder: Path, show: Show) -> None:
    desk = Desk(ROOT, folder / "reports", read_settings(ROOT), lambda *_: None)
    with closing(desk):
        desk.database.born(Birth.REAL)
        station = next(iter(desk.workspace.stations.values()))
        cluster = station.clusters[0].slug
        code = (
            enrol(desk, station.slug, cluster, person=desk.person("a"), at=now()).command.split()[-1].partition(".")[0]
        )
        receiver = use_code(desk, code, at=now()).receiver
        batches = [a_batch(receiver, number) for number in range(50)]
        begun = time.perf_counter()
        for batch in batches:
            delivery.take_reports(desk, receiver, batch, at=now())
        took = time.perf_counter() - begun
    show("play reports accepted a second, batches of 200", f"{50 * 200 / took:.0f} (SQLite, synced, one process)")


def a_batch(receiver: Receiver, number: int) -> list[object]:
    start = now() - timedelta(hours=2)
    return [
        {
            "id": f"{number}:{one}",
            "station": receiver.station,
            "receiver": receiver.name,
            "item_start": (start + timedelta(seconds=one)).isoformat(),
            "sha256": sha256(str(one).encode()),
            "started_at": start.isoformat(),
            "ended_at": (start + timedelta(seconds=30)).isoformat(),
            "outcome": "aired",
        }
        for one in range(200)
    ]


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def approve_all(desk: Desk, days: Sequence[date], at: datetime) -> None:
    """Every loaded script that may air on one of `days`, submitted and approved."""
    standings = newsroom.standings(desk)
    drafts = [one.newest.script.id for one in standings if any(one.newest.script.may_air_on(day) for day in days)]
    newsroom.submit_all(desk, drafts, person=desk.person(demo.EDITOR), at=at, days=days[:1])
    for one in newsroom.standings(desk):
        if one.state is State.SUBMITTED:
            newsroom.move(desk, one.newest.script.id, Move.APPROVE, person=desk.person(demo.APPROVER), at=at)


def bench_nation(folder: Path, show: Show) -> None:
    """Many stations: release and publish a week, one changed item, one alert to all manifests."""
    root = folder / "nation"
    for part in ("content", "schedules"):
        shutil.copytree(ROOT / part, root / part)
    model = (root / "schedules" / "stations" / "cat-ba.toml").read_text("utf-8")
    for path in (root / "schedules" / "stations").glob("*.toml"):
        path.unlink()
    for number in range(STATIONS):
        (root / "schedules" / "stations" / f"dai-{number}.toml").write_text(model, "utf-8")
    desk = Desk(root, folder / "nation-data", read_settings(root), lambda *_: None)
    with closing(desk):
        desk.database.born(Birth.REAL)
        at, first = now(), broadcast_day(now())
        newsroom.load(desk, person=desk.person(demo.EDITOR), at=at)
        approve_all(desk, [first], at)
        programme.arrange(desk, first, 1, at=at, stations=["dai-0"])
        person, begun = desk.person("a"), time.perf_counter()
        programme.release(desk, first, 7, person=person, at=at)
        released = time.perf_counter()
        publishing.publish(desk, desk.public_folder, moment=at)
        published = time.perf_counter()
        show(
            f"build, release and publish {STATIONS} stations × 7 days",
            f"{released - begun:.0f} + {published - released:.0f} s = {(published - begun) / STATIONS / 7 * 1000:.1f} ms a station-day",
        )
        show_one_change(desk, first, at, show)
        draft = Draft("Bão", "Bão sắp vào.", (), at + timedelta(hours=3))
        sent = emergency.send(desk, draft, person=person, at=at)
        begun = time.perf_counter()
        emergency.move(
            desk, sent.alert.id, AlertMove.CONFIRM, person=desk.person("b"), at=now(), heard=sent.alert.sound
        )
        took = time.perf_counter() - begun
        show(
            f"alert confirmed to alert in every manifest of {STATIONS}",
            f"{took:.1f} s = {took / STATIONS * 1000:.1f} ms a station",
        )
    most = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    show("most memory of this process, and of one that it started", f"{most[0]:.0f} MB, {most[1]:.0f} MB")


def show_one_change(desk: Desk, first: date, at: datetime, show: Show) -> None:
    """One item of one station's day released otherwise, and published as the service does it."""
    day = first + timedelta(days=1)
    held = programme.released_days(desk, "dai-1", day, 1)[day]
    changed = replace(held, sessions=tuple(replace(one, items=one.items[:-1]) for one in held.sessions))
    with desk.database.writing() as session:
        kept.add_release(session, [kept.kept_day(changed, ())], by="a", account="a", at=at)
    begun = time.perf_counter()
    publishing.publish(desk, desk.public_folder, moment=at, is_quick=True)
    quick = time.perf_counter()
    publishing.publish(desk, desk.public_folder, moment=at)
    show(
        f"one changed day among {STATIONS} stations, published",
        f"{quick - begun:.2f} s; nothing changed, every file looked at: {time.perf_counter() - quick:.1f} s",
    )


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def resident(pid: int) -> float:
    """Megabytes that a process and its children hold."""
    pids = [
        pid,
        *map(
            int, subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
        ),
    ]
    return sum(
        int(found[1]) / 1024
        for one in pids
        if (found := re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text()))
    )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
