"""Commands of people: add, list, invite, may, leave."""

from collections.abc import Sequence

import click

from broadcaster.cli.door import Door, command
from broadcaster.desk import people
from broadcaster.desk.people import Invited
from broadcaster.stations.officer import Officer, ability_words
from broadcaster.timekeeping import now
from broadcaster.words import Sentence, say

_GRANTS = click.option(
    "--may",
    "grants",
    multiple=True,
    metavar="ABILITY[:AREA]",
    help="What they may do, and where: writes, approves, operates, alerts, reports, administers. Several times for several.",
)


@command(
    "add",
    help="Somebody who may sign in to the pages. Prints the address where they choose their password, once.",
    example='broadcaster person add lan --name "Nguyễn Thị Lan" --may writes:cat-ba --may operates:cat-ba --by Bình',
    changes=True,
    lists=True,
)
@click.argument("login")
@click.option("--name", required=True, help="The name under which they act; no two people share one.")
@_GRANTS
def person_add(door: Door, login: str, name: str, grants: Sequence[str]) -> None:
    with door.desk() as desk:
        _tell(door, people.add(desk, login, name, grants, person=door.person(desk), at=now(), is_dry=door.is_dry))


@command(
    "invite",
    help="A new address where somebody chooses a password: for a new officer, or for one who forgot it.",
    example="broadcaster person invite lan --by Bình",
    changes=True,
    lists=True,
)
@click.argument("login")
def person_invite(door: Door, login: str) -> None:
    with door.desk() as desk:
        _tell(door, people.invite(desk, login, person=door.person(desk), at=now(), is_dry=door.is_dry))


def _tell(door: Door, one: Invited) -> None:
    if door.as_json:
        door.json(one)
    elif door.is_dry:
        door.answer(say("{name} may be invited.", name=one.officer.name))
    else:
        door.answer(say("{name} chooses a password here, once, within three days:", name=one.officer.name))
        click.echo(one.address)


@command("list", help="Everybody who may sign in, and what they may do.", example="broadcaster person list", lists=True)
def person_list(door: Door) -> None:
    with door.desk() as desk:
        found = people.officers(desk)
    if door.as_json:
        door.json(found)
        return
    door.table(
        (say("login"), say("name"), say("state"), say("may")),
        [(one.login, one.name, standing(one), tuple(str(grant) for grant in one.grants) or "–") for one in found],
    )


def standing(one: Officer) -> Sentence:
    """Whether somebody left, has yet to choose a password, or may sign in."""
    if one.left_at:
        return say("left {day}", day=one.left_at.date())
    return say("signs in") if one.has_password else say("invited")


@command(
    "may",
    help="What somebody may do from now on, in place of what they might before.",
    example="broadcaster person may lan --may writes:cat-ba --may approves:cat-ba --by Bình",
    changes=True,
)
@click.argument("login")
@_GRANTS
def person_may(door: Door, login: str, grants: Sequence[str]) -> None:
    with door.desk() as desk:
        door.person(desk)
        one = people.change(desk, login, grants, is_dry=door.is_dry)
    door.answer(
        say(
            "{name} may do from now on: {what}.",
            name=one.name,
            what=tuple(ability_words(grant.ability) for grant in one.grants) or say("nothing"),
        )
    )


@command(
    "leave",
    help="Somebody may do nothing more, at once; what they did stays on record.",
    example="broadcaster person leave lan --by Bình",
    changes=True,
)
@click.argument("login")
def person_leave(door: Door, login: str) -> None:
    with door.desk() as desk:
        door.person(desk)
        one = people.leave(desk, login, at=now(), is_dry=door.is_dry)
    door.answer(say("{name} may do nothing more.", name=one.name))


person = click.Group(
    "person",
    help="People and what each may do.",
    epilog='broadcaster person add lan --name "Nguyễn Thị Lan" --may writes:cat-ba --by Bình',
    commands=[person_add, person_list, person_invite, person_may, person_leave],
)
commands = {"person": person}
