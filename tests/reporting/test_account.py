"""Tallies and the account: months added up are what the airings say one by one."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.reporting.account import account
from broadcaster.reporting.airing import Airing, Evidence, Outcome
from broadcaster.reporting.tally import figure_ids, tally
from broadcaster.timekeeping import ZONE
from broadcaster.types import Kind, Milliseconds

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
CLAUSES = {("tin-1", 1): ("III.1", "IV"), ("tin-2", 1): ("IV",)}
AIRING = Airing(
    "cat-ba",
    "cum-1",
    FIRST,
    datetime(2026, 1, 1, 5, tzinfo=ZONE),
    Milliseconds(60_500),
    "Tin",
    Kind.NEWS,
    "tin-1",
    1,
    "ngay-sach",
    None,
    Outcome.AIRED,
    Evidence.RECEIVER,
)


def clauses_of(script: str, number: int) -> tuple[str, ...]:
    return CLAUSES.get((script, number), ())


airings = st.lists(
    st.builds(
        lambda station, cluster, script, campaign, outcome, offset: replace(
            AIRING,
            station=station,
            cluster=cluster,
            script=script,
            campaign=campaign,
            outcome=outcome,
            day=FIRST + timedelta(days=offset),
            start=AIRING.start + timedelta(days=offset),
        ),
        st.sampled_from(["cat-ba", "phu-long"]),
        st.sampled_from(["cum-1", "cum-2"]),
        st.sampled_from(["tin-1", "tin-2", "tin-3"]),
        st.sampled_from(["ngay-sach", "khuyen-hoc", None]),
        st.sampled_from(Outcome),
        st.integers(0, 89),
    ),
    max_size=60,
)


@given(airings)
def test_months_added_up_are_what_the_airings_say_one_by_one(found: list[Airing]) -> None:
    months = sorted({(one.station, one.day.replace(day=1)) for one in found})
    due = {("ngay-sach", "cat-ba"): frozenset(FIRST + timedelta(days=n) for n in range(0, 89, 2))}

    made = account(
        (
            tally(*month, [one for one in found if (one.station, one.day.replace(day=1)) == month], clauses_of)
            for month in months
        ),
        due,
        FIRST,
        LAST,
    )

    assert set(made.figures) == {name for one in found for name in figure_ids(one, clauses_of)}
    for name, figure in made.figures.items():
        behind = [one for one in found if name in figure_ids(one, clauses_of)]
        heard = [one for one in behind if one.outcome.is_heard]
        assert figure.outcomes == {one: n for one in Outcome if (n := sum(a.outcome is one for a in behind))}
        assert figure.planned == sum(one.outcome is not Outcome.UNPLANNED for one in behind)
        assert figure.heard == len(heard)
        assert round(figure.seconds, 3) == 60.5 * len(heard)
        assert figure.clusters == {(one.station, one.cluster) for one in behind}
        assert figure.heard_at == {(one.station, one.cluster) for one in heard}
    (promise,) = made.promises
    days = {one.day for one in found if (one.campaign, one.station) == ("ngay-sach", "cat-ba") and one.outcome.is_heard}
    doubted = {
        one.day for one in found if (one.campaign, one.station, one.outcome) == ("ngay-sach", "cat-ba", Outcome.UNKNOWN)
    }
    assert set(promise.heard) == days & due[("ngay-sach", "cat-ba")]
    assert set(promise.unknown) == (doubted - days) & due[("ngay-sach", "cat-ba")]
