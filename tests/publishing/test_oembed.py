"""The framed player: its page, the line to paste, and what a portal learns about it by oEmbed."""

import json

import pytest

from broadcaster.publishing.oembed import iframe
from broadcaster.publishing.phrases import ENGLISH, VIETNAMESE
from broadcaster.publishing.tree import render
from tests.builders import an_article, an_edition
from tests.publishing.hostile import CLEAN, HOSTILE
from tests.publishing.test_pages import Page, pages_of

FOLDER = "bulletins/ngay-khuyen-hoc-viet-nam"
PLAYER = f"http://127.0.0.1:8000/{FOLDER}/player.html"


def test_what_a_portal_learns_by_oembed() -> None:
    known = json.loads(render(an_edition())[f"{FOLDER}/oembed.json"])

    assert known == {
        "version": "1.0",
        "type": "rich",
        "title": "Ngày Khuyến học Việt Nam",
        "provider_name": "Truyền thanh cơ sở",
        "provider_url": "http://127.0.0.1:8000/",
        "cache_age": 3600,
        "thumbnail_url": "http://127.0.0.1:8000/static/share.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": 600,
        "height": 220,
        "html": f'<iframe src="{PLAYER}" title="Nghe: Ngày Khuyến học Việt Nam" width="100%" height="220" loading="lazy"></iframe>',
    }


def test_picture_is_as_large_as_it_is_said_to_be() -> None:
    tree = render(an_edition())

    known, picture = json.loads(tree[f"{FOLDER}/oembed.json"]), tree["static/share.png"]

    size = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    assert (known["thumbnail_width"], known["thumbnail_height"]) == size


def test_bulletin_page_leads_to_oembed_and_offers_the_line_to_copy() -> None:
    page = pages_of(an_edition())[f"{FOLDER}/index.html"]

    discovery = [a for tag, a in page.elements if tag == "link" and a.get("type") == "application/json+oembed"]
    copied = [a["value"] for tag, a in page.elements if a.get("id") == "to-portal"]
    assert [one["href"] for one in discovery] == [f"http://127.0.0.1:8000/{FOLDER}/oembed.json"]
    assert copied == [iframe(an_article(), "http://127.0.0.1:8000", VIETNAMESE)]
    assert page.all("iframe", "src") == []


@pytest.mark.parametrize(("language", "way"), [("vi", VIETNAMESE.read_whole), ("en", ENGLISH.read_whole)])
def test_player_page_holds_title_player_and_the_way_to_the_bulletin(language: str, way: str) -> None:
    page = pages_of(an_edition(language=language))[f"{FOLDER}/player.html"]

    assert page.all("html", "lang") == [language]
    assert page.all("audio", "src") == [f"../../audio/{an_article().sha256}.mp3"]
    assert page.all("a", "href") == [f"http://127.0.0.1:8000/{FOLDER}/"]
    assert page.all("script", "src") == []
    assert "Ngày Khuyến học Việt Nam" in page.words
    assert "Đài Truyền thanh thị trấn Cát Bà" in page.words
    assert way in page.words


def test_frame_that_stands_already_says_that_the_bulletin_was_withdrawn() -> None:
    tree = render(an_edition(articles=(an_article(is_withdrawn=True),)))

    assert f"{FOLDER}/oembed.json" not in tree
    assert b"oembed" not in tree[f"{FOLDER}/index.html"]
    assert VIETNAMESE.withdrawn_long in Page(tree[f"{FOLDER}/player.html"]).words
    assert b"<audio" not in tree[f"{FOLDER}/player.html"]


def test_frame_after_the_sound_was_deleted() -> None:
    tree = render(an_edition(articles=(an_article(sha256=None),)))

    assert f"{FOLDER}/oembed.json" not in tree
    assert VIETNAMESE.no_sound in Page(tree[f"{FOLDER}/player.html"]).words


def test_trial_is_marked_in_frame_and_oembed() -> None:
    tree = render(an_edition(is_trial=True))

    assert VIETNAMESE.trial_long in Page(tree[f"{FOLDER}/player.html"]).words
    assert json.loads(tree[f"{FOLDER}/oembed.json"])["title"] == "[Bản duyệt thử] Ngày Khuyến học Việt Nam"


def test_hostile_title_stays_a_title() -> None:
    tree = render(an_edition(articles=(an_article(title=HOSTILE),)))

    known = json.loads(tree[f"{FOLDER}/oembed.json"])
    framed, page = Page(known["html"].encode()), Page(tree[f"{FOLDER}/player.html"])
    bulletin = Page(tree[f"{FOLDER}/index.html"])
    assert known["title"] == CLEAN
    assert framed.elements == [
        (
            "iframe",
            {"src": PLAYER, "title": f"Nghe: {CLEAN}", "width": "100%", "height": "220", "loading": "lazy"},
        )
    ]
    assert framed.words == ""
    assert CLEAN in page.words
    assert [a["value"] for _, a in bulletin.elements if a.get("id") == "to-portal"] == [known["html"]]
