"""What the services played in tests share: a server on this machine that runs while a block does, and waits for nothing after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class LocalServer(ThreadingHTTPServer):
    """On a free port of 127.0.0.1. `over` is set when the block ends, so that no act waits longer."""

    daemon_threads = True

    def __init__(self, stage: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), stage)
        self.over = Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class QuietStage(BaseHTTPRequestHandler):
    """Answers as its play says, and writes nothing to the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told."""


@contextmanager
def running(server: LocalServer) -> Iterator[None]:
    """Serve while the block runs."""
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
