"""A voice of a service on the network: each shape of answer, and every failure that a service can play."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests

from broadcaster.engines import remote
from broadcaster.engines.descriptions import BUILT_IN, Service, Shape
from broadcaster.engines.ffmpeg import Ffmpeg
from broadcaster.engines.remote import BACK_OFF
from broadcaster.engines.service import POLLS, ServiceVoice
from broadcaster.errors import Unavailable
from broadcaster.studio.speech import Piece, Utterance
from broadcaster.types import Milliseconds
from tests.engines.counter import Counter, counter

TEXT = "Mỗi người dân hãy cùng nhau đọc sách."
KEY = "khoa-bi-mat-123"
ELSEWHERE = "https://" + "example.invalid/noi.mp3"


@pytest.fixture
def played() -> Iterator[Counter]:
    with counter() as server:
        yield server


class Spoken:
    """One voice in a test: its service changed as the test needs it, its waits written down."""

    def __init__(self, ffmpeg: Ffmpeg, service: Service, **changes: Any):
        self.waits: list[float] = []
        patience = changes.pop("patience", (2.0, 2.0))
        self.voice = ServiceVoice(replace(service, **changes), KEY, ffmpeg, sleep=self.waits.append, patience=patience)

    def __call__(self, text: str = TEXT) -> list[Piece]:
        return list(self.voice.speak([Utterance(text, Milliseconds(200))]))


def plain(played: Counter, **changes: Any) -> Service:
    """A service that answers with the sound itself."""
    values: dict[str, Any] = {
        "url": f"{played.address}/noi",
        "voice": "nu",
        "speed": 1.0,
        "headers": {"api-key": "{key}"},
        "json": {"text": "{text}", "voice": {"code": "{voice}", "speed": "{speed}"}, "format": "mp3"},
        "message": "error.message",
    }
    return Service("xa", **values | changes)


def length(pieces: list[Piece]) -> float:
    return round(sum(len(piece.pcm) for piece in pieces) / 2 / 44_100, 1)


def test_the_sound_in_the_reply(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [small_mp3]
    spoken = Spoken(ffmpeg, plain(played))

    pieces = spoken()

    [asked] = played.asked
    assert length(pieces) == 2.4
    assert spoken.waits == [1.0]
    assert (asked.method, asked.path, asked.headers["api-key"]) == ("POST", "/noi", KEY)
    assert asked.body == f'{{"text": "{TEXT}", "voice": {{"code": "nu", "speed": 1.0}}, "format": "mp3"}}'


def test_the_text_in_the_address(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [small_mp3]

    Spoken(ffmpeg, plain(played, method="GET", json={}, query={"q": "{text}", "v": "{voice}"}))("Xin chào các bạn")

    assert (played.asked[0].method, played.asked[0].body) == ("GET", "")
    assert played.asked[0].path == "/noi?q=Xin+ch%C3%A0o+c%C3%A1c+b%E1%BA%A1n&v=nu"


def test_an_address_in_the_reply(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [{"data": [{"url": f"{played.address}/1.mp3"}]}, small_mp3]

    pieces = Spoken(ffmpeg, plain(played, sound=Shape.ADDRESS, at="data.0.url"))()

    assert length(pieces) == 2.4
    assert [asked.path for asked in played.asked] == ["/noi", "/1.mp3"]
    assert "api-key" not in played.asked[1].headers


def test_an_address_that_fills_later_as_fpt_has_it(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [{"error": 0, "async": f"{played.address}/1.mp3"}, 404, 403, 503, b"", small_mp3]
    spoken = Spoken(ffmpeg, BUILT_IN["fpt"], url=f"{played.address}/hmi/tts/v5")

    pieces = spoken()

    order = played.asked[0]
    assert length(pieces) == 2.4
    assert order.body == TEXT
    assert [order.headers[name] for name in ("api_key", "voice", "speed", "format")] == [KEY, "banmai", "0", "mp3"]
    assert spoken.waits == [1.0, *POLLS[:5]]


def test_an_order_that_is_asked_after_as_vbee_has_it(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [
        {"status": 1, "result": {"request_id": "a/1", "status": "IN_PROGRESS"}},
        {"status": 1, "result": {"status": "IN_PROGRESS", "progress": 40}},
        {"status": 1, "result": {"status": "SUCCESS", "audio_link": f"{played.address}/1.mp3"}},
        small_mp3,
    ]
    changes = {
        "url": f"{played.address}/tts",
        "ask": f"{played.address}/tts/{{result.request_id}}",
        "values": {"app_id": "so-7"},
    }

    pieces = Spoken(ffmpeg, BUILT_IN["vbee"], **changes)()

    assert length(pieces) == 2.4
    assert [asked.path for asked in played.asked] == ["/tts", "/tts/a%2F1", "/tts/a%2F1", "/1.mp3"]
    assert [asked.headers.get("Authorization") for asked in played.asked] == [f"Bearer {KEY}"] * 3 + [None]
    assert '"app_id": "so-7"' in played.asked[0].body


def test_viettel_gets_a_number_for_its_speed_and_the_key_in_the_body(
    ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes
) -> None:
    played.acts = [small_mp3]

    Spoken(ffmpeg, BUILT_IN["viettel"], url=f"{played.address}/tts")()

    assert '"speed": 1.0' in played.asked[0].body
    assert f'"token": "{KEY}"' in played.asked[0].body


def test_another_voice_of_the_same_service(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    service = replace(BUILT_IN["viettel"], url=f"{played.address}/tts")
    other = ServiceVoice(service, KEY, ffmpeg, "hcm-minhquan", sleep=lambda seconds: None)
    played.acts = [small_mp3]

    list(other.speak([Utterance(TEXT, Milliseconds(0))]))

    assert other.name == "viettel:hcm-minhquan"
    assert other.identity.startswith("viettel:hcm-minhquan, 1.0, ")
    assert other.identity != ServiceVoice(service, KEY, ffmpeg).identity
    assert '"voice": "hcm-minhquan"' in played.asked[0].body


def test_the_identity_tells_other_settings_apart_and_not_other_keys(ffmpeg: Ffmpeg) -> None:
    fpt = BUILT_IN["fpt"]
    changed = [fpt, replace(fpt, speed="-1"), replace(fpt, headers={**fpt.headers, "format": "wav"})]

    assert len({ServiceVoice(one, KEY, ffmpeg).identity for one in changed}) == 3
    assert ServiceVoice(fpt, "mot", ffmpeg).identity == ServiceVoice(fpt, "hai", ffmpeg).identity


def test_a_long_utterance_goes_in_clauses(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [small_mp3] * 2
    text = "Mỗi người dân hãy cùng nhau đọc sách, mỗi gia đình hãy có một tủ sách."

    pieces = Spoken(ffmpeg, plain(played, longest=40))(text)

    assert len(pieces) == 1
    assert length(pieces) == 4.8
    assert ["đọc sách," in asked.body for asked in played.asked] == [True, False]


@pytest.mark.parametrize("failure", [429, 500, 503, "cut"])
def test_a_passing_failure_is_tried_again(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes, failure: Any) -> None:
    played.acts = [failure, failure, small_mp3]
    spoken = Spoken(ffmpeg, plain(played))

    assert length(spoken()) == 2.4
    assert spoken.waits == [*BACK_OFF[:2], 1.0]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(429, "it answered 429"), (500, "it answered 500"), ("cut", "no connection"), ("hang", "no connection")],
)
def test_a_lasting_failure_is_given_up(ffmpeg: Ffmpeg, played: Counter, failure: Any, reason: str) -> None:
    played.acts = [failure] * 9
    spoken = Spoken(ffmpeg, plain(played), patience=(0.2, 0.2))

    with pytest.raises(Unavailable, match=f"The voice xa failed at “{TEXT}”: {reason}"):
        spoken()

    assert spoken.waits == list(BACK_OFF)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "its answer holds no sound"),
        (b"<html>Sorry</html>", "its answer holds no sound"),
        (b"#EXTM3U", "its answer holds no sound"),
        ({"error": {"message": f"wrong\nkey {KEY}"}}, "its answer holds no sound, but “wrong key …”"),
        (b"ID3 but no MP3", "its sound cannot be decoded"),
        (401, r"it did not accept the key \(401\)"),
        (404, "it answered 404"),
        (">" + ELSEWHERE, "it answered 302"),
    ],
)
def test_an_answer_without_speech_is_no_speech(ffmpeg: Ffmpeg, played: Counter, answer: Any, reason: str) -> None:
    played.acts = [answer]

    with pytest.raises(Unavailable, match=reason) as failed:
        Spoken(ffmpeg, plain(played))()

    assert len(played.asked) == 1
    assert KEY not in str(failed.value)


def test_half_of_a_sound_is_refused(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    played.acts = [small_mp3[: len(small_mp3) // 12]]

    with pytest.raises(Unavailable, match="cannot be right"):
        Spoken(ffmpeg, plain(played))()


def test_a_body_that_drips_is_not_waited_for(ffmpeg: Ffmpeg, played: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    played.acts = ["drip"]
    request = requests.Request("GET", f"{played.address}/1.mp3").prepare()

    with requests.Session() as session, pytest.raises(remote.Failed, match="no connection"):
        remote.answered(session, request, (2.0, 2.0), longest=0.2)


def test_an_answer_that_is_too_large_is_not_read_to_its_end(
    ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "LARGEST_ANSWER", 5_000)
    played.acts = [small_mp3]

    with pytest.raises(Unavailable, match="its answer is too large"):
        Spoken(ffmpeg, plain(played))()


def test_a_refused_connection_names_the_words(ffmpeg: Ffmpeg) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        service = Service("xa", f"http://127.0.0.1:{taken.getsockname()[1]}", json={"text": "{text}"})

        with pytest.raises(Unavailable, match=r"“Mỗi người dân .* no connection"):
            Spoken(ffmpeg, service)()


def test_an_address_that_never_fills_is_given_up(ffmpeg: Ffmpeg, played: Counter) -> None:
    played.acts = [{"url": f"{played.address}/1.mp3"}, *[404] * len(POLLS)]
    spoken = Spoken(ffmpeg, plain(played, sound=Shape.LATER, at="url"))

    with pytest.raises(Unavailable, match="its sound was not there after 120 seconds"):
        spoken()

    assert spoken.waits == [1.0, *POLLS]


def test_an_order_that_failed_is_not_waited_for(ffmpeg: Ffmpeg, played: Counter) -> None:
    played.acts = [{"id": 7}, {"state": "failed", "why": "no credit"}]
    changes = {"sound": Shape.LATER, "at": "url", "ask": f"{played.address}/{{id}}", "state": "state"}

    with pytest.raises(Unavailable, match="no sound, but “no credit”"):
        Spoken(ffmpeg, plain(played, **changes, failures=("failed",), message="why"))()

    assert len(played.asked) == 2


@pytest.mark.parametrize(
    "address",
    ["http://" + "example.invalid/1.mp3", "file:///etc/passwd", "ftp://127.0.0.1/1", "//127.0.0.1:99999/", ""],
)
def test_an_address_on_another_scheme_is_not_asked(ffmpeg: Ffmpeg, played: Counter, address: str) -> None:
    played.acts = [{"url": address}]

    with pytest.raises(Unavailable, match="an address that is not safe" if address else "holds no sound"):
        Spoken(ffmpeg, plain(played, sound=Shape.ADDRESS, at="url"))()

    assert len(played.asked) == 1


def test_the_address_of_a_sound_may_point_to_another_and_never_out_of_encryption(
    ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes
) -> None:
    first = {"url": f"{played.address}/1.mp3"}
    spoken = Spoken(ffmpeg, plain(played, sound=Shape.ADDRESS, at="url"))
    played.acts = [first, ">/2.mp3", small_mp3]
    assert length(spoken()) == 2.4

    played.acts = [first, ">http://" + "example.invalid/2.mp3"]
    with pytest.raises(Unavailable, match="an address that is not safe"):
        spoken()

    played.acts = [first, *[">/1.mp3"] * 9]
    with pytest.raises(Unavailable, match="points from one address to the next"):
        spoken()


def test_a_key_that_can_be_none_is_said_without_showing_it(ffmpeg: Ffmpeg) -> None:
    with pytest.raises(Unavailable, match="key of the voice fpt holds signs") as failed:
        ServiceVoice(BUILT_IN["fpt"], "khoa\nbí mật", ffmpeg)

    assert "mật" not in str(failed.value)


def test_it_recovers_after_a_failure(ffmpeg: Ffmpeg, played: Counter, small_mp3: bytes) -> None:
    spoken = Spoken(ffmpeg, plain(played))
    played.acts = [b"<html>"]
    with pytest.raises(Unavailable):
        spoken()

    played.acts = [small_mp3]

    assert length(spoken()) == 2.4
