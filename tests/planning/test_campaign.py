"""A campaign's file: its names and rules, and every way in which a rule of days can be wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.planning.campaign import Campaign, Theme, When, campaign_findings, read_campaign
from broadcaster.stations.area import Area
from broadcaster.types import DatedName, Finding, Weekday, Weight
from broadcaster.words import say

FILE = """names = [
  { text = "Ngày Sách Việt Nam", until = 2021-11-03 },
  { text = "Ngày Sách và Văn hóa đọc Việt Nam", since = 2021-11-04 },
]
weight = 4
clauses = ["III.1.4"]
audience = ["hoc-sinh", "nhan-dan"]
areas = []
ordinal_base = 2021

[[when]]
on = "04-21"
run_up = 6
after = 2
since = 2014-02-24

[[when]]
first = 2025-04-15
last = 2025-05-02
source = "Kế hoạch của Bộ"
areas = ["hai-phong"]

[[theme]]
year = 2020
text = "Đọc sách để nâng cao chất lượng cuộc sống"
source = "KH 48/KH-UBND"
"""
BOOK_DAY = Campaign(
    slug="ngay-sach",
    names=(
        DatedName("Ngày Sách Việt Nam", until=date(2021, 11, 3)),
        DatedName("Ngày Sách và Văn hóa đọc Việt Nam", since=date(2021, 11, 4)),
    ),
    when=(
        When(start=(4, 21), end=(4, 21), run_up=6, after=2, since=date(2014, 2, 24)),
        When(first=date(2025, 4, 15), last=date(2025, 5, 2), source="Kế hoạch của Bộ", areas=("hai-phong",)),
    ),
    weight=4,
    clauses=("III.1.4",),
    audience=("hoc-sinh", "nhan-dan"),
    themes=(Theme(2020, "Đọc sách để nâng cao chất lượng cuộc sống", "KH 48/KH-UBND"),),
    ordinal_base=2021,
)


def read(folder: Path, text: str) -> Campaign:
    path = folder / "ngay-sach.toml"
    path.write_text(text, "utf-8")
    return read_campaign(path, folder)


def rule(folder: Path, lines: str) -> When:
    (when,) = read(folder, f'names = [{{ text = "Thử" }}]\nweight = 1\n\n[[when]]\n{lines}\n').when
    return when


def test_campaign_is_read_whole(tmp_path: Path) -> None:
    assert read(tmp_path, FILE) == BOOK_DAY


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ('from = "10-01"\nto = "10-07"', When(start=(10, 1), end=(10, 7))),
        ('on = "02-29"', When(start=(2, 29), end=(2, 29))),
        ('on = "lunar:02-30"', When(start=(2, 30), end=(2, 30), is_lunar=True)),
        ('from = "lunar:12-23"\nto = "lunar:01-07"', When(start=(12, 23), end=(1, 7), is_lunar=True)),
        ('weekdays = ["thu-2", "thu-4"]', When(weekdays=(Weekday.MONDAY, Weekday.WEDNESDAY))),
        ("since = 2026-01-05", When(since=date(2026, 1, 5))),
    ],
)
def test_rule_of_days_is_read(tmp_path: Path, lines: str, wanted: When) -> None:
    assert rule(tmp_path, lines) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ('on = "02-30"', ":5 [when 1]: “02-30” is not a day of the year. Write month-day, for example 10-02, or lunar:08-15."),
        ('on = "lunar:01-31"', ":5 [when 1]: “lunar:01-31” is not a day of the year. Write month-day, for example 10-02, or lunar:08-15."),
        ('on = "21/4"', ":5 [when 1]: “21/4” is not a day of the year. Write month-day, for example 10-02, or lunar:08-15."),
        ('from = "10-01"\nto = "13-07"', ":6 [when 1]: “13-07” is not a day of the year. Write month-day, for example 10-02, or lunar:08-15."),
        ('from = "lunar:12-23"\nto = "01-07"', ":5 [when 1]: “from” and “to” are both lunar days, or both are not."),
        ('from = "10-01"', ":4 [when 1]: a yearly rule has either “on”, or “from” and “to”."),
        ('on = "10-01"\nto = "10-02"', ":4 [when 1]: a yearly rule has either “on”, or “from” and “to”."),
        ("first = 2025-05-02\nlast = 2025-04-15", ":4 [when 1]: a year's own window has “first” and “last”, in this order, and no yearly days."),
        ("first = 2025-05-02", ":4 [when 1]: a year's own window has “first” and “last”, in this order, and no yearly days."),
        ('on = "04-21"\nfirst = 2025-04-15\nlast = 2025-05-02', ":4 [when 1]: a year's own window has “first” and “last”, in this order, and no yearly days."),
        ("run_up = 6", ":4 [when 1]: a rule that names no days has no “run_up” and no “after”. Name its days."),
        ('on = "04-21"\nrun_up = 200', ":6 [when 1]: “run_up” must be a whole number from 0 to 180."),
        ('on = "04-21"\nsince = 2026-01-01\nuntil = 2025-01-01', ":6 [when 1]: “since” comes before “until”."),
        ("weekdays = []", ":5 [when 1]: “weekdays” must be a list with one word at least, or left out."),
    ],
)  # fmt: skip
def test_wrong_rule_of_days_is_refused_with_its_line(tmp_path: Path, lines: str, wanted: str) -> None:
    with pytest.raises(BadFile) as raised:
        rule(tmp_path, lines)

    assert str(raised.value) == f"ngay-sach.toml{wanted}"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("weight = 4", "weight = 0", ":5: “weight” must be a whole number from 1 to 100000."),
        ("until = 2021-11-03", "until = 2021-11-04", ":3 [names 2]: on 2021-11-04 it holds together with one above it. Let the earlier one end the day before the later one begins."),
        ("clauses", "clause", ":6: there is no key “clause” here. Did you mean “clauses”?"),
    ],
)  # fmt: skip
def test_slip_is_named_with_its_line(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    with pytest.raises(BadFile) as raised:
        read(tmp_path, FILE.replace(old, new, 1))

    assert str(raised.value) == f"ngay-sach.toml{wanted}"


def test_campaign_without_names_or_days_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        read(tmp_path, 'names = [{ text = "Thử" }]\nweight = 1\n')

    assert str(raised.value) == "ngay-sach.toml: a campaign needs its names and at least one [[when]]."


def test_clause_of_no_plan_and_unknown_area_are_blocking() -> None:
    areas = {"hai-phongg": Area("hai-phongg", (DatedName("thành phố Hải Phòng"),))}
    place = "schedules/campaigns/ngay-sach.toml"

    found = campaign_findings(BOOK_DAY, (), areas)

    assert found == (
        Finding(
            Weight.BLOCKING,
            "clause",
            place,
            say("No plan has a clause “{clause}”.{hint}", clause="III.1.4", hint=say("")),
        ),
        Finding(
            Weight.BLOCKING,
            "area",
            place,
            say(
                "There is no area “{area}”.{hint}",
                area="hai-phong",
                hint=say(" Did you mean “{near}”?", near="hai-phongg"),
            ),
        ),
    )
    assert campaign_findings(replace(BOOK_DAY, clauses=(), when=BOOK_DAY.when[:1]), (), areas) == ()
