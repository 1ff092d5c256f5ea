"""People and what each may do: the administrator's page."""

from fastapi import APIRouter, Depends, Response

from broadcaster.desk import people
from broadcaster.desk.people import Invited
from broadcaster.stations.officer import Ability
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import say

PEOPLE = {"x-who": Ability.ADMINISTERS.value}


def add_people(api: APIRouter, console: Console) -> None:
    administers = Depends(console.visit(Ability.ADMINISTERS))

    @api.get("/people", openapi_extra=PEOPLE, summary="People and what each may do")
    def people_page(visit: Visit = administers) -> Response:
        return _page(visit)

    @api.post("/people", openapi_extra=PEOPLE, summary="Invite somebody new")
    def add(visit: Visit = administers) -> Response:
        _may_give(visit)
        invited = people.add(
            visit.desk,
            visit.said("login"),
            visit.said("name"),
            _grants(visit),
            person=visit.person,
            at=visit.at,
        )
        return _page(visit, invited)

    @api.post("/people/{login}/invite", openapi_extra=PEOPLE, summary="A new invitation")
    def invite(login: str, visit: Visit = administers) -> Response:
        _may_change(visit, login)
        invited = people.invite(visit.desk, login, person=visit.person, at=visit.at)
        return _page(visit, invited)

    @api.post("/people/{login}/may", openapi_extra=PEOPLE, summary="Change what somebody may do")
    def change(login: str, visit: Visit = administers) -> Response:
        _may_change(visit, login)
        _may_give(visit)
        one = people.change(visit.desk, login, _grants(visit))
        return visit.on("/people", say("What {name} may do was changed.", name=one.name))

    @api.post("/people/{login}/leave", openapi_extra=PEOPLE, summary="Let somebody do nothing more")
    def leave(login: str, visit: Visit = administers) -> Response:
        _may_change(visit, login)
        one = people.leave(visit.desk, login, at=visit.at)
        return visit.on("/people", say("{name} may do nothing more.", name=one.name))


def _page(visit: Visit, invited: Invited | None = None) -> Response:
    return visit.page(
        "people.html", officers=people.officers(visit.desk), invited=invited, areas=visit.areas(Ability.ADMINISTERS)
    )


def _grants(visit: Visit) -> list[str]:
    """The abilities that were ticked, each in the area that was chosen for all (none: everywhere)."""
    area = visit.said("area")
    return [f"{one}:{area}" if area else one for one in visit.all_said("may")]


def _may_give(visit: Visit) -> None:
    """Nobody gives more than they administer."""
    visit.needs(Ability.ADMINISTERS, [area] if (area := visit.said("area")) else [])


def _may_change(visit: Visit, login: str) -> None:
    """Who administers one area changes nobody who may do something outside it."""
    areas = [one.area for one in people.officer(visit.desk, login).grants]
    if areas:
        visit.needs(Ability.ADMINISTERS, [] if None in areas else [area for area in areas if area])
