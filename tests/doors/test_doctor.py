"""The command doctor: each thing that may be missing or broken is found and told in a sentence; looking changes nothing."""

import sqlite3
import wave
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster.cli import doctor as door
from broadcaster.desk import doctor
from broadcaster.timekeeping import now
from tests.doors.command import Answer, broadcaster
from tests.small_workspace import a_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "xa")
    assert broadcaster("load", "--by", "Lan", within=folder).code == 0
    assert broadcaster("script", "submit", "guong", "--by", "Lan", within=folder).code == 0
    return folder


def told(workspace: Path, voices: str = '["espeak"]', ffmpeg: str = "") -> list[tuple[str, str, str]]:
    findings: list[dict[str, Any]] = broadcaster(
        "doctor", "--json", within=workspace, BROADCASTER_VOICES=voices, BROADCASTER_FFMPEG=ffmpeg
    ).json
    return [(one["weight"], one["kind"], one["place"]) for one in findings]


def the_sound(workspace: Path) -> Path:
    return next((workspace / "var" / "sound").glob("*.mp3"))


def test_all_is_well(workspace: Path) -> None:
    answer = broadcaster("doctor", within=workspace)

    assert (answer.code, answer.out.splitlines()) == (
        0,
        ["All is well: voices, ffmpeg, disk, database, record, recordings, sounds, days ahead, receivers and clock."],
    )


def test_looking_makes_no_data_folder(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "moi")

    assert broadcaster("doctor", within=folder).code == 0
    assert not (folder / "var").exists()


def test_where_there_is_no_workspace_a_sentence_says_so(tmp_path: Path) -> None:
    answer = broadcaster("doctor", within=tmp_path)

    assert (answer.code, "no workspace" in answer.err) == (2, True)


def test_a_lost_sound_is_found_and_made_anew(workspace: Path) -> None:
    the_sound(workspace).unlink()

    before = told(workspace)
    broadcaster("produce", within=workspace)

    assert [(weight, kind) for weight, kind, _ in before] == [("blocking", "sound")]
    assert told(workspace) == []


def test_one_damaged_byte_is_found(workspace: Path) -> None:
    path = the_sound(workspace)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    answer = broadcaster("doctor", within=workspace)

    assert answer.code == 1
    assert f"Its sound {path.name} is damaged." in answer.out


@pytest.mark.parametrize("place", [0, 4096])
def test_a_damaged_database_is_told_in_a_sentence(workspace: Path, place: int) -> None:
    path = workspace / "var" / "broadcaster.db"
    content = bytearray(path.read_bytes())
    content[place : place + 600] = b"\xa5" * 600
    path.write_bytes(content)

    answer = broadcaster("doctor", within=workspace)

    assert answer.code == 1
    assert "atabase" in answer.out
    assert "Traceback" not in answer.out + answer.err


def test_an_old_database_is_looked_at_and_stays_old(workspace: Path) -> None:
    path = workspace / "var" / "broadcaster.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")

    found = told(workspace)

    assert found == [("to-weigh", "database", "database")]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_database_of_a_newer_program_is_left_alone(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "var" / "broadcaster.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    looked, worked = broadcaster("doctor", within=workspace), broadcaster("produce", within=workspace)

    assert (looked.code, worked.code) == (1, 1)
    assert "9999" in looked.out
    assert "Use the newer program" in worked.err


def test_an_approval_changed_past_the_program_is_found(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "var" / "broadcaster.db")) as connection, connection:
        connection.execute("UPDATE approval_step SET by = 'Kẻ gian'")

    answer = broadcaster("doctor", within=workspace)

    assert answer.code == 1
    assert "entry 1 is changed (approval guong/" in answer.out


def test_a_lost_recording_is_found(workspace: Path, tmp_path: Path) -> None:
    spoken = tmp_path / "doc.wav"
    with wave.open(str(spoken), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        sound.writeframes(bytes([0, 32, 0, 224]) * 60_000)
    kept = workspace / "var" / "recordings"
    given = broadcaster("script", "record", "trao-hoc-bong", str(spoken), "--by", "Lan", within=workspace)
    assert given.code == 0, given.err
    next(kept.iterdir()).write_bytes(b"RIFF")

    assert ("blocking", "recording", "trao-hoc-bong (1)") in told(workspace)


def test_missing_voices_block_only_when_none_is_left(workspace: Path) -> None:
    assert told(workspace, voices='["fpt", "espeak"]') == [("to-weigh", "voice", "fpt")]
    assert told(workspace, voices='["fpt"]') == [("blocking", "voice", "fpt")]


def test_a_missing_ffmpeg_stops_no_other_check(workspace: Path) -> None:
    the_sound(workspace).unlink()

    found = told(workspace, ffmpeg=str(workspace / "không có"))

    assert [kind for _, kind, _ in found] == ["ffmpeg", "sound"]


@pytest.mark.parametrize(("free", "weight"), [(50_000_000, "blocking"), (500_000_000, "to-weigh")])
def test_a_disk_that_fills_is_told_before_it_is_full(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, free: int, weight: str
) -> None:
    monkeypatch.setattr(doctor, "free_room", lambda _: free)

    assert told(workspace) == [(weight, "disk", str(workspace / "var"))]


def test_a_clock_that_went_back_is_found(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "now", lambda: now() - timedelta(days=400))

    assert told(workspace) == [("blocking", "clock", "clock")]


def test_it_is_said_in_vietnamese(workspace: Path) -> None:
    the_sound(workspace).unlink()

    answer: Answer = broadcaster("doctor", within=workspace, BROADCASTER_LANGUAGE="vi")

    assert "PHẢI SỬA" in answer.out.upper()
