"""The console: who may come in, what each may do, and that it does exactly what the desk's verbs do."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI

from broadcaster.desk import emergency, lexicon, newsroom, people, programme
from broadcaster.desk.desk import Desk, opened
from broadcaster.newsroom.approval import State
from broadcaster.programme.order import Manner
from broadcaster.settings import Settings
from broadcaster.store import programme as kept
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.web.console.visit import Console
from broadcaster.web.console.words import grouped
from tests.doors.command import broadcaster
from tests.doors.visitor import PASSWORD, Visitor, application, nobody, officer
from tests.small_workspace import ROOT, a_workspace
from tests.test_words import ENGLISH, NOT_PROSE

HOSTILE = "<script>alert(1)</script> \"'&😀 <b>đậm</b>"
NOTICE = "Kính thưa bà con! Chiều nay từ 13h30 đến 17h, cả xóm cắt nước để sửa đường ống."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    workspace = a_workspace(tmp_path_factory.mktemp("xa") / "xa")
    assert broadcaster("load", "--by", "Lan", within=workspace).code == 0
    settings = Settings(language="vi", voices=("silence",))
    with opened(workspace, workspace / "var", settings, lambda *_: None) as found:
        yield found


@pytest.fixture(scope="module")
def app(desk: Desk) -> FastAPI:
    return application(desk)


@pytest.fixture(scope="module")
def lan(app: FastAPI, desk: Desk) -> Visitor:
    return officer(app, desk, "lan", "Nguyễn Thị Lan", "writes:cat-ba")


@pytest.fixture(scope="module")
def binh(app: FastAPI, desk: Desk) -> Visitor:
    return officer(
        app, desk, "binh", "Trần Văn Bình", "writes", "approves", "operates", "alerts", "reports", "administers"
    )


def written(lan: Visitor, title: str, text: str = NOTICE, do: str = "submit", **more: str) -> str:
    """A notice for today, written on the page; its script's id."""
    today = broadcast_day(now()).isoformat()
    said = {"title": title, "text": text, "areas": "cat-ba", "not_before": today, "expires": today, "do": do, **more}
    answer = lan.post("/scripts", **said)
    assert answer.status_code == 303, re.findall(r'class="wrong"[^>]*>([^<]*)', answer.text)
    return str(answer.headers["location"].rpartition("/")[2].partition("?")[0])


def state_of(desk: Desk, script: str) -> State:
    return newsroom.standing_of(desk, script).state


def test_nobody_is_led_to_the_door(app: FastAPI) -> None:
    visitor = nobody(app)

    answer = visitor.get("/scripts")

    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")
    assert visitor.get("/sign-in").status_code == 200


def test_outside_this_machine_only_https(app: FastAPI) -> None:
    assert nobody(app, address="203.0.113.5").get("/sign-in").status_code == 403
    assert nobody(app, address="203.0.113.5", scheme="https").get("/sign-in").status_code == 200


def test_the_cookie_is_for_the_console_alone_and_no_script_reads_it(app: FastAPI, desk: Desk, lan: Visitor) -> None:
    visitor = nobody(app, scheme="https")

    cookie = visitor.post("/sign-in", login="lan", password=PASSWORD).headers["set-cookie"]

    assert {"HttpOnly", "Path=/console", "SameSite=lax", "Secure"} <= {part.strip() for part in cookie.split(";")}


def test_by_https_every_cookie_goes_by_https_alone(app: FastAPI, desk: Desk) -> None:
    people.add(desk, "my", "Mỵ", [], person=desk.person("Minh"), at=now())
    far = nobody(app, address="10.0.0.9", scheme="https")
    code = people.invite(desk, "my", person=desk.person("Minh"), at=now()).address.rpartition("/")[2]

    welcome = far.post(f"/welcome/{code}", password=PASSWORD, again=PASSWORD)
    language = far.get("/language/en")

    given = [*welcome.headers.get_list("set-cookie"), *language.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in given} == {"session", "said", "language"}
    assert all("Secure" in one and "HttpOnly" in one for one in given)


def test_what_was_sealed_is_believed_for_its_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(desk)
    sealed = console.sealed("elsewhere", {"state": "1"})
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 11 * 60)

    assert console.opened("elsewhere", sealed) == {"state": "1"}
    assert console.opened("elsewhere", sealed, timedelta(minutes=10)) is None


