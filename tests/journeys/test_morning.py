"""A morning at the station, in a real browser on a phone: an editor writes, an approver approves, an operator operates; then the public pages.

Every page on the way is kept as a picture in `var/pictures`, checked by axe-core in light and in the dark, and must fit the screen.
"""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from broadcaster.desk import keeping, newsroom, people
from broadcaster.desk.desk import Desk, opened
from broadcaster.newsroom.approval import State
from broadcaster.settings import Settings
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.web.app import make_app
from tests.doors.command import broadcaster
from tests.small_workspace import ROOT, a_workspace

CHROMIUM = shutil.which("chromium")
PICTURES = ROOT / "var" / "pictures"
PHONE = {"width": 360, "height": 740}
PASSWORD = "sóng biển vỗ bờ"
NOTICE = "Kính thưa bà con! Từ 13h30 đến 17h, xóm mình tạm ngừng cấp nước. Bà con trữ nước, gọi Zyqx khi cần."
HOSTILE = "<img src=x onerror=alert(1)> \"'& 😀"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = a_workspace(tmp_path / "xa")
    assert broadcaster("load", "--by", "Soạn", within=workspace).code == 0
    ids = ("khuyen-hoc", "trao-hoc-bong", "guong", "loi-chao", "dot-tuyen-truyen")
    assert broadcaster("script", "submit", *ids, "--by", "Soạn", within=workspace).code == 0
    for id in ids:
        assert broadcaster("script", "approve", id, "--by", "Minh", within=workspace).code == 0
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as found:
        yield found


@pytest.fixture
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    microphone = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*quiet, "--disable-sync", "--no-first-run", *microphone]
        )
        yield found
        found.close()


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The service at an address of its own for as long as the block lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(desk.public_folder, desk), log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


