"""Areas keep their names and their place in the tree by the day: huyện Cát Hải until 30/6/2025, đặc khu Cát Hải since."""

from datetime import date
from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.stations.area import Area, Areas, Parent, covers, lineage_on, name_on, read_areas
from broadcaster.types import DatedName

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
TREE = """
[[area]]
slug = "hai-phong"
names = [{ text = "thành phố Hải Phòng" }]

[[area]]
slug = "huyen-cat-hai"
names = [{ text = "huyện Cát Hải", until = 2025-06-30 }]
parents = [{ slug = "hai-phong", until = 2025-06-30 }]
successors = ["dac-khu-cat-hai"]

[[area]]
slug = "dac-khu-cat-hai"
names = [{ text = "đặc khu Cát Hải", since = 2025-07-01 }]
parents = [{ slug = "hai-phong", since = 2025-07-01 }]

[[area]]
slug = "cat-ba"
names = [
  { text = "thị trấn Cát Bà", until = 2025-06-30 },
  { text = "khu vực Cát Bà, đặc khu Cát Hải", since = 2025-07-01, confirmed = false, spoken = "khu vực Cát Bà" },
]
parents = [{ slug = "huyen-cat-hai", until = 2025-06-30 }, { slug = "dac-khu-cat-hai", since = 2025-07-01 }]
"""


@pytest.fixture
def areas(tmp_path: Path) -> Areas:
    return read(tmp_path, TREE)


def read(folder: Path, text: str) -> Areas:
    path = folder / "areas.toml"
    path.write_text(text, "utf-8")
    return read_areas(path, folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BadFile) as raised:
        read(folder, text)
    return str(raised.value)


def test_area_is_read_whole(areas: Areas) -> None:
    assert areas["cat-ba"] == Area(
        "cat-ba",
        names=(
            DatedName("thị trấn Cát Bà", until=LAST),
            DatedName("khu vực Cát Bà, đặc khu Cát Hải", FIRST, spoken="khu vực Cát Bà", is_confirmed=False),
        ),
        parents=(Parent("huyen-cat-hai", until=LAST), Parent("dac-khu-cat-hai", since=FIRST)),
    )
    assert areas["huyen-cat-hai"].successors == ("dac-khu-cat-hai",)


def test_name_changes_with_the_law(areas: Areas) -> None:
    names = [name_on(areas, "cat-ba", day) for day in (LAST, FIRST)]

    assert [name.text for name in names if name] == ["thị trấn Cát Bà", "khu vực Cát Bà, đặc khu Cát Hải"]
    assert name_on(areas, "huyen-cat-hai", FIRST) is None


def test_lineage_is_the_one_of_the_day(areas: Areas) -> None:
    assert lineage_on(areas, "cat-ba", LAST) == ("cat-ba", "huyen-cat-hai", "hai-phong")
    assert lineage_on(areas, "cat-ba", FIRST) == ("cat-ba", "dac-khu-cat-hai", "hai-phong")
    assert lineage_on(areas, "huyen-cat-hai", FIRST) == ("huyen-cat-hai",)


def test_what_is_meant_for_an_area_covers_those_below_it(areas: Areas) -> None:
    assert covers(areas, ("huyen-cat-hai",), "cat-ba", LAST)
    assert not covers(areas, ("huyen-cat-hai",), "cat-ba", FIRST)
    assert not covers(areas, ("cat-ba",), "huyen-cat-hai", LAST)
    assert covers(areas, (), "cat-ba", FIRST)


def test_unknown_parent_is_refused_with_what_was_meant(tmp_path: Path) -> None:
    assert refusal(tmp_path, TREE.replace('{ slug = "dac-khu-cat-hai",', '{ slug = "dac-khu-cat-hi",')) == (
        "areas.toml:23 [area 4.parents 2]: there is no area “dac-khu-cat-hi”. Did you mean “dac-khu-cat-hai”?"
    )


def test_unknown_successor_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, TREE.replace('["dac-khu-cat-hai"]', '["dac-khu-cat-hi"]')) == (
        "areas.toml:10 [area 2]: there is no area “dac-khu-cat-hi”. Did you mean “dac-khu-cat-hai”?"
    )


def test_second_use_of_a_slug_is_refused_at_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, TREE + '[[area]]\nslug = "cat-ba"\nnames = [{ text = "xã Cát Bà" }]\n') == (
        "areas.toml:25 [area 5]: “cat-ba” stands here a second time. Keep one, or name one of them otherwise."
    )


def test_two_names_on_one_day_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, TREE.replace("since = 2025-07-01, confirmed", "since = 2025-06-30, confirmed")) == (
        "areas.toml:21 [area 4.names 2]: on 2025-06-30 it holds together with one above it. "
        "Let the earlier one end the day before the later one begins."
    )


def test_two_parents_on_one_day_are_refused(tmp_path: Path) -> None:
    text = TREE.replace('{ slug = "huyen-cat-hai", until = 2025-06-30 }', '{ slug = "huyen-cat-hai" }')

    assert refusal(tmp_path, text).startswith("areas.toml:23 [area 4.parents 2]: on 2025-07-01 it holds together")


def test_circle_is_refused(tmp_path: Path) -> None:
    circle = TREE.replace(
        '[{ text = "thành phố Hải Phòng" }]', '[{ text = "thành phố Hải Phòng" }]\nparents = [{ slug = "cat-ba" }]'
    )

    assert refusal(tmp_path, circle) == (
        "areas.toml: the areas hai-phong, cat-ba, huyen-cat-hai, hai-phong lie in a circle."
    )


def test_name_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, TREE.replace("2025-07-01, confirmed", "2025-07-01, until = 2025-06-01, confirmed")) == (
        "areas.toml:21 [area 4.names 2]: “since” comes before “until”."
    )
