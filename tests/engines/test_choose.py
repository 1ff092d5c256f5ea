"""The engines by name: what is there, what is missing, and that nothing is loaded before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.engines import choose
from broadcaster.engines.choose import Presence, Shelf, presence_of, shelf_of, voice_named, what_is_there
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.errors import Unavailable, WrongUsage
from broadcaster.settings import Settings
from broadcaster.studio.speech import Utterance
from broadcaster.types import Milliseconds
from broadcaster.words import Sentence, say
from tests.engines.model import a_model

XA = {"url": "http://127.0.0.1:5002/noi", "json": {"text": "{text}"}, "offline": True}


def no_key(name: str) -> Sentence:
    return say(
        "The voice {name} needs a key from its service. Put it into the environment as {variable}.",
        name=name,
        variable=f"BROADCASTER_KEY_{name.upper()}",
    )


def test_what_is_there_tells_every_voice(tmp_path: Path) -> None:
    shelf = shelf_of(Settings(services={"xa": XA}), tmp_path)
    folder = tmp_path / "voices"
    no_model = say(
        "There is no such Piper model yet. Put {name}.onnx and {name}.onnx.json into {folder}; docs/operators.md says where to get them.",
        name="NAME",
        folder=folder,
    )

    assert what_is_there(shelf) == (
        Presence("espeak", True, True),
        Presence("piper", True, False, no_model),
        Presence("gtts", False, True),
        Presence("edge", False, True),
        Presence("edge:vi-VN-NamMinhNeural", False, True),
        Presence("silence", True, True),
        Presence("fpt", False, False, no_key("fpt")),
        Presence("viettel", False, False, no_key("viettel")),
        Presence("vbee", False, False, no_key("vbee")),
        Presence("xa", True, True),
    )


def test_each_model_of_the_folder_is_a_voice_and_a_half_one_says_what_is_missing(
    tmp_path: Path, ffmpeg: Ffmpeg
) -> None:
    shelf = Shelf(tmp_path)
    a_model(tmp_path, "vi-thu")
    a_model(tmp_path, "vi-nam").with_name("vi-nam.onnx.json").unlink()
    a_model(tmp_path, "vi-bac").unlink()

    models = [one for one in what_is_there(shelf) if one.name.startswith("piper")]

    assert [(one.name, one.is_ready) for one in models] == [
        ("piper:vi-bac", False),
        ("piper:vi-nam", False),
        ("piper:vi-thu", True),
    ]
    assert [str(one.missing) for one in models[:2]] == [
        f"The model vi-bac is half there. Put vi-bac.onnx into {tmp_path} too.",
        f"The model vi-nam is half there. Put vi-nam.onnx.json into {tmp_path} too.",
    ]
    voice = voice_named("piper:vi-thu", ffmpeg, shelf)
    assert next(voice.speak([Utterance("Xin chào", Milliseconds(0))])).pcm
    with pytest.raises(Unavailable, match="half there"):
        voice_named("piper:vi-nam", ffmpeg, shelf)


@pytest.mark.parametrize("name", ["piper", "piper:khong-co", "piper:../vi-thu"])
def test_a_model_that_is_not_in_the_folder_is_missing(tmp_path: Path, ffmpeg: Ffmpeg, name: str) -> None:
    a_model(tmp_path, "vi-thu")

    with pytest.raises(Unavailable, match="There is no such Piper model yet"):
        voice_named(name, ffmpeg, Shelf(tmp_path / "voices"))


def test_the_folder_is_in_the_data_folder_unless_the_settings_name_another(tmp_path: Path) -> None:
    assert shelf_of(Settings(), tmp_path).folder == tmp_path / "voices"
    assert shelf_of(Settings(voices_folder="/srv/voices"), tmp_path).folder == Path("/srv/voices")
    assert shelf_of(Settings(voices_folder="giong/piper"), tmp_path).folder == tmp_path / "giong" / "piper"
    assert shelf_of(Settings()).folder is None
    assert shelf_of(Settings(voices_folder="/srv/voices")).folder == Path("/srv/voices")


def test_a_voice_without_its_package_is_missing(monkeypatch: pytest.MonkeyPatch, ffmpeg: Ffmpeg) -> None:
    monkeypatch.setattr(choose, "find_spec", lambda name: None)

    names = ["gtts", "edge:vi-VN-NamMinhNeural", "piper:vi-thu"]

    assert [str(presence_of(name, Shelf()).missing) for name in names] == [
        "The voice gtts needs the package gtts. Install it with pip, then try again.",
        "The voice edge:vi-VN-NamMinhNeural needs the package edge-tts. Install it with pip, then try again.",
        "The voice piper:vi-thu needs the package piper-tts. Install it with pip, then try again.",
    ]
    with pytest.raises(Unavailable, match="needs the package gtts"):
        voice_named("gtts", ffmpeg)


@pytest.mark.parametrize(
    "name", ["espaek", "espeak:nu", "edge:en-US-EmmaNeural", "edge:", "piper:", "fpt:", "fpt:a b", "fpt:a\n", "xa", ""]
)
def test_a_voice_nobody_has_is_refused(ffmpeg: Ffmpeg, name: str) -> None:
    with pytest.raises(WrongUsage, match=f"There is no voice “{name}”. Choose one of espeak, piper, gtts, edge"):
        voice_named(name, ffmpeg)


def test_a_name_that_is_nearly_one_is_guessed(ffmpeg: Ffmpeg) -> None:
    with pytest.raises(WrongUsage, match="Did you mean “espeak”"):
        voice_named("espaek", ffmpeg)


def test_a_service_speaks_with_its_key_and_the_voice_that_is_named(ffmpeg: Ffmpeg) -> None:
    shelf = Shelf(key_of=lambda name: "khoa")

    southern = voice_named("fpt:lannhi", ffmpeg, shelf)

    assert (southern.name, southern.is_offline, southern.is_repeatable) == ("fpt:lannhi", False, False)
    assert southern.identity.startswith("fpt:lannhi, 0, ")
    with pytest.raises(Unavailable, match=r"vbee needs app_id. Write them into broadcaster.toml: \[services.vbee"):
        voice_named("vbee", ffmpeg, shelf)


def test_the_voices_are_loaded_only_when_they_speak() -> None:
    heavy = "{'gtts', 'requests', 'espeakng_loader', 'piper', 'onnxruntime', 'edge_tts', 'aiohttp'}"
    program = f"import sys, broadcaster.engines.choose as c; c.what_is_there(c.Shelf()); print(sorted({heavy} & set(sys.modules)))"

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"
    assert said.stderr == ""
