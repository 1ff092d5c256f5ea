"""The command line: the wish reaches the verb, the sentence reaches the person, the exit code the machine."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from broadcaster import cli
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

NOTICE = """---
id: cat-nuoc
title: Cắt nước
kind: thong-bao
---
Chiều ngày 02/10, nước máy tạm ngừng từ 14h đến 16h30. Mong bà con dự trữ nước.
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its scripts loaded, for tests that only look."""
    folder = a_workspace(tmp_path_factory.mktemp("workspace"))
    assert broadcaster("load", "--by", "Lan", within=folder).code == 0
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return a_workspace(tmp_path / "xa")


def every_command() -> Iterator[tuple[str, ...]]:
    for name in cli.COMMANDS:
        module = __import__(f"broadcaster.cli.{cli.COMMANDS[name][0]}", fromlist=["commands"])
        found = module.commands[name]
        yield (name,)
        if isinstance(found, click.Group):
            yield from ((name, below) for below in found.commands)


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...], shared: Path) -> None:
    answer = broadcaster(*words, "--help", within=shared)

    assert (answer.code, answer.err) == (0, "")
    assert "usage: broadcaster" in answer.out.lower()
    if len(words) == 2 or words[0] not in ("script", "voice", "station", "alert", "key", "receiver"):
        assert f"For example:\n    broadcaster {words[0]}" in answer.out


def test_help_outside_a_workspace_works_and_verbs_say_what_is_missing(tmp_path: Path) -> None:
    helped, refused = broadcaster("--help", within=tmp_path), broadcaster("script", "list", within=tmp_path)

    assert helped.code == 0
    assert (refused.code, refused.out) == (2, "")
    assert "There is no workspace here" in refused.err


def test_answers_follow_the_language(shared: Path) -> None:
    answer = broadcaster("script", "show", "khong-co", within=shared, BROADCASTER_LANGUAGE="vi")

    assert answer.code == 1
    assert "khong-co" in answer.err
    assert "There is" not in answer.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rundown", "cat-bà", "2026-10-02"), 1, "There is no station “cat-bà”. Did you mean “cat-ba”?"),
        (("rundown", "cat-ba", "02/10/2026"), 2, "“02/10/2026” is not a day"),
        (("script", "show", "khuyen-hc"), 1, "There is no script “khuyen-hc”. Did you mean “khuyen-hoc”?"),
        (("script", "approve", "khuyen-hoc"), 1, "Nobody is named"),
        (("script", "approve", "khuyen-hoc", "--by", "Minh"), 1, "is a draft, so it cannot be approved"),
        (
            ("script", "edit", "khuyen-hoc", "--by", "Minh"),
            1,
            "is kept in content/scripts/ngay-khuyen-hoc/01-khuyen-hoc.md",
        ),
        (("script", "add", "khong-co.md", "--by", "Minh"), 2, "khong-co.md cannot be read"),
        (
            ("pin", "cat-ba", "2026-10-02", "03:15", "khuyen-hoc", "--why", "thử", "--by", "Minh"),
            1,
            "no session on 2026-10-02 at 3 giờ 15 phút sáng",
        ),
        (("trace", "cat-ba", "2026-10-02"), 2, "Name the minute as well"),
        (("why", "cat-ba", "2019-01-01"), 1, "has no release for 2019-01-01"),
        (("voice", "try", "khong-co", "Xin chào"), 2, "There is no voice “khong-co”"),
        (("calendar", "--campaign", "ngay-khuyen"), 1, "Did you mean “ngay-khuyen-hoc”?"),
    ],
)
def test_refusal_is_a_sentence_with_its_exit_code(words: tuple[str, ...], code: int, said: str, shared: Path) -> None:
    answer = broadcaster(*words, within=shared)

    assert (answer.code, said in answer.err) == (code, True), answer.err
    assert "Traceback" not in answer.err


def test_misspelt_setting_is_refused_with_what_was_meant(workspace: Path) -> None:
    (workspace / "broadcaster.toml").write_text('publik_url = "http://đài.vn"\n', "utf-8")

    answer = broadcaster("script", "list", within=workspace)

    assert (answer.code, "“public_url”" in answer.err) == (2, True)


def test_misspelt_environment_is_refused(workspace: Path) -> None:
    answer = broadcaster("script", "list", within=workspace, BROADCASTER_DATTA="/tmp")

    assert (answer.code, "BROADCASTER_DATTA" in answer.err) == (2, True)


def test_script_goes_from_standard_input_to_approved_by_a_second_person(workspace: Path) -> None:
    added = broadcaster("script", "add", "-", "--by", "Lan", within=workspace, typed=NOTICE.encode())
    submitted = broadcaster("script", "submit", "cat-nuoc", "--by", "Lan", within=workspace)
    own = broadcaster("script", "approve", "cat-nuoc", "--by", "lan", within=workspace)
    approved = broadcaster("script", "approve", "cat-nuoc", "--by", "Minh", within=workspace)
    shown = broadcaster("script", "show", "cat-nuoc", "--json", within=workspace).json

    assert [added.code, submitted.code, own.code, approved.code] == [0, 0, 1, 0]
    assert "lan wrote, added or spoke “cat-nuoc” and so cannot approve it" in own.err
    assert [(step["move"], step["by"]) for step in shown["steps"]] == [("submit", "Lan"), ("approve", "Minh")]
    assert shown["spoken"].startswith(
        "chiều ngày mùng hai tháng mười, nước máy tạm ngừng từ mười bốn giờ đến mười sáu giờ ba mươi."
    )


def test_edit_makes_a_new_draft_while_the_approved_one_stays_on_air(workspace: Path) -> None:
    broadcaster("script", "add", "-", "--by", "Lan", within=workspace, typed=NOTICE.encode())
    broadcaster("script", "submit", "cat-nuoc", "--by", "Lan", within=workspace)
    broadcaster("script", "approve", "cat-nuoc", "--by", "Minh", within=workspace)

    edited = broadcaster(
        "script",
        "edit",
        "cat-nuoc",
        "--from",
        "-",
        "--by",
        "Lan",
        within=workspace,
        typed=NOTICE.replace("16h30", "17h").encode(),
    )
    listed = broadcaster("script", "list", "--json", within=workspace).json

    assert edited.code == 0
    assert [(one["revision"], one["state"], one["on_air"]) for one in listed] == [(2, "draft", 1)]


def test_text_that_cannot_be_read_is_not_submitted_and_says_where(workspace: Path) -> None:
    broadcaster(
        "script", "add", "-", "--by", "Lan", within=workspace, typed=NOTICE.replace("Mong bà con", "Mong XYZQ").encode()
    )

    answer = broadcaster("script", "submit", "cat-nuoc", "--by", "Lan", within=workspace)

    assert answer.code == 1
    assert "XYZQ" in answer.err


def test_changed_sound_cannot_be_approved(workspace: Path) -> None:
    broadcaster("script", "add", "-", "--by", "Lan", within=workspace, typed=NOTICE.encode())
    broadcaster("script", "submit", "cat-nuoc", "--by", "Lan", within=workspace)
    (sound,) = (workspace / "var" / "sound").glob("*.mp3")
    sound.write_bytes(sound.read_bytes() + b"x")

    answer = broadcaster("script", "approve", "cat-nuoc", "--by", "Minh", within=workspace)

    assert (answer.code, "sound of “cat-nuoc” is no longer the one" in answer.err) == (1, True)


def test_persons_recording_stands_for_the_voice_and_is_made_once(workspace: Path) -> None:
    broadcaster("load", "--by", "Lan", within=workspace)
    spoken = broadcaster(
        "voice",
        "try",
        "espeak",
        "Kính thưa bà con! Ngày mùng hai tháng mười.",
        "--to",
        workspace / "thu.mp3",
        within=workspace,
    )
    given = broadcaster("script", "record", "guong", workspace / "thu.mp3", "--by", "Lan", within=workspace)
    submitted = broadcaster("script", "submit", "guong", "--by", "Lan", within=workspace)
    shown = broadcaster("script", "show", "guong", "--json", within=workspace).json
    produced = broadcaster("produce", "guong", "--json", within=workspace).json

    assert [spoken.code, given.code, submitted.code] == [0, 0, 0]
    assert shown["sound"]["voice"].startswith("recorded ")
    assert produced == {"made": [], "there": ["guong"], "findings": []}


def test_recording_that_is_no_sound_is_refused(workspace: Path) -> None:
    broadcaster("load", "--by", "Lan", within=workspace)

    answer = broadcaster(
        "script", "record", "guong", workspace / "schedules/areas.toml", "--by", "Lan", within=workspace
    )

    assert (answer.code, "areas.toml" in answer.err) == (1, True), answer.err


def test_dry_run_changes_nothing(workspace: Path) -> None:
    said = broadcaster("load", "--by", "Lan", "--dry-run", within=workspace)

    assert "5 new" in said.out
    assert broadcaster("script", "list", "--json", within=workspace).json == []


def test_load_twice_takes_nothing_anew_and_a_changed_file_is_the_next_revision(workspace: Path) -> None:
    first = broadcaster("load", "--by", "Lan", within=workspace)
    again = broadcaster("load", "--by", "Lan", within=workspace)
    path = workspace / "content/scripts/guong-hieu-hoc/01-guong.md"
    path.write_text(path.read_text("utf-8").replace("ham học", "chăm học"), "utf-8")
    changed = broadcaster("load", "--by", "Lan", within=workspace)

    assert "5 new, 0 changed, 0 as they were" in first.out
    assert "0 new, 0 changed, 5 as they were" in again.out
    assert "0 new, 1 changed, 4 as they were" in changed.out


def test_broken_script_file_is_named_and_the_others_are_taken(workspace: Path) -> None:
    (workspace / "content/scripts/hong.md").write_bytes("---\ntitle: Hỏng\nkind: tin\n---\nĐọc".encode("utf-16"))

    answer = broadcaster("load", "--by", "Lan", within=workspace)

    assert answer.code == 1
    assert "5 new" in answer.out
    assert "content/scripts/hong.md" in answer.out


def test_session_inside_quiet_hours_is_refused_with_the_hour_in_words(workspace: Path) -> None:
    path = workspace / "schedules/stations/cat-ba.toml"
    path.write_text(path.read_text("utf-8").replace('start = "05:30"', 'start = "03:15"'), "utf-8")

    answer = broadcaster("station", "list", within=workspace)

    assert answer.code == 1
    assert "3 giờ 15 phút sáng" in answer.err
    assert "schedules/stations/cat-ba.toml:" in answer.err


def test_check_finds_a_stale_name_and_a_superseded_document(workspace: Path) -> None:
    path = workspace / "content/scripts/guong-hieu-hoc/01-guong.md"
    path.write_text(
        path.read_text("utf-8") + "\nĐây là huyện Cát Hải, theo Quyết định số 89/QĐ-TTg của Thủ tướng Chính phủ.\n",
        "utf-8",
    )

    then = broadcaster("check", "--year", "2020", within=workspace)
    now = broadcaster("check", "--year", "2026", within=workspace)

    assert then.code == 0
    assert now.code == 1
    assert "“huyện Cát Hải”" in now.out
    assert "1373/QĐ-TTg" in now.out


def test_read_answers_a_line_for_a_line(tmp_path: Path) -> None:
    answer = broadcaster("read", "-", "--json", within=tmp_path, typed="Ngày 02/10\nlúc 5h30\n".encode())

    assert [__import__("json").loads(line)["spoken"] for line in answer.out.splitlines()] == [
        "ngày mùng hai tháng mười.",
        "lúc năm giờ ba mươi.",
    ]


def test_init_makes_a_workspace_that_checks(tmp_path: Path) -> None:
    made = broadcaster("init", tmp_path / "moi", within=tmp_path)
    again = broadcaster("init", tmp_path / "moi", within=tmp_path)
    checked = broadcaster("check", "--year", "2026", within=tmp_path / "moi")

    assert (made.code, again.code, checked.code) == (0, 1, 0), checked.out
