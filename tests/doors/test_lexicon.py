"""Lines that people lay over the lexicon: from then on they are read so, in every text that is not approved yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.desk import lexicon
from broadcaster.desk.desk import Desk, Person, opened
from broadcaster.desk.sounds import reading_of
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from broadcaster.timekeeping import now
from tests.doors.command import broadcaster
from tests.small_workspace import a_workspace

LAN = Person("Lan", "test")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace = a_workspace(tmp_path / "xa")
    with opened(workspace, workspace / "var", Settings(), lambda *_: None) as found:
        yield found


def test_a_line_is_read_from_then_on_and_can_be_taken_back(desk: Desk) -> None:
    asked = reading_of(desk, "Mời dùng Zyqx.")

    lexicon.say_as(desk, "Zyqx", "Dích", person=LAN, at=now())
    told = reading_of(desk, "Mời dùng Zyqx.")
    lexicon.say_as(desk, "Zyqx", "", person=LAN, at=now())

    assert (len(asked.findings), told.findings) == (1, ())
    assert told.spoken == "mời dùng dích."
    assert reading_of(desk, "Mời dùng Zyqx.") == asked


def test_the_command_reads_as_the_pages_do(desk: Desk) -> None:
    lexicon.say_as(desk, "Zyqx", "Dích", person=LAN, at=now())

    assert broadcaster("read", "Mời dùng Zyqx.", within=desk.root).out.splitlines()[0] == "mời dùng dích."


@pytest.mark.parametrize(("written", "spoken"), [("", "a"), ("Zyqx", "zyqx"), ("Zyqx", "5 @"), ("x" * 81, "ích")])
def test_what_no_voice_can_say_is_refused(desk: Desk, written: str, spoken: str) -> None:
    with pytest.raises(BroadcasterError):
        lexicon.say_as(desk, written, spoken, person=LAN, at=now())

    assert lexicon.lines(desk) == ()
