"""Signing in by another service (OpenID Connect Core 1.0, authorization code flow): a setting; who comes must be an officer here already."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from broadcaster.desk import people
from broadcaster.desk.desk import Desk
from broadcaster.errors import NotFound, Refused, Unavailable
from broadcaster.settings import OIDC, service_key
from broadcaster.web.console.visit import ROOT, Console, Visit, give_cookie
from broadcaster.words import say

OPEN = {"x-who": "nobody"}
COOKIE = "elsewhere"
AWAY = timedelta(minutes=10)
"""How long somebody may be at the other service before they come back."""
BACK = f"{ROOT}/sign-in/back"


def add_oidc(api: APIRouter, console: Console) -> None:
    anyone, provider = Depends(console.visit(is_open=True)), Provider(console.desk)

    @api.get("/sign-in/elsewhere", openapi_extra=OPEN, summary="On to the service that knows people")
    async def elsewhere(request: Request, visit: Visit = anyone) -> Response:
        answer, state = await provider.asked(request)
        give_cookie(answer, request, COOKIE, console.sealed(COOKIE, state), AWAY)
        return answer

    @api.get("/sign-in/back", openapi_extra=OPEN, summary="Back from there, with its word for who it is")
    async def back(request: Request, visit: Visit = anyone) -> Response:
        login = await provider.told(request, console.opened(COOKIE, request.cookies.get(COOKIE, ""), AWAY))
        officer = await run_in_threadpool(people.known_elsewhere, visit.desk, login)
        answer = console.signed_in(visit.on(""), request, officer)
        answer.delete_cookie(COOKIE, path=ROOT)
        return answer


class Provider:
    """The service that the settings name."""

    def __init__(self, desk: Desk):
        self._desk = desk

    async def asked(self, request: Request) -> tuple[Response, dict[str, Any]]:
        """The way there, and what must be known again when somebody comes back. Raises NotFound (no such setting), Unavailable."""
        state: dict[str, Any] = {}
        request.scope["session"] = state
        try:
            answer = await self._client.authorize_redirect(request, f"{self._desk.settings.public_url}{BACK}")
        except self._failures as error:
            raise self._away(error) from error
        return answer, state

    async def told(self, request: Request, state: object) -> str:
        """The login that the service vouches for: its signature, audience, time and nonce are checked. Raises Refused, Unavailable, NotFound."""
        request.scope["session"] = state if isinstance(state, dict) else {}
        client = self._client
        try:
            token = await client.authorize_access_token(request)
        except self._refusals as error:
            raise Refused(
                say("The other service did not vouch for you: {reason}. Sign in again.", reason=str(error))
            ) from error
        except self._failures as error:
            raise self._away(error) from error
        said = token.get("userinfo") or {}
        return str(said.get(self._desk.settings.oidc_claim) or "").casefold()

    def _away(self, error: Exception) -> Unavailable:
        reason = str(error) or type(error).__name__
        return Unavailable(
            say("The service for signing in does not answer: {reason}. Use your password.", reason=reason)
        )

    @cached_property
    def _client(self) -> Any:
        settings = self._desk.settings
        if not settings.oidc_url:
            raise NotFound(say("There is nothing at this address."))
        try:
            from authlib.integrations.starlette_client import OAuth  # noqa: PLC0415 -- an extra
        except ImportError as error:
            raise Unavailable(say("Signing in elsewhere needs more: pip install 'broadcaster[oidc]'.")) from error
        return OAuth().register(
            "elsewhere",
            client_id=settings.oidc_client,
            client_secret=service_key(OIDC) or None,
            server_metadata_url=f"{settings.oidc_url.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )

    @cached_property
    def _refusals(self) -> tuple[type[Exception], ...]:
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 -- an extra
        from joserfc.errors import JoseError  # noqa: PLC0415 -- what authlib lets through of its own library

        return OAuthError, JoseError

    @cached_property
    def _failures(self) -> tuple[type[Exception], ...]:
        import httpx2  # noqa: PLC0415 -- an extra

        return httpx2.HTTPError, RuntimeError, ValueError, KeyError
