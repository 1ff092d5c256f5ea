"""The console: the pages of those who sign in. Each route reads a wish, calls one verb of the desk, shows the outcome."""

from fastapi import APIRouter

from broadcaster.desk.desk import Desk
from broadcaster.web.console.door import add_door
from broadcaster.web.console.oidc import add_oidc
from broadcaster.web.console.operate import add_operating
from broadcaster.web.console.people import add_people
from broadcaster.web.console.programme import add_programme
from broadcaster.web.console.readings import add_readings
from broadcaster.web.console.report import add_report
from broadcaster.web.console.scripts import add_scripts
from broadcaster.web.console.visit import ROOT, Console, ConsoleRoute


def make_console(desk: Desk) -> APIRouter:
    """The routes under /console over `desk`."""
    api, console = APIRouter(prefix=ROOT, route_class=ConsoleRoute), Console(desk)
    for add in (add_door, add_oidc, add_people, add_scripts, add_readings, add_programme, add_operating, add_report):
        add(api, console)
    return api
