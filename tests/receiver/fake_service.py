"""A service on this machine for the receiver: it serves what it is given, and plays every failure of a network."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeService:
    """What stands at each path; `mood` changes how it answers: portal, error, cut, redirect."""

    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    posted: list[tuple[str, Any]] = field(default_factory=list)
    mood: str = ""
    url: str = ""


@contextmanager
def fake_service() -> Iterator[FakeService]:
    """The service, on a free port, for as long as the block lasts."""
    service = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            service.asked.append((self.path, self.headers.get("Range", ""), self.headers.get("If-None-Match", "")))
            if self._in_a_mood():
                return
            content = service.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            tag = f'"{hash(content)}"'
            if self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return
            wanted = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-")
            part = content[int(wanted) :]
            self.send_response(206 if "Range" in self.headers else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part[: len(part) // 2] if service.mood == "cut" else part)

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.posted.append((self.path, said))
            if self._in_a_mood():
                return
            answer = service.answers.get(self.path, {})
            status, value = answer(said) if callable(answer) else (200, answer)
            self._send(status, json.dumps(value).encode(), "application/json")

        def _in_a_mood(self) -> bool:
            if service.mood == "portal":
                self._send(200, b"<html>Wifi</html>", "text/html")
            elif service.mood == "error":
                self._send(500, b"{}", "application/json")
            elif service.mood == "redirect":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
            return service.mood in ("portal", "error", "redirect")

        def _send(self, status: int, content: bytes, type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
