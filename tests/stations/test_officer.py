"""What each officer may do where."""

from datetime import date, datetime, timedelta

import pytest

from broadcaster.errors import Refused, WrongUsage
from broadcaster.stations.area import Area, Parent
from broadcaster.stations.officer import INVITATION_LIVES, Ability, Grant, Invitation, Officer, read_grants, usable
from broadcaster.timekeeping import ZONE
from broadcaster.types import DatedName

DAY, AT = date(2026, 5, 1), datetime(2026, 5, 1, 8, tzinfo=ZONE)


def _area(slug: str, above: str | None = None) -> Area:
    return Area(slug, (DatedName(slug),), (Parent(above),) if above else ())


AREAS = {one.slug: one for one in (_area("huyen"), _area("cat-ba", "huyen"), _area("cat-hai", "huyen"))}


def _officer(*grants: Grant) -> Officer:
    return Officer("lan", "Lan", grants)


@pytest.mark.parametrize(
    ("granted", "wanted", "may"),
    [
        ("cat-ba", ("cat-ba",), True),
        ("huyen", ("cat-ba", "cat-hai"), True),
        ("cat-ba", ("cat-ba", "cat-hai"), False),
        ("cat-ba", ("huyen",), False),
        ("cat-ba", (), False),
        (None, (), True),
        (None, ("cat-hai",), True),
    ],
)
def test_an_ability_holds_in_its_area_and_below(granted: str | None, wanted: tuple[str, ...], may: bool) -> None:
    one = _officer(Grant(Ability.APPROVES, granted))

    assert one.may_in(Ability.APPROVES, wanted, AREAS, DAY) is may
    assert not one.may_in(Ability.WRITES, wanted, AREAS, DAY)


def test_grants_are_read_as_they_are_written() -> None:
    assert read_grants(["writes", "approves:cat-ba", "writes"], AREAS) == (
        Grant(Ability.WRITES),
        Grant(Ability.APPROVES, "cat-ba"),
    )


@pytest.mark.parametrize("text", ["write", "", "writes:hai-phong", "Writes"])
def test_an_unknown_grant_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match="There is no"):
        read_grants([text], AREAS)


@pytest.mark.parametrize("at", [AT - timedelta(seconds=1), AT + INVITATION_LIVES])
def test_an_invitation_has_its_time(at: datetime) -> None:
    given = Invitation("lan", "Bình", AT)

    assert usable(given, AT) == given
    with pytest.raises(Refused):
        usable(given, at)
