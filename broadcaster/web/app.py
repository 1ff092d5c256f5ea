"""The web door: the published tree for everyone, the receivers' addresses, and how the service is."""

import html
import logging
import time
from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from broadcaster.desk import health
from broadcaster.desk.desk import Desk
from broadcaster.timekeeping import now
from broadcaster.web.api import NOBODY, is_here, make_api
from broadcaster.web.console import make_console
from broadcaster.web.published import Published

HERE = {"x-who": "this machine"}
log = logging.getLogger(__name__)


def make_app(public_folder: Path, desk: Desk | None = None) -> FastAPI:
    """The service over the tree in `public_folder`; with a desk also what receivers and monitors ask. The last route takes every other path."""
    app = FastAPI(title="broadcaster", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json" if desk else None)
    published = Published(public_folder)

    @app.get("/healthz", openapi_extra=NOBODY, summary="Whether the process answers")
    @app.head("/healthz", openapi_extra=NOBODY, summary="Whether the process answers")
    async def healthz() -> Response:
        return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})

    if desk:
        _with_desk(app, desk)
    app.add_middleware(AtOnce, published=published)

    @app.get("/{path:path}", openapi_extra=NOBODY, summary="The published tree")
    @app.head("/{path:path}", openapi_extra=NOBODY, summary="The published tree")
    async def tree(path: str, request: Request) -> Response:
        return published.answer(path, request)

    return app


def _with_desk(app: FastAPI, desk: Desk) -> None:
    app.include_router(make_api(desk))
    app.include_router(make_console(desk))
    app.add_middleware(Logged)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(desk))

    @app.exception_handler(HTTPException)
    async def problem(_: Request, error: HTTPException) -> Response:
        return JSONResponse({"error": error.detail}, error.status_code, headers={"Cache-Control": "no-store"})

    @app.get("/readyz", openapi_extra=NOBODY, summary="Whether the service can do its work")
    async def readyz() -> Response:
        why = await run_in_threadpool(health.not_ready, desk, now())
        text = why.into(desk.settings.language) if why else "ok"
        return Response(f"{text}\n", 503 if why else 200, {"Cache-Control": "no-store"}, "text/plain; charset=utf-8")

    @app.get("/metrics", openapi_extra=HERE, summary="Figures for Prometheus, to this machine alone")
    async def metrics(request: Request) -> Response:
        if not is_here(request):
            return Response("403\n", 403)
        content = await run_in_threadpool(generate_latest, registry)
        return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/api/docs", openapi_extra=NOBODY, summary="These addresses, in words")
    async def docs() -> Response:
        rows = "".join(
            f"<tr><td>{method.upper()}</td><td>{html.escape(path)}</td><td>{html.escape(one['x-who'])}</td><td>{html.escape(one['summary'])}</td></tr>"
            for path, methods in app.openapi()["paths"].items()
            for method, one in methods.items()
        )
        page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>API</title><h1>API</h1><p><a href="openapi.json">OpenAPI</a></p><table>{rows}</table></html>'
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": "default-src 'none'"})


class AtOnce:
    """What lies ready in memory goes out before any route is looked for."""

    def __init__(self, app: ASGIApp, published: Published):
        self._app, self._published = app, published

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not await self._published.at_once(scope, send):
            await self._app(scope, receive, send)


class Logged:
    """Each request to the API as a line of the log: what, the answer's status, how long it took."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            took = round((time.monotonic() - begun) * 1000)
            log.info("%s %s %s %s ms", scope["method"], scope["path"], status, took)


class Figures(Collector):
    """The service's figures, counted when they are asked for."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in health.figures(self._desk, now()).items():
            yield GaugeMetricFamily(f"broadcaster_{name}", name.replace("_", " "), value)
