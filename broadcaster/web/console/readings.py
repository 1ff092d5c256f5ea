"""What pages laid over the lexicon: every line, and the way back."""

from fastapi import APIRouter, Depends, Response

from broadcaster.desk import lexicon
from broadcaster.stations.officer import Ability
from broadcaster.web.console.visit import Console, Visit
from broadcaster.words import say

WRITES = {"x-who": Ability.WRITES.value}


def add_readings(api: APIRouter, console: Console) -> None:
    writes = Depends(console.visit(Ability.WRITES))

    @api.get("/lexicon", openapi_extra=WRITES, summary="The readings that were added by hand")
    def listed(visit: Visit = writes) -> Response:
        may = visit.may(Ability.WRITES, ())
        return visit.page("lexicon.html", lines=lexicon.lines(visit.desk), may=may)

    @api.post("/lexicon", openapi_extra=WRITES, summary="Take back a reading that was added by hand")
    def take_back(visit: Visit = writes) -> Response:
        visit.needs(Ability.WRITES, ())
        written = visit.said("written")
        lexicon.say_as(visit.desk, written, "", person=visit.person, at=visit.at)
        return visit.on("/lexicon", say("“{written}” is read as before.", written=written))
