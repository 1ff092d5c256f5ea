"""What is kept comes back whole, on SQLite and on PostgreSQL; two at once never make a half or a double."""

import threading
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from broadcaster.errors import Refused, Unavailable
from broadcaster.newsroom.approval import ApprovalStep, Bound, Move, State
from broadcaster.newsroom.script import Revision, Script
from broadcaster.programme.exceptions import Action, PersonsException
from broadcaster.store import bulletins, programme, scripts, work
from broadcaster.store.database import LATEST, Database
from broadcaster.store.tables import Birth
from broadcaster.studio.bulletin import Bulletin, Cue, Order, Recipe
from broadcaster.studio.speech import Utterance
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Lufs, Milliseconds, Sha256
from tests.builders import a_released_day

AT = datetime(2026, 10, 1, 8, 0, tzinfo=ZONE)
SCRIPT = Script(
    "mot-cuon-sach",
    "Một cuốn sách “mỗi ngày”",
    Kind.FEATURE,
    "Kính thưa quý vị!\n\nĐọc sách.",
    campaign="ngay-sach",
    clauses=("III.1.4",),
    expires=date(2026, 5, 2),
)
BOUND = Bound(SCRIPT.fingerprint, Sha256("2" * 64), Sha256("3" * 64))


def a_step(number: int, ordinal: int, state: State, move: Move = Move.SUBMIT) -> ApprovalStep:
    return ApprovalStep("mot-cuon-sach", number, ordinal, move, state, "Minh", "minh", AT, BOUND, "vì “lý do”")


def test_revisions_and_steps_come_back_whole(database: Database) -> None:
    first = Revision(SCRIPT, 1, "Lan", AT, "content/scripts/ngay-sach/01-mot.md")

    with database.writing() as session:
        scripts.add_revision(session, first)
        scripts.add_step(session, a_step(1, 1, State.SUBMITTED))
        scripts.add_step(session, a_step(1, 2, State.APPROVED, Move.APPROVE))

    with database.reading() as session:
        found = scripts.standing(session, "mot-cuon-sach")
        assert found is not None
        assert (found.newest, found.on_air, found.state) == (first, first, State.APPROVED)
        assert found.steps == (a_step(1, 1, State.SUBMITTED), a_step(1, 2, State.APPROVED, Move.APPROVE))
        assert scripts.standings(session) == (found,)
        assert scripts.standing(session, "khong-co") is None


def test_approved_revision_stays_on_air_until_a_newer_one_is_approved(database: Database) -> None:
    with database.writing() as session:
        for number in (1, 2):
            scripts.add_revision(session, Revision(SCRIPT, number, "Lan", AT))
        scripts.add_step(session, a_step(1, 1, State.SUBMITTED))
        scripts.add_step(session, a_step(1, 2, State.APPROVED, Move.APPROVE))
        scripts.add_step(session, a_step(2, 1, State.SUBMITTED))

    with database.reading() as session:
        found = scripts.standing(session, "mot-cuon-sach")
        assert found is not None
        assert (found.newest.number, found.state, found.on_air and found.on_air.number) == (2, State.SUBMITTED, 1)


def test_withdrawal_takes_the_script_off_the_air_and_brings_no_older_one_back(database: Database) -> None:
    with database.writing() as session:
        for number in (1, 2):
            scripts.add_revision(session, Revision(SCRIPT, number, "Lan", AT))
            scripts.add_step(session, a_step(number, 1, State.SUBMITTED))
            scripts.add_step(session, a_step(number, 2, State.APPROVED, Move.APPROVE))
        scripts.add_step(session, a_step(2, 3, State.WITHDRAWN, Move.WITHDRAW))

    with database.reading() as session:
        found = scripts.standing(session, "mot-cuon-sach")
        assert found is not None
        assert found.on_air is None


def test_same_step_twice_is_refused_and_kept_once(database: Database) -> None:
    with database.writing() as session:
        scripts.add_step(session, a_step(1, 1, State.SUBMITTED))

    with pytest.raises(Refused, match="same moment"), database.writing() as session:
        scripts.add_step(session, a_step(1, 1, State.SUBMITTED))

    with database.reading() as session:
        assert scripts.steps_of(session, "mot-cuon-sach", 1) == (a_step(1, 1, State.SUBMITTED),)


def test_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:  # noqa: PT012 -- the writing before the failure is the point
        scripts.add_revision(session, Revision(SCRIPT, 1, "Lan", AT))
        raise RuntimeError

    with database.reading() as session:
        assert scripts.standings(session) == ()


def test_data_folder_is_born_once(database: Database) -> None:
    database.born(Birth.TRIAL)
    database.born(Birth.TRIAL)

    with pytest.raises(Refused, match="trial"):
        database.born(Birth.REAL)

    assert database.birth() is Birth.TRIAL


