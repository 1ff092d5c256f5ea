"""People's tables are read strictly: every slip is named with its file, its line and what may have been meant."""

import unicodedata
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import BadFile
from broadcaster.forms import Form, did_you_mean, read_form
from broadcaster.types import Weekday

AREAS = """# địa bàn
[[area]]
slug = "huyen-cat-hai"
names = [{ text = "huyện Cát Hải", until = 2025-06-30 }]

[[area]]
slug = "cat-ba"
names = [
  { text = "thị trấn Cát Bà", until = 2025-06-30 },   # tên cũ { … }
  { text = "khu vực Cát Bà", sinse = 2025-07-01 },
]
"""


def form_of(folder: Path, text: str) -> Form:
    path = folder / "schedules" / "thu.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return read_form(path, folder)


def refusal(folder: Path, text: str | bytes) -> str:
    path = folder / "thu.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadFile) as raised:
        read_form(path, folder)
    return str(raised.value)


def test_values_are_handed_out_by_their_kind(tmp_path: Path) -> None:
    form = form_of(
        tmp_path,
        'ten = "Đài Cát Bà"\ntu = 2020-10-02\nluc = "05:30"\nso = 3\nhoi = true\nngay = ["thu-2", "chu-nhat"]\n'
        'khu = ["cat-ba"]\n[gio]\nphut = 15\n[[buoi]]\nso = 1\n[[buoi]]\nso = 2\n',
    )

    found = (
        form.text("ten"),
        form.day("tu"),
        form.hour("luc"),
        form.whole("so"),
        form.flag("hoi"),
        form.choices("ngay", Weekday),
        form.slugs("khu"),
        form.form("gio").whole("phut"),
        [one.whole("so") for one in form.forms("buoi")],
        form.slug_from_file(),
    )

    form.done()
    assert found == (
        "Đài Cát Bà",
        date(2020, 10, 2),
        time(5, 30),
        3,
        True,
        (Weekday.MONDAY, Weekday.SUNDAY),
        ("cat-ba",),
        15,
        [1, 2],
        "thu",
    )


def test_absent_values_have_their_defaults(tmp_path: Path) -> None:
    form = form_of(tmp_path, "")

    assert (form.text("a", default=""), form.texts("b"), form.day_or_none("c"), form.whole("d", default=3)) == (
        "",
        (),
        None,
        3,
    )
    assert (form.flag("e", default=False), form.choices("f", Weekday), form.forms("g")) == (False, (), ())


def test_misspelt_key_is_named_with_its_line_and_what_was_meant(tmp_path: Path) -> None:
    second = form_of(tmp_path, AREAS).forms("area")[1]
    name = second.forms("names")[1]
    name.text("text")
    name.day_or_none("since")

    with pytest.raises(BadFile) as raised:
        name.done()

    assert str(raised.value) == (
        "schedules/thu.toml:10 [area 2.names 2]: there is no key “sinse” here. Did you mean “since”?"
    )


def test_misspelt_header_is_named_with_its_line(tmp_path: Path) -> None:
    form = form_of(tmp_path, 'area = "cat-ba"\n\n[airtme]\nhours = []\n')

    with pytest.raises(BadFile) as raised:
        form.form("airtime")

    assert str(raised.value) == "schedules/thu.toml:3: there is no key “airtme” here. Did you mean “airtime”?"


def test_places_name_the_line_of_each_table(tmp_path: Path) -> None:
    areas = form_of(tmp_path, AREAS).forms("area")

    assert [one.place for one in areas] == ["schedules/thu.toml:2 [area 1]", "schedules/thu.toml:6 [area 2]"]
    assert [one.place for one in areas[1].forms("names")] == [
        "schedules/thu.toml:9 [area 2.names 1]",
        "schedules/thu.toml:10 [area 2.names 2]",
    ]
    assert areas[1].at("slug") == "schedules/thu.toml:7 [area 2]"


def test_places_in_tables_below_tables(tmp_path: Path) -> None:
    form = form_of(
        tmp_path, '[airtime]\nconfirmed = true\n[[airtime.hours]]\nfrom = "05:00"\n[[airtime.hours]]\nfrom = "17:00"\n'
    )

    hours = form.form("airtime").forms("hours")

    assert [one.at("from") for one in hours] == [
        "schedules/thu.toml:4 [airtime.hours 1]",
        "schedules/thu.toml:6 [airtime.hours 2]",
    ]


