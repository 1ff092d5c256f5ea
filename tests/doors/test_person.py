"""People by command: invited, known by a password of their own choice, and gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.desk import people
from broadcaster.desk.desk import Desk, opened
from broadcaster.errors import Refused
from broadcaster.settings import Settings
from broadcaster.timekeeping import now
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

PASSWORD = "sóng biển vỗ bờ"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = a_workspace(tmp_path / "xa")
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as found:
        yield found


def _added(desk: Desk, login: str = "lan", name: str = "Nguyễn Thị Lan", *more: str) -> str:
    answer = broadcaster(
        "person", "add", login, "--name", name, "--may", "writes", *more, "--by", "Bình", within=desk.root
    )
    assert answer.code == 0, answer.err
    return answer.out.split()[-1].rpartition("/")[2]


def test_an_invitation_is_used_once(desk: Desk) -> None:
    code = _added(desk)

    chosen = people.choose_password(desk, code, PASSWORD, at=now())

    assert people.sign_in(desk, "lan", PASSWORD) == chosen
    with pytest.raises(Refused, match="used"):
        people.choose_password(desk, code, PASSWORD, at=now())


@pytest.mark.parametrize(("login", "password"), [("lan", "sai mật khẩu"), ("la", PASSWORD), ("", ""), ("lan", "")])
def test_a_wrong_password_and_an_unknown_login_are_refused_alike(desk: Desk, login: str, password: str) -> None:
    people.choose_password(desk, _added(desk), PASSWORD, at=now())

    with pytest.raises(Refused, match="do not belong together"):
        people.sign_in(desk, login, password)


@pytest.mark.parametrize("password", ["", "ngắn", "Nguyễn Thị Lan", "x" * 201])
def test_a_poor_password_is_refused_and_the_invitation_stays(desk: Desk, password: str) -> None:
    code = _added(desk)

    with pytest.raises(Refused, match="at least 10"):
        people.choose_password(desk, code, password, at=now())

    assert people.invited(desk, code, now()).login == "lan"


def test_nobody_signs_in_before_a_password_is_chosen(desk: Desk) -> None:
    _added(desk)

    with pytest.raises(Refused):
        people.sign_in(desk, "lan", "")


def test_the_password_is_nowhere_in_the_data_folder(desk: Desk) -> None:
    code = _added(desk)
    people.choose_password(desk, code, PASSWORD, at=now())

    found = [path for path in desk.data.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]

    assert found == []


def test_two_people_never_share_a_login_or_a_name(desk: Desk) -> None:
    _added(desk)

    same_login = broadcaster("person", "add", "lan", "--name", "Lan khác", "--by", "Bình", within=desk.root)
    same_name = broadcaster("person", "add", "lan2", "--name", "nguyễn thị  LAN", "--by", "Bình", within=desk.root)

    assert (same_login.code, same_name.code) == (1, 1)
    assert "never share" in same_name.err


def test_somebody_who_left_may_do_nothing_and_stays_on_record(desk: Desk) -> None:
    people.choose_password(desk, _added(desk), PASSWORD, at=now())

    gone = broadcaster("person", "leave", "lan", "--by", "Bình", within=desk.root)
    listed = broadcaster("person", "list", "--json", within=desk.root).json

    assert gone.code == 0, gone.err
    with pytest.raises(Refused):
        people.sign_in(desk, "lan", PASSWORD)
    assert [(one["login"], one["grants"], bool(one["left_at"])) for one in listed] == [("lan", [], True)]
    assert broadcaster("person", "invite", "lan", "--by", "Bình", within=desk.root).code == 1


def test_somebody_always_administers(desk: Desk) -> None:
    _added(desk, "binh", "Bình", "--may", "administers")

    taken = broadcaster("person", "may", "binh", "--may", "writes", "--by", "Lan", within=desk.root)
    left = broadcaster("person", "leave", "binh", "--by", "Lan", within=desk.root)
    _added(desk, "hoa", "Hoa", "--may", "administers")
    after = broadcaster("person", "leave", "binh", "--by", "Lan", within=desk.root)

    assert (taken.code, left.code, after.code) == (1, 1, 0)
    assert "Nobody would administer" in left.err


def test_a_dry_run_invites_nobody(desk: Desk) -> None:
    answer = broadcaster("person", "add", "lan", "--name", "Lan", "--dry-run", "--by", "Bình", within=desk.root)

    assert (answer.code, people.officers(desk)) == (0, ())
    assert "console" not in answer.out
