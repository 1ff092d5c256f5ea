"""The signed manifest: what the receiver may believe, and what it refuses."""

import json
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from broadcaster.errors import Refused
from broadcaster.files import sha256
from broadcaster.publishing.manifest import (
    Key,
    Manifest,
    ManifestAlert,
    ManifestDay,
    ManifestFile,
    ManifestItem,
    Silence,
    Trust,
    hand_over,
    new_key,
    public,
    read,
    sign,
    thumbprint,
    with_lists,
)
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds, Sha256
from tests.publishing.day_lists import listed

AT = datetime(2026, 11, 24, 12, tzinfo=ZONE)
KEY, NEXT, LAST = new_key(), new_key(), new_key()
SOUND = ManifestFile(Sha256("a" * 64), 480_000, Milliseconds(60_000), f"http://127.0.0.1:9/audio/{'a' * 64}.mp3")
ITEMS = (
    ManifestItem(AT.replace(hour=17), Milliseconds(60_000), Kind.NEWS, "Tin", SOUND),
    ManifestItem(AT.replace(hour=17, minute=30), Milliseconds(900_000), Kind.RELAY, "Tiếp âm", url="http://tỉnh/live"),
)
LISTS = listed("cat-ba", ITEMS)
MANIFEST = Manifest(
    station="cat-ba",
    name="Đài Truyền thanh thị trấn Cát Bà",
    sequence=3,
    issued_at=AT,
    valid_until=AT + timedelta(days=8),
    airtime=Airtime((Hours(time(5), time(6)), Hours(time(17), time(18)))),
    days=tuple(LISTS),
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
    ],
)
def test_what_may_not_be_used_is_refused_and_says_so(manifest: Manifest, believed: Trust, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(sign(manifest, KEY), believed, AT)


def test_the_one_that_is_held_may_be_read_again() -> None:
    assert read(sign(MANIFEST, KEY), trust(sequence=3), AT)[0] == MANIFEST


def contents(lists: dict[ManifestDay, bytes]) -> dict[Sha256, bytes]:
    return {day.sha256: content for day, content in lists.items()}


def test_the_items_are_those_of_its_lists() -> None:
    assert with_lists(MANIFEST, contents(LISTS)) == replace(MANIFEST, items=ITEMS)


def test_where_a_person_speaks_live_nothing_stands_in_the_items() -> None:
    live = ManifestItem(AT.replace(hour=17, minute=50), Milliseconds(60_000), Kind.LIVE, "Trực tiếp")
    lists = listed("cat-ba", (*ITEMS, live))

    assert with_lists(replace(MANIFEST, days=tuple(lists)), contents(lists)).items == ITEMS


def test_lists_outside_the_wall_are_refused() -> None:
    narrow = replace(MANIFEST, airtime=Airtime((Hours(time(5), time(6)),)))
    late = ManifestItem(AT.replace(hour=23, minute=59), Milliseconds(120_000), Kind.NEWS, "Khuya", SOUND)
    lists = listed("cat-ba", (late,))
    open_all_day = replace(MANIFEST, days=tuple(lists), airtime=Airtime((Hours(time(0), time(23, 59, 59)),)))

    with pytest.raises(Refused, match="5 giờ chiều"):
        with_lists(narrow, contents(LISTS))
    with pytest.raises(Refused, match="Khuya"):
        with_lists(open_all_day, contents(lists))


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b'{"station":"cat-ba"}', b"[" * 100_000])
def test_what_is_no_list_or_another_is_refused(content: bytes) -> None:
    (named,) = LISTS
    with pytest.raises(Refused, match="not the list"):
        with_lists(MANIFEST, {named.sha256: content})
    with pytest.raises(Refused, match="not the list"):
        with_lists(replace(MANIFEST, days=(replace(named, sha256=sha256(content)),)), {sha256(content): content})


def test_the_list_of_another_station_or_day_is_refused() -> None:
    foreign = listed("phu-long", ITEMS)
    (named,) = LISTS
    another_day = replace(named, day=AT.date() + timedelta(days=1))

    with pytest.raises(Refused, match="not the list"):
        with_lists(replace(MANIFEST, days=tuple(foreign)), contents(foreign))
    with pytest.raises(Refused, match="not the list"):
        with_lists(replace(MANIFEST, days=(another_day,)), contents(LISTS))


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

    manifest = replace(MANIFEST, items=ITEMS, alerts=(replace(MANIFEST.alerts[0], file=siren),))

    assert list(manifest.files()) == [siren.sha256, SOUND.sha256]
