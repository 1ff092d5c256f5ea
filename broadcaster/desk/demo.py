"""The whole way in one verb, as a trial: load, produce, approve on trial, arrange, release, publish. And `init`, a new workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from broadcaster.desk import newsroom, programme, publishing, sounds, studio
from broadcaster.desk.desk import Desk
from broadcaster.desk.workspace import packaged
from broadcaster.errors import Refused
from broadcaster.files import write_whole
from broadcaster.newsroom.approval import Move, State
from broadcaster.publishing.tree import Written
from broadcaster.timekeeping import days as days_from
from broadcaster.timekeeping import moment
from broadcaster.types import Finding
from broadcaster.words import say

EDITOR = "Biên tập viên (bản duyệt thử)"
APPROVER = "Người duyệt thử"
EXAMPLE = (
    "areas.toml",
    "documents.toml",
    "clocks",
    "stations/cat-ba.toml",
    "campaigns/ngay-khuyen-hoc.toml",
    "campaigns/tieng-loa-hoc-bai.toml",
    "plans",
)
"""What of the packaged schedules a new workspace begins with."""


@dataclass(frozen=True)
class DemoReport:
    """What the trial made: scripts on air, station days, items, findings on the way, and what was written."""

    scripts: int
    station_days: int
    items: int
    findings: tuple[Finding, ...]
    written: Written


def demo(desk: Desk, first: date, count: int, out: Path, *, at: datetime) -> DemoReport:
    """Load, produce what the days air, approve on trial, arrange, release and publish; every stamp comes from the days, none from `at`,
    which only says which moment the pages show."""
    days = days_from(first, count)
    eve = moment(first, time())
    editor, approver = desk.person(EDITOR), desk.person(APPROVER)
    loaded = newsroom.load(desk, person=editor, at=eve)
    sounds.carry_left_over(desk)
    on_air = [one for one in newsroom.standings(desk) if any(one.newest.script.may_air_on(day) for day in days)]
    drafts = [one.newest.script.id for one in on_air if one.state is State.DRAFT]
    newsroom.submit_all(desk, drafts, person=editor, at=eve, days=days)
    studio.produce(desk, days=days)
    for one in newsroom.standings(desk):
        if one.state is State.SUBMITTED:
            newsroom.move(desk, one.newest.script.id, Move.APPROVE, person=approver, at=eve)
    report = programme.release(desk, first, count, person=approver, at=eve, from_nothing=True)
    written = publishing.publish(desk, out, moment=shown_moment(at, days), first=first, last=days[-1])
    return DemoReport(
        scripts=len(on_air),
        station_days=report.days,
        items=report.items,
        findings=(*loaded.findings, *report.findings),
        written=written,
    )


def shown_moment(at: datetime, days: Sequence[date]) -> datetime:
    """`at` if it lies within the days; else their last minute when they are past, their first when they are to come."""
    return min(max(at, moment(days[0], time())), moment(days[-1], time(23, 59, 59)))


def init(folder: Path) -> tuple[str, ...]:
    """A new workspace in `folder` with a small example: one station, two campaigns, their scripts. The files made. Raises Refused where there is one already."""
    if (folder / "content").exists() or (folder / "schedules").exists():
        raise Refused(say("{folder} already holds a workspace. Nothing was changed.", folder=folder))
    source = packaged()
    chosen = [path for part in EXAMPLE for path in _files(source / "schedules" / part)]
    chosen += [
        path
        for part in ("loi-dan", "ngay-khuyen-hoc", "tieng-loa-hoc-bai")
        for path in _files(source / "content" / "scripts" / part)
    ]
    chosen += [*_files(source / "content" / "lexicon"), *_files(source / "content" / "sounds")]
    for path in chosen:
        write_whole(folder / path.relative_to(source), path.read_bytes())
    return tuple(str(path.relative_to(source)) for path in chosen)


def _files(path: Path) -> list[Path]:
    return (
        [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file() and one.suffix != ".pyc")
    )
