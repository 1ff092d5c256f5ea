"""The shipped workspace: the plan whole, every reference kept, every text read aloud without a finding, and editors' mistakes caught."""

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from broadcaster.desk.checking import check
from broadcaster.desk.machines import Reader
from broadcaster.desk.newsroom import read_files, sample
from broadcaster.desk.workspace import read_workspace
from broadcaster.newsroom.script import Script
from broadcaster.newsroom.script_file import parse
from broadcaster.planning.calendar import windows_anywhere
from broadcaster.settings import read_settings
from broadcaster.types import SCRIPT_KINDS, BulletinClass, Finding, Kind, Weight
from tests.small_workspace import ROOT

SCRIPTS = list(read_files(ROOT, "")[0])
CLAUSES = [f"III.1.{number}" for number in range(1, 6)]


def blocking(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.place}: {one.sentence}" for one in findings if one.weight is Weight.BLOCKING]


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(days=n)).year == year
    ]


@pytest.mark.parametrize("year", [2020, 2021, 2026])
def test_nothing_shipped_blocks_in_either_time(year: int) -> None:
    findings = check(ROOT, read_settings(None), days_of(year), lambda *_: None)

    assert blocking(findings) == []


def test_plan_holds_every_clause_word_for_word() -> None:
    plan = read_workspace(ROOT).plans["kh-48-ubnd-2020"]
    ids = [clause.id for clause in plan.clauses]
    original = (ROOT / "tests/golden/kh-48-ubnd-2020.txt").read_text("utf-8")

    words = re.sub(r"[\s*#]+", " ", original)
    assert [
        clause.id
        for clause in plan.clauses
        if re.sub(r"\s+", " ", clause.text.split("\n")[-1]).removeprefix("- ") not in words
    ] == []
    assert ids == [
        *(
            "I",
            "I.1",
            "I.2",
            "I.3",
            "II",
            "II.1",
            "II.1.1",
            "II.1.2",
            "II.2",
            "II.2.1",
            "II.2.2",
            "III",
            "III.1",
            *CLAUSES,
        ),
        *(
            "III.2",
            "III.2.1",
            "III.2.2",
            "III.2.3",
            "IV",
            "IV.1",
            "IV.1.1",
            "IV.1.2",
            "IV.1.3",
            "IV.1.4",
            "IV.2",
            "IV.2.1",
            "IV.2.2",
        ),
        *(
            "IV.3",
            "IV.3.1",
            "IV.3.2",
            "IV.3.3",
            "IV.3.4",
            "IV.4",
            "IV.4.1",
            "IV.4.2",
            "IV.5",
            "IV.6",
            "IV.6.1",
            "IV.6.2",
            "IV.6.3",
        ),
    ]
    assert (plan.report_before, plan.issued_on, plan.signed_by) == (
        date(2020, 11, 15),
        date(2020, 2, 20),
        "Hoàng Hồng Luân",
    )
    assert {slip.written for slip in plan.slips} >= {"Luật Giáo dục năm 2009", "822/NCĐQG-XHHT", "sở tay pháp luật"}


def test_slips_stand_in_the_clauses_they_name() -> None:
    plan = read_workspace(ROOT).plans["kh-48-ubnd-2020"]
    texts = {clause.id: clause.text for clause in plan.clauses}

    assert [slip.written for slip in plan.slips if slip.written not in texts[slip.clause]] == []


def test_there_are_forty_scripts_and_more_of_all_kinds() -> None:
    assert len(SCRIPTS) >= 40
    assert {script.kind for script in SCRIPTS} == set(SCRIPT_KINDS)
    assert BulletinClass.EMERGENCY not in {script.bulletin_class for script in SCRIPTS}


@pytest.mark.parametrize("year", [2020, 2026])
def test_every_campaign_and_every_clause_has_its_scripts_in_both_times(year: int) -> None:
    workspace = read_workspace(ROOT)
    days = days_of(year)
    usable = [script for script in SCRIPTS if any(script.may_air_on(day) for day in days)]
    due = {slug for slug, campaign in workspace.campaigns.items() if windows_anywhere(campaign, days[0], days[-1])}

    assert due - {script.campaign for script in usable} == set()
    assert [clause for clause in CLAUSES if not any(clause in script.clauses for script in usable)] == []
    assert {script.campaign for script in SCRIPTS} - {None} == set(workspace.campaigns)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_script_is_read_aloud_whole_and_has_what_the_portal_needs(script: Script) -> None:
    reading = Reader(ROOT, read_settings(None))(sample(script), script.areas)

    assert reading.findings == ()
    assert unicodedata.is_normalized("NFC", script.text)
    if script.kind is not Kind.LEAD_IN:
        assert script.summary
        assert script.clauses


@pytest.mark.parametrize(
    ("file", "kind", "right"),
    [
        ("01-ten-cu.md", "stale-name", "Ngày Sách và Văn hóa đọc Việt Nam"),
        ("02-van-ban-het-hieu-luc.md", "superseded", "1373/QĐ-TTg"),
    ],
)
def test_editors_mistake_is_caught_if_put_in(file: str, kind: str, right: str, tmp_path: Path) -> None:
    for name in ("content", "schedules"):
        (tmp_path / name).mkdir()
        for path in (ROOT / name).rglob("*"):
            if path.is_file() and "scripts" not in path.parts and path.suffix != ".wav":
                (tmp_path / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path.relative_to(ROOT)).write_bytes(path.read_bytes())
    for path in (ROOT / "content/sounds").glob("*.wav"):
        (tmp_path / path.relative_to(ROOT)).hardlink_to(path)
    (tmp_path / "content/scripts").mkdir()
    (tmp_path / "content/scripts" / file).write_bytes((ROOT / "tests/golden/spoilt" / file).read_bytes())

    findings = check(tmp_path, read_settings(None), days_of(2026), lambda *_: None)

    found = [one for one in findings if one.weight is Weight.BLOCKING]
    assert [one.kind for one in found] == [kind]
    assert right in str(found[0].sentence)
    assert parse((ROOT / "tests/golden/spoilt" / file).read_bytes(), file, "x").campaign


def test_what_no_source_was_found_for_is_marked_in_every_station() -> None:
    workspace = read_workspace(ROOT)

    assert len(workspace.stations) == 12
    for station in workspace.stations.values():
        after = [name for name in (*station.operators, *station.names) if name.until is None]
        parts = [
            station.airtime.is_confirmed,
            *(one.is_confirmed for one in station.sessions),
            *(one.is_confirmed for one in station.clusters),
        ]
        assert not any([*parts, *(name.is_confirmed for name in after)])
        assert "ví dụ, chưa xác nhận" in (ROOT / "schedules/stations" / f"{station.slug}.toml").read_text("utf-8")