def test_a_wrong_password_says_nothing_of_which_is_wrong_and_is_soon_refused(desk: Desk) -> None:
    visitor = nobody(application(desk))

    answers = [visitor.post("/sign-in", login="ai-do", password="sai mật khẩu") for _ in range(8)]

    assert [answer.status_code for answer in answers] == [403] * 6 + [429] * 2
    assert "không khớp" in answers[0].text


def test_a_form_without_the_pages_own_token_does_nothing(app: FastAPI, desk: Desk, lan: Visitor) -> None:
    before = len(newsroom.standings(desk))

    forged = lan.client.post("/console/scripts", data={"title": "a", "text": NOTICE}, follow_redirects=False)
    whole = {"guard": lan.guard, "title": "a", "text": NOTICE}
    cross = lan.client.post("/console/scripts", data=whole, headers={"Sec-Fetch-Site": "cross-site"})

    assert (forged.status_code, cross.status_code) == (403, 403)
    assert len(newsroom.standings(desk)) == before


def test_signing_out_ends_every_session(app: FastAPI, desk: Desk) -> None:
    first = officer(app, desk, "hoa", "Hoa", "writes")
    second = nobody(app)
    second.post("/sign-in", login="hoa", password=PASSWORD)
    assert second.get("").status_code == 200

    first.post("/sign-out")

    assert (first.get("").status_code, second.get("").status_code) == (303, 303)


