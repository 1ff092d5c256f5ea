"""The tree as a whole: which files, and the same bytes everywhere."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from broadcaster.files import sha256
from broadcaster.publishing.tree import audio_needed, render, write_tree
from tests.builders import a_released_day, a_station_card, an_article, an_edition, at, sound_of

ROOT = Path(__file__).parents[2]
PRINT = """
import hashlib, sys
sys.path.insert(0, ".")
from broadcaster.files import sha256
from broadcaster.publishing.tree import render
from tests.builders import an_edition
tree = render(an_edition(is_trial=True))
print(hashlib.sha256(b"".join(path.encode() + tree[path] for path in sorted(tree))).hexdigest())
"""


def test_paths_of_the_tree() -> None:
    edition = an_edition(stations=(a_station_card(), a_station_card(slug="cat-hai")))

    assert sorted(render(edition)) == [
        "404.html",
        "bulletins/ngay-khuyen-hoc-viet-nam/index.html",
        "bulletins/ngay-khuyen-hoc-viet-nam/oembed.json",
        "bulletins/ngay-khuyen-hoc-viet-nam/player.html",
        "bulletins/ngay-khuyen-hoc-viet-nam/transcript.txt",
        "bulletins/ngay-khuyen-hoc-viet-nam/transcript.vtt",
        "calendar-next.html",
        "calendar.html",
        "feeds/all.atom",
        "feeds/all.json",
        "feeds/all.xml",
        "feeds/campaigns/ngay-khuyen-hoc.xml",
        "feeds/stations/cat-ba.xml",
        "feeds/stations/cat-hai.xml",
        "index.html",
        "static/cover.png",
        "static/icon.svg",
        "static/player.js",
        "static/share.png",
        "static/style.css",
        "stations.json",
        "stations/cat-ba/2020-10-02.json",
        "stations/cat-ba/2020-10-02.m3u",
        "stations/cat-ba/2020-10-02.xspf",
        "stations/cat-ba/2020-10-02/0530.m3u",
        "stations/cat-ba/calendar.ics",
        "stations/cat-ba/index.html",
        "stations/cat-ba/today.json",
        "stations/cat-ba/today.m3u",
        "stations/cat-hai/calendar.ics",
        "stations/cat-hai/index.html",
        "stations/cat-hai/today.json",
        "stations/cat-hai/today.m3u",
    ]


def test_today_is_the_day_of_the_moment() -> None:
    days = (a_released_day(), a_released_day(date(2020, 10, 3)))

    tree = render(an_edition(days=days, moment=at("00:00", date(2020, 10, 3))))

    assert tree["stations/cat-ba/today.json"] == tree["stations/cat-ba/2020-10-03.json"]
    assert tree["stations/cat-ba/today.m3u"] == tree["stations/cat-ba/2020-10-03.m3u"]


def test_day_without_sessions_has_its_files() -> None:
    tree = render(an_edition(days=(replace(a_released_day(), sessions=()),)))

    assert tree["stations/cat-ba/2020-10-02.m3u"] == b"#EXTM3U\n"
    assert b'"sessions": []' in tree["stations/cat-ba/2020-10-02.json"]


def test_same_edition_same_bytes() -> None:
    assert render(an_edition()) == render(an_edition())


def test_same_bytes_in_another_zone_of_the_machine() -> None:
    tree = render(an_edition(is_trial=True))
    here = hashlib.sha256(b"".join(path.encode() + tree[path] for path in sorted(tree))).hexdigest()

    there = subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=ROOT,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert there.stdout.strip() == here


def test_audio_needed_of_days_and_articles_that_stand() -> None:
    day = a_released_day()
    told = an_article("doc-sach", sha256="a" * 64)
    gone = an_article("da-go", sha256="b" * 64, is_withdrawn=True)

    needed = audio_needed(an_edition(days=(day,), articles=(told, gone)))

    assert needed == {day.sessions[0].items[0].sha256, "a" * 64}


def test_tree_is_written_with_the_sound_it_plays_and_no_other(tmp_path: Path) -> None:
    older, unpublished = b"ID3 ban tin cu", b"ID3 chua cong bo"
    lure = f'"><audio src="audio/{sha256(unpublished)}.mp3"\nhttp://a.vn/audio/{sha256(unpublished)}.mp3\n'
    day, old = a_released_day(), an_article("ban-tin-cu", title=lure, text=lure, sha256=sha256(older))
    edition = an_edition(days=(day,), articles=(old,))
    sounds = (sound_of("Ngày Khuyến học Việt Nam"), older, unpublished)
    for sound in sounds:
        (tmp_path / f"{sha256(sound)}.mp3").write_bytes(sound)

    written = write_tree(tmp_path / "public", render(edition), tmp_path)

    linked = {Path(path).stem for path in written.changed if path.startswith("audio/")}
    assert linked == audio_needed(edition) == {sha256(sound) for sound in sounds[:2]}
    assert written.missing == ()
