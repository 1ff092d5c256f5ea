"""A tree that is published bit by bit, through whatever happens on the way, is the tree that is published from scratch."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from broadcaster.desk import cores, emergency, manifests, newsroom, outlines, programme, publishing
from broadcaster.desk.desk import Desk, opened
from broadcaster.desk.keys import signing
from broadcaster.files import sha256
from broadcaster.newsroom.approval import Move
from broadcaster.publishing import disk, manifest, tree
from broadcaster.publishing.manifest import Trust, read
from broadcaster.settings import Settings
from broadcaster.store import programme as kept
from broadcaster.timekeeping import broadcast_day, moment
from tests.doors.command import broadcaster
from tests.small_workspace import STATION, a_workspace

FIRST = date(2020, 9, 28)
STATIONS = ("cat-ba", "hien-hao", "xuan-dam", "phu-long")


class Killed(BaseException):
    """What stands for kill -9: no handler of ours sees it."""


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four stations whose scripts are approved."""
    folder = a_workspace(tmp_path_factory.mktemp("nation") / "xa")
    for slug in STATIONS:
        (folder / "schedules/stations" / f"{slug}.toml").write_text(STATION, "utf-8")
    broadcaster("load", "--by", "Lan", within=folder)
    for script in ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao"):
        broadcaster("script", "submit", script, "--by", "Lan", within=folder)
        assert broadcaster("script", "approve", script, "--by", "Bình", within=folder).code == 0
    return folder


@pytest.fixture
def desk(approved: Path) -> Iterator[Desk]:
    with opened(approved, approved / "var", Settings(), lambda *_: None) as desk:
        yield desk


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a tree by its path; the writer's own index and what is signed beside it aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".tree.json", "manifest.jws")
    }


def misnamed(desk: Desk, folder: Path, at: datetime) -> list[str]:
    """The stations whose manifest does not name exactly the lists that lie in the tree, of today and as many days as are kept ahead."""
    today, ahead = broadcast_day(at), range(desk.settings.days_ahead + 1)
    wrong = []
    for slug in desk.workspace.stations:
        own = folder / "stations" / slug
        signed, _ = read((own / "manifest.jws").read_bytes(), Trust(slug, manifest.public(signing(desk).key)), at)
        paths = [own / f"{today + timedelta(days=number)}.json" for number in ahead]
        lists = [(path.stem, path.read_bytes()) for path in paths if path.exists()]
        named = [(one.day.isoformat(), one.sha256, one.size) for one in signed.days]
        if named != [(day, sha256(content), len(content)) for day, content in lists]:
            wrong.append(slug)
    return wrong


def from_scratch(desk: Desk, folder: Path, at: datetime) -> dict[str, bytes]:
    """The same moment published into an empty folder, with nothing remembered."""
    remembered = desk.data / outlines.FILE
    content = remembered.read_bytes()
    remembered.unlink()
    publishing.publish(desk, folder, moment=at)
    remembered.write_bytes(content)
    return held(folder)


def released_otherwise(desk: Desk, chance: random.Random, at: datetime) -> None:
    """One day of one station released anew, with an item less and another reason."""
    station, day = chance.choice(STATIONS), FIRST + timedelta(days=chance.randrange(7))
    with desk.database.writing() as session:
        old = kept.released_at(session, station, day, day)[day]
        items = [item for one in old.sessions for item in one.items]
        left_out = chance.choice(items) if items else None
        sessions = tuple(
            replace(
                one,
                items=tuple(replace(item, because=f"lần {chance.random()}") for item in one.items if item != left_out),
            )
            for one in old.sessions
        )
        kept.add_release(
            session, [kept.kept_day(replace(old, sessions=sessions), ())], by="Minh", account="minh", at=at
        )


