"""The console's door: sign in and out, choose a password, choose a language; and the first page."""

from datetime import timedelta

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from broadcaster.desk import delivery, emergency, gaps, newsroom, people
from broadcaster.errors import BroadcasterError
from broadcaster.newsroom.approval import State
from broadcaster.programme.emergency import AlertState
from broadcaster.publishing.pages import static_files
from broadcaster.timekeeping import broadcast_day
from broadcaster.web.console.static import own_files
from broadcaster.web.console.visit import HEADERS, ROOT, Console, Visit, give_cookie
from broadcaster.words import LANGUAGES, say

OPEN, SIGNED_IN = {"x-who": "nobody"}, {"x-who": "officer"}


def add_door(api: APIRouter, console: Console) -> None:
    anyone, known = Depends(console.visit(is_open=True)), Depends(console.visit())

    @api.get("/static/{name}", openapi_extra=OPEN, summary="The console's style and script")
    def static(name: str) -> Response:
        files = {**{key.removeprefix("static/"): value for key, value in static_files().items()}, **own_files()}
        if name not in files:
            return Response("404\n", 404)
        kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"}
        kind = kinds.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(files[name], media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})

    @api.get("/sign-in", openapi_extra=OPEN, summary="Where one signs in")
    def sign_in_page(visit: Visit = anyone) -> Response:
        return visit.page("sign_in.html", login="", wrong=None)

    @api.post("/sign-in", openapi_extra=OPEN, summary="Sign in")
    def sign_in(visit: Visit = anyone) -> Response:
        login = visit.said("login").casefold()[:80]
        if console.waits(login, visit.request):
            wrong = say("Too many tries. Wait a quarter of an hour, then try again.")
            return visit.page("sign_in.html", 429, login=login, wrong=wrong)
        try:
            officer = people.sign_in(visit.desk, login, visit.typed("password"))
        except BroadcasterError as error:
            console.was_wrong(login, visit.request)
            return visit.page("sign_in.html", 403, login=login, wrong=error.sentence)
        return console.signed_in(visit.on(""), visit.request, officer)

    @api.post("/sign-out", openapi_extra=SIGNED_IN, summary="Sign out, on every machine")
    def sign_out(visit: Visit = known) -> Response:
        people.end_sessions(visit.desk, visit.who.login)
        answer = visit.on("/sign-in", say("You are signed out on every machine."))
        answer.delete_cookie("session", path=ROOT)
        return answer

    @api.get("/welcome/{code}", openapi_extra=OPEN, summary="Where somebody invited chooses a password")
    def welcome_page(code: str, visit: Visit = anyone) -> Response:
        officer = people.invited(visit.desk, code, visit.at)
        return visit.page("welcome.html", welcomed=officer, wrong=None)

    @api.post("/welcome/{code}", openapi_extra=OPEN, summary="Choose a password")
    def welcome(code: str, visit: Visit = anyone) -> Response:
        officer = people.invited(visit.desk, code, visit.at)
        password = visit.typed("password")
        if password != visit.typed("again"):
            wrong = say("The two passwords differ. Type the same one twice.")
            return visit.page("welcome.html", 409, welcomed=officer, wrong=wrong)
        try:
            officer = people.choose_password(visit.desk, code, password, at=visit.at)
        except BroadcasterError as error:
            return visit.page("welcome.html", 409, welcomed=officer, wrong=error.sentence)
        return console.signed_in(visit.on("", say("Welcome, {name}.", name=officer.name)), visit.request, officer)

    @api.get("/language/{language}", openapi_extra=OPEN, summary="Choose the pages' language")
    def language(language: str, visit: Visit = anyone) -> Response:
        answer = RedirectResponse(visit.back(), 303, headers=HEADERS)
        if language in LANGUAGES:
            give_cookie(answer, visit.request, "language", language, timedelta(days=365))
        return answer

    @api.get("/", openapi_extra=OPEN, summary="To the first page")
    def slash(visit: Visit = anyone) -> Response:
        return visit.on("")

    @api.get("", openapi_extra=SIGNED_IN, summary="What waits for the one who is signed in")
    def home(visit: Visit = known) -> Response:
        found = newsroom.standings(visit.desk)
        mine = [one for one in found if one.newest.by == visit.who.name]
        return visit.page(
            "home.html",
            waiting=[one for one in found if one.state is State.SUBMITTED],
            returned=[one for one in mine if one.state is State.RETURNED],
            drafts=[one for one in mine if one.state is State.DRAFT],
            gaps=gaps.gaps(visit.desk, visit.at),
            conditions=delivery.conditions(visit.desk, visit.at),
            alerts=[
                one
                for one in emergency.alerts(visit.desk)
                if one.state is not AlertState.CANCELLED and visit.at < one.alert.until
            ],
            silences=emergency.silences(visit.desk, visit.at),
            plans=[
                plan
                for plan in visit.desk.workspace.plans.values()
                if 0 <= (plan.report_before - broadcast_day(visit.at)).days <= 60
            ],
        )
