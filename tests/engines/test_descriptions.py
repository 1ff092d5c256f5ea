"""Services by description: what a table of the settings may say, and where a key may stand."""

from pathlib import Path
from typing import Any

import pytest

from broadcaster import settings
from broadcaster.engines.descriptions import BUILT_IN, described
from broadcaster.errors import WrongUsage
from broadcaster.settings import read_settings, service_key

XA: dict[str, Any] = {
    "url": "https://" + "example.invalid/noi",
    "headers": {"x-api-key": "{key}"},
    "json": {"text": "{text}", "code": "{voice}"},
    "voice": "nu",
}


def test_the_settings_know_the_services_that_are_described() -> None:
    assert set(settings.SERVICES) == set(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_built_in_descriptions_keep_their_own_rules(name: str) -> None:
    assert described({name: {}}) == dict(BUILT_IN)
    assert BUILT_IN[name].needs_key


def test_a_table_changes_the_fields_that_it_names() -> None:
    found = described({"fpt": {"voice": "leminh", "speed": "-1", "headers": {"format": "wav"}}})["fpt"]

    assert (found.voice, found.speed, found.at) == ("leminh", "-1", "async")
    assert found.headers == {**BUILT_IN["fpt"].headers, "format": "wav"}
    assert found.digest != BUILT_IN["fpt"].digest


def test_a_table_describes_another_service() -> None:
    found = described({"xa-toi": {**XA, "sound": "later", "at": "data.url", "failures": ["hong"]}})["xa-toi"]

    assert (found.name, found.needs_key, found.offline, found.failures) == ("xa-toi", True, False, ("hong",))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": "khoa"}, "key: a key stands in no file; put it into the environment"),
        ({"headers": {"x-api-key": "khoa"}}, "headers: a key stands in no file; write {key} in its place"),
        ({"json": {"text": "{text}", "token": "khoa"}}, "headers: a key stands in no file"),
        ({"query": {"k": "{key}"}}, "query: a key stands in no address"),
        ({"voise": "nu"}, "voise: there is no such field. Did you mean “voice”?"),
        ({"voice": 3}, "voice: this kind of value cannot stand here"),
        ({"longest": True}, "longest: this kind of value cannot stand here"),
        ({"longest": 5}, "longest: at least 20"),
        ({"pace": -1}, "pace: from 0 to 60"),
        ({"method": "PUT"}, "method: choose one of GET, POST"),
        ({"sound": "song"}, "sound: choose one of sound, address, later"),
        ({"sound": "address"}, "at: say where in the reply the address stands"),
        ({"url": "http://" + "example.invalid"}, "url: an address begins with https://"),
        ({"url": "https://" + "a:b@example.invalid"}, "url: an address begins with https://"),
        ({"ask": "http://" + "example.invalid/{id}"}, "url: an address begins with https://"),
        ({"raw": "{text}"}, "json: there is one body"),
        ({"json": {"text": "xin chào"}}, "json: nothing of the request holds {text}"),
        ({"json": {"app": "{app}"}}, "values: known are {key}, {speed}, {text}, {voice}"),
        ({"values": {"app": 7}}, "values: all of them are texts"),
        ({"headers": {"x-number": 7}}, "values: all of them are texts"),
    ],
)
def test_what_a_table_cannot_say_is_refused_with_its_place(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(WrongUsage) as wrong:
        described({"xa": {**XA, **changes}})

    assert str(wrong.value).startswith(f"broadcaster.toml [services.xa] {reason}")
    assert "khoa" not in str(wrong.value)


@pytest.mark.parametrize("name", ["Xa", "espeak", "x:a"])
def test_a_service_has_a_name_of_its_own(name: str) -> None:
    with pytest.raises(WrongUsage, match="the name of a service"):
        described({name: XA}, taken=("espeak",))


def test_a_key_comes_from_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broadcaster.toml").write_text("[services.xa-toi]\nvoice = 'nu'\n", "utf-8")
    monkeypatch.setenv("BROADCASTER_KEY_XA_TOI", " khoa-xa ")
    monkeypatch.setenv("BROADCASTER_KEY_FPT", "khoa-fpt")

    found = read_settings(tmp_path)

    assert found.services == {"xa-toi": {"voice": "nu"}}
    assert [service_key(name) for name in ("xa-toi", "fpt", "vbee")] == ["khoa-xa", "khoa-fpt", ""]
    assert "khoa" not in repr(found)


def test_the_key_of_a_service_that_nobody_described_is_a_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADCASTER_KEY_FTP", "khoa")

    with pytest.raises(
        WrongUsage, match=r"BROADCASTER_KEY_FTP, which is no setting. Did you mean “BROADCASTER_KEY_FPT”"
    ):
        read_settings(None)
