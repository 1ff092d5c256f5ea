"""Playlists: what real players do with a line decides what may stand in it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from broadcaster.errors import WrongUsage
from broadcaster.publishing.phrases import VIETNAMESE
from broadcaster.publishing.playlist import day_m3u, day_xspf, session_m3u
from broadcaster.types import Kind
from tests.builders import DAY, PUBLIC_URL, a_released_day, a_released_item, a_released_session, at
from tests.publishing.hostile import CLEAN, HOSTILE

XSPF = {"x": "http://xspf.org/ns/0/"}
RELAY = a_released_item(at("05:35"), "VOV1", kind=Kind.RELAY, sha256=None, url="https://vov.example/live")


def test_m3u_of_a_day() -> None:
    morning = a_released_session(at("05:30"), a_released_item(at("05:30")), RELAY)
    evening = a_released_session(
        at("17:00"), a_released_item(at("17:00"), "Đọc sách, đọc báo - mỗi ngày"), slug="chieu"
    )
    day = a_released_day(DAY, morning, evening)
    first, second = morning.items[0].sha256, evening.items[0].sha256

    playlist = day_m3u(day, PUBLIC_URL, VIETNAMESE)

    assert playlist.decode() == (
        "#EXTM3U\n"
        "#EXTINF:61,Ngày Khuyến học Việt Nam\n"
        f"http://127.0.0.1:8000/audio/{first}.mp3\n"
        "#EXTINF:61,Đọc sách; đọc báo – mỗi ngày\n"
        f"http://127.0.0.1:8000/audio/{second}.mp3\n"
    )


def test_m3u_of_a_trial_says_so_after_the_first_line() -> None:
    session = a_released_session(at("05:30"))

    playlist = session_m3u(session, True, PUBLIC_URL, VIETNAMESE)

    assert playlist.decode() == (
        "#EXTM3U\n# Bản duyệt thử: nội dung chưa được duyệt chính thức, không dùng để phát sóng.\n"
    )


@pytest.mark.parametrize("title", [HOSTILE, "- A", "A -", "a\x0bb\x0cc\x1cd\x1de\x1ef\u2029g", "\u200b", "A -- B"])
def test_m3u_with_hostile_title_has_only_comments_and_own_addresses(title: str) -> None:
    item = replace(a_released_item(at("05:30")), title=title)
    session = a_released_session(at("05:30"), item)

    lines = session_m3u(session, False, PUBLIC_URL, VIETNAMESE).decode().splitlines()

    assert len(lines) == 3
    assert lines[0] == "#EXTM3U"
    assert re.fullmatch(r"#EXTINF:61,[^,]+", lines[1])
    assert not re.search(r"\s-+\s|,-|-$", lines[1])
    assert lines[2] == f"{PUBLIC_URL}/audio/{item.sha256}.mp3"


@pytest.mark.parametrize(
    "public_url", ["https://hải-phòng.vn", "ftp://a.vn", "http://a.vn/x y", "http://a.vn\nprocess:x"]
)
def test_m3u_refuses_a_public_address_that_players_misread(public_url: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        day_m3u(a_released_day(), public_url, VIETNAMESE)

    assert "Correct public_url in the settings." in str(refused.value.sentence.text)


def test_xspf_of_a_day_without_its_relay() -> None:
    news = replace(a_released_item(at("05:30")), title=HOSTILE)
    day = replace(a_released_day(DAY, a_released_session(at("05:30"), news, RELAY)), is_trial=True)

    root = ElementTree.fromstring(day_xspf(day, PUBLIC_URL, VIETNAMESE))

    assert (root.tag, root.get("version")) == ("{http://xspf.org/ns/0/}playlist", "1")
    assert root.findtext("x:title", None, XSPF) == "Đài Truyền thanh thị trấn Cát Bà, Thứ Sáu, ngày 02/10/2020"
    assert root.findtext("x:annotation", None, XSPF) == VIETNAMESE.trial_long
    assert [
        [(child.tag.partition("}")[2], child.text) for child in track] for track in root.iterfind(".//x:track", XSPF)
    ] == [
        [
            ("location", f"{PUBLIC_URL}/audio/{news.sha256}.mp3"),
            ("title", CLEAN),
            ("creator", "Đài Truyền thanh thị trấn Cát Bà"),
            ("annotation", "đợt Ngày Khuyến học Việt Nam, chưa phát trong tuần"),
            ("duration", "60400"),
        ]
    ]