@pytest.mark.journey
def test_bit_by_bit_is_from_scratch(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, public, at = random.Random(49), tmp_path / "public", moment(FIRST, time(4))
    seen = 0

    def same(*, is_quick: bool = True) -> tuple[str, ...]:
        nonlocal seen
        written = publishing.publish(desk, public, moment=at, is_quick=is_quick)
        seen += 1
        assert misnamed(desk, public, at) == []
        assert held(public) == from_scratch(desk, tmp_path / f"scratch-{seen}", at)
        return written.changed

    programme.release(desk, FIRST, 7, person=desk.person("Minh"), at=at)
    same()
    assert same() == ()
    for _ in range(6):
        released_otherwise(desk, chance, at)
        at += timedelta(minutes=chance.randrange(1, 600))
        same()
    changed = [path for path in held(public) if path.startswith("stations/") and chance.random() < 0.1]
    assert changed
    for path in changed:
        (public / path).write_bytes(b"x") if chance.random() < 0.5 else (public / path).unlink()
    assert set(same(is_quick=False)) == set(changed)
    newsroom.move(desk, "guong", Move.WITHDRAW, person=desk.person("Minh"), at=at, why="thử")
    same()
    at += timedelta(days=1)
    same()
    monkeypatch.setattr(tree, "static_files", lambda: {"static/style.css": b"p{}"})
    monkeypatch.setattr(tree, "rendered_by", lambda: "another program")
    assert "static/style.css" in same()
    desk.settings = Settings(language="en")
    assert "index.html" in same()
    (desk.root / "schedules/stations/phu-long.toml").unlink()
    desk.look_again()
    same()
    (desk.root / "schedules/stations/phu-long.toml").write_text(STATION, "utf-8")
    desk.look_again()
    desk.settings = Settings()
    monkeypatch.undo()
    monkeypatch.setattr(cores, "FEW", 2)
    same()


@pytest.mark.journey
def test_on_all_cores_and_after_a_kill_it_is_the_same_tree(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = moment(FIRST, time(12))
    programme.release(desk, FIRST, 7, person=desk.person("Minh"), at=at)
    whole = tmp_path / "whole"
    publishing.publish(desk, whole, moment=at)
    public = tmp_path / "public"
    for steps in (0, 1, 3, 40, 90):
        steps_left = iter(range(steps))
        with monkeypatch.context() as patched:
            for act in ("write_whole", "link", "_remove"):
                patched.setattr(disk, act, until_killed(getattr(disk, act), steps_left))
            with pytest.raises(Killed):
                publishing.publish(desk, public, moment=at)
    monkeypatch.setattr(cores, "FEW", 2)

    publishing.publish(desk, public, moment=at, is_quick=True)

    assert held(public) == held(whole)
    assert misnamed(desk, public, at) == []
    assert publishing.publish(desk, public, moment=at).changed == ()


def test_manifests_that_a_kill_left_behind_the_tree_are_renewed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, public = moment(FIRST, time(12)), tmp_path / "public"
    programme.release(desk, FIRST, 7, person=desk.person("Minh"), at=at)
    publishing.publish(desk, public, moment=at)
    released_otherwise(desk, random.Random(1), at)
    with monkeypatch.context() as patched:
        patched.setattr(manifests, "renew", until_killed(manifests.renew, iter(())))
        with pytest.raises(Killed):
            publishing.publish(desk, public, moment=at, is_quick=True)
    assert len(misnamed(desk, public, at)) == 1

    publishing.publish(desk, public, moment=at, is_quick=True)

    assert misnamed(desk, public, at) == []


def test_an_order_says_again_what_was_said_of_the_days(desk: Desk) -> None:
    at, public, person = moment(FIRST, time(12)), desk.public_folder, desk.person("Minh")
    programme.release(desk, FIRST, 7, person=person, at=at)
    publishing.publish(desk, public, moment=at)
    before = manifests.newest(desk)["cat-ba"]
    for folder in (public, public / "stations" / "cat-ba"):  # a run over the tree is under way
        (folder / disk.INDEX).write_text('{"whole": false, "files": {}}')

    emergency.silence(desk, "cat-ba", at + timedelta(hours=1), "thử", person=person, at=at)
    silenced = manifests.newest(desk)["cat-ba"]
    again = manifests.renew(desk, public, at)
    wrong = misnamed(desk, public, at)
    emergency.end_silence(desk, "cat-ba", person=person, at=at + timedelta(minutes=1))

    assert silenced > before
    assert (again, wrong) == ({}, [])


def until_killed(act: Callable[..., object], steps: Iterator[int]) -> Callable[..., None]:
    def step(*values: object, **named: object) -> None:
        if next(steps, None) is None:
            raise Killed
        act(*values, **named)

    return step


def test_program_is_named_by_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "index.html").write_text("cũ")
    (tmp_path / "__pycache__").mkdir()
    before = list(tree.digests(tmp_path))

    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert list(tree.digests(tmp_path)) == before
    (tmp_path / "templates" / "index.html").write_text("mới")
    assert list(tree.digests(tmp_path)) != before


@pytest.mark.journey
def test_a_bulletins_page_outlives_its_days_and_its_sound(desk: Desk, tmp_path: Path) -> None:
    desk.settings = Settings(audio_months=1)
    programme.release(desk, FIRST, 7, person=desk.person("Minh"), at=moment(FIRST, time(4)))
    public, page = tmp_path / "public", "bulletins/khuyen-hoc/index.html"
    publishing.publish(desk, public, moment=moment(FIRST + timedelta(days=7), time(12)))
    lately = held(public)
    approval = newsroom.standing_of(desk, "khuyen-hoc").approval
    assert approval
    sound = desk.sound_folder / f"{approval.bound.sound}.mp3"

    for days in (33, 36, 60):
        at = moment(FIRST + timedelta(days=days), time(12))
        publishing.publish(desk, public, moment=at)
        assert held(public) == from_scratch(desk, tmp_path / f"scratch-{days}", at)
    aged = held(public)
    kept_aside = sound.rename(tmp_path / "aside.mp3")
    publishing.publish(desk, public, moment=at)
    silent = held(public)
    kept_aside.rename(sound)

    assert [path for path in aged if path.startswith("stations/cat-ba/2020")] == []
    assert aged[page] == lately[page]
    assert sound.name.encode() in aged[page]
    assert sound.name.encode() not in silent[page]
    assert "hết hạn lưu giữ".encode() in silent[page]
    assert silent["bulletins/khuyen-hoc/transcript.txt"] == lately["bulletins/khuyen-hoc/transcript.txt"]