def test_from_an_empty_box_to_approved_in_three_steps(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    script = written(lan, "Cắt nước chiều nay")
    binh.get("")
    page = binh.get(f"/scripts/{script}").text
    sound = re.search(r'name="sound" value="([0-9a-f]{12})"', page)

    answer = binh.post(f"/scripts/{script}/approve", revision="1", sound=sound[1] if sound else "")

    assert "Đã duyệt" in binh.after(answer)
    assert state_of(desk, script) is State.APPROVED
    assert newsroom.standing_of(desk, script).newest.by == "Nguyễn Thị Lan"


def test_what_was_written_is_not_approved_by_its_author(desk: Desk, binh: Visitor) -> None:
    script = written(binh, "Bình viết")

    answer = binh.post(f"/scripts/{script}/approve", revision="1")

    assert answer.status_code == 409
    assert state_of(desk, script) is State.SUBMITTED


def test_an_approval_of_another_revision_or_sound_is_refused(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    script = written(lan, "Bản khác")

    other = binh.post(f"/scripts/{script}/approve", revision="2", sound="0" * 12)
    sound = binh.post(f"/scripts/{script}/approve", revision="1", sound="0" * 12)
    unheard = binh.post(f"/scripts/{script}/approve", revision="1")
    unnamed = binh.post(f"/scripts/{script}/approve", sound="0" * 12)

    assert [one.status_code for one in (other, sound, unheard, unnamed)] == [409] * 4
    assert state_of(desk, script) is State.SUBMITTED


def test_a_return_needs_its_reason_and_reaches_the_author(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    script = written(lan, "Trả lại thử")

    without = binh.post(f"/scripts/{script}/return", revision="1", why=" ")
    binh.post(f"/scripts/{script}/return", revision="1", why="Thiếu số điện thoại")

    assert without.status_code == 409
    assert "Trả lại thử" in lan.get("").text
    assert "Thiếu số điện thoại" in lan.get(f"/scripts/{script}").text
    again = lan.post(
        "/scripts", script=script, revision="1", title="Trả lại thử", text=NOTICE + " Gọi cán bộ xóm.", areas="cat-ba"
    )
    assert again.status_code == 303
    assert newsroom.standing_of(desk, script).newest.number == 2


def test_what_cannot_be_read_is_marked_while_one_types_and_not_submitted(desk: Desk, lan: Visitor) -> None:
    look = lan.post("/scripts/look", part="1", title="a", text="Mời bà con dùng Zyqx lúc 8h.", areas="cat-ba")
    script = written(lan, "Chưa đọc được", "Mời bà con dùng Zyqx lúc 8h.", do="keep")
    submitted = lan.post(f"/scripts/{script}/submit")

    assert '<mark class="asked"' in look.text
    assert "tám giờ" in look.text
    assert "Chưa gửi duyệt được" in look.text
    assert submitted.status_code == 409
    assert state_of(desk, script) is State.DRAFT


def test_one_tap_writes_the_reading_or_teaches_it(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    text = "Mời dùng Zyqx."
    remedy = {"written-9": "Zyqx", "spoken-9": "dích"}

    hers = lan.post("/scripts/look", part="remedy", text=text, do="teach:9-13", **remedy)
    known = binh.post(
        "/scripts/look", part="remedy", text=text, do="teach:0-3", **{"written-0": "Mời", "spoken-0": "đừng"}
    )
    taken = lan.post("/scripts/look", part="remedy", text=text, do="take:9-13", **remedy)
    stale = lan.post("/scripts/look", part="remedy", text="Mời cả nhà dùng Zyqx.", do="take:9-13", **remedy)
    taught = binh.post("/scripts/look", part="remedy", text=text, do="teach:9-13", **remedy)
    lexicon.say_as(desk, "Zyqx", "", person=desk.person("Lan"), at=now())
    refused = binh.post("/scripts/look", part="remedy", text=text, do="teach:9-13", **(remedy | {"spoken-9": "@@"}))

    assert '<textarea id="taken" hidden>Mời dùng dích.</textarea>' in taken.text
    assert "Mời cả nhà dùng Zyqx." in stale.text
    assert "không có quyền" in hers.text  # it would change how everybody's texts are read
    assert "đừng" not in known.text
    assert 'class="asked"' not in taught.text
    assert 'role="alert"' in refused.text
    assert lexicon.lines(desk) == ()


def test_ones_own_recording_stands_for_the_text(desk: Desk, lan: Visitor) -> None:
    script = written(lan, "Tự thu", do="keep")
    place = f"/console/scripts/{script}/record"
    recorded = (ROOT / "content" / "sounds" / "nhac-hieu.wav").read_bytes()

    nothing = lan.post(f"/scripts/{script}/record")
    noise = lan.client.post(place, data={"guard": lan.guard}, files={"recording": ("a.webm", b"no sound")})
    given = lan.client.post(
        place, data={"guard": lan.guard}, files={"recording": ("a.wav", recorded)}, follow_redirects=False
    )

    assert (nothing.status_code, noise.status_code) == (409, 422)
    assert str(desk.data) not in noise.text
    assert "bản thu của người đọc" in lan.after(given)
    assert list((desk.data).glob(".half-*")) == []


def test_today_in_a_text_that_airs_on_several_days_is_a_finding(lan: Visitor) -> None:
    today = broadcast_day(now())
    several = {"not_before": today.isoformat(), "expires": (today + timedelta(days=3)).isoformat()}

    look = lan.post("/scripts/look", part="1", title="a", text=NOTICE, areas="cat-ba", **several)

    assert "Chiều nay" in re.sub(r"<[^>]+>", "", look.text)
    assert re.search(r'class="finding (blocking|to-weigh)"', look.text)


def test_somebody_writes_only_for_their_own_area(desk: Desk, lan: Visitor) -> None:
    today = broadcast_day(now()).isoformat()

    everywhere = lan.post("/scripts", title="Khắp nơi", text=NOTICE, not_before=today, expires=today)
    above = lan.post("/scripts", title="Trên huyện", text=NOTICE, areas="cat-hai")

    assert (everywhere.status_code, above.status_code) == (409, 409)
    assert "không có quyền" in everywhere.text
    assert NOTICE in everywhere.text  # what was typed is still there


@pytest.mark.parametrize(
    "path", ["", "/scripts", "/scripts/new", "/programme", "/operate", "/alerts", "/report", "/people"]
)
def test_every_page_speaks_each_language_alone_and_is_small(app: FastAPI, binh: Visitor, path: str) -> None:
    page = binh.get(path)
    binh.client.cookies.set("language", "en", path="/console")
    english = binh.get(path)
    binh.client.cookies.delete("language", path="/console")

    assert (page.status_code, english.status_code) == (200, 200)
    assert '<html lang="vi">' in page.text
    assert '<html lang="en">' in english.text
    assert len(page.content) < 100_000


def test_no_english_is_left_over_where_the_language_is_vietnamese(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    script = written(lan, "Không còn tiếng Anh")
    day = broadcast_day(now())
    binh.post(f"/programme/cat-ba/{day + timedelta(days=2)}/live", hour="05:32", minutes="3", why="thử")
    pages = ["", "/scripts", "/scripts/new", f"/scripts/{script}", "/programme", "/programme/release", "/operate"]
    pages += [
        f"/programme/cat-ba/{day}",
        f"/operate/cat-ba/{day}",
        "/alerts",
        "/report",
        "/people",
        "/sign-in",
        "/không-có",
    ]

    left = {}
    for page in pages:
        text = re.sub(r'<code>.*?</code>|<[^>]*lang="en"[^>]*>[^<]*<', " ", binh.get(page).text)
        prose = unescape(re.sub(r"<[^>]+>", " ", text))
        left[page] = ENGLISH.findall(NOT_PROSE.sub(" ", prose))

    assert {page: words for page, words in left.items() if words} == {}


def test_hostile_text_is_shown_as_text_everywhere(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    script = written(
        lan, HOSTILE, "Kính thưa bà con! Mời nghe.\n\n" + HOSTILE, do="keep", summary=HOSTILE, sources=HOSTILE
    )
    look = lan.post("/scripts/look", part="1", title=HOSTILE, text=HOSTILE)

    pages = [
        lan.get(path).text for path in ("", "/scripts?state=draft", f"/scripts/{script}", f"/scripts/{script}/edit")
    ]

    for text in (*pages, look.text):
        assert "<script>alert" not in text
        assert "<b>đậm" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[2]
    assert newsroom.standing_of(desk, script).newest.script.title == HOSTILE


def test_no_page_holds_a_script_or_style_or_address_of_its_own(binh: Visitor) -> None:
    for path in ("", "/scripts", "/scripts/new", "/programme", "/operate", "/alerts", "/report", "/people"):
        answer = binh.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://", answer.text) == []


def test_the_programme_is_changed_by_hand_and_back(desk: Desk, binh: Visitor) -> None:
    day = broadcast_day(now()) + timedelta(days=1)
    place = f"/programme/cat-ba/{day}"

    kept_time = binh.post(f"{place}/live", hour="05:32", minutes="3", why="Trưởng thôn nói chuyện")
    page = binh.after(kept_time)
    undone = binh.after(binh.post(f"{place}/undo"))
    outside = binh.post(f"{place}/live", hour="03:15", minutes="3", why="thử")
    nonsense = binh.post(f"{place}/live", hour="nửa đêm", minutes="3", why="thử")

    assert "3 phút nói trực tiếp" in page
    assert "Trưởng thôn nói chuyện" in page
    assert "3 phút nói trực tiếp" in undone  # in the sentence that says what was taken back
    assert programme.exceptions_of(desk, "cat-ba", day) == ()
    assert (outside.status_code, nonsense.status_code) == (409, 409)
    assert "3 giờ 15 phút sáng" in outside.text


def test_a_collision_is_settled_by_a_recorded_choice(desk: Desk, binh: Visitor) -> None:
    script = written(binh, "Ưu tiên của xã", importance="uu-tien")
    day = broadcast_day(now())

    binh.post(f"/programme/cat-ba/{day}/choose", script=script, manner="override", why="bà con cần biết trước")

    with desk.database.reading() as session:
        assert kept.choices(session)["cat-ba"][script] is Manner.OVERRIDE


def test_the_stop_button_and_back(desk: Desk, binh: Visitor, lan: Visitor) -> None:
    until = f"{now() + timedelta(hours=1):%Y-%m-%dT%H:%M}"

    not_hers = lan.post("/operate/silence", area="cat-ba", until=until, why="thử")
    without = binh.post("/operate/silence", area="cat-ba", until=until, why="")
    page = binh.after(binh.post("/operate/silence", area="cat-ba", until=until, why="Quốc tang"))
    held = [one.why for one in emergency.silences(desk, now())]
    binh.post("/operate/sound", area="cat-ba")

    assert (not_hers.status_code, without.status_code) == (403, 409)
    assert "Quốc tang" in page
    assert held == ["Quốc tang"]
    assert emergency.silences(desk, now()) == ()


def test_an_alert_takes_two_people_and_a_clear_end(app: FastAPI, desk: Desk, binh: Visitor) -> None:
    until = f"{now() + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    said = {"title": "Bão khẩn cấp", "text": "Bà con ở trong nhà.", "areas": "cat-ba", "until": until}
    second = officer(app, desk, "duc", "Phạm Đức", "alerts:cat-ba")

    unread = binh.post("/alerts", **(said | {"text": "Zyqx sắp vào."}), times="3", every="10")
    place = binh.post("/alerts", **said, times="3", every="10").headers["location"].removeprefix("/console")
    own = binh.get(place).text
    page = second.get(place).text
    form = dict(re.findall(r'name="(version|sound)" value="([^"]*)"', page))
    unheard = second.post(f"{place}/confirm", version=form["version"], sound="")
    confirmed = second.after(second.post(f"{place}/confirm", **form))
    ended = binh.after(binh.post(f"{place}/cancel", why="Bão đã qua"))

    assert (unread.status_code, unheard.status_code) == (409, 409)
    assert "Zyqx sắp vào." in unread.text
    assert "cần người thứ hai" in own
    assert "Đã xác nhận" in confirmed
    assert "Bão đã qua" in ended


def test_nobody_gives_more_than_they_administer(app: FastAPI, desk: Desk) -> None:
    local = officer(app, desk, "tam", "Tâm", "administers:cat-ba")

    everywhere = local.post("/people", login="moi", name="Mới", may=["writes"])
    here = local.post("/people", login="moi", name="Mới", may=["writes"], area="cat-ba")
    above = local.post("/people/binh/leave")

    assert (everywhere.status_code, here.status_code, above.status_code) == (409, 200, 409)
    assert "/console/welcome/" in here.text
    assert [str(one) for one in people.officer(desk, "moi").grants] == ["writes:cat-ba"]


@pytest.mark.parametrize(("language", "written"), [("vi", "1.285.236"), ("en", "1,285,236")])
def test_large_figures_are_parted(language: str, written: str) -> None:
    assert (grouped(1_285_236, language), grouped(999, language)) == (written, "999")


def test_the_report_as_files(binh: Visitor) -> None:
    year = broadcast_day(now()).year

    table, document = binh.get(f"/report/{year}.csv"), binh.get(f"/report/{year}.json")

    assert table.text.startswith("\ufeffsố liệu,")
    assert document.json()["first"] == f"{year}-01-01"
    assert binh.get("/report?year=abc").status_code == 422


def test_sound_that_is_not_there_and_paths_out_of_the_folder(binh: Visitor, tmp_path: Path) -> None:
    for name in ("0" * 64, "..%2F..%2Fkeys%2Fconsole.key", "a.mp3%00"):
        assert binh.get(f"/sound/{name}.mp3").status_code == 404


def test_whoever_had_a_hand_in_it_does_not_approve_it(app: FastAPI, desk: Desk, lan: Visitor) -> None:
    duy = officer(app, desk, "duy", "Phạm Duy", "writes:cat-ba", "approves:cat-ba")
    spoken, written_by_both = written(lan, "Duy đọc", do="keep"), written(lan, "Hai người viết", do="keep")
    recorded = (ROOT / "content" / "sounds" / "nhac-hieu.wav").read_bytes()
    duy.client.post(
        f"/console/scripts/{spoken}/record", data={"guard": duy.guard}, files={"recording": ("a.wav", recorded)}
    )
    lan.post(f"/scripts/{spoken}/submit")
    both = {"title": "Hai người viết", "areas": "cat-ba"}
    duy.post("/scripts", script=written_by_both, revision="1", text=NOTICE + " Duy thêm một câu.", **both)
    lan.post("/scripts", script=written_by_both, revision="2", text=NOTICE + " Một câu.", do="submit", **both)

    for script in (spoken, written_by_both):
        page = duy.get(f"/scripts/{script}").text
        sound = newsroom.standing_of(desk, script).steps[-1].bound.sound
        number = str(newsroom.standing_of(desk, script).newest.number)
        answer = duy.post(f"/scripts/{script}/approve", revision=number, sound=(sound or "")[:12])
        assert "/approve" not in page
        assert (answer.status_code, state_of(desk, script)) == (409, State.SUBMITTED)


def test_a_narrow_revision_gives_no_right_over_a_wide_one(
    app: FastAPI, desk: Desk, lan: Visitor, binh: Visitor
) -> None:
    tam = officer(app, desk, "tam2", "Tám", "approves:cat-ba", "alerts:cat-ba")
    script = written(binh, "Khắp nơi", areas="")
    sound = newsroom.standing_of(desk, script).steps[-1].bound.sound or ""
    officer(app, desk, "duyet", "Người Duyệt", "approves").post(
        f"/scripts/{script}/approve", revision="1", sound=sound[:12]
    )
    narrow = binh.post("/scripts", script=script, revision="1", title="Khắp nơi", text=NOTICE, areas="cat-ba")

    answer = tam.post(f"/scripts/{script}/withdraw", revision="1", why="x")

    assert narrow.status_code == 303
    assert answer.status_code == 409
    assert newsroom.standing_of(desk, script).on_air is not None


def test_an_older_form_does_not_undo_a_newer_revision(desk: Desk, lan: Visitor) -> None:
    script = written(lan, "Hai cửa sổ", do="keep")
    lan.post("/scripts", script=script, revision="1", title="Hai cửa sổ", text=NOTICE + " Hai.", areas="cat-ba")

    older = lan.post("/scripts", script=script, revision="1", title="Hai cửa sổ", text=NOTICE + " Một.", areas="cat-ba")

    assert older.status_code == 409
    assert newsroom.standing_of(desk, script).newest.script.text.endswith("Hai.")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/scripts/look", {"text": "a", "part": "1", "not_before": "9999-12-31"}),
        ("/scripts/look", {"text": "a", "part": "1", "do": "take:0-" + "9" * 5000}),
        ("/scripts/look", {"text": "x" * 200_000, "part": "1"}),
        ("/scripts", {"title": "a", "text": "b", "kind": "loi-dan"}),
        ("/scripts", {"title": "a", "text": "b", "areas": "khong-co"}),
        ("/scripts/khuyen-hoc/approve", {"revision": "9" * 5000}),
        ("/programme/cat-ba/0001-01-01/live", {"hour": "05:32", "minutes": "3", "why": "x"}),
        ("/operate/cat-ba/9999-12-31", {"outcome": "aired"}),
        ("/operate/silence", {"area": "xyz", "until": "2026-12-01T05:00", "why": "x"}),
        ("/people", {"login": "x", "name": "x", "area": "xyz"}),
    ],
)
def test_odd_values_are_answered_by_a_page(binh: Visitor, path: str, said: dict[str, str]) -> None:
    answer = binh.client.post(f"/console{path}", data={"guard": binh.guard, **said}, follow_redirects=False)

    assert answer.status_code < 500
    assert "<html" in answer.text or "class=" in answer.text


@pytest.mark.parametrize("path", ["/report?year=0000", "/report/0000.csv", "/report/airings", "/report?year=9999"])
def test_odd_addresses_are_answered_by_a_page(binh: Visitor, path: str) -> None:
    answer = binh.client.get(f"/console{path}", headers={"Referer": "http://[bad"})

    assert answer.status_code in (400, 404, 422)
    assert "<html" in answer.text


def test_names_that_look_alike_are_one_name(app: FastAPI, desk: Desk, binh: Visitor) -> None:
    hidden = binh.post("/people", login="gia", name="Trần\u200b Văn Bình", may=["writes"])
    wide = binh.post("/people", login="gia", name="Ｔrần Văn Bình", may=["writes"])

    assert (hidden.status_code, wide.status_code) == (409, 409)


def test_a_reading_that_was_added_can_be_seen_and_taken_back(desk: Desk, lan: Visitor, binh: Visitor) -> None:
    lexicon.say_as(desk, "Wfgz", "oa phờ", person=desk.person("Bình"), at=now())

    hers = lan.post("/lexicon", written="Wfgz")
    page = binh.get("/lexicon").text
    after = binh.after(binh.post("/lexicon", written="Wfgz"))

    assert hers.status_code == 409
    assert "oa phờ" in page
    assert "oa phờ" not in after
