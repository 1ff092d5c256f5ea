"""A voice that fails: the next of the list speaks the whole bulletin, it is said everywhere, and the preferred one comes back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from broadcaster.desk import sounds
from broadcaster.desk.desk import Desk
from broadcaster.engines import gtts
from broadcaster.engines.silence import SilentVoice
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.words import say
from tests.doors.command import Answer, broadcaster
from tests.small_workspace import a_workspace

VOICES = '["gtts", "espeak"]'


class FarVoice(SilentVoice):
    """Google's voice as it is met: at times away."""

    name, identity, is_offline = "gtts", "gtts 9", False
    is_away = True
    asked = 0

    def __init__(self, *_: object) -> None:
        """Whatever the real one takes."""

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[Piece]:
        FarVoice.asked += 1
        if self.is_away:
            raise Unavailable(say("The network is away."))
        return super().speak(utterances)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gtts, "GttsVoice", FarVoice)
    monkeypatch.setattr(FarVoice, "is_away", True)
    monkeypatch.setattr(FarVoice, "asked", 0)
    folder = a_workspace(tmp_path / "xa")
    assert broadcaster("load", "--by", "Lan", within=folder).code == 0
    return folder


def asked(workspace: Path, *words: object) -> Answer:
    return broadcaster(*words, within=workspace, BROADCASTER_VOICES=VOICES)


def sound_of(workspace: Path, script: str) -> dict[str, Any]:
    sound: dict[str, Any] = asked(workspace, "script", "show", script, "--json").json["sound"]
    return sound


def test_a_stand_in_speaks_all_and_says_why(workspace: Path) -> None:
    asked(workspace, "script", "submit", "guong", "--by", "Lan")

    shown = asked(workspace, "script", "show", "guong")
    sound = sound_of(workspace, "guong")

    assert sound["voice"].startswith("espeak-ng")
    assert sound["stood_in"] == "The network is away."
    assert "A stand-in voice spoke: The network is away." in shown.out


def test_a_stand_in_does_not_speak_again_while_the_preferred_voice_is_away(workspace: Path) -> None:
    first = asked(workspace, "produce", "--json").json
    files = {path: path.stat().st_mtime_ns for path in (workspace / "var" / "sound").iterdir()}

    again = asked(workspace, "produce", "--json").json

    assert first["made"] == ["guong", "khuyen-hoc", "trao-hoc-bong"]
    assert again["made"] == []
    assert {path: path.stat().st_mtime_ns for path in (workspace / "var" / "sound").iterdir()} == files


def test_a_voice_that_fails_in_a_row_is_not_waited_for(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    asked(workspace, "produce")

    assert FarVoice.asked == 2


def test_a_voice_rests_for_the_whole_run(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    asked(workspace, "script", "submit", "guong", "--by", "Lan")
    monkeypatch.setattr(FarVoice, "asked", 0)

    asked(workspace, "produce")

    assert FarVoice.asked == 2


def test_drafts_are_made_anew_when_the_preferred_voice_is_back(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(workspace, "produce")
    monkeypatch.setattr(FarVoice, "is_away", False)

    made = asked(workspace, "produce", "--json").json["made"]
    asked(workspace, "script", "submit", "guong", "--by", "Lan")

    assert made == ["guong", "khuyen-hoc", "trao-hoc-bong"]
    assert (sound_of(workspace, "guong")["voice"], sound_of(workspace, "guong")["stood_in"]) == ("gtts 9", "")


def test_what_is_submitted_is_renewed_and_must_be_heard_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(workspace, "script", "submit", "guong", "--by", "Lan")
    heard = sound_of(workspace, "guong")["sha256"]
    monkeypatch.setattr(FarVoice, "is_away", False)

    made = asked(workspace, "produce", "guong", "--json").json["made"]
    new = sound_of(workspace, "guong")
    unheard = asked(workspace, "script", "approve", "guong", "--by", "Minh")
    old = asked(workspace, "script", "approve", "guong", "--by", "Minh", "--sound", heard[:12])
    approved = asked(workspace, "script", "approve", "guong", "--by", "Minh", "--sound", new["sha256"][:12])
    steps = asked(workspace, "script", "show", "guong", "--json").json["steps"]

    assert made == ["guong"]
    assert (new["voice"], new["stood_in"]) == ("gtts 9", "")
    assert [unheard.code, old.code, approved.code] == [1, 1, 0]
    assert f"approve it with --sound {new['sha256'][:12]}" in unheard.err
    assert [step["move"] for step in steps] == ["submit", "renew", "approve"]


def test_what_is_approved_stays_as_it_was_heard(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(workspace, "script", "submit", "guong", "--by", "Lan")
    asked(workspace, "script", "approve", "guong", "--by", "Minh")
    before = sound_of(workspace, "guong")
    monkeypatch.setattr(FarVoice, "is_away", False)

    made = asked(workspace, "produce", "guong", "--json").json["made"]

    assert made == []
    assert sound_of(workspace, "guong") == before


def test_lost_sound_of_a_stand_in_is_made_exactly_as_it_was(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(workspace, "script", "submit", "guong", "--by", "Lan")
    asked(workspace, "script", "approve", "guong", "--by", "Minh")
    before = sound_of(workspace, "guong")
    (workspace / "var" / "sound" / f"{before['sha256']}.mp3").unlink()
    monkeypatch.setattr(FarVoice, "is_away", False)

    made = asked(workspace, "produce", "guong", "--json").json["made"]

    assert made == ["guong"]
    assert sound_of(workspace, "guong") == before
    assert (workspace / "var" / "sound" / f"{before['sha256']}.mp3").exists()


def test_the_station_chooses_the_voice_of_what_it_alone_airs(workspace: Path) -> None:
    station = workspace / "schedules" / "stations" / "cat-ba.toml"
    station.write_text('voices = ["silence"]\n' + station.read_text("utf-8"), "utf-8")

    asked(workspace, "script", "submit", "guong", "--by", "Lan")

    assert sound_of(workspace, "guong")["voice"] == "silence 1"


def test_what_was_approved_in_between_is_not_renewed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(workspace, "script", "submit", "guong", "--by", "Lan")
    before = sound_of(workspace, "guong")
    monkeypatch.setattr(FarVoice, "is_away", False)
    make = sounds.make_all

    def slowly(desk: Desk, *order: Any) -> Any:
        made = make(desk, *order)
        if order[1] and order[1][0].recipe.voice == "gtts 9":
            asked(workspace, "script", "approve", "guong", "--by", "Minh")
        return made

    monkeypatch.setattr(sounds, "make_all", slowly)
    produced = asked(workspace, "produce", "guong", "--json")

    assert (produced.code, produced.json["made"]) == (0, [])
    assert sound_of(workspace, "guong") == before
    assert asked(workspace, "script", "list", "--state", "approved", "--json").json[0]["id"] == "guong"


def test_only_an_approval_names_the_sound(workspace: Path) -> None:
    answer = asked(workspace, "script", "return", "guong", "--why", "ngắn quá", "--sound", "0" * 12, "--by", "Minh")

    assert answer.code == 2
