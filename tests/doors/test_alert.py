"""The commands of the emergency: from a text to every receiver's manifest, and back to silence."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.publishing.manifest import Manifest, Trust, public, read
from broadcaster.timekeeping import now
from tests.doors.command import Answer, broadcaster
from tests.small_workspace import a_workspace

SEND = (
    "alert", "send", "--area", "cat-ba", "--title", "Bão khẩn cấp", "--text",
    "Kính thưa bà con. Bão sắp vào. Bà con ở trong nhà.", "--by", "Lan",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = a_workspace(tmp_path / "xa")
    assert broadcaster("load", "--by", "Lan", within=folder).code == 0
    return folder


def send(workspace: Path, *more: str) -> Answer:
    return broadcaster(*SEND, "--until", f"{now() + timedelta(hours=2):%Y-%m-%dT%H:%M}", *more, within=workspace)


def listed(workspace: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = broadcaster("alert", "list", "--json", within=workspace).json
    return found


def manifest(workspace: Path) -> Manifest:
    key = json.loads((workspace / "var" / "keys" / "signing.json").read_bytes())["key"]
    path = next((workspace / "var" / "public" / "stations").glob("*/manifest.jws"))
    return read(path.read_bytes(), Trust(path.parent.name, public(key)), now())[0]


def test_from_a_text_to_the_manifest_and_to_its_end(workspace: Path) -> None:
    sent = send(workspace)
    assert sent.code == 0, sent.err
    (alert,) = listed(workspace)

    alone = broadcaster(
        "alert", "confirm", alert["id"], "--sound", alert["sound"][:12], "--by", "Lan", within=workspace
    )
    unheard = broadcaster("alert", "confirm", alert["id"], "--by", "Bình", within=workspace)
    assert (alone.code, unheard.code) == (1, 1)
    done = broadcaster(
        "alert", "confirm", alert["id"], "--sound", alert["sound"][:12], "--by", "Bình", within=workspace
    )
    assert done.code == 0, done.err

    told = manifest(workspace)
    assert [(one.id, one.version, one.file.sha256) for one in told.alerts] == [(alert["id"], 1, alert["sound"])]
    public = workspace / "var" / "public"
    assert (public / "audio" / f"{alert['sound']}.mp3").stat().st_size == told.alerts[0].file.size
    assert [one["id"] for one in json.loads((public / "alerts" / "current.json").read_bytes())] == [alert["id"]]

    broadcaster("alert", "cancel", alert["id"], "--why", "bão tan", "--by", "Bình", within=workspace)

    after = manifest(workspace)
    assert (after.alerts, after.sequence > told.sequence) == ((), True)
    assert json.loads((public / "alerts" / "current.json").read_bytes()) == []
    assert broadcaster("doctor", within=workspace).code == 0


def test_an_alert_that_would_be_guessed_is_refused(workspace: Path) -> None:
    answer = broadcaster(*SEND[:6], "--text", "Gọi ZQX-88/ABZ", "--until", "23:59", "--by", "Lan", within=workspace)

    assert (answer.code, listed(workspace)) == (1, [])


def test_where_must_be_said(workspace: Path) -> None:
    nowhere = broadcaster(
        "alert", "send", "--title", "Bão", "--text", "Bão.", "--until", "23:59", "--by", "Lan", within=workspace
    )
    unknown = broadcaster(
        "alert",
        "send",
        "--title",
        "Bão",
        "--text",
        "Bão.",
        "--until",
        "23:59",
        "--area",
        "cat-b",
        "--by",
        "Lan",
        within=workspace,
    )

    assert (nowhere.code, unknown.code) == (2, 1)
    assert "cat-ba" in unknown.err


def test_an_area_is_silenced_and_sounds_again(workspace: Path) -> None:
    until = f"{now() + timedelta(hours=2):%Y-%m-%dT%H:%M}"

    given = broadcaster(
        "station", "silence", "cat-ba", "--until", until, "--why", "quốc tang", "--by", "Lan", within=workspace
    )
    assert given.code == 0, given.err
    (silence,) = manifest(workspace).silences
    ended = broadcaster("station", "silence", "cat-ba", "--end", "--by", "Lan", within=workspace)

    assert (silence.why, ended.code) == ("quốc tang", 0)
    assert manifest(workspace).silences == ()
    assert broadcaster("station", "silence", "cat-ba", "--end", "--by", "Lan", within=workspace).code == 1


def test_a_key_is_handed_over_and_a_stolen_one_left_behind(workspace: Path) -> None:
    send(workspace)
    broadcaster("key", "show", within=workspace)
    first = json.loads((workspace / "var" / "keys" / "signing.json").read_bytes())["key"]

    broadcaster("key", "rotate", "--by", "Lan", within=workspace)
    path = next((workspace / "var" / "public" / "stations").glob("*/manifest.jws"))
    followed = read(path.read_bytes(), Trust(path.parent.name, first), now())
    broadcaster("key", "revoke", "--by", "Lan", within=workspace)

    assert followed[0].station == path.parent.name
    with pytest.raises(Exception, match="not signed"):
        read(path.read_bytes(), followed[1], now())
    assert (workspace / "var" / "keys" / "signing.json").stat().st_mode & 0o077 == 0
