"""The whole way as a trial: from people's files to the published tree; twice is once, killed is completed, elsewhere is the same."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from broadcaster.files import sha256_of
from broadcaster.timekeeping import broadcast_day, now
from tests.doors.command import broadcaster
from tests.journeys.published_tree import wrongs
from tests.small_workspace import ROOT, a_workspace

FIRST = ("--from", "2020-09-28", "--days", "7", "--no-serve")


def tree(folder: Path) -> dict[str, str]:
    """Every published file by its path; the writer's own index aside."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".tree.json"
    }


def started(workspace: Path, *more: str, **environment: str) -> subprocess.Popen[bytes]:
    values = {key: value for key, value in os.environ.items() if not key.startswith("BROADCASTER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "broadcaster", "demo", *FIRST, *more],
        cwd=workspace,
        env={**values, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def seconds_to_begin(workspace: Path) -> float:
    """How long the program needs until it does anything: no kill before that could show anything."""
    begun = time.monotonic()
    with started(workspace, "--help") as running:
        running.communicate()
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tree of the small workspace's first week, made in one go."""
    workspace = a_workspace(tmp_path_factory.mktemp("undisturbed"))
    assert broadcaster("demo", *FIRST, within=workspace, BROADCASTER_LANGUAGE="vi").code == 0
    return tree(workspace / "var/trial/public")


def test_second_trial_touches_no_file(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    broadcaster("demo", *FIRST, within=workspace)
    before = {
        path: path.stat().st_mtime_ns
        for path in (workspace / "var/trial").rglob("*")
        if path.is_file() and "broadcaster.db" not in path.name
    }

    again = broadcaster("demo", *FIRST, within=workspace)

    after = {
        path: path.stat().st_mtime_ns
        for path in (workspace / "var/trial").rglob("*")
        if path.is_file() and "broadcaster.db" not in path.name
    }
    assert again.code == 0
    assert {path for path in after if before.get(path) != after[path]} <= {workspace / "var/trial/publish.lock"}


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_machine_in_another_zone_and_place_publishes_the_same_bytes(
    zone: str, tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    workspace = a_workspace(tmp_path)

    with started(workspace, TZ=zone, LC_ALL="C", PYTHONHASHSEED="7") as running:
        running.communicate()

    assert running.returncode == 0
    assert tree(workspace / "var/trial/public") == undisturbed


@pytest.mark.journey
def test_killed_at_any_moment_the_next_run_completes_it(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    workspace = a_workspace(tmp_path)
    moment, kills = seconds_to_begin(workspace), 0
    while True:
        with started(workspace) as running:
            deadline = time.monotonic() + moment
            while running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)  # the moment of the kill is the point of this test
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                kills += 1
            output = running.communicate()[0].decode()
        if running.returncode == 0:
            break
        assert running.returncode == -signal.SIGKILL, output
        moment += 0.05

    assert kills >= 5
    assert tree(workspace / "var/trial/public") == undisturbed
    assert not [path for path in workspace.rglob(".half-*") if "public" in path.parts]


def test_trial_folder_takes_no_real_work_and_a_real_one_no_trial(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    broadcaster("load", "--by", "Lan", within=workspace)

    refused = broadcaster("demo", *FIRST, "--data", workspace / "var", within=workspace)

    assert (refused.code, "real one" in refused.err) == (1, True)


def test_trial_marks_everything_that_it_makes(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    broadcaster("demo", *FIRST, within=workspace, BROADCASTER_LANGUAGE="vi")
    public = workspace / "var/trial/public"

    unmarked = [
        path.relative_to(public).as_posix()
        for path in public.rglob("*")
        if path.suffix in (".json", ".m3u", ".xspf", ".ics", ".xml", ".atom", ".html", ".vtt", ".txt", ".mp3")
        and not any(
            mark in path.read_bytes()
            for mark in ("duyệt thử".encode(), "duyệt thử".encode("utf-16-le"), b'"rehearsal": true')
        )
        and path.name not in ("404.html", ".tree.json", "stations.json")
        and path.read_bytes() != b"[]\n"
    ]

    assert unmarked == []


def test_withdrawn_script_leaves_the_days_to_come_without_a_release(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    column = workspace / "schedules/campaigns/guong-hieu-hoc.toml"
    column.write_text(column.read_text("utf-8").replace('weekdays = ["thu-2", "thu-6"]', ""), "utf-8")
    tomorrow = broadcast_day(now()) + timedelta(days=1)
    for words in (("load",), ("script", "submit", "guong"), ("release", "--from", tomorrow, "--days", "1")):
        assert broadcaster(*words, "--by", "Hoa", within=workspace).code == 0
        if words[1:2] == ("submit",):
            broadcaster("script", "approve", "guong", "--by", "Minh", within=workspace)
    broadcaster("publish", within=workspace)
    list_of_the_day = workspace / f"var/public/stations/cat-ba/{tomorrow}.m3u"
    before = list_of_the_day.read_text("utf-8")

    broadcaster("script", "withdraw", "guong", "--why", "sai", "--by", "Minh", within=workspace)
    broadcaster("publish", within=workspace)

    assert "Gương hiếu học" in before
    assert "Gương hiếu học" not in list_of_the_day.read_text("utf-8")


def test_transcript_holds_each_sentence_once_with_its_time(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    broadcaster("demo", *FIRST, within=workspace)

    lines = (workspace / "var/trial/public/bulletins/khuyen-hoc/transcript.vtt").read_text("utf-8").splitlines()

    assert [line for line in lines if line.endswith((".", "!")) and "WEBVTT" not in line][-3:] == [
        "Kính thưa bà con!",
        "Ngày 02/10 là Ngày Khuyến học Việt Nam.",
        "Mỗi gia đình dành 15 phút đọc sách cùng con.",
    ]
    assert sum("-->" in line for line in lines) == 3


def test_what_is_not_approved_reaches_nothing_that_is_published(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    column = workspace / "schedules/campaigns/guong-hieu-hoc.toml"
    column.write_text(column.read_text("utf-8").replace('weekdays = ["thu-2", "thu-6"]', ""), "utf-8")
    today = broadcast_day(now())
    for words in (
        ("load",),
        ("script", "submit", "khuyen-hoc", "guong", "loi-chao"),
        ("release", "--from", today - timedelta(days=2), "--days", "1"),
    ):
        assert broadcaster(*words, "--by", "Hoa", within=workspace).code == 0
    broadcaster("publish", within=workspace)
    before = tree(workspace / "var/public")

    approved = broadcaster("script", "approve", "guong", "--by", "Minh", within=workspace)
    broadcaster("release", "--from", today - timedelta(days=1), "--days", "1", "--by", "Minh", within=workspace)
    broadcaster("publish", within=workspace)

    after = tree(workspace / "var/public")
    assert approved.code == 0
    assert not [path for path in before if path.startswith("bulletins/")]
    assert {path.split("/")[1] for path in after if path.startswith("bulletins/")} == {"guong"}
    texts = b"".join(
        (workspace / "var/public" / path).read_bytes() for path in after if not path.endswith((".mp3", ".png"))
    ).decode()
    assert "Ở đâu có người ham học" in texts
    assert "Mỗi gia đình dành" not in texts  # submitted, and nobody approved it


@pytest.mark.journey
@pytest.mark.parametrize("first", ["2020-09-28", "2026-10-01"])
def test_shipped_workspace_publishes_a_whole_week(first: str, tmp_path: Path) -> None:
    answer = broadcaster(
        "demo",
        "--from",
        first,
        "--days",
        "7",
        "--no-serve",
        "--data",
        tmp_path / "trial",
        within=ROOT,
        BROADCASTER_LANGUAGE="vi",
    )

    assert (answer.code, [line for line in answer.out.splitlines() if "CHẶN" in line]) == (0, [])
    assert list(wrongs(tmp_path / "trial/public", date.fromisoformat(first), 7)) == []
