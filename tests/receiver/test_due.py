"""What is due: values in, a decision out."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.publishing.manifest import ManifestItem
from broadcaster.receiver.due import Played, Reason, Start, decide, key
from broadcaster.stations.airtime import Airtime, Hours
from broadcaster.types import Kind
from tests.receiver.builders import a_manifest, a_silence, an_alert, an_item, at

NEWS = an_item("05:10", 60)
RELAY = replace(NEWS, file=None, url="http://tỉnh/live", kind=Kind.RELAY)


@pytest.mark.parametrize(
    ("when", "seek", "is_late"),
    [
        ("05:10:00", 0, False),
        ("05:10:02", 0, False),
        ("05:10:05", 0, True),
        ("05:10:10", 0, True),
        ("05:10:20", 20, True),
        ("05:10:45", 45, True),
    ],
)
def test_a_late_item_is_whole_then_begun_in_its_middle(when: str, seek: float, is_late: bool) -> None:
    decision = decide(a_manifest(NEWS), at(when), Played())

    assert decision.start is not None
    assert (decision.start.seek.total_seconds(), decision.start.is_late) == (seek, is_late)


@pytest.mark.parametrize(
    ("item", "when"), [(NEWS, "05:10:46"), (NEWS, "05:30"), (replace(NEWS, kind=Kind.IDENT), "05:10:11")]
)
def test_what_is_too_late_is_missed(item: ManifestItem, when: str) -> None:
    decision = decide(a_manifest(item), at(when), Played())

    assert (decision.start, decision.missed) == (None, ((item, Reason.LATE),))


def test_a_relay_is_joined_and_ends_with_its_minutes() -> None:
    start = decide(a_manifest(RELAY), at("05:10:30"), Played()).start

    assert start is not None
    assert (start.seek, start.cut) == (timedelta(0), RELAY.end)


def test_nothing_is_due_before_its_time_and_nothing_twice() -> None:
    assert decide(a_manifest(NEWS), at("05:09:59"), Played()).start is None
    assert decide(a_manifest(NEWS), at("05:10"), Played({key(NEWS)})) == decide(a_manifest(), at("05:10"), Played())


def test_hours_set_at_the_receiver_are_a_wall_too() -> None:
    own = Airtime((Hours(time(5, 30), time(6)),))

    decision = decide(a_manifest(NEWS), at("05:10"), Played(), hours=own)

    assert decision.missed == ((NEWS, Reason.HOURS),)


def test_an_item_ends_at_the_wall() -> None:
    late = an_item("05:59", 60)

    start = decide(a_manifest(late), at("05:59:08"), Played()).start

    assert start is not None
    assert start.cut == at("06:00")


def test_an_alert_goes_before_everything_and_across_the_wall() -> None:
    alert = an_alert("03:00", "09:00")
    manifest = a_manifest(NEWS, alerts=(alert,))

    assert decide(manifest, at("03:15"), Played()).start == Start(alert, timedelta(0), alert.until)
    assert decide(manifest, at("05:10"), Played()).start == Start(alert, timedelta(0), alert.until)


def test_an_alert_is_repeated_as_it_says_and_a_new_version_begins_anew() -> None:
    alert = an_alert("05:00", "06:00", every=10, times=2)
    once = Played((), {("bao", 1): (at("05:00"),)})
    twice = Played((), {("bao", 1): (at("05:00"), at("05:10"))})

    assert decide(a_manifest(alerts=(alert,)), at("05:09"), once).start is None
    assert decide(a_manifest(alerts=(alert,)), at("05:10"), once).start is not None
    assert decide(a_manifest(alerts=(alert,)), at("05:20"), twice).start is None
    assert decide(a_manifest(alerts=(replace(alert, version=2),)), at("05:20"), twice).start is not None
    assert decide(a_manifest(alerts=(alert,)), at("06:00"), Played()).start is None


def test_a_silence_keeps_all_still_but_alerts_sent_after_it() -> None:
    silence = a_silence("05:00", "07:00")
    before, after = an_alert("04:00", "09:00"), an_alert("05:05", "09:00", id="sau")

    assert decide(a_manifest(NEWS, silences=(silence,), alerts=(before,)), at("05:10"), Played()).start is None
    start = decide(a_manifest(NEWS, silences=(silence,), alerts=(before, after)), at("05:10"), Played()).start
    assert start is not None
    assert start.what == after


def test_what_a_silence_covered_says_so() -> None:
    decision = decide(a_manifest(NEWS, silences=(a_silence("05:00", "05:15"),)), at("05:20"), Played())

    assert decision.missed == ((NEWS, Reason.SILENCE),)


@given(
    st.lists(st.tuples(st.integers(0, 86_390), st.integers(1, 900)), max_size=12, unique_by=lambda one: one[0]),
    st.integers(0, 86_399),
    st.sampled_from(["", "silence", "hours"]),
)
def test_nothing_ever_sounds_outside_the_wall(items: list[tuple[int, int]], second: int, order: str) -> None:
    planned = [an_item(at("00:00") + timedelta(seconds=start), length, str(start)) for start, length in items]
    silences = (a_silence("05:00", "18:00"),) if order == "silence" else ()
    hours = Airtime((Hours(time(17, 15), time(17, 45)),)) if order == "hours" else None
    now = at("00:00") + timedelta(seconds=second)

    decision = decide(a_manifest(*planned, silences=silences), now, Played(), hours=hours)

    if decision.start:
        local = now.time()
        assert any(one.start <= local < one.end for one in (Hours(time(5), time(6)), Hours(time(17), time(18))))
        assert decision.start.cut.hour in (5, 6, 17, 18)
        assert not silences
        assert hours is None or hours.hours[0].start <= local < hours.hours[0].end
    assert len({key(item) for item, _ in decision.missed}) == len(decision.missed)
