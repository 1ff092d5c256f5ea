"""The receivers' addresses: enrol, play reports, status, events. Each route says who may come in; what it does is a verb of the desk."""

import ipaddress
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from broadcaster.delivery.play_report import MOST
from broadcaster.delivery.receivers import Receiver
from broadcaster.desk import delivery
from broadcaster.desk.desk import Desk
from broadcaster.errors import BroadcasterError, Refused, Unavailable
from broadcaster.timekeeping import now
from broadcaster.web.events import Watch
from broadcaster.words import Sentence, say

LARGEST = 1_000_000
"""Bytes of a request's body."""
NOBODY, RECEIVER = {"x-who": "nobody"}, {"x-who": "receiver"}
"""Who may come in, as each route states it in the description of the service."""


def make_api(desk: Desk) -> APIRouter:
    """The routes under /api over `desk`."""

    async def safely(request: Request) -> None:
        if request.url.scheme != "https" and not is_here(request):
            raise _problem(desk, 403, say("Codes and tokens travel over https only. Ask at the https address."))

    api = APIRouter(prefix="/api", dependencies=[Depends(safely)])
    watch = Watch(desk)

    async def receiver(request: Request) -> Receiver:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        found = await run_in_threadpool(delivery.who, desk, token) if kind.lower() == "bearer" and token else None
        if found is None:
            raise _problem(desk, 401, say("No such receiver. Enrol it again."))
        return found

    Known = Annotated[Receiver, Depends(receiver)]

    @api.post("/receivers/enrol", openapi_extra=NOBODY, summary="Make a receiver of whoever brings a fresh code")
    async def enrol(request: Request) -> Response:
        said = await _body(desk, request)
        code = said.get("code") if isinstance(said, dict) else None
        done = await _verb(desk, delivery.use_code, desk, code if isinstance(code, str) else "", at=now())
        return _answer(
            {
                "receiver": done.receiver.name,
                "station": done.receiver.station,
                "cluster": done.receiver.cluster,
                "token": done.token,
                "key": dict(done.key),
                "manifest": done.manifest,
            }
        )

    @api.post("/play-reports", openapi_extra=RECEIVER, summary="Keep what was played; one answer for each record")
    async def play_reports(request: Request, known: Known) -> Response:
        said = await _body(desk, request)
        if not isinstance(said, list) or len(said) > MOST:
            raise _problem(desk, 422, say("Send an array of at most {most} play reports.", most=MOST))
        taken = await _verb(desk, delivery.take_reports, desk, known, said, at=now())
        return _answer({"results": [{"id": one.id, "result": one.result, "reason": one.reason} for one in taken]})

    @api.post(
        "/status", openapi_extra=RECEIVER, summary="Keep what a receiver says of itself; the service's clock comes back"
    )
    async def status(request: Request, known: Known) -> Response:
        at = now()
        await _verb(desk, delivery.take_status, desk, known, await _body(desk, request), at=at)
        return _answer({"now": at.isoformat()})

    @api.get(
        "/events",
        openapi_extra=RECEIVER,
        summary="A line at once when the station's manifest changes (server-sent events)",
    )
    async def events(known: Known) -> Response:
        async def lines() -> AsyncIterator[str]:
            async for sequence in watch.of(known.station):
                yield (
                    ": \n\n" if sequence is None else f"event: manifest\ndata: {json.dumps({'sequence': sequence})}\n\n"
                )

        return StreamingResponse(lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    return api


def is_here(request: Request) -> bool:
    """Whether the request comes from this machine itself."""
    try:
        return request.client is None or ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


async def _body(desk: Desk, request: Request) -> Any:
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST:
            raise _problem(desk, 413, say("The request is too large. Send smaller batches."))
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _problem(desk, 400, say("The request is no JSON.")) from error


async def _verb(desk: Desk, does: Any, *what: Any, **more: Any) -> Any:
    try:
        return await run_in_threadpool(does, *what, **more)
    except Unavailable as error:
        raise _problem(desk, 503, error.sentence) from error
    except Refused as error:
        raise _problem(desk, 403, error.sentence) from error
    except BroadcasterError as error:
        raise _problem(desk, 422, error.sentence) from error


def _problem(desk: Desk, status: int, sentence: Sentence) -> HTTPException:
    return HTTPException(status, sentence.into(desk.settings.language))


def _answer(value: object) -> Response:
    return JSONResponse(value, headers={"Cache-Control": "no-store"})
