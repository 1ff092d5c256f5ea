"""A station's own say: what it wants to be asked for, and which of colliding priority bulletins goes first."""

from dataclasses import replace

from broadcaster.programme.order import Manner
from broadcaster.programme.rundown import Rundown, build
from broadcaster.stations.station import Accepts
from broadcaster.types import BulletinClass, Kind
from tests.programme.days import a_candidate, a_clock, a_script, a_station, an_order, news

CLOCK = a_clock(news(2))
FROM_ELSEWHERE = a_candidate(a_script("huyen", areas=("huyen-cat-hai",)))
OWN = a_candidate(a_script("xa", areas=("cat-ba",)))
ASKED = replace(a_station(), accepts=Accepts.ASK)


def priority(id: str, *areas: str) -> object:
    return a_candidate(a_script(id, Kind.NOTICE, campaign=None, bulletin_class=BulletinClass.PRIORITY, areas=areas))


def on_air(rundown: Rundown) -> list[str]:
    return [item.script for one in rundown.sessions for item in one.items if item.script]


def reasons(rundown: Rundown) -> dict[str, str]:
    return {one.script: str(one.reason) for one in rundown.omissions}


def test_a_station_that_wants_to_be_asked_carries_its_own_and_what_was_chosen() -> None:
    asked = build(an_order(FROM_ELSEWHERE, OWN, clock=CLOCK, station=ASKED))
    chosen = build(an_order(FROM_ELSEWHERE, OWN, clock=CLOCK, station=ASKED, choices={"huyen": Manner.FOLLOW}))
    all_ = build(an_order(FROM_ELSEWHERE, OWN, clock=CLOCK))

    assert on_air(asked) == ["xa"]
    assert "nobody at the station has chosen it" in reasons(asked)["huyen"]
    assert sorted(on_air(chosen)) == sorted(on_air(all_)) == ["huyen", "xa"]


def test_priority_is_carried_without_being_asked_for() -> None:
    assert on_air(build(an_order(priority("hoa-toc"), clock=CLOCK, station=ASKED))) == ["hoa-toc"]  # type: ignore[arg-type]  # a candidate


def test_colliding_priority_bulletins_wait_until_a_person_says_which_goes_first() -> None:
    own, other = priority("cua-xa", "cat-ba"), priority("cua-huyen", "huyen-cat-hai")

    waiting = build(an_order(own, other, OWN, clock=CLOCK))  # type: ignore[arg-type]  # candidates
    first = build(an_order(own, other, clock=CLOCK, choices={"cua-xa": Manner.FOLLOW}))  # type: ignore[arg-type]  # candidates
    second = build(an_order(own, other, clock=CLOCK, choices={"cua-huyen": Manner.FOLLOW}))  # type: ignore[arg-type]  # candidates

    assert on_air(waiting) == ["xa"]
    assert [one.kind for one in waiting.findings] == ["collision"]
    assert "waits for a person" in reasons(waiting)["cua-huyen"]
    assert on_air(first) == ["cua-xa", "cua-huyen"]
    assert on_air(second) == ["cua-huyen", "cua-xa"]


def test_two_of_the_same_origin_do_not_collide() -> None:
    both = build(an_order(priority("a", "cat-ba"), priority("b", "cat-ba"), clock=CLOCK))  # type: ignore[arg-type]  # candidates

    assert on_air(both) == ["a", "b"]
    assert both.findings == ()


def test_a_chosen_bulletin_may_override_the_one_that_it_collides_with() -> None:
    own, other = priority("cua-xa", "cat-ba"), priority("cua-huyen", "huyen-cat-hai")

    overriding = build(an_order(own, other, OWN, clock=CLOCK, choices={"cua-xa": Manner.OVERRIDE}))  # type: ignore[arg-type]  # candidates

    assert on_air(overriding) == ["cua-xa", "xa"]
    assert "chose “Tin cua-xa” over it" in reasons(overriding)["cua-huyen"]
    assert overriding.findings == ()
