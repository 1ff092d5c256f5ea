"""The web door: for now the published tree and a sign of life, read-only."""

from pathlib import Path

from fastapi import FastAPI, Request, Response

from broadcaster.web.published import Published


def make_app(public_folder: Path) -> FastAPI:
    """The service over the tree in `public_folder`. Routes of other parts go before the last one, which takes every path."""
    app = FastAPI(title="broadcaster", docs_url=None, redoc_url=None, openapi_url=None)
    published = Published(public_folder)

    @app.api_route("/healthz", methods=["GET", "HEAD"])
    async def healthz() -> Response:
        return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})

    @app.api_route("/{path:path}", methods=["GET", "HEAD"])
    async def tree(path: str, request: Request) -> Response:
        return published.answer(path, request)

    return app
