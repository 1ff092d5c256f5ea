"""Time kept for a live microphone: silent, inside its session, and aired only by the operator's word."""

import json
from datetime import timedelta

from broadcaster.programme.exceptions import Action, PersonsException, exception_words
from broadcaster.programme.rundown import build, freeze
from broadcaster.publishing.phrases import VIETNAMESE
from broadcaster.publishing.playlist import day_m3u
from broadcaster.publishing.schedule import day_json
from broadcaster.reporting.airing import Confirmation, Evidence, Outcome
from broadcaster.reporting.reconcile import Evidences, reconcile
from broadcaster.types import Kind
from tests.programme.days import DAY, a_candidate, a_clock, a_script, an_order, at, news

ONE = a_candidate(a_script("mot"))


def live(hour: str, minutes: int) -> PersonsException:
    return PersonsException(
        Action.LIVE, "cat-ba", DAY, "Minh", at("04:00"), "Chủ tịch nói chuyện", start=at(hour), minutes=minutes
    )


def test_the_time_stays_free_and_scripts_go_round_it() -> None:
    rundown = build(an_order(ONE, clock=a_clock(news(1)), exceptions=(live("05:30", 5),)))

    items = rundown.sessions[0].items
    assert [(f"{one.start:%H:%M}", one.kind, one.sound is None) for one in items] == [
        ("05:30", Kind.LIVE, True),
        ("05:35", Kind.NEWS, False),
    ]
    assert str(items[0].because) == "Minh speaks live: Chủ tịch nói chuyện"
    assert str(exception_words(live("05:30", 5))).startswith("5 minutes for the live microphone")


def test_it_never_leaves_its_session() -> None:
    rundown = build(an_order(ONE, clock=a_clock(news(1)), exceptions=(live("05:40", 10),)))

    assert [one.kind for one in rundown.findings] == ["overrun"]
    assert all(one.kind is not Kind.LIVE for one in rundown.sessions[0].items)


def test_players_skip_it_and_the_schedule_names_it() -> None:
    day = freeze(build(an_order(ONE, clock=a_clock(news(1)), exceptions=(live("05:30", 5),))), "vi")

    (item, _) = json.loads(day_json(day, "http://127.0.0.1:8000"))["sessions"][0]["items"]
    assert (item["kind"], item["title"], "url" in item) == ("truc-tiep", "Nói trực tiếp", False)
    assert "Nói trực tiếp" not in day_m3u(day, "http://127.0.0.1:8000", VIETNAMESE).decode()


def test_it_is_unknown_until_the_operator_says_so() -> None:
    day = freeze(build(an_order(ONE, clock=a_clock(news(1)), exceptions=(live("05:30", 5),))), "vi")
    later = at("08:00")
    word = Confirmation("cat-ba", "cum-1", at("05:00"), at("07:00"), Outcome.AIRED, "Minh", later)

    before = reconcile(day, ["cum-1"], Evidences(), later)
    after = reconcile(day, ["cum-1"], Evidences(confirmations=[word]), later + timedelta(minutes=1))

    assert (before[0].kind, before[0].outcome) == (Kind.LIVE, Outcome.UNKNOWN)
    assert (after[0].outcome, after[0].evidence) == (Outcome.AIRED, Evidence.OPERATOR)
