"""Areas (địa bàn): a tree of any depth whose names, parents and successors change with the law on the right day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broadcaster import types
from broadcaster.errors import BadFile
from broadcaster.forms import Form, did_you_mean, read_form
from broadcaster.types import DatedName
from broadcaster.words import say


@dataclass(frozen=True)
class Parent:
    """The area above, and the days on which it was so (both ends included)."""

    slug: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Area:
    """A node of the tree. `successors` are the areas that took its place when its last name ended."""

    slug: str
    names: tuple[DatedName, ...]
    parents: tuple[Parent, ...] = ()
    successors: tuple[str, ...] = ()


Areas = Mapping[str, Area]


def read_areas(path: Path, root: Path) -> Areas:
    """The tree in the file at `path`, by slug. Raises BadFile: an unknown parent, a second use of a slug, a circle."""
    form = read_form(path, root)
    areas: dict[str, Area] = {}
    for one in form.forms("area"):
        area = _area(one)
        if area.slug in areas:
            raise BadFile(
                say("{place}: the area “{slug}” stands here a second time.", place=one.at("slug"), slug=area.slug)
            )
        areas[area.slug] = area
    form.done()
    _all_known(areas, form.place)
    return areas


def name_on(areas: Areas, slug: str, day: date) -> DatedName | None:
    """The area's name that is right on `day`, or None where it has none then."""
    return types.name_on(areas[slug].names, day)


def lineage_on(areas: Areas, slug: str, day: date) -> tuple[str, ...]:
    """The area itself, then the areas above it on `day`, upwards."""
    lineage = [slug]
    while (above := _parent_on(areas[lineage[-1]], day)) is not None:
        lineage.append(above)
    return tuple(lineage)


def named_tables(form: Form, key: str) -> tuple[DatedName, ...]:
    """The dated names that a table holds under `key`."""
    return tuple(_name(one) for one in form.forms(key))


def _name(form: Form) -> DatedName:
    name = DatedName(
        text=form.text("text"),
        since=form.day_or_none("since"),
        until=form.day_or_none("until"),
        spoken=form.text("spoken", default="") or None,
        is_confirmed=form.flag("confirmed", default=True),
    )
    form.done()
    return name


def _area(form: Form) -> Area:
    area = Area(
        slug=form.slug("slug"),
        names=named_tables(form, "names"),
        parents=tuple(_parent(one) for one in form.forms("parents")),
        successors=form.slugs("successors"),
    )
    form.done()
    return area


def _parent(form: Form) -> Parent:
    parent = Parent(form.slug("slug"), form.day_or_none("since"), form.day_or_none("until"))
    form.done()
    return parent


def _parent_on(area: Area, day: date) -> str | None:
    return next(
        (
            one.slug
            for one in area.parents
            if (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
        ),
        None,
    )


def _all_known(areas: Areas, place: str) -> None:
    for area in areas.values():
        for other in (*(parent.slug for parent in area.parents), *area.successors):
            if other not in areas:
                raise BadFile(
                    say(
                        "{place}: “{slug}” names the area “{other}”, which is not there.{hint}",
                        place=place,
                        slug=area.slug,
                        other=other,
                        hint=did_you_mean(other, areas),
                    )
                )
        _no_circle(areas, area.slug, (), place)


def _no_circle(areas: Areas, slug: str, below: tuple[str, ...], place: str) -> None:
    if slug in below:
        raise BadFile(say("{place}: the areas {circle} lie in a circle.", place=place, circle=(*below, slug)))
    for parent in areas[slug].parents:
        _no_circle(areas, parent.slug, (*below, slug), place)
