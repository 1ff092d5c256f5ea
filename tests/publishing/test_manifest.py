"""The signed manifest: what the receiver may believe, and what it refuses."""

import json
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from broadcaster.errors import Refused
from broadcaster.publishing.manifest import (
    Key,
    Manifest,
    ManifestAlert,
    ManifestFile,
    ManifestItem,
    Silence,
    Trust,
    hand_over,
    new_key,
    outside_wall,
    programme_in,
    programme_of,
    public,
    read,
    sign,
    thumbprint,
)
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds, Sha256

AT = datetime(2026, 11, 24, 12, tzinfo=ZONE)
KEY, NEXT, LAST = new_key(), new_key(), new_key()
SOUND = ManifestFile(Sha256("a" * 64), 480_000, Milliseconds(60_000), f"http://đài.vn/audio/{'a' * 64}.mp3")
MANIFEST = Manifest(
    station="cat-ba",
    name="Đài Truyền thanh thị trấn Cát Bà",
    sequence=3,
    issued_at=AT,
    valid_until=AT + timedelta(days=8),
    airtime=Airtime((Hours(time(5), time(6)), Hours(time(17), time(18)))),
    days=(AT.date(),),
    items=(
        ManifestItem(AT.replace(hour=17), Milliseconds(60_000), Kind.NEWS, "Tin", SOUND),
        ManifestItem(
            AT.replace(hour=17, minute=30), Milliseconds(900_000), Kind.RELAY, "Tiếp âm", url="http://tỉnh/live"
        ),
    ),
    alerts=(ManifestAlert("bao-1", 1, "Bão khẩn cấp", SOUND, AT, AT + timedelta(hours=6), 10, 3),),
    silences=(Silence("s1", AT, AT + timedelta(hours=1), "quốc tang"),),
    head="12:" + "b" * 64,
)


def trust(key: Key = KEY, *, station: str = "cat-ba", sequence: int = 0) -> Trust:
    return Trust(station, public(key), sequence)


def test_what_was_signed_is_read() -> None:
    manifest, believed = read(sign(MANIFEST, KEY), trust(), AT)

    assert (manifest, believed) == (MANIFEST, trust(sequence=3))


def test_it_is_a_flattened_jws_of_eddsa_without_a_secret() -> None:
    signed = json.loads(sign(MANIFEST, KEY))

    assert sorted(signed) == ["payload", "protected", "signature"]
    assert KEY["d"] not in json.dumps(signed)


def test_the_same_manifest_is_the_same_bytes() -> None:
    assert sign(MANIFEST, KEY) == sign(MANIFEST, KEY)


@pytest.mark.parametrize("alerts", [0, 1, 60])
@pytest.mark.parametrize("extra", ["", "x", "xy", ',"sequence":1,"'])
def test_what_it_says_of_the_days_is_found_in_its_file(alerts: int, extra: str) -> None:
    said = replace(
        MANIFEST,
        name=MANIFEST.name + extra,
        items=tuple(replace(one, title=one.title + extra) for one in MANIFEST.items),
        alerts=tuple(replace(MANIFEST.alerts[0], id=f"bao-{number}", title=extra) for number in range(alerts)),
    )

    content = sign(said, KEY)

    assert programme_in(content) == programme_of(said)
    assert read(content, trust(), AT)[0] == said


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"payload":7}', b'{"payload":"%%%"}', b'{"payload":"YQ"}'])
def test_nothing_is_found_in_what_is_no_manifest(content: bytes) -> None:
    assert programme_in(content) == ""


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b"<html>login</html>", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="not signed by the service"):
        read(content, trust(), AT)


def test_one_changed_sign_is_refused() -> None:
    signed = sign(MANIFEST, KEY)

    for place in range(0, len(signed) - 2, 37):
        changed = bytearray(signed)
        changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
        with pytest.raises(Refused):
            read(bytes(changed), trust(), AT)


def test_no_signature_and_another_algorithm_are_refused() -> None:
    none = json.loads(sign(MANIFEST, KEY)) | {"protected": "eyJhbGciOiJub25lIn0", "signature": ""}
    hmac = json.loads(sign(MANIFEST, KEY)) | {"protected": "eyJhbGciOiJIUzI1NiIsImtpZCI6IngifQ"}

    for forged in (none, hmac):
        with pytest.raises(Refused):
            read(json.dumps(forged).encode(), trust(), AT)


def test_a_foreign_key_is_refused() -> None:
    with pytest.raises(Refused, match="not signed by the service"):
        read(sign(MANIFEST, NEXT), trust(), AT)


@pytest.mark.parametrize(
    ("manifest", "believed", "words"),
    [
        (MANIFEST, trust(station="phu-long"), "belongs to"),
        (MANIFEST, trust(sequence=4), "older than number 4"),
        (replace(MANIFEST, valid_until=AT), trust(), "has expired"),
        (replace(MANIFEST, airtime=Airtime((Hours(time(5), time(6)),))), trust(), "5 giờ chiều"),
    ],
)
def test_what_may_not_be_used_is_refused_and_says_so(manifest: Manifest, believed: Trust, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(sign(manifest, KEY), believed, AT)


def test_the_one_that_is_held_may_be_read_again() -> None:
    assert read(sign(MANIFEST, KEY), trust(sequence=3), AT)[0] == MANIFEST


def test_an_item_over_midnight_lies_outside_every_wall() -> None:
    late = ManifestItem(AT.replace(hour=23, minute=59), Milliseconds(120_000), Kind.NEWS, "Khuya", SOUND)
    manifest = replace(MANIFEST, items=(late,))

    assert outside_wall(manifest, Airtime((Hours(time(0), time(23, 59, 59)),))) == late


@pytest.mark.parametrize("held", [KEY, NEXT, LAST])
def test_words_of_earlier_keys_lead_to_the_newest(held: Key) -> None:
    words = [hand_over(KEY, NEXT, AT), hand_over(NEXT, LAST, AT)]

    _, believed = read(sign(MANIFEST, LAST, words), trust(held), AT)

    assert thumbprint(believed.key) == thumbprint(LAST)


def test_a_key_that_was_left_behind_is_believed_no_more() -> None:
    with pytest.raises(Refused):
        read(sign(MANIFEST, KEY), trust(NEXT), AT)


def test_a_word_that_the_held_key_did_not_give_leads_nowhere() -> None:
    forged = hand_over({**LAST, "x": KEY["x"]}, LAST, AT)

    with pytest.raises(Refused):
        read(sign(MANIFEST, LAST, [forged]), trust(), AT)


def test_when_and_by_which_number_it_was_issued_is_not_what_it_says() -> None:
    again = replace(
        MANIFEST, sequence=4, issued_at=AT + timedelta(days=4), valid_until=AT + timedelta(days=12), head=""
    )

    assert again.fingerprint == MANIFEST.fingerprint
    assert replace(MANIFEST, silences=()).fingerprint != MANIFEST.fingerprint


def test_alerts_are_wanted_first() -> None:
    siren = replace(SOUND, sha256=Sha256("c" * 64))

    manifest = replace(MANIFEST, alerts=(replace(MANIFEST.alerts[0], file=siren),))

    assert list(manifest.files()) == [siren.sha256, SOUND.sha256]
