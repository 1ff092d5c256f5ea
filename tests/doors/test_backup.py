"""Backup and restore, retention, and the set for a stick: what cannot be made again comes back whole, or not at all."""

import io
import json
import os
import random
import shutil
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.desk import backup as verbs
from broadcaster.desk import emergency, retention
from broadcaster.desk.desk import opened
from broadcaster.desk.keeping import night
from broadcaster.desk.manifests import newest
from broadcaster.publishing.manifest import Trust, public, read
from broadcaster.receiver.home import Home, Identity
from broadcaster.receiver.sync import sync_from
from broadcaster.settings import Settings
from broadcaster.timekeeping import now
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "xa")
    broadcaster("load", "--by", "Lan", within=folder)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "submit", script, "--by", "Lan", within=folder)
        broadcaster("script", "approve", script, "--by", "Bình", within=folder)
    assert broadcaster("release", "--by", "Bình", within=folder).code == 0
    assert broadcaster("publish", within=folder).code == 0
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".tree.json"
    }


def test_an_empty_machine_publishes_the_same_tree(workspace: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "dai.backup", tmp_path / "new"
    elsewhere.mkdir()
    before = tree(workspace / "var" / "public")

    made = broadcaster("backup", file, "--by", "Lan", within=workspace)
    restored = broadcaster("restore", file, "--workspace", elsewhere, "--by", "Lan", within=elsewhere)
    broadcaster("publish", within=elsewhere)

    assert (made.code, restored.code) == (0, 0), made.err + restored.err
    assert file.stat().st_mode & 0o077 == 0
    assert (elsewhere / "var" / "keys" / "signing.json").stat().st_mode & 0o077 == 0
    assert tree(elsewhere / "var" / "public") == before
    assert broadcaster("doctor", within=elsewhere).code == 0
    assert (
        broadcaster("script", "list", "--json", within=elsewhere).json
        == broadcaster("script", "list", "--json", within=workspace).json
    )


def test_numbers_given_out_after_an_old_backup_came_back_are_higher(workspace: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "dai.backup", tmp_path / "new"
    elsewhere.mkdir()
    broadcaster("backup", file, "--by", "Lan", within=workspace)
    later = now() + timedelta(hours=1)
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        for number in range(5):  # receivers have seen these
            until = later + timedelta(hours=number + 1)
            emergency.silence(desk, "cat-ba", until, "thử", person=desk.person("Lan"), at=later)
        before = newest(desk)["cat-ba"]
    broadcaster("restore", file, "--workspace", elsewhere, "--by", "Lan", within=elsewhere)

    with opened(elsewhere, elsewhere / "var", Settings(), lambda *_: None) as desk:
        at = later + timedelta(minutes=10)
        emergency.silence(desk, "cat-ba", at + timedelta(hours=1), "thử", person=desk.person("Lan"), at=at)

        assert newest(desk)["cat-ba"] > before


def test_nothing_is_restored_over_something(workspace: Path, tmp_path: Path) -> None:
    broadcaster("backup", tmp_path / "dai.backup", "--by", "Lan", within=workspace)
    before = tree(workspace / "var")

    answer = broadcaster("restore", tmp_path / "dai.backup", "--by", "Lan", within=workspace)

    assert (answer.code, "is not empty" in answer.err) == (1, True)
    assert tree(workspace / "var") == before


def renamed(name: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with tarfile.open(path, "a") as tar:
            info = tarfile.TarInfo(name)
            info.size = 3
            tar.addfile(info, io.BytesIO(b"abc"))

    return change


def linked(path: Path) -> None:
    with tarfile.open(path, "a") as tar:
        info = tarfile.TarInfo("workspace/content/x")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    content, chance = bytearray(path.read_bytes()), random.Random(4)
    for _ in range(400):
        content[chance.randrange(len(content))] ^= 255
    path.write_bytes(content)


@pytest.mark.parametrize(
    "change",
    [
        renamed("../out"), renamed("/etc/x"), renamed("data/sound/../../x"), renamed("data/broadcaster.db"),
        renamed(f"data/sound/{'0' * 64}.mp3"), linked, cut, scrambled,
        lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"<html>"),
    ],
)  # fmt: skip
def test_a_damaged_or_hostile_backup_leaves_nothing(
    workspace: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    file, elsewhere = tmp_path / "dai.backup", tmp_path / "new"
    broadcaster("backup", file, "--by", "Lan", within=workspace)
    change(file)
    elsewhere.mkdir()

    answer = broadcaster("restore", file, "--workspace", elsewhere, "--by", "Lan", within=elsewhere)

    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_the_nights_backups_are_kept_for_two_weeks(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    with opened(workspace, workspace / "var", Settings(backups=str(folder)), lambda *_: None) as desk:
        for number in range(20):
            said = night(desk, now() + timedelta(days=number), "a")
        again = verbs.nightly(desk, now() + timedelta(days=19))

    assert any("backup" in str(one) for one in said)
    assert isinstance(again, verbs.Backed)
    assert len(list(folder.iterdir())) == verbs.KEEPS


def test_old_sound_that_nothing_needs_is_let_go_of(workspace: Path) -> None:
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        old = desk.sound_folder / f"{'e' * 64}.mp3"
        old.write_bytes(b"old")
        sounds = set(desk.sound_folder.glob("*.mp3"))
        for path in sounds:
            os.utime(path, (1, 1))

        tried, gone, again = (retention.let_go(desk, now(), is_dry=dry) for dry in (True, False, False))

    assert tried == gone >= 1
    assert again == 0
    assert not old.exists()
    assert broadcaster("doctor", within=workspace).code == 0
    assert "0 files changed" in broadcaster("publish", within=workspace).out


def test_the_set_for_a_stick_is_taken_by_a_receiver(workspace: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"

    packed = broadcaster("pack", "cat-ba", "--out", stick, "--by", "Lan", within=workspace)
    again = broadcaster("pack", "cat-ba", "--out", stick, "--by", "Lan", within=workspace)

    assert (packed.code, again.code) == (0, 0), packed.err
    key = json.loads((workspace / "var" / "keys" / "signing.json").read_bytes())["key"]
    trust = Trust("cat-ba", public(key))
    manifest, _ = read((stick / "manifest.jws").read_bytes(), trust, now())
    home = Home(tmp_path / "receiver")
    home.keep_identity(Identity("r", "c", "http://127.0.0.1:9", "t", "http://127.0.0.1:9/m", trust))
    done = sync_from(home, stick, now())
    assert ([str(one) for one in done.faults], done.missing) == ([], 0)
    assert home.manifest(home.identity(), now()).days == manifest.days != ()
    assert home.manifest(home.identity(), now()).items
    assert "<table>" in (stick / "run-sheet.html").read_text("utf-8")
    lists = [line for path in stick.glob("*.m3u") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
    assert lists
    assert all((stick / line).exists() for line in lists)


def test_packing_without_sound_says_what_to_do(workspace: Path, tmp_path: Path) -> None:
    shutil.rmtree(workspace / "var" / "sound")

    answer = broadcaster("pack", "cat-ba", "--out", tmp_path / "usb", "--by", "Lan", within=workspace)

    assert (answer.code, "broadcaster produce" in answer.err) == (1, True)


def test_a_reminder_when_a_report_is_due(workspace: Path) -> None:
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as desk:
        plan = next(iter(desk.workspace.plans.values()))
        at = now().replace(year=plan.report_before.year, month=plan.report_before.month, day=1)

        said = [str(one) for one in night(desk, at, "a")]

    assert any("report is due before" in one for one in said)
