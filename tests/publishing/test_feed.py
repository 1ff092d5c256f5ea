"""Feeds, read back by independent importers."""

import io
import json
import locale
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import atoma
import feedparser
import jsonschema
import podcastparser
import pytest

from broadcaster.publishing.channel import channels
from broadcaster.publishing.edition import Edition
from broadcaster.publishing.tree import render
from broadcaster.types import Kind
from tests.builders import PUBLIC_URL, an_article, an_edition, at
from tests.publishing.hostile import CLEAN, HOSTILE

URL = {"type": "string", "format": "uri", "pattern": "^https?://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "patternProperties": {"^_": {"type": "object"}},
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": URL,
        "feed_url": URL,
        "icon": URL,
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": {"type": "string"},
                    "url": URL,
                    "date_published": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$"},
                    "date_modified": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url", "mime_type"],
                            "properties": {"url": URL, "size_in_bytes": {"type": "integer"}},
                        },
                    },
                },
            },
        },
    },
}


def rss_of(edition: Edition, path: str = "feeds/all.xml") -> bytes:
    return render(edition)[path]


def items_of(feed: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(feed).findall("channel/item")


def test_rss_as_feedparser_sees_it() -> None:
    article = an_article()

    feed = feedparser.parse(rss_of(an_edition()))

    assert feed.bozo == 0
    assert feed.feed.link == f"{PUBLIC_URL}/"
    assert feed.feed.language == "vi"
    (item,) = feed.entries
    assert item.id == "urn:broadcaster:script:ngay-khuyen-hoc-viet-nam"
    assert item.guidislink is False
    assert item.title == "Ngày Khuyến học Việt Nam"
    assert item.link == f"{PUBLIC_URL}/bulletins/ngay-khuyen-hoc-viet-nam/"
    assert item.published == "Fri, 02 Oct 2020 05:30:00 +0700"
    assert item.summary == article.summary
    assert [(e.href, e.type, e.length) for e in item.enclosures] == [
        (f"{PUBLIC_URL}/audio/{article.sha256}.mp3", "audio/mpeg", str(article.size))
    ]
    assert item.itunes_duration == "60"
    assert item.author == "Phòng Văn hóa"
    assert "<p>Ngày 2 tháng 10 là Ngày Khuyến học Việt Nam. Mời quý vị cùng nghe.</p>" in item.content[0].value
    assert f'href="{PUBLIC_URL}/audio/{article.sha256}.mp3"' in item.content[0].value


def test_rss_as_podcastparser_sees_it() -> None:
    article = an_article()

    podcast = podcastparser.parse(f"{PUBLIC_URL}/feeds/all.xml", io.BytesIO(rss_of(an_edition())))

    (episode,) = podcast["episodes"]
    assert podcast["itunes_categories"] == [["Government"], ["Education"]]
    assert podcast["explicit"] is False
    assert episode["guid"] == "urn:broadcaster:script:ngay-khuyen-hoc-viet-nam"
    assert episode["total_time"] == 60
    assert episode["published"] == int(article.first_at.timestamp())
    assert episode["enclosures"] == [
        {"url": f"{PUBLIC_URL}/audio/{article.sha256}.mp3", "mime_type": "audio/mpeg", "file_size": article.size}
    ]


def test_rss_names_both_transcripts() -> None:
    (item,) = items_of(rss_of(an_edition()))

    transcripts = item.findall("{https://podcastindex.org/namespace/1.0}transcript")

    assert [transcript.attrib for transcript in transcripts] == [
        {
            "url": f"{PUBLIC_URL}/bulletins/ngay-khuyen-hoc-viet-nam/transcript.vtt",
            "type": "text/vtt",
            "language": "vi",
        },
        {
            "url": f"{PUBLIC_URL}/bulletins/ngay-khuyen-hoc-viet-nam/transcript.txt",
            "type": "text/plain",
            "language": "vi",
        },
    ]


def test_atom_keeps_the_enclosure() -> None:
    article = an_article()

    feed = atoma.parse_atom_bytes(render(an_edition())["feeds/all.atom"])

    (entry,) = feed.entries
    assert (feed.id_, feed.updated) == (f"{PUBLIC_URL}/feeds/all.atom", article.first_at)
    assert (entry.id_, entry.published, entry.updated) == (
        "urn:broadcaster:script:ngay-khuyen-hoc-viet-nam",
        article.first_at,
        article.first_at,
    )
    assert [(link.rel, link.href, link.type_, link.length) for link in entry.links] == [
        ("alternate", f"{PUBLIC_URL}/bulletins/ngay-khuyen-hoc-viet-nam/", "text/html", None),
        ("enclosure", f"{PUBLIC_URL}/audio/{article.sha256}.mp3", "audio/mpeg", article.size),
    ]


def test_json_feed_is_valid_and_tells_the_same() -> None:
    article = an_article()

    feed = json.loads(render(an_edition(is_trial=True))["feeds/all.json"])

    jsonschema.validate(feed, JSON_FEED)
    assert feed["_broadcaster"] == {"rehearsal": True}
    assert feed["items"][0]["attachments"] == [
        {
            "url": f"{PUBLIC_URL}/audio/{article.sha256}.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": article.size,
            "duration_in_seconds": 60,
        }
    ]


def test_feeds_hold_only_what_has_begun() -> None:
    later = an_article("doc-sach", title="Đọc sách mỗi ngày", first_at=at("06:00:01"))

    items = items_of(rss_of(an_edition(articles=(an_article(), later))))

    assert [item.findtext("title") for item in items] == ["Ngày Khuyến học Việt Nam"]


def test_feeds_leave_out_lead_ins() -> None:
    items = items_of(rss_of(an_edition(articles=(an_article("loi-chao", kind=Kind.LEAD_IN),))))

    assert items == []


def test_correction_keeps_the_guid_and_moves_last_build_date() -> None:
    corrected = an_article(revision=2, text="Ngày 2 tháng 10.", approved_at=at("05:50"))

    before, after = (rss_of(an_edition(articles=(article,))) for article in (an_article(), corrected))

    guids = [items_of(feed)[0].findtext("guid") for feed in (before, after)]
    dates = [ElementTree.fromstring(feed).findtext("channel/lastBuildDate") for feed in (before, after)]
    published = [items_of(feed)[0].findtext("pubDate") for feed in (before, after)]
    assert guids[0] == guids[1]
    assert dates == ["Fri, 02 Oct 2020 05:30:00 +0700", "Fri, 02 Oct 2020 05:50:00 +0700"]
    assert published[0] == published[1]


def test_withdrawn_article_stays_without_sound_and_text() -> None:
    edition = an_edition(articles=(an_article(is_withdrawn=True),))

    feed = rss_of(edition)

    (item,) = items_of(feed)
    assert item.findtext("title") == "ĐÃ GỠ: Ngày Khuyến học Việt Nam"
    assert item.findtext("guid") == "urn:broadcaster:script:ngay-khuyen-hoc-viet-nam"
    assert item.find("enclosure") is None
    assert "Kính thưa" not in feed.decode()
    assert "transcript" not in feed.decode()


def test_titles_are_unique_and_the_first_keeps_its_own() -> None:
    articles = (an_article("a"), an_article("b", first_at=at("05:31")), an_article("c", first_at=at("05:32")))

    titles = [item.findtext("title") for item in items_of(rss_of(an_edition(articles=articles)))]

    assert titles == [
        "Ngày Khuyến học Việt Nam (c)",
        "Ngày Khuyến học Việt Nam (02/10/2020)",
        "Ngày Khuyến học Việt Nam",
    ]


def test_hostile_title_and_text_in_every_feed() -> None:
    article = an_article(title=HOSTILE, summary=HOSTILE, text=HOSTILE, author=HOSTILE, sources=(HOSTILE,))
    tree = render(an_edition(articles=(article,)))

    rss, atom = feedparser.parse(tree["feeds/all.xml"]), feedparser.parse(tree["feeds/all.atom"])
    json_feed = json.loads(tree["feeds/all.json"])

    assert (rss.bozo, atom.bozo) == (0, 0)
    assert items_of(tree["feeds/all.xml"])[0].findtext("title") == CLEAN
    assert json_feed["items"][0]["title"] == CLEAN
    assert "<script" not in json_feed["items"][0]["content_html"]


def test_trial_marks_every_channel() -> None:
    edition = an_edition(is_trial=True)

    titles = [channel.title for _, channel in channels(edition)]

    assert titles == [
        "[Bản duyệt thử] Truyền thanh cơ sở",
        "[Bản duyệt thử] Ngày Khuyến học Việt Nam",
        "[Bản duyệt thử] Đài Truyền thanh thị trấn Cát Bà",
    ]


def test_live_feed_holds_the_newest_hundred_and_months_are_archived() -> None:
    first = at("05:30", date(2020, 7, 1))
    articles = tuple(
        an_article(f"tin-{n:03d}", title=f"Tin số {n}", first_at=first + timedelta(days=n * 94 / 129))
        for n in range(130)
    )
    edition = an_edition(moment=at("06:00", date(2020, 10, 3)), articles=articles)

    tree = render(edition)

    live = items_of(tree["feeds/all.xml"])
    archives = sorted(path for path in tree if path.startswith("feeds/all-"))
    archived = [item.findtext("guid") for path in archives for item in items_of(tree[path])]
    assert [item.findtext("title") for item in live] == [f"Tin số {n}" for n in range(129, 29, -1)]
    assert archives == ["feeds/all-2020-07.xml", "feeds/all-2020-08.xml", "feeds/all-2020-09.xml"]
    assert {f"urn:broadcaster:script:{article.script}" for article in articles} == {
        *archived,
        *(item.findtext("guid") for item in live),
    }
    links = {path: feedparser.parse(tree[path]).feed.links for path in ("feeds/all.xml", *archives)}
    previous = {path: [link.href for link in found if link.rel == "prev-archive"] for path, found in links.items()}
    assert previous == {
        "feeds/all.xml": [f"{PUBLIC_URL}/feeds/all-2020-09.xml"],
        "feeds/all-2020-09.xml": [f"{PUBLIC_URL}/feeds/all-2020-08.xml"],
        "feeds/all-2020-08.xml": [f"{PUBLIC_URL}/feeds/all-2020-07.xml"],
        "feeds/all-2020-07.xml": [],
    }


def test_empty_feed_is_dated_by_its_days() -> None:
    feed = feedparser.parse(rss_of(an_edition(articles=())))

    assert feed.bozo == 0
    assert parsedate_to_datetime(feed.feed.updated) == at("00:00")


def test_feeds_never_touch_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the process's locale was changed")

    monkeypatch.setattr(locale, "setlocale", refuse)

    feed = rss_of(an_edition())

    assert feed.count(b"<lastBuildDate>") == 1


def test_station_and_campaign_feeds_hold_their_own() -> None:
    elsewhere = an_article("doc-sach", title="Đọc sách mỗi ngày", campaign=None, stations=(("cat-hai", at("05:30")),))
    edition = an_edition(articles=(an_article(), elsewhere))

    tree = render(edition)

    assert [item.findtext("title") for item in items_of(tree["feeds/stations/cat-ba.xml"])] == [
        "Ngày Khuyến học Việt Nam"
    ]
    assert [item.findtext("title") for item in items_of(tree["feeds/campaigns/ngay-khuyen-hoc.xml"])] == [
        "Ngày Khuyến học Việt Nam"
    ]
    assert len(items_of(tree["feeds/all.xml"])) == 2


def test_approval_after_the_moment_is_not_told() -> None:
    article = replace(an_article(), approved_at=at("09:00"))

    feed = ElementTree.fromstring(rss_of(an_edition(articles=(article,))))

    assert feed.findtext("channel/lastBuildDate") == "Fri, 02 Oct 2020 06:00:00 +0700"
