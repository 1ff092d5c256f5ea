"""How a day is filled: by the clock, inside the wall, with a because for every item and a reason for every omission."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.planning.campaign import Due, Phase
from broadcaster.programme.clock import Slot
from broadcaster.programme.exceptions import Action, PersonsException
from broadcaster.programme.order import Candidate, DayOrder
from broadcaster.programme.release import ReleasedDay, difference
from broadcaster.programme.rundown import Rundown, build, freeze
from broadcaster.stations.station import Relay
from broadcaster.timekeeping import moment
from broadcaster.types import BulletinClass, Kind, Weekday, Weight
from tests.programme.days import (
    DAY,
    GREETING_SLOT,
    TUNE_SLOT,
    a_candidate,
    a_clock,
    a_due,
    a_rule,
    a_script,
    a_station,
    an_order,
    at,
    news,
)


def scripts_of(rundown: Rundown) -> list[str]:
    return [
        item.script
        for session in rundown.sessions
        for item in session.items
        if item.script and item.kind is not Kind.LEAD_IN
    ]


def reasons(rundown: Rundown) -> dict[str, str]:
    return {one.script: one.reason.into("en") for one in rundown.omissions}


def released(rundown: Rundown) -> ReleasedDay:
    return freeze(rundown, "vi")


def skip(script: str, session: str = "sang") -> PersonsException:
    return PersonsException(Action.SKIP, "cat-ba", DAY, "Minh", at("04:00"), "trùng nội dung", session, script)


def pin(script: str, hour: str) -> PersonsException:
    return PersonsException(Action.PIN, "cat-ba", DAY, "Minh", at("04:00"), "xã yêu cầu", start=at(hour), script=script)


def test_session_follows_its_clock_with_a_sting_between_two_news() -> None:
    order = an_order(a_candidate(a_script("mot")), a_candidate(a_script("hai")))

    rundown = build(order)

    items = rundown.sessions[0].items
    assert [(f"{item.start:%H:%M:%S}", item.kind, item.title) for item in items] == [
        ("05:30:00", Kind.SIGNATURE_TUNE, "Nhạc hiệu"),
        ("05:30:10", Kind.LEAD_IN, "Lời chào"),
        ("05:30:15", Kind.NEWS, "Tin hai"),
        ("05:31:15", Kind.STING, "Nhạc cắt"),
        ("05:31:18", Kind.NEWS, "Tin mot"),
        ("05:32:18", Kind.SIGNATURE_TUNE, "Nhạc hiệu"),
    ]
    assert all(str(item.because) for item in items)


def test_items_begin_on_whole_seconds_when_lengths_do_not() -> None:
    order = an_order(a_candidate(a_script("mot"), 30.4), a_candidate(a_script("hai"), 20.001))

    items = build(order).sessions[0].items

    assert {item.start.microsecond for item in items} == {0}
    assert all(one.end <= other.start for one, other in pairwise(items))


def test_session_without_anything_left_stays_silent_rather_than_repeat() -> None:
    order = an_order(a_candidate(a_script("mot")), station=a_station(a_rule(), a_rule("17:00", slug="chieu")))

    rundown = build(order)

    assert scripts_of(rundown) == ["mot"]
    assert [len(session.items) for session in rundown.sessions] == [4, 0]
    assert [str(finding.sentence) for finding in rundown.findings] == [
        "Nothing is left to be aired in the session at 17:00, so it stays silent."
    ]
    assert [session.slug for session in released(rundown).sessions] == ["sang"]


def test_reminder_may_sound_twice_a_day() -> None:
    reminder = a_candidate(a_script("hoc-bai", Kind.STUDY_REMINDER))
    order = an_order(reminder, clock=a_clock(news(1, Kind.STUDY_REMINDER), news(1, Kind.STUDY_REMINDER)))

    assert scripts_of(build(order)) == ["hoc-bai"]


def test_script_leaves_room_for_what_must_still_follow() -> None:
    order = an_order(a_candidate(a_script("dai"), 300), station=a_station(a_rule(minutes=5)))

    rundown = build(order)

    assert scripts_of(rundown) == []
    assert reasons(rundown) == {"dai": "no room left in the session at 05:30"}


def test_hard_start_is_kept() -> None:
    clock = a_clock(news(1), news(1, Kind.FEATURE, at=timedelta(minutes=8)), TUNE_SLOT)
    order = an_order(a_candidate(a_script("mot")), a_candidate(a_script("bai-dai", Kind.FEATURE), 120), clock=clock)

    items = build(order).sessions[0].items

    assert [(f"{item.start:%H:%M:%S}", item.script) for item in items] == [
        ("05:30:00", "mot"),
        ("05:38:00", "bai-dai"),
        ("05:40:00", None),
    ]


def test_seconds_go_to_campaigns_by_their_weight() -> None:
    heavy = [a_candidate(a_script(f"nang-{n}", campaign="nang")) for n in range(30)]
    light = [a_candidate(a_script(f"nhe-{n}", campaign="nhe")) for n in range(30)]
    window = {"first": date(2026, 10, 1), "last": date(2026, 10, 8)}
    past: tuple[ReleasedDay, ...] = ()
    due = {}
    for offset in range(8):
        day = date(2026, 10, 1) + timedelta(days=offset)
        due[day] = (a_due("nang", 3, day, **window), a_due("nhe", 1, day, **window))
        order = an_order(*heavy, *light, day=day, due=dict(due), past=past)
        past = (*past, released(build(order)))

    seconds = {"nang": 0, "nhe": 0}
    for one in past:
        for item in one.sessions[0].items:
            if item.campaign:
                seconds[item.campaign] += item.length // 1000

    assert seconds == {"nang": 24 * 60, "nhe": 8 * 60}


def test_script_aired_least_lately_comes_first() -> None:
    yesterday = date(2026, 10, 1)
    due = {day: (a_due(day=day, first=yesterday),) for day in (yesterday, DAY)}
    clock = a_clock(news(1))
    both = [a_candidate(a_script("mot")), a_candidate(a_script("hai"))]
    first = released(build(an_order(*both, day=yesterday, due=due, clock=clock)))

    second = build(an_order(*both, due=due, clock=clock, past=(first,)))

    assert [item.script for item in first.sessions[0].items] == ["hai"]
    assert scripts_of(second) == ["mot"]


def test_script_is_aired_three_times_in_seven_days_spread_over_them() -> None:
    mot = a_candidate(a_script("mot", campaign=None))
    past: tuple[ReleasedDay, ...] = ()
    aired = []
    for offset in range(8):
        day = DAY + timedelta(days=offset)
        rundown = build(an_order(mot, day=day, due={}, past=past, clock=a_clock(news(1))))
        aired.append(scripts_of(rundown))
        past = (*past, released(rundown))

    assert aired == [["mot"], [], ["mot"], [], ["mot"], [], [], ["mot"]]
    assert reasons(build(an_order(mot, day=DAY + timedelta(days=1), due={}, past=past[:1]))) == {
        "mot": "aired on 2026-10-02; its airings of a week are spread over it"
    }
    assert reasons(build(an_order(mot, day=DAY + timedelta(days=6), due={}, past=past[:6]))) == {
        "mot": "already aired 3 times within seven days"
    }


def test_run_up_keeps_one_airing_for_the_day_itself() -> None:
    mot = a_candidate(a_script("mot"))
    past: tuple[ReleasedDay, ...] = ()
    due: dict[date, tuple[Due, ...]] = {}
    aired = []
    for offset in range(4):
        day = DAY + timedelta(days=offset)
        due[day] = (replace(a_due(day=day), phase=Phase.ON if offset == 3 else Phase.RUN_UP),)
        rundown = build(an_order(mot, day=day, due=dict(due), past=past, clock=a_clock(news(1))))
        aired.append(scripts_of(rundown))
        past = (*past, released(rundown))

    assert aired == [["mot"], [], ["mot"], ["mot"]]


def test_script_that_found_its_slot_full_says_so() -> None:
    order = an_order(a_candidate(a_script("mot")), a_candidate(a_script("hai")), clock=a_clock(news(1)))

    assert reasons(build(order)) == {"mot": "the places for its kind (tin) went to scripts whose turn came first"}


def test_every_omission_has_its_reason() -> None:
    order = an_order(
        a_candidate(a_script("het-han", expires=date(2026, 10, 1))),
        a_candidate(a_script("chua-den", not_before=date(2026, 10, 3))),
        a_candidate(a_script("noi-khac", areas=("viet-hai",))),
        a_candidate(a_script("dot-khac", campaign="ngay-sach")),
        a_candidate(a_script("khan", bulletin_class=BulletinClass.EMERGENCY)),
        a_candidate(a_script("bai", Kind.FEATURE)),
        Candidate(a_script("nhap")),
    )

    assert reasons(build(order)) == {
        "het-han": "expired after 2026-10-01",
        "chua-den": "not valid before 2026-10-03",
        "noi-khac": "meant for another area: viet-hai",
        "dot-khac": "its campaign, ngay-sach, is not due on this day",
        "khan": "“khẩn cấp” in a script gives no right to the air: only an alert that a second person confirmed does",
        "bai": "no session of this day asks for its kind (bai)",
        "nhap": "not approved",
    }


def test_priority_comes_before_notices_and_notices_before_campaigns() -> None:
    order = an_order(
        a_candidate(a_script("a-tin")),
        a_candidate(a_script("b-thong-bao", Kind.NOTICE, campaign=None)),
        a_candidate(a_script("c-uu-tien", Kind.FEATURE, campaign=None, bulletin_class=BulletinClass.PRIORITY)),
        clock=a_clock(news(3, Kind.NEWS, Kind.NOTICE)),
    )

    assert scripts_of(build(order)) == ["c-uu-tien", "b-thong-bao", "a-tin"]


def test_relay_stays_fixed_and_items_are_fitted_round_it() -> None:
    relay = Relay("VOV1", "https://example.vn/vov1", at("05:32").timetz().replace(tzinfo=None), 5)
    order = an_order(
        a_candidate(a_script("mot"), 100),
        a_candidate(a_script("hai"), 100),
        clock=a_clock(news(2), TUNE_SLOT),
        station=a_station(a_rule(relays=(relay,))),
    )

    items = build(order).sessions[0].items

    assert [(f"{item.start:%H:%M:%S}", item.script or item.title) for item in items] == [
        ("05:30:00", "hai"),
        ("05:32:00", "VOV1"),
        ("05:37:00", "mot"),
        ("05:38:40", "Nhạc hiệu"),
    ]


def test_pinned_script_begins_exactly_then_and_the_rest_flows_round_it() -> None:
    order = an_order(
        a_candidate(a_script("mot")),
        a_candidate(a_script("hai")),
        clock=a_clock(news(2), TUNE_SLOT),
        exceptions=(pin("hai", "05:33"),),
    )

    items = build(order).sessions[0].items

    assert [(f"{item.start:%H:%M:%S}", item.script) for item in items] == [
        ("05:30:00", "mot"),
        ("05:33:00", "hai"),
        ("05:34:00", None),
    ]
    assert str(items[1].because) == "Minh set it here: xã yêu cầu"


def test_pin_of_a_script_that_expired_is_a_finding() -> None:
    order = an_order(a_candidate(a_script("cu", expires=date(2026, 10, 1))), exceptions=(pin("cu", "05:33"),))

    rundown = build(order)

    assert scripts_of(rundown) == []
    assert [finding.sentence.into("en") for finding in rundown.findings if finding.weight is Weight.TO_WEIGH] == [
        "Minh set “cu” at 05:33, but it cannot be aired: expired after 2026-10-01"
    ]


def test_skipped_script_is_left_out_of_its_session_with_the_reason() -> None:
    order = an_order(a_candidate(a_script("mot")), exceptions=(skip("mot"),))

    rundown = build(order)

    assert scripts_of(rundown) == []
    assert reasons(rundown) == {"mot": "Minh left it out: trùng nội dung"}


def test_lead_in_without_a_name_for_today_is_left_out() -> None:
    order = an_order(a_candidate(a_script("mot")), clock=a_clock(GREETING_SLOT, news(1)), lead_ins={})

    assert [item.kind for item in build(order).sessions[0].items] == [Kind.NEWS]


def test_sting_stands_only_between_two_items() -> None:
    sting = Slot((Kind.STING,), sound="nhac-cat")
    clock = a_clock(
        TUNE_SLOT, sting, news(1), sting, news(1, Kind.FEATURE), sting, news(1, Kind.SLOGAN), sting, TUNE_SLOT
    )
    order = an_order(a_candidate(a_script("tin")), a_candidate(a_script("khau-hieu", Kind.SLOGAN)), clock=clock)

    kinds = [item.kind for item in build(order).sessions[0].items]

    assert kinds == [Kind.SIGNATURE_TUNE, Kind.NEWS, Kind.STING, Kind.SLOGAN, Kind.SIGNATURE_TUNE]


def test_missing_sound_of_the_station_is_a_blocking_finding() -> None:
    rundown = build(an_order(a_candidate(a_script("mot")), clock=a_clock(TUNE_SLOT, news(1)), sounds={}))

    assert [(finding.weight, finding.place) for finding in rundown.findings] == [
        (Weight.BLOCKING, "cat-ba 2026-10-02 05:30")
    ]


def test_rebuild_keeps_what_was_promised_and_adds_a_notice() -> None:
    two = [a_candidate(a_script("mot")), a_candidate(a_script("hai"))]
    clock = a_clock(news(3, Kind.NEWS, Kind.NOTICE))
    before = released(build(an_order(*two, clock=clock)))
    notice = a_candidate(a_script("cat-nuoc", Kind.NOTICE, campaign=None), 20)

    after = released(build(an_order(*two, notice, clock=clock, previous=before)))

    assert [(change.what, change.title) for change in difference(before, after)] == [
        ("added", "Tin cat-nuoc"),
        ("moved", "Tin hai"),
        ("moved", "Tin mot"),
    ]


def test_new_campaign_does_not_push_out_what_was_promised() -> None:
    clock = a_clock(news(1))
    before = released(build(an_order(a_candidate(a_script("mot")), clock=clock)))
    due = {DAY: (a_due(), a_due("moi", 9))}

    after = released(
        build(
            an_order(
                a_candidate(a_script("mot")),
                a_candidate(a_script("moi", campaign="moi")),
                due=due,
                clock=clock,
                previous=before,
            )
        )
    )

    assert [item.script for item in after.sessions[0].items] == ["mot"]


def test_close_to_air_only_a_withdrawal_and_a_skip_change_anything() -> None:
    both = [a_candidate(a_script("mot")), a_candidate(a_script("hai"))]
    before = released(build(an_order(*both)))
    notice = a_candidate(a_script("moi", Kind.NEWS, bulletin_class=BulletinClass.PRIORITY))

    same = released(build(an_order(*both, notice, previous=before, settled_until=at("05:31"))))
    withdrawn = released(
        build(an_order(both[0], Candidate(a_script("hai")), notice, previous=before, settled_until=at("05:31")))
    )

    assert difference(before, same) == ()
    assert [(change.what, change.title) for change in difference(before, withdrawn)] == [("dropped", "Tin hai")]


def test_on_other_days_the_station_only_repeats() -> None:
    thursday = date(2026, 10, 1)
    due = {day: (a_due(day=day, first=thursday),) for day in (thursday, DAY)}
    station = a_station(own_weekdays=(Weekday.THURSDAY,))
    clock = a_clock(news(1))
    first = released(build(an_order(a_candidate(a_script("mot")), day=thursday, due=due, station=station, clock=clock)))

    friday = build(
        an_order(
            a_candidate(a_script("mot")),
            a_candidate(a_script("hai")),
            due=due,
            station=station,
            clock=a_clock(news(3)),
            past=(first,),
        )
    )

    assert [item.title for session in friday.sessions for item in session.items] == ["Tin mot (phát lại)"]
    assert reasons(friday) == {"hai": "on this day the station only repeats; its own programmes are on thu-5"}


lengths = st.lists(
    st.tuples(st.sampled_from([Kind.NEWS, Kind.FEATURE, Kind.NOTICE]), st.integers(1_000, 400_000)), max_size=15
)


@given(made=lengths, minutes=st.integers(1, 40), pinned=st.integers(0, 39))
@settings(max_examples=150, deadline=None)
def test_rundown_never_overlaps_never_leaves_its_session_and_is_stable(
    made: list[tuple[Kind, int]], minutes: int, pinned: int
) -> None:
    candidates = [a_candidate(a_script(f"s-{n:02}", kind), length / 1000) for n, (kind, length) in enumerate(made)]
    clock = a_clock(
        TUNE_SLOT, GREETING_SLOT, news(4, Kind.NEWS, Kind.NOTICE, between="nhac-cat"), news(2, Kind.FEATURE), TUNE_SLOT
    )
    pins = (pin("s-00", f"05:{pinned:02}"),) if made and 30 <= pinned < 30 + minutes else ()
    order: DayOrder = an_order(*candidates, clock=clock, station=a_station(a_rule(minutes=minutes)), exceptions=pins)

    rundown = build(order)

    session = rundown.sessions[0]
    assert all(session.start <= item.start and item.end <= session.end for item in session.items)
    assert all(one.end <= other.start for one, other in pairwise(session.items))
    on_air = scripts_of(rundown)
    assert len(on_air) == len(set(on_air))
    assert {*on_air, *(one.script for one in rundown.omissions)} == {one.script.id for one in candidates}
    frozen = released(rundown)
    assert build(order) == rundown
    assert difference(frozen, frozen) == ()
    assert released(build(replace(order, previous=frozen))) == frozen


def test_broadcast_days_at_the_edges_of_the_year_and_the_leap_day() -> None:
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)):
        session = build(an_order(a_candidate(a_script("mot")), day=day)).sessions[0]

        assert (session.start, session.items[0].start) == (
            moment(day, session.rule.start),
            moment(day, session.rule.start),
        )
