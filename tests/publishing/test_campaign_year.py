"""The campaign calendar of a year: its rows, where their days lie on the year's line, and its page."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from broadcaster.planning.calendar import Window
from broadcaster.planning.campaign import Campaign, When, read_campaign
from broadcaster.publishing.campaign_year import (
    APART,
    THICKEST,
    CampaignYear,
    Row,
    bars,
    by_month,
    campaign_year,
    coming,
    day_place,
    due,
    lanes,
    months_line,
)
from broadcaster.publishing.edition import CampaignCard
from broadcaster.publishing.phrases import ENGLISH, VIETNAMESE, Phrases
from broadcaster.publishing.tree import render
from broadcaster.types import DatedName, Weekday
from tests.builders import a_campaign_year, an_edition, at
from tests.publishing.test_pages import Page, pages_of

ROOT = Path(__file__).resolve().parents[2]
ALL = tuple(Weekday)


def shipped(year: int) -> CampaignYear:
    folder = ROOT / "schedules" / "campaigns"
    return campaign_year([read_campaign(path, ROOT) for path in sorted(folder.glob("*.toml"))], year)


def a_window(first: date, start: date, end: date, last: date, name: str = "Đợt") -> Window:
    return Window("dot", name, first, start, end, last, ALL)


def test_campaigns_stand_by_their_days_and_columns_by_weight() -> None:
    found = shipped(2026)

    assert [row.slug for row in found.campaigns][:3] == [
        "tet-va-khuyen-hoc-dong-ho",
        "ngay-sach",
        "ngay-sach-va-ban-quyen-the-gioi",
    ]
    assert found.campaigns[-1].slug == "ngay-nha-giao-viet-nam"
    assert found.campaigns[1].name == "Ngày Sách và Văn hóa đọc Việt Nam"
    assert found.campaigns[1].ordinal == 5
    assert found.columns[-1].slug == "tieng-loa-hoc-bai"


def test_name_without_a_source_is_marked() -> None:
    month = {row.slug: row.is_confirmed for row in shipped(2026).campaigns}

    assert (month["thang-khuyen-hoc"], month["ngay-khuyen-hoc"]) == (False, True)


def test_column_is_one_line_through_the_year() -> None:
    column = Campaign("muc", (DatedName("Chuyên mục"),), (When(weekdays=(Weekday.TUESDAY,)),), 2, is_column=True)
    late = Campaign("moi", (DatedName("Mới"),), (When(since=date(2026, 6, 15)),), 1, is_column=True)

    rows = campaign_year([late, column], 2026).columns

    assert [(row.slug, [(one.first, one.last) for one in row.windows]) for row in rows] == [
        ("muc", [(date(2026, 1, 1), date(2026, 12, 31))]),
        ("moi", [(date(2026, 6, 15), date(2026, 12, 31))]),
    ]


def test_campaign_without_a_day_in_the_year_has_no_row() -> None:
    later = Campaign("sau", (DatedName("Sau"),), (When(start=(10, 10), end=(10, 10), since=date(2022, 4, 22)),), 3)

    assert campaign_year([later], 2020) == CampaignYear(2020, (), ())


def test_days_on_the_line_of_the_year() -> None:
    line = months_line(2026)

    assert (line[0], line[11]) == (("0.00%", "4.25%"), ("91.51%", "95.75%"))
    assert day_place(date(2026, 1, 1), 2026) == "0.14%"
    assert day_place(date(2024, 12, 31), 2024) == "99.86%"
    assert day_place(date(2027, 1, 1), 2026) is None


def test_bar_of_an_observance_with_its_days_around() -> None:
    window = a_window(date(2026, 9, 28), date(2026, 10, 2), date(2026, 10, 2), date(2026, 10, 3))

    (bar,) = bars((window,), 5, 2026)

    assert (bar.first, bar.start, bar.end, bar.last) == ("73.97%", "75.21%", "75.21%", "75.62%")
    assert bar.thickness == 14
    assert bars((window,), THICKEST + 9, 2026)[0].thickness == 14


def test_bar_is_cut_at_the_years_turn() -> None:
    turn = a_window(date(2025, 12, 20), date(2025, 12, 28), date(2026, 1, 3), date(2026, 1, 5))

    (before,), (after,) = bars((turn,), 1, 2025), bars((turn,), 1, 2026)

    assert (before.first, before.end, before.last) == ("96.71%", "99.86%", "100.00%")
    assert (after.first, after.start, after.last) == ("0.00%", "0.14%", "1.37%")


def test_windows_stand_under_their_month() -> None:
    turn = a_window(date(2025, 12, 20), date(2025, 12, 28), date(2026, 1, 3), date(2026, 1, 5))
    own = a_campaign_year(2026).campaigns[0]

    months = by_month(CampaignYear(2026, (Row("dot", "Đợt", 1, (turn,)), own), ()))

    assert [(month, [one.row.slug for one in dates]) for month, dates in months] == [
        (1, ["dot"]),
        (10, ["ngay-khuyen-hoc"]),
    ]


def test_what_is_due_and_what_comes_across_the_years_turn() -> None:
    calendars = (a_campaign_year(2020), a_campaign_year(2021))

    assert [one.window.start for one in due(calendars[0], date(2020, 9, 28))] == [date(2020, 10, 2)]
    assert due(calendars[0], date(2020, 10, 4)) == ()
    assert [one.window.start for one in coming(calendars, date(2020, 10, 1))] == [date(2021, 10, 2)]
    assert [one.window.start for one in coming(calendars, date(2020, 9, 1))] == [
        date(2020, 10, 2),
        date(2021, 10, 2),
    ]


@pytest.mark.parametrize("year", [2020, 2024, 2026])
def test_no_two_bars_of_a_lane_run_into_each_other(year: int) -> None:
    rows = shipped(year).campaigns

    found = lanes(rows, year)

    assert sum(len(lane) for lane in found) == sum(len(bars(row.windows, row.weight, year)) for row in rows)
    for lane in found:
        for left, right in pairwise(lane):
            assert left.window.last + APART < right.window.first


@pytest.mark.parametrize(("language", "words"), [("vi", VIETNAMESE), ("en", ENGLISH)])
def test_calendar_page_tells_in_words_what_its_picture_shows(language: str, words: Phrases) -> None:
    calendars = (shipped(2026), shipped(2027))
    edition = an_edition(language=language, calendars=calendars, moment=at("06:00", date(2026, 10, 2)))

    page = pages_of(edition)["calendar.html"]

    assert page.all("html", "lang") == [language]
    for row in (*calendars[0].campaigns, *calendars[0].columns):
        assert page.words.count(row.name) >= 2
    for phrase in (words.due_now, words.coming, words.by_month, words.this_month, words.key_today, words.example):
        assert phrase in page.words
    assert set(page.all("svg", "aria-hidden")) == {"true"}
    assert "calendar-next.html" in page.all("a", "href")


def test_today_is_marked_in_its_own_year_alone() -> None:
    pages = pages_of(an_edition())

    marked = {path: [a for _, a in page.elements if a.get("class") == "today-line"] for path, page in pages.items()}

    assert sorted(path for path, found in marked.items() if found) == ["calendar.html", "index.html"]
    assert marked["index.html"][0]["x1"] == "75.27%"


def test_front_page_leads_to_the_calendar() -> None:
    page = Page(render(an_edition())["index.html"])

    assert "calendar.html" in page.all("a", "href")
    assert "Lịch tuyên truyền năm 2020" in page.words


def test_front_page_names_what_is_due_before_what_comes_and_columns_last() -> None:
    calendars = (shipped(2026), shipped(2027))
    cards = tuple(
        CampaignCard(slug, slug, "", slug == "guong-hieu-hoc")
        for slug in ("guong-hieu-hoc", "ngay-nha-giao-viet-nam", "ngay-sach", "ngay-khuyen-hoc")
    )
    edition = an_edition(calendars=calendars, campaigns=cards, moment=at("06:00", date(2026, 10, 2)))

    page = pages_of(edition)["index.html"]

    assert [a["id"] for tag, a in page.elements if tag == "li" and "id" in a] == [
        "ngay-khuyen-hoc",
        "ngay-nha-giao-viet-nam",
        "ngay-sach",
        "guong-hieu-hoc",
    ]
