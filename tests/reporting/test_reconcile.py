"""Reconciling: exactly one airing for every planned item at every cluster, and for every report."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.delivery.play_report import Heard, PlayReport
from broadcaster.programme.release import ReleasedDay, ReleasedItem, ReleasedSession
from broadcaster.reporting.airing import Airing, Confirmation, Evidence, Outcome
from broadcaster.reporting.reconcile import GRACE, Evidences, Preempted, reconcile
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds, Sha256

FIVE = datetime(2026, 11, 24, 5, tzinfo=ZONE)
LATER = FIVE + timedelta(days=1)
CLUSTERS = ("cum-1", "cum-2", "cum-fm")
OF = {"r1": "cum-1", "r2": "cum-2"}


def an_item(number: int) -> ReleasedItem:
    return ReleasedItem(
        start=FIVE + timedelta(minutes=number),
        length=Milliseconds(60_000),
        kind=Kind.NEWS,
        title=f"Tin {number}",
        because="đến lượt",
        sha256=Sha256(f"{number}" * 64),
        script=f"tin-{number}",
        revision=1,
        campaign="ngay-sach",
    )


ITEMS = tuple(an_item(number) for number in range(3))
DAY = ReleasedDay(
    "cat-ba",
    "Đài",
    "Cát Bà",
    FIVE.date(),
    (),
    (ReleasedSession("sang", "Sáng", FIVE, FIVE + timedelta(hours=1), ITEMS),),
)


def a_report(
    number: int, receiver: str = "r1", outcome: Heard = Heard.AIRED, id: str = "", **other: object
) -> PlayReport:
    item = ITEMS[number]
    is_heard = outcome is not Heard.MISSED
    report = PlayReport(
        id=id or f"{receiver}:{number}",
        station="cat-ba",
        receiver=receiver,
        item_start=item.start,
        sha256=item.sha256,
        started_at=item.start if is_heard else None,
        ended_at=item.end if is_heard else None,
        outcome=outcome,
    )
    return replace(report, **other)  # type: ignore[arg-type]  # as named


def outcomes(evidences: Evidences, at: datetime = LATER) -> list[tuple[str, str, str, str]]:
    return [
        (one.cluster, one.title or "?", one.outcome.value, one.evidence.value)
        for one in reconcile(DAY, CLUSTERS, evidences, at)
    ]


def of(cluster: str, evidences: Evidences) -> list[tuple[str, str]]:
    return [(outcome, evidence) for place, _, outcome, evidence in outcomes(evidences) if place == cluster]


def test_nothing_is_said_before_it_is_over_and_unknown_is_never_aired() -> None:
    assert outcomes(Evidences(), ITEMS[0].end + GRACE - timedelta(seconds=1)) == []
    assert set(outcomes(Evidences(), ITEMS[0].end + GRACE)) == {(one, "Tin 0", "unknown", "none") for one in CLUSTERS}
    assert not Outcome.UNKNOWN.is_heard


@pytest.mark.parametrize("outcome", list(Heard))
def test_a_receivers_word_is_the_outcome(outcome: Heard) -> None:
    assert of("cum-1", Evidences([a_report(0, outcome=outcome)], OF))[0] == (outcome.value, "receiver")


@pytest.mark.parametrize("reason", ["alert", "silence", "stopped"])
def test_what_something_went_before_was_pre_empted(reason: str) -> None:
    missed = a_report(0, outcome=Heard.MISSED, reason=reason)

    assert of("cum-1", Evidences([missed], OF))[0] == ("pre-empted", "receiver")


def test_of_several_reports_the_best_counts_and_all_are_kept() -> None:
    reports = [
        a_report(0, outcome=Heard.PARTIAL, id="b"),
        a_report(0, id="a"),
        a_report(0, outcome=Heard.MISSED, id="c"),
    ]

    first = reconcile(DAY, CLUSTERS, Evidences(reports, OF), LATER)[0]

    assert (first.outcome, first.reports) == (Outcome.AIRED, ("a", "b", "c"))


def test_an_operators_word_counts_where_no_receiver_speaks() -> None:
    word = Confirmation("cat-ba", "cum-fm", FIVE, FIVE + timedelta(minutes=2), Outcome.AIRED, "Lan", LATER)
    other = replace(word, cluster="cum-1", outcome=Outcome.MISSED)

    evidences = Evidences([a_report(0)], OF, [word, other])

    assert of("cum-fm", evidences) == [("aired", "operator"), ("aired", "operator"), ("unknown", "none")]
    assert of("cum-1", evidences) == [("aired", "receiver"), ("missed", "operator"), ("unknown", "none")]


def test_a_later_word_takes_the_place_of_an_earlier_one() -> None:
    first = Confirmation("cat-ba", "cum-fm", FIVE, LATER, Outcome.AIRED, "Lan", LATER)
    second = replace(first, outcome=Outcome.MISSED, at=LATER + timedelta(minutes=1))

    assert {outcome for outcome, _ in of("cum-fm", Evidences((), {}, [second, first]))} == {"missed"}


def test_silence_and_withdrawal_go_before_an_item() -> None:
    evidences = Evidences(
        preempted=[Preempted(FIVE, FIVE + timedelta(minutes=1), "silence")], withdrawn={"tin-2": FIVE}
    )

    assert [outcome for outcome, _ in of("cum-1", evidences)] == ["pre-empted", "unknown", "pre-empted"]


@pytest.mark.parametrize(
    "report",
    [
        a_report(0, item_start=FIVE + timedelta(seconds=1)),
        a_report(0, sha256=Sha256("f" * 64)),
        a_report(0, receiver="unbekannt"),
        a_report(0, alert="khan-cap-1"),
    ],
)
def test_what_fits_nothing_is_unplanned(report: PlayReport) -> None:
    found = reconcile(DAY, CLUSTERS, Evidences([report], OF), LATER)

    assert [one.reports for one in found if one.outcome is Outcome.UNPLANNED] == [(report.id,)]
    assert sum(one.outcome is Outcome.UNKNOWN for one in found) == 9


def test_a_station_without_clusters_is_one() -> None:
    assert [one.cluster for one in reconcile(DAY, (), Evidences(), LATER)] == ["cat-ba"] * 3


REPORTS = st.lists(
    st.builds(
        a_report,
        st.integers(0, 2),
        st.sampled_from(["r1", "r2", "fremd"]),
        st.sampled_from(list(Heard)),
        st.uuids().map(str),
        alert=st.sampled_from([None, None, "bao"]),
        reason=st.sampled_from(["", "alert", "mất điện"]),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(REPORTS, st.randoms())
def test_every_item_and_every_report_is_in_exactly_one_airing(reports: list[PlayReport], chance: object) -> None:
    found = reconcile(DAY, CLUSTERS, Evidences(reports, OF), LATER)
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own randomness

    planned = [(one.cluster, one.start) for one in found if one.outcome is not Outcome.UNPLANNED]
    assert sorted(planned) == sorted((cluster, item.start) for cluster in CLUSTERS for item in ITEMS)
    assert sorted(id for one in found for id in one.reports) == sorted(one.id for one in reports)
    assert reconcile(DAY, CLUSTERS, Evidences(shuffled, OF), LATER) == found


@given(REPORTS, st.integers(0, 12))
def test_more_reports_lose_no_airing_and_make_none_worse(reports: list[PlayReport], count: int) -> None:
    rank = [Outcome.AIRED, Outcome.LATE, Outcome.PARTIAL]

    def planned(some: list[PlayReport]) -> list[Airing]:
        found = reconcile(DAY, CLUSTERS, Evidences(some, OF), LATER)
        return [one for one in found if one.outcome is not Outcome.UNPLANNED]

    for before, after in zip(planned(reports[:count]), planned(reports), strict=True):
        assert (before.cluster, before.start) == (after.cluster, after.start)
        if before.outcome in rank:
            assert after.outcome in rank[: rank.index(before.outcome) + 1]
        assert before.evidence is not Evidence.RECEIVER or after.evidence is Evidence.RECEIVER