@pytest.mark.parametrize(
    ("written", "ask", "wanted"),
    [
        ("so = true", lambda form: form.whole("so"), "“so” must be a whole number from 0 to 100000."),
        ("so = 3.0", lambda form: form.whole("so"), "“so” must be a whole number from 0 to 100000."),
        ("so = -1", lambda form: form.whole("so", default=0), "“so” must be a whole number from 0 to 100000."),
        ("so = 101", lambda form: form.whole("so", most=100), "“so” must be a whole number from 0 to 100."),
        ("hoi = 1", lambda form: form.flag("hoi"), "“hoi” must be true or false."),
        ('tu = "2020-10-02"', lambda form: form.day("tu"), "“tu” must be a day such as 2026-10-02, without quotes."),
        ("tu = 2020-10-02T05:30:00", lambda form: form.day("tu"), "“tu” must be a day such as 2026-10-02, without quotes."),
        ("tu = 0202-10-02", lambda form: form.day("tu"), "“tu” must be a day of the years 1900 to 2100."),
        ('luc = "5h30"', lambda form: form.hour("luc"), '“luc” must be an hour such as "05:30".'),
        ('luc = "24:00"', lambda form: form.hour("luc"), '“luc” must be an hour such as "05:30".'),
        ('luc = "٠٥:٣٠"', lambda form: form.hour("luc"), '“luc” must be an hour such as "05:30".'),
        ('ten = "  "', lambda form: form.text("ten"), "“ten” must be text in quotes, and not empty."),
        ("ten = 48", lambda form: form.text("ten"), "“ten” must be text in quotes."),
        (r'ten = "a\u202Eb"', lambda form: form.text("ten"), "“ten” must be text without signs that cannot be seen or read."),
        (r'ten = "Ca\u0301t"', lambda form: form.text("ten"), "“ten” must be text without signs that cannot be seen or read."),
        ("ngay = []", lambda form: form.choices("ngay", Weekday), "“ngay” must be a list with one word at least, or left out."),
        ("ngay = 2", lambda form: form.texts("ngay"), "“ngay” must be a list of texts in square brackets."),
        ("buoi = [1]", lambda form: form.forms("buoi"), "“buoi” must be tables, each under [[buoi]]."),
        ('gio = ""', lambda form: form.form("gio"), "“gio” must be a table under [gio]."),
    ],
)  # fmt: skip
def test_value_of_another_kind_is_refused(tmp_path: Path, written: str, ask, wanted: str) -> None:  # type: ignore[no-untyped-def] # lambdas
    form = form_of(tmp_path, f"# dòng đầu\n{written}\n")

    with pytest.raises(BadFile) as raised:
        ask(form)

    assert str(raised.value) == f"schedules/thu.toml:2: {wanted}"


def test_missing_key_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        form_of(tmp_path, "").day("issued")

    assert str(raised.value) == (
        "schedules/thu.toml: the key “issued” is missing. Add it: a day such as 2026-10-02, without quotes."
    )


def test_unknown_word_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        form_of(tmp_path, 'weekdays = ["thu-8"]').choices("weekdays", Weekday)

    assert str(raised.value) == (
        "schedules/thu.toml:1: “thu-8” is not a possible “weekdays”. Did you mean “thu-7”? "
        "Possible are thu-2, thu-3, thu-4, thu-5, thu-6, thu-7, chu-nhat."
    )


@pytest.mark.parametrize("slug", ["../var", "Cát-Bà", "cat ba", "cat_ba", "-cat", "cat-", "a" * 81, "cat-ba\\n", "ⅷ"])
def test_slug_with_anything_but_small_letters_is_refused(tmp_path: Path, slug: str) -> None:
    with pytest.raises(BadFile, match=r"^schedules/thu\.toml:1: “"):
        form_of(tmp_path, f'area = "{slug}"').slug("area")


def test_file_that_is_no_table_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'a = 1\nb = "chưa đóng\n').startswith("thu.toml:2 is not a table that can be read: ")
    assert refusal(tmp_path, "a = 1\na = 2\n").startswith("thu.toml:2 is not a table that can be read: ")


def test_hostile_tables_are_refused_in_a_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a = " + "[" * 200_000).startswith("thu.toml is not a table that can be read: ")
    assert refusal(tmp_path, "a = " + "9" * 5_000).startswith("thu.toml is not a table that can be read: ")


def test_decomposed_letters_are_refused_with_their_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a = 1\n" + unicodedata.normalize("NFD", 'ten = "Cát Bà"\n')) == (
        "thu.toml:2: the letters are decomposed (NFD). Save the file in the form NFC (letters with their tones in one piece)."
    )


def test_unseen_sign_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'a = 1\nten = "Cát\u200b Bà"\n') == (
        "thu.toml:2: a sign that cannot be seen or read (U+200B) stands in the text. Delete it and save the file again."
    )


def test_other_encodings_are_refused_with_their_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, b'a = 1\nten = "C\xe1t B\xe0"\n') == (
        "thu.toml:2 is not UTF-8 text. Open it in your editor and save it again with the encoding UTF-8."
    )


def test_file_above_a_megabyte_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"#" * 1_000_001) == "thu.toml has more than 1000000 bytes. Is it the right file?"


def test_absent_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        read_form(tmp_path / "areas.toml", tmp_path)

    assert str(raised.value) == "areas.toml cannot be read: No such file or directory."


def test_files_saved_by_notepad_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_bytes('\ufefften = "Cát Bà"\r\nso = 2\r\n'.encode())

    form = read_form(path)

    assert (form.text("ten"), form.whole("so")) == ("Cát Bà", 2)


def test_did_you_mean_is_silent_where_nothing_is_near() -> None:
    assert [str(did_you_mean(word, ["ngay-sach", "tuan-le"])) for word in ("ngay-sahc", "x")] == [
        " Did you mean “ngay-sach”?",
        "",
    ]


@given(st.text(max_size=60))
def test_slug_that_is_taken_holds_no_path(text: str) -> None:
    form = Form({"ten": text}, "thu.toml", f'ten = "{text}"', stem="thu")

    try:
        found = form.slug("ten")
    except BadFile:
        return

    assert (found, set(found) & set("./\\ ")) == (text, set())
