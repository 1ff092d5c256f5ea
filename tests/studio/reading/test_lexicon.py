"""The tables of the lexicon: what a row says, what settles an ambiguous one, and which rows are refused with their line."""

from pathlib import Path

import pytest

from broadcaster.errors import BadFile
from broadcaster.studio.reading import Lexicon, is_speakable, read_aloud, read_lexicon
from broadcaster.studio.reading.lexicon import TABLES, Entry


def a_lexicon(folder: Path, table: str, rows: str) -> Lexicon:
    (folder / f"{table}.tsv").write_text(rows, "utf-8")
    return read_lexicon(folder)


def test_a_row_is_written_spoken_and_a_remark(tmp_path: Path) -> None:
    lexicon = a_lexicon(
        tmp_path, "abbreviations", "# đầu\n\nUBND\tủy ban nhân dân\nBCH\tban chỉ huy\t? …quân sự, bộ đội, họp…\n"
    )

    assert lexicon.table("abbreviations") == {
        "UBND": [Entry("UBND", "ủy ban nhân dân")],
        "BCH": [Entry("BCH", "ban chỉ huy", before=("họp",), after=("quân sự",), beside=("bộ đội",))],
    }


@pytest.mark.parametrize("row", ["UBND", "UBND\t", "\tủy ban", "ATM\ta-tê-mờ", "A1\ta 1"])
def test_a_row_that_cannot_be_said_is_refused_with_its_line(row: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"content/lexicon/foreign\.tsv:2"):
        a_lexicon(tmp_path, "foreign", f"# đầu\n{row}\n")


def test_every_shipped_reading_can_be_said(lexicon: Lexicon) -> None:
    rows = [entry for table in TABLES for entries in lexicon.table(table).values() for entry in entries]

    assert [entry for entry in rows if not is_speakable(entry.spoken)] == []


def test_a_name_of_the_station_is_read_by_its_row(tmp_path: Path) -> None:
    lexicon = a_lexicon(tmp_path, "names", "Virtako\tviếc ta cô\n")

    reading = read_aloud("thuốc Virtako, VIRTAKO", lexicon)

    assert (reading.spoken, reading.findings) == ("thuốc viếc ta cô, viếc ta cô.", ())


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("BTV Huyện ủy", "ban thường vụ huyện ủy."),
        ("phóng viên, BTV của đài", "phóng viên, biên tập viên của đài."),
        ("BCH quân sự xã", "ban chỉ huy quân sự xã."),
        ("BCH Đảng bộ", "ban chấp hành đảng bộ."),
        ("trường TH Hoàng Châu", "trường tiểu học hoàng châu."),
    ],
)
def test_words_beside_settle_an_ambiguous_abbreviation(written: str, spoken: str, lexicon: Lexicon) -> None:
    reading = read_aloud(written, lexicon)

    assert (reading.spoken, reading.findings) == (spoken, ())


def test_an_ambiguous_abbreviation_alone_asks_with_its_ways(lexicon: Lexicon) -> None:
    finding = read_aloud("Chiều nay họp BCH.", lexicon).findings[0]

    assert (finding.kind, finding.place, finding.span) == ("ambiguous", "1:15", (14, 17))
    assert (
        str(finding.sentence)
        == "“BCH” can be read in more than one way: ban chỉ huy / ban chấp hành. Write out the one that is meant."
    )
