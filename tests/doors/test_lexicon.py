"""Lines that people lay over the lexicon: from then on they are read so, in every text that is not approved yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.desk import lexicon
from broadcaster.desk.desk import Desk, Person, opened
from broadcaster.desk.fillings import Wanted, fill
from broadcaster.desk.sounds import reading_of
from broadcaster.errors import BroadcasterError
from broadcaster.newsroom.script import Script
from broadcaster.settings import Settings
from broadcaster.store import bulletins
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import Kind
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


def test_an_areas_own_names_hold_in_what_is_for_it_alone(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "xa")
    own = folder / "content" / "lexicon" / "areas"
    own.mkdir(parents=True)
    (own / "cat-ba.tsv").write_text("Zyqx\tdích\n", "utf-8")
    (own / "cat-baa.tsv").write_text("Zyqx\tđích\n", "utf-8")
    with opened(folder, folder / "var", Settings(), lambda *_: None) as desk:
        alone, everywhere, several = (
            reading_of(desk, "Mời ra Zyqx.", areas) for areas in (["cat-ba"], [], ["cat-ba", "cat-hai"])
        )
        lexicon.say_as(desk, "Zyqx", "tích", person=LAN, at=now())
        taught = reading_of(desk, "Mời ra Zyqx.", ["cat-ba"])

    assert (alone.spoken, alone.findings) == ("mời ra dích.", ())
    assert [len(one.findings) for one in (everywhere, several)] == [1, 1]
    assert taught.spoken == "mời ra tích."
    (folder / "var").rename(tmp_path / "var")
    assert broadcaster("read", "Mời ra Zyqx.", "--area", "cat-ba", within=folder).out.startswith("mời ra dích.")
    checked = broadcaster("check", within=folder)
    assert "content/lexicon/areas/cat-baa.tsv" in checked.out
    assert "areas/cat-ba.tsv" not in checked.out


def test_a_lead_in_that_names_its_station_says_the_stations_own_names(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "xa")
    own = folder / "content" / "lexicon" / "areas"
    own.mkdir(parents=True)
    (own / "cat-ba.tsv").write_text("Cát Bà\tcát bà đảo ngọc\n", "utf-8")
    with opened(folder, folder / "var", Settings(), lambda *_: None) as desk:
        script = Script("chao", "Chào", Kind.LEAD_IN, "Đây là {station}.")
        wanted = Wanted("cat-ba", broadcast_day(now()), "sang", script, 1, {"station": "Đài Cát Bà"})
        (sound,) = fill(desk, [wanted]).values()
        with desk.database.reading() as session:
            found = bulletins.by_sound(session, sound.sha256)

    assert found
    assert "đảo ngọc" in str(found[1])


@pytest.mark.parametrize(("written", "spoken"), [("", "a"), ("Zyqx", "zyqx"), ("Zyqx", "5 @"), ("x" * 81, "ích")])
def test_what_no_voice_can_say_is_refused(desk: Desk, written: str, spoken: str) -> None:
    with pytest.raises(BroadcasterError):
        lexicon.say_as(desk, written, spoken, person=LAN, at=now())

    assert lexicon.lines(desk) == ()
