"""The tree on disk: whole after every run, whatever stopped the one before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from broadcaster.errors import Refused, Unavailable
from broadcaster.files import BESIDE, sha256
from broadcaster.publishing import disk
from broadcaster.publishing.disk import INDEX, Written, write

SOUND = b"ID3 am thanh"
SHA = sha256(SOUND)
AUDIO = f"audio/{SHA}.mp3"
FILES = {"index.html": b"<p>Trang", "stations/cat-ba/today.m3u": b"#EXTM3U\n"}


class Killed(BaseException):
    """What stands for kill -9: no handler of ours sees it."""


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    folder = tmp_path / "sound"
    folder.mkdir()
    (folder / f"{SHA}.mp3").write_bytes(SOUND)
    return folder


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != INDEX
    }


def test_first_run_writes_all(public: Path, sounds: Path) -> None:
    written = write(public, FILES, {SHA}, sounds)

    assert written == Written((AUDIO, "index.html", "stations/cat-ba/today.m3u"), (), ())
    assert held(public) == {**FILES, AUDIO: SOUND}


def test_second_run_touches_nothing(public: Path, sounds: Path) -> None:
    write(public, FILES, {SHA}, sounds)
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*")}

    written = write(public, FILES, {SHA}, sounds)

    assert written == Written((), (AUDIO, "index.html", "stations/cat-ba/today.m3u"), ())
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*")} == before


def test_run_changes_and_removes_only_its_own(public: Path, sounds: Path) -> None:
    write(public, FILES, {SHA}, sounds)
    (public / "robots.txt").write_bytes(b"User-agent: *\n")

    written = write(public, {"index.html": b"<p>Khac"}, frozenset(), sounds)

    assert written == Written(("index.html",), (), (AUDIO, "stations/cat-ba/today.m3u"))
    assert held(public) == {"index.html": b"<p>Khac", "robots.txt": b"User-agent: *\n"}
    assert sorted(path.name for path in public.iterdir() if path.is_dir()) == []


@pytest.mark.parametrize("harm", [b"", b"<p>Tr4ng"])
def test_file_that_a_foreign_hand_changed_is_made_again(public: Path, sounds: Path, harm: bytes) -> None:
    write(public, FILES, {SHA}, sounds)
    (public / "index.html").write_bytes(harm)

    written = write(public, FILES, {SHA}, sounds)

    assert written.changed == ("index.html",)
    assert held(public) == {**FILES, AUDIO: SOUND}


@pytest.mark.parametrize("steps", range(6))
def test_run_after_a_kill_completes_the_tree(
    public: Path, sounds: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"index.html": b"cu", "stations/cat-ba/cu.m3u": b"#EXTM3U\n"}
    write(public, old, frozenset(), sounds)
    steps_left = iter(range(steps))

    def until_killed(act: Callable[..., None]) -> Callable[..., None]:
        def step(*values: object, **named: object) -> None:
            if next(steps_left, None) is None:
                (public / f"{BESIDE}x").write_bytes(b"half")
                raise Killed
            act(*values, **named)

        return step

    with monkeypatch.context() as patched:
        for act in ("write_whole", "link", "_remove"):
            patched.setattr(disk, act, until_killed(getattr(disk, act)))
        with pytest.raises(Killed):
            write(public, FILES, {SHA}, sounds)

    write(public, FILES, {SHA}, sounds)

    assert held(public) == {**FILES, AUDIO: SOUND}
    assert write(public, FILES, {SHA}, sounds).changed == ()


def test_run_without_an_index_checks_hashes_and_removes_nothing(public: Path, sounds: Path) -> None:
    write(public, FILES | {"old.txt": b"x"}, {SHA}, sounds)
    (public / INDEX).unlink()
    (public / "index.html").write_bytes(b"<p>Khac")

    written = write(public, FILES, {SHA}, sounds)

    assert written == Written(("index.html",), (AUDIO, "stations/cat-ba/today.m3u"), ())
    assert (public / "old.txt").read_bytes() == b"x"


def test_missing_sound_is_said_and_the_rest_written(public: Path, sounds: Path) -> None:
    lost = sha256(b"mat")

    written = write(public, FILES, {SHA, lost}, sounds)

    assert written == Written((AUDIO, "index.html", "stations/cat-ba/today.m3u"), (), (), (lost,))


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../x", "a//x", ".tree.json", "a/.half-x", "a\\x", "a\x00", "", "a/", "C:x", "a/\n"]
)
def test_path_that_leaves_the_tree_is_refused(public: Path, sounds: Path, path: str) -> None:
    with pytest.raises(Refused):
        write(public, {**FILES, path: b"x"}, frozenset(), sounds)

    assert held(public) == {}


def test_link_is_never_followed(public: Path, sounds: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    public.mkdir()
    (public / "stations").symlink_to(outside)

    with pytest.raises(Refused):
        write(public, FILES, frozenset(), sounds)

    assert list(outside.iterdir()) == []


def test_index_that_was_tampered_with_removes_nothing_outside(public: Path, sounds: Path, tmp_path: Path) -> None:
    (tmp_path / "dear.txt").write_bytes(b"x")
    write(public, FILES, {SHA}, sounds)
    index = (public / INDEX).read_text().replace('"index.html"', '"../dear.txt"')
    (public / INDEX).write_text(index)

    written = write(public, FILES, {SHA}, sounds)

    assert written.removed == ()
    assert (tmp_path / "dear.txt").exists()


def test_disk_that_cannot_be_written_is_said(sounds: Path, tmp_path: Path) -> None:
    (tmp_path / "public").write_bytes(b"a file")

    with pytest.raises(Unavailable) as failed:
        write(tmp_path / "public", FILES, frozenset(), sounds)

    assert "publish again" in failed.value.sentence.text
