"""A plan is read as signed, slips and all, and every clause that it names must be there."""

from datetime import date
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.planning.plan import (
    Channel,
    Clause,
    Obligation,
    Organisation,
    Plan,
    Role,
    Slip,
    Target,
    plan_findings,
    read_plan,
)
from broadcaster.types import Finding, Weight
from broadcaster.words import say

FILE = '''number = "48/KH-UBND"
title = "Truyền thông thực hiện Đề án “Xây dựng xã hội học tập”"
issuer = "Ủy ban nhân dân huyện Cát Hải"
place = "Cát Hải"
issued = 2020-02-20
signed_by = "Hoàng Hồng Luân"
signed_as = "KT. Chủ tịch, Phó Chủ tịch"
year = 2020
parent = "38/KH-UBND ngày 12/02/2020 của Ủy ban nhân dân thành phố Hải Phòng"
area = "huyen-cat-hai"

[report]
before = 2020-11-15
to = "Ủy ban nhân dân huyện"
through = "Phòng Văn hóa-Thông tin-Thể thao và Du lịch"

[[organisation]]
slug = "phong-vh-tt-tt-dl"
name = "Phòng Văn hóa-Thông tin-Thể thao và Du lịch"

[[channel]]
slug = "dai-truyen-thanh-xa"
name = "Đài truyền thanh xã, thị trấn"
clause = "III.2.2"

[[clause]]
id = "III.1.1"
heading = "Nội dung tuyên truyền"
text = """
Luật Giáo dục năm 2009;
các văn bản khác."""

[[clause]]
id = "III.2.2"
text = "Trên hệ thống đài truyền thanh."

[[target]]
clause = "III.2.2"
audience = "phát thanh viên các xã, thị trấn"
percent = 100
role = "tuyen-truyen"

[[obligation]]
clause = "III.2.2"
organisation = "phong-vh-tt-tt-dl"
text = "hướng dẫn các đài"
radio = true
channel = "dai-truyen-thanh-xa"

[[slip]]
clause = "III.1.1"
written = "Luật Giáo dục năm 2009"
remark = "Có thể là Luật Giáo dục năm 2019."
'''


def read(folder: Path, text: str) -> Plan:
    path = folder / "ke-hoach-48.toml"
    path.write_text(text, "utf-8")
    return read_plan(path, folder)


def test_plan_is_read_whole(tmp_path: Path) -> None:
    office = "Phòng Văn hóa-Thông tin-Thể thao và Du lịch"

    assert read(tmp_path, FILE) == Plan(
        slug="ke-hoach-48",
        number="48/KH-UBND",
        title="Truyền thông thực hiện Đề án “Xây dựng xã hội học tập”",
        issuer="Ủy ban nhân dân huyện Cát Hải",
        place="Cát Hải",
        issued_on=date(2020, 2, 20),
        signed_by="Hoàng Hồng Luân",
        signed_as="KT. Chủ tịch, Phó Chủ tịch",
        year=2020,
        parent="38/KH-UBND ngày 12/02/2020 của Ủy ban nhân dân thành phố Hải Phòng",
        area="huyen-cat-hai",
        clauses=(
            Clause("III.1.1", "Luật Giáo dục năm 2009;\ncác văn bản khác.", "Nội dung tuyên truyền"),
            Clause("III.2.2", "Trên hệ thống đài truyền thanh."),
        ),
        slips=(Slip("III.1.1", "Luật Giáo dục năm 2009", "Có thể là Luật Giáo dục năm 2019."),),
        targets=(Target("III.2.2", "phát thanh viên các xã, thị trấn", 100, Role.COMMUNICATOR),),
        organisations=(Organisation("phong-vh-tt-tt-dl", office),),
        channels=(Channel("dai-truyen-thanh-xa", "Đài truyền thanh xã, thị trấn", "III.2.2"),),
        obligations=(Obligation("III.2.2", "phong-vh-tt-tt-dl", "hướng dẫn các đài", True, "dai-truyen-thanh-xa"),),
        report_before=date(2020, 11, 15),
        report_to="Ủy ban nhân dân huyện",
        report_through=office,
    )


def test_slip_in_the_plan_is_a_note_and_never_repaired(tmp_path: Path) -> None:
    plan = read(tmp_path, FILE)

    assert plan_findings(plan) == (
        Finding(
            Weight.NOTE,
            "slip",
            "schedules/plans/ke-hoach-48.toml III.1.1",
            say(
                "The plan says “{written}”. {remark}",
                written="Luật Giáo dục năm 2009",
                remark="Có thể là Luật Giáo dục năm 2019.",
            ),
        ),
    )
    assert "Luật Giáo dục năm 2009" in plan.clauses[0].text


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('id = "III.2.2"', 'id = "III.1.1"', ":34 [clause 2]: “III.1.1” stands here a second time. Keep one, or name one of them otherwise."),
        ('[[target]]\nclause = "III.2.2"', '[[target]]\nclause = "III.2.3"', ":38 [target 1]: there is no clause “III.2.3”. Did you mean “III.2.2”?"),
        ('organisation = "phong-vh-tt-tt-dl"', 'organisation = "phong-vhtt"', ":45 [obligation 1]: there is no organisation “phong-vhtt”. Did you mean “phong-vh-tt-tt-dl”?"),
        ('channel = "dai-truyen-thanh-xa"', 'channel = "dai-truyen-thanh"', ":48 [obligation 1]: there is no channel “dai-truyen-thanh”. Did you mean “dai-truyen-thanh-xa”?"),
        ('[[slip]]\nclause = "III.1.1"', '[[slip]]\nclause = "IV"', ":51 [slip 1]: there is no clause “IV”."),
        ("percent = 100", "percent = 101", ":40 [target 1]: “percent” must be a whole number from 0 to 100."),
        ('"tuyen-truyen"', '"tuyen-truyn"', ":41 [target 1]: “tuyen-truyn” is not a possible “role”. Did you mean “tuyen-truyen”? Possible are tuyen-truyen, thu-huong."),
        ("before = 2020-11-15", "befor = 2020-11-15", ":13 [report]: there is no key “befor” here. Did you mean “before”?"),
        ("heading =", "headin =", ":28 [clause 1]: there is no key “headin” here. Did you mean “heading”?"),
    ],
)  # fmt: skip
def test_slip_of_the_file_s_writer_is_named_with_its_line(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    assert old in FILE

    with pytest.raises(BadFile) as raised:
        read(tmp_path, FILE.replace(old, new, 1))

    assert str(raised.value) == f"ke-hoach-48.toml{wanted}"
