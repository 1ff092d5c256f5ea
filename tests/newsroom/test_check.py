"""Names and laws are judged on the days a script may air; what of the past is named as such is let through."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.newsroom.check import check
from broadcaster.newsroom.mentions import mentions
from broadcaster.newsroom.script import Script
from broadcaster.planning.campaign import Campaign, When
from broadcaster.planning.document import Document
from broadcaster.planning.plan import Clause, Plan
from broadcaster.stations.area import Area
from broadcaster.types import BulletinClass, DatedName, Finding, Kind, Weight

BOOK_DAY = Campaign(
    "ngay-sach",
    (
        DatedName("Ngày Sách Việt Nam", until=date(2021, 11, 3)),
        DatedName("Ngày Sách và Văn hóa đọc Việt Nam", since=date(2021, 11, 4)),
    ),
    (When(start=(4, 21), end=(4, 21), run_up=6, after=2),),
    4,
)
WEEK = Campaign(
    "tuan-le",
    (DatedName("Tuần lễ hưởng ứng học tập suốt đời"),),
    (When(start=(10, 1), end=(10, 7)), When(first=date(2025, 10, 6), last=date(2025, 10, 12), areas=("dong-nai",))),
    5,
)
CAMPAIGNS = {one.slug: one for one in (BOOK_DAY, WEEK)}
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
AREAS = {
    "huyen-cat-hai": Area("huyen-cat-hai", (DatedName("huyện Cát Hải", until=LAST),), successors=("dac-khu-cat-hai",)),
    "dac-khu-cat-hai": Area("dac-khu-cat-hai", (DatedName("đặc khu Cát Hải", since=FIRST),)),
    "cat-ba": Area("cat-ba", (DatedName("thị trấn Cát Bà", until=LAST), DatedName("khu vực Cát Bà", since=FIRST))),
}
QD_89 = Document(
    "89/QĐ-TTg",
    "Quyết định",
    "phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020”",
    "Thủ tướng Chính phủ",
    date(2013, 1, 9),
    date(2013, 1, 9),
    date(2021, 7, 29),
    "1373/QĐ-TTg",
    ("QĐ 89/QĐ-TTg", "QĐ 89"),
)
QD_1373 = replace(
    QD_89,
    number="1373/QĐ-TTg",
    issued=date(2021, 7, 30),
    since=date(2021, 7, 30),
    until=None,
    replaced_by=None,
    also=(),
)
PLAN = Plan(
    "ke-hoach-48", "48/KH-UBND", "Truyền thông", "UBND huyện Cát Hải", "Cát Hải", date(2020, 2, 20), "Hoàng Hồng Luân",
    "KT. Chủ tịch, Phó Chủ tịch", 2020, "38/KH-UBND", "huyen-cat-hai", (Clause("III.1.4", "Tổ chức các hoạt động"),),
    (), (), (), (), (), date(2020, 11, 15), "UBND huyện", "Phòng VH-TT-TT&DL",
)  # fmt: skip
PLACE = "content/scripts/ngay-sach/01-mot-cuon-sach.md"
SCRIPT = Script(
    "mot-cuon-sach",
    "Một cuốn sách cho mỗi ngày",
    Kind.NOTICE,
    "Kính mời bà con đến thư viện đọc sách.",
    summary="Mời bà con đến thư viện.",
)


def year(number: int) -> list[date]:
    days = (date(number, 1, 1) + timedelta(days=offset) for offset in range(366))
    return [day for day in days if day.year == number]


def findings(script: Script, *days: date) -> tuple[Finding, ...]:
    return check(
        script,
        place=PLACE,
        days=days,
        campaigns=CAMPAIGNS,
        documents=(QD_89, QD_1373),
        areas=AREAS,
        plans=(PLAN,),
    )


def kinds(script: Script, *days: date) -> list[str]:
    return [one.kind for one in findings(script, *days)]


def saying(text: str, **changes: object) -> Script:
    return replace(SCRIPT, text=text, **changes)  # type: ignore[arg-type] # fields by name


def test_script_without_fault_has_no_finding() -> None:
    whole = saying(
        "Hưởng ứng Ngày Sách và Văn hóa đọc Việt Nam, kính mời bà con khu vực Cát Bà đến thư viện. "
        "Chương trình thực hiện Quyết định 1373/QĐ-TTg.",
        campaign="ngay-sach",
        clauses=("III.1.4",),
        areas=("cat-ba",),
        sources=("Quyết định 1373/QĐ-TTg ngày 30/7/2021",),
    )

    assert findings(whole, *year(2026)) == ()


def test_old_name_is_blocking_with_the_right_one_and_what_to_do() -> None:
    script = saying("Chào mừng Ngày Sách Việt Nam!", campaign="ngay-sach")

    (finding,) = findings(script, *year(2022))

    assert (finding.weight, finding.kind, finding.place, finding.span) == (
        Weight.BLOCKING,
        "stale-name",
        PLACE,
        (10, 28),
    )
    assert str(finding.sentence) == (
        "It says “Ngày Sách Việt Nam”, which is not the name on 2022-04-15, when it may be aired. "
        "The right one is “Ngày Sách và Văn hóa đọc Việt Nam”. Use the name of that day, or set “expires: 2021-11-03”, "
        "so that it airs only while the name holds."
    )


def test_name_of_later_is_not_yet_right() -> None:
    script = saying("Chào mừng Ngày Sách và Văn hóa đọc Việt Nam!", campaign="ngay-sach")

    assert [str(one.sentence).split(".")[2] for one in findings(script, *year(2020))] == [
        " Use the name of that day, or set “not_before: 2021-11-04”, so that it airs only while the name holds"
    ]


@pytest.mark.parametrize(
    ("number", "changes", "wanted"),
    [
        (2020, {}, []),
        (2022, {}, ["stale-name"]),
        (2022, {"expires": date(2021, 11, 3)}, []),
        (2021, {}, []),
    ],
)
def test_name_is_judged_on_the_days_the_script_may_air(
    number: int, changes: dict[str, date], wanted: list[str]
) -> None:
    script = saying("Chào mừng Ngày Sách Việt Nam!", campaign="ngay-sach", **changes)

    assert kinds(script, *year(number)) == wanted


def test_old_name_without_campaign_is_judged_on_every_day_asked_for() -> None:
    script = saying("Chào mừng Ngày Sách Việt Nam!")

    assert kinds(script, date(2021, 11, 3)) == []
    assert kinds(script, date(2021, 11, 3), date(2021, 11, 4)) == ["stale-name"]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_title_and_summary_are_judged_too(field: str) -> None:
    (finding,) = findings(replace(SCRIPT, **{field: "Tin về ngày sách Việt Nam"}), date(2026, 4, 21))  # type: ignore[arg-type] # a field by its name

    assert (finding.kind, finding.span) == ("stale-name", None)


@pytest.mark.parametrize(
    "text",
    [
        "Nhân dân huyện Cát Hải hưởng ứng phong trào đọc sách.",
        "Nhân dân HUYỆN  CÁT HẢI hưởng ứng.",
        "Nhân dân huyện\nCát Hải hưởng ứng.",
        "Từng gia đình ở huyện Cát Hải hãy góp sách cũ cho thư viện.",
        "Trước đây ít người đọc sách: nay toàn huyện Cát Hải cùng đọc.",
        "Trước đây ít người đọc sách, nay toàn huyện Cát Hải cùng đọc.",
        "Huyện Cát Hải trở thành điểm sáng về khuyến học.",
        "Năm 2026, phát huy kết quả của năm 2020, huyện Cát Hải mở thêm thư viện.",
        "Từ năm 2027 huyện Cát Hải có thư viện mới.",
        "Ngày 05/7/2025, huyện Cát Hải mở ngày hội đọc sách.",
        "Huyện Cát Hải mời bà con. Bà con huyện Cát Hải nhớ đến.",
        "Thư viện mở năm 2020. Nhân dân huyện Cát Hải đến đọc.",
    ],
)
def test_name_of_an_ended_area_is_stale(text: str) -> None:
    assert [
        (one.kind, "đặc khu Cát Hải" in str(one.sentence)) for one in findings(saying(text), date(2026, 4, 21))
    ] == [("stale-name", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Đặc khu Cát Hải, trước đây là huyện Cát Hải, có nhiều dòng họ học tập.",
        "Trên địa bàn huyện Cát Hải cũ có nhiều dòng họ học tập.",
        "Trên địa bàn huyện Cát Hải (cũ) có nhiều dòng họ học tập.",
        "Ở huyện Cát Hải trước đây có mười hai xã, thị trấn.",
        "Huyện Cát Hải, nay là đặc khu Cát Hải, có nhiều dòng họ học tập.",
        "Năm 2020, huyện Cát Hải ban hành kế hoạch truyền thông.",
        "Kế hoạch ngày 20/02/2020 của Ủy ban nhân dân huyện Cát Hải đã nêu rõ.",
        "Kế hoạch ngày 20 tháng 2 năm 2020 của huyện Cát Hải đã nêu rõ.",
        "Tháng 4 năm 2020, huyện Cát Hải mở thư viện.",
        "Trước ngày 01/7/2025, nơi đây là huyện Cát Hải.",
        "Từ ngày 01/7/2025, huyện Cát Hải trở thành đặc khu Cát Hải.",
        "Đặc khu được lập khi sắp xếp toàn bộ huyện Cát Hải.",
        "Bà con đặc khu Cát Hải hưởng ứng.",
    ],
)
def test_name_of_the_past_may_be_named_as_such(text: str) -> None:
    assert kinds(saying(text), date(2026, 4, 21)) == []


def test_date_of_this_year_is_past_once_it_is_over() -> None:
    script = saying("Ngày 21 tháng 4 năm 2025, huyện Cát Hải khai mạc ngày hội đọc sách.")

    assert kinds(script, date(2025, 12, 1)) == []
    assert kinds(saying("Năm 2025, huyện Cát Hải tổ chức ngày hội đọc sách."), date(2025, 12, 1)) == ["stale-name"]


def test_spoken_form_of_an_old_name_is_stale_too() -> None:
    areas = {"a": Area("a", (DatedName("TT. Cát Bà", until=LAST, spoken="thị trấn Cát Bà"),))}

    found = check(
        saying("Bà con thị trấn Cát Bà chú ý."),
        place=PLACE, days=[FIRST], campaigns={}, documents=(), areas=areas, plans=(),
    )  # fmt: skip

    assert [one.kind for one in found] == ["stale-name"]


def test_name_that_another_area_bears_today_is_right() -> None:
    areas = AREAS | {"moi": Area("moi", (DatedName("thị trấn Cát Bà", since=FIRST),))}

    found = check(
        saying("Bà con thị trấn Cát Bà chú ý."),
        place=PLACE, days=[FIRST], campaigns={}, documents=(), areas=areas, plans=(),
    )  # fmt: skip

    assert found == ()


def test_superseded_document_is_blocking_with_its_successor() -> None:
    script = replace(SCRIPT, sources=("QĐ 89/QĐ-TTg ngày 09/01/2013",))

    (finding,) = findings(script, date(2026, 10, 2))

    assert (finding.weight, finding.kind) == (Weight.BLOCKING, "superseded")
    assert str(finding.sentence) == (
        "It cites Quyết định 89/QĐ-TTg, which is no longer in force on 2026-10-02, when it may be aired. "
        "Its successor is 1373/QĐ-TTg. Cite what is in force, or set “expires: 2021-07-29”."
    )


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        ("Thực hiện Quyết định 89/QĐ-TTg ngày 09/01/2013 của Thủ tướng.", date(2020, 10, 2), []),
        ("Thực hiện Quyết định 89/QĐ-TTg ngày 09/01/2013 của Thủ tướng.", date(2021, 7, 29), []),
        ("Thực hiện Quyết định 89/QĐ-TTg ngày 09/01/2013 của Thủ tướng.", date(2021, 7, 30), ["superseded"]),
        ("Theo QĐ 89, mỗi xã có một trung tâm.", date(2026, 10, 2), ["superseded"]),
        ("Quyết định 1373/QĐ-TTg thay thế Quyết định 89/QĐ-TTg.", date(2026, 10, 2), []),
        ("Quyết định 89/QĐ-TTg đã hết hiệu lực.", date(2026, 10, 2), []),
        ("Quyết định 89/QĐ-TTg, nay được thay thế bằng Quyết định 1373/QĐ-TTg.", date(2026, 10, 2), []),
        ("Quyết định 89/QĐ-TTg thay thế các quy định rải rác.", date(2026, 10, 2), ["superseded"]),
        ("Theo Quyết định 1089/QĐ-TTg và Quyết định 89/QĐ-TTg-CP.", date(2026, 10, 2), []),
        ("Theo QĐ 89/QĐ-UBND và QĐ 890.", date(2026, 10, 2), []),
        ("Theo Quyết định 1373/QĐ-TTg, học tập suốt đời là quyền của mọi người.", date(2020, 10, 2), ["superseded"]),
        ("Quyết định 1373/QĐ-TTg có hiệu lực từ ngày 30/7/2021.", date(2021, 7, 20), []),
    ],
)  # fmt: skip
def test_document_is_judged_on_the_day(text: str, day: date, wanted: list[str]) -> None:
    assert kinds(saying(text), day) == wanted


def test_document_not_yet_in_force_names_its_first_day() -> None:
    (finding,) = findings(replace(SCRIPT, sources=("1373/QĐ-TTg",)), date(2021, 7, 1))

    assert str(finding.sentence) == (
        "It cites Quyết định 1373/QĐ-TTg, which is in force only from 2021-07-30; it may be aired on 2021-07-01. Set “not_before”."
    )


@pytest.mark.parametrize(
    ("changes", "weight", "sentence"),
    [
        ({"campaign": "ngay-sahc"}, Weight.BLOCKING, "There is no campaign “ngay-sahc”. Did you mean “ngay-sach”?"),
        ({"clauses": ("III.1.5",)}, Weight.BLOCKING, "No plan has a clause “III.1.5”. Did you mean “III.1.4”?"),
        ({"areas": ("cat-b",)}, Weight.BLOCKING, "There is no area “cat-b”. Did you mean “cat-ba”?"),
        ({"audience": ("bất kỳ ai",)}, None, ""),
        (
            {"not_before": date(2026, 5, 2), "expires": date(2026, 4, 15)},
            Weight.BLOCKING,
            "It expires on 2026-04-15, before it may first be aired on 2026-05-02.",
        ),
        (
            {"bulletin_class": BulletinClass.EMERGENCY},
            Weight.TO_WEIGH,
            "“khẩn cấp” in a script gives no right to the air. Send an alert instead.",
        ),
        ({"text": " \n "}, Weight.BLOCKING, "It has no text to be read aloud. Write it."),
        (
            {"title": "Một cuốn\nsách"},
            Weight.BLOCKING,
            "Its title holds signs that cannot be read aloud (a line break in a line, control signs, decomposed letters). Write it anew.",
        ),
        (
            {"text": "Kính mời\x07 bà con."},
            Weight.BLOCKING,
            "Its text holds signs that cannot be read aloud (a line break in a line, control signs, decomposed letters). Write it anew.",
        ),
        (
            {"text": "đọc " * 5001},
            Weight.TO_WEIGH,
            "It has 20004 characters, more than a session can hold. Divide it into several scripts.",
        ),
        (
            {"kind": Kind.NEWS, "campaign": "tuan-le"},
            Weight.NOTE,
            "Read aloud it lasts about 3 seconds; its kind usually lasts 25 to 75.",
        ),
        (
            {"kind": Kind.SLOGAN, "text": "Học tập suốt đời là chìa khóa mở cửa tương lai của mỗi gia đình, mỗi dòng họ."},
            Weight.TO_WEIGH,
            "It names no campaign, so it is aired only where nothing else is due. Add “campaign: …”.",
        ),
        (
            {"areas": ("huyen-cat-hai",)},
            Weight.TO_WEIGH,
            "It is meant for the area “huyen-cat-hai”, which is not there on 2026-10-02 any more or yet, so nobody will hear it. "
            "Its successors are dac-khu-cat-hai.",
        ),
    ],
)  # fmt: skip
def test_what_an_editor_overlooks(changes: dict[str, object], weight: Weight | None, sentence: str) -> None:
    found = findings(replace(SCRIPT, **changes), date(2026, 10, 2))  # type: ignore[arg-type] # fields by name

    assert [(one.weight, str(one.sentence)) for one in found] == ([(weight, sentence)] if weight else [])


@pytest.mark.parametrize(
    ("text", "kind", "days", "wanted"),
    [
        ("Hôm nay thư viện mở cửa.", Kind.NOTICE, 2, ["relative-day"]),
        ("Hôm nay thư viện mở cửa.", Kind.NOTICE, 1, []),
        ("Sáng ngày mai thư viện mở cửa.", Kind.NOTICE, 2, ["relative-day"]),
        ("Đúng ngày mai sau, quả ngọt sẽ về.", Kind.LEAD_IN, 2, []),
        ("Tối nay, các em nhớ học bài.", Kind.STUDY_REMINDER, 2, []),
        ("Từ xưa đến nay, ai cũng quý sách.", Kind.NOTICE, 2, []),
    ],
)  # fmt: skip
def test_day_that_moves_with_the_airing_is_to_be_weighed(text: str, kind: Kind, days: int, wanted: list[str]) -> None:
    script = saying(text, kind=kind, campaign="tuan-le")

    found = findings(script, *[date(2026, 10, 1) + timedelta(days=one) for one in range(days)])

    assert [one.kind for one in found if one.weight is Weight.TO_WEIGH] == wanted


def test_script_whose_campaign_is_never_due_while_it_may_air_is_to_be_weighed() -> None:
    script = saying(
        "Mời bà con đọc sách.", campaign="ngay-sach", not_before=date(2026, 5, 1), expires=date(2026, 5, 31)
    )

    (finding,) = findings(script, *year(2026))

    assert (finding.weight, finding.kind, str(finding.sentence)) == (
        Weight.TO_WEIGH,
        "never-due",
        "Its campaign “ngay-sach” is due on no day from 2026-05-01 to 2026-05-31 on which it may be aired, so nobody will hear it then. "
        "Look at “not_before”, “expires” and the campaign's days.",
    )
    assert kinds(script, date(2026, 5, 2)) == []
    assert kinds(script, *year(2027)) == []


def test_script_whose_campaign_rests_all_the_year_is_a_note() -> None:
    once = Campaign("mot-lan", (DatedName("Ngày hội"),), (When(first=date(2020, 5, 1), last=date(2020, 5, 2)),), 1)

    found = check(
        saying("Mời bà con đọc sách.", campaign="mot-lan"),
        place=PLACE, days=year(2026), campaigns={"mot-lan": once}, documents=(), areas={}, plans=(),
    )  # fmt: skip

    assert [(one.weight, one.kind) for one in found] == [(Weight.NOTE, "never-due")]


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2025, 10, 12)])
def test_days_of_every_area_s_window_are_judged(day: date) -> None:
    script = saying("Bà con huyện Cát Hải hưởng ứng.", campaign="tuan-le", not_before=day, expires=day)

    assert kinds(script, *year(2025)) == ["stale-name"]


def test_longest_of_names_within_names_is_meant() -> None:
    names = ["Ngày Sách", "Ngày Sách Việt Nam", "Sách Việt"]

    found = [(one.name, one.span) for one in mentions("Đón Ngày Sách\nViệt Nam. Yêu Ngày  sách!", names)]

    assert found == [("Ngày Sách Việt Nam", (4, 22)), ("Ngày Sách", (28, 38))]


def test_letter_that_only_looks_like_one_of_the_name_is_none() -> None:
    assert list(mentions("HUYỆN CÁT HẢİ", ["huyện Cát Hải"])) == []


def test_year_of_forty_scripts_is_judged_quickly() -> None:
    text = "Nhân dân đặc khu Cát Hải hưởng ứng Ngày Sách và Văn hóa đọc Việt Nam năm 2026. " * 12
    days = year(2026)
    began = perf_counter()

    found = [findings(saying(text, id=f"bai-{number}", campaign="ngay-sach"), *days) for number in range(40)]

    assert (found, perf_counter() - began < 1) == ([()] * 40, True)


def _pieces() -> Iterator[str]:
    yield from (
        "huyện Cát Hải",
        "Ngày Sách Việt Nam",
        "89/QĐ-TTg",
        "trước đây",
        "năm 9999",
        "32/13/2020",
        ". ",
        "\n\n",
        "(",
        "İ",
    )


@given(st.lists(st.sampled_from(list(_pieces())) | st.text(max_size=8), max_size=12).map(" ".join))
def test_any_text_is_judged_and_each_place_lies_in_it(text: str) -> None:
    for finding in findings(saying(text), date(2026, 4, 21)):
        begin, end = finding.span or (0, 0)

        assert 0 <= begin <= end <= len(text)
