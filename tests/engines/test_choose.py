"""The engines by name: what is there, what is missing, and that nothing is loaded before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.engines import choose
from broadcaster.engines.choose import Presence, voice_named, what_is_there
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable, WrongUsage
from broadcaster.words import say


def test_what_is_there_tells_every_voice() -> None:
    assert what_is_there() == (
        Presence("espeak", True, True),
        Presence("gtts", False, True),
        Presence("silence", True, True),
    )


def test_a_voice_without_its_package_is_missing(monkeypatch: pytest.MonkeyPatch, ffmpeg: Ffmpeg) -> None:
    monkeypatch.setattr(choose, "find_spec", lambda name: None)
    missing = say(
        "The voice {name} needs the package {package}. Install it with pip, then try again.",
        name="gtts",
        package="gtts",
    )

    assert what_is_there(["gtts"]) == (Presence("gtts", False, False, missing),)
    with pytest.raises(Unavailable, match="needs the package gtts"):
        voice_named("gtts", ffmpeg)


def test_a_voice_nobody_has_is_refused(ffmpeg: Ffmpeg) -> None:
    with pytest.raises(WrongUsage, match="There is no voice “espaek”"):
        voice_named("espaek", ffmpeg)


def test_the_voices_are_loaded_only_when_they_speak() -> None:
    program = "import sys, broadcaster.engines.choose as c; c.what_is_there(); print(sorted({'gtts', 'requests', 'espeakng_loader'} & set(sys.modules)))"

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"
    assert said.stderr == ""
