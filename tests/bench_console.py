"""The console's part of `python3 run bench`: every page of a district's year, asked by somebody who is signed in."""

import statistics
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as hour
from pathlib import Path

import httpx2
import uvicorn

from broadcaster.desk import demo, newsroom, people, programme, reporting
from broadcaster.desk.desk import Desk
from broadcaster.settings import read_settings
from broadcaster.stations.officer import Ability
from broadcaster.store import airings
from broadcaster.store.tables import Birth
from broadcaster.timekeeping import broadcast_day, moment, now
from broadcaster.web.app import make_app
from tests.bench_service import approve_all, free_port, timed

ROOT = Path(__file__).resolve().parents[1]
TIMES = 9
PASSWORD = "sóng biển vỗ bờ"
NOTICE = "Kính thưa bà con! Từ 13h30 đến 17h ngày 01/12/2026, Nhà máy nước tạm ngừng cấp nước tại TDP số 3. " * 10
Show = Callable[[str, str], None]


def bench_console(folder: Path, show: Show) -> None:
    """Medians of `TIMES` over the network of this machine, after one look at each page; with a year of airings of every shipped station."""
    desk = Desk(ROOT, folder / "console", read_settings(ROOT), lambda *_: None)
    with closing(desk):
        count = a_year(desk)
        code = people.add(
            desk, "nguoi-do", "Người Đo", [*Ability], person=desk.person("a"), at=now()
        ).address.rpartition("/")[2]
        port = free_port()
        server = uvicorn.Server(uvicorn.Config(make_app(desk.public_folder, desk), port=port, log_level="warning"))
        serving = threading.Thread(target=server.run)
        serving.start()
        while not server.started:
            time.sleep(0.05)
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                show("a console over so many airings", f"{count}")
                visit(client, code, show)
        finally:
            server.should_exit = True
            serving.join()


def visit(client: httpx2.Client, code: str, show: Show) -> None:
    client.post(f"/console/welcome/{code}", data={"password": PASSWORD, "again": PASSWORD})
    today = broadcast_day(now())
    pages = {
        "to do": "",
        "scripts": "/scripts",
        "scripts that are approved": "/scripts?state=approved",
        "an empty box": "/scripts/new",
        "a script, with its reading": "/scripts/loi-chao",
        "the week": "/programme",
        "a station's day": f"/programme/cat-ba/{today + timedelta(days=1)}",
        "operate": "/operate",
        "a station's airings": f"/operate/cat-ba/{today - timedelta(days=1)}",
        "alerts": "/alerts",
        "the year's report": f"/report?year={today.year}",
        "the airings behind a figure": f"/report/airings?year={today.year}&figure=station/cat-ba",
        "people": "/people",
    }
    for name, path in pages.items():
        answer = client.get(f"/console{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        spent = [timed(lambda: client.get(f"/console{path}")) for _ in range(TIMES)]  # noqa: B023 -- called at once
        show(
            f"  {name}",
            f"{statistics.median(spent) * 1000:4.0f} ms, {max(spent) * 1000:4.0f} at most, {len(answer.content) / 1000:5.1f} kB",
        )


def a_year(desk: Desk) -> int:
    """Shipped scripts approved, a week released, and yesterday's airings on every day of the year before; how many."""
    desk.database.born(Birth.REAL)
    today = broadcast_day(now())
    editor, approver = desk.person(demo.EDITOR), desk.person(demo.APPROVER)
    eve = moment(today - timedelta(days=1), hour(2))
    newsroom.load(desk, person=editor, at=eve)
    approve_all(desk, [today], eve)
    programme.arrange(desk, eve.date(), 8, at=eve, from_nothing=True)
    programme.release(desk, eve.date(), 8, person=approver, at=eve, from_nothing=True)
    for station in desk.workspace.stations:
        reporting.confirm(desk, station, eve.date(), person=approver, at=moment(today, hour(2)))
    count = 0
    for station in desk.workspace.stations:
        heard = reporting.airings_of(desk, station, eve.date(), moment(today, hour(2)))
        with desk.database.writing() as session:
            for offset in range((eve.date() - date(today.year, 1, 1)).days + 1):
                back = timedelta(days=offset)
                day = tuple(replace(one, day=one.day - back, start=one.start - back) for one in heard)
                count += len(day)
                airings.add(session, station, eve.date() - back, day, eve)
    reporting.keep_tallies(desk)
    return count
