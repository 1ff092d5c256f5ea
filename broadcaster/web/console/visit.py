"""Who comes to the console, and how it answers: sessions by a signed cookie, guarded forms, pages, refusals."""

import hmac
import json
import secrets
import unicodedata
from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from broadcaster.desk import people
from broadcaster.desk.desk import Desk, Person
from broadcaster.desk.keys import console_secret
from broadcaster.errors import BroadcasterError, NotFound, Refused, Unavailable
from broadcaster.stations.officer import Ability, Officer
from broadcaster.timekeeping import broadcast_day, now
from broadcaster.types import name_on
from broadcaster.web.api import is_here
from broadcaster.web.console.static import stamp
from broadcaster.web.console.words import rendered
from broadcaster.words import LANGUAGES, Sentence, say

SIGNED_IN = timedelta(days=14)
"""How long somebody stays signed in on one machine."""
LARGEST = 120_000_000
"""Bytes of a form with a recording in it."""
ROOT = "/console"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "microphone=(self)",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TRIES: Mapping[str, RateLimitItem] = {
    "both": parse("6 per 15 minutes"),
    "address": parse("30 per 15 minutes"),
    "login": parse("60 per 15 minutes"),
}
"""How often somebody may be wrong at the door: for one login from one address, from one address, and for one login from anywhere."""
SMALL = 16_000
"""Bytes of a form from somebody who is not signed in."""


