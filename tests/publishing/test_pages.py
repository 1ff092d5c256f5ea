"""Pages: what a reader sees, and what no page may hold."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from broadcaster.programme.release import ReleasedDay
from broadcaster.publishing.campaign_year import Row
from broadcaster.publishing.edition import CampaignCard, Edition
from broadcaster.publishing.phrases import ENGLISH, VIETNAMESE
from broadcaster.publishing.tree import render
from broadcaster.types import Kind, Milliseconds
from tests.builders import (
    DAY,
    a_campaign_year,
    a_released_day,
    a_released_item,
    a_released_session,
    a_station_card,
    an_article,
    an_edition,
    at,
)
from tests.publishing.hostile import CLEAN, HOSTILE

VOID = {"meta", "link", "input", "br", "track", "path", "line"}


class Page(HTMLParser):
    """A page taken apart: its elements with attributes, and its words. Every element must be closed where it was opened."""

    def __init__(self, page: bytes):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words = f"{self.words} {' '.join(data.split())}"

    def all(self, tag: str, attribute: str) -> list[str | None]:
        return [attributes.get(attribute) for name, attributes in self.elements if name == tag]


def pages_of(edition: Edition) -> dict[str, Page]:
    return {path: Page(content) for path, content in render(edition).items() if path.endswith(".html")}


def test_pages_of_an_edition() -> None:
    assert sorted(pages_of(an_edition())) == [
        "404.html",
        "bulletins/ngay-khuyen-hoc-viet-nam/index.html",
        "bulletins/ngay-khuyen-hoc-viet-nam/player.html",
        "calendar-next.html",
        "calendar.html",
        "index.html",
        "stations/cat-ba/index.html",
    ]


def test_station_page_links_and_plays_only_what_has_begun() -> None:
    later = a_released_item(at("05:31"), "Đọc sách mỗi ngày", script="doc-sach")
    tune = a_released_item(at("05:30"), "Nhạc hiệu", kind=Kind.SIGNATURE_TUNE, script=None)
    news = a_released_item(at("05:30"))
    day = a_released_day(DAY, a_released_session(at("05:30"), tune, news, later))
    coming = an_article("doc-sach", title="Đọc sách mỗi ngày", first_at=at("05:31"))
    edition = an_edition(moment=at("05:30:30"), days=(day,), articles=(an_article(), coming))

    page = pages_of(edition)["stations/cat-ba/index.html"]

    assert page.all("audio", "src") == [f"../../audio/{news.sha256}.mp3"]
    assert page.all("audio", "preload") == ["none"]
    assert [href for href in page.all("a", "href") if "bulletins/" in str(href)] == [
        "../../bulletins/ngay-khuyen-hoc-viet-nam/"
    ]
    assert "Đọc sách mỗi ngày" in page.words


def test_withdrawn_bulletin_cannot_be_heard_or_read() -> None:
    pages = pages_of(an_edition(articles=(an_article(is_withdrawn=True),)))

    bulletin = pages["bulletins/ngay-khuyen-hoc-viet-nam/index.html"]
    assert [path for path, page in pages.items() if page.all("audio", "src")] == []
    assert VIETNAMESE.withdrawn_long in bulletin.words
    assert "Kính thưa" not in bulletin.words
    assert VIETNAMESE.withdrawn in pages["stations/cat-ba/index.html"].words
    assert "Ngày Khuyến học Việt Nam" not in pages["index.html"].words.partition("Các đài truyền thanh")[0]


def test_bulletin_page_after_its_sound_was_deleted() -> None:
    page = pages_of(an_edition(articles=(an_article(sha256=None),)))["bulletins/ngay-khuyen-hoc-viet-nam/index.html"]

    assert page.all("audio", "src") == []
    assert VIETNAMESE.no_sound in page.words
    assert "Mời quý vị cùng nghe." in page.words


def test_bulletin_page_carries_cues_and_facts() -> None:
    page = pages_of(an_edition())["bulletins/ngay-khuyen-hoc-viet-nam/index.html"]

    cues = [(a["data-start"], a["data-end"]) for _, a in page.elements if a.get("class") == "cue"]
    properties = {a["property"]: a["content"] for tag, a in page.elements if tag == "meta" and "property" in a}
    assert cues == [("0", "1800"), ("2300", "5900"), ("6300", "8000")]
    assert properties["og:url"] == "http://127.0.0.1:8000/bulletins/ngay-khuyen-hoc-viet-nam/"
    assert properties["og:image"] == "http://127.0.0.1:8000/static/share.png"
    assert properties["og:audio"] == f"http://127.0.0.1:8000/audio/{an_article().sha256}.mp3"
    assert "III.1.4" in page.words
    assert "Quyết định 89/QĐ-TTg ngày 09/01/2013" in page.words


def test_trial_is_marked_on_every_page() -> None:
    pages = pages_of(an_edition(is_trial=True))

    assert [path for path, page in pages.items() if VIETNAMESE.trial_long not in page.words] == []


def test_real_edition_is_not_marked_as_trial() -> None:
    pages = pages_of(an_edition())

    assert [path for path, page in pages.items() if VIETNAMESE.trial in page.words] == []


def test_unconfirmed_is_shown_as_an_example() -> None:
    session = replace(a_released_session(at("05:30"), a_released_item(at("05:30"))), is_confirmed=False)
    card = a_station_card(unconfirmed=("số cụm loa",))
    edition = an_edition(stations=(card,), days=(a_released_day(DAY, session),))

    words = pages_of(edition)["stations/cat-ba/index.html"].words

    assert words.count("ví dụ, chưa xác nhận") == 2
    assert "số cụm loa" in words


def test_station_page_without_a_session_today() -> None:
    edition = an_edition(moment=at("06:00", date(2020, 10, 3)))

    page = pages_of(edition)["stations/cat-ba/index.html"]

    assert VIETNAMESE.no_session_today in page.words
    assert "Thứ Sáu, ngày 02/10/2020" in page.words


def test_what_is_on_is_told_by_the_readers_watch_and_honestly_without_script() -> None:
    tune = a_released_item(at("05:30"), "Nhạc hiệu", kind=Kind.SIGNATURE_TUNE, script=None, length=Milliseconds(13_600))
    today = a_released_day(DAY, a_released_session(at("05:30"), tune, a_released_item(at("05:31"))))
    tomorrow = a_released_day(date(2020, 10, 3))

    page = pages_of(an_edition(days=(today, tomorrow)))["stations/cat-ba/index.html"]

    watched = [(a["data-start"], a["data-end"], a["data-day"]) for _, a in page.elements if "data-start" in a]
    assert watched == [
        ("2020-10-02T05:30:00+07:00", "2020-10-02T05:32:00.400000+07:00", "2020-10-02"),
        ("2020-10-03T05:30:00+07:00", "2020-10-03T05:31:00.400000+07:00", "2020-10-03"),
    ]
    told = page.words.partition(VIETNAMESE.on_now)[2].partition(VIETNAMESE.because)[0]
    assert "Thứ Sáu, ngày 02/10/2020, đài phát lúc 05:30" in told
    assert "Buổi tới: 05:30, Thứ Bảy, ngày 03/10/2020" in told
    assert VIETNAMESE.on_air not in told


def test_station_page_tells_how_to_fetch() -> None:
    page = pages_of(an_edition())["stations/cat-ba/index.html"]

    station = "http://127.0.0.1:8000/stations/cat-ba"
    assert {a["id"]: a["value"] for tag, a in page.elements if tag == "input"} == {
        "to-phone": "http://127.0.0.1:8000/feeds/stations/cat-ba.xml",
        "to-calendar": f"{station}/calendar.ics",
        "to-player": f"{station}/today.m3u",
        "to-liquidsoap": f'playlist(mode="normal", reload_mode="rounds", "{station}/today.m3u")',
        "to-receiver": f"{station}/manifest.jws",
        "to-machine": f"{station}/today.json",
    }
    labelled = {a["for"] for tag, a in page.elements if tag == "label"}
    assert labelled == {a["id"] for tag, a in page.elements if tag == "input"}


def test_pages_stay_under_a_hundred_kilobytes_for_weeks_of_full_days() -> None:
    title = "Phòng, chống sốt xuất huyết: mỗi nhà dành mười phút mỗi tuần"
    because = "Tuần lễ hưởng ứng học tập suốt đời (từ 26/09/2026 đến 07/10/2026) đến nay được phát ít nhất so với phần thời lượng của mình"

    def full(day: date) -> ReleasedDay:
        """Three sessions of eight items each, more than the shipped stations have."""
        return a_released_day(
            day,
            *(
                a_released_session(
                    at(f"{hour}:30", day),
                    *(
                        a_released_item(
                            at(f"{hour}:{30 + turn}", day), title, because=because, script=f"ban-tin-so-{turn}"
                        )
                        for turn in range(8)
                    ),
                )
                for hour in ("05", "17", "19")
            ),
        )

    days = tuple(full(DAY + timedelta(days=offset)) for offset in range(-7, 15))
    told = tuple(an_article(f"ban-tin-so-{turn}", title=title) for turn in range(8))
    stations = tuple(a_station_card(slug=f"dai-{number}") for number in range(30))
    campaigns = tuple(
        CampaignCard(f"dot-{number}", title, "từ 01/10/2020 đến 07/10/2020", False) for number in range(40)
    )

    tree = render(an_edition(days=days, articles=told, stations=(a_station_card(), *stations), campaigns=campaigns))

    assert {path: len(page) for path, page in tree.items() if path.endswith(".html") and len(page) > 100_000} == {}
    assert len(tree["static/style.css"]) + len(tree["static/player.js"]) < 30_000


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_can_be_read_aloud_and_used_with_the_keyboard(language: str) -> None:
    """Language, one heading of the first order, a name for every player and frame, a label for every field, ids that are one each."""
    for path, page in pages_of(an_edition(language=language)).items():
        tags = [tag for tag, _ in page.elements]
        ids = [str(a["id"]) for _, a in page.elements if "id" in a]
        assert page.all("html", "lang") == [language], path
        assert (tags.count("h1"), tags.count("main"), tags.count("title")) == (1, 1, 1), path
        assert sorted(ids) == sorted(set(ids)), path
        assert None not in page.all("audio", "aria-label"), path
        assert [a["tabindex"] for _, a in page.elements if "tabindex" in a] == [], path
        named = {
            str(a[name]) for _, a in page.elements for name in ("aria-labelledby", "aria-describedby") if name in a
        }
        assert named <= set(ids), path
        anchors = {str(href)[1:] for href in page.all("a", "href") if str(href).startswith("#")}
        assert anchors <= set(ids), path


def test_no_english_is_left_on_vietnamese_pages() -> None:
    theirs = {
        phrase for phrase in vars(ENGLISH).values() if isinstance(phrase, str) and " " in phrase and "{" not in phrase
    }

    pages = pages_of(an_edition())

    assert [(path, one) for path, page in pages.items() for one in theirs if one in page.words] == []


def test_no_vietnamese_frame_is_left_on_english_pages() -> None:
    theirs = {
        phrase
        for phrase in vars(VIETNAMESE).values()
        if isinstance(phrase, str) and " " in phrase and "{" not in phrase
    }

    pages = pages_of(an_edition(language="en"))

    assert [(path, one) for path, page in pages.items() for one in theirs if one in page.words] == []


def test_pages_in_english() -> None:
    page = pages_of(an_edition(language="en"))["stations/cat-ba/index.html"]

    assert page.all("html", "lang") == ["en"]
    assert ENGLISH.how_to in page.words
    assert "Friday, 2020-10-02" in page.words


def test_no_page_holds_script_style_or_foreign_address_whatever_the_text() -> None:
    item = replace(a_released_item(at("05:30")), title=HOSTILE, because=HOSTILE)
    day = a_released_day(DAY, a_released_session(at("05:30"), item, name=HOSTILE), name=HOSTILE, area_name=HOSTILE)
    article = an_article(title=HOSTILE, summary=HOSTILE, text=HOSTILE, cues=(), author=HOSTILE, sources=(HOSTILE,))
    card = a_station_card(name=HOSTILE, area_name=HOSTILE, operator=HOSTILE, unconfirmed=(HOSTILE,))
    campaign = CampaignCard("ngay-khuyen-hoc", HOSTILE, HOSTILE, True)
    window = replace(a_campaign_year().campaigns[0].windows[0], name=HOSTILE)
    row = Row("ngay-khuyen-hoc", HOSTILE, 5, (window,), is_confirmed=False, ordinal=5, theme=HOSTILE)
    calendars = (a_campaign_year(campaigns=(row,), columns=(row,)), a_campaign_year(2021))
    edition = an_edition(stations=(card,), campaigns=(campaign,), days=(day,), articles=(article,), calendars=calendars)

    pages = pages_of(edition)

    assert len(pages) == 7
    for page in pages.values():
        assert [
            src for src in page.all("script", "src") if not str(src).partition("?")[0].endswith("static/player.js")
        ] == []
        assert page.words.count("alert(1)") == page.words.count("<script>alert(1)</script>")
        assert [a for _, a in page.elements if any(name == "style" or name.startswith("on") for name in a)] == []
        addresses = [str(a[name]) for _, a in page.elements for name in ("href", "src") if name in a]
        assert [
            one for one in addresses if re.match(r"\w+:|//", one) and not one.startswith("http://127.0.0.1:8000/")
        ] == []
    for path in ("bulletins/ngay-khuyen-hoc-viet-nam/index.html", "calendar.html", "index.html"):
        assert CLEAN in pages[path].words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_relative_address_on_a_page_leads_to_a_file(language: str) -> None:
    edition = an_edition(language=language)
    tree = render(edition)
    tree[f"audio/{an_article().sha256}.mp3"] = b""

    dead = []
    for path, page in pages_of(edition).items():
        for target in [
            *page.all("a", "href"),
            *page.all("link", "href"),
            *page.all("audio", "src"),
            *page.all("track", "src"),
        ]:
            if target is None or target.startswith(("http", "#")):
                continue
            parts = path.split("/")[:-1]
            name = target.partition("?")[0].partition("#")[0]
            while name.startswith("../"):
                parts, name = parts[:-1], name[3:]
            name = "/".join([*parts, name.removeprefix("./")])
            if (f"{name}index.html" if not name or name.endswith("/") else name) not in tree:
                dead.append((path, target))
    assert dead == []


def test_a_persons_own_recording_is_called_so() -> None:
    article = an_article(voice=f"recorded {'a' * 64}")

    page = render(an_edition(articles=(article,)))[f"bulletins/{article.script}/index.html"].decode()

    assert "bản thu của người đọc" in page
    assert "recorded" not in page
