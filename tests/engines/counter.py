"""A service on the network as played in tests: a local server that answers each request by the next act of its play."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.engines.local import LocalServer, QuietStage, running


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class Counter(LocalServer):
    """Acts: bytes or a JSON value to answer, a status number, `>ADDRESS` (redirect), `cut`, `drip`, `hang`; then a page of HTML."""

    def __init__(self) -> None:
        super().__init__(_Stage)
        self.acts: list[Any] = []
        self.asked: list[Asked] = []


class _Stage(QuietStage):
    server: Counter

    def do_GET(self) -> None:
        self._play()

    def do_POST(self) -> None:
        self._play()

    def _play(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.asked.append(Asked(self.command, self.path, dict(self.headers), body))
        act = self.server.acts.pop(0) if self.server.acts else b"<html><body>Xin chao</body></html>"
        if act == "hang":
            self.server.over.wait(10)
        elif act == "drip":
            self._answer(200, b"ID3", length=1000)
            while not self.server.over.wait(0.02):
                try:
                    self.wfile.write(b".")
                except OSError:
                    return
        elif act == "cut":
            self._answer(200, b"ID3" + bytes(500), length=1000)
        elif isinstance(act, str) and act.startswith(">"):
            self._answer(302, b"", location=act[1:])
        elif isinstance(act, int):
            self._answer(act, b"<html></html>")
        else:
            self._answer(200, act if isinstance(act, bytes) else json.dumps(act).encode())

    def _answer(self, status: int, page: bytes, length: int | None = None, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length or len(page)))
        self.send_header("Connection", "close")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def counter() -> Iterator[Counter]:
    """The server, on 127.0.0.1, while the block runs."""
    server = Counter()
    with running(server):
        yield server
