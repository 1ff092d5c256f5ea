"""Serving: the web door on a port, until a signal asks it to stop."""

import signal
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from broadcaster.desk.desk import Desk
from broadcaster.errors import Unavailable
from broadcaster.web.app import make_app
from broadcaster.words import say

GRACE = 5
"""Seconds that open answers get to finish once the service is asked to stop."""


def serve(folder: Path, host: str, port: int, desk: Desk | None = None) -> None:
    """Serve the tree in `folder`, with a desk also its API, until SIGINT or SIGTERM; then finish what is open and return.

    Raises Unavailable (port). Call it from the main thread.
    """
    listening = listen(host, port)
    config = uvicorn.Config(
        make_app(folder, desk),
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=list(desk.settings.proxies) if desk else [],
        timeout_graceful_shutdown=GRACE,
    )
    before = signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # uvicorn raises it once more when it has stopped
    try:
        with listening, suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, before)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host`:`port` (port 0: any free one). Raises Unavailable with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise Unavailable(
            say(
                "Cannot listen on port {port} of {host}: {reason}. Stop the program that uses it, or choose another port with --port.",
                port=port,
                host=host,
                reason=error.strerror or error,
            )
        ) from error