class TurnedAway(Exception):
    """Somebody who must do something else first: sign in, come by https."""

    def __init__(self, answer: Response):
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class Visit:
    """One request of somebody who may make it."""

    console: "Console"
    request: Request
    officer: Officer | None
    language: str
    guard: str
    form: FormData
    at: datetime

    @property
    def desk(self) -> Desk:
        return self.console.desk

    @property
    def who(self) -> Officer:
        """The one who is signed in."""
        assert self.officer is not None  # the route lets nobody else in
        return self.officer

    @property
    def person(self) -> Person:
        """In whose name the verbs act."""
        return Person(self.who.name, f"console:{self.who.login}")

    def said(self, key: str) -> str:
        """What a form's field says, without blanks around it."""
        value = self.form.get(key)
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip() if isinstance(value, str) else ""

    def typed(self, key: str) -> str:
        """What a form's field says, to the sign: a password."""
        value = self.form.get(key)
        return value if isinstance(value, str) else ""

    def all_said(self, key: str) -> tuple[str, ...]:
        """All that a form's fields of this name say."""
        return tuple(one for one in self.form.getlist(key) if isinstance(one, str) and one)

    def file(self, key: str) -> UploadFile | None:
        """The file that was sent under this name, if any."""
        value = self.form.get(key)
        return value if isinstance(value, UploadFile) and value.filename else None

    def needs(self, ability: Ability, wanted: Collection[str]) -> None:
        """Raises Refused unless they may do it in each of the areas `wanted` (none: everywhere)."""
        if not self.may(ability, wanted):
            raise Refused(say("You may not do this there. Ask an administrator for the ability."))

    def may(self, ability: Ability, wanted: Collection[str]) -> bool:
        known = all(one in self.desk.workspace.areas for one in wanted)
        return known and people.may(self.desk, self.who, ability, wanted, self.at)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A page, with what was said on the way here."""
        notice = self.console.opened("said", self.request.cookies.get("said", ""))
        whole = {
            "visit": self,
            "desk": self.desk,
            "guard": self.guard,
            "notice": notice if isinstance(notice, str) else "",
            "today": broadcast_day(self.at),
            "here": self.request.url.path,
            "stamp": stamp(),
            "rooms": self._rooms(),
            "station_name": self.station_name,
            "area_name": self.area_name,
            "campaign_name": self.campaign_name,
            "cluster_name": self.cluster_name,
            "with_oidc": self.desk.settings.oidc_name if self.desk.settings.oidc_url else "",
            **values,
        }
        answer = HTMLResponse(rendered(template, self.language, whole), status, headers=HEADERS)
        if notice:
            answer.delete_cookie("said", path=ROOT)
        return answer

    def _rooms(self) -> tuple[tuple[str, Sentence, bool], ...]:
        """The pages that the header leads to: path, name, and whether they may go there."""
        may = self.officer.may if self.officer else lambda _: False
        return (
            ("", say("To do"), True),
            ("/scripts", say("Scripts"), True),
            ("/programme", say("Programme"), True),
            ("/operate", say("Operate"), True),
            ("/alerts", say("Emergency"), may(Ability.ALERTS)),
            ("/report", say("Report"), may(Ability.REPORTS)),
            ("/people", say("People"), may(Ability.ADMINISTERS)),
        )

    def areas(self, ability: Ability) -> dict[str, str]:
        """The areas of today in which they may do it, with their names, upper ones first as the file has them."""
        today, areas = broadcast_day(self.at), self.desk.workspace.areas
        named = {slug: name_on(area.names, today) for slug, area in areas.items()}
        return {slug: name.text for slug, name in named.items() if name and self.may(ability, [slug])}

    def station_name(self, slug: str) -> str:
        return self._name(self.desk.workspace.stations, slug)

    def area_name(self, slug: str) -> str:
        return self._name(self.desk.workspace.areas, slug)

    def cluster_name(self, station: str, slug: str) -> str:
        """A cluster as its station's file calls it, or its slug; a station without clusters is one."""
        known = self.desk.workspace.stations.get(station)
        names = {one.slug: one.name for one in known.clusters} if known else {}
        return names.get(slug) or slug or "–"

    def campaign_name(self, slug: str) -> str:
        return self._name(self.desk.workspace.campaigns, slug)

    def _name(self, named: Mapping[str, Any], slug: str) -> str:
        """The name that holds today, or the last that did; the slug where there is no such thing any more."""
        found = named.get(slug)
        if found is None:
            return slug
        name = name_on(found.names, broadcast_day(self.at)) or found.names[-1]
        return str(name.text)

    def on(self, path: str, sentence: Sentence | None = None) -> Response:
        """On to the next page, which shows `sentence`."""
        answer = RedirectResponse(f"{ROOT}{path}", 303, headers=HEADERS)
        if sentence:
            sealed = self.console.sealed("said", sentence.into(self.language)[:600])
            give_cookie(answer, self.request, "said", sealed, timedelta(minutes=1))
        return answer

    def refused(self, sentence: Sentence, status: int) -> Response:
        """A page that says why not, and leads back."""
        return self.page("refused.html", status, sentence=sentence, back=self.back())

    def back(self) -> str:
        """The page of the console that the request came from."""
        try:
            before = urlsplit(self.request.headers.get("referer", ""))
        except ValueError:
            return ROOT
        path = f"{before.path}?{before.query}" if before.query else before.path
        return path if before.path == ROOT or before.path.startswith(f"{ROOT}/") else ROOT