def test_bulletin_and_recipe_come_back_whole(database: Database) -> None:
    recipe = Recipe(
        (Utterance("kính thưa quý vị.", Milliseconds(450), (0, 17)),),
        "espeak 1.52",
        "horn",
        "ffmpeg 7",
        "Tin",
        is_trial=True,
    )
    made = Bulletin(
        recipe.fingerprint,
        Sha256("3" * 64),
        480_000,
        Milliseconds(61_234),
        Lufs(-16.1),
        -1.4,
        "espeak 1.52",
        (Cue(Milliseconds(0), Milliseconds(900), "Kính thưa"),),
        stood_in="Google's voice failed.",
    )
    order = Order(recipe, "Kính thưa quý vị.", ("gtts", "espeak"))

    with database.writing() as session:
        bulletins.keep_order(session, order)
        bulletins.keep(session, made, recipe)
        bulletins.keep(session, made, recipe)
        bulletins.keep_filling(session, "loi-chao", 1, {"station": "Đài xã"}, "Đây là Đài xã.", made)

    with database.reading() as session:
        assert bulletins.bulletin(session, recipe.fingerprint) == made
        assert bulletins.by_sound(session, made.sha256) == (made, recipe)
        assert bulletins.order(session, recipe.fingerprint) == order
        assert bulletins.filling(session, "loi-chao", 1, {"station": "Đài xã"}) == recipe.fingerprint
        assert bulletins.filling_by_fingerprint(session, recipe.fingerprint) == (
            "loi-chao",
            1,
            '{"station":"Đài xã"}',
            "Đây là Đài xã.",
        )


def test_latest_release_of_a_day_counts(database: Database) -> None:
    old, new = a_released_day(), a_released_day(area_name="khu vực Cát Bà")
    other = a_released_day(date(2020, 10, 3))

    with database.writing() as session:
        programme.add_release(
            session,
            [programme.kept_day(old, ()), programme.kept_day(other, (("bai", "Bài", "hết hạn"),))],
            by="Minh",
            account="m",
            at=AT,
        )
        number = programme.add_release(
            session, [programme.kept_day(new, ())], by="Lan", account="l", at=AT + timedelta(hours=1)
        )

    with database.reading() as session:
        assert programme.released(session, date(2020, 10, 1), date(2020, 10, 5)) == {
            ("cat-ba", old.day): new,
            ("cat-ba", other.day): other,
        }
        assert programme.release_of(session, "cat-ba", old.day) == (number, "Lan", AT + timedelta(hours=1))
        assert programme.omitted(session, "cat-ba", other.day) == (("bai", "Bài", "hết hạn"),)
        assert programme.span(session) == (old.day, other.day)


def test_newest_exception_is_taken_back_first(database: Database) -> None:
    made = [
        PersonsException(Action.PIN, "cat-ba", date(2026, 10, 2), "Minh", AT, why, start=AT, script="bai")
        for why in ("một", "hai")
    ]

    with database.writing() as session:
        for one in made:
            programme.add_exception(session, one)
        undone = programme.take_back(session, "cat-ba", date(2026, 10, 2), by="Lan")

    with database.reading() as session:
        assert undone == made[1]
        assert programme.exceptions(session, date(2026, 10, 2), date(2026, 10, 2)) == (made[0],)


def test_job_is_intended_once_claimed_once_and_done_once(database: Database) -> None:
    with database.writing() as session:
        work.intend(session, "sound", ["a", "b"], AT)
        work.intend(session, "sound", ["b", "a"], AT)
        first = work.claim(session, "sound", AT)
        second = work.claim(session, "sound", AT)

    assert ([job.key for job in first], second) == (["a", "b"], ())

    with database.writing() as session:
        assert [work.done(session, job) for job in (first[0], first[0])] == [True, False]
        work.failed(session, first[1], "hết chỗ trên đĩa", again_at=AT + timedelta(minutes=5))

    with database.writing() as session:
        assert work.claim(session, "sound", AT) == ()
        assert [job.key for job in work.claim(session, "sound", AT + timedelta(minutes=5))] == ["b"]


def test_job_taken_over_fences_off_who_had_it(database: Database) -> None:
    with database.writing() as session:
        work.intend(session, "sound", ["a"], AT)
        slow = work.claim(session, "sound", AT)[0]
        quick = work.take_over(session, "sound", ["a"], AT)[0]

    with database.writing() as session:
        assert [work.done(session, slow), work.done(session, quick)] == [False, True]


def test_lease_that_ran_out_is_claimed_anew(database: Database) -> None:
    with database.writing() as session:
        work.intend(session, "sound", ["a"], AT)
        work.claim(session, "sound", AT)

    with database.writing() as session:
        assert work.claim(session, "sound", AT + work.LEASE) == ()
        assert [job.attempt for job in work.claim(session, "sound", AT + work.LEASE + timedelta(seconds=1))] == [2]


def test_many_writers_that_read_first_lose_nothing(database: Database) -> None:
    def add() -> None:
        for _ in range(5):
            with database.writing() as session:
                number = scripts.next_number(session, "mot-cuon-sach")
                scripts.add_revision(session, Revision(SCRIPT, number, "Lan", AT))

    if database.engine.dialect.name == "postgresql":
        pytest.skip("PostgreSQL settles this by the table's unique key: see the test of the same step twice")
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert scripts.next_number(session, "mot-cuon-sach") == 21


def test_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    inspector = sa.inspect(database.engine)

    assert set(inspector.get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}
    for name, table in SQLModel.metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
    with database.reading() as session:
        assert session.connection().execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == LATEST


def test_database_that_cannot_be_opened_says_so() -> None:
    with pytest.raises(Unavailable, match="cannot be used"):
        Database("sqlite:////proc/khong-co/broadcaster.db")
