"""Areas (địa bàn): a tree of any depth whose names, parents and successors change with the law on the right day."""

from collections.abc import Collection, Mapping
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
Span = tuple[date | None, date | None]


def read_areas(path: Path, root: Path) -> Areas:
    """The tree in the file at `path`, by slug. Raises BadFile: a second use of a slug, an unknown area, two parents on a day, a circle."""
    form = read_form(path, root)
    tables = form.forms("area", once="slug")
    slugs = [one.slug("slug") for one in tables]
    areas = {area.slug: area for area in (_area(one, slugs) for one in tables)}
    form.done()
    for area in areas.values():
        _no_circle(areas, area.slug, (), form.place)
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


def covers(areas: Areas, wanted: Collection[str], slug: str, day: date) -> bool:
    """Whether what is meant for the areas `wanted` (none: everywhere) reaches the area `slug` on `day`."""
    return not wanted or not set(wanted).isdisjoint(lineage_on(areas, slug, day))


def named_tables(form: Form, key: str) -> tuple[DatedName, ...]:
    """The dated names that a table holds under `key`. Raises BadFile: two of them on one day, a line break in one."""
    tables = form.forms(key)
    names = tuple(_name(one) for one in tables)
    for number, name in enumerate(names):
        for other in names[:number]:
            _apart(tables[number], (name.since, name.until), (other.since, other.until))
    return names


def _name(form: Form) -> DatedName:
    name = DatedName(
        text=form.text("text"),
        since=form.day_or_none("since"),
        until=form.day_or_none("until"),
        spoken=form.text("spoken", default="") or None,
        is_confirmed=form.flag("confirmed", default=True),
    )
    form.done()
    if "\n" in name.text + (name.spoken or ""):
        raise BadFile(say("{place}: a name stands on one line.", place=form.at("text")))
    _forwards(form, name.since, name.until)
    return name


def _area(form: Form, slugs: Collection[str]) -> Area:
    parents = form.forms("parents")
    area = Area(
        slug=form.slug("slug"),
        names=named_tables(form, "names"),
        parents=tuple(_parent(one, slugs) for one in parents),
        successors=form.slugs("successors"),
    )
    form.done()
    for number, one in enumerate(area.parents):
        for other in area.parents[:number]:
            _apart(parents[number], (one.since, one.until), (other.since, other.until))
    unknown = next((one for one in area.successors if one not in slugs), None)
    if unknown:
        raise BadFile(
            say(
                "{place}: there is no {what} “{slug}”.{hint}",
                place=form.at("successors"),
                what=say("area"),
                slug=unknown,
                hint=did_you_mean(unknown, slugs),
            )
        )
    if not area.names:
        raise BadFile(say("{place}: it has no name. Add “names”.", place=form.place))
    return area


def _parent(form: Form, slugs: Collection[str]) -> Parent:
    parent = Parent(form.known("slug", slugs, say("area")), form.day_or_none("since"), form.day_or_none("until"))
    form.done()
    _forwards(form, parent.since, parent.until)
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


def _forwards(form: Form, since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise BadFile(say("{place}: “since” comes before “until”.", place=form.at("since")))


def _apart(form: Form, one: Span, other: Span) -> None:
    """Refuses what would hold beside another on one day; `form` is the later one's table."""
    day = max(one[0] or date.min, other[0] or date.min)
    if day <= min(one[1] or date.max, other[1] or date.max):
        raise BadFile(
            say(
                "{place}: on {day} it holds together with one above it. Let the earlier one end the day before the later one begins.",
                place=form.place,
                day=say("all days") if day == date.min else day,
            )
        )


def _no_circle(areas: Areas, slug: str, below: tuple[str, ...], place: str) -> None:
    if slug in below:
        raise BadFile(say("{place}: the areas {circle} lie in a circle.", place=place, circle=(*below, slug)))
    for parent in areas[slug].parents:
        _no_circle(areas, parent.slug, (*below, slug), place)