class Console:
    """The console over one desk: its secret, and who was wrong at the door how often."""

    def __init__(self, desk: Desk):
        self.desk = desk
        self.limiter = MovingWindowRateLimiter(MemoryStorage())

    def sealed(self, what: str, value: object) -> str:
        return self._serializer(what).dumps(value)

    def opened(self, what: str, text: str, within: timedelta = SIGNED_IN) -> Any:
        """What was sealed here for `what`, not longer ago than `within`; None for anything else."""
        try:
            return self._serializer(what).loads(text, max_age=int(within.total_seconds())) if text else None
        except BadSignature:
            return None

    def _serializer(self, what: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(console_secret(self.desk), salt=f"broadcaster console {what}", serializer=json)

    def signed_in(self, answer: Response, request: Request, officer: Officer) -> Response:
        """The answer with a cookie that says who is signed in."""
        sealed = self.sealed("session", [officer.login, officer.sessions, secrets.token_urlsafe(18)])
        give_cookie(answer, request, "session", sealed, SIGNED_IN)
        return answer

    def waits(self, login: str, request: Request) -> bool:
        """Whether whoever tries to sign in was wrong too often."""
        return not all(self.limiter.test(TRIES[kind], kind, *who) for kind, who in _tried(login, request).items())

    def was_wrong(self, login: str, request: Request) -> None:
        """Count a try that failed."""
        for kind, who in _tried(login, request).items():
            self.limiter.hit(TRIES[kind], kind, *who)

    def visit(
        self, ability: Ability | None = None, *, is_open: bool = False
    ) -> Callable[..., Coroutine[Any, Any, Visit]]:
        """What a route asks of a request before it does anything: https, a session, an ability, and in a form the session's own token."""

        async def visit(request: Request) -> Visit:
            language = request.cookies.get("language", "")
            language = language if language in LANGUAGES else self.desk.settings.language
            bare = request.state.visit = Visit(self, request, None, language, "", FormData(), now())
            if request.url.scheme != "https" and not is_here(request):
                raise TurnedAway(bare.page("closed.html", 403))
            session = self.opened("session", request.cookies.get("session", ""))
            found = await run_in_threadpool(self._known, session)
            if request.method == "POST":
                if found is None and not is_open:
                    raise TurnedAway(
                        bare.refused(say("You are not signed in any more. Sign in, then do it again."), 401)
                    )
                largest = LARGEST if found else SMALL
                if _size(request, largest) > largest:
                    raise TurnedAway(bare.refused(say("The request is too large. Send smaller batches."), 413))
                if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                    raise TurnedAway(bare.refused(say("This form came from another site, so nothing was done."), 403))
                bare = Visit(self, request, None, language, "", await request.form(max_files=1, max_fields=400), now())
            if found is None:
                if is_open:
                    return bare
                raise TurnedAway(RedirectResponse(f"{ROOT}/sign-in", 303, headers=HEADERS))
            known = request.state.visit = Visit(self, request, found, language, session[2], bare.form, bare.at)
            if (
                request.method == "POST"
                and not is_open
                and not hmac.compare_digest(known.said("guard").encode(), known.guard.encode())
            ):
                raise TurnedAway(
                    known.refused(say("This form is out of date. Load the page again, then send it."), 403)
                )
            if ability and not found.may(ability):
                raise TurnedAway(
                    known.refused(say("You may not do this there. Ask an administrator for the ability."), 403)
                )
            return known

        return visit

    def _known(self, session: object) -> Officer | None:
        if not isinstance(session, list) or len(session) != 3:
            return None
        try:
            found = people.officer(self.desk, str(session[0]))
        except NotFound:
            return None
        return found if found.sessions == session[1] and not found.left_at else None


def give_cookie(answer: Response, request: Request, name: str, value: str, lasts: timedelta) -> None:
    """Give a cookie along, for the console alone, that no script sees and that goes over https only where the request came so."""
    is_secure = request.url.scheme == "https"
    seconds = int(lasts.total_seconds())
    answer.set_cookie(name, value, seconds, path=ROOT, httponly=True, samesite="lax", secure=is_secure)


def _tried(login: str, request: Request) -> Mapping[str, tuple[str, ...]]:
    address = request.client.host if request.client else ""
    return {"both": (address, login), "address": (address,), "login": (login,)}


class ConsoleRoute(APIRoute):
    """A route whose refusals are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except TurnedAway as turned:
                return turned.answer
            except BroadcasterError as error:
                visit: Visit = request.state.visit
                return await run_in_threadpool(visit.refused, error.sentence, _status(error))
            except (HTTPException, RequestValidationError):
                visit = request.state.visit
                return await run_in_threadpool(visit.refused, say("This request cannot be understood."), 400)
            finally:
                await request.close()  # what was sent in files is let go of

        return handled


def _size(request: Request, largest: int) -> int:
    """Bytes of what was sent, as it says; more than `largest` where it does not say."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isdecimal() and len(said) < 12 else largest + 1


def _status(error: BroadcasterError) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Unavailable):
        return 503
    return 409 if isinstance(error, Refused) else 422