class Somebody:
    """A person with a phone: whatever goes wrong on a page is kept in `wrong`."""

    def __init__(self, browser: Browser, address: str, name: str):
        self.page: Page = browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale="vi-VN", permissions=["microphone"]
        ).new_page()
        self.address, self.name, self.wrong = address, name, list[str]()
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda asked: self._at_home(asked.url))

    def _at_home(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.wrong.append(f"an address of others: {url}")

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def invited(self, desk: Desk, login: str, *grants: str) -> "Somebody":
        person = people.add(desk, login, self.name, list(grants), person=desk.person("Minh"), at=now())
        self.opens("/console/welcome/" + person.address.rpartition("/")[2])
        self.looks("welcome")
        self.page.fill("#password", PASSWORD)
        self.page.fill("#again", PASSWORD)
        self.page.click("button.main")
        return self

    def looks(self, name: str) -> None:
        """Keep a picture of the page; no serious finding of axe-core, and nothing sticks out of the screen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            self.wrong.append(f"{name} is {width} pixels wide")
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page)
            self.wrong += [
                f"{name} in {scheme}: {one['id']}, {one['nodes'][0]['html'][:120]}"
                for one in found.response["violations"]
                if one["impact"] in ("serious", "critical")
            ]
        self.page.emulate_media(color_scheme="light")


def reads(somebody: Somebody, text: str) -> bool:
    return text in somebody.page.inner_text("body")


def looked(desk: Desk) -> None:
    """One look of the timetable."""
    keeping.tick(desk, desk.public_folder, now(), keeping.Seen(), "test")


@pytest.mark.journey
def test_a_morning_on_a_phone(desk: Desk, browser: Browser) -> None:
    looked(desk)
    with served(desk) as address:
        lan = Somebody(browser, address, "Nguyễn Thị Lan").invited(desk, "lan", "writes:cat-ba")
        script = _writes(desk, lan)
        minh = Somebody(browser, address, "Trần Văn Bình").invited(desk, "binh", "approves:cat-ba")
        _approves(desk, minh, script)
        looked(desk)
        duc = Somebody(browser, address, "Phạm Đức").invited(
            desk, "duc", "operates", "alerts", "reports", "administers"
        )
        _operates(desk, duc, script)
        looked(desk)
        anybody = Somebody(browser, address, "Bà con")
        _listens(anybody)

    assert {one.name: one.wrong for one in (lan, minh, duc, anybody)} == {
        "Nguyễn Thị Lan": [],
        "Trần Văn Bình": [],
        "Phạm Đức": [],
        "Bà con": [],
    }


def _writes(desk: Desk, lan: Somebody) -> str:
    """From an empty box to a submitted notice: the reading follows the typing, one tap settles what is asked."""
    page, tomorrow = lan.page, broadcast_day(now()) + timedelta(days=1)
    lan.looks("home")
    page.click("text=Viết kịch bản mới")
    page.fill("#title", "Cắt nước " + HOSTILE)
    page.fill("#text", NOTICE)
    page.wait_for_selector(".read .asked")
    assert reads(lan, "mười ba giờ ba mươi")
    assert reads(lan, "Chưa gửi duyệt được.")
    lan.looks("write")
    page.fill(".remedy input[type=text]", "anh Dí")
    page.click("text=Viết như vậy")
    expect(page.locator("#text")).to_have_value(NOTICE.replace("Zyqx", "anh Dí"))
    page.wait_for_selector("text=Đọc được từ đầu đến cuối.")
    page.fill("#not_before", tomorrow.isoformat())
    page.fill("#expires", tomorrow.isoformat())
    page.reload()
    assert page.input_value("#title") == "Cắt nước " + HOSTILE  # what was typed outlives a power cut
    page.fill("#not_before", tomorrow.isoformat())
    page.fill("#expires", tomorrow.isoformat())
    page.click("text=Lưu bản nháp và nghe")
    assert reads(lan, HOSTILE)
    page.click("text=Tự thu giọng của mình")
    page.click("[data-begin]")
    page.wait_for_timeout(1500)
    page.click("[data-end]")
    page.wait_for_selector("[data-records] audio:not([hidden])")
    lan.looks("record")
    page.click("text=Đọc thành tiếng và nghe")
    page.wait_for_selector("#sound")
    lan.looks("draft")
    page.click("text=Gửi duyệt")
    assert reads(lan, "Người thứ hai có thể duyệt.")
    script = page.url.rpartition("/")[2].partition("?")[0]
    assert newsroom.standing_of(desk, script).state is State.SUBMITTED
    lan.opens("/console/scripts/new")
    assert page.input_value("#text") == ""
    return script


def _approves(desk: Desk, minh: Somebody, script: str) -> None:
    page = minh.page
    minh.looks("waiting")
    page.click(".rows a")
    assert reads(minh, "Phát ở đâu, khi nào")
    minh.looks("approve")
    page.locator("form[action$='/approve'] button").click()
    assert reads(minh, "Đã duyệt.")
    assert newsroom.standing_of(desk, script).state is State.APPROVED


def _operates(desk: Desk, duc: Somebody, script: str) -> None:
    page, tomorrow = duc.page, broadcast_day(now()) + timedelta(days=1)
    duc.opens("/console/programme")
    duc.looks("programme")
    duc.opens(f"/console/programme/cat-ba/{tomorrow}")
    assert reads(duc, HOSTILE)
    duc.looks("day")
    page.click(f"text={HOSTILE[:8]}")
    assert reads(duc, "Từ loa trở về kế hoạch")
    duc.looks("item")
    duc.opens(f"/console/programme/cat-ba/{tomorrow}")
    page.click("text=Dành giờ nói trực tiếp")
    page.fill("#live-hour", "05:40")
    page.fill("#live-minutes", "3")
    page.fill("#live-why", "Trưởng thôn nói chuyện")
    page.click("button:has-text('Dành giờ')")
    assert reads(duc, "3 phút nói trực tiếp")
    duc.opens("/console/programme/release")
    duc.looks("release")
    for place in ("operate", "alerts", "report", "people"):
        duc.opens(f"/console/{place}")
        duc.looks(place)
    duc.opens("/console/operate")
    page.select_option("#area", "cat-ba")
    page.fill("#why", "Thử nút ngừng phát")
    page.click("button.stop")
    assert reads(duc, "Đang ngừng phát")
    duc.looks("silenced")
    page.click("text=Cho phát lại")
    assert reads(duc, "Đã cho phát trở lại.")
    duc.opens("/console/language/en")
    duc.opens("/console")
    assert reads(duc, "To do")


def _listens(anybody: Somebody) -> None:
    for name, path in (("front", "/"), ("station", "/stations/cat-ba/")):
        anybody.opens(path)
        anybody.looks(name)
