"""Syncing: what is taken, what is refused, and what every failure of a network leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.errors import BroadcasterError, Refused, Unavailable, WrongUsage
from broadcaster.files import sha256
from broadcaster.publishing.manifest import (
    Manifest,
    ManifestFile,
    ManifestItem,
    Trust,
    hand_over,
    new_key,
    public,
    sign,
    thumbprint,
)
from broadcaster.receiver.due import key
from broadcaster.receiver.enrolment import enrol
from broadcaster.receiver.home import Home, Identity
from broadcaster.receiver.log import Log
from broadcaster.receiver.sync import pause, report, sync, sync_from, tell_status
from broadcaster.types import Kind, Milliseconds
from tests.publishing.day_lists import listed
from tests.receiver.builders import DAY, KEY, a_manifest, a_silence, at, publish
from tests.receiver.fake_service import FakeService, fake_service

SOUNDS = [f"news {number} ".encode() * 5000 for number in range(3)]


@dataclass
class Pair:
    """A receiver and its service."""

    home: Home
    service: FakeService
    etag: str = ""

    def publish(self, manifest: Manifest, **key: object) -> None:
        publish(self.service, manifest, **key)  # type: ignore[arg-type]  # as named

    def sync(self) -> list[str]:
        done, self.etag = sync(self.home, DAY, self.etag)
        return [str(fault) for fault in done.faults]

    def held(self) -> set[str]:
        return {path.name for path in (self.home.folder / "audio").glob("*")}


def week(url: str, sounds: list[bytes] = SOUNDS, sequence: int = 1) -> Manifest:
    items = []
    for number, content in enumerate(sounds):
        digest = sha256(content)
        file = ManifestFile(digest, len(content), Milliseconds(60_000), f"{url}/audio/{digest}.mp3")
        start = at("05:00") + timedelta(minutes=number)
        items.append(ManifestItem(start, Milliseconds(60_000), Kind.NEWS, f"Tin {number}", file))
    return a_manifest(*items, sequence=sequence, url=url)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with fake_service() as service:
        home = Home(tmp_path)
        trust = Trust("cat-ba", public(KEY))
        home.keep_identity(Identity("cat-ba-1", "cat-ba-1", service.url, "token", f"{service.url}/m", trust))
        service.files = {f"/audio/{sha256(one)}.mp3": one for one in SOUNDS}
        pair = Pair(home, service)
        pair.publish(week(service.url))
        yield pair


def test_all_comes_once_and_then_only_the_tag_is_asked(pair: Pair) -> None:
    assert pair.sync() == []
    assert pair.held() == {f"{sha256(one)}.mp3" for one in SOUNDS}
    pair.service.asked.clear()

    assert pair.sync() == []
    assert [(path, bool(tag)) for path, _, tag in pair.service.asked] == [("/m", True)]


def test_a_broken_transfer_goes_on_where_it_stopped(pair: Pair) -> None:
    pair.service.mood = "cut"
    cut = pair.sync()
    manifest_cut = pair.sync()
    pair.service.mood = ""

    healed = pair.sync()

    assert cut
    assert manifest_cut
    assert healed == []
    assert pair.held() == {f"{sha256(one)}.mp3" for one in SOUNDS}


def test_half_a_sound_is_completed_by_range(pair: Pair) -> None:
    part = pair.home.audio(sha256(SOUNDS[0])).with_suffix(".part")
    part.parent.mkdir()
    part.write_bytes(SOUNDS[0][:1000])

    assert pair.sync() == []
    assert ("bytes=1000-") in [wanted for _, wanted, _ in pair.service.asked]
    assert pair.home.is_whole(sha256(SOUNDS[0]))


@pytest.mark.parametrize("half", [b"x" * 1000, b"x" * 999_999])
def test_a_half_that_is_not_ours_is_thrown_away(pair: Pair, half: bytes) -> None:
    part = pair.home.audio(sha256(SOUNDS[0])).with_suffix(".part")
    part.parent.mkdir()
    part.write_bytes(half)

    pair.sync()
    pair.sync()

    assert pair.home.is_whole(sha256(SOUNDS[0]))


@pytest.mark.parametrize(("mood", "words"), [("portal", "captive portal"), ("error", "500"), ("redirect", "302")])
def test_what_is_no_answer_is_said_and_leaves_what_is_held(pair: Pair, mood: str, words: str) -> None:
    pair.sync()
    held, before = pair.held(), pair.home.manifest_path.read_bytes()
    pair.service.mood = mood

    faults = pair.sync()

    assert words in faults[0]
    assert (pair.held(), pair.home.manifest_path.read_bytes()) == (held, before)


def test_other_sound_under_the_name_is_refused(pair: Pair) -> None:
    name = f"/audio/{sha256(SOUNDS[1])}.mp3"
    pair.service.files[name] = b"y" * len(SOUNDS[1])

    faults = pair.sync()

    assert "not the sound" in faults[0]
    assert pair.held() == {f"{sha256(one)}.mp3" for one in (SOUNDS[0], SOUNDS[2])}


def test_sound_without_end_is_broken_off(pair: Pair) -> None:
    pair.service.files[f"/audio/{sha256(SOUNDS[0])}.mp3"] = b"z" * 5_000_000

    assert "longer than the manifest says" in pair.sync()[0]


def test_forged_old_foreign_and_expired_manifests_are_refused_and_the_held_one_stays(pair: Pair) -> None:
    good = week(pair.service.url, sequence=5)
    pair.publish(good)
    assert pair.sync() == []
    thief = new_key()
    for manifest, more, words in (
        (replace(good, sequence=6), {"key": thief}, "not signed"),
        (replace(good, sequence=4), {}, "older than number 5"),
        (replace(good, sequence=6, station="phu-long"), {}, "belongs to"),
        (replace(good, sequence=6, valid_until=DAY), {}, "expired"),
        (replace(good, sequence=5, name="khác"), {}, "Two different manifests"),
    ):
        pair.publish(manifest, **more)

        assert words in pair.sync()[0]
        assert pair.home.manifest(pair.home.identity(), DAY) == good


def test_days_outside_the_wall_are_refused_and_those_that_are_held_stay(pair: Pair) -> None:
    good = week(pair.service.url)
    pair.sync()
    crossing = replace(good, sequence=2, items=(replace(good.items[0], start=at("03:15")),))
    pair.publish(replace(crossing, silences=(a_silence("05:00", "06:00"),)))

    faults = pair.sync()

    held = pair.home.manifest(pair.home.identity(), DAY)
    assert "3 giờ 15 phút sáng" in faults[0]
    assert (held.sequence, held.days, held.items) == (2, good.days, good.items)
    assert held.silences  # what it orders holds


def test_an_order_does_not_wait_for_a_list(pair: Pair) -> None:
    good, newer = week(pair.service.url), week(pair.service.url, SOUNDS[:1], sequence=2)
    pair.sync()
    pair.publish(replace(newer, silences=(a_silence("05:00", "06:00"),)))
    path = newer.days[0].url.removeprefix(pair.service.url)
    list_of_the_day = pair.service.files.pop(path)

    gone = pair.sync()
    between = pair.home.manifest(pair.home.identity(), DAY)
    pair.service.files[path] = b"{}"
    other = pair.sync()
    pair.service.files[path] = list_of_the_day + b" " * 100_000
    longer = pair.sync()
    pair.service.files[path] = list_of_the_day
    come = pair.sync()

    assert "404" in gone[0]
    assert (between.items, len(between.silences)) == (good.items, 1)
    assert "broke off" in other[0]
    assert "longer" in longer[0]
    assert come == []
    assert pair.home.manifest(pair.home.identity(), DAY).items == newer.items
    assert len(list((pair.home.folder / "days").iterdir())) == 1


def test_a_list_that_was_damaged_on_the_disk_comes_again(pair: Pair) -> None:
    pair.sync()
    (held,) = (pair.home.folder / "days").iterdir()
    held.write_bytes(b"{")
    damaged = pair.home.manifest(pair.home.identity(), DAY)

    faults = pair.sync()

    assert (damaged.days, damaged.items) == ((), ())
    assert faults == []
    assert pair.home.manifest(pair.home.identity(), DAY) == week(pair.service.url)


def test_only_the_list_of_a_changed_day_is_asked_for(pair: Pair) -> None:
    today = week(pair.service.url)
    tomorrow = tuple(replace(one, start=one.start + timedelta(days=1)) for one in today.items)
    pair.publish(replace(today, items=(*today.items, *tomorrow)))
    pair.sync()
    pair.service.asked.clear()
    pair.publish(replace(today, sequence=2, items=(*today.items, *tomorrow[:1])))

    assert pair.sync() == []
    assert [path for path, *_ in pair.service.asked] == ["/m", "/stations/cat-ba/2026-11-25.json"]


def test_a_new_key_is_followed_and_a_lost_one_left(pair: Pair) -> None:
    pair.sync()
    new = new_key()
    pair.publish(week(pair.service.url, sequence=2), key=new, handovers=[hand_over(KEY, new, DAY)])

    assert pair.sync() == []
    assert thumbprint(pair.home.identity().trust.key) == thumbprint(new)
    pair.publish(week(pair.service.url, sequence=3))
    assert "not signed" in pair.sync()[0]


def test_old_sound_stays_until_the_new_is_whole(pair: Pair) -> None:
    pair.sync()
    newer = [b"m" * 70_000, b"n" * 70_000]
    pair.service.files[f"/audio/{sha256(newer[0])}.mp3"] = newer[0]
    pair.publish(week(pair.service.url, newer, sequence=2))

    pair.sync()
    between = pair.held()
    pair.service.files[f"/audio/{sha256(newer[1])}.mp3"] = newer[1]
    pair.sync()

    assert {f"{sha256(one)}.mp3" for one in SOUNDS} < between
    assert pair.held() == {f"{sha256(one)}.mp3" for one in newer}


def test_a_small_disk_holds_what_is_nearest(pair: Pair) -> None:
    (pair.home.folder / "receiver.toml").write_text("max_megabytes = 1\n")
    large = [bytes([number]) * 600_000 for number in range(3)]
    pair.service.files |= {f"/audio/{sha256(one)}.mp3": one for one in large}
    pair.publish(week(pair.service.url, large))

    faults = pair.sync()

    assert "disk is full: 2 sounds" in faults[0]
    assert pair.held() == {f"{sha256(large[0])}.mp3"}


def test_without_network_all_goes_on(tmp_path: Path, pair: Pair) -> None:
    pair.sync()
    gone = replace(pair.home.identity(), manifest="http://127.0.0.1:9/m")
    pair.home.keep_identity(gone)

    assert "cannot be reached" in pair.sync()[0]
    assert pair.home.manifest(pair.home.identity(), DAY).sequence == 1


def test_from_a_stick_under_the_same_checks(tmp_path: Path, pair: Pair) -> None:
    stick = tmp_path / "usb"
    (stick / "audio").mkdir(parents=True)
    manifest = week("http://127.0.0.1:9")
    (stick / "manifest.jws").write_bytes(sign(manifest, KEY))
    for named, content in listed("cat-ba", manifest.items).items():
        (stick / f"{named.day}.json").write_bytes(content)
    for sound in SOUNDS:
        (stick / "audio" / f"{sha256(sound)}.mp3").write_bytes(sound)
    (stick / "audio" / f"{sha256(SOUNDS[2])}.mp3").write_bytes(b"damaged")

    done = sync_from(pair.home, stick, DAY)
    (stick / "manifest.jws").write_bytes(sign(replace(manifest, sequence=9), new_key()))
    forged = sync_from(pair.home, stick, DAY)

    assert (done.fetched, done.missing) == (2, 1)
    assert "not signed" in str(forged.faults[0])
    assert sync_from(pair.home, tmp_path / "không có", DAY).faults


def test_reports_are_sent_until_each_is_answered(tmp_path: Path, pair: Pair) -> None:
    log = Log(pair.home.log_path)
    items = week(pair.service.url).items
    for item in items:
        log.begin(item, item.start, 100)
        log.end(key(item), item.end, "aired")
    bad = log.unsent(10, "cat-ba-1", "cat-ba")[1]["id"]
    pair.service.answers["/api/play-reports"] = lambda said: (
        200,
        {
            "results": [
                {"id": one["id"], "result": "rejected" if one["id"] == bad else "accepted", "reason": "sai"}
                for one in said
            ]
        },
    )
    pair.service.mood = "error"
    with pytest.raises(BroadcasterError):
        report(pair.home, log)
    pair.service.mood = ""

    assert (log.waiting(), report(pair.home, log), log.waiting(), report(pair.home, log)) == (3, 3, 0, 0)
    assert pair.service.posted[-1][1][0] == {
        "id": pair.service.posted[-1][1][0]["id"],
        "station": "cat-ba",
        "receiver": "cat-ba-1",
        "item_start": "2026-11-24T05:00:00.000+07:00",
        "sha256": sha256(SOUNDS[0]),
        "started_at": "2026-11-24T05:00:00.000+07:00",
        "ended_at": "2026-11-24T05:01:00.000+07:00",
        "outcome": "aired",
        "reason": "",
        "clock_offset_ms": None,
        "volume": 100,
        "alert": None,
    }


def test_the_clock_is_compared_in_the_middle_of_the_way(pair: Pair) -> None:
    pair.service.answers["/api/status"] = {"now": at("05:00:10").isoformat()}
    moments = iter([at("05:00:00"), at("05:00:02")])

    assert tell_status(pair.home, {}, lambda: next(moments)) == 9000


def test_receivers_come_at_different_seconds_and_rarer_when_it_fails() -> None:
    pauses = [pause(f"cat-ba-{number}", 0) for number in range(100)]

    assert 45 <= min(pauses) < max(pauses) <= 75
    assert len({round(one) for one in pauses}) > 20
    assert [round(pause("x", failures) / pause("x", 0)) for failures in (1, 2, 3, 20)] == [2, 4, 8, 15]


def told(key: dict[str, str], service: FakeService) -> dict[str, object]:
    return {
        "receiver": "r",
        "station": "cat-ba",
        "cluster": "c",
        "token": "t",
        "key": key,
        "manifest": f"{service.url}/m",
    }


def test_enrolling_pins_the_key_that_the_line_names(tmp_path: Path, pair: Pair) -> None:
    home, key = Home(tmp_path / "new"), dict(public(KEY))
    pair.service.answers["/api/receivers/enrol"] = told(key, pair.service)

    with pytest.raises(Refused, match="another key"):
        enrol(home, pair.service.url, f"SECRET.{thumbprint(new_key())}")
    assert not (home.folder / "identity.json").exists()
    identity = enrol(home, pair.service.url, f"SECRET.{thumbprint(KEY)}")

    assert identity == home.identity()
    assert (home.folder / "identity.json").stat().st_mode & 0o077 == 0


def test_enrolling_says_what_is_wrong(tmp_path: Path, pair: Pair) -> None:
    home = Home(tmp_path / "new")
    for url, code, error in (
        (pair.service.url, "SECRET", Refused),
        ("http://đài.example", "A.B", WrongUsage),
        ("ftp://127.0.0.1", "A.B", WrongUsage),
        ("http://127.0.0.1:9", "A.B", Unavailable),
    ):
        with pytest.raises(error):
            enrol(home, url, code)
    pair.service.answers["/api/receivers/enrol"] = lambda _: (403, {"error": "Mã đã dùng."})
    with pytest.raises(Refused, match="Mã đã dùng"):
        enrol(home, pair.service.url, "A.B")
    pair.service.mood = "portal"
    with pytest.raises(Unavailable, match="captive portal"):
        enrol(home, pair.service.url, "A.B")


def test_a_misspelt_setting_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for text, words in (
        ("volum = 3", "volum"),
        ("hours = ['21:00-05:00']", "21:00"),
        ("x = [", "understood"),
        ("volume = 300", "volume"),
    ):
        (tmp_path / "receiver.toml").write_text(text)
        with pytest.raises(WrongUsage, match=words):
            home.settings()
